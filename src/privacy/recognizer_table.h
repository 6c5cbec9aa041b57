// The list of coded recognizers: one constant `<name>_entry` in each src/privacy/recognizers/<name>.cc.
//
// CMake lists the files (sorted) into generated/recognizers.inc, so that adding one touches no other file. Each entry
// carries its own tests: tests/privacy/recognizer_table_test.cc makes it and runs all examples.
#ifndef TERTULIA_SRC_PRIVACY_RECOGNIZER_TABLE_H_
#define TERTULIA_SRC_PRIVACY_RECOGNIZER_TABLE_H_

#include <cstddef>
#include <memory>
#include <string>
#include <vector>

#include "tertulia/entity.h"
#include "tertulia/status.h"

namespace tertulia {

struct RecognizerEntry {
  const char* id;    // "street_address": Entity::recognizer of what it finds
  const char* type;  // "STREET_ADDRESS"
  // `bundle_dir` holds privacy/…; kNotFound, kInvalidData.
  Result<std::unique_ptr<Recognizer>> (*make)(const std::string& bundle_dir);
  // Null-terminated lists. An example marks each span that must be found, and no other of this type, as «…»
  // ("mi dni es «12345678Z»"); in a counter-example nothing of this type may be found.
  const char* const* examples;
  const char* const* counter_examples;
};

// All entries, sorted by file name.
[[nodiscard]] const RecognizerEntry* const* recognizer_entries(std::size_t* count) noexcept;

// Makes every coded recognizer and, last, the one of the pattern files; `extra_patterns` is a further directory of them.
[[nodiscard]] Result<std::vector<std::unique_ptr<Recognizer>>> make_recognizers(const std::string& bundle_dir,
                                                                                const std::string& extra_patterns = {});

}  // namespace tertulia

#endif  // TERTULIA_SRC_PRIVACY_RECOGNIZER_TABLE_H_
