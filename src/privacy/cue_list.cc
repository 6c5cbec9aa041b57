// Cue phrases by their first and last word; a look costs the window times the phrases that share that word.
// Test: tests/privacy/cue_list_test.cc.
#include "privacy/cue_list.h"

#include "data/table_file.h"

namespace tertulia {
namespace {

std::vector<std::string> words_of(std::string_view phrase) {
  const ScanText scan(phrase);
  std::vector<std::string> words;
  for (std::size_t i = 0; i < scan.words().size(); ++i) words.emplace_back(scan.word(i));
  return words;
}

std::string joined(const std::vector<std::string>& words) {
  std::string out;
  for (const std::string& word : words) {
    if (!out.empty()) out += ' ';
    out += word;
  }
  return out;
}

}  // namespace

std::string cue_phrase(std::string_view phrase) { return joined(words_of(phrase)); }

void CueList::add(std::string_view phrase) {
  std::vector<std::string> words = words_of(phrase);
  if (words.empty()) return;
  const auto id = static_cast<std::uint32_t>(phrases_.size());
  first_.add(words.front());
  last_.add(words.back());
  by_first_[words.front()].push_back(id);
  by_last_[words.back()].push_back(id);
  phrases_.push_back(std::move(words));
}

Status CueList::add_file(const std::string& bundle_dir, const std::string& name) {
  Result<std::vector<TableRow>> rows = load_table(bundle_dir + "/privacy/lists/" + name + ".tsv", 1, 3);
  if (!rows.ok()) return rows.status();
  for (const TableRow& row : *rows) add(row.fields[0]);
  return {};
}

Status CueList::add_all(const std::string& bundle_dir, const std::vector<std::string>& phrases) {
  for (const std::string& phrase : phrases) {
    if (!phrase.empty() && phrase[0] == '@') {
      if (Status status = add_file(bundle_dir, phrase.substr(1)); !status.ok()) return status;
    } else {
      add(phrase);
    }
  }
  return {};
}

std::optional<CueHit> CueList::ending(const ScanText& scan, std::size_t word) const {
  if (!last_.may_hold(scan.word(word))) return std::nullopt;
  const auto found = by_last_.find(scan.word(word));
  if (found == by_last_.end()) return std::nullopt;
  const std::vector<std::string>* best = nullptr;
  for (const std::uint32_t id : found->second) {
    const std::vector<std::string>& words = phrases_[id];
    if (words.size() > word + 1 || (best != nullptr && best->size() >= words.size())) continue;
    bool same = true;
    for (std::size_t i = 0; same && i < words.size(); ++i) same = scan.word(word + 1 - words.size() + i) == words[i];
    if (same) best = &words;
  }
  if (best == nullptr) return std::nullopt;
  return CueHit{0, scan.words()[word + 1 - best->size()].begin, scan.words()[word].end, joined(*best)};
}

std::optional<CueHit> CueList::starting(const ScanText& scan, std::size_t word) const {
  if (!first_.may_hold(scan.word(word))) return std::nullopt;
  const auto found = by_first_.find(scan.word(word));
  if (found == by_first_.end()) return std::nullopt;
  const std::vector<std::string>* best = nullptr;
  for (const std::uint32_t id : found->second) {
    const std::vector<std::string>& words = phrases_[id];
    if (word + words.size() > scan.words().size() || (best != nullptr && best->size() >= words.size())) continue;
    bool same = true;
    for (std::size_t i = 0; same && i < words.size(); ++i) same = scan.word(word + i) == words[i];
    if (same) best = &words;
  }
  if (best == nullptr) return std::nullopt;
  return CueHit{0, scan.words()[word].begin, scan.words()[word + best->size() - 1].end, joined(*best)};
}

std::optional<CueHit> CueList::before(const ScanText& scan, std::size_t at, std::size_t window) const {
  if (phrases_.empty()) return std::nullopt;
  std::size_t word = scan.word_at(at);
  for (std::size_t distance = 0; distance < window && word > 0; ++distance) {
    if (std::optional<CueHit> hit = ending(scan, --word)) {
      if (hit->end > at) return std::nullopt;
      hit->distance = distance;
      return hit;
    }
  }
  return std::nullopt;
}

std::optional<CueHit> CueList::after(const ScanText& scan, std::size_t at, std::size_t window) const {
  if (phrases_.empty()) return std::nullopt;
  std::size_t word = scan.word_at(at);
  for (std::size_t distance = 0; distance < window && word < scan.words().size(); ++distance, ++word) {
    if (std::optional<CueHit> hit = starting(scan, word)) {
      hit->distance = distance;
      return hit;
    }
  }
  return std::nullopt;
}

}  // namespace tertulia
