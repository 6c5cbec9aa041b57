#include "intent/facts/fact_words.h"

#include <doctest/doctest.h>

using namespace tertulia;

TEST_CASE("numbers in digits and words") {
  const std::string models = std::string(TERTULIA_SOURCE_DIR) + "/models";
  const auto analyzer = Analyzer::open(models);
  const auto numbers = NumberReader::open(models + "/intent/facts/number_words.tsv");
  REQUIRE(analyzer.ok());
  REQUIRE(numbers.ok());
  struct Row {
    const char* text;
    double value;  // -1: no number at the start
    std::size_t count;
  };
  const Row rows[] = {
      {"180.000", 180000, 1},          {"180.000,50", 180000.5, 1},   {"1,2 millones", 1200000, 2},
      {"180 mil", 180000, 2},          {"180k", 180000, 2},           {"ciento ochenta mil", 180000, 3},
      {"treinta y cinco", 35, 3},      {"mil doscientos", 1200, 2},   {"doscientos mil quinientos", 200500, 3},
      {"un millon", 1000000, 2},       {"dos", 2, 1},                 {"casa", -1, 0},
      {"y", -1, 0},                    {"2 3", 2, 1},                 {"thirty five thousand", 35000, 3},
  };
  for (const Row& row : rows) {
    CAPTURE(std::string(row.text));
    const Document document = analyzer->analyze(row.text, "es");
    const auto found = numbers->read(fact_tokens(document), 0);
    REQUIRE(found.has_value() == (row.value >= 0));
    if (found) {
      CHECK(found->value == doctest::Approx(row.value));
      CHECK(found->count == row.count);
    }
  }
}

TEST_CASE("marks in digits") {
  CHECK(*parse_digits("1.500") == 1500);
  CHECK(*parse_digits("1.5") == 1.5);
  CHECK(*parse_digits("12,75") == 12.75);
  CHECK(*parse_digits("1.234.567,8") == 1234567.8);
  CHECK_FALSE(parse_digits("a1").has_value());
  CHECK_FALSE(parse_digits("").has_value());
  CHECK_FALSE(parse_digits("99999999999999999999").has_value());
}
