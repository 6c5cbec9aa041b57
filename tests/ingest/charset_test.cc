#include "ingest/charset.h"

#include <doctest/doctest.h>

#include "base/utf8.h"

using namespace tertulia;
using namespace std::string_literals;

TEST_CASE("charsets, told truly and falsely") {
  struct Row {
    std::string bytes, charset, text;
    std::size_t repaired;
  };
  const Row rows[] = {
      {"", "utf-8", "", 0},
      {"niño", "UTF-8", "niño", 0},
      {"ni\xF1o", "utf-8", "ni\xEF\xBF\xBDo", 1},
      {"ni\xF1o", "iso-8859-1", "niño", 0},
      {"\x80 \x93x\x94", "iso-8859-1", "€ “x”", 0},   // Windows-1252 called Latin-1
      {"niño", "iso-8859-1", "niño", 0},              // UTF-8 called Latin-1
      {"ni\xF1o", "us-ascii", "niño", 0},
      {"ni\xF1o", "", "niño", 0},
      {"ni\xF1o", "no-such-charset", "niño", 0},
      {"\xA4", "iso-8859-15", "€", 0},
      {"n\0i\0\xF1\0o\0"s, "utf-16le", "niño", 0},
      {"\x81", "windows-1252", "\xEF\xBF\xBD", 1},
      {"a\0b"s, "utf-8", "a\xEF\xBF\xBD" "b", 1},
      {"\x83\x65\x83\x58\x83\x67", "shift_jis", "テスト", 0},
  };
  for (const Row& row : rows) {
    CAPTURE(row.bytes);
    CAPTURE(row.charset);
    std::size_t repaired = 0;
    CHECK(to_utf8(row.bytes, row.charset, &repaired) == row.text);
    CHECK(repaired == row.repaired);
  }
}

TEST_CASE("any bytes under any charset give valid UTF-8 without NUL") {
  std::string all;
  for (int i = 0; i < 256; ++i) all += static_cast<char>(i);
  for (int i = 255; i >= 0; --i) all += static_cast<char>(i);
  for (const char* charset : {"", "utf-8", "utf-7", "utf-16", "utf-32be", "iso-2022-jp", "gb18030", "big5", "koi8-r", "hz-gb-2312", "ibm037", "\xFF\xFF"}) {
    CAPTURE(charset);
    std::size_t repaired = 0;
    const std::string text = to_utf8(all, charset, &repaired);
    CHECK(is_valid_utf8(text));
    CHECK(text.find('\0') == std::string::npos);
    CHECK(!text.empty());
  }
}
