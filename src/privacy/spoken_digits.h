// Figures said in words or in a mix of words and digits: "seis cinco cuatro, eh, treinta y dos 10 98".
#ifndef TERTULIA_SRC_PRIVACY_SPOKEN_DIGITS_H_
#define TERTULIA_SRC_PRIVACY_SPOKEN_DIGITS_H_

#include <map>
#include <set>
#include <string>
#include <vector>

#include "privacy/scan_text.h"
#include "privacy/word_filter.h"
#include "tertulia/status.h"

namespace tertulia {

// One item of a run: the digits of "treinta y cuatro" are "34", those of "612" themselves.
struct SpokenItem {
  std::size_t first_word = 0, last_word = 0;
  std::string digits;
  bool in_words = false;
};

// Items with nothing but fillers and punctuation between them.
struct SpokenRun {
  std::vector<SpokenItem> items;
  std::string letter;       // "zeta" or "z" said behind the last figure, compact
  std::size_t letter_word = 0;
  [[nodiscard]] std::string digits() const;
  [[nodiscard]] bool any_words() const;
};

class SpokenDigits {
 public:
  // lists/spoken_numbers.tsv, spoken_fillers.tsv, spoken_letters.tsv. kNotFound, kInvalidData.
  Status load(const std::string& bundle_dir);
  // Runs with at least one item, in order. Linear.
  [[nodiscard]] std::vector<SpokenRun> find(const ScanText& scan) const;
  [[nodiscard]] bool is_number_word(std::string_view word) const { return filter_.may_hold(word) && numbers_.find(word) != numbers_.end(); }

 private:
  enum class Kind { kUnit, kTeen, kTens, kHundred, kDouble };
  struct Number {
    int value = 0;
    Kind kind = Kind::kUnit;
  };
  bool read_item(const ScanText& scan, std::size_t word, SpokenItem& item) const;

  WordFilter filter_;  // of numbers_
  std::map<std::string, Number, std::less<>> numbers_;
  std::set<std::string, std::less<>> fillers_;
  std::map<std::string, std::string, std::less<>> letters_;
};

}  // namespace tertulia

#endif  // TERTULIA_SRC_PRIVACY_SPOKEN_DIGITS_H_
