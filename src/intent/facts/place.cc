// The place that a preposition of place introduces ("en Siero", "a Alemania"); a town before its province.
// Capitals alone count unless they look like a surname; words that elide ("d'Olot") count as if apart. Test: tests/intent/facts_test.cc.
#include "intent/facts/place.h"

#include <algorithm>
#include <array>
#include <cstdlib>

#include "base/utf8.h"
#include "data/table_file.h"

namespace tertulia {
namespace {

constexpr std::array<std::string_view, 22> kPrepositions = {"en", "a", "de", "por", "hacia", "cerca", "in", "to", "near", "cap", "al",
                                                            "d", "from", "desde", "des", "per", "pa", "para", "del", "outside", "around", "via"};
constexpr std::array<std::string_view, 5> kPlacing = {"en", "a", "in", "to", "near"};
constexpr std::array<std::string_view, 6> kCommonNeeds = {"en", "a", "de", "in", "near", "d"};
constexpr std::array<std::string_view, 8> kArticles = {"la", "el", "los", "las", "els", "les", "the", "l"};
constexpr std::array<std::string_view, 12> kTitles = {"un", "una", "sr", "sra", "señor", "señora", "don", "doña", "senyor", "senyora", "mr", "mrs"};
// "calle de Toledo", "Universidad de Salamanca": no town that anybody moves to
constexpr std::array<std::string_view, 16> kNamedAfter = {"calle", "c", "avenida", "avda", "plaza", "paseo", "ronda", "carrer", "plaça", "avinguda", "passeig",
                                                          "street", "road", "universidad", "virgen", "real"};
// another's home: "mi hermano vive en Suiza"
constexpr std::array<std::string_view, 6> kOthersLive = {"vive", "viven", "viu", "viuen", "lives", "vivia"};

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
  // "d'Olot" and "l'Hospitalet" without what is elided
  std::vector<std::string_view> words;
  words.reserve(tokens.folded.size());
  for (std::size_t i = 0; i < tokens.folded.size(); ++i) {
    words.push_back(tokens.tokens[i]->kind == TokenKind::kWord ? document.folded_core(*tokens.tokens[i]) : tokens.folded[i]);
  }
  const auto elided = [&](std::size_t i) { return words[i].size() != tokens.folded[i].size(); };
  const auto raw_core = [&](std::size_t i) {
    std::string_view raw = document.raw(*tokens.tokens[i]);
    if (elided(i)) {
      const std::size_t mark = raw.find_first_of("'\xE2");  // the apostrophe, straight or typographic
      if (mark != std::string_view::npos) raw.remove_prefix(std::min(raw.size(), mark + (raw[mark] == '\'' ? 1 : 3)));
    }
    return raw;
  };
  const Place* best = nullptr;
  int best_rank = 0;
  std::size_t covered = 0;
  for (const LexiconHit& hit : names_.find(words)) {
    if (hit.first < covered) continue;  // inside a longer name
    const Place& place = places_[static_cast<std::size_t>(std::strtoul(names_.labels()[hit.label].c_str(), nullptr, 10))];
    std::size_t at = hit.first;
    std::string_view before;
    if (elided(at) && tokens.folded[at][0] == 'd') {
      before = "d";
    } else {
      if (at > 0 && one_of(kArticles, words[at - 1])) --at;
      before = at > 0 ? words[at - 1] : std::string_view();
      if (at > 0 && elided(at) && tokens.folded[at][0] == 'l' && one_of(kArticles, before)) before = at > 1 ? words[at - 2] : std::string_view();
    }
    const std::string_view two_before = at > 1 ? words[at - 2] : std::string_view();
    // "en el Astillero" is the town, "en el astillero" a place of work: behind an article of the name the next word tells
    const bool with_article = hit.count > 1 && one_of(kArticles, words[hit.first]);
    const bool capital = capitalised(raw_core(with_article ? hit.first + 1 : hit.first));
    if (with_article && !capital) continue;
    const bool preposition = one_of(kPrepositions, before);
    if (place.common ? !(capital && one_of(kCommonNeeds, before)) : !(capital || preposition)) continue;
    if (!preposition && hit.first > 0) {
      // a surname or part of another name: "Carmen Llanes", "Real Oviedo", "señor Toledo"
      const std::string_view previous = words[hit.first - 1];
      if (one_of(kTitles, previous) || one_of(kNamedAfter, previous) || capitalised(raw_core(hit.first - 1)) || words[hit.first].size() < 3) continue;
    }
    if (preposition && (one_of(kNamedAfter, two_before) || one_of(kOthersLive, two_before))) {
      covered = hit.first + hit.count;
      continue;
    }
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
