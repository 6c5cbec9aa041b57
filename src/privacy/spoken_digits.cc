// Number words of Spanish, Catalan, Galician and English by a small grammar, each said group giving its own digits:
//   cardinal := [million-group] [thousand-group] [group], group := [hundreds] [tens [y unit] | teen | unit]
// Word lists in models/privacy/lists. Test: tests/privacy/spoken_digits_test.cc.
#include "privacy/spoken_digits.h"

#include <cstdlib>

#include "data/table_file.h"

namespace tertulia {
namespace {

constexpr std::size_t kMaxFillers = 4;    // words between two items of one run
constexpr std::size_t kMaxItems = 64;     // of one run
constexpr std::size_t kMaxItemDigits = 24;
constexpr std::size_t kMaxGap = 6;        // characters between two words of a run

// Punctuation between two words of a run: no sentence of digits is that long, no line break pair.
bool close_enough(const ScanText& scan, std::size_t left, std::size_t right) {
  return scan.words()[right].begin - scan.words()[left].end <= kMaxGap;
}

// Only a blank or a dash may stand inside one said group.
bool tight(const ScanText& scan, std::size_t word) {
  if (word >= scan.words().size() || word == 0 || scan.words()[word].begin - scan.words()[word - 1].end != 1) return false;
  const char between = scan.text()[scan.words()[word - 1].end];
  return between == ' ' || between == '-';
}

bool dashed(const ScanText& scan, std::size_t word) { return scan.text()[scan.words()[word - 1].end] == '-'; }

}  // namespace

std::string SpokenRun::digits() const {
  std::string out;
  for (const SpokenItem& item : items) out += item.digits;
  return out;
}

std::string SpokenRun::loose_digits() const {
  std::string out;
  for (std::size_t i = 0; i < items.size(); ++i) {
    const bool joins = items[i].round_tens && i + 1 < items.size() && items[i + 1].in_words && items[i + 1].digits.size() == 1 &&
                       items[i + 1].digits != "0" && items[i + 1].first_word == items[i].last_word + 1;
    if (joins) {
      out += items[i].digits.substr(0, items[i].digits.size() - 1) + items[i + 1].digits;
      ++i;
    } else {
      out += items[i].digits;
    }
  }
  return out;
}

bool SpokenRun::any_words() const {
  for (const SpokenItem& item : items) {
    if (item.in_words) return true;
  }
  return false;
}

Status SpokenDigits::load(const std::string& bundle_dir) {
  const std::string lists = bundle_dir + "/privacy/lists/";
  Result<std::vector<TableRow>> rows = load_table(lists + "spoken_numbers.tsv", 3, 3);
  if (!rows.ok()) return rows.status();
  static const std::map<std::string, Kind> kKinds = {
      {"unit", Kind::kUnit}, {"teen", Kind::kTeen}, {"tens", Kind::kTens}, {"open_tens", Kind::kOpenTens}, {"hundred", Kind::kHundred}, {"double", Kind::kDouble},
      {"inside", Kind::kInside}, {"hundreds", Kind::kHundreds}, {"thousand", Kind::kThousand}, {"million", Kind::kMillion}, {"plural", Kind::kPlural}};
  for (const TableRow& row : *rows) {
    const auto kind = kKinds.find(row.fields[2]);
    if (kind == kKinds.end()) {
      return Status(StatusCode::kInvalidData, lists + "spoken_numbers.tsv:" + std::to_string(row.line) +
                                                  ": expected unit, teen, tens, open_tens, hundred, double, inside, hundreds, thousand, million or plural");
    }
    filter_.add(row.fields[0]);
    numbers_[row.fields[0]] = {std::atoi(row.fields[1].c_str()), kind->second};
  }
  rows = load_table(lists + "spoken_fillers.tsv", 1, 1);
  if (!rows.ok()) return rows.status();
  for (const TableRow& row : *rows) fillers_.insert(row.fields[0]);
  return {};
}

const SpokenDigits::Number* SpokenDigits::number(const ScanText& scan, std::size_t word) const {
  if (word >= scan.words().size() || !filter_.may_hold(scan.word(word))) return nullptr;
  const auto found = numbers_.find(scan.word(word));
  return found == numbers_.end() ? nullptr : &found->second;
}

// A number word joined to the one before it.
const SpokenDigits::Number* SpokenDigits::behind(const ScanText& scan, std::size_t word) const {
  return tight(scan, word) ? number(scan, word) : nullptr;
}

// Value from `word` on, which then is the word behind it; -1: no number there.
long SpokenDigits::below_hundred(const ScanText& scan, std::size_t& word, bool& round_tens) const {
  const Number* head = number(scan, word);
  if (head == nullptr) return -1;
  if (head->kind == Kind::kUnit || head->kind == Kind::kTeen) {
    ++word;
    return head->value;
  }
  if (head->kind != Kind::kTens && head->kind != Kind::kOpenTens) return -1;
  long value = head->value;
  ++word;
  if (!tight(scan, word)) {
    round_tens = true;
    return value;
  }
  const bool linked = scan.word(word) == "y" || scan.word(word) == "i" || scan.word(word) == "e";
  const std::size_t unit_at = linked ? word + 1 : word;
  const bool may = linked || dashed(scan, word) || head->kind == Kind::kOpenTens;
  const Number* unit = may ? behind(scan, unit_at) : nullptr;
  if (unit != nullptr && (unit->kind == Kind::kUnit || unit->kind == Kind::kInside) && unit->value > 0) {
    value += unit->value;
    word = unit_at + 1;
  } else {
    round_tens = true;
  }
  return value;
}

long SpokenDigits::below_thousand(const ScanText& scan, std::size_t& word, bool& round_tens) const {
  const Number* head = number(scan, word);
  if (head == nullptr) return -1;
  long value = 0;
  if (head->kind == Kind::kHundred) {
    value = head->value;
    ++word;
  } else {
    const Number* hundreds = behind(scan, word + 1);
    const bool counts = (head->kind == Kind::kUnit && head->value > 0) || (head->kind == Kind::kInside && head->value > 0);
    if (hundreds == nullptr || hundreds->kind != Kind::kHundreds || !counts) return below_hundred(scan, word, round_tens);
    value = head->value * 100L;
    word += 2;
  }
  // "seiscientos doce", "six hundred and twelve"; "ciento cero" are two groups.
  std::size_t next = word;
  if (tight(scan, next) && scan.word(next) == "and") ++next;
  if (!tight(scan, next)) return value;
  const Number* rest = number(scan, next);
  if (rest == nullptr || (rest->kind == Kind::kUnit && rest->value == 0)) return value;
  if (const Number* after = behind(scan, next + 1); after != nullptr && (after->kind == Kind::kHundreds || after->kind == Kind::kPlural)) return value;
  const long tail = below_hundred(scan, next, round_tens);
  if (tail <= 0) return value;
  word = next;
  return value + tail;
}

bool SpokenDigits::read_item(const ScanText& scan, std::size_t word, SpokenItem& item) const {
  const std::size_t count = scan.words().size();
  if (word >= count) return false;
  const std::string_view first = scan.word(word);
  item = {word, word, {}, false, false};
  std::size_t at = word;
  long value = 0;
  if (is_digit(first[0])) {
    if (first.size() > kMaxItemDigits || first.find_first_not_of("0123456789") != std::string_view::npos) return false;
    const Number* million = first.size() <= 3 ? behind(scan, word + 1) : nullptr;
    if (million == nullptr || million->kind != Kind::kMillion) {
      item.digits = std::string(first);
      return true;
    }
    value = std::atol(std::string(first).c_str());
    ++at;
  } else {
    const Number* head = number(scan, word);
    if (head == nullptr) return false;
    item.in_words = true;
    if (head->kind == Kind::kDouble) {
      const Number* next = behind(scan, word + 1);
      if (next == nullptr || (next->kind != Kind::kUnit && next->kind != Kind::kPlural) || next->value > 9) return false;
      item.last_word = word + 1;
      item.digits.assign(static_cast<std::size_t>(head->value), static_cast<char>('0' + next->value));
      return true;
    }
    if (head->kind == Kind::kUnit && head->value > 1 && head->value < 7) {  // "tres ceros", "two double"
      const Number* next = behind(scan, word + 1);
      if (next != nullptr && next->kind == Kind::kPlural) {
        item.last_word = word + 1;
        item.digits.assign(static_cast<std::size_t>(head->value), static_cast<char>('0' + next->value));
        return true;
      }
    }
    if (head->kind == Kind::kThousand) {  // "mil novecientos"
      value = 1;
    } else {
      value = below_thousand(scan, at, item.round_tens);
      if (value < 0) return false;
    }
  }
  // Thousands and millions behind a group, and what follows them.
  long total = 0;
  bool composite = false, million = false;
  long last_scale = 1000000000;
  while (const Number* scale = at == word ? number(scan, at) : behind(scan, at)) {
    if (scale->kind != Kind::kThousand && scale->kind != Kind::kMillion) break;
    if (scale->value >= last_scale || value <= 0) break;
    last_scale = scale->value;
    million = million || scale->kind == Kind::kMillion;
    total += value * scale->value;
    value = 0;
    composite = true;
    item.round_tens = false;
    ++at;
    std::size_t next = at;
    if (tight(scan, next) && (scan.word(next) == "and" || scan.word(next) == "y")) ++next;
    bool comma = next < count && close_enough(scan, next - 1, next) && scan.text()[scan.words()[next - 1].end] == ',' && last_scale >= 1000000;
    if (next >= count || !(tight(scan, next) || comma)) break;
    const Number* start = number(scan, next);
    long group = 0;
    bool round = false;
    std::size_t end = next;
    if (start != nullptr) {
      if (start->kind == Kind::kUnit && start->value == 0) break;
      if (start->kind == Kind::kThousand && last_scale >= 1000000) {
        value = 1;  // "un millón mil"
        at = next;
        continue;
      }
      group = below_thousand(scan, end, round);
    } else if (is_digit(scan.word(next)[0]) && scan.word(next).size() <= 3 && scan.word(next).find_first_not_of("0123456789") == std::string_view::npos && million) {
      group = std::atol(std::string(scan.word(next)).c_str());
      end = next + 1;
    }
    if (group <= 0) break;
    value = group;
    at = end;
  }
  item.last_word = at == word ? word : at - 1;
  item.digits = std::to_string(total + value);
  if (composite) item.round_tens = false;
  return true;
}

std::vector<SpokenRun> SpokenDigits::find(const ScanText& scan) const {
  std::vector<SpokenRun> runs;
  const std::size_t count = scan.words().size();
  std::size_t word = 0;
  while (word < count) {
    SpokenItem item;
    if (!read_item(scan, word, item)) {
      ++word;
      continue;
    }
    SpokenRun run;
    run.items.push_back(item);
    std::size_t next = item.last_word + 1;
    while (run.items.size() < kMaxItems) {
      std::size_t at = next, fillers = 0;
      while (at < count && fillers < kMaxFillers && close_enough(scan, at - 1, at) && fillers_.count(scan.word(at)) != 0) {
        ++at;
        ++fillers;
      }
      if (at >= count || !close_enough(scan, at - 1, at) || !read_item(scan, at, item)) break;
      run.items.push_back(item);
      next = item.last_word + 1;
    }
    runs.push_back(std::move(run));
    word = next;
  }
  return runs;
}

}  // namespace tertulia
