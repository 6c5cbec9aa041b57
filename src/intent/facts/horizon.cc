// Relative spans are taken as said; months and seasons count to their next coming from the message's date; nothing that
// stands behind a word of the past. The first found wins, spans before names. Test: tests/intent/facts_test.cc.
#include "intent/facts/horizon.h"

#include <cmath>
#include <cstdio>
#include <cstdlib>

#include "base/clock.h"
#include "data/table_file.h"

namespace tertulia {
namespace {

constexpr double kMostMonths = 120;

Fact horizon(double months, double confidence) {
  char text[24];
  std::snprintf(text, sizeof text, "%.0f", std::round(months));
  return {"horizon_months", text, "", confidence, true};
}

}  // namespace

Result<HorizonReader> HorizonReader::open(const std::string& facts_dir) {
  const std::string path = facts_dir + "/horizons.tsv";
  Result<std::vector<TableRow>> rows = load_table(path, 4, 4);
  if (!rows.ok()) return rows.status();
  HorizonReader reader;
  for (const TableRow& row : *rows) reader.phrases_.add(row.fields[0], row.fields[1] + ":" + row.fields[2]);
  reader.phrases_.build();
  return reader;
}

std::optional<Fact> HorizonReader::read(const FactTokens& tokens, const NumberReader& numbers, std::optional<Timestamp> at) const {
  const std::vector<LexiconHit> hits = phrases_.find(tokens.folded);
  // what a token position says, longest phrase first (the hits come so ordered)
  std::map<std::size_t, std::vector<std::pair<std::string, std::size_t>>> said;
  for (const LexiconHit& hit : hits) said[hit.first].emplace_back(phrases_.labels()[hit.label], hit.count);
  const auto kind_at = [&](std::size_t place, std::string_view kind, double* value, std::size_t* count) {
    const auto found = said.find(place);
    if (found == said.end()) return false;
    for (const auto& [label, size] : found->second) {
      if (label.compare(0, kind.size(), kind) == 0 && label[kind.size()] == ':') {
        if (value != nullptr) *value = std::strtod(label.c_str() + kind.size() + 1, nullptr);
        if (count != nullptr) *count = size;
        return true;
      }
    }
    return false;
  };
  std::optional<Fact> named;
  for (std::size_t i = 0; i < tokens.folded.size(); ++i) {
    double value = 0;
    std::size_t count = 0;
    if (kind_at(i, "past", nullptr, &count)) {
      i += count + 2;  // "hace seis meses", "desde marzo"
      continue;
    }
    if (kind_at(i, "months", &value, nullptr)) return horizon(value, 0.85);
    if (kind_at(i, "before", nullptr, &count)) {
      const std::size_t next = i + count;
      if (const std::optional<FoundNumber> number = numbers.read(tokens, next)) {
        if (kind_at(number->first + number->count, "unit", &value, nullptr) && number->value * value <= kMostMonths) {
          return horizon(number->value * value, 0.9);
        }
      }
      for (std::size_t j = next; j < next + 3 && at && !named; ++j) {
        double month = 0;
        if (!kind_at(j, "month", &month, nullptr) && !kind_at(j, "season", &month, nullptr)) continue;
        const CivilTime now = to_civil(*at);
        double ahead = month - now.month;
        if (ahead < 0 || (ahead == 0 && now.day > 20)) ahead += 12;
        // "en marzo de 2027"
        for (std::size_t y = j + 1; y < j + 4 && y < tokens.folded.size(); ++y) {
          if (const std::optional<double> year = parse_digits(tokens.folded[y]); year && *year > 2000 && *year < 2100) {
            ahead = (*year - now.year) * 12 + month - now.month;
          }
        }
        if (ahead >= 0 && ahead <= kMostMonths) named = horizon(ahead, 0.75);
      }
    }
  }
  return named;
}

}  // namespace tertulia
