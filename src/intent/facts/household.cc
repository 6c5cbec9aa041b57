// "tengo dos hijos", "nuestros tres niños", "tengo 34 años", "a mis 61". Test: tests/intent/facts_test.cc.
#include "intent/facts/household.h"

#include <algorithm>
#include <array>
#include <cstdio>

namespace tertulia {
namespace {

constexpr std::array<std::string_view, 16> kChildren = {"hijos", "hijas", "hijo", "hija", "ninos", "niños", "peques", "criaturas",
                                                        "chiquillos", "kids", "children", "fills", "filles", "fill", "filla", "crios"};
constexpr std::array<std::string_view, 16> kHaving = {"tengo", "tenemos", "mis", "nuestros", "nuestras", "con", "somos", "have", "our", "my",
                                                      "tinc", "tenim", "nostres", "meus", "los", "els"};
constexpr std::array<std::string_view, 4> kYears = {"anos", "años", "years", "anys"};
constexpr std::array<std::string_view, 6> kOwnAge = {"tengo", "cumplo", "cumpli", "i'm", "tinc", "faig"};
constexpr std::array<std::string_view, 8> kWorkWords = {"cotizados", "trabajando", "trabajados", "de", "en", "para", "llevando", "con"};

template <std::size_t N>
bool one_of(const std::array<std::string_view, N>& list, std::string_view word) {
  return std::find(list.begin(), list.end(), word) != list.end();
}

std::string_view word_at(const FactTokens& tokens, std::size_t at) { return at < tokens.folded.size() ? tokens.folded[at] : std::string_view(); }

}  // namespace

std::optional<Fact> read_children(const FactTokens& tokens, const NumberReader& numbers) {
  for (std::size_t i = 0; i < tokens.folded.size(); ++i) {
    if (!one_of(kHaving, tokens.folded[i])) continue;
    const std::optional<FoundNumber> number = numbers.read(tokens, i + 1);
    if (!number || number->value < 1 || number->value > 12) continue;
    if (!one_of(kChildren, word_at(tokens, number->first + number->count))) continue;
    if (tokens.folded[i] == "con" || tokens.folded[i] == "los" || tokens.folded[i] == "els") {
      // "un piso con dos niños dentro" is anybody's: the writer must own them
      const std::string_view before = i > 0 ? tokens.folded[i - 1] : std::string_view();
      if (before != "pareja" && before != "somos" && before != "casado" && before != "casada" && before != "matrimonio") continue;
    }
    char text[16];
    std::snprintf(text, sizeof text, "%.0f", number->value);
    return Fact{"household_children", text, "", 0.85, true};
  }
  return std::nullopt;
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
