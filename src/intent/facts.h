// Facts that a message states: money sought or budgeted, when, where, how many children, which age.
//
// Grammar-like matchers over the tokens of a clean document; nothing is guessed. Immutable; any number of threads.
#ifndef TERTULIA_SRC_INTENT_FACTS_H_
#define TERTULIA_SRC_INTENT_FACTS_H_

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "tertulia/finding.h"
#include "tertulia/message.h"
#include "tertulia/status.h"
#include "tertulia/text.h"

namespace tertulia {

class FactReader {
 public:
  // Reads intent/facts/ of the bundle (number words, roles of amounts, months and seasons, gazetteer).
  static Result<FactReader> open(const std::string& bundle_dir);
  FactReader(FactReader&&) noexcept;
  FactReader& operator=(FactReader&&) noexcept;
  ~FactReader();

  // At most one fact a kind, the best supported: amount_eur ("180000", only money sought or budgeted: not an income,
  // an age or a bill), horizon_months ("6", from `at`; relative words alone when `at` is absent), place (town or
  // province by its official name), household_children ("2"), age_band ("35-44"). `event` of each is empty.
  [[nodiscard]] std::vector<Fact> read(const Document& document, std::optional<Timestamp> at) const;

 private:
  struct Impl;
  explicit FactReader(std::unique_ptr<const Impl> impl);
  std::unique_ptr<const Impl> impl_;
};

}  // namespace tertulia

#endif  // TERTULIA_SRC_INTENT_FACTS_H_
