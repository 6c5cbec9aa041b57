// Floor, stairs and door behind a house number: ", 3ºB", "portal 2, 4º izq", "bajo".
#ifndef TERTULIA_SRC_PRIVACY_DOOR_READER_H_
#define TERTULIA_SRC_PRIVACY_DOOR_READER_H_

#include <cstddef>
#include <map>
#include <string>
#include <string_view>

#include "privacy/cue_list.h"
#include "privacy/scan_text.h"
#include "tertulia/status.h"

namespace tertulia {

class DoorReader {
 public:
  // lists/door_words.tsv, units.tsv. kNotFound, kInvalidData.
  Status load(const std::string& bundle_dir);
  // The end of the last part behind `end`, or `end` itself; `door` becomes true when there is one.
  [[nodiscard]] std::size_t read(const ScanText& scan, std::size_t end, bool& door) const;
  // "puerta", "parcela": what follows is its number.
  [[nodiscard]] bool counts_something(std::string_view word) const;
  // A unit stands right behind `end`: what ends there is an amount.
  [[nodiscard]] bool amount_follows(const ScanText& scan, std::size_t end) const;

 private:
  std::map<std::string, std::string, std::less<>> doors_;
  CueList units_;
};

}  // namespace tertulia

#endif  // TERTULIA_SRC_PRIVACY_DOOR_READER_H_
