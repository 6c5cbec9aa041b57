// Relative spans are taken as said; months and seasons count to their next coming from the message's date; nothing that
// stands behind a word of the past or is the length of a loan. The first found wins, spans before names. Test: tests/intent/facts_test.cc.
#include "intent/facts/horizon.h"

#include <cmath>
#include <cstdio>
#include <cstdlib>

#include "base/clock.h"
#include "data/table_file.h"

namespace tertulia {
namespace {

constexpr double kMostMonths = 120;
constexpr std::size_t kReach = 6;        // tokens over which a verb in the past, or a loan's word, governs what follows
constexpr double kFarName = 10;          // a bare month so far ahead is more often the one that has just gone

enum Allows : int { kBoth = 0, kNames = 1, kSpans = 2 };  // what a word of kind `before` may introduce

bool ends_in(std::string_view word, std::string_view end) {
  return word.size() > end.size() + 1 && word.substr(word.size() - end.size()) == end;
}

// Spanish preterites by their endings, accents kept: "cumplí", "montó", "compraron"; not "pediré", "aquí" or "café".
bool preterite(std::string_view lower) {
  if (ends_in(lower, "aron") || ends_in(lower, "ieron") || ends_in(lower, "uvimos") || ends_in(lower, "jeron")) return true;
  return lower.size() > 5 && (ends_in(lower, "ó") || (ends_in(lower, "í") && !ends_in(lower, "quí") && !ends_in(lower, "llí")) ||
                              (ends_in(lower, "é") && !ends_in(lower, "ré") && !ends_in(lower, "fé") && !ends_in(lower, "qué")));
}

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
  for (const TableRow& row : *rows) {
    if (row.fields[1] == "before" && row.fields[2] != "0" && row.fields[2] != "1" && row.fields[2] != "2") {
      return Status(StatusCode::kInvalidData, path + ":" + std::to_string(row.line) + ": expected 0, 1 or 2 for a word of kind before");
    }
    reader.phrases_.add(row.fields[0], row.fields[1] + ":" + row.fields[2]);
  }
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
  // whether a word of `kind` stands within reach before `place`, in the same clause
  const auto governed = [&](std::size_t place, std::string_view kind) {
    for (std::size_t back = 1; back <= kReach && back <= place; ++back) {
      const std::string_view word = tokens.folded[place - back];
      if (word == "." || word == ",") return false;
      if (kind_at(place - back, kind, nullptr, nullptr)) return true;
      if (kind == "over" && preterite(tokens.lower[place - back])) return true;
    }
    return false;
  };
  const auto month_at = [&](std::size_t place, double* month) { return kind_at(place, "month", month, nullptr) || kind_at(place, "season", month, nullptr); };
  const auto months_to = [&](double month, std::size_t place, bool* year_said) {
    const CivilTime now = to_civil(*at);
    double ahead = month - now.month;
    if (ahead < 0 || (ahead == 0 && now.day > 20)) ahead += 12;
    // "en marzo de 2027"
    for (std::size_t y = place + 1; y < place + 4 && y < tokens.folded.size(); ++y) {
      if (const std::optional<double> year = parse_digits(tokens.folded[y]); year && *year > 2000 && *year < 2100) {
        ahead = (*year - now.year) * 12 + month - now.month;
        *year_said = true;
      }
    }
    return ahead;
  };
  std::optional<Fact> named;
  const auto name = [&](std::size_t place, bool doubtful) {
    double month = 0;
    if (named || !at || !month_at(place, &month) || kind_at(place + 1, "gone", nullptr, nullptr)) return;
    bool year_said = false;
    const double ahead = months_to(month, place, &year_said);
    if (ahead < 0 || ahead > kMostMonths || (doubtful && !year_said && ahead >= kFarName)) return;
    named = horizon(ahead, 0.75);
  };
  for (std::size_t i = 0; i < tokens.folded.size(); ++i) {
    double value = 0;
    std::size_t count = 0;
    if (const auto found = said.find(i); found != said.end() && found->second.front().first.compare(0, 5, "past:") == 0) {
      i += found->second.front().second + 2;  // "hace seis meses", "desde marzo"
      continue;
    }
    if (kind_at(i, "months", &value, nullptr)) {
      if (!governed(i, "term")) return horizon(value, 0.85);
      continue;
    }
    // "el 15 de junio", "20 January": a day of the calendar
    if (const std::optional<double> day = parse_digits(tokens.folded[i]); day && *day >= 1 && *day <= 31 && !governed(i, "over")) {
      const std::size_t next = i + 1;
      const bool of = next < tokens.folded.size() && (tokens.folded[next] == "de" || tokens.folded[next] == "of");
      name(of ? next + 1 : next, true);
    }
    if (!kind_at(i, "before", &value, &count)) continue;
    const Allows allows = static_cast<Allows>(static_cast<int>(value));
    const std::size_t next = i + count;
    if (allows != kNames && !governed(i, "term")) {
      if (const std::optional<FoundNumber> number = numbers.read(tokens, next)) {
        const std::size_t unit = number->first + number->count;
        if (kind_at(unit, "unit", &value, nullptr) && number->value * value <= kMostMonths && !kind_at(unit + 1, "gone", nullptr, nullptr)) {
          return horizon(number->value * value, 0.9);
        }
      }
    }
    if (allows == kSpans || governed(i, "over")) continue;
    for (std::size_t j = next; j < next + 4 && j < tokens.folded.size(); ++j) {
      if (tokens.folded[j] == "." || tokens.folded[j] == ",") break;
      name(j, true);
    }
  }
  return named;
}

}  // namespace tertulia
