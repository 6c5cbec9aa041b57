#include "segment/query_check.h"

#include <doctest/doctest.h>

#include <limits>
#include <string>

#include "segment/query_parser.h"

using namespace tertulia;

TEST_CASE("names are short UTF-8 without control characters") {
  CHECK(expect_name("home_building").empty());
  CHECK(expect_name("ñ 👩‍👧").empty());
  CHECK_FALSE(expect_name("").empty());
  CHECK(expect_text("").empty());
  CHECK_FALSE(expect_name(std::string(129, 'a')).empty());
  CHECK_FALSE(expect_name(std::string_view("a\0b", 3)).empty());
  CHECK_FALSE(expect_name("a\x7F").empty());
  CHECK_FALSE(expect_name("\xC2\x85").empty());  // NEL, a C1 control
  CHECK_FALSE(expect_name("\xE2\x80").empty());
}

TEST_CASE("numbers keep to their bounds, and no NaN passes") {
  const double nan = std::numeric_limits<double>::quiet_NaN();
  CHECK(expect_confidence(0).empty());
  CHECK(expect_confidence(1).empty());
  for (const double bad : {-0.1, 1.1, nan}) CHECK_FALSE(expect_confidence(bad).empty());
  for (const double bad : {0.0, 1.5, -3.0, 36501.0, 1e300, nan}) CHECK_FALSE(expect_days(bad).empty());
  CHECK(expect_buckets(10, 0, 9).empty());
  CHECK_FALSE(expect_buckets(10, 0, 10).empty());
  CHECK_FALSE(expect_buckets(10, -1, 3).empty());
  CHECK_FALSE(expect_buckets(10, nan, 3).empty());
}

TEST_CASE("names are checked against the lists there are") {
  const Result<SegmentNode> tree = parse_query_text("event home_buildin or need financing or signal x or host y = 1 or consented z");
  REQUIRE(tree.ok());
  CHECK(check_names(*tree, {}).ok());
  CHECK(check_names(*tree, {{}, {"financing"}, {}, {}}).ok());
  const Status status = check_names(*tree, {{"home_building", "marriage"}, {}, {}, {}});
  CHECK(status.code() == StatusCode::kNotFound);
  CHECK(status.message() == "no event \"home_buildin\"; known are home_building, marriage");
  CHECK(check_names(*parse_query_text("has_been event q for >= 3 days"), {{"a"}, {}, {}, {}}).code() == StatusCode::kNotFound);
}
