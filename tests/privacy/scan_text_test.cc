#include "privacy/scan_text.h"

#include <doctest/doctest.h>

#include <string>

using namespace tertulia;

TEST_CASE("folding") {
  struct Row { const char* text; const char* expected; };
  for (const Row& row : {Row{"", ""}, {"Ñandú ÁÉÍ", "nandu aei"}, {"Me\u0301xico", "mexico"}, {"６１２ 345", "612 345"}, {"6️⃣1️⃣2️⃣", "612"}, {"612\u00a0345\u2009678", "612 345 678"},
                         {"12\u201312\u2212", "12-12-"}, {"ｐ＠ｑ．ｅｓ", "p@q.es"}, {"a\u200bb\ufeffc", "abc"}, {"3ºB", "3\xBA" "b"}, {"5 €", "5 \x80"}, {"m²", "m\xB2"}, {"Привет1", "______1"},
                         {"我1", "\xB7" "1"}, {"١٢٣", "123"}, {"👨‍👩‍👧", "\xB7\xB7\xB7"}, {"“a” ‘b’", "\"a\" 'b'"}, {"⟨ES_NIF_1⟩ x", "\x01 x"}, {"⟨hola⟩", "\xB7hola\xB7"}, {"tab\there", "tab here"}}) {
    CHECK_MESSAGE(fold_for_scan(row.text) == row.expected, std::string(row.text));
  }
  CHECK(compact_value("12.345.678-Z") == "12345678z");
}

TEST_CASE("the way back covers whole characters of the original") {
  const std::string text = "😀 soy Jose\u0301 ６１２";
  const ScanText scan(text);
  const std::size_t name = scan.text().find("jose");
  REQUIRE(name != std::string_view::npos);
  CHECK(scan.to_original(name, name + 4).of(text) == "Jose\u0301");
  const std::size_t digits = scan.text().find("612");
  CHECK(scan.to_original(digits, digits + 3).of(text) == "６１２");
  CHECK(scan.from_original(scan.to_original(name, name + 4).begin) == name);
  CHECK(scan.is_upper(name));
  CHECK_FALSE(scan.is_upper(name + 1));
  const std::string keycap = "6️⃣ y";
  const ScanText caps(keycap);
  CHECK(caps.to_original(0, 1).of(keycap) == "6️⃣");
}

TEST_CASE("words") {
  const ScanText scan("a-b, ÑU12_x  3º");
  REQUIRE(scan.words().size() == 4);
  CHECK(scan.word(2) == "nu12_x");
  CHECK(scan.word_at(0) == 0);
  CHECK(scan.word_at(1) == 1);
  CHECK(scan.word_at(99) == 4);
}
