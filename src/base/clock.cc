// Civil time after H. Hinnant, "chrono-compatible low-level date algorithms". Test: tests/base/clock_test.cc.
#include "base/clock.h"

#include <chrono>
#include <cstdio>

namespace tertulia {
namespace {

constexpr Timestamp kSecond = 1'000'000;
constexpr Timestamp kDay = 86'400 * kSecond;

std::int64_t days_from_civil(int year, int month, int day) noexcept {
  year -= month <= 2;
  const std::int64_t era = (year >= 0 ? year : year - 399) / 400;
  const auto yoe = static_cast<std::int64_t>(year) - era * 400;
  const std::int64_t doy = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
  const std::int64_t doe = yoe * 365 + yoe / 4 - yoe / 100 + doy;
  return era * 146097 + doe - 719468;
}

bool is_leap(int year) noexcept { return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0; }

// Reads exactly `count` digits.
bool read_digits(std::string_view& text, int count, int* out) noexcept {
  if (text.size() < static_cast<std::size_t>(count)) return false;
  int value = 0;
  for (int i = 0; i < count; ++i) {
    const char c = text[static_cast<std::size_t>(i)];
    if (c < '0' || c > '9') return false;
    value = value * 10 + (c - '0');
  }
  text.remove_prefix(static_cast<std::size_t>(count));
  *out = value;
  return true;
}

bool skip(std::string_view& text, char expected) noexcept {
  if (text.empty() || text.front() != expected) return false;
  text.remove_prefix(1);
  return true;
}

bool parse(std::string_view text, int utc_offset_minutes, Timestamp* out) noexcept {
  CivilTime civil;
  if (!read_digits(text, 4, &civil.year) || !skip(text, '-') || !read_digits(text, 2, &civil.month) ||
      !skip(text, '-') || !read_digits(text, 2, &civil.day)) {
    return false;
  }
  Timestamp fraction = 0;
  int offset = utc_offset_minutes;
  if (!text.empty()) {
    if (!skip(text, 'T') && !skip(text, ' ') && !skip(text, 't')) return false;
    if (!read_digits(text, 2, &civil.hour) || !skip(text, ':') || !read_digits(text, 2, &civil.minute)) return false;
    if (skip(text, ':') && !read_digits(text, 2, &civil.second)) return false;
    if (skip(text, '.') || skip(text, ',')) {
      Timestamp unit = kSecond / 10;
      if (text.empty() || text.front() < '0' || text.front() > '9') return false;
      while (!text.empty() && text.front() >= '0' && text.front() <= '9') {
        fraction += (text.front() - '0') * unit;
        unit /= 10;
        text.remove_prefix(1);
      }
    }
    skip(text, ' ');
    if (skip(text, 'Z') || skip(text, 'z')) {
      offset = 0;
    } else if (!text.empty() && (text.front() == '+' || text.front() == '-')) {
      const int sign = text.front() == '+' ? 1 : -1;
      text.remove_prefix(1);
      int hours = 0, minutes = 0;
      if (!read_digits(text, 2, &hours)) return false;
      skip(text, ':');
      if (!text.empty() && !read_digits(text, 2, &minutes)) return false;
      offset = sign * (hours * 60 + minutes);
    }
    if (!text.empty()) return false;
  }
  if (!is_valid(civil)) return false;
  *out = from_civil(civil) + fraction - static_cast<Timestamp>(offset) * 60 * kSecond;
  return true;
}

}  // namespace

Timestamp system_now() {
  return std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::system_clock::now().time_since_epoch()).count();
}

Result<Timestamp> parse_time(std::string_view text, int utc_offset_minutes) {
  Timestamp at = 0;
  if (!parse(text, utc_offset_minutes, &at)) {
    return Status(StatusCode::kInvalidData, "expected a time such as 2026-03-02T10:15:00Z");
  }
  return at;
}

std::string format_time(Timestamp at) {
  const CivilTime c = to_civil(at);
  char text[40];
  std::snprintf(text, sizeof text, "%04d-%02d-%02dT%02d:%02d:%02d", c.year, c.month, c.day, c.hour, c.minute, c.second);
  std::string out = text;
  Timestamp fraction = at % kSecond;
  if (fraction < 0) fraction += kSecond;
  if (fraction != 0) {
    std::snprintf(text, sizeof text, ".%06d", static_cast<int>(fraction));
    out += text;
  }
  return out + "Z";
}

Timestamp from_civil(const CivilTime& c) noexcept {
  return days_from_civil(c.year, c.month, c.day) * kDay + ((c.hour * 60 + c.minute) * 60LL + c.second) * kSecond;
}

CivilTime to_civil(Timestamp at) noexcept {
  std::int64_t days = at / kDay;
  Timestamp rest = at % kDay;
  if (rest < 0) {
    rest += kDay;
    --days;
  }
  days += 719468;
  const std::int64_t era = (days >= 0 ? days : days - 146096) / 146097;
  const std::int64_t doe = days - era * 146097;
  const std::int64_t yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
  const std::int64_t doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
  const std::int64_t mp = (5 * doy + 2) / 153;
  CivilTime c;
  c.day = static_cast<int>(doy - (153 * mp + 2) / 5 + 1);
  c.month = static_cast<int>(mp < 10 ? mp + 3 : mp - 9);
  c.year = static_cast<int>(yoe + era * 400 + (c.month <= 2 ? 1 : 0));
  const auto seconds = static_cast<int>(rest / kSecond);
  c.hour = seconds / 3600;
  c.minute = seconds / 60 % 60;
  c.second = seconds % 60;
  return c;
}

bool is_valid(const CivilTime& c) noexcept {
  static constexpr int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  if (c.month < 1 || c.month > 12 || c.day < 1) return false;
  const int last = days[c.month - 1] + (c.month == 2 && is_leap(c.year) ? 1 : 0);
  return c.day <= last && c.hour >= 0 && c.hour < 24 && c.minute >= 0 && c.minute < 60 && c.second >= 0 && c.second <= 60;
}

}  // namespace tertulia
