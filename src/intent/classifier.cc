// Whole message and windows through both scorers. Test: tests/intent/detector_test.cc.
#include "intent/classifier.h"

#include <algorithm>

namespace tertulia {

MessageFeatures extract(const FeatureExtractor& extractor, const Document& document) {
  MessageFeatures out;
  out.words = extractor.words(document);
  out.labels = extractor.labels(out.words);
  out.whole = extractor.features(out.words, out.labels, 0, out.words.size());
  out.windows = FeatureExtractor::windows(document, out.words);
  return out;
}

MessageScores score(const FeatureExtractor& extractor, const LinearModel& linear, const FastModel& fast,
                    const MessageFeatures& message) {
  MessageScores out;
  out.linear = linear.score(linear.table().vectorize(message.whole));
  out.linear_best = out.linear;
  out.best_window.assign(out.linear.size(), 0);
  for (std::size_t w = 0; w < message.windows.size(); ++w) {
    const auto [first, count] = message.windows[w];
    const std::vector<float> scores =
        linear.score(linear.table().vectorize(extractor.features(message.words, message.labels, first, count)));
    for (std::size_t l = 0; l < scores.size(); ++l) {
      if (scores[l] > out.linear_best[l]) {
        out.linear_best[l] = scores[l];
        out.best_window[l] = w + 1;
      }
    }
  }
  out.fast = fast.score(FeatureExtractor::line(message.words, 0, message.words.size()));
  return out;
}

}  // namespace tertulia
