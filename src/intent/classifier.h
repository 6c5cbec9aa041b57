// Raw scores of one message: every label of the linear model and of fastText, over the whole and over its windows.
//
// Labels: "active:<event>", "heard:<event>", "trap:<kind>", "any:active", "any:trap", "stage:<stage>", "need:<need>",
// "signal:<signal>", "sentiment:<label>", "special:<category>", "care:<flag>". Immutable; any number of threads.
#ifndef TERTULIA_SRC_INTENT_CLASSIFIER_H_
#define TERTULIA_SRC_INTENT_CLASSIFIER_H_

#include <string>
#include <vector>

#include "intent/fast_model.h"
#include "intent/features.h"
#include "intent/linear_model.h"
#include "tertulia/status.h"
#include "tertulia/text.h"

namespace tertulia {

// A message prepared once for all scorers.
struct MessageFeatures {
  std::vector<ModelWord> words;
  std::vector<LabelHit> labels;
  FeatureBlocks whole;
  std::vector<std::pair<std::size_t, std::size_t>> windows;  // of long messages
};

[[nodiscard]] MessageFeatures extract(const FeatureExtractor& extractor, const Document& document);

struct MessageScores {
  std::vector<float> linear;       // by LinearModel::labels()
  std::vector<float> linear_best;  // the largest over whole and windows
  std::vector<std::size_t> best_window;  // which: 0 the whole, i + 1 window i
  std::vector<float> fast;         // probability by FastModel::labels()
};

[[nodiscard]] MessageScores score(const FeatureExtractor& extractor, const LinearModel& linear, const FastModel& fast,
                                  const MessageFeatures& message);

}  // namespace tertulia

#endif  // TERTULIA_SRC_INTENT_CLASSIFIER_H_
