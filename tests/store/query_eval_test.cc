#include "store/query_eval.h"

#include <doctest/doctest.h>

#include <array>
#include <string>
#include <vector>

#include "segment/query_parser.h"
#include "store/schema.h"

using namespace tertulia;

namespace {

constexpr Timestamp kNow = 1'750'000'000 * kMillion;

// Building a home at planning, seen 100 days ago with mass 0.8 and half-life 100; marriage contradicted; financing
// implied; 3 complaints; amount 180000; in a bad mood; e-mails for marketing allowed, calls refused.
HeldCustomer somebody() {
  HeldCustomer out;
  out.ref = "0123456789abcdef0123456789abcdef";
  const Timestamp then = kNow - 100 * kDayMicros;
  out.beliefs = {
      {"event", "home_building", "", "planning", 800'000, 100, then - 50 * kDayMicros, then, 2, true, false, "[]"},
      {"event", "marriage", "", "planning", 900'000, 100, then, then, 1, true, true, "[]"},
      {"need", "financing", "home_building", "", 700'000, 100'000, then, then, 1, false, false, "[]"},
      {"signal", "complaint", "", "", 900'000, 100'000, then, then, 3, true, false, "[]"},
      {"fact", "amount_eur", "home_building", "180000", 900'000, 100'000, then, then, 1, true, false, "[]"},
      {"fact", "place", "home_building", "Asturias", 900'000, 100'000, then, then, 1, true, false, "[]"},
      {"opinion", "sentiment", "", "negative", 900'000, 100'000, then, then, 1, true, false, "[]"}};
  out.consents = {{1, "marketing", "email", true, then}, {2, "marketing", "phone", false, then}};
  out.host = {{"payroll", 2500.0}, {"branch", std::string("Gijón")}, {"phone", HostValue()}};
  return out;
}

}  // namespace

TEST_CASE("each leaf is true, false or unknown as the header says") {
  struct Row {
    std::string query;
    Verdict expected;
  };
  const Verdict yes = Verdict::kTrue, no = Verdict::kFalse, open = Verdict::kUnknown;
  const std::vector<Row> rows = {
      {"event home_building", yes},
      {"event home_building stage planning", yes},
      {"event home_building stage >= considering", yes},
      {"event home_building stage considering", no},
      {"event home_building stage >= underway", no},
      {"event home_building confidence >= 0.4", yes},   // 0.8 after one half-life
      {"event home_building confidence >= 0.41", open},
      {"event home_building confidence >= 0.41 stage done", no},  // false beats unknown
      {"event home_building seen within 100 days", yes},
      {"event home_building seen within 99 days", no},
      {"event home_building explicit", yes},
      {"event marriage", no},    // contradicted
      {"event divorce", open},   // never heard of
      {"need financing", yes},
      {"need financing explicit", no},
      {"need insurance", open},
      {"signal complaint count >= 3", yes},
      {"signal complaint count >= 4", no},
      {"fact amount_eur >= 180000", yes},
      {"fact amount_eur < 180000", no},
      {"fact amount_eur = \"180000\"", yes},
      {"fact place = \"Asturias\"", yes},
      {"fact place = \"asturias\"", no},
      {"fact place > 3", open},
      {"fact horizon_months <= 12", open},
      {"opinion negative", yes},
      {"opinion positive", no},
      {"has_been event home_building for >= 150 days", yes},
      {"has_been event home_building for >= 151 days", no},
      {"has_been event marriage for >= 1 days", no},
      {"has_been event divorce for >= 1 days", open},
      {"consented marketing", yes},
      {"consented marketing email", yes},
      {"consented marketing phone", no},
      {"consented marketing post", open},
      {"consented research", open},
      {"host payroll > 2000", yes},
      {"host payroll > 2500", no},
      {"host payroll = \"2500\"", open},
      {"host branch in (\"Oviedo\", \"Gijón\")", yes},
      {"host branch != \"Gijón\"", no},
      {"host branch > 3", open},
      {"host phone = 3", open},
      {"host phone is null", yes},
      {"host branch is null", no},
      {"random_bucket(\"a\", 3) in 0..2", yes},
      {"not event marriage", yes},
      {"not event home_building", no},
      {"not event divorce", open},
      {"absent(event divorce)", yes},
      {"absent(event marriage)", no},
      {"absent(event home_building)", no},
      {"absent(event home_building confidence >= 0.9)", yes},
      {"event home_building and event divorce", open},
      {"event marriage and event divorce", no},
      {"event home_building or event divorce", yes},
      {"event marriage or event divorce", open},
      {"at_least 2 of [event home_building, need financing, event divorce]", yes},
      {"at_least 3 of [event home_building, need financing, event divorce]", open},
      {"at_least 3 of [event home_building, event marriage, event divorce]", no},
  };
  for (const Row& row : rows) {
    CAPTURE(row.query);
    const Result<SegmentNode> tree = parse_query_text(row.query);
    REQUIRE_MESSAGE(tree.ok(), tree.status().message());
    CHECK(static_cast<int>(evaluate(*tree, somebody(), kNow).verdict) == static_cast<int>(row.expected));
  }
}

TEST_CASE("without a host row even `is null` is unknown") {
  HeldCustomer person = somebody();
  person.host.reset();
  CHECK(evaluate(*parse_query_text("host phone is null"), person, kNow).verdict == Verdict::kUnknown);
}

TEST_CASE("a later word on every channel overrules an earlier one") {
  HeldCustomer person = somebody();
  person.consents.push_back({3, "marketing", "", false, kNow - kDayMicros});
  CHECK(evaluate(*parse_query_text("consented marketing"), person, kNow).verdict == Verdict::kFalse);
  CHECK(evaluate(*parse_query_text("consented marketing post"), person, kNow).verdict == Verdict::kFalse);
  person.consents.push_back({4, "marketing", "email", true, kNow});
  CHECK(evaluate(*parse_query_text("consented marketing email"), person, kNow).verdict == Verdict::kTrue);
  CHECK(evaluate(*parse_query_text("consented marketing"), person, kNow).verdict == Verdict::kTrue);
  CHECK(evaluate(*parse_query_text("consented marketing phone"), person, kNow).verdict == Verdict::kFalse);
}

TEST_CASE("confidence: the least of all, the greatest of any, the k-th of at_least, 1 of what is no belief") {
  const HeldCustomer person = somebody();
  const auto confidence = [&](const std::string& text) {
    const SegmentNode tree = *parse_query_text(text);
    return evaluate(tree, person, kNow).confidence;
  };
  CHECK(confidence("event home_building") == doctest::Approx(0.4));
  CHECK(confidence("event home_building and signal complaint") == doctest::Approx(0.4));
  CHECK(confidence("event home_building or signal complaint") == doctest::Approx(0.9).epsilon(0.01));
  CHECK(confidence("at_least 2 of [event home_building, signal complaint, need financing]") == doctest::Approx(0.7).epsilon(0.01));
  CHECK(confidence("host payroll > 2000 and not event marriage") == 1);
  CHECK(confidence("event divorce") == 0);
}

TEST_CASE("decay halves at each half-life and never goes below nothing") {
  const std::int64_t day = kDayMicros;
  CHECK(decayed(800'000, 100, kNow, kNow) == 0.8);
  CHECK(decayed(800'000, 100, kNow + day, kNow) == 0.8);
  CHECK(decayed(800'000, 100, kNow - 100 * day, kNow) == 0.4);
  CHECK(decayed(800'000, 100, kNow - 50 * day, kNow) == doctest::Approx(0.8 / 1.41421356).epsilon(0.001));
  CHECK(decayed(1'000'000, 1, 0, kNow) == 0);
}

TEST_CASE("buckets are fixed, all in range, and even") {
  CHECK(bucket_of("0123456789abcdef", "spring", 1) == 0);
  std::array<int, 10> counts{};
  int moved = 0;
  for (int i = 0; i < 10000; ++i) {
    char ref[33];
    std::snprintf(ref, sizeof ref, "%08x%08x%016x", static_cast<unsigned>(i) * 2654435761u, static_cast<unsigned>(i) * 40503u, 0);
    const int bucket = bucket_of(ref, "spring", 10);
    REQUIRE(bucket >= 0);
    REQUIRE(bucket < 10);
    CHECK(bucket == bucket_of(ref, "spring", 10));
    ++counts[static_cast<std::size_t>(bucket)];
    moved += bucket != bucket_of(ref, "summer", 10) ? 1 : 0;
  }
  for (const int count : counts) CHECK(count == doctest::Approx(1000).epsilon(0.15));
  CHECK(moved == doctest::Approx(9000).epsilon(0.03));  // another salt, another split
}

TEST_CASE("what counts as a number among texts") {
  for (const char* text : {"0", "12", "-3", "12.5", ".5", "-0.25", "007"}) CHECK(is_number_text(text));
  for (const char* text : {"", "-", ".", "12.", "1.2.3", "5-5", "1e5", "+3", " 3", "3 ", "１２", "abc", "1234567890123456"}) CHECK_FALSE(is_number_text(text));
}
