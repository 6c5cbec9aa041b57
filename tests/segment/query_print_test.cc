#include "segment/query_print.h"

#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "segment/query_parser.h"

using namespace tertulia;

TEST_CASE("reserved words are reserved in any case, and quoted as names") {
  CHECK(is_reserved_word("and"));
  CHECK(is_reserved_word("Seen"));
  CHECK_FALSE(is_reserved_word("payroll"));
  for (const std::string name : {"and", "STAGE", "two words", "1st", "ñ", "a-b", "'", "x\"y\\z"}) {
    SegmentNode leaf;
    leaf.kind = NodeKind::kHost;
    leaf.name = name;
    leaf.values = {QueryValue(name)};
    const std::string text = print_query_text(leaf);
    CAPTURE(text);
    CHECK(text.starts_with("host \""));
    CHECK(*parse_query_text(text) == leaf);
  }
}

TEST_CASE("JSON keys stand in one order") {
  const Result<SegmentNode> tree = parse_query_text("event a explicit seen within 9 days confidence >= 0.25 stage >= done and host b in (1, \"c\")");
  REQUIRE(tree.ok());
  CHECK(print_query_json(*tree) ==
        R"({"all":[{"event":"a","stage_at_least":"done","confidence":0.25,"seen_within_days":9,"explicit":true},)"
        R"({"host":"b","op":"in","value":[1,"c"]}]})");
}
