#include "base/clock.h"

#include <doctest/doctest.h>

using namespace tertulia;

TEST_CASE("ISO 8601 to time and back") {
  struct Row {
    const char* text;
    const char* canonical;  // nullptr: refused
  };
  const Row rows[] = {
      {"1970-01-01T00:00:00Z", "1970-01-01T00:00:00Z"},
      {"2026-03-02T10:15:00Z", "2026-03-02T10:15:00Z"},
      {"2026-03-02T10:15:00.250Z", "2026-03-02T10:15:00.250000Z"},
      {"2026-03-02 10:15", "2026-03-02T10:15:00Z"},
      {"2026-03-02", "2026-03-02T00:00:00Z"},
      {"2026-03-02T00:30:00+01:00", "2026-03-01T23:30:00Z"},
      {"2026-03-02T00:30:00-0500", "2026-03-02T05:30:00Z"},
      {"2024-02-29", "2024-02-29T00:00:00Z"},
      {"1969-12-31T23:59:59Z", "1969-12-31T23:59:59Z"},
      {"2026-02-29", nullptr},
      {"2026-13-01", nullptr},
      {"2026-03-02T25:00:00Z", nullptr},
      {"02/03/2026", nullptr},
      {"", nullptr},
      {"2026-03-02T10:15:00Zx", nullptr},
  };
  for (const Row& row : rows) {
    CAPTURE(row.text);
    const Result<Timestamp> at = parse_time(row.text);
    REQUIRE(at.ok() == (row.canonical != nullptr));
    if (at.ok()) CHECK(format_time(*at) == row.canonical);
  }
}

TEST_CASE("a clock without zone is read with the given offset") {
  CHECK(format_time(*parse_time("2026-03-02T10:15:00", 60)) == "2026-03-02T09:15:00Z");
  CHECK(format_time(*parse_time("2026-03-02T10:15:00Z", 60)) == "2026-03-02T10:15:00Z");
}

TEST_CASE("civil time round trips over centuries") {
  for (Timestamp at = from_civil({1890, 1, 1, 0, 0, 0}); at < from_civil({2110, 1, 1, 0, 0, 0}); at += 86'400'000'000LL * 13 + 3'661'000'000LL) {
    REQUIRE(from_civil(to_civil(at)) == at);
  }
}
