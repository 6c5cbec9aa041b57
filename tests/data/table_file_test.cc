#include "data/table_file.h"

#include <doctest/doctest.h>

#include <fstream>

using namespace tertulia;

TEST_CASE("rows carry their line, comments and blank lines are skipped") {
  const std::string path = std::string(TERTULIA_BINARY_DIR) + "/table_test.tsv";
  std::ofstream(path) << "# head\n\na\t1\r\nb\t\n";
  const auto rows = load_table(path, 2, 2);
  REQUIRE(rows.ok());
  REQUIRE(rows->size() == 2);
  CHECK((*rows)[0].line == 3);
  CHECK((*rows)[0].fields == std::vector<std::string>{"a", "1"});
  CHECK((*rows)[1].fields == std::vector<std::string>{"b", ""});
  const auto narrow = load_table(path, 3, 3);
  CHECK(narrow.status().message().find(":3: expected 3") != std::string::npos);
}
