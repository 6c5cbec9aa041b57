#include "ingest/export_time.h"

#include <doctest/doctest.h>

#include <string>
#include <vector>

using namespace tertulia;

TEST_CASE("times as written, with day before month") {
  struct Row {
    std::string_view text;
    std::string_view time;  // "" for none
    std::string_view rest;
  };
  const Row rows[] = {
      {"3/2/26, 10:15 - Ana", "2026-02-03T10:15:00Z", " - Ana"},
      {"03/02/2026 10:15 - x", "2026-02-03T10:15:00Z", " - x"},
      {"03-02-2026, 10:15:07]", "2026-02-03T10:15:07Z", "]"},
      {"13. 6. 2018. 21:25:15", "2018-06-13T21:25:15Z", ""},
      {"13.6.2018 21.25.15 - ", "2018-06-13T21:25:15Z", " - "},
      {"13.6.2018, 21.25", "2018-06-13T21:25:00Z", ""},
      {"3/2/26, 1:05\xE2\x80\xAFp.\xC2\xA0m. - Ana", "2026-02-03T13:05:00Z", " - Ana"},
      {"3/2/26, 12:05 a. m. - Ana", "2026-02-03T00:05:00Z", " - Ana"},
      {"3/2/26 12:05PM x", "2026-02-03T12:05:00Z", " x"},
      {"3/2/26 9:05 p.m.", "2026-02-03T21:05:00Z", ""},
      {"3/2/26 13:05 pm", "", ""},
      {"3/2/26 9:05 amigo", "2026-02-03T09:05:00Z", " amigo"},
      {"3/2/26", "2026-02-03T00:00:00Z", ""},
      {"3/2/26 hola", "2026-02-03T00:00:00Z", " hola"},
      {"2026-02-03T10:15:00.250+01:00", "2026-02-03T09:15:00Z", ""},
      {"2026-02-03 10:15:00 -0500", "2026-02-03T15:15:00Z", ""},
      {"2026-02-03 10:15 UTC", "2026-02-03T10:15:00Z", ""},
      {"2026-02-03 10:15 Zoe", "2026-02-03T10:15:00Z", " Zoe"},
      {"30/2/2026 10:15", "", ""},
      {"3/13/2026 10:15", "", ""},
      {"3/2/26 25:00", "", ""},
      {"3/2/26 10:61", "", ""},
      {"3/2/123", "", ""},
      {"3/2", "", ""},
      {"3-2/26", "", ""},
      {"", "", ""},
      {"hola", "", ""},
      {"99999/1/1", "", ""},
      {"12345678901234567890/1/1", "", ""},
  };
  for (const Row& row : rows) {
    CAPTURE(row.text);
    WrittenTime time;
    const std::size_t size = scan_written_time(row.text, &time);
    const DayOrder order = time.year_first ? DayOrder::kYearMonthDay : DayOrder::kDayMonthYear;
    const auto at = size == 0 ? std::nullopt : to_instant(time, order, 0);
    CHECK((at ? format_time(*at) : "") == row.time);
    if (at) CHECK(row.text.substr(size) == row.rest);
  }
}

TEST_CASE("the order of day and month over a whole file") {
  struct Row {
    std::vector<const char*> times;
    DayOrder order;
    bool certain;
  };
  const Row rows[] = {
      {{"3/2/26", "13/2/26"}, DayOrder::kDayMonthYear, true},
      {{"3/2/26", "3/13/26"}, DayOrder::kMonthDayYear, true},
      {{"2/1/26", "3/1/26", "1/2/26"}, DayOrder::kDayMonthYear, true},  // else time would run backwards
      {{"1/2/26", "1/3/26", "2/1/26"}, DayOrder::kMonthDayYear, true},
      {{"5/1/26", "6/1/26", "7/1/26"}, DayOrder::kDayMonthYear, false},  // days change more often
      {{"1/5/26", "1/6/26", "1/7/26"}, DayOrder::kMonthDayYear, false},
      {{"3/2/26"}, DayOrder::kDayMonthYear, false},
      {{"2/2/26", "2/2/26"}, DayOrder::kDayMonthYear, false},
      {{"2026-02-03"}, DayOrder::kYearMonthDay, false},
      {{"2026-02-13"}, DayOrder::kYearMonthDay, true},
      {{"2026-13-02", "2026-02-03"}, DayOrder::kYearDayMonth, true},
      {{"28/12/25", "1/1/26", "2/1/26"}, DayOrder::kDayMonthYear, true},
      {{}, DayOrder::kDayMonthYear, false},
      {{"13/2/26", "14/2/26", "2/13/26"}, DayOrder::kDayMonthYear, true},  // a pasted line does not turn the file
  };
  for (const Row& row : rows) {
    DayOrderDetector detector;
    std::string all;
    for (const char* text : row.times) {
      WrittenTime time;
      REQUIRE(scan_written_time(text, &time) > 0);
      detector.add(time);
      all += std::string(text) + " ";
    }
    CAPTURE(all);
    const auto decision = detector.decide();
    CHECK(static_cast<int>(decision.order) == static_cast<int>(row.order));
    CHECK(decision.certain == row.certain);
    CHECK(!decision.assumption.empty());
  }
}

TEST_CASE("orders named by a format") {
  struct Row {
    const char* format;
    int order;  // -1: none
  };
  const Row rows[] = {{"dd/mm/yyyy HH:MM", 0}, {"%d/%m/%Y %H:%M", 0}, {"dd/MM/aaaa", 0}, {"%m/%d/%y", 1}, {"MM/dd/yyyy", 1},
                      {"yyyy-MM-dd", 2}, {"iso", 2}, {"ydm", 3}, {"", -1}, {"dm", -1}, {"foo", -1}};
  for (const Row& row : rows) {
    CAPTURE(row.format);
    const auto order = order_of_format(row.format);
    CHECK((order ? static_cast<int>(*order) : -1) == row.order);
  }
}

TEST_CASE("a clock without a zone is moved by the offset, a zone in the text goes first") {
  WrittenTime time;
  REQUIRE(scan_written_time("3/2/26 10:15", &time) == 12);
  CHECK(format_time(*to_instant(time, DayOrder::kDayMonthYear, 60)) == "2026-02-03T09:15:00Z");
  REQUIRE(scan_written_time("3/2/26 10:15 Z", &time) == 14);
  CHECK(format_time(*to_instant(time, DayOrder::kDayMonthYear, 60)) == "2026-02-03T10:15:00Z");
}
