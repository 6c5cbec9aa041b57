// A hand scanner, one pass. The evidence for the day order is that of whatstk and whatsapp-chat-parser (numbers over 12, the
// running of time, the number that changes most), counted over the whole file. Test: tests/ingest/export_time_test.cc.
#include "ingest/export_time.h"

#include "base/utf8.h"

namespace tertulia {
namespace {

class Cursor {
 public:
  explicit Cursor(std::string_view text) : text_(text) {}
  [[nodiscard]] std::size_t at() const { return at_; }
  void back_to(std::size_t at) { at_ = at; }
  [[nodiscard]] char peek() const { return at_ < text_.size() ? text_[at_] : '\0'; }
  bool take(char c) {
    if (peek() != c || at_ >= text_.size()) return false;
    ++at_;
    return true;
  }
  // Up to `most` digits; the count read.
  int number(int most, int* out) {
    int digits = 0, value = 0;
    while (digits < most && peek() >= '0' && peek() <= '9') {
      value = value * 10 + (text_[at_++] - '0');
      ++digits;
    }
    *out = value;
    return peek() >= '0' && peek() <= '9' ? 0 : digits;
  }
  // Ordinary, no-break (U+00A0) and narrow no-break (U+202F) blanks, and direction marks (U+200E, U+200F).
  bool blanks() {
    const std::size_t start = at_;
    for (;;) {
      const std::string_view rest = text_.substr(at_);
      if (take(' ')) continue;
      if (rest.substr(0, 2) == "\xC2\xA0") {
        at_ += 2;
      } else if (const auto three = rest.substr(0, 3);
                 three == "\xE2\x80\xAF" || three == "\xE2\x80\x8E" || three == "\xE2\x80\x8F") {
        at_ += 3;
      } else {
        return at_ > start;
      }
    }
  }
  bool letter(char lower) {
    if ((peek() | 0x20) != lower) return false;
    ++at_;
    return true;
  }
  [[nodiscard]] bool at_letter() const {
    const char c = static_cast<char>(peek() | 0x20);
    return c >= 'a' && c <= 'z';
  }

