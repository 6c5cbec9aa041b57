// From raw scores to calibrated probabilities and decisions.
//
// Whether an event is active is decided by a second stage: a logistic model, shared by all events, over both scorers'
// answers for the event, their answers for the kinds of trap and the strongest other event, each alone and in pairs.
// Every other label has a sigmoid of its own (Platt) and a threshold. All numbers come from intent/decision.json, written by the training.
// Immutable; any number of threads.
#ifndef TERTULIA_SRC_INTENT_DECISION_H_
#define TERTULIA_SRC_INTENT_DECISION_H_

#include <map>
#include <string>
#include <vector>

#include "intent/classifier.h"
#include "tertulia/status.h"

namespace tertulia {

// The label names that both scorers and the second stage agree on, with their places in the score vectors.
class LabelPlaces {
 public:
  LabelPlaces() = default;
  LabelPlaces(const std::vector<std::string>& events, const std::vector<std::string>& linear_labels,
              const std::vector<std::string>& fast_labels);

  [[nodiscard]] std::size_t event_count() const noexcept { return linear_active_.size(); }
  // The second stage's features for one event of one message. The same order as names().
  [[nodiscard]] std::vector<float> features(const MessageFeatures& message, const MessageScores& scores, std::size_t event) const;
  [[nodiscard]] std::vector<std::string> names() const;
  // The linear model's first answer for an event (log-odds).
  [[nodiscard]] float active_score(const MessageScores& scores, std::size_t event) const;

 private:
  std::vector<std::string> events_;
  std::vector<std::size_t> linear_active_, linear_heard_, fast_active_, fast_heard_, traps_;
  std::size_t any_active_ = 0, any_trap_ = 0, any_own_ = 0;
};

struct Sigmoid {
  double slope = 1, offset = 0, threshold = 0.5;
  [[nodiscard]] double probability(double score) const noexcept;
};

// What each language's share of the corpus can carry: the scores of a language with few messages are lower.
struct EventThresholds {
  double asserted = 0.5;  // active at or above
  double weak = 0.3;      // weak evidence at or above
};

struct Decision {
  std::vector<std::string> events;
  std::vector<std::string> feature_names;
  std::vector<double> mean, deviation;            // of the second stage, one a feature
  std::vector<double> weights;                    // one a term
  std::vector<double> event_offset;               // one an event, intercept included
  std::map<std::string, EventThresholds> thresholds;  // by language; the one of "" stands for all others
  double heard_threshold = 0.5;                   // "heard" label's probability to list an inactive event
  std::map<std::string, Sigmoid> labels;          // of all other labels of the linear model

  // Standardised features, cut at four deviations, and their products in pairs: what the weights belong to.
  [[nodiscard]] std::vector<double> terms(const std::vector<float>& features) const;
  [[nodiscard]] static constexpr std::size_t term_count(std::size_t features) noexcept { return features + features * (features + 1) / 2; }
  [[nodiscard]] double active_probability(const std::vector<float>& features, std::size_t event) const;
  [[nodiscard]] const EventThresholds& thresholds_of(const std::string& language) const;

  static Result<Decision> load(const std::string& path);
  [[nodiscard]] Status save(const std::string& path) const;
};

}  // namespace tertulia

#endif  // TERTULIA_SRC_INTENT_DECISION_H_
