#include "store/segment_why.h"

#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "segment/query_parser.h"
#include "store/schema.h"

using namespace tertulia;

namespace {
constexpr Timestamp kNow = 1'750'000'000 * kMillion;

HeldCustomer builder() {
  HeldCustomer out;
  out.ref = "0123456789abcdef0123456789abcdef";
  out.beliefs = {{"event", "home_building", "", "planning", 937'000, 100, kNow, kNow, 2, true, false, "[\"parcela\",\"arquitecto\"]"},
                 {"need", "financing", "", "", 700'000, 100, kNow, kNow, 1, false, false, "[]"},
                 {"event", "marriage", "", "planning", 900'000, 100, kNow, kNow, 1, true, true, "[]"},
                 {"fact", "place", "", "Asturias", 1'000'000, 100, kNow, kNow, 1, true, false, "not json"},
                 {"signal", "complaint", "", "", 500'000, 100, kNow, kNow, 3, true, false, "[\"a\",\"b\",\"c\",\"d\",\"e\",7]"},
                 {"event", "own_event", "", "done", 500'000, 100, kNow, kNow, 1, true, false, "[]"}};
  out.host = {{"payroll", 2512.5}};
  return out;
}
}  // namespace

TEST_CASE("one line a leaf that bears the verdict, in three languages") {
  struct Row {
    std::string query, language;
    std::vector<std::string> lines;
  };
  const std::vector<Row> rows = {
      {"event home_building", "es", {"construye su casa: fase planificación, confianza 0,93 (parcela, arquitecto)"}},
      {"event home_building", "en", {"building a home: stage planning, confidence 0.93 (parcela, arquitecto)"}},
      {"event home_building", "ca", {"es fa la casa: fase planificació, confiança 0,93 (parcela, arquitecto)"}},
      {"need financing and host payroll > 2000", "es", {"busca financiación: se deduce, confianza 0,70", "dato de la empresa: host payroll > 2000"}},
      {"event home_building stage done or need financing", "en", {"seeks financing: inferred, confidence 0.70"}},
      {"not event marriage", "es", {"se sabe que no: event marriage"}},
      {"not (event marriage and need financing)", "en", {"known not to be so: event marriage"}},
      {"not not need financing", "en", {"seeks financing: inferred, confidence 0.70"}},
      {"absent(event divorce or need savings)", "en", {"not known: event divorce or need savings"}},
      {"fact place = \"Asturias\"", "ca", {"lloc: Asturias, confiança 1,00"}},
      {"signal complaint", "es", {"queja: veces 3, confianza 0,50 (a, b, c, d)"}},
      {"event own_event", "es", {"own_event: fase hecho, confianza 0,50"}},  // an event of the user's own
      {"need financing and need financing", "en", {"seeks financing: inferred, confidence 0.70"}},
      {"at_least 1 of [need financing, event divorce]", "en", {"seeks financing: inferred, confidence 0.70"}},
  };
  for (const Row& row : rows) {
    CAPTURE(row.query);
    const Result<SegmentNode> tree = parse_query_text(row.query);
    REQUIRE(tree.ok());
    const Explained explained = evaluate(*tree, builder(), kNow);
    REQUIRE(explained.verdict == Verdict::kTrue);
    const Result<std::vector<std::string>> lines = why_lines(explained, row.language);
    REQUIRE(lines.ok());
    CHECK(*lines == row.lines);
  }
}

TEST_CASE("no value of the host is told, and other languages are refused") {
  const SegmentNode tree = *parse_query_text("host payroll > 2000");
  const Explained explained = evaluate(tree, builder(), kNow);
  for (const std::string& language : why_languages()) {
    const Result<std::vector<std::string>> lines = why_lines(explained, language);
    REQUIRE(lines.ok());
    for (const std::string& line : *lines) CHECK(line.find("2512") == std::string::npos);
  }
  const Status status = why_lines(explained, "fr").status();
  CHECK(status.code() == StatusCode::kInvalidArgument);
  CHECK(status.message() == "no sentences in this language; there are: es, en, ca");
}

TEST_CASE("every kind of leaf has its sentence in every language") {
  for (const std::string& language : why_languages()) {
    for (const char* query : {"random_bucket(\"a\", 2) in 0..1", "has_been event home_building for >= 1 days or event own_event",
                              "opinion positive or need financing", "absent(consented x)"}) {
      const SegmentNode tree = *parse_query_text(query);
      const Result<std::vector<std::string>> lines = why_lines(evaluate(tree, builder(), kNow), language);
      REQUIRE(lines.ok());
      REQUIRE(lines->size() == 1);
      CHECK(lines->front().find('{') == std::string::npos);
      CHECK(lines->front().size() > 8);
    }
  }
}
