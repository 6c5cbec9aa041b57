#include "intent/taxonomy.h"

#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>

using namespace tertulia;
namespace fs = std::filesystem;

TEST_CASE("the shipped life events load, with titles in three languages") {
  const auto taxonomy = Taxonomy::open(std::string(TERTULIA_SOURCE_DIR) + "/models");
  REQUIRE(taxonomy.ok());
  CHECK(taxonomy->events().size() == 16);
  CHECK(taxonomy->index("home_building") < 16);
  CHECK(taxonomy->index("none") == 16);
  for (const LifeEvent& event : taxonomy->events()) {
    CAPTURE(event.id);
    CHECK_FALSE(event.title_es.empty());
    CHECK_FALSE(event.title_en.empty());
    CHECK_FALSE(event.title_ca.empty());
  }
  CHECK(stage_index("underway") == 2);
  CHECK(stage_index("never") == kStages.size());
}

TEST_CASE("a wrong event file names itself and the key") {
  const std::string dir = std::string(TERTULIA_BINARY_DIR) + "/taxonomy_test";
  struct Row {
    const char* json;
    const char* part;
  };
  const Row rows[] = {
      {R"({"id":"x","title":{"es":"a","en":"b"}})", "title: ca"},
      {R"({"id":"y","title":{"es":"a","en":"b","ca":"c"}})", "name of the file"},
      {R"({"id":"x","title":{"es":"a","en":"b","ca":"c"},"implied_needs":{"soon":[]}})", "unknown key \"soon\""},
      {R"({"id":"x","titel":{}})", "unknown key \"titel\""},
      {"{", "x.json:1:"},
  };
  for (const Row& row : rows) {
    fs::remove_all(dir);
    fs::create_directories(dir + "/intent/events");
    std::ofstream(dir + "/intent/events/x.json") << row.json;
    const Status status = Taxonomy::open(dir).status();
    CAPTURE(status.message());
    CHECK(status.message().find(row.part) != std::string::npos);
  }
  fs::remove_all(dir);
  CHECK(Taxonomy::open(dir).status().code() == StatusCode::kNotFound);
}
