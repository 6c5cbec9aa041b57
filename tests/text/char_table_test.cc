#include "text/char_table.h"

#include <doctest/doctest.h>

#include <string>

using namespace tertulia;

TEST_CASE("classes of characters") {
  const auto table = CharTable::build();
  REQUIRE(table.ok());
  const struct {
    char32_t c;
    CharClass expected;
  } rows[] = {
      {'a', CharClass::kLetter},      {0xF1, CharClass::kLetter},       {0xBA, CharClass::kLetter},     // º
      {0xB2, CharClass::kLetter},     {0x2075, CharClass::kLetter},     {0x4E2D, CharClass::kLetter},   {0x20001, CharClass::kLetter},
      {0x0301, CharClass::kMark},     {0xFE0F, CharClass::kMark},       {0xE0101, CharClass::kMark},
      {'7', CharClass::kDigit},       {0xFF17, CharClass::kDigit},      {0x0667, CharClass::kDigit},
      {' ', CharClass::kBlank},       {0xA0, CharClass::kBlank},        {0x202F, CharClass::kBlank},    {0x3000, CharClass::kBlank},
      {'\t', CharClass::kBlank},      {0, CharClass::kBlank},           {'\n', CharClass::kLineBreak},  {0x85, CharClass::kLineBreak},
      {0x2028, CharClass::kLineBreak}, {0xAD, CharClass::kIgnorable},   {0x200B, CharClass::kIgnorable}, {0x200D, CharClass::kIgnorable},
      {0xFEFF, CharClass::kIgnorable}, {0xE0067, CharClass::kIgnorable}, {'.', CharClass::kPunctuation}, {0xBF, CharClass::kPunctuation},
      {'@', CharClass::kPunctuation}, {0x20AC, CharClass::kSymbol},     {'+', CharClass::kSymbol},      {0x1F3E1, CharClass::kEmoji},
      {0x2764, CharClass::kEmoji},    {0x1F3FD, CharClass::kEmoji},     {0xA9, CharClass::kPictograph}, {0x2194, CharClass::kPictograph},
      {0x1F1EA, CharClass::kRegional}, {0xE000, CharClass::kOther},     {0x10FFFF, CharClass::kOther},
  };
  for (const auto& row : rows) {
    CAPTURE(static_cast<unsigned>(row.c));
    CHECK(table->of(row.c) == row.expected);
  }
}

TEST_CASE("stepping over valid text agrees with the checking decoder") {
  const std::string text = "añ€🏡\xF4\x8F\xBF\xBF";
  for (std::size_t at = 0; at < text.size();) {
    const CodePoint fast = next_char(text, at), safe = decode_utf8(text, at);
    CHECK(fast.value == safe.value);
    CHECK(fast.size == safe.size);
    at += safe.size;
    CHECK(previous_char(text, at) == safe.value);
  }
}
