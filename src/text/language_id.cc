// Log-linear: every word adds the weights of function_words.tsv, and, where these leave doubt, those of ngrams.tsv for
// its n-grams (logistic regression with the first as offset, see models/language/make_ngrams.py).
// The neighbours of Spanish and Catalan compete by name and then count as "other", so that Portuguese or Galician is not
// taken for bad Spanish. Test: tests/text/language_id_test.cc.
#include "text/language_id.h"

#include <algorithm>
#include <cstdlib>

#include "data/table_file.h"

namespace tertulia {
namespace {

// The order of the columns in ngrams.tsv. What we can read comes first, the rest is "other".
constexpr std::string_view kCodes[] = {"es", "en", "ca", "pt", "gl", "fr", "it", "eu", "de", "ro", "nl", "pl"};
constexpr std::size_t kKnown = 3;
constexpr std::string_view kOther = "other";

constexpr float kLexiconScale = 0.5f;   // as in make_ngrams.py
constexpr float kHouseBonus = 1.0f;     // for Spanish: a bank's customers here write it unless they do not
constexpr float kHintBonus = 1.0f;
constexpr float kDecisive = 6.0f;       // the function words alone settle it
constexpr float kShortMargin = 2.5f;    // under kFewWords, what function words need over the default,
constexpr float kShortGrams = 4.5f;     // and what n-grams need, which err on single words
constexpr std::size_t kFewWords = 3;
constexpr std::size_t kEnoughWords = 8;    // from here on a doubly decisive lead ends the reading
constexpr std::size_t kGramWords = 24;     // n-grams are read of so many words at most
constexpr std::size_t kMaxWordBytes = 40;  // longer ones are no words of any language here

// The bytes as a number; different for different texts of up to eight bytes without NUL.
std::uint64_t pack(std::string_view gram) noexcept {
  std::uint64_t key = 0;
  for (const char c : gram) key = key << 8 | static_cast<unsigned char>(c);
  return key;
}

}  // namespace

std::size_t LanguageId::index_of(std::string_view language) noexcept {
  return static_cast<std::size_t>(std::find(std::begin(kCodes), std::end(kCodes), language) - std::begin(kCodes));
}

std::size_t LanguageId::slot_of(std::uint64_t key) const noexcept {
  const std::uint64_t hash = key * 0x9E3779B97F4A7C15u;  // Fibonacci hashing
  std::size_t slot = (hash ^ (hash >> 32)) & (grams_.size() - 1);
  while (grams_[slot].key != 0 && grams_[slot].key != key) slot = (slot + 1) & (grams_.size() - 1);
  return slot;
}

Result<LanguageId> LanguageId::load(const std::string& language_dir, const CharTable& chars) {
  static_assert(std::size(kCodes) == kLanguages);
  LanguageId id;
  id.chars_ = chars;
  const std::string words_path = language_dir + "/function_words.tsv";
  Result<std::vector<TableRow>> rows = load_table(words_path, 3, 3);
  if (!rows.ok()) return rows.status();
  for (const TableRow& row : *rows) {
    const std::size_t language = index_of(row.fields[0]);
    const float weight = kLexiconScale * std::strtof(row.fields[1].c_str(), nullptr);
    if (language == kLanguages || weight <= 0 || weight > 10) {
      return Status(StatusCode::kInvalidData, words_path + ":" + std::to_string(row.line) + ": expected a known language and a weight up to 20");
    }
    std::string_view rest = row.fields[2];
    while (!rest.empty()) {
      const std::size_t blank = rest.find(' ');
      const std::string_view form = rest.substr(0, blank);
      rest.remove_prefix(blank == std::string_view::npos ? rest.size() : blank + 1);
      if (form.empty()) continue;
      float& score = id.words_[std::string(form)][language];
      score = std::max(score, weight);
      id.longest_word_ = std::max(id.longest_word_, form.size());
    }
  }
  const std::string grams_path = language_dir + "/ngrams.tsv";
  rows = load_table(grams_path, 1 + kLanguages, 1 + kLanguages);
  if (!rows.ok()) return rows.status();
  std::size_t slots = 16;
  while (slots < 3 * rows->size()) slots *= 2;
  id.grams_.resize(slots);
  for (const TableRow& row : *rows) {
    const std::uint64_t key = row.fields[0].size() <= 8 ? pack(row.fields[0]) : 0;
    if (key == 0) return Status(StatusCode::kInvalidData, grams_path + ":" + std::to_string(row.line) + ": expected an n-gram of one to eight bytes");
    Gram& gram = id.grams_[id.slot_of(key)];
    gram.key = key;
    auto& weights = gram.weights;
    for (std::size_t i = 0; i < kLanguages; ++i) {
      char* end = nullptr;
      const long value = std::strtol(row.fields[i + 1].c_str(), &end, 10);
      if (end == row.fields[i + 1].c_str() || *end != 0 || value < -10000 || value > 10000) {
        return Status(StatusCode::kInvalidData, grams_path + ":" + std::to_string(row.line) + ": expected hundredths, whole numbers");
      }
      weights[i] = static_cast<std::int16_t>(value);
    }
  }
  return id;
}

namespace {

// Calls visit(lower, folded) for the parts of a word: "l'obra" → "l'", "obra"; "dir-li" → "dir", "li". The two forms
// have the same apostrophes and hyphens.
template <typename Visit>
void each_piece(std::string_view lower, std::string_view folded, Visit visit) {
  for (;;) {
    const std::size_t a = lower.find_first_of("'-"), b = folded.find_first_of("'-");
    if (a == std::string_view::npos || b == std::string_view::npos) break;
    const std::size_t keep = lower[a] == '\'' ? 1 : 0;
    if (a + keep > 0) visit(lower.substr(0, a + keep), folded.substr(0, b + keep));
    lower.remove_prefix(a + 1);
    folded.remove_prefix(b + 1);
  }
  if (!lower.empty()) visit(lower, folded);
}

}  // namespace

void LanguageId::add_words(std::string_view lower, std::string_view folded, Scores& scores) const {
  each_piece(lower, folded, [&](std::string_view a, std::string_view b) {
    if (a.size() > longest_word_ && b.size() > longest_word_) return;
    auto found = words_.find(a);
    if (found == words_.end() && a != b) found = words_.find(b);
    if (found == words_.end()) return;
    for (std::size_t i = 0; i < kLanguages; ++i) scores[i] += found->second[i];
  });
}

void LanguageId::add_grams(std::string_view lower, Scores& scores) const {
  each_piece(lower, lower, [&](std::string_view piece, std::string_view) {
    if (!piece.empty() && piece.back() == '\'') piece.remove_suffix(1);
    if (piece.empty() || piece.size() > kMaxWordBytes) return;
    char padded[kMaxWordBytes + 2];
    std::array<std::uint8_t, kMaxWordBytes + 3> starts{};  // of its characters, and one past the last
    padded[0] = '<';
    std::copy(piece.begin(), piece.end(), padded + 1);
    padded[piece.size() + 1] = '>';
    const std::string_view all(padded, piece.size() + 2);
    std::size_t count = 0;
    for (std::size_t at = 0; at < all.size(); at += next_char(all, at).size) starts[count++] = static_cast<std::uint8_t>(at);
    starts[count] = static_cast<std::uint8_t>(all.size());
    for (std::size_t size = 2; size <= 4; ++size) {
      for (std::size_t first = 0; first + size <= count; ++first) {
        const auto bytes = static_cast<std::size_t>(starts[first + size] - starts[first]);
        if (bytes > 8) continue;
        const Gram& gram = grams_[slot_of(pack(all.substr(starts[first], bytes)))];
        if (gram.key == 0) continue;
        for (std::size_t i = 0; i < kLanguages; ++i) scores[i] += 0.01f * static_cast<float>(gram.weights[i]);
      }
    }
  });
}

std::string_view LanguageId::detect(std::string_view lower, std::string_view folded, const std::vector<Token>& tokens,
                                    std::string_view hint) const {
  const auto lower_of = [&](const Token& t) { return lower.substr(t.lower_begin, t.lower_end - t.lower_begin); };
  const auto folded_of = [&](const Token& t) { return folded.substr(t.folded_begin, t.folded_end - t.folded_begin); };
  const std::size_t hinted = index_of(hint);
  const std::size_t fallback = hinted < kKnown ? hinted : 0;

  Scores scores{};
  scores[0] += kHouseBonus;
  if (hinted < kKnown) scores[hinted] += kHintBonus;
  std::size_t words = 0, foreign = 0;
  // By how much the best leads: over the default in a short text, over the second in a longer one.
  const auto best_of = [&] { return static_cast<std::size_t>(std::max_element(scores.begin(), scores.end()) - scores.begin()); };
  const auto lead = [&] {
    const std::size_t best = best_of();
    if (words < kFewWords) return scores[best] - scores[fallback];
    float second = -1e9f;
    for (std::size_t i = 0; i < kLanguages; ++i) {
      if (i != best) second = std::max(second, scores[i]);
    }
    return scores[best] - second;
  };
  for (const Token& token : tokens) {
    if (token.kind != TokenKind::kWord) continue;
    const std::string_view word = lower_of(token);
    if (word.empty()) continue;
    // Latin script ends at U+024F, but for the letters that Vietnamese and old orthographies add.
    const char32_t first = next_char(word, 0).value;
    if (first > 0x24F && !(first >= 0x1E00 && first < 0x1F00)) ++foreign;
    add_words(word, folded_of(token), scores);
    if (++words == kMaxWords || (words % kEnoughWords == 0 && lead() >= 2 * kDecisive)) break;
  }
  if (words == 0) return kCodes[fallback];
  if (2 * foreign > words) return kOther;

  if (lead() < (words < kFewWords ? kShortMargin : kDecisive)) {
    std::size_t seen = 0;
    for (const Token& token : tokens) {
      if (token.kind != TokenKind::kWord || token.lower_end == token.lower_begin) continue;
      add_grams(lower_of(token), scores);
      if (++seen == kGramWords) break;
    }
    if (words < kFewWords && lead() < kShortGrams) return kCodes[fallback];
  }
  const std::size_t best = best_of();
  return best < kKnown ? kCodes[best] : kOther;
}

}  // namespace tertulia
