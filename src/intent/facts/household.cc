// "tengo dos hijos", "las dos nenas", "mi hija", "tengo 34 años", "a mis 61". A child counts when a possessive, a verb of
// having or the clause makes it the writer's; a clause that names another household gives nothing, nor does "mi hija mayor",
// who has brothers or sisters that nobody counted. Test: tests/intent/facts_test.cc.
#include "intent/facts/household.h"

#include <algorithm>
#include <array>
#include <cstdio>

#include "data/table_file.h"

namespace tertulia {
namespace {

constexpr std::array<std::string_view, 4> kYears = {"anos", "años", "years", "anys"};
constexpr std::array<std::string_view, 6> kOwnAge = {"tengo", "cumplo", "cumpli", "i'm", "tinc", "faig"};
constexpr std::array<std::string_view, 8> kWorkWords = {"cotizados", "trabajando", "trabajados", "de", "en", "para", "llevando", "con"};
constexpr std::array<std::string_view, 16> kKinds = {"many", "filial", "pet", "one_m", "one_f", "twins", "calf", "own", "have", "lead",
                                                     "article", "other", "of", "partner", "elder", "small"};
constexpr std::size_t kClause = 8;  // tokens before a child in which another household may be named
constexpr double kMostChildren = 12;

template <std::size_t N>
bool one_of(const std::array<std::string_view, N>& list, std::string_view word) {
  return std::find(list.begin(), list.end(), word) != list.end();
}

std::string_view word_at(const FactTokens& tokens, std::size_t at) { return at < tokens.folded.size() ? tokens.folded[at] : std::string_view(); }

bool stop(std::string_view word) { return word.empty() || word == "." || word == ","; }

Fact children(double number, double confidence) {
  char text[16];
  std::snprintf(text, sizeof text, "%.0f", number);
  return {"household_children", text, "", confidence, true};
}

}  // namespace

Result<ChildrenReader> ChildrenReader::open(const std::string& facts_dir) {
  const std::string path = facts_dir + "/children_words.tsv";
  Result<std::vector<TableRow>> rows = load_table(path, 3, 3);
  if (!rows.ok()) return rows.status();
  ChildrenReader reader;
  for (const TableRow& row : *rows) {
    if (!one_of(kKinds, row.fields[1])) {
      return Status(StatusCode::kInvalidData, path + ":" + std::to_string(row.line) + ": no such kind: " + row.fields[1]);
    }
    reader.words_.add(row.fields[0], row.fields[1]);
  }
  reader.words_.build();
  return reader;
}

std::optional<Fact> ChildrenReader::read(const FactTokens& tokens, const NumberReader& numbers) const {
  std::vector<std::vector<std::string_view>> kinds(tokens.folded.size());
  bool any = false;
  for (const LexiconHit& hit : words_.find(tokens.folded)) {
    kinds[hit.first].push_back(words_.labels()[hit.label]);
    any = true;
  }
  for (const std::string_view word : tokens.folded) any = any || word.size() > 9;
  if (!any) return std::nullopt;
  const auto is = [&](std::size_t at, std::string_view kind) {
    return at < kinds.size() && std::find(kinds[at].begin(), kinds[at].end(), kind) != kinds[at].end();
  };
  const auto said_before = [&](std::size_t at, std::string_view kind) {
    for (std::size_t back = 1; back <= kClause && back <= at; ++back) {
      if (tokens.folded[at - back] == ".") return false;
      if (is(at - back, kind)) return true;
    }
    return false;
  };
  std::optional<Fact> best;
  const auto keep = [&](double number, double confidence) {
    if (!best || confidence > best->confidence) best = children(number, confidence);
  };
  bool son = false, daughter = false;
  for (std::size_t i = 0; i < tokens.folded.size(); ++i) {
    const bool foreign = is(i + 1, "of") || said_before(i, "other");
    const bool own_before = i > 0 && is(i - 1, "own");
    // "mis mellizos", "las mellis nacieron"
    if (is(i, "twins") && !foreign && (own_before || (i > 0 && (is(i - 1, "article") || is(i - 1, "have"))))) keep(2, 0.8);
    if (is(i, "calf") && !foreign && (own_before || (i > 0 && is(i - 1, "have")))) keep(2, 0.7);
    // "our two-year-old"
    const std::string_view word = tokens.folded[i];
    if (own_before && word.size() > 9 && word.substr(word.size() - 9) == "-year-old") keep(1, 0.55);
    // "mi hija", "mi señora y la nena"
    if ((is(i, "one_m") || is(i, "one_f")) && !is(i + 1, "elder") && !(i > 0 && is(i - 1, "elder")) && !is(i + 1, "of")) {
      const bool address = is(i, "small") && stop(word_at(tokens, i + 1)) && (i < 3 || stop(tokens.folded[i - 2]));
      const bool coupled = i >= 3 && is(i - 3, "partner") && (tokens.folded[i - 2] == "y" || tokens.folded[i - 2] == "i" || tokens.folded[i - 2] == "and") &&
                           !said_before(i, "other");
      if ((own_before && !address) || coupled) {
        son = son || is(i, "one_m");
        daughter = daughter || is(i, "one_f");
      }
    }
    if (is(i, "own") && is(i + 1, "many")) {
      // "mis hijos, los tres"
      const std::size_t comma = i + 2 < tokens.folded.size() && tokens.folded[i + 2] == "," ? i + 3 : i + 2;
      if (is(comma, "article") || word_at(tokens, comma) == "all") {
        const std::optional<FoundNumber> number = numbers.read(tokens, comma + 1);
        if (number && number->value > 1 && number->value <= kMostChildren && stop(word_at(tokens, number->first + number->count))) keep(number->value, 0.8);
      }
    }
    const bool both = word == "both";
    const std::optional<FoundNumber> number = both ? FoundNumber{2, i, 1, false, false} : numbers.read(tokens, i);
    if (!number || number->value < 1 || number->value > kMostChildren || number->value != static_cast<int>(number->value)) continue;
    const std::size_t child = number->first + number->count;
    if (is(child, "twins") || is(child, "calf")) continue;
    const bool counted = is(child, "many") || is(child, "pet") || ((is(child, "one_m") || is(child, "one_f")) && number->value == 1);
    if (!counted || is(child + 1, "of")) continue;
    const bool mine = (i > 0 && (is(i - 1, "own") || is(i - 1, "have"))) || (i > 1 && is(i - 2, "have") && tokens.folded[i - 1] != "no");
    if (mine && !(i > 1 && (tokens.folded[i - 2] == "no" || tokens.folded[i - 2] == "not"))) {
      keep(number->value, 0.85);
      continue;
    }
    if (said_before(i, "other") || number->value < 2) continue;
    // "casada y con dos hijos", "44 años y dos hijos"
    bool led = false;
    for (std::size_t back = 1; back <= 3 && back <= i; ++back) led = led || is(i - back, "lead");
    if (led) keep(number->value, 0.8);
    // "las dos nenas cambian de cole": an article and a fond word
    else if (is(child, "pet") && (both || (i > 0 && is(i - 1, "article")))) keep(number->value, 0.6);
    else if (is(child, "filial") && (said_before(i, "own") || said_before(i, "have"))) keep(number->value, 0.55);
  }
  if (son || daughter) keep(son && daughter ? 2 : 1, 0.5);
  return best;
}

std::optional<Fact> read_age_band(const FactTokens& tokens, const NumberReader& numbers) {
  for (std::size_t i = 0; i + 1 < tokens.folded.size(); ++i) {
    if (!one_of(kOwnAge, tokens.folded[i]) && !(tokens.folded[i] == "mis" && i > 0 && tokens.folded[i - 1] == "a")) continue;
    const std::optional<FoundNumber> number = numbers.read(tokens, i + 1);
    if (!number || number->value < 14 || number->value > 105) continue;
    const std::size_t after = number->first + number->count;
    const bool years = one_of(kYears, word_at(tokens, after));
    if (!years && tokens.folded[i] != "mis" && tokens.folded[i] != "i'm") continue;
    if (years && one_of(kWorkWords, word_at(tokens, after + 1))) continue;  // "tengo 35 años cotizados"
    const int age = static_cast<int>(number->value);
    std::string band = age < 18 ? "14-17" : age < 25 ? "18-24" : age >= 75 ? "75+" : "";
    if (band.empty()) {
      const int low = 25 + (age - 25) / 10 * 10;
      band = std::to_string(low) + "-" + std::to_string(low + 9);
    }
    return Fact{"age_band", band, "", 0.9, false};
  }
  return std::nullopt;
}

}  // namespace tertulia
