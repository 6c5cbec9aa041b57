#include "segment/query_parser.h"

#include <doctest/doctest.h>

#include <random>
#include <string>
#include <vector>

#include "segment/query_print.h"
#include "tertulia/segment.h"

using namespace tertulia;

namespace {
struct Row {
  std::string input, expected;
};
}  // namespace

TEST_CASE("text to canonical text, and back to the same tree") {
  const std::vector<Row> rows = {
      {"event home_building", "event home_building"},
      {"EVENT home_building STAGE >= planning", "event home_building stage >= planning"},
      {"event home_building stage=planning", "event home_building stage planning"},
      {"event home_building explicit seen within 1 day confidence >= .5", ""},  // a number starts with a digit
      {"event home_building explicit seen  within 1 day\nconfidence >= 0.50",
       "event home_building confidence >= 0.5 seen within 1 days explicit"},
      {"need financing explicit", "need financing explicit"},
      {"signal complaint count >= 2 seen within 90 days", "signal complaint count >= 2 seen within 90 days"},
      {"fact amount_eur >= 150000", "fact amount_eur >= 150000"},
      {"fact amount_eur > 1.5e5", "fact amount_eur > 150000"},
      {"fact place = \"San Sebastián\" confidence >= 0.5", "fact place = \"San Sebastián\" confidence >= 0.5"},
      {"fact x = -0", "fact x = 0"},
      {"fact x < -12.25", "fact x < -12.25"},
      {"opinion negative", "opinion negative"},
      {"has_been (event home_building for >= 30 days)", "has_been event home_building for >= 30 days"},
      {"has_been event home_building for >= 30 days", "has_been event home_building for >= 30 days"},
      {"consented marketing", "consented marketing"},
      {"consented marketing email and event a", "consented marketing email and event a"},
      {"host payroll > 1500", "host payroll > 1500"},
      {"host Payroll != 1500", "host Payroll != 1500"},
      {"host branch in (\"Gijón\", 3,4.5)", "host branch in (\"Gijón\", 3, 4.5)"},
      {"host phone is null", "host phone is null"},
      {"host \"stage\" = 3", "host \"stage\" = 3"},
      {"host \"a \\\"b\\\" \\\\c\" = 3", "host \"a \\\"b\\\" \\\\c\" = 3"},
      {"random_bucket(\"spring\", 10) in 0..4", "random_bucket(\"spring\", 10) in 0..4"},
      {"random_bucket ( spring , 10 ) in 0 .. 4", "random_bucket(\"spring\", 10) in 0..4"},
      {"absent event a", "absent(event a)"},
      {"absent(event a or event b)", "absent(event a or event b)"},
      {"not not event a", "not not event a"},
      {"event a or event b and event c", "event a or event b and event c"},
      {"(event a or event b) and event c", "(event a or event b) and event c"},
      {"event a and (event b and event c)", "event a and (event b and event c)"},
      {"event a or (event b or event c)", "event a or (event b or event c)"},
      {"((event a))", "event a"},
      {"not (event a and event b)", "not (event a and event b)"},
      {"not event a and event b", "not event a and event b"},
      {"at_least 2 of [event a, need b or need c, not signal d]", "at_least 2 of [event a, need b or need c, not signal d]"},
      {"at_least 1 of [at_least 1 of [event a]]", "at_least 1 of [at_least 1 of [event a]]"},
      {"event \"x'); DROP TABLE belief; --\"", "event \"x'); DROP TABLE belief; --\""},
      {"event \"👩‍👩‍👧\"", "event \"👩‍👩‍👧\""},
      {"event home_building stage >= planning confidence >= 0.6 and need financing and host payroll > 1500",
       "event home_building stage >= planning confidence >= 0.6 and need financing and host payroll > 1500"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.input);
    const Result<SegmentNode> tree = parse_query_text(row.input);
    if (row.expected.empty()) {
      CHECK_FALSE(tree.ok());
      continue;
    }
    REQUIRE_MESSAGE(tree.ok(), tree.status().message());
    CHECK(print_query_text(*tree) == row.expected);
    CHECK(*parse_query_text(row.expected) == *tree);
    const Result<SegmentNode> again = parse_query_json(print_query_json(*tree));
    REQUIRE_MESSAGE(again.ok(), again.status().message());
    CHECK(*again == *tree);
  }
}

