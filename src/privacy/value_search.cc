// Aho-Corasick over the 36 letters and digits of the compact text. Test: tests/privacy/value_search_test.cc.
#include "privacy/value_search.h"

#include <algorithm>

namespace tertulia {
namespace {

constexpr std::size_t kMaxValue = 512, kLeastLetters = 3, kLeastDigits = 4;
constexpr std::size_t kLooseDigits = 6;   // fewer figures must stand together
constexpr std::size_t kMaxGap = 3;        // separators between two characters
constexpr std::size_t kMaxHitsPerEnd = 16;

bool is_value_byte(char c) { return is_digit(c) || is_letter(c); }

}  // namespace

std::uint32_t ValueSearch::child(std::uint32_t node, char byte) const {
  for (std::uint32_t at = nodes_[node].first_child; at != 0; at = nodes_[at].sibling) {
    if (nodes_[at].byte == byte) return at;
  }
  return 0;
}

void ValueSearch::add(std::string_view value, std::size_t number, ValueMatch match) {
  const ScanText scan(value);
  Value made;
  made.number = number;
  made.match = match;
  made.words = 1;
  std::string compact;
  for (std::size_t i = 0; i < scan.text().size() && compact.size() < kMaxValue; ++i) {
    const char c = scan.text()[i];
    if (is_value_byte(c)) {
      compact += c;
      made.digits = made.digits || is_digit(c);
    } else if (!compact.empty()) {
      ++made.words;
    }
  }
  const bool only_digits = compact.find_first_not_of("0123456789") == std::string::npos;
  if (compact.size() < (only_digits ? kLeastDigits : kLeastLetters)) return;
  made.size = compact.size();
  std::uint32_t node = 0;
  for (const char c : compact) {
    std::uint32_t next = child(node, c);
    if (next == 0) {
      next = static_cast<std::uint32_t>(nodes_.size());
      nodes_.push_back({0, nodes_[node].first_child, 0, 0, 0, c});
      nodes_[node].first_child = next;
    }
    node = next;
  }
  // One value of the same letters stands for all, the most lenient one.
  if (nodes_[node].value != 0) {
    Value& known = values_[nodes_[node].value - 1];
    known.words = std::max(known.words, made.words);
    if (match == ValueMatch::kAnyCase && known.match == ValueMatch::kCapital) {
      known.match = match;
      known.number = number;
    }
    return;
  }
  values_.push_back(made);
  nodes_[node].value = static_cast<std::uint32_t>(values_.size());
}

void ValueSearch::build() {
  std::vector<std::uint32_t> queue;
  for (std::uint32_t at = nodes_[0].first_child; at != 0; at = nodes_[at].sibling) queue.push_back(at);
  for (std::size_t i = 0; i < queue.size(); ++i) {
    const std::uint32_t node = queue[i];
    for (std::uint32_t at = nodes_[node].first_child; at != 0; at = nodes_[at].sibling) {
      std::uint32_t fail = nodes_[node].fail, next = 0;
      while ((next = child(fail, nodes_[at].byte)) == 0 && fail != 0) fail = nodes_[fail].fail;
      nodes_[at].fail = next;
      nodes_[at].output = nodes_[next].value != 0 ? next : nodes_[next].output;
      queue.push_back(at);
    }
  }
}

std::vector<ValueHit> ValueSearch::find(const ScanText& scan) const {
  std::vector<ValueHit> hits;
  if (values_.empty()) return hits;
  const std::string_view text = scan.text();
  std::vector<std::uint32_t> position;   // of the compact text in the scan
  std::vector<std::uint32_t> gaps;       // separators met so far, as a running count of breaks
  std::uint32_t node = 0, breaks = 0;
  std::vector<std::size_t> free_from(values_.size(), 0);  // hits of one value do not overlap
  std::size_t barrier = 0;               // compact index before which no hit may begin
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (!is_value_byte(c)) {
      if (c == '\n' || c == ScanText::kHidden) barrier = position.size();
      continue;
    }
    if (!position.empty()) {
      const std::size_t gap = i - position.back() - 1;
      if (gap > 0) ++breaks;
      if (gap > kMaxGap) barrier = position.size();
    }
    position.push_back(static_cast<std::uint32_t>(i));
    gaps.push_back(breaks);
    std::uint32_t next = 0;
    while ((next = child(node, c)) == 0 && node != 0) node = nodes_[node].fail;
    node = next;
    std::uint32_t at = nodes_[node].value != 0 ? node : nodes_[node].output;
    for (std::size_t n = 0; at != 0 && n < kMaxHitsPerEnd; at = nodes_[at].output, ++n) {
      const Value& value = values_[nodes_[at].value - 1];
      if (value.size > position.size()) continue;
      const std::size_t first = position.size() - value.size;
      if (first < barrier) continue;
      const std::size_t begin = position[first], end = i + 1;
      const std::size_t broken = gaps.back() - gaps[first];
      if (!value.digits || value.size < kLooseDigits) {
        if (broken >= value.words) continue;  // "a na" is not "ana"
      }
      const auto goes_on = [&](char inner, char outer) { return (is_digit(inner) && is_digit(outer)) || (is_letter(inner) && is_letter(outer)); };
      if (begin > 0 && goes_on(text[begin], text[begin - 1])) continue;
      if (end < text.size() && goes_on(text[end - 1], text[end])) continue;
      if (value.match == ValueMatch::kCapital && !scan.is_upper(begin)) continue;
      if (begin < free_from[nodes_[at].value - 1]) continue;
      free_from[nodes_[at].value - 1] = end;
      hits.push_back({value.number, {begin, end}});
    }
  }
  return hits;
}

}  // namespace tertulia
