#include "base/utf8.h"

#include <doctest/doctest.h>

using namespace tertulia;

TEST_CASE("validity and repair of UTF-8") {
  struct Row {
    std::string_view text;
    bool valid;
    std::string_view repaired;
    std::size_t count;
  };
  const Row rows[] = {
      {"", true, "", 0},
      {"niño €", true, "niño €", 0},
      {"👩‍👩‍👧", true, "👩‍👩‍👧", 0},
      {"ni\xF1o", false, "ni\xEF\xBF\xBDo", 1},              // Latin-1
      {"\xC0\xAF", false, "\xEF\xBF\xBD\xEF\xBF\xBD", 2},       // overlong
      {"\xED\xA0\x80", false, "\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD", 3},  // a surrogate half
      {"\xF0\x9F\x8F", false, "\xEF\xBF\xBD", 1},             // cut emoji: one maximal subpart
      {"a\xF5z", false, "a\xEF\xBF\xBDz", 1},                   // above U+10FFFF
      {"\xE2\x82", false, "\xEF\xBF\xBD", 1},
  };
  for (const Row& row : rows) {
    CAPTURE(row.text);
    CHECK(is_valid_utf8(row.text) == row.valid);
    std::size_t count = 0;
    CHECK(repair_utf8(row.text, &count) == row.repaired);
    CHECK(count == row.count);
  }
}

TEST_CASE("offsets in bytes, code points and UTF-16 units") {
  const std::string_view text = "ñ👩‍👧 x";  // 2 + 4+3+4 + 1 + 1 bytes
  struct Row {
    std::size_t byte, points, utf16;
  };
  const Row rows[] = {{0, 0, 0}, {2, 1, 1}, {6, 2, 3}, {9, 3, 4}, {13, 4, 6}, {14, 5, 7}, {15, 6, 8}, {2, 1, 1}};
  OffsetConverter bytes(text, OffsetUnit::kBytes), points(text, OffsetUnit::kCodePoints), utf16(text, OffsetUnit::kUtf16);
  for (const Row& row : rows) {
    CAPTURE(row.byte);
    CHECK(bytes.convert(row.byte) == row.byte);
    CHECK(points.convert(row.byte) == row.points);
    CHECK(utf16.convert(row.byte) == row.utf16);
  }
}

TEST_CASE("every code point survives encoding and decoding") {
  for (char32_t c = 1; c < 0x110000; c += c < 0x3000 ? 1 : 257) {
    if (c >= 0xD800 && c <= 0xDFFF) continue;
    std::string text;
    append_utf8(c, text);
    const CodePoint back = decode_utf8(text, 0);
    REQUIRE(back.value == c);
    REQUIRE(back.size == text.size());
  }
}