TEST_CASE("errors of the text form name the column") {
  const std::vector<Row> rows = {
      {"", "column 1: expected event, need, signal"},
      {"   ", "column 4: expected event"},
      {"evnt a", "column 1: expected event"},
      {"event", "column 6: expected the name of an event"},
      {"event and", "column 7: expected the name of an event (a reserved word needs quotes)"},
      {"event a stage later", "column 15: expected a stage"},
      {"event a stage planning stage done", "column 24: expected \"stage\" once"},
      {"event a count >= 2", "column 9: expected no \"count\" after event"},
      {"need a stage planning", "column 8: expected no \"stage\" after need"},
      {"host a = 1 explicit", "column 12: expected no \"explicit\" after host"},
      {"event a confidence >= 1.5", "column 23: expected a number from 0 to 1"},
      {"event a confidence > 0.5", "column 20: expected >="},
      {"event a seen within 0 days", "column 21: expected a whole number from 1 to 36500"},
      {"event a seen within 2.5 days", "column 21: expected a whole number"},
      {"event a seen within 2 weeks", "column 23: expected \"day\""},
      {"event a )", "column 9: expected \"and\", \"or\" or the end"},
      {"(event a", "column 9: expected )"},
      {"event a and", "column 12: expected event"},
      {"at_least 3 of [event a, event b]", "column 10: expected a number from 1 to the number of parts (2)"},
      {"at_least 0 of [event a]", "column 10: expected a whole number"},
      {"at_least 1 of []", "column 16: expected event"},
      {"opinion angry", "column 9: expected negative, neutral or positive"},
      {"fact a != 3", "column 8: expected =, <, <=, > or >="},
      {"fact a < \"x\"", "column 8: expected a number to order by"},
      {"fact a is null", "column 8: expected =, <, <=, > or >="},
      {"fact a in (1)", "column 8: expected =, <, <=, > or >="},
      {"host a ~ 1", "column 8: expected a word, a number"},
      {"host a = b", "column 10: expected a number or a \"text\""},
      {"host a in ()", "column 12: expected a number or a \"text\""},
      {"random_bucket(\"s\", 10) in 5..10", "column 27: expected first..last within 0..9"},
      {"random_bucket(\"s\", 10) in 5..4", "column 27: expected first..last within 0..9"},
      {"event \"a", "column 7: expected a closing quote"},
      {"event \"a\\n\"", "column 7: expected \\\" or \\\\ after a backslash"},
      {"event \"\"", "column 7: expected 1 to 128 bytes"},
      {std::string("event \"a\0b\"", 11), "column 7: expected 1 to 128 bytes"},
      {"event \"\xFF\"", "column 7: expected 1 to 128 bytes"},
      {"event \"a\tb\"", "column 7: expected 1 to 128 bytes"},
      {"event ñandú", "column 7: expected a word"},
      {"event \"ñandú\" stage x", "column 21: expected a stage"},  // columns count code points, not bytes
      {"host a = 1e999", "column 10: expected a number that a double holds"},
      {"host a = 3days", "column 10: expected a blank after the number"},
      {"event a;", "column 8: expected a word"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.input);
    const Result<SegmentQuery> query = SegmentQuery::parse(row.input);
    REQUIRE_FALSE(query.ok());
    CHECK(query.status().code() == StatusCode::kInvalidData);
    CHECK_MESSAGE(query.status().message().starts_with(row.expected), query.status().message());
  }
}

TEST_CASE("JSON to canonical text, and errors that name the path") {
  const std::vector<Row> rows = {
      {R"({"event":"home_building","stage_at_least":"planning","confidence":0.6})", "event home_building stage >= planning confidence >= 0.6"},
      {R"({"all":[{"event":"a"}]})", "event a"},  // one part is that part
      {R"({"all":[{"any":[{"need":"a"},{"not":{"need":"b"}}]},{"absent":{"signal":"c","count":2}}]})",
       "(need a or not need b) and absent(signal c count >= 2)"},
      {R"({"at_least":2,"of":[{"event":"a"},{"event":"b"}]})", "at_least 2 of [event a, event b]"},
      {R"({"fact":"amount_eur","op":">=","value":150000})", "fact amount_eur >= 150000"},
      {R"({"host":"x","op":"in","value":["a",1]})", "host x in (\"a\", 1)"},
      {R"({"host":"x","op":"is null"})", "host x is null"},
      {R"({"has_been":"a","days":30})", "has_been event a for >= 30 days"},
      {R"({"consented":"marketing","channel":"email"})", "consented marketing email"},
      {R"({"random_bucket":"s","of":10,"from":0,"to":4})", "random_bucket(\"s\", 10) in 0..4"},
      {R"({"need":"a","explicit":false})", "need a"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.input);
    const Result<SegmentQuery> query = SegmentQuery::from_json(row.input);
    REQUIRE_MESSAGE(query.ok(), query.status().message());
    CHECK(query->text() == row.expected);
  }
  const std::vector<Row> errors = {
      {"[]", "where: expected an object"},
      {"{", "where:1:2: "},
      {"{}", "where: expected one of the keys"},
      {R"({"all":[]})", "where.all: expected at least one part"},
      {R"({"all":[{"event":"a"},{"event":"b","stage_at_least":"later"}]})", "where.all[1].stage_at_least: expected a stage"},
      {R"({"all":[{"event":"a","stagge":"done"}]})", "where.all[0]: expected no key number 2 in \"event\" (stagge)"},
      {R"({"event":"a","need":"b"})", "where: expected no key number 2"},
      {R"({"event":7})", "where.event: expected a string"},
      {R"({"event":""})", "where.event: expected 1 to 128 bytes"},
      {R"({"event":"a\u0000b"})", "where.event: expected 1 to 128 bytes"},
      {R"({"event":"a","stage":"done","stage_at_least":"done"})", "where: expected stage or stage_at_least, not both"},
      {R"({"at_least":2,"of":[{"event":"a"}]})", "where.at_least: expected a number from 1"},
      {R"({"at_least":1})", "where.of: expected a list"},
      {R"({"not":[]})", "where.not: expected an object"},
      {R"({"host":"x","op":"like","value":"a"})", "where.op: expected ="},
      {R"({"host":"x","op":"="})", "where.value: expected a number or a string"},
      {R"({"host":"x","op":"=","value":true})", "where.value: expected a number or a string"},
      {R"({"host":"x","op":"in","value":[]})", "where.value: expected a list of values"},
      {R"({"host":"x","op":"in","value":[null]})", "where.value[0]: expected a number or a string"},
      {R"({"fact":"x","op":"<","value":"a"})", "where: expected a number to order by"},
      {R"({"signal":"x","count":1.5})", "where.count: expected a whole number"},
      {R"({"need":"x","explicit":"yes"})", "where.explicit: expected true or false"},
      {R"({"has_been":"x"})", "where.days: expected a number"},
  };
  for (const Row& row : errors) {
    CAPTURE(row.input);
    const Result<SegmentQuery> query = SegmentQuery::from_json(row.input);
    REQUIRE_FALSE(query.ok());
    CHECK(query.status().code() == StatusCode::kInvalidData);
    CHECK_MESSAGE(query.status().message().starts_with(row.expected), query.status().message());
  }
}

