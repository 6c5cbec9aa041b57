// The words behind a finding: exact shares of the linear score, shown only where the word stands in the vocabulary
// that was learnt from many hands, so that an explanation can never carry a name or a number of the talk.
#ifndef TERTULIA_SRC_INTENT_EXPLANATION_H_
#define TERTULIA_SRC_INTENT_EXPLANATION_H_

#include <string>
#include <unordered_map>
#include <vector>

#include "intent/classifier.h"
#include "tertulia/finding.h"
#include "tertulia/status.h"

namespace tertulia {

class Explainer {
 public:
  // intent/vocabulary.tsv: folded word, the form to show.
  static Result<Explainer> open(const std::string& bundle_dir);
  // The heaviest words for `label`, at most `count`, of the whole message or its best window.
  [[nodiscard]] std::vector<std::string> words(const FeatureExtractor& extractor, const LinearModel& linear,
                                               const MessageFeatures& message, const MessageScores& scores,
                                               std::size_t label, std::size_t count) const;
  // "third_party: mi cuñado" for every cue of the message, from the lexicon's own phrases.
  [[nodiscard]] std::vector<std::string> cues(const MessageFeatures& message, const std::vector<std::string>& kinds) const;

 private:
  std::unordered_map<std::string, std::string> shown_;
};

}  // namespace tertulia

#endif  // TERTULIA_SRC_INTENT_EXPLANATION_H_
