// A text as the recognizers of personal data see it: one byte a character, folded, with the way back.
//
// Letters lose case and accents ("Ñ" is "n"), digits of every script (full-width, Arabic, keycap emoji) are 0-9, every
// blank (NBSP, thin space, tab) is ' ', every dash '-', quotes ' and ", º and ° are kOrdinal, € is kEuro, letters of
// other alphabets '_', any other sign kOther. Zero-width characters, variation selectors and combining marks are left
// out. Placeholders (⟨TYPE_n⟩) are kHidden throughout, so that nothing is found inside one.
#ifndef TERTULIA_SRC_PRIVACY_SCAN_TEXT_H_
#define TERTULIA_SRC_PRIVACY_SCAN_TEXT_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "tertulia/entity.h"
#include "tertulia/span.h"

namespace tertulia {

class ScanText {
 public:
  static constexpr char kOrdinal = '\xBA', kEuro = '\x80', kOther = '\xB7', kSuperscript = '\xB2', kHidden = '\x01';

  // `original` is valid UTF-8 and must live as long as this object.
  explicit ScanText(std::string_view original);
  ScanText(const ScanText&) = delete;  // views point into text()
  ScanText& operator=(const ScanText&) = delete;

  [[nodiscard]] std::string_view text() const noexcept { return text_; }
  [[nodiscard]] std::string_view original() const noexcept { return original_; }
  // Runs of letters, digits and '_', in order; spans of text().
  [[nodiscard]] const std::vector<Span>& words() const noexcept { return words_; }
  [[nodiscard]] std::string_view word(std::size_t index) const noexcept { return words_[index].of(text_); }
  // Index of the first word that ends behind `at`; words().size() when there is none.
  [[nodiscard]] std::size_t word_at(std::size_t at) const noexcept;
  // Bytes of the original behind [begin, end) of text(); combining marks at the end are included.
  [[nodiscard]] Span to_original(std::size_t begin, std::size_t end) const noexcept;
  // The position in text() of the first character at or behind a byte of the original.
  [[nodiscard]] std::size_t from_original(std::size_t byte) const noexcept;
  // The letter was written as a capital.
  [[nodiscard]] bool is_upper(std::size_t at) const noexcept;

 private:
  std::string_view original_;
  std::string text_;
  std::vector<std::uint32_t> begin_, end_;  // per byte of text_; empty when every character is ASCII
  std::vector<Span> words_;
};

// The scan that the context carries, or one made for this call.
class ScanScope {
 public:
  ScanScope(const Document& document, const RecognizerContext& context)
      : own_(context.scan == nullptr ? std::make_unique<ScanText>(document.text()) : nullptr),
        scan_(context.scan == nullptr ? own_.get() : context.scan) {}
  const ScanText& operator*() const noexcept { return *scan_; }

 private:
  std::unique_ptr<ScanText> own_;
  const ScanText* scan_;
};

// One character folded: a byte of ScanText::text(), or 0 for a character that is left out.
[[nodiscard]] char fold_for_scan(char32_t code_point);
// The folded text without the way back: "C/ Núñez" is "c/ nunez".
[[nodiscard]] std::string fold_for_scan(std::string_view text);
// Letters and digits only, folded: "12.345.678-z" is "12345678z".
[[nodiscard]] std::string compact_value(std::string_view text);

[[nodiscard]] constexpr bool is_digit(char c) noexcept { return c >= '0' && c <= '9'; }
[[nodiscard]] constexpr bool is_letter(char c) noexcept { return c >= 'a' && c <= 'z'; }
[[nodiscard]] constexpr bool is_word_byte(char c) noexcept { return is_digit(c) || is_letter(c) || c == '_'; }

}  // namespace tertulia

#endif  // TERTULIA_SRC_PRIVACY_SCAN_TEXT_H_
