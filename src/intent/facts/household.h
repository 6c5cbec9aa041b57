// Children of the household and the age band of the writer, only as said of oneself.
#ifndef TERTULIA_SRC_INTENT_FACTS_HOUSEHOLD_H_
#define TERTULIA_SRC_INTENT_FACTS_HOUSEHOLD_H_

#include <optional>

#include "intent/facts/fact_words.h"
#include "tertulia/finding.h"

namespace tertulia {

[[nodiscard]] std::optional<Fact> read_children(const FactTokens& tokens, const NumberReader& numbers);
// "18-24", "25-34", … "65-74", "75+".
[[nodiscard]] std::optional<Fact> read_age_band(const FactTokens& tokens, const NumberReader& numbers);

}  // namespace tertulia

#endif  // TERTULIA_SRC_INTENT_FACTS_HOUSEHOLD_H_
