// Letters said by their names: "zeta", "i griega", "uve doble", "de de dedo", "b as in Barcelona".
#ifndef TERTULIA_SRC_PRIVACY_SPOKEN_LETTERS_H_
#define TERTULIA_SRC_PRIVACY_SPOKEN_LETTERS_H_

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "privacy/scan_text.h"
#include "tertulia/status.h"

namespace tertulia {

struct SpokenLetter {
  char letter = 0;
  std::size_t last_word = 0;
  bool weak = false;  // the name is also an everyday word ("de", "te", "y") and nothing more says that a letter is meant
};

// Letters one after the other, with "letra", "la", commas and the like between them.
struct SpokenLetters {
  std::string letters;
  std::size_t first_word = 0, last_word = 0;
  bool weak = false;  // the last one is weak and talk goes on behind it
};

class LetterNames {
 public:
  // lists/spoken_letters.tsv. kNotFound, kInvalidData.
  Status load(const std::string& bundle_dir);
  [[nodiscard]] std::optional<SpokenLetter> read(const ScanText& scan, std::size_t word) const;
  // Up to `most` letters from this word on; empty when there is none.
  [[nodiscard]] SpokenLetters read_all(const ScanText& scan, std::size_t word, std::size_t most) const;
  // The letters that end right before this word, as many as there are up to `most`.
  [[nodiscard]] SpokenLetters read_before(const ScanText& scan, std::size_t word, std::size_t from, std::size_t most) const;

 private:
  struct Name {
    std::vector<std::string> rest;  // words behind the first
    char letter = 0;
    bool weak = false;
  };
  std::map<std::string, std::vector<Name>, std::less<>> names_;  // by first word, longest first
  std::set<std::string, std::less<>> links_;                     // "letra", "la", "con"
};

}  // namespace tertulia

#endif  // TERTULIA_SRC_PRIVACY_SPOKEN_LETTERS_H_
