// When the event is to be: months from the message's date ("en seis meses", "antes de verano", "para septiembre").
// Words: models/intent/facts/horizons.tsv (phrase, kind, value, language): kind months | season (a month of the year) | month |
// unit (months of one unit) | before (introduces a future point; value 0: spans and names, 1: names alone, 2: spans alone)
// | past (what follows is over) | over (a verb that puts the months of its clause behind, or makes them a bill's date)
// | term (makes a span the length of a loan) | gone (says so behind a name: "octubre pasado").
#ifndef TERTULIA_SRC_INTENT_FACTS_HORIZON_H_
#define TERTULIA_SRC_INTENT_FACTS_HORIZON_H_

#include <map>
#include <optional>
#include <string>

#include "data/lexicon.h"
#include "intent/facts/fact_words.h"
#include "tertulia/finding.h"
#include "tertulia/message.h"

namespace tertulia {

class HorizonReader {
 public:
  static Result<HorizonReader> open(const std::string& facts_dir);
  [[nodiscard]] std::optional<Fact> read(const FactTokens& tokens, const NumberReader& numbers, std::optional<Timestamp> at) const;

 private:
  Lexicon phrases_;                  // label "kind:value"
};

}  // namespace tertulia

#endif  // TERTULIA_SRC_INTENT_FACTS_HORIZON_H_
