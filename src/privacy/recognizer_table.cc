// The generated table of coded recognizers, and the assembly of all. Test: tests/privacy/recognizer_table_test.cc.
#include "privacy/recognizer_table.h"

#include <iterator>

#include "privacy/pattern_recognizer.h"

namespace tertulia {

// The generated file names its table kEntries, as those of other folders do: here it is this folder's.
#define kEntries kRecognizerEntries
#include "recognizers.inc"
#undef kEntries

const RecognizerEntry* const* recognizer_entries(std::size_t* count) noexcept {
  *count = std::size(kRecognizerEntries);
  return kRecognizerEntries;
}

Result<std::vector<std::unique_ptr<Recognizer>>> make_recognizers(const std::string& bundle_dir, const std::string& extra_patterns) {
  std::vector<std::unique_ptr<Recognizer>> made;
  for (const RecognizerEntry* entry : kRecognizerEntries) {
    Result<std::unique_ptr<Recognizer>> recognizer = entry->make(bundle_dir);
    if (!recognizer.ok()) return recognizer.status().within(entry->id);
    made.push_back(std::move(*recognizer));
  }
  Result<std::unique_ptr<PatternRecognizer>> patterns = PatternRecognizer::open(bundle_dir, extra_patterns);
  if (!patterns.ok()) return patterns.status();
  made.push_back(std::move(*patterns));
  return made;
}

}  // namespace tertulia
