// What words of an address look like: house numbers, capitals of names, what may stand between two words.
#ifndef TERTULIA_SRC_PRIVACY_STREET_WORDS_H_
#define TERTULIA_SRC_PRIVACY_STREET_WORDS_H_

#include <cstddef>
#include <string_view>
#include <vector>

#include "privacy/scan_text.h"
#include "tertulia/entity.h"

namespace tertulia::street {

[[nodiscard]] bool all_digits(std::string_view word);
// What stands between the word before and this one.
[[nodiscard]] std::string_view gap(const ScanText& scan, std::size_t right);
// A capital that opens a word of small letters: in a text of capitals it says nothing.
[[nodiscard]] bool proper(const ScanText& scan, std::size_t word);
// "I", "III", "XXIII" in capitals.
[[nodiscard]] bool roman(const ScanText& scan, std::size_t word);
// What may stand between two words of a name: a blank, a comma, an abbreviation's point, an apostrophe, a slash.
[[nodiscard]] bool name_gap(std::string_view between, const ScanText& scan, std::size_t word);
// End of "12", "12B", "12-14", "12 bis", "340,5"; 0: no house number.
[[nodiscard]] std::size_t house_number(const ScanText& scan, std::size_t word);
// "calle Preciados 3 camisas": a plural in small letters behind the number.
[[nodiscard]] bool counts_things(const ScanText& scan, std::size_t end);
// A word goes on right behind `end`.
[[nodiscard]] bool word_follows(const ScanText& scan, std::size_t end);
// The postal code behind an address that ends at `end`: "…, 3ºB, 28013 Madrid".
void postal_code(const ScanText& scan, std::size_t end, std::vector<Entity>& found);

}  // namespace tertulia::street

#endif  // TERTULIA_SRC_PRIVACY_STREET_WORDS_H_
