// What the fact matchers share: the folded tokens of a document, and numbers written in digits or words.
#ifndef TERTULIA_SRC_INTENT_FACTS_FACT_WORDS_H_
#define TERTULIA_SRC_INTENT_FACTS_FACT_WORDS_H_

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "tertulia/status.h"
#include "tertulia/text.h"

namespace tertulia {

// A number that stands at tokens [first, first + count).
struct FoundNumber {
  double value = 0;
  std::size_t first = 0, count = 0;
  bool in_digits = false;     // "180.000", not "ciento ochenta mil"
  bool with_magnitude = false; // "mil", "k", "millones" was said
};

// Folded tokens, without punctuation marks but with a "." between sentences, so that no phrase runs over an end.
struct FactTokens {
  std::vector<std::string_view> folded;
  std::vector<std::string_view> lower;  // the same with accents: "cumplo" is not "cumplió"
  std::vector<const Token*> tokens;
};
[[nodiscard]] FactTokens fact_tokens(const Document& document);

// Number words of es, en and ca: models/intent/facts/number_words.tsv (word, value, kind: unit | magnitude |
// multiple, a magnitude only behind a number | and); words joined by hyphens are one number ("vint-i-cinc", "forty-five").
class NumberReader {
 public:
  static Result<NumberReader> open(const std::string& path);
  // The longest number that starts at `first`, if one does.
  [[nodiscard]] std::optional<FoundNumber> read(const FactTokens& tokens, std::size_t first) const;

 private:
  enum class Kind { kUnit, kMagnitude, kMultiple, kAnd };
  struct Word {
    double value;
    Kind kind;
  };
  [[nodiscard]] std::optional<Word> word(std::string_view folded) const;
  std::map<std::string, Word, std::less<>> words_;
};

// "180.000", "1,2", "2.500,50", "1,200.50" as a number; nullopt when the token is none.
[[nodiscard]] std::optional<double> parse_digits(std::string_view token);

}  // namespace tertulia

#endif  // TERTULIA_SRC_INTENT_FACTS_FACT_WORDS_H_
