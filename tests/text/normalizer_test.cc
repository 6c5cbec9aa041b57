#include "text/normalizer.h"

#include <doctest/doctest.h>
#include <unicode/uchar.h>

#include <fstream>
#include <string>

#include "data/table_file.h"

using namespace tertulia;

namespace {

const Normalizer& normalizer() {
  static const auto loaded = Normalizer::load(TERTULIA_SOURCE_DIR "/models/text");
  return loaded.value();
}

struct Forms {
  std::string lower, folded;
};
Forms word(std::string_view raw) {
  Forms f;
  normalizer().append_word(raw, f.lower, f.folded);
  return f;
}

}  // namespace

TEST_CASE("words: case, accents, elongation, laughter") {
  const struct {
    std::string raw, lower, folded;
  } rows[] = {
      {"Parcela", "parcela", "parcela"},
      {"HIPOTECA", "hipoteca", "hipoteca"},
      {"Casé", "casé", "case"},
      {"AÑO", "año", "año"},
      {"Façana", "façana", "façana"},
      {"pingüino", "pingüino", "pinguino"},
      {"Ça", "ça", "ça"},
      {"À", "à", "a"},
      {"col·legi", "col·legi", "col·legi"},
      {"col.legi", "col·legi", "col·legi"},
      {"d’Eixample", "d'eixample", "d'eixample"},
      {"Holaaaa", "holaa", "holaa"},
      {"SIIIIIÍÍ", "sii", "sii"},
      {"síííí", "síí", "sii"},
      {"porrrrfa", "porrfa", "porrfa"},
      {"leer", "leer", "leer"},
      {"llave", "llave", "llave"},
      {"VIII", "viii", "viii"},           // a Roman numeral keeps its strokes
      {"viiii", "vii", "vii"},
      {"a1000", "a1000", "a1000"},        // digits are not letters
      {"jajajaja", "jaja", "jaja"},
      {"JAJAJAJAJ", "jaja", "jaja"},
      {"jjajjajaja", "jaja", "jaja"},
      {"ajajaja", "jaja", "jaja"},
      {"jejejeje", "jeje", "jeje"},
      {"hahahaha", "haha", "haha"},
      {"jajsjajaja", "jaja", "jaja"},
      {"jaja", "jaja", "jaja"},
      {"hijo", "hijo", "hijo"},
      {"ojo", "ojo", "ojo"},
      {"jujuy", "jujuy", "jujuy"},
      {"tod@s", "tod@s", "todos"},
      {"m²", "m²", "m2"},
      {"an\xCC\x83o", "año", "año"},      // NFD
      {"cafe\xCC\x81", "café", "cafe"},
      {"fac\xCC\xA7""ana", "façana", "façana"},
      {"x\xCC\x81y", "x\xCC\x81y", "xy"}, // no composed form: the mark stays in lower
      {"hipo\xE2\x80\x8Bteca", "hipoteca", "hipoteca"},  // zero-width blank
      {"hipo\xC2\xADteca", "hipoteca", "hipoteca"},      // soft hyphen
      {"e\xE2\x80\x8B\xCC\x81l", "él", "el"},
      {"ＣＡＳＡ", "casa", "casa"},
      {"𝐇𝐢𝐩𝐨𝐭𝐞𝐜𝐚", "hipoteca", "hipoteca"},
      {"tiế", "tiế", "tie"},
      {"МОСКВА", "москва", "москва"},
      {"한국", "한국", "한국"},
      {"", "", ""},
  };
  for (const auto& row : rows) {
    CAPTURE(std::string(row.raw));
    const Forms f = word(row.raw);
    CHECK(f.lower == row.lower);
    CHECK(f.folded == row.folded);
  }
}

TEST_CASE("the folding table agrees with ICU on all of U+00C0..024F, and folding twice is folding once") {
  for (char32_t c = 0xC0; c < 0x250; ++c) {
    if (c == 0xD7 || c == 0xF7) continue;  // × ÷
    std::string raw;
    append_utf8(c, raw);
    const Forms once = word(raw);
    std::string lower;
    append_utf8(static_cast<char32_t>(u_tolower(static_cast<UChar32>(c))), lower);
    CAPTURE(static_cast<unsigned>(c));
    CHECK(once.lower == lower);
    const Forms twice = word(once.folded);
    CHECK(twice.folded == once.folded);
  }
}

TEST_CASE("a long token has forms of its first 256 bytes") {
  std::string many(1000, 'x');
  for (std::size_t i = 0; i < many.size(); ++i) many[i] = static_cast<char>('a' + i % 26);
  CHECK(word(many).folded == many.substr(0, kMaxTokenBytes));
  std::string enyes;
  for (int i = 0; i < 500; ++i) enyes += i % 2 ? "ña" : "ñ";  // 256 falls inside a character somewhere
  const Forms f = word(enyes);
  CHECK(f.folded.size() <= kMaxTokenBytes);
  CHECK(is_valid_utf8(f.folded));
}

TEST_CASE("numbers, addresses and handles keep their repeats") {
  const struct {
    std::string raw, lower, folded;
  } rows[] = {
      {"12.345,67", "12.345,67", "12.345,67"},
      {"１２３", "123", "123"},
      {"٣٤", "34", "34"},
      {"1000000", "1000000", "1000000"},
      {"https://WWW.BBVA.es", "https://www.bbva.es", "https://www.bbva.es"},
      {"@Anaaaa", "@anaaaa", "@anaaaa"},
  };
  for (const auto& row : rows) {
    CAPTURE(std::string(row.raw));
    Forms f;
    normalizer().append_plain(row.raw, f.lower, f.folded);
    CHECK(f.lower == row.lower);
    CHECK(f.folded == row.folded);
  }
}

