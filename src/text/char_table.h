// What kind of character a code point is, as the tokenizer and the normaliser see it.
#ifndef TERTULIA_SRC_TEXT_CHAR_TABLE_H_
#define TERTULIA_SRC_TEXT_CHAR_TABLE_H_

#include <cstdint>
#include <string_view>
#include <vector>

#include "base/utf8.h"
#include "tertulia/status.h"

namespace tertulia {

enum class CharClass : std::uint8_t {
  kOther,        // unassigned, private use
  kBlank,        // spaces of any width, NBSP, tab, controls
  kLineBreak,
  kIgnorable,    // zero-width: soft hyphen, ZWSP, ZWJ, direction marks, tags
  kLetter,       // also letter numbers (Ⅷ) and superscript digits (m²)
  kMark,         // combining
  kDigit,        // decimal digits of any script
  kPunctuation,
  kSymbol,
  kEmoji,        // pictograph that is drawn as an emoji by itself
  kPictograph,   // pictograph that is one only when U+FE0F follows (©, ↔)
  kRegional      // half of a flag
};

// Built once from the properties of the ICU that is linked; immutable.
class CharTable {
 public:
  static Result<CharTable> build();

  [[nodiscard]] CharClass of(char32_t c) const noexcept {
    return c < kFlat ? static_cast<CharClass>(classes_[c]) : of_high_plane(c);
  }
  // A letter, mark or digit.
  [[nodiscard]] bool in_word(char32_t c) const noexcept {
    const CharClass k = of(c);
    return k == CharClass::kLetter || k == CharClass::kMark || k == CharClass::kDigit;
  }

 private:
  static constexpr char32_t kFlat = 0x20000;  // planes 0 and 1 stand in the table, the rest follow a rule
  static CharClass of_high_plane(char32_t c) noexcept;
  std::vector<std::uint8_t> classes_;
};

// decode_utf8() for text that is known to be valid, with the one-byte case inlined.
[[nodiscard]] inline CodePoint next_char(std::string_view text, std::size_t at) noexcept {
  const auto lead = static_cast<unsigned char>(text[at]);
  if (lead < 0x80) return {lead, 1};
  const auto tail = [&](std::size_t i) { return static_cast<char32_t>(static_cast<unsigned char>(text[at + i]) & 0x3Fu); };
  if (lead < 0xE0) return {(static_cast<char32_t>(lead & 0x1Fu) << 6) | tail(1), 2};
  if (lead < 0xF0) return {(static_cast<char32_t>(lead & 0x0Fu) << 12) | (tail(1) << 6) | tail(2), 3};
  return {(static_cast<char32_t>(lead & 0x07u) << 18) | (tail(1) << 12) | (tail(2) << 6) | tail(3), 4};
}

// The code point that ends before `at` (> 0) in valid text.
[[nodiscard]] inline char32_t previous_char(std::string_view text, std::size_t at) noexcept {
  std::size_t begin = at - 1;
  while (begin > 0 && (static_cast<unsigned char>(text[begin]) & 0xC0u) == 0x80u) --begin;
  return next_char(text, begin).value;
}

}  // namespace tertulia

#endif  // TERTULIA_SRC_TEXT_CHAR_TABLE_H_
