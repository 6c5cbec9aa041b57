// Of an event that is heard but not active: whose is it, and is it negated, wished or long past?
#ifndef TERTULIA_SRC_INTENT_ASSERTION_H_
#define TERTULIA_SRC_INTENT_ASSERTION_H_

#include <string>
#include <vector>

#include "intent/classifier.h"
#include "intent/decision.h"

namespace tertulia {

struct Assertion {
  bool of_an_event = false;  // false: a figure of speech, news, an advert, curiosity, another sense of the word
  std::string subject = "self";
  std::string assertion = "affirmed";
  std::vector<std::string> cue_kinds;  // kinds of cues that speak for it
};

[[nodiscard]] Assertion judge_assertion(const LinearModel& linear, const Decision& decision, const MessageScores& scores,
                                        const MessageFeatures& message);

}  // namespace tertulia

#endif  // TERTULIA_SRC_INTENT_ASSERTION_H_
