// Trains both scorers, fastText and the linear model, on a set of prepared messages.
#ifndef TERTULIA_SRC_LEARN_EVENT_TRAINER_H_
#define TERTULIA_SRC_LEARN_EVENT_TRAINER_H_

#include <cstdint>
#include <string>
#include <vector>

#include "intent/classifier.h"
#include "learn/corpus.h"
#include "tertulia/status.h"

namespace tertulia {

// A labelled message after the anonymizer, in model form.
struct PreparedMessage {
  const LabelledMessage* gold = nullptr;
  MessageFeatures features;
};

// The labels of the linear model that a message carries, and whether the message teaches that label at all
// (stages are learnt from messages with events only).
[[nodiscard]] std::vector<std::string> linear_labels(const std::vector<std::string>& events);
// Those that the second stage reads: held-out scores are needed of these alone.
[[nodiscard]] std::vector<std::string> second_stage_labels(const std::vector<std::string>& labels);
[[nodiscard]] bool has_label(const LabelledMessage& message, const std::string& label);
[[nodiscard]] bool teaches_label(const LabelledMessage& message, const std::string& label);

// Features seen in at least two messages of `use`, with their inverse document frequencies.
[[nodiscard]] FeatureTable make_feature_table(const std::vector<PreparedMessage>& messages, const std::vector<std::uint32_t>& use);

// `labels`: what to learn; the others are left out of the model.
[[nodiscard]] LinearModel train_linear(const std::vector<PreparedMessage>& messages, const std::vector<std::uint32_t>& use,
                                       const std::vector<std::string>& labels);

// Writes the model to `path`; `scratch` is a text file made and removed beside it.
[[nodiscard]] Status train_fast(const std::vector<PreparedMessage>& messages, const std::vector<std::uint32_t>& use,
                                std::uint64_t seed, const std::string& path);

}  // namespace tertulia

#endif  // TERTULIA_SRC_LEARN_EVENT_TRAINER_H_
