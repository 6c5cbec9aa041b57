#include "segment/segment_file.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>
#include <set>
#include <string>
#include <vector>

#include "data/json_file.h"
#include "data/table_file.h"
#include "segment/query_check.h"

using namespace tertulia;

namespace {
const std::string kDir = std::string(TERTULIA_SOURCE_DIR) + "/models/segments";
}

TEST_CASE("a definition in text form, in JSON form, with titles") {
  const Result<Segment> text = parse_segment(R"({"id":"x","title":"X","purpose":"marketing","where":"event a and need b"})", "x.json");
  REQUIRE_MESSAGE(text.ok(), text.status().message());
  CHECK(text->title == "X");
  CHECK(text->where.text() == "event a and need b");
  const Result<Segment> json = parse_segment(
      R"({"id":"x", /* why */ "title":{"es":"Equis","en":"Ex"},"purpose":"service","where":{"event":"a"}})", "x.json");
  REQUIRE_MESSAGE(json.ok(), json.status().message());
  CHECK(json->title == "Equis");
  CHECK(json->titles.at("en") == "Ex");
  const Result<Segment> again = parse_segment(print_segment(*json), "again");
  REQUIRE_MESSAGE(again.ok(), again.status().message());
  CHECK(again->title == "Equis");
  CHECK(again->titles == json->titles);
  CHECK(again->where.text() == json->where.text());
}

TEST_CASE("errors name the file and the path") {
  const std::vector<std::pair<std::string, std::string>> rows = {
      {"{", "f:1:2"},
      {"{}", "f: id: expected"},
      {R"({"id":"X y","title":"t","purpose":"p","where":"event a"})", "f: id: expected 1 to 64"},
      {R"({"id":"x","title":"t","purpose":"","where":"event a"})", "f: purpose: expected"},
      {R"({"id":"x","purpose":"p","where":"event a"})", "f: expected title and where"},
      {R"({"id":"x","title":7,"purpose":"p","where":"event a"})", "f: title: expected"},
      {R"({"id":"x","title":"t","purpose":"p","where":"event"})", "f: where: column 6"},
      {R"({"id":"x","title":"t","purpose":"p","where":{"all":[{"evnt":"a"}]}})", "f: where.all[0]: expected one of"},
      {R"({"id":"x","title":"t","purpose":"p","where":"event a","color":"red"})", "f: unknown key"},
  };
  for (const auto& [input, expected] : rows) {
    const Result<Segment> segment = parse_segment(input, "f");
    REQUIRE_FALSE(segment.ok());
    CHECK_MESSAGE(segment.status().message().starts_with(expected), segment.status().message());
  }
  CHECK(load_segment("/nonexistent.json").status().code() == StatusCode::kNotFound);
}

TEST_CASE("the shipped segments load, have three titles, and name nothing that has no title") {
  std::set<std::string> titled;
  const auto rows = load_table(kDir + "/titles.tsv", 4, 4);
  REQUIRE(rows.ok());
  for (const TableRow& row : *rows) CHECK(titled.insert(row.fields[0]).second);
  int files = 0;
  for (const auto& entry : std::filesystem::directory_iterator(kDir)) {
    if (entry.path().extension() != ".json") continue;
    CAPTURE(entry.path().string());
    const Result<Segment> segment = load_segment(entry.path().string());
    REQUIRE_MESSAGE(segment.ok(), segment.status().message());
    ++files;
    CHECK(segment->id == entry.path().stem().string());
    for (const char* language : {"es", "en", "ca"}) CHECK(segment->titles.count(language) == 1);
    for (const SegmentNode* leaf : leaves(segment->where.root())) {
      if (asks_beliefs(leaf->kind)) CHECK_MESSAGE(titled.count(leaf->name) == 1, leaf->name);
    }
  }
  CHECK(files >= 10);
}

TEST_CASE("every life event of the taxonomy has a title, and the table no field too few") {
  const auto rows = load_table(kDir + "/titles.tsv", 4, 4);
  REQUIRE(rows.ok());
  const auto has = [&](const std::string& id) {
    return std::any_of(rows->begin(), rows->end(), [&](const TableRow& row) { return row.fields[0] == id; });
  };
  const std::string events = std::string(TERTULIA_SOURCE_DIR) + "/models/intent/events";
  std::error_code error;
  for (const auto& entry : std::filesystem::directory_iterator(events, error)) {
    if (entry.path().extension() == ".json") CHECK_MESSAGE(has(entry.path().stem().string()), entry.path().string());
  }
  CHECK(load_table(kDir + "/why.tsv", 4, 4).ok());
}
