#include "privacy/recognizer_table.h"

#include <doctest/doctest.h>

#include <set>

#include "finding.h"

using namespace tertulia;
using namespace tertulia::test;

TEST_CASE("every coded recognizer finds its examples and nothing else") {
  std::size_t count = 0;
  const RecognizerEntry* const* entries = recognizer_entries(&count);
  REQUIRE(count > 0);
  std::set<std::string> ids;
  for (std::size_t i = 0; i < count; ++i) {
    const RecognizerEntry& entry = *entries[i];
    CHECK(ids.insert(entry.id).second);
    Result<std::unique_ptr<Recognizer>> made = entry.make(models());
    REQUIRE_MESSAGE(made.ok(), made.status().message());
    REQUIRE(entry.examples[0] != nullptr);
    REQUIRE(entry.counter_examples[0] != nullptr);
    const auto check = [&](const std::string& marked) {
      const Example example = unmark(marked);
      std::vector<Entity> found = find_with(**made, example.text);
      found.erase(std::remove_if(found.begin(), found.end(), [&](const Entity& e) { return e.type != entry.type || e.score < 0.5; }), found.end());
      CHECK_MESSAGE(mark(example.text, found) == marked, std::string(entry.id));
      for (const Entity& entity : found) {
        CHECK_FALSE(entity.why.empty());
        CHECK(entity.score <= 1.0);
      }
    };
    for (const char* const* example = entry.examples; *example != nullptr; ++example) check(*example);
    for (const char* const* example = entry.counter_examples; *example != nullptr; ++example) check(*example);
  }
}

TEST_CASE("a bundle without lists is refused") {
  CHECK(make_recognizers(TERTULIA_SOURCE_DIR "/cmake").status().code() == StatusCode::kNotFound);
}
