// Addresses in other orders than type, name, number: the number first as in France, the grids of Colombia, blocks and lots
// of Peru, post boxes, Basque types behind the name, the number before its street.
#ifndef TERTULIA_SRC_PRIVACY_STREET_ORDERS_H_
#define TERTULIA_SRC_PRIVACY_STREET_ORDERS_H_

#include <cstddef>
#include <set>
#include <string>

#include "privacy/cue_list.h"
#include "privacy/door_reader.h"
#include "privacy/scan_text.h"

namespace tertulia::street {

using Words = std::set<std::string, std::less<>>;

struct Reading {
  std::size_t begin = 0, end = 0;  // bytes of the scan; end 0: no address
  bool door = false;
  const char* why = "street type and number";
};

// In all of them `word` is the first word behind the type, which begins at word `type` (or `begin`); words before `free_from` are taken.

// "parcela 203" from this word on: its end, or 0.
[[nodiscard]] std::size_t plot(const ScanText& scan, std::size_t word);
// A house number stands before the type at word `type`, where French has it; the word, or `type` when none does.
[[nodiscard]] std::size_t french_number(const ScanText& scan, std::size_t type, std::size_t free_from);
// "12 Rue de la Paix", "8 bis rue Victor Hugo", with the number that french_number() found.
[[nodiscard]] Reading french(const ScanText& scan, std::size_t number, std::size_t type, std::size_t word, const DoorReader& doors);
// Colombia: "Cra 15 # 93-47 apto 302", "Calle 26 Sur No. 41-20", "Diagonal 61C # 22-15".
[[nodiscard]] Reading grid(const ScanText& scan, std::size_t begin, std::size_t word, const DoorReader& doors);
// "PO Box 4417", "apartado de correos 12".
[[nodiscard]] Reading box(const ScanText& scan, std::size_t begin, std::size_t word);
// Peru: "Mz. B Lt. 7 Urb. Los Cedros".
[[nodiscard]] Reading block(const ScanText& scan, std::size_t begin, std::size_t word, const CueList& types);
// "el número 14 de la calle Pelayo, 3º B"
[[nodiscard]] Reading number_before(const ScanText& scan, std::size_t type, std::size_t word, std::size_t free_from, const DoorReader& doors,
                                    const CueList& cues, const Words& connectors, const Words& stop);
// Basque: "Gran Vía kalea 12", "Askatasunaren etorbidea, 5".
[[nodiscard]] Reading behind_name(const ScanText& scan, std::size_t word, std::size_t free_from, const DoorReader& doors, const Words& stop);

}  // namespace tertulia::street

#endif  // TERTULIA_SRC_PRIVACY_STREET_ORDERS_H_
