#include "segment/query_tree.h"

#include <doctest/doctest.h>

#include <utility>
#include <vector>

#include "tertulia/segment.h"

using namespace tertulia;

TEST_CASE("stages stand in order") {
  CHECK(stage_order("considering") < stage_order("planning"));
  CHECK(stage_order("planning") < stage_order("underway"));
  CHECK(stage_order("underway") < stage_order("done"));
  CHECK(stage_order("") == 0);
  CHECK(stage_order("Planning") == 0);
  for (int i = 1; i <= kStages; ++i) CHECK(stage_order(stage_name(i)) == i);
}

TEST_CASE("numbers print short and exact") {
  const std::vector<std::pair<double, std::string>> rows = {
      {0, "0"}, {-0.0, "0"}, {1500, "1500"}, {0.1, "0.1"}, {-2.5, "-2.5"}, {1e14, "100000000000000"}, {1e20, "1e+20"}, {1e-9, "1e-09"}};
  for (const auto& [number, text] : rows) CHECK(number_text(number) == text);
}

TEST_CASE("leaves stand from left to right") {
  const SegmentQuery query = *SegmentQuery::parse("event a and (need b or not host c = 1) and at_least 1 of [signal d]");
  std::string names;
  for (const SegmentNode* leaf : leaves(query.root())) names += leaf->name;
  CHECK(names == "abcd");
  CHECK(uses_host(query.root()));
  CHECK_FALSE(uses_host(SegmentQuery::parse("event a")->root()));
}

TEST_CASE("a question is a value") {
  SegmentQuery a = *SegmentQuery::parse("event a");
  const SegmentQuery b = a;
  a = *SegmentQuery::parse("event c");
  CHECK(b.text() == "event a");
  CHECK(a.text() == "event c");
  const SegmentQuery& self = a;
  a = self;
  CHECK(a.text() == "event c");
}
