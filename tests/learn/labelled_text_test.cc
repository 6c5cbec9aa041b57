#include "learn/labelled_text.h"

#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>
#include <string>

using namespace tertulia;

TEST_CASE("texts with marked spans") {
  const std::string path = std::string(TERTULIA_BINARY_DIR) + "/labelled_text_test.jsonl";
  std::ofstream(path) << R"({"id":"1","lang":"es","channel":"chat","text":"soy Ana","spans":[{"start":4,"end":7,"type":"PERSON"}],"decoy":null})" << "\n"
                      << R"({"id":"2","text":"Calzados Gil","spans":[],"decoy":"surname in company"})" << "\n";
  const auto rows = load_labelled_texts(path);
  REQUIRE(rows.ok());
  REQUIRE(rows->size() == 2);
  CHECK((*rows)[0].spans == std::set<TypedSpan>{{4, 7, "PERSON"}});
  CHECK((*rows)[0].decoy.empty());
  CHECK((*rows)[1].decoy == "surname in company");

  struct Bad {
    const char* line;
    const char* part;
  };
  const Bad bad[] = {
      {R"({"id":"1","text":"x"})", ":1: spans"},
      {R"({"id":"1","text":"x","spans":[{"start":0,"end":9,"type":"PERSON"}]})", ":1: spans: expected 0 <= start < end"},
      {R"({"id":"1","text":"x","spans":[{"start":-1,"end":1,"type":"PERSON"}]})", ":1: spans: expected 0 <= start < end"},
      {R"({"id":"1","text":"x","spans":[{"start":0,"end":1}]})", "type"},
      {"", "no labelled texts"},
  };
  for (const Bad& row : bad) {
    std::ofstream(path) << row.line << "\n";
    CAPTURE(row.line);
    CHECK(load_labelled_texts(path).status().message().find(row.part) != std::string::npos);
  }
  std::ofstream(path) << R"({"id":"1","text":"x"})" << "\n" << R"({"id":"2","text":"y","spans":[]})" << "\n";
  const auto marked = load_labelled_texts(path, UnmarkedLines::kSkip);
  REQUIRE(marked.ok());
  CHECK(marked->size() == 1);
  std::filesystem::remove(path);
}
