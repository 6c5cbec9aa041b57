// Number words by a small grammar: [hundred] [tens [y unit] | teen | unit], each said group giving its own digits.
// Word lists in models/privacy/lists. Test: tests/privacy/spoken_digits_test.cc.
#include "privacy/spoken_digits.h"

#include <cstdlib>

#include "data/table_file.h"

namespace tertulia {
namespace {

constexpr std::size_t kMaxFillers = 4;    // words between two items of one run
constexpr std::size_t kMaxItems = 64;     // of one run
constexpr std::size_t kMaxItemDigits = 24;

// Punctuation between two words of a run: no sentence of digits is that long, no line break pair.
bool close_enough(const ScanText& scan, std::size_t left, std::size_t right) {
  return scan.words()[right].begin - scan.words()[left].end <= 6;
}

}  // namespace

std::string SpokenRun::digits() const {
  std::string out;
  for (const SpokenItem& item : items) out += item.digits;
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
      {"unit", Kind::kUnit}, {"teen", Kind::kTeen}, {"tens", Kind::kTens}, {"hundred", Kind::kHundred}, {"double", Kind::kDouble}};
  for (const TableRow& row : *rows) {
    const auto kind = kKinds.find(row.fields[2]);
    if (kind == kKinds.end()) {
      return Status(StatusCode::kInvalidData, lists + "spoken_numbers.tsv:" + std::to_string(row.line) + ": expected unit, teen, tens, hundred or double");
    }
    filter_.add(row.fields[0]);
    numbers_[row.fields[0]] = {std::atoi(row.fields[1].c_str()), kind->second};
  }
  rows = load_table(lists + "spoken_fillers.tsv", 1, 1);
  if (!rows.ok()) return rows.status();
  for (const TableRow& row : *rows) fillers_.insert(row.fields[0]);
  rows = load_table(lists + "spoken_letters.tsv", 2, 2);
  if (!rows.ok()) return rows.status();
  for (const TableRow& row : *rows) letters_[row.fields[0]] = row.fields[1];
  return {};
}

bool SpokenDigits::read_item(const ScanText& scan, std::size_t word, SpokenItem& item) const {
  const std::size_t count = scan.words().size();
  const std::string_view first = scan.word(word);
  item = {word, word, {}, false};
  if (is_digit(first[0])) {
    if (first.size() > kMaxItemDigits || first.find_first_not_of("0123456789") != std::string_view::npos) return false;
    item.digits = std::string(first);
    return true;
  }
  const auto number = [&](std::size_t at) -> const Number* {
    if (at >= count || (at > word && !close_enough(scan, at - 1, at))) return nullptr;
    if (!filter_.may_hold(scan.word(at))) return nullptr;
    const auto found = numbers_.find(scan.word(at));
    return found == numbers_.end() ? nullptr : &found->second;
  };
  // Only a blank or a dash may stand inside one said group.
  const auto tight = [&](std::size_t at) { return at < count && scan.words()[at].begin - scan.words()[at - 1].end == 1; };
  const Number* head = number(word);
  if (head == nullptr) return false;
  item.in_words = true;
  int value = head->value;
  std::size_t at = word;
  if (head->kind == Kind::kDouble) {
    const Number* next = tight(word + 1) ? number(word + 1) : nullptr;
    if (next == nullptr || next->kind != Kind::kUnit) return false;
    item.last_word = word + 1;
    item.digits.assign(static_cast<std::size_t>(head->value), static_cast<char>('0' + next->value));
    return true;
  }
  bool tens = head->kind == Kind::kTens;
  if (head->kind == Kind::kHundred && tight(at + 1)) {
    const Number* next = number(at + 1);
    const bool ends_here = next == nullptr || next->kind == Kind::kHundred || next->kind == Kind::kDouble;
    if (!ends_here && !(next->kind == Kind::kUnit && next->value == 0)) {
      value += next->value;
      tens = next->kind == Kind::kTens;
      ++at;
    }
  }
  if (tens && tight(at + 1)) {
    const bool linked = scan.word(at + 1) == "y" || scan.word(at + 1) == "i";
    const std::size_t unit_at = linked ? at + 2 : at + 1;
    const bool dashed = !linked && scan.text()[scan.words()[at].end] == '-';
    const Number* unit = (linked && tight(unit_at)) || dashed ? number(unit_at) : nullptr;
    if (unit != nullptr && unit->kind == Kind::kUnit && unit->value > 0) {
      value += unit->value;
      at = unit_at;
    }
  }
  item.last_word = at;
  item.digits = std::to_string(value);
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
    if (next < count && close_enough(scan, next - 1, next)) {
      std::size_t at = next;
      if (scan.word(at) == "letra" && at + 1 < count) ++at;
      const std::string_view said = scan.word(at);
      const auto letter = letters_.find(said);
      const std::size_t end = scan.words()[at].end;
      const bool talk_goes_on = end + 1 < scan.text().size() && scan.text()[end] == ' ' && is_word_byte(scan.text()[end + 1]);
      const bool also_a_word = said == "y" || said == "a" || said == "e" || said == "de" || said == "te";
      if (also_a_word && talk_goes_on) run.letter.clear();
      else if (said.size() == 1 && is_letter(said[0])) run.letter = std::string(said);
      else if (letter != letters_.end()) run.letter = letter->second;
      run.letter_word = at;
    }
    runs.push_back(std::move(run));
    word = next;
  }
  return runs;
}

}  // namespace tertulia
