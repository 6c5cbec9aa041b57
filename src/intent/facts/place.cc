// The place that a preposition of place introduces ("en Siero", "a Alemania"); a town before its province.
// Test: tests/intent/facts_test.cc.
#include "intent/facts/place.h"

#include <algorithm>
#include <array>
#include <cstdlib>

#include "base/utf8.h"
#include "data/table_file.h"

namespace tertulia {
namespace {

constexpr std::array<std::string_view, 12> kPrepositions = {"en", "a", "de", "por", "hacia", "cerca", "in", "to", "near", "cap", "al", "d"};
constexpr std::array<std::string_view, 5> kPlacing = {"en", "a", "in", "to", "near"};

template <std::size_t N>
bool one_of(const std::array<std::string_view, N>& list, std::string_view word) {
  return std::find(list.begin(), list.end(), word) != list.end();
}

bool capitalised(std::string_view raw) {
  if (raw.empty()) return false;
  const CodePoint point = decode_utf8(raw, 0);
  return (point.value >= 'A' && point.value <= 'Z') || (point.value >= 0xC0 && point.value <= 0xDE);
}

}  // namespace

Result<PlaceReader> PlaceReader::open(const std::string& facts_dir) {
  const std::string path = facts_dir + "/places.tsv";
  Result<std::vector<TableRow>> rows = load_table(path, 4, 4);
  if (!rows.ok()) return rows.status();
  PlaceReader reader;
  for (const TableRow& row : *rows) {
    const std::string& kind = row.fields[3];
    if (kind != "town" && kind != "province" && kind != "country" && kind != "common") {
      return Status(StatusCode::kInvalidData, path + ":" + std::to_string(row.line) + ": expected town, province, country or common");
    }
    reader.names_.add(row.fields[0], std::to_string(reader.places_.size()));
    reader.places_.push_back({row.fields[1], kind == "town" || kind == "common", kind == "common"});
  }
  reader.names_.build();
  return reader;
}

std::optional<Fact> PlaceReader::read(const Document& document, const FactTokens& tokens) const {
  const Place* best = nullptr;
  int best_rank = 0;
  std::size_t covered = 0;
  for (const LexiconHit& hit : names_.find(tokens.folded)) {
    if (hit.first < covered) continue;  // inside a longer name
    const Place& place = places_[static_cast<std::size_t>(std::strtoul(names_.labels()[hit.label].c_str(), nullptr, 10))];
    std::string_view before = hit.first > 0 ? tokens.folded[hit.first - 1] : std::string_view();
    if ((before == "la" || before == "el" || before == "los" || before == "las") && hit.first > 1) before = tokens.folded[hit.first - 2];
    const bool capital = capitalised(document.raw(*tokens.tokens[hit.first]));
    const bool preposition = one_of(kPrepositions, before);
    if (place.common ? !(capital && preposition) : !(capital || preposition)) continue;
    covered = hit.first + hit.count;
    const int rank = 1 + (one_of(kPlacing, before) ? 4 : preposition ? 2 : 0) + (place.town ? 1 : 0);
    if (rank > best_rank) {
      best_rank = rank;
      best = &place;
    }
  }
  if (best == nullptr) return std::nullopt;
  return Fact{"place", best->name, "", best_rank >= 5 ? 0.85 : best_rank >= 3 ? 0.7 : 0.5, false};
}

}  // namespace tertulia
