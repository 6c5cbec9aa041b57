#include "data/json_lines.h"

#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

using namespace tertulia;
namespace fs = std::filesystem;

TEST_CASE("lines of a file and of a directory, in order, with file and line") {
  const std::string dir = std::string(TERTULIA_BINARY_DIR) + "/json_lines_test";
  fs::remove_all(dir);
  fs::create_directories(dir);
  std::ofstream(dir + "/b.jsonl") << "3\n";
  std::ofstream(dir + "/a.jsonl") << "1\n\n  \r\n2";
  std::ofstream(dir + "/c.txt") << "not read";
  std::vector<int> values;
  std::vector<std::string> places;
  const auto keep = [&](const rapidjson::Value& value, const std::string& where) -> Status {
    values.push_back(value.GetInt());
    places.push_back(where);
    return {};
  };
  REQUIRE(read_json_lines(dir, keep).ok());
  CHECK(values == std::vector<int>{1, 2, 3});
  CHECK(places == std::vector<std::string>{dir + "/a.jsonl:1", dir + "/a.jsonl:4", dir + "/b.jsonl:1"});

  SUBCASE("what the reader refuses ends the walk") {
    values.clear();
    const Status status = read_json_lines(dir, [&](const rapidjson::Value& value, const std::string& where) -> Status {
      values.push_back(value.GetInt());
      return value.GetInt() == 2 ? Status(StatusCode::kInvalidData, where + ": two") : Status();
    });
    CHECK(status.message() == dir + "/a.jsonl:4: two");
    CHECK(values.size() == 2);
  }
  SUBCASE("bad JSON names its line") {
    std::ofstream(dir + "/a.jsonl") << "1\n{";
    const Status status = read_json_lines(dir + "/a.jsonl", keep);
    CHECK(status.code() == StatusCode::kInvalidData);
    CHECK(status.message().find("a.jsonl:2") != std::string::npos);
  }
  CHECK(read_json_lines(dir + "/none", keep).code() == StatusCode::kNotFound);
  fs::remove_all(dir);
}
