#include "learn/corpus.h"

#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>

using namespace tertulia;

TEST_CASE("labelled lines") {
  const std::string path = std::string(TERTULIA_BINARY_DIR) + "/corpus_test.jsonl";
  std::ofstream(path) << R"({"id":"1","lang":"es","channel":"chat","text":"hola","events":[{"event":"marriage","stage":"planning"}],"needs":["savings"],"sentiment":"positive","trap":null})"
                      << "\n\n"
                      << R"({"id":"2","text":"x","events":[],"heard":[{"event":"divorce","stage":"done","subject":"other","assertion":"affirmed"}],"trap":"third_party"})" << "\n";
  const auto rows = load_messages(path);
  REQUIRE(rows.ok());
  REQUIRE(rows->size() == 2);
  CHECK((*rows)[0].events.at("marriage") == "planning");
  CHECK((*rows)[0].trap.empty());
  CHECK((*rows)[1].heard.at(0).subject == "other");
  CHECK((*rows)[1].sentiment == "neutral");

  struct Bad {
    const char* line;
    const char* part;
  };
  const Bad bad[] = {
      {R"({"id":"1","text":7,"events":[]})", ":1: text: expected a string"},
      {R"({"id":"1","text":"x"})", ":1: events"},
      {R"({"id":"1","text":"x","events":[{"event":"a"}]})", ":1: events: stage"},
      {"{\"id\":\"1\",\"text\":\"x\",\"events\":[]}\n{\"id\":\"1\",\"text\":\"x\",\"events\":[]}", ":2: id: seen before"},
      {"", "no labelled messages"},
  };
  for (const Bad& row : bad) {
    std::ofstream(path) << row.line << "\n";
    const Status status = load_messages(path).status();
    CAPTURE(status.message());
    CHECK(status.message().find(row.part) != std::string::npos);
  }
  std::filesystem::remove(path);
}
