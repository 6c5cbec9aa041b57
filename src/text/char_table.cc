// Character classes out of ICU's general categories and emoji properties (UTS 51), enumerated by ranges, so that a
// build takes about a millisecond. Test: tests/text/char_table_test.cc.
#include "text/char_table.h"

#include <unicode/uchar.h>
#include <unicode/uset.h>

#include <algorithm>
#include <memory>
#include <string>

namespace tertulia {
namespace {

CharClass class_of_category(UCharCategory category) {
  switch (category) {
    case U_UPPERCASE_LETTER:
    case U_LOWERCASE_LETTER:
    case U_TITLECASE_LETTER:
    case U_MODIFIER_LETTER:
    case U_OTHER_LETTER:
    case U_LETTER_NUMBER: return CharClass::kLetter;
    case U_NON_SPACING_MARK:
    case U_ENCLOSING_MARK:
    case U_COMBINING_SPACING_MARK: return CharClass::kMark;
    case U_DECIMAL_DIGIT_NUMBER: return CharClass::kDigit;
    case U_SPACE_SEPARATOR:
    case U_CONTROL_CHAR: return CharClass::kBlank;
    case U_LINE_SEPARATOR:
    case U_PARAGRAPH_SEPARATOR: return CharClass::kLineBreak;
    case U_FORMAT_CHAR: return CharClass::kIgnorable;
    case U_DASH_PUNCTUATION:
    case U_START_PUNCTUATION:
    case U_END_PUNCTUATION:
    case U_CONNECTOR_PUNCTUATION:
    case U_OTHER_PUNCTUATION:
    case U_INITIAL_PUNCTUATION:
    case U_FINAL_PUNCTUATION: return CharClass::kPunctuation;
    case U_OTHER_NUMBER:
    case U_MATH_SYMBOL:
    case U_CURRENCY_SYMBOL:
    case U_MODIFIER_SYMBOL:
    case U_OTHER_SYMBOL: return CharClass::kSymbol;
    default: return CharClass::kOther;
  }
}

UBool U_CALLCONV fill_range(const void* context, UChar32 start, UChar32 limit, UCharCategory type) {
  auto& classes = *static_cast<std::vector<std::uint8_t>*>(const_cast<void*>(context));
  const auto end = std::min<std::size_t>(static_cast<std::size_t>(limit), classes.size());
  if (static_cast<std::size_t>(start) >= end) return false;  // past the flat part: stop
  std::fill(classes.begin() + start, classes.begin() + static_cast<std::ptrdiff_t>(end),
            static_cast<std::uint8_t>(class_of_category(type)));
  return true;
}

// Calls visit(c) for every code point below `limit` with the binary property.
template <typename Visit>
Status each_with(UProperty property, std::size_t limit, Visit visit) {
  UErrorCode error = U_ZERO_ERROR;
  const USet* set = u_getBinaryPropertySet(property, &error);  // owned by ICU
  if (U_FAILURE(error)) return Status(StatusCode::kInternal, std::string("ICU property set: ") + u_errorName(error));
  const std::int32_t ranges = uset_getItemCount(set);
  for (std::int32_t i = 0; i < ranges; ++i) {
    UChar32 first = 0, last = 0;
    if (uset_getItem(set, i, &first, &last, nullptr, 0, &error) != 0) continue;  // a string, not a range
    for (UChar32 c = first; c <= last && static_cast<std::size_t>(c) < limit; ++c) visit(static_cast<char32_t>(c));
  }
  return {};
}

}  // namespace

Result<CharTable> CharTable::build() {
  CharTable table;
  auto& classes = table.classes_;
  classes.assign(kFlat, static_cast<std::uint8_t>(CharClass::kOther));
  u_enumCharTypes(fill_range, &classes);
  const auto set = [&](char32_t c, CharClass k) { classes[c] = static_cast<std::uint8_t>(k); };
  for (const char32_t c : {0x0A, 0x0B, 0x0C, 0x0D, 0x85}) set(c, CharClass::kLineBreak);
  for (const char32_t c : {0xB2, 0xB3, 0xB9}) set(c, CharClass::kLetter);
  for (char32_t c = 0x2070; c <= 0x2089; ++c) {
    if (classes[c] == static_cast<std::uint8_t>(CharClass::kSymbol) && c != 0x207A) set(c, CharClass::kLetter);
  }
  // Dingbats and weather signs are emoji even where a phone leaves U+FE0F out; arrows and © need it.
  constexpr char32_t kFirstPlainEmoji = 0x2600;
  Status status = each_with(UCHAR_EXTENDED_PICTOGRAPHIC, kFlat, [&](char32_t c) {
    if (classes[c] == static_cast<std::uint8_t>(CharClass::kOther) && c < 0x1F000) return;
    set(c, c >= kFirstPlainEmoji && c != 0x3030 && c != 0x303D ? CharClass::kEmoji : CharClass::kPictograph);
  });
  if (!status.ok()) return status;
  status = each_with(UCHAR_EMOJI_PRESENTATION, kFlat, [&](char32_t c) { set(c, CharClass::kEmoji); });
  if (!status.ok()) return status;
  status = each_with(UCHAR_EMOJI_MODIFIER, kFlat, [&](char32_t c) { set(c, CharClass::kEmoji); });
  if (!status.ok()) return status;
  status = each_with(UCHAR_REGIONAL_INDICATOR, kFlat, [&](char32_t c) { set(c, CharClass::kRegional); });
  if (!status.ok()) return status;
  return table;
}

CharClass CharTable::of_high_plane(char32_t c) noexcept {
  if (c < 0x40000) return CharClass::kLetter;                        // CJK extensions
  if (c >= 0xE0000 && c < 0xE0080) return CharClass::kIgnorable;     // tags
  if (c >= 0xE0100 && c < 0xE01F0) return CharClass::kMark;          // variation selectors
  return CharClass::kOther;
}

}  // namespace tertulia
