// Children of the household and the age band of the writer, only as said of oneself.
// Words: models/intent/facts/children_words.tsv (word, kind, language).
#ifndef TERTULIA_SRC_INTENT_FACTS_HOUSEHOLD_H_
#define TERTULIA_SRC_INTENT_FACTS_HOUSEHOLD_H_

#include <optional>
#include <string>

#include "data/lexicon.h"
#include "intent/facts/fact_words.h"
#include "tertulia/finding.h"

namespace tertulia {

class ChildrenReader {
 public:
  static Result<ChildrenReader> open(const std::string& facts_dir);
  [[nodiscard]] std::optional<Fact> read(const FactTokens& tokens, const NumberReader& numbers) const;

 private:
  Lexicon words_;  // label: the kind
};

// "18-24", "25-34", … "65-74", "75+".
[[nodiscard]] std::optional<Fact> read_age_band(const FactTokens& tokens, const NumberReader& numbers);

}  // namespace tertulia

#endif  // TERTULIA_SRC_INTENT_FACTS_HOUSEHOLD_H_
