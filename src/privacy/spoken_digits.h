// Figures said in words or in a mix of words and digits: "seis cinco cuatro, eh, treinta y dos 10 98", "doce millones trescientos".
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

// One item of a run: the digits of "treinta y cuatro" are "34", those of "612" themselves, "tres ceros" are "000".
struct SpokenItem {
  std::size_t first_word = 0, last_word = 0;
  std::string digits;
  bool in_words = false;
  bool round_tens = false;  // "treinta" alone: the "y" of "treinta y dos" may have been swallowed
};

// Items with nothing but fillers and punctuation between them.
struct SpokenRun {
  std::vector<SpokenItem> items;
  [[nodiscard]] std::string digits() const;
  // "treinta dos" read as 32, where tens and a unit follow each other with a blank between.
  [[nodiscard]] std::string loose_digits() const;
  [[nodiscard]] bool any_words() const;
};

class SpokenDigits {
 public:
  // lists/spoken_numbers.tsv, spoken_fillers.tsv. kNotFound, kInvalidData.
  Status load(const std::string& bundle_dir);
  // Runs with at least one item, in order. Linear.
  [[nodiscard]] std::vector<SpokenRun> find(const ScanText& scan) const;
  // One number from this word on: digits as written, or a number said in words ("mil novecientos ochenta y dos").
  [[nodiscard]] bool read_item(const ScanText& scan, std::size_t word, SpokenItem& item) const;
  [[nodiscard]] bool is_number_word(std::string_view word) const { return filter_.may_hold(word) && numbers_.find(word) != numbers_.end(); }
  [[nodiscard]] bool is_filler(std::string_view word) const { return fillers_.count(word) != 0; }

 private:
  // kOpenTens: English, a unit may follow after a blank; kInside: only behind tens ("vint-i-un"); kHundreds: behind a unit
  // ("sis-cents"); kPlural: behind a count ("tres ceros").
  enum class Kind { kUnit, kTeen, kTens, kOpenTens, kHundred, kDouble, kInside, kHundreds, kThousand, kMillion, kPlural };
  struct Number {
    int value = 0;
    Kind kind = Kind::kUnit;
  };
  [[nodiscard]] const Number* number(const ScanText& scan, std::size_t word) const;
  [[nodiscard]] const Number* behind(const ScanText& scan, std::size_t word) const;
  long below_hundred(const ScanText& scan, std::size_t& word, bool& round_tens) const;
  long below_thousand(const ScanText& scan, std::size_t& word, bool& round_tens) const;

  WordFilter filter_;  // of numbers_
  std::map<std::string, Number, std::less<>> numbers_;
  std::set<std::string, std::less<>> fillers_;
};

}  // namespace tertulia

#endif  // TERTULIA_SRC_PRIVACY_SPOKEN_DIGITS_H_
