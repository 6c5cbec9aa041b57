// Fits the second stage, the calibration and the thresholds on scores of messages that the scorers were not trained on.
#ifndef TERTULIA_SRC_LEARN_DECISION_TRAINER_H_
#define TERTULIA_SRC_LEARN_DECISION_TRAINER_H_

#include <string>
#include <vector>

#include "intent/decision.h"
#include "learn/event_trainer.h"

namespace tertulia {

// One message with the scores of models that never saw it.
struct HeldOutMessage {
  const PreparedMessage* message = nullptr;
  MessageScores scores;
};

struct Ceilings {
  double trap_alarms = 0.12;      // share of trap messages with a false active event
  double everyday_alarms = 0.01;   // share of everyday messages with one
};

// Messages with the labels that their linear scores stand for.
struct HeldOutSet {
  std::vector<std::string> labels;
  LabelPlaces places;
  const std::vector<HeldOutMessage>* messages = nullptr;
};

// `tuning` carries every label: sigmoids and thresholds come from it. `crossed` carries those of the second stage, whose
// weights come from it.
[[nodiscard]] Decision fit_decision(const std::vector<std::string>& events, const HeldOutSet& tuning, const HeldOutSet& crossed,
                                    const Ceilings& ceilings);

}  // namespace tertulia

#endif  // TERTULIA_SRC_LEARN_DECISION_TRAINER_H_
