// Money sought or budgeted. An amount needs a currency, a said magnitude or such an introduction; what stands around it tells its role
// (models/intent/facts/amount_roles.tsv: phrase, role sought | price | other, language;
// role figure: right before it, a grouped figure like "210.000" is money even without a currency).
#ifndef TERTULIA_SRC_INTENT_FACTS_AMOUNT_H_
#define TERTULIA_SRC_INTENT_FACTS_AMOUNT_H_

#include <optional>
#include <string>

#include "data/lexicon.h"
#include "intent/facts/fact_words.h"
#include "tertulia/finding.h"

namespace tertulia {

class AmountReader {
 public:
  static Result<AmountReader> open(const std::string& facts_dir);
  [[nodiscard]] std::optional<Fact> read(const FactTokens& tokens, const NumberReader& numbers) const;

 private:
  Lexicon roles_;
};

}  // namespace tertulia

#endif  // TERTULIA_SRC_INTENT_FACTS_AMOUNT_H_
