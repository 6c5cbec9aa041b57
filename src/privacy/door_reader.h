// Floor, stairs and door behind a house number: ", 3ºB", "portal 2, 4º izq", "bajo", "segundo ce", "3rd floor, door C".
#ifndef TERTULIA_SRC_PRIVACY_DOOR_READER_H_
#define TERTULIA_SRC_PRIVACY_DOOR_READER_H_

#include <cstddef>
#include <map>
#include <string>
#include <string_view>

#include "privacy/cue_list.h"
#include "privacy/scan_text.h"
#include "privacy/spoken_digits.h"
#include "privacy/spoken_letters.h"
#include "tertulia/status.h"

namespace tertulia {

class DoorReader {
 public:
  // lists/door_words.tsv, units.tsv, spoken_numbers.tsv, spoken_letters.tsv. kNotFound, kInvalidData.
  Status load(const std::string& bundle_dir);
  // The end of the last part behind `end`, or `end` itself; `door` becomes true when there is one.
  [[nodiscard]] std::size_t read(const ScanText& scan, std::size_t end, bool& door) const;
  // "puerta", "parcela": what follows is its number.
  [[nodiscard]] bool counts_something(std::string_view word) const { return is(word, Kind::kUnit); }
  // "piso", "flat" and what it counts, from this word on: the word behind; 0: none.
  [[nodiscard]] std::size_t counted(const ScanText& scan, std::size_t word) const;
  // A unit stands right behind `end`: what ends there is an amount.
  [[nodiscard]] bool amount_follows(const ScanText& scan, std::size_t end) const;

 private:
  // kUnit counts what follows, kBoth does so or stands alone ("int. 4", "int."), kArea is followed by a name ("col. Roma"),
  // kRoad by kilometres.
  enum class Kind { kFloor, kSide, kUnit, kBoth, kArea, kRoad };
  [[nodiscard]] bool is(std::string_view word, Kind kind) const;
  [[nodiscard]] std::size_t value_end(const ScanText& scan, std::size_t word) const;
  [[nodiscard]] bool opens_line(const ScanText& scan, std::size_t word) const;
  [[nodiscard]] std::size_t area_end(const ScanText& scan, std::size_t word) const;
  [[nodiscard]] std::size_t part_end(const ScanText& scan, std::size_t word, std::string_view between, bool apart, bool door, bool& after_floor) const;

  std::map<std::string, Kind, std::less<>> doors_;
  CueList units_;
  SpokenDigits digits_;
  LetterNames letters_;
};

}  // namespace tertulia

#endif  // TERTULIA_SRC_PRIVACY_DOOR_READER_H_
