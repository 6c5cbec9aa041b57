// Each amount is given the role whose cue stands nearest before it (or right behind); incomes, bills, savings and sums
// a month are left out; of the rest the one sought wins over a price, and the larger over the smaller.
// Test: tests/intent/facts_test.cc.
#include "intent/facts/amount.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>

#include "data/table_file.h"

namespace tertulia {
namespace {

constexpr std::size_t kBefore = 8, kAfter = 3;  // tokens in which a cue of the role may stand
constexpr double kLeast = 300, kMost = 50e6;    // euro: smaller sums are bills, larger ones are news
constexpr double kBareLeast = 3000;             // without a currency word
constexpr double kFigureLeast = 6000, kFigureMost = 5e6;  // a grouped figure ("210.000") without any word of money

constexpr std::array<std::string_view, 9> kCurrency = {"€", "euro", "euros", "eur", "eurillos", "leuros", "pavos", "euracos", "euritos"};

bool is_currency(std::string_view word) { return std::find(kCurrency.begin(), kCurrency.end(), word) != kCurrency.end(); }

// "210.000" or "165,000": digits in groups of three, which years, postcodes and telephones are not.
bool grouped_figure(std::string_view token) {
  return token.size() >= 5 && (token[token.size() - 4] == '.' || token[token.size() - 4] == ',') && token.find_first_not_of("0123456789.,") == std::string_view::npos;
}

}  // namespace

Result<AmountReader> AmountReader::open(const std::string& facts_dir) {
  const std::string path = facts_dir + "/amount_roles.tsv";
  Result<std::vector<TableRow>> rows = load_table(path, 3, 3);
  if (!rows.ok()) return rows.status();
  AmountReader reader;
  for (const TableRow& row : *rows) {
    const std::string& role = row.fields[1];
    if (role != "sought" && role != "price" && role != "other" && role != "figure") {
      return Status(StatusCode::kInvalidData, path + ":" + std::to_string(row.line) + ": expected sought, price, other or figure");
    }
    reader.roles_.add(row.fields[0], role);
  }
  reader.roles_.build();
  return reader;
}

std::optional<Fact> AmountReader::read(const FactTokens& tokens, const NumberReader& numbers) const {
  const std::vector<LexiconHit> hits = roles_.find(tokens.folded);
  double best_value = 0;
  int best_rank = 0;
  for (std::size_t i = 0; i < tokens.folded.size();) {
    const std::optional<FoundNumber> number = numbers.read(tokens, i);
    if (!number) {
      ++i;
      continue;
    }
    const std::size_t after = number->first + number->count;
    const bool de = after < tokens.folded.size() && tokens.folded[after] == "de";
    const bool currency = (after + (de ? 1 : 0) < tokens.folded.size() && is_currency(tokens.folded[after + (de ? 1 : 0)])) ||
                          (i > 0 && is_currency(tokens.folded[i - 1]));
    const double value = number->value;
    i = after;
    const bool figure = !currency && number->count == 1 && grouped_figure(tokens.folded[number->first]) && value >= kFigureLeast && value <= kFigureMost;
    if (!currency && !figure && !(number->with_magnitude && value >= kBareLeast)) continue;
    if (value < kLeast || value > kMost) continue;
    std::string role = "price";
    bool said = false, introduced = false;
    std::size_t nearest = kBefore + kAfter + 1;
    for (const LexiconHit& hit : hits) {
      const std::size_t hit_end = hit.first + hit.count;
      if (roles_.labels()[hit.label] == "figure") {
        introduced = introduced || hit_end == number->first;
        continue;
      }
      std::size_t distance = nearest;
      if (hit_end <= number->first && number->first - hit_end <= kBefore) distance = number->first - hit_end;
      else if (hit.first >= after && hit.first - after <= kAfter + 1) distance = hit.first - after;
      else continue;
      bool crossed = false;
      for (std::size_t t = std::min<std::size_t>(hit_end, after); t < std::max<std::size_t>(number->first, hit.first); ++t) {
        crossed = crossed || tokens.folded[t] == ".";
      }
      if (crossed || distance >= nearest) continue;
      nearest = distance;
      role = roles_.labels()[hit.label];
      said = true;
    }
    if (role == "other" || (figure && !said && !introduced)) continue;
    const int rank = role == "sought" ? 3 : said ? 2 : 1;
    if (rank > best_rank || (rank == best_rank && value > best_value)) {
      best_rank = rank;
      best_value = value;
    }
  }
  if (best_rank == 0) return std::nullopt;
  char text[40];
  std::snprintf(text, sizeof text, "%.0f", best_value);
  return Fact{"amount_eur", text, "", best_rank == 3 ? 0.9 : best_rank == 2 ? 0.8 : 0.6, true};
}

}  // namespace tertulia
