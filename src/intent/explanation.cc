// A linear score is a sum over features; each feature hangs on one word, so the word's share is exact.
// Test: tests/intent/detector_test.cc (no word outside the vocabulary is ever shown).
#include "intent/explanation.h"

#include <algorithm>
#include <map>

#include "data/table_file.h"

namespace tertulia {
namespace {

// Words of more than about one message in twenty ("que", "nos", "hay") weigh, but tell a reader nothing.
constexpr float kCommonIdf = 4.0f;

bool is_common(const FeatureTable& table, std::string_view word) {
  const std::uint32_t row = table.row(word_hash(word));
  return row != FeatureTable::kNone && table.idf(row) < kCommonIdf;
}

// The lexicon's own phrase, with its "any ending" mark as a reader knows it.
std::string readable(std::string_view phrase) {
  std::string out;
  for (const char c : phrase) {
    if (c == '*') out += "…";
    else out += c;
  }
  return out;
}

}  // namespace

Result<Explainer> Explainer::open(const std::string& bundle_dir) {
  Result<std::vector<TableRow>> rows = load_table(bundle_dir + "/intent/vocabulary.tsv", 2, 2);
  if (!rows.ok()) return rows.status();
  Explainer explainer;
  for (TableRow& row : *rows) explainer.shown_.emplace(std::move(row.fields[0]), std::move(row.fields[1]));
  return explainer;
}

std::vector<std::string> Explainer::words(const FeatureExtractor& extractor, const LinearModel& linear,
                                          const MessageFeatures& message, const MessageScores& scores,
                                          std::size_t label, std::size_t count) const {
  if (label >= linear.labels().size()) return {};
  FeatureBlocks window;
  const FeatureBlocks* blocks = &message.whole;
  if (const std::size_t best = scores.best_window[label]; best > 0) {
    const auto [first, size] = message.windows[best - 1];
    window = extractor.features(message.words, message.labels, first, size);
    blocks = &window;
  }
  // value of a row in the vector, to be shared among its occurrences
  std::map<std::uint32_t, WeightedRow> rows;
  for (const WeightedRow& row : linear.table().vectorize(*blocks)) rows.emplace(row.row, row);
  std::map<std::uint32_t, std::size_t> occurrences;
  for (const std::vector<FeatureHit>* block : blocks->all()) {
    for (const FeatureHit& hit : *block) ++occurrences[linear.table().row(hit.hash)];
  }
  std::map<std::string, double> share;  // by folded word: a word said twice is one reason
  for (const std::vector<FeatureHit>* block : blocks->all()) {
    for (const FeatureHit& hit : *block) {
      const std::uint32_t row = linear.table().row(hit.hash);
      const auto found = rows.find(row);
      if (found == rows.end()) continue;
      share[message.words[hit.word].text] += linear.contribution(found->second, label) / static_cast<double>(occurrences[row]);
    }
  }
  std::vector<std::pair<double, std::string>> ranked;
  for (const auto& [word, weight] : share) {
    const auto shown = shown_.find(word);
    if (weight > 0 && shown != shown_.end() && !is_common(linear.table(), word)) ranked.emplace_back(-weight, shown->second);
  }
  std::sort(ranked.begin(), ranked.end());
  std::vector<std::string> out;
  for (const auto& [weight, word] : ranked) {
    if (out.size() == count) break;
    if (std::find(out.begin(), out.end(), word) == out.end()) out.push_back(word);
  }
  return out;
}

std::vector<std::string> Explainer::cues(const MessageFeatures& message, const std::vector<std::string>& kinds) const {
  std::vector<std::string> out;
  for (const LabelHit& hit : message.labels) {
    if (hit.label.substr(0, 4) != "cue:") continue;
    const std::string kind(hit.label.substr(4));
    if (std::find(kinds.begin(), kinds.end(), kind) == kinds.end()) continue;
    std::string cue = kind + ": " + readable(hit.phrase);
    if (std::find(out.begin(), out.end(), cue) == out.end()) out.push_back(std::move(cue));
    if (out.size() == 4) break;
  }
  return out;
}

}  // namespace tertulia