TEST_CASE("marks, emoji, emoticons and placeholders") {
  using Append = void (Normalizer::*)(std::string_view, std::string&, std::string&) const;
  const struct {
    Append append;
    const char *raw, *folded;
  } rows[] = {
      {&Normalizer::append_mark, "!!!!!!!", "!!!"},
      {&Normalizer::append_mark, "…", "..."},
      {&Normalizer::append_mark, "«", "\""},
      {&Normalizer::append_mark, "’", "'"},
      {&Normalizer::append_mark, "—", "-"},
      {&Normalizer::append_mark, "！", "!"},
      {&Normalizer::append_mark, "€", "€"},
      {&Normalizer::append_emoji, "🏡", "emoji_casa"},
      {&Normalizer::append_emoji, "❤️", "emoji_corazon"},
      {&Normalizer::append_emoji, "❤", "emoji_corazon"},
      {&Normalizer::append_emoji, "👍🏽", "emoji_ok"},
      {&Normalizer::append_emoji, "👷🏽‍♀️", "emoji_obrero"},
      {&Normalizer::append_emoji, "👨‍👩‍👧‍👦", "emoji_familia"},
      {&Normalizer::append_emoji, "👶🏿‍🔬", "emoji_bebe"},  // unlisted sequence: its first sign
      {&Normalizer::append_emoji, "🇪🇸", "emoji_bandera_es"},
      {&Normalizer::append_emoji, "3️⃣", "3"},
      {&Normalizer::append_emoji, "🫎", "emoji"},
      {&Normalizer::append_emoticon, ":)))))", "emoji_sonrisa"},
      {&Normalizer::append_emoticon, "xDDDD", "emoji_risa"},
      {&Normalizer::append_emoticon, "<33", "emoji_corazon"},
      {&Normalizer::append_placeholder, "⟨PERSON_12⟩", "⟨person⟩"},
      {&Normalizer::append_placeholder, "⟨ES_NIF_1⟩", "⟨es_nif⟩"},
      {&Normalizer::append_placeholder, "⟨IBAN_CODE:9f2c⟩", "⟨iban_code⟩"},
      {&Normalizer::append_placeholder, "⟨REDACTED⟩", "⟨redacted⟩"},
  };
  for (const auto& row : rows) {
    CAPTURE(std::string(row.raw));
    std::string lower, folded;
    (normalizer().*row.append)(row.raw, lower, folded);
    CHECK(folded == row.folded);
  }
}

TEST_CASE("chat spellings by language, and not beside a number where they would be a unit") {
  const struct {
    const char *form, *language;
    bool beside_number;
    const char* expected;
  } rows[] = {
      {"xq", "es", false, "porque"}, {"xq", "ca", false, "perque"}, {"xq", "en", false, ""},     {"q", "es", true, "que"},
      {"tb", "es", false, "tambien"}, {"tb", "ca", false, "tambe"}, {"k", "es", false, "que"},    {"k", "es", true, ""},
      {"k", "en", false, "ok"},       {"x", "es", true, ""},        {"pa", "es", false, "para"},  {"pa", "ca", false, ""},
      {"dnd", "es", false, "donde"},  {"mñn", "es", false, "mañana"}, {"xfa", "es", false, "porfa"}, {"bn", "es", false, "bien"},
      {"casa", "es", false, ""},      {"", "es", false, ""},        {"xq", "", false, ""},        {"xq", "e", false, ""},
  };
  for (const auto& row : rows) {
    CAPTURE(std::string(row.form));
    CAPTURE(std::string(row.language));
    CHECK(normalizer().expansion(row.form, row.language, row.beside_number) == row.expected);
  }
}

TEST_CASE("every shipped chat spelling is in folded form on both sides, and says something new") {
  const auto rows = load_table(TERTULIA_SOURCE_DIR "/models/text/slang.tsv", 3, 4);
  REQUIRE(rows.ok());
  CHECK(rows->size() > 300);
  for (const TableRow& row : *rows) {
    CAPTURE(row.line);
    CHECK(word(row.fields[0]).folded == row.fields[0]);
    CHECK(word(row.fields[1]).folded == row.fields[1]);
    CHECK(row.fields[0] != row.fields[1]);
  }
  const auto emoji = load_table(TERTULIA_SOURCE_DIR "/models/text/emoji.tsv", 2, 2);
  REQUIRE(emoji.ok());
  CHECK(emoji->size() >= 150);
  for (const TableRow& row : *emoji) CHECK(row.fields[1].rfind("emoji_", 0) == 0);
}

TEST_CASE("bad lists are refused with file and line") {
  const std::string dir = TERTULIA_BINARY_DIR;
  std::ofstream(dir + "/emoji.tsv") << "🏡\tcasa\n";
  std::ofstream(dir + "/emoticons.tsv") << ":)\tsonrisa\n";
  std::ofstream(dir + "/slang.tsv") << "xfa\tpor favor\tes\n";
  auto bad = Normalizer::load(dir);
  CHECK(bad.status().code() == StatusCode::kInvalidData);
  CHECK(bad.status().message().find("slang.tsv:1") != std::string::npos);
  std::ofstream(dir + "/slang.tsv") << "k\tque\tes\tsometimes\n";
  CHECK(Normalizer::load(dir).status().code() == StatusCode::kInvalidData);
  std::ofstream(dir + "/slang.tsv") << "k\tque\tes\n";
  CHECK(Normalizer::load(dir).ok());
  std::ofstream(dir + "/emoji.tsv") << "👍\tok\n👍🏽\tok\n";  // the same sign twice
  CHECK(Normalizer::load(dir).status().message().find("emoji.tsv:2") != std::string::npos);
  CHECK(Normalizer::load(dir + "/nowhere").status().code() == StatusCode::kNotFound);
}
