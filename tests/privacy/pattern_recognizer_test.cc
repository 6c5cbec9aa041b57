#include "privacy/pattern_recognizer.h"

#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>

#include "finding.h"

using namespace tertulia;
using namespace tertulia::test;

TEST_CASE("every pattern file finds its own examples and nothing in its counter-examples") {
  Result<std::unique_ptr<PatternRecognizer>> made = PatternRecognizer::open(models());
  REQUIRE_MESSAGE(made.ok(), made.status().message());
  REQUIRE((*made)->examples().size() > 40);
  for (const PatternExamples& file : (*made)->examples()) {
    const auto check = [&](const std::string& marked) {
      const Example example = unmark(marked);
      std::vector<Entity> found = find_with(**made, example.text);
      found.erase(std::remove_if(found.begin(), found.end(), [&](const Entity& e) { return e.recognizer != file.id || e.score < 0.5; }), found.end());
      CHECK_MESSAGE(mark(example.text, found) == marked, file.id);
      for (const Entity& entity : found) CHECK(entity.type == file.type);
    };
    for (const std::string& example : file.examples) check(example);
    for (const std::string& example : file.counter_examples) check(example);
  }
}

namespace {

// A bundle directory with one pattern file.
struct TemporaryBundle {
  explicit TemporaryBundle(const std::string& name, const std::string& json) {
    dir = std::filesystem::path(TERTULIA_BINARY_DIR) / "privacy_patterns";
    std::filesystem::remove_all(dir);
    std::filesystem::create_directories(dir / "privacy" / "patterns");
    std::ofstream(dir / "privacy" / "patterns" / name) << json;
  }
  ~TemporaryBundle() { std::filesystem::remove_all(dir); }
  std::filesystem::path dir;
};

}  // namespace

TEST_CASE("a wrong pattern file is an error that names the file and the key") {
  struct Row { const char* file; const char* json; const char* expected; };
  const char* const kTail = R"("score":0.9,"source":"x","examples":["«a1»"],"counter_examples":["b"]})";
  for (const Row& row : {Row{"b.json", R"({"id":"a","type":"T","pattern":"a\\d",)", "id: expected the name of the file"},
                         Row{"a.json", R"({"id":"a","type":"T","pattern":"a(\\d",)", "pattern: missing )"},
                         Row{"a.json", R"({"id":"a","type":"T","pattern":"\\d*",)", "matches the empty text"},
                         Row{"a.json", R"({"id":"a","type":"T","pattern":"a\\d","checksum":"dno",)", "checksum: there is no \"dno\""},
                         Row{"a.json", R"({"id":"a","type":"T","pattern":"a\\d","contxt":[],)", "unknown key \"contxt\""},
                         Row{"a.json", R"({"id":"a","pattern":"a\\d",)", "type: expected a string"},
                         Row{"a.json", R"({"id":"a","type":"T","pattern":"a\\d","context":["@none"],)", "none.tsv"}}) {
    const TemporaryBundle bundle(row.file, std::string(row.json) + kTail);
    const Status status = PatternRecognizer::open(bundle.dir.string()).status();
    CHECK_FALSE(status.ok());
    CHECK_MESSAGE(status.message().find(row.expected) != std::string::npos, status.message());
    CHECK_MESSAGE(status.message().find(row.file) != std::string::npos, status.message());
  }
}

TEST_CASE("a user's pattern file brings a new type") {
  const TemporaryBundle bundle("member.json",
                               R"({"id":"member","type":"MEMBER","pattern":"\\bmb-\\d{5}\\b","score":0.8,"source":"test",
                                   "examples":["socio «MB-12345»"],"counter_examples":["MB-1"]})");
  const auto made = PatternRecognizer::open(models(), (bundle.dir / "privacy" / "patterns").string());
  REQUIRE_MESSAGE(made.ok(), made.status().message());
  const std::string text = "soy el MB-12345";
  std::vector<Entity> found = find_with(**made, text);
  REQUIRE(found.size() == 1);
  CHECK(found[0].type == "MEMBER");
  CHECK(found[0].span.of(text) == "MB-12345");
}

TEST_CASE("a failing check is kept only where something proves it, with its reason") {
  const auto made = PatternRecognizer::open(models()).value();
  CHECK(find_with(*made, "12345678a").empty());
  std::vector<Entity> found = find_with(*made, "mi dni es 12345678A");
  found.erase(std::remove_if(found.begin(), found.end(), [](const Entity& e) { return e.recognizer != "es_nif"; }), found.end());
  REQUIRE(found.size() == 1);
  CHECK(found[0].score == doctest::Approx(0.85));
  CHECK(found[0].why == std::vector<std::string>{"checksum fails", "cue: mi dni es"});
  RecognizerContext asked;
  asked.expected_type = "ES_NIF";
  found = find_with(*made, "12345678", asked);
  REQUIRE(found.size() == 1);
  CHECK(found[0].why == std::vector<std::string>{"asked for"});
}

TEST_CASE("the nearest cue decides") {
  CHECK(found_in("mi dni es 12345678 y el pedido 87654321") == "ES_NIF:12345678");
  CHECK(found_in("pedido 87654321, dni 12345678") == "ES_NIF:12345678");
}
