// Times as people's programs write them: "3/2/26, 10:15 p. m.", "[03.02.2026 10:15:07]", "2026-02-03 10:15".
//
// Whether the day or the month comes first is decided over a whole file, never per line: show every time to a
// DayOrderDetector first, then turn them into civil time with the order it found.
#ifndef TERTULIA_SRC_INGEST_EXPORT_TIME_H_
#define TERTULIA_SRC_INGEST_EXPORT_TIME_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/clock.h"

namespace tertulia {

enum class DayOrder { kDayMonthYear, kMonthDayYear, kYearMonthDay, kYearDayMonth };

// A time as written, before anybody knows which number is the day.
struct WrittenTime {
  int first = 0, second = 0, third = 0;  // the numbers of the date
  bool year_first = false;               // the first has four digits or is over 31
  char separator = '/';                  // '/', '-' or '.'
  bool has_time = false, has_seconds = false;
  int hour = 0, minute = 0, second_of_minute = 0;
  enum class Half : std::uint8_t { kNone, kAm, kPm } half = Half::kNone;
  std::optional<int> offset_minutes;     // a zone that stands in the text
};

// Reads a date, and a time where one follows, from the beginning of `text`. Returns the bytes read, 0 when there is no date.
// Blanks may be U+00A0 or U+202F; am and pm may be "a. m.", "a.m.", "AM".
[[nodiscard]] std::size_t scan_written_time(std::string_view text, WrittenTime* out);

class DayOrderDetector {
 public:
  void add(const WrittenTime& time);
  struct Decision {
    DayOrder order = DayOrder::kDayMonthYear;
    bool certain = false;    // a number over 12, or the sequence of the times, tells
    std::string assumption;  // for ReadReport::assumptions
  };
  // In this order: a number over 12; the order in which time does not run backwards; which number changes more often (days
  // do); else day before month, or month before day after a year in front.
  [[nodiscard]] Decision decide() const;

 private:
  std::size_t count_ = 0, year_first_ = 0;
  std::size_t a_over_ = 0, b_over_ = 0;            // over 12; a and b are the two numbers that are not the year
  std::size_t a_changes_ = 0, b_changes_ = 0;
  std::size_t day_first_backwards_ = 0, month_first_backwards_ = 0;
  int last_a_ = 0, last_b_ = 0, last_year_ = 0;
};

// nullopt when the numbers are no date in this order (month 13, 30 February, 25:00).
[[nodiscard]] std::optional<CivilTime> to_civil(const WrittenTime& time, DayOrder order);
// The instant; a zone in the text goes before `utc_offset_minutes`.
[[nodiscard]] std::optional<Timestamp> to_instant(const WrittenTime& time, DayOrder order, int utc_offset_minutes);

// "dd/mm/yyyy HH:MM", "%m/%d/%Y", "dmy", "iso": the order of the letters d, m and y. nullopt when one is missing.
[[nodiscard]] std::optional<DayOrder> order_of_format(std::string_view format);

}  // namespace tertulia

#endif  // TERTULIA_SRC_INGEST_EXPORT_TIME_H_
