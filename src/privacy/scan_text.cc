// Folding for the scan, with ICU's properties and compatibility decomposition (NFKD) for what the table of the first
// blocks does not hold. One pass, linear. Test: tests/privacy/scan_text_test.cc.
#include "privacy/scan_text.h"

#include <unicode/uchar.h>
#include <unicode/unorm2.h>
#include <unicode/uscript.h>

#include <algorithm>
#include <array>

#include "base/utf8.h"

namespace tertulia {
namespace {

constexpr std::size_t kMaxPlaceholder = 96;  // bytes
constexpr std::size_t kPseudonym = 16, kLeastToken = 64, kMaxToken = 1024;  // base32 letters

bool is_mark(int type) { return type == U_NON_SPACING_MARK || type == U_ENCLOSING_MARK; }

char fold_by_properties(UChar32 c) {
  const int type = u_charType(c);
  if (is_mark(type) || type == U_FORMAT_CHAR) return 0;
  switch (c) {
    case 0xAA: case 0xBA: case 0xB0: return ScanText::kOrdinal;
    case 0xB9: case 0xB2: case 0xB3: return ScanText::kSuperscript;
    case 0x20AC: return ScanText::kEuro;
    case 0x2018: case 0x2019: case 0xB4: case 0x2BC: return '\'';
    case 0x201C: case 0x201D: case 0xAB: case 0xBB: return '"';
    case 0x2026: return '.';
    case 0x2212: return '-';
    case 0x85: case 0x2028: case 0x2029: return '\n';
    case 0xF8: case 0xD8: return 'o';
    case 0xE6: case 0xC6: return 'a';
    case 0xDF: return 's';
    case 0x131: case 0x130: return 'i';
    case 0x142: case 0x141: return 'l';
    default: break;
  }
  if (type == U_SPACE_SEPARATOR) return ' ';
  if (type == U_DASH_PUNCTUATION) return '-';
  if (type == U_DECIMAL_DIGIT_NUMBER) return static_cast<char>('0' + u_charDigitValue(c));
  UErrorCode error = U_ZERO_ERROR;
  const UNormalizer2* nfkd = unorm2_getNFKDInstance(&error);
  UChar parts[32];
  const int32_t count = U_SUCCESS(error) ? unorm2_getDecomposition(nfkd, c, parts, 32, &error) : -1;
  if (U_SUCCESS(error) && count > 0 && parts[0] < 0x80) {
    bool rest_is_marks = true;
    for (int32_t i = 1; i < count; ++i) rest_is_marks = rest_is_marks && is_mark(u_charType(parts[i]));
    const bool raised = u_getIntPropertyValue(c, UCHAR_DECOMPOSITION_TYPE) == U_DT_SUPER ||
                        u_getIntPropertyValue(c, UCHAR_DECOMPOSITION_TYPE) == U_DT_SUB;
    if (raised) return ScanText::kSuperscript;
    if (rest_is_marks) {
      const char first = static_cast<char>(parts[0]);
      return first >= 'A' && first <= 'Z' ? static_cast<char>(first + 32) : first;
    }
  }
  if (!u_isalpha(c)) return ScanText::kOther;
  // Scripts that do not part words with blanks: a number beside such a letter still stands alone.
  switch (uscript_getScript(c, &error)) {
    case USCRIPT_HAN: case USCRIPT_HIRAGANA: case USCRIPT_KATAKANA: case USCRIPT_HANGUL: case USCRIPT_THAI:
    case USCRIPT_LAO: case USCRIPT_KHMER: case USCRIPT_MYANMAR:
      return ScanText::kOther;
    default:
      return '_';
  }
}

constexpr char32_t kTableEnd = 0x250;

// The first blocks folded once (immutable).
const std::array<char, kTableEnd>& fold_table() {
  static const std::array<char, kTableEnd> table = [] {
    std::array<char, kTableEnd> made{};
    for (char32_t c = 0; c < kTableEnd; ++c) {
      if (c >= 'A' && c <= 'Z') made[c] = static_cast<char>(c + 32);
      else if (c == '\n') made[c] = '\n';
      else if (c < 0x20 || c == 0x7F) made[c] = ' ';
      else if (c < 0x80) made[c] = static_cast<char>(c);
      else made[c] = fold_by_properties(static_cast<UChar32>(c));
    }
    return made;
  }();
  return table;
}

// Bytes of a placeholder that starts at `at`, or 0: "⟨TYPE_1⟩", "⟨TYPE:9f…⟩" (a hash), "⟨TYPE:k3f7…⟩" (a pseudonym of exactly
// kPseudonym base32 letters) or "⟨TYPE#mzxw…⟩" (a token).
std::size_t placeholder_size(std::string_view text, std::size_t at) {
  constexpr std::string_view kOpen = "⟨", kClose = "⟩";
  if (text.substr(at, kOpen.size()) != kOpen) return 0;
  const std::size_t begin = at + kOpen.size();
  const auto run = [&](std::size_t from, std::size_t most, auto&& fits) {
    const std::size_t limit = std::min(text.size(), from + most);
    while (from < limit && fits(text[from])) ++from;
    return from;
  };
  const auto plain = [](char c) { return (c >= 'A' && c <= 'Z') || is_digit(c) || c == '_' || c == ':' || (c >= 'a' && c <= 'f'); };
  const auto base32 = [](char c) { return is_letter(c) || (c >= '2' && c <= '7'); };
  std::size_t end = run(begin, kMaxPlaceholder, plain);
  if (end == begin) return 0;
  if (text.substr(end, kClose.size()) == kClose) return end + kClose.size() - at;
  end = run(begin, kMaxPlaceholder, [](char c) { return (c >= 'A' && c <= 'Z') || is_digit(c) || c == '_'; });
  if (end == begin || end >= text.size()) return 0;
  const char mark = text[end];
  if (mark != ':' && mark != '#') return 0;
  const std::size_t from = end + 1;
  end = run(from, mark == ':' ? kPseudonym : kMaxToken, base32);
  if (text.substr(end, kClose.size()) != kClose || (mark == ':' ? end - from != kPseudonym : end - from < kLeastToken)) return 0;
  return end + kClose.size() - at;
}

}  // namespace

char fold_for_scan(char32_t code_point) {
  return code_point < kTableEnd ? fold_table()[code_point] : fold_by_properties(static_cast<UChar32>(code_point));
}

std::string fold_for_scan(std::string_view text) { return std::string(ScanText(text).text()); }

std::string compact_value(std::string_view text) {
  std::string out;
  const ScanText scan(text);
  for (const char c : scan.text()) {
    if (is_word_byte(c) && c != '_') out += c;
  }
  return out;
}

ScanText::ScanText(std::string_view original) : original_(original) {
  const std::array<char, kTableEnd>& table = fold_table();
  text_.resize(original.size());
  std::size_t at = 0;
  for (; at < original.size() && static_cast<unsigned char>(original[at]) < 0x80; ++at) {
    text_[at] = table[static_cast<unsigned char>(original[at])];
  }
  if (at < original.size()) {
    // One byte of text for each character at most: filled by index, cut at the end.
    begin_.resize(original.size());
    end_.resize(original.size());
    std::size_t used = at;
    for (std::size_t i = 0; i < at; ++i) {
      begin_[i] = static_cast<std::uint32_t>(i);
      end_[i] = static_cast<std::uint32_t>(i + 1);
    }
    const auto push = [&](char byte, std::size_t from, std::size_t size) {
      text_[used] = byte;
      begin_[used] = static_cast<std::uint32_t>(from);
      end_[used++] = static_cast<std::uint32_t>(from + size);
    };
    while (at < original.size()) {
      if (static_cast<unsigned char>(original[at]) < 0x80) {
        push(table[static_cast<unsigned char>(original[at])], at, 1);
        ++at;
        continue;
      }
      const CodePoint point = decode_utf8(original, at);
      if (point.value == 0x27E8) {
        if (const std::size_t hidden = placeholder_size(original, at); hidden != 0) {
          push(kHidden, at, hidden);
          at += hidden;
          continue;
        }
      }
      const char byte = point.value < kTableEnd ? table[point.value] : fold_by_properties(static_cast<UChar32>(point.value));
      if (byte != 0) {
        push(byte, at, point.size);
      } else if (used > 0 && is_mark(u_charType(static_cast<UChar32>(point.value)))) {
        end_[used - 1] = static_cast<std::uint32_t>(at + point.size);
      }
      at += point.size;
    }
    text_.resize(used);
    begin_.resize(used);
    end_.resize(used);
  }
  words_.reserve(text_.size() / 5 + 1);
  for (std::size_t i = 0; i < text_.size();) {
    if (!is_word_byte(text_[i])) {
      ++i;
      continue;
    }
    std::size_t end = i + 1;
    while (end < text_.size() && is_word_byte(text_[end])) ++end;
    words_.push_back({i, end});
    i = end;
  }
}

std::size_t ScanText::word_at(std::size_t at) const noexcept {
  const auto found = std::upper_bound(words_.begin(), words_.end(), at, [](std::size_t value, const Span& word) { return value < word.end; });
  return static_cast<std::size_t>(found - words_.begin());
}

Span ScanText::to_original(std::size_t begin, std::size_t end) const noexcept {
  if (begin_.empty()) return {begin, end};
  if (begin >= end) {
    const std::size_t point = begin < begin_.size() ? begin_[begin] : original_.size();
    return {point, point};
  }
  return {begin_[begin], end_[end - 1]};
}

std::size_t ScanText::from_original(std::size_t byte) const noexcept {
  if (begin_.empty()) return std::min(byte, text_.size());
  return static_cast<std::size_t>(std::lower_bound(begin_.begin(), begin_.end(), byte) - begin_.begin());
}

bool ScanText::is_upper(std::size_t at) const noexcept {
  const std::size_t byte = begin_.empty() ? at : begin_[at];
  const CodePoint point = decode_utf8(original_, byte);
  return point.value < 0x80 ? point.value >= 'A' && point.value <= 'Z' : u_isupper(static_cast<UChar32>(point.value)) != 0;
}

}  // namespace tertulia
