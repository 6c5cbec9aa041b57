// One pass over the words of a value of at most kMaxWords words: numbers and month names are collected, and their number
// and order tell which is which. Test: tests/privacy/date_value_test.cc.
#include "privacy/date_value.h"

#include <algorithm>
#include <cstdlib>

#include "base/clock.h"
#include "base/utf8.h"
#include "data/table_file.h"
#include "privacy/scan_text.h"

namespace tertulia {
namespace {

constexpr std::size_t kMaxBytes = 200, kMaxWords = 24;
constexpr int kPivot = 30;  // "29" is 2029, "30" is 1930
constexpr int kLeast = 1890, kMost = 2100;
constexpr Timestamp kDay = Timestamp{86400} * 1000000;

bool plausible_year(int year) { return year >= kLeast && year < kMost; }

std::string figures(int value, std::size_t width) {
  std::string out = std::to_string(value);
  if (out.size() < width) out.insert(0, width - out.size(), '0');
  return out;
}

}  // namespace

struct DateReader::Number {
  int value = 0;
  std::size_t digits = 0;
  bool in_words = false;
  Span span;  // of the original
};

Status DateReader::load(const std::string& bundle_dir) {
  if (Status s = digits_.load(bundle_dir); !s.ok()) return s;
  Result<std::vector<TableRow>> rows = load_table(bundle_dir + "/privacy/lists/date_words.tsv", 3, 3);
  if (!rows.ok()) return rows.status();
  for (const TableRow& row : *rows) {
    const int value = std::atoi(row.fields[2].c_str());
    if (row.fields[1] == "month" && value >= 1 && value <= 12) months_[fold_for_scan(row.fields[0])] = value;
    else if (row.fields[1] == "day") days_[fold_for_scan(row.fields[0])] = value;
  }
  if (rows = load_table(bundle_dir + "/privacy/operators/months_written.tsv", 12, 12); !rows.ok()) return rows.status();
  for (const TableRow& row : *rows) {
    for (const std::string& name : row.fields) written_row_.emplace(fold_for_scan(name), written_.size());
    written_.push_back(row.fields);
  }
  if (written_.empty()) return Status(StatusCode::kInvalidData, bundle_dir + "/privacy/operators/months_written.tsv: expected rows");
  return {};
}

std::optional<DateValue> DateReader::read(std::string_view value) const {
  if (value.empty() || value.size() > kMaxBytes) return std::nullopt;
  const ScanText scan(value);
  if (scan.words().size() > kMaxWords) return std::nullopt;
  DateValue out;
  out.original_ = std::string(value);
  std::vector<Number> numbers;
  std::optional<DateValue::Part> named;
  int named_month = 0;
  std::size_t before_month = 0;  // numbers in front of it
  const auto original = [&](std::size_t first, std::size_t last) { return scan.to_original(scan.words()[first].begin, scan.words()[last].end); };
  for (std::size_t i = 0; i < scan.words().size(); ++i) {
    const std::string_view word = scan.word(i);
    if (is_digit(word[0])) {
      std::size_t count = 0;
      while (count < word.size() && is_digit(word[count])) ++count;
      if (count == 8 && word.size() == 8) {  // 12051984, 19840512
        const auto part = [&](std::size_t from, std::size_t size) {
          const std::size_t at = scan.words()[i].begin + from;
          numbers.push_back({std::atoi(std::string(word.substr(from, size)).c_str()), size, false, scan.to_original(at, at + size)});
        };
        const bool year_first = plausible_year(std::atoi(std::string(word.substr(0, 4)).c_str())) && !plausible_year(std::atoi(std::string(word.substr(4)).c_str()));
        for (const std::size_t size : year_first ? std::vector<std::size_t>{4, 2, 2} : std::vector<std::size_t>{2, 2, 4}) {
          part(numbers.empty() ? 0 : (numbers.size() == 1 ? numbers[0].digits : numbers[0].digits + numbers[1].digits), size);
        }
        continue;
      }
      if (count > 4) return std::nullopt;
      numbers.push_back({std::atoi(std::string(word.substr(0, count)).c_str()), count, false, original(i, i)});
      continue;
    }
    if (const auto month = months_.find(word); month != months_.end() && !named) {
      DateValue::Part part;
      part.kind = DateValue::Part::Kind::kMonth;
      part.span = original(i, i);
      part.capital = scan.is_upper(scan.words()[i].begin);
      part.shout = word.size() > 1 && part.capital && scan.is_upper(scan.words()[i].begin + 1);
      const auto row = written_row_.find(std::string(word));
      part.names = &written_[row == written_row_.end() ? 0 : row->second];
      named = part;
      named_month = month->second;
      before_month = numbers.size();
      continue;
    }
    if (const auto day = days_.find(word); day != days_.end() && word.size() > 2) {
      numbers.push_back({day->second, 0, true, original(i, i)});
      continue;
    }
    SpokenItem item;
    if (digits_.read_item(scan, i, item) && item.digits.size() <= 4) {
      numbers.push_back({std::atoi(item.digits.c_str()), item.digits.size(), true, original(item.first_word, item.last_word)});
      i = std::max(i, item.last_word);
    }
  }
  // Which number is which.
  const Number* day = nullptr;
  const Number* month = nullptr;
  const Number* year = nullptr;
  const auto is_year = [](const Number& n) { return n.digits == 4 || n.value > 31; };
  if (named) {
    if (numbers.size() > 2) return std::nullopt;
    for (const Number& n : numbers) {
      const bool first = &n == numbers.data();
      if (is_year(n) || (day != nullptr) || (first && numbers.size() == 2 && is_year(numbers[0]))) year = &n;
      else if (first && before_month == 0 && numbers.size() == 1 && n.digits == 2 && n.value > 31) year = &n;
      else day = &n;
    }
  } else if (numbers.size() == 3) {
    const bool year_first = is_year(numbers[0]);
    year = &numbers[year_first ? 0 : 2];
    month = &numbers[1];
    day = &numbers[year_first ? 2 : 0];
    if (month->value > 12 && day->value <= 12) std::swap(day, month);
  } else if (numbers.size() == 2) {
    if (is_year(numbers[1])) {
      month = numbers.data();
      year = &numbers[1];
    } else {
      day = numbers.data();
      month = &numbers[1];
      if (month->value > 12 && day->value <= 12) std::swap(day, month);
    }
  } else if (numbers.size() == 1 && is_year(numbers[0])) {
    year = numbers.data();
  } else {
    return std::nullopt;
  }
  const bool figures_alone = !named;
  const auto add = [&](const Number& n, DateValue::Part::Kind kind) {
    DateValue::Part part;
    part.kind = kind;
    part.span = n.span;
    const bool padded = !n.in_words && n.digits == 2 && (figures_alone || n.value < 10);
    if (kind == DateValue::Part::Kind::kYear) part.short_year = !n.in_words && n.digits == 2;
    else part.width = padded ? 2 : 0;
    out.parts_.push_back(part);
  };
  if (day != nullptr) {
    out.date_.day = day->value;
    add(*day, DateValue::Part::Kind::kDay);
  }
  if (named) {
    out.date_.month = named_month;
    out.parts_.push_back(*named);
  } else if (month != nullptr) {
    out.date_.month = month->value;
    add(*month, DateValue::Part::Kind::kMonth);
  }
  if (year != nullptr) {
    out.date_.year = year->value < 100 ? year->value + (year->value < kPivot ? 2000 : 1900) : year->value;
    if (!plausible_year(out.date_.year)) return std::nullopt;
    add(*year, DateValue::Part::Kind::kYear);
  }
  CivilTime check;
  check.year = out.date_.year == 0 ? 2000 : out.date_.year;
  check.month = out.date_.month == 0 && month == nullptr && !named ? 1 : out.date_.month;
  check.day = day == nullptr ? 1 : out.date_.day;
  if (!is_valid(check)) return std::nullopt;
  std::sort(out.parts_.begin(), out.parts_.end(), [](const DateValue::Part& a, const DateValue::Part& b) { return a.span.begin < b.span.begin; });
  return out;
}

std::string DateValue::write(const CivilDate& date) const {
  std::string out;
  std::size_t at = 0;
  for (const Part& part : parts_) {
    out.append(original_, at, part.span.begin - at);
    if (part.kind == Part::Kind::kYear) {
      out += part.short_year ? figures(date.year % 100, 2) : std::to_string(date.year);
    } else if (part.kind == Part::Kind::kDay) {
      out += figures(date.day, part.width);
    } else if (part.names == nullptr) {
      out += figures(date.month, part.width);
    } else {
      std::string name = (*part.names)[static_cast<std::size_t>(std::clamp(date.month, 1, 12) - 1)];
      for (std::size_t i = 0; i < name.size(); ++i) {
        if ((part.shout || (part.capital && i == 0)) && name[i] >= 'a' && name[i] <= 'z') name[i] = static_cast<char>(name[i] - 32);
      }
      out += name;
    }
    at = part.span.end;
  }
  return out.append(original_, at, std::string::npos);
}

CivilDate moved(const CivilDate& date, int days) {
  CivilTime time;
  time.year = date.year == 0 ? 2000 : date.year;
  time.month = date.month == 0 ? 7 : date.month;
  time.day = date.day == 0 ? (date.month == 0 ? 1 : 15) : date.day;
  time = to_civil(from_civil(time) + kDay * days);
  return {time.year, time.month, time.day};
}

}  // namespace tertulia
