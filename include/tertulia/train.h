// Corpus to bundle, and a bundle's measured errors. A second library (Tertulia::train): the runtime cannot train.
//
// Training is deterministic: one thread, fixed seed, shuffled by that seed; the same models/ gives the same bytes.
#ifndef TERTULIA_TRAIN_H_
#define TERTULIA_TRAIN_H_

#include <cstdint>
#include <functional>
#include <string>

#include "tertulia/export.h"
#include "tertulia/status.h"

namespace tertulia {

struct TrainOptions {
  std::string models_dir;      // the source tree: rules, lexicons, corpus
  std::string bundle_dir;      // made, or replaced whole when the training has succeeded
  std::uint64_t seed = 20260101;
  std::function<void(const std::string&)> progress;  // one line a step, without conversation text
};

[[nodiscard]] TERTULIA_EXPORT Status train(const TrainOptions& options);

struct EvaluateOptions {
  std::string bundle_dir;
  std::string kind;   // "intents" | "pii" | "customers"; empty: seen from the first line
  std::size_t show_errors = 0;  // that many wrong lines by id, without their text
};

struct Evaluation {
  std::string text;   // tables for a terminal
  std::string json;   // one object with the figures
};

// A labelled JSON-lines file (docs/labels.md).
[[nodiscard]] TERTULIA_EXPORT Result<Evaluation> evaluate(const std::string& file, const EvaluateOptions& options);

}  // namespace tertulia

#endif  // TERTULIA_TRAIN_H_
