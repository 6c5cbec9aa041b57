// Personal data that a pattern, a check digit and the words around it can tell: models/privacy/patterns/<id>.json.
//
//   {"id","type","languages":["*"],"pattern","checksum","context":[…],"context_after":[…],"context_window","against":[…],
//    "except":"list","upper","border","min_digits","needs_char","needs_text","score","score_with_context","require_context","source",
//    "examples":["mi dni es «12345678Z»"],"counter_examples":[…]}
//
// `min_digits`, `needs_char` (any of them) and `needs_text` (any of them, folded) tell cheaply that a text cannot match.
// `pattern` is RE2 over ScanText (lower case, no accents, one blank or dash for all kinds); with a group, the group is
// the value. A value whose check fails is kept only where a cue, or the other side's question, says what it is.
#ifndef TERTULIA_SRC_PRIVACY_PATTERN_RECOGNIZER_H_
#define TERTULIA_SRC_PRIVACY_PATTERN_RECOGNIZER_H_

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "privacy/scan_text.h"
#include "tertulia/entity.h"
#include "tertulia/status.h"

namespace tertulia {

struct PatternExamples {
  std::string id, type;
  std::vector<std::string> examples, counter_examples;
};

class PatternRecognizer final : public Recognizer {
 public:
  // Every *.json of <bundle>/privacy/patterns, sorted, and of `extra_dir` where that is not empty. kNotFound,
  // kInvalidData (names file and key).
  static Result<std::unique_ptr<PatternRecognizer>> open(const std::string& bundle_dir, const std::string& extra_dir = {});
  ~PatternRecognizer() override;

  void find(const Document& document, const RecognizerContext& context, std::vector<Entity>& found) const override;
  // The same over a text that is folded already.
  void find(const ScanText& scan, std::string_view language, const RecognizerContext& context, std::vector<Entity>& found) const;

  [[nodiscard]] const std::vector<PatternExamples>& examples() const noexcept;

 private:
  struct Impl;
  explicit PatternRecognizer(std::unique_ptr<const Impl> impl);
  std::unique_ptr<const Impl> impl_;
};

}  // namespace tertulia

#endif  // TERTULIA_SRC_PRIVACY_PATTERN_RECOGNIZER_H_