 private:
  std::string_view text_;
  std::size_t at_ = 0;
};

bool scan_date(Cursor& in, WrittenTime* out) {
  const int first_digits = in.number(4, &out->first);
  if (first_digits == 0 || first_digits == 3) return false;
  const char separator = in.peek();
  if (separator != '/' && separator != '-' && separator != '.') return false;
  in.take(separator);
  if (separator == '.') in.blanks();
  const int second_digits = in.number(2, &out->second);
  if (second_digits == 0 || !in.take(separator)) return false;
  if (separator == '.') in.blanks();
  const int third_digits = in.number(4, &out->third);
  if (third_digits == 0 || third_digits == 3) return false;
  out->separator = separator;
  out->year_first = first_digits == 4 || out->first > 31;
  if (out->year_first && third_digits == 4) return false;
  if (separator == '.') {  // "13. 6. 2018. 21:25"
    const std::size_t before = in.at();
    if (in.take('.')) {
      if (in.peek() >= '0' && in.peek() <= '9') in.back_to(before);
    }
  }
  return true;
}

bool scan_half(Cursor& in, WrittenTime* out) {
  const std::size_t before = in.at();
  in.blanks();
  WrittenTime::Half half = WrittenTime::Half::kNone;
  if (in.letter('a')) {
    half = WrittenTime::Half::kAm;
  } else if (in.letter('p')) {
    half = WrittenTime::Half::kPm;
  }
  if (half != WrittenTime::Half::kNone) {
    const bool dotted = in.take('.');
    in.blanks();
    if (in.letter('m') && !in.at_letter()) {
      if (dotted) in.take('.');
      out->half = half;
      return true;
    }
  }
  in.back_to(before);
  return false;
}

void scan_zone(Cursor& in, WrittenTime* out) {
  const std::size_t before = in.at();
  in.blanks();
  if (in.letter('z') && !in.at_letter()) {
    out->offset_minutes = 0;
    return;
  }
  in.back_to(before);
  in.blanks();
  if (in.letter('u') && in.letter('t') && in.letter('c') && !in.at_letter()) {
    out->offset_minutes = 0;
    return;
  }
  in.back_to(before);
  in.blanks();
  const bool minus = in.peek() == '-';
  if (minus || in.peek() == '+') {
    in.take(in.peek());
    int value = 0, minutes = 0;
    const int digits = in.number(4, &value);
    if (digits == 4) {
      out->offset_minutes = (minus ? -1 : 1) * (value / 100 * 60 + value % 100);
      return;
    }
    if (digits == 2 && (!in.take(':') || in.number(2, &minutes) == 2)) {
      out->offset_minutes = (minus ? -1 : 1) * (value * 60 + minutes);
      return;
    }
  }
  in.back_to(before);
}

// The clock; leaves the cursor where it was when there is none.
bool scan_clock(Cursor& in, WrittenTime* out) {
  const int hour_digits = in.number(2, &out->hour);
  const char separator = in.peek();
  if (hour_digits == 0 || (separator != ':' && separator != '.')) return false;
  in.take(separator);
  if (in.number(2, &out->minute) != 2) return false;
  const std::size_t before = in.at();
  if (in.take(separator)) {
    if (in.number(2, &out->second_of_minute) == 2) {
      out->has_seconds = true;
      const std::size_t fraction = in.at();
      int ignored = 0;
      if (!(in.take('.') || in.take(',')) || in.number(9, &ignored) == 0) in.back_to(fraction);
    } else {
      out->second_of_minute = 0;
      in.back_to(before);
    }
  }
  out->has_time = true;
  scan_half(in, out);
  scan_zone(in, out);
  return true;
}

}  // namespace

std::size_t scan_written_time(std::string_view text, WrittenTime* out) {
  *out = {};
  Cursor in(text);
  if (!scan_date(in, out)) return 0;
  const std::size_t date_end = in.at();
  const bool comma = in.take(',');
  bool gap = in.blanks() || comma;
  if (!gap && in.letter('t')) gap = true;
  const WrittenTime date = *out;
  if (!gap || !scan_clock(in, out)) {
    *out = date;
    return date_end;
  }
  return in.at();
}

void DayOrderDetector::add(const WrittenTime& time) {
  const int year = time.year_first ? time.first : time.third;
  const int a = time.year_first ? time.second : time.first;
  const int b = time.year_first ? time.third : time.second;
  if (time.year_first) ++year_first_;
  a_over_ += a > 12 && a <= 31 && b <= 12;
  b_over_ += b > 12 && b <= 31 && a <= 12;
  if (count_ > 0) {
    a_changes_ += a != last_a_;
    b_changes_ += b != last_b_;
    if (year == last_year_) {
      day_first_backwards_ += b < last_b_ || (b == last_b_ && a < last_a_);
      month_first_backwards_ += a < last_a_ || (a == last_a_ && b < last_b_);
    }
  }
  ++count_;
  last_a_ = a;
  last_b_ = b;
  last_year_ = year;
}

DayOrderDetector::Decision DayOrderDetector::decide() const {
  Decision decision;
  const bool year_first = year_first_ * 2 > count_;
  int lean = 0;  // over 0: the first of the two is the day
  const char* reason = "";
  if (a_over_ != b_over_) {
    lean = a_over_ > b_over_ ? 1 : -1;
    reason = "a number over 12 tells";
    decision.certain = true;
  } else if (day_first_backwards_ != month_first_backwards_) {
    lean = day_first_backwards_ < month_first_backwards_ ? 1 : -1;
    reason = "time runs forward";
    decision.certain = true;
  } else if (a_changes_ != b_changes_) {
    lean = a_changes_ > b_changes_ ? 1 : -1;
    reason = "the number that changes more often";
  } else {
    lean = year_first ? -1 : 1;
    reason = "nothing in the file tells";
  }
  if (year_first) {
    decision.order = lean > 0 ? DayOrder::kYearDayMonth : DayOrder::kYearMonthDay;
  } else {
    decision.order = lean > 0 ? DayOrder::kDayMonthYear : DayOrder::kMonthDayYear;
  }
  decision.assumption = std::string(lean > 0 ? "day before month" : "month before day") + " (" + reason + ")";
  return decision;
}

std::optional<CivilTime> to_civil(const WrittenTime& time, DayOrder order) {
  CivilTime civil;
  const bool year_first = time.year_first || order == DayOrder::kYearMonthDay || order == DayOrder::kYearDayMonth;
  // A year in front that stands alone in a file of another order is still a year.
  const bool day_before_month = order == DayOrder::kDayMonthYear ? !time.year_first : order == DayOrder::kYearDayMonth;
  const int a = year_first ? time.second : time.first;
  const int b = year_first ? time.third : time.second;
  civil.year = year_first ? time.first : time.third;
  if (civil.year < 100) civil.year += 2000;
  civil.day = day_before_month ? a : b;
  civil.month = day_before_month ? b : a;
  civil.hour = time.hour;
  if (time.half != WrittenTime::Half::kNone) {
    if (time.hour < 1 || time.hour > 12) return std::nullopt;
    civil.hour = time.hour % 12 + (time.half == WrittenTime::Half::kPm ? 12 : 0);
  }
  civil.minute = time.minute;
  civil.second = time.second_of_minute;
  if (!is_valid(civil)) return std::nullopt;
  return civil;
}

std::optional<Timestamp> to_instant(const WrittenTime& time, DayOrder order, int utc_offset_minutes) {
  const std::optional<CivilTime> civil = to_civil(time, order);
  if (!civil) return std::nullopt;
  return from_civil(*civil) - static_cast<Timestamp>(time.offset_minutes.value_or(utc_offset_minutes)) * 60 * 1'000'000;
}

std::optional<DayOrder> order_of_format(std::string_view format) {
  std::string order;
  for (const char c : format) {
    const char lower = static_cast<char>(c | 0x20);
    if ((lower == 'd' || lower == 'm' || lower == 'y' || c == 'a' || c == 'A') && order.find(lower == 'a' ? 'y' : lower) == std::string::npos) {
      order += lower == 'a' ? 'y' : lower;
    }
  }
  if (format == "iso" || order == "ymd") return DayOrder::kYearMonthDay;
  if (order == "dmy") return DayOrder::kDayMonthYear;
  if (order == "mdy") return DayOrder::kMonthDayYear;
  if (order == "ydm") return DayOrder::kYearDayMonth;
  return std::nullopt;
}

}  // namespace tertulia
