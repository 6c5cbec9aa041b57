// The strongest of the trained trap kinds, with a bonus for kinds whose cues stand in the message (the idea of
// ConText, H. Harkema et al. 2009: negation, experiencer and time as separate questions). Test: tests/intent/assertion_test.cc.
#include "intent/assertion.h"

#include <array>

namespace tertulia {
namespace {

struct Kind {
  const char* trap;
  const char* cue;        // kind of intent/cues.tsv
  const char* subject;
  const char* assertion;
  bool of_an_event;
};

constexpr std::array<Kind, 9> kKinds = {{
    {"third_party", "third_party", "other", "affirmed", true},
    {"negated", "abandoned", "self", "negated", true},
    {"past", "past", "self", "past", true},
    {"hypothetical", "wish", "self", "hypothetical", true},
    {"figurative", "", "", "", false},
    {"news", "news", "", "", false},
    {"commercial", "commercial", "", "", false},
    {"question_general", "curiosity", "", "", false},
    {"lexical", "", "", "", false},
}};

constexpr double kCueBonus = 0.15;  // of probability

}  // namespace

Assertion judge_assertion(const LinearModel& linear, const Decision& decision, const MessageScores& scores,
                          const MessageFeatures& message) {
  double best = 0;
  const Kind* chosen = nullptr;
  for (const Kind& kind : kKinds) {
    const std::string label = std::string("trap:") + kind.trap;
    const std::size_t place = linear.label(label);
    const auto sigmoid = decision.labels.find(label);
    if (place >= scores.linear.size() || sigmoid == decision.labels.end()) continue;
    double probability = sigmoid->second.probability(scores.linear[place]);
    for (const LabelHit& hit : message.labels) {
      if (hit.label.substr(0, 4) == "cue:" && *kind.cue != '\0' && hit.label.substr(4) == kind.cue) {
        probability += kCueBonus;
        break;
      }
    }
    if (probability > best) {
      best = probability;
      chosen = &kind;
    }
  }
  Assertion out;
  if (chosen == nullptr || !chosen->of_an_event) return out;
  out.of_an_event = true;
  out.subject = chosen->subject;
  out.assertion = chosen->assertion;
  out.cue_kinds = {chosen->cue};
  if (out.assertion == "negated") out.cue_kinds.push_back("negation");
  return out;
}

}  // namespace tertulia