TEST_CASE("depth, length and number of terms are bounded") {
  std::string deep, wide = "event a";
  for (int i = 0; i < 10000; ++i) deep += "not ";
  CHECK_FALSE(SegmentQuery::parse(deep + "event a").ok());
  CHECK_FALSE(SegmentQuery::parse(std::string(5000, '(') + "event a").ok());
  for (int i = 1; i < 256; ++i) wide += " and event a";
  CHECK(SegmentQuery::parse(wide).ok());
  CHECK_FALSE(SegmentQuery::parse(wide + " and event a").ok());
  CHECK_FALSE(SegmentQuery::parse(std::string(70000, ' ') + "event a").ok());
  CHECK_FALSE(SegmentQuery::from_json("{\"event\":\"" + std::string(70000, 'a') + "\"}").ok());
  std::string nested;
  for (int i = 0; i < 40; ++i) nested += "{\"not\":";
  CHECK_FALSE(SegmentQuery::from_json(nested + "{\"event\":\"a\"}" + std::string(40, '}')).ok());
  // As deep as the tree may be, both forms read it back.
  std::string levels = "event a";
  for (int i = 0; i < 23; ++i) levels = i % 2 == 0 ? "not (" + levels + ")" : "(" + levels + ") and event b";
  const Result<SegmentQuery> query = SegmentQuery::parse(levels);
  REQUIRE_MESSAGE(query.ok(), query.status().message());
  CHECK(SegmentQuery::parse(query->text())->text() == query->text());
}

TEST_CASE("whatever is given, the answer is a tree or an error; a tree prints and reads back") {
  const std::vector<std::string> pieces = {
      "event ", "need ", "host ", "fact ", "a", "home_building", " and ", " or ", "not ", "(", ")", "[", "]", ",", "\"", "\\",
      "'", ";", "--", std::string(1, '\0'), "\xC3", "ñ", "👩‍👧", "at_least ", "2", " of ", ">=", "=", "..", "-1", "1e9",
      " stage ", "planning", " seen within ", " days", " in ", "is null", "absent", "random_bucket", "consented x ", "\n", "0.5",
      " confidence >= ", " explicit", "signal s", "opinion positive", "has_been ", " for ", "{\"all\":[", "DROP TABLE belief"};
  std::mt19937 random(20240607);
  int trees = 0;
  for (int round = 0; round < 20000; ++round) {
    std::string text;
    const int length = static_cast<int>(random() % 14);
    for (int i = 0; i < length; ++i) text += pieces[random() % pieces.size()];
    const Result<SegmentQuery> query = SegmentQuery::parse(text);
    (void)SegmentQuery::from_json(text).ok();
    if (!query.ok()) continue;
    ++trees;
    const Result<SegmentQuery> again = SegmentQuery::parse(query->text());
    REQUIRE(again.ok());
    CHECK(again->root() == query->root());
    CHECK(SegmentQuery::from_json(query->json())->root() == query->root());
  }
  CHECK(trees > 20);
}
