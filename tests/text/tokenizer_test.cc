#include "text/tokenizer.h"

#include <doctest/doctest.h>
#include <unicode/brkiter.h>
#include <unicode/unistr.h>

#include <chrono>
#include <fstream>
#include <memory>
#include <string>

using namespace tertulia;

namespace {

const Normalizer& normalizer() {
  static const auto loaded = Normalizer::load(TERTULIA_SOURCE_DIR "/models/text");
  return loaded.value();
}
const Tokenizer& tokenizer() {
  static const auto loaded = Tokenizer::load(TERTULIA_SOURCE_DIR "/models/text", normalizer());
  return loaded.value();
}

char letter(TokenKind kind) {
  switch (kind) {
    case TokenKind::kWord: return 'w';
    case TokenKind::kNumber: return 'n';
    case TokenKind::kPunctuation: return 'p';
    case TokenKind::kMention: return '@';
    case TokenKind::kHashtag: return '#';
    case TokenKind::kUrl: return 'u';
    case TokenKind::kEmail: return 'm';
    case TokenKind::kEmoji: return 'e';
    case TokenKind::kEmoticon: return ':';
    case TokenKind::kPlaceholder: return 'P';
    case TokenKind::kSymbol: return 's';
  }
  return '?';
}

std::vector<Token> tokens_of(std::string_view text) {
  std::vector<Token> tokens;
  tokenizer().tokenize(text, tokens);
  return tokens;
}

// "w[Hola] p[,]"
std::string show(std::string_view text) {
  std::string out;
  for (const Token& t : tokens_of(text)) {
    if (!out.empty()) out += ' ';
    out += letter(t.kind);
    out += '[' + std::string(t.span.of(text)) + ']';
  }
  return out;
}

}  // namespace

TEST_CASE("tokens and their kinds") {
  const struct {
    std::string text, expected;
  } rows[] = {
      {"", ""},
      {" \t\xC2\xA0\xE2\x80\xAF\xE3\x80\x80\n", ""},
      {"\xE2\x80\x8B\xEF\xBB\xBF", ""},
      {"Hola, ya tenemos parcela", "w[Hola] p[,] w[ya] w[tenemos] w[parcela]"},
      {"¿qué?¡ya!", "p[¿] w[qué] p[?] p[¡] w[ya] p[!]"},
      {"españa", "w[españa]"},
      // inside words
      {"d'Eixample l’hipoteca", "w[d'Eixample] w[l’hipoteca]"},
      {"col·legi col.legi intel.ligent", "w[col·legi] w[col.legi] w[intel.ligent]"},
      {"ex-marido covid-19 -Hola franco-", "w[ex-marido] w[covid] p[-] n[19] p[-] w[Hola] w[franco] p[-]"},
      {"don't 'cita' rock'n'roll", "w[don't] p['] w[cita] p['] w[rock'n'roll]"},
      {"tod@s l@s cansad@ niñ@s.", "w[tod@s] w[l@s] w[cansad@] w[niñ@s] p[.]"},
      {"_hola_ a_b *ya*", "p[_] w[hola] p[_] w[a_b] p[*] w[ya] p[*]"},
      {"salu2 h2o", "w[salu2] w[h2o]"},
      {"an\xCC\x83o cafe\xCC\x81.", "w[an\xCC\x83o] w[cafe\xCC\x81] p[.]"},
      {"hipo\xE2\x80\x8Bteca\xE2\x80\x8B ya", "w[hipo\xE2\x80\x8Bteca] w[ya]"},
      {"uno\xC2\xA0""dos", "w[uno] w[dos]"},
      {"120 m² y 3ªplanta", "n[120] w[m²] w[y] n[3] w[ªplanta]"},
      {"Москва 中文", "w[Москва] w[中文]"},
      // numbers
      {"12.345,67€", "n[12.345,67] s[€]"},
      {"180.000 €, 200k 3ºB", "n[180.000] s[€] p[,] n[200] w[k] n[3] w[ºB]"},
      {"1, 2. 3", "n[1] p[,] n[2] p[.] n[3]"},
      {"15/03/2024 10:30", "n[15] p[/] n[03] p[/] n[2024] n[10] p[:] n[30]"},
      {"１２.５％", "n[１２.５] p[％]"},
      {"+34 600-11-22-33", "s[+] n[34] n[600] p[-] n[11] p[-] n[22] p[-] n[33]"},
      {"12345678Z 1234BCD B12345678", "n[12345678] w[Z] n[1234] w[BCD] w[B12345678]"},
      {"50% #1", "n[50] s[%] p[#] n[1]"},
      // addresses
      {"mira https://www.bbva.es/a?b=c#d, vale", "w[mira] u[https://www.bbva.es/a?b=c#d] p[,] w[vale]"},
      {"(http://es.wikipedia.org/wiki/Casa_(edificio))", "p[(] u[http://es.wikipedia.org/wiki/Casa_(edificio)] p[)]"},
      {"www.idealista.com. HTTP://X.ES!", "u[www.idealista.com] p[.] u[HTTP://X.ES] p[!]"},
      {"en bbva.es y casa.de campo", "w[en] u[bbva.es] w[y] w[casa] p[.] w[de] w[campo]"},
      {"idealista.com/inmueble/123/ Hola.Es", "u[idealista.com/inmueble/123/] w[Hola] p[.] w[Es]"},
      {"http:// www. https", "w[http] p[:] p[//] w[www] p[.] w[https]"},
      {"ana.ruiz7@empresa.com.es, ok", "m[ana.ruiz7@empresa.com.es] p[,] w[ok]"},
      {"muñoz_1@gmail.com.", "m[muñoz_1@gmail.com] p[.]"},
      {"600112233@movil.es", "m[600112233@movil.es]"},
      {"a@b pepe@ gmail", "w[a] s[@] w[b] w[pepe@] w[gmail]"},
      // handles and hashtags
      {"@pepe_1 @ana.ruiz. @banco.Quiero @", "@[@pepe_1] @[@ana.ruiz] p[.] @[@banco] p[.] w[Quiero] s[@]"},
      {"#BodaEnMayo #año2025! a#b", "#[#BodaEnMayo] #[#año2025] p[!] w[a] p[#] w[b]"},
      // emoji
      {"🏡🏡", "e[🏡] e[🏡]"},
      {"👨‍👩‍👧‍👦x", "e[👨‍👩‍👧‍👦] w[x]"},
      {"👍🏽❤️👷🏽‍♀️", "e[👍🏽] e[❤️] e[👷🏽‍♀️]"},
      {"🇪🇸🇵🇹🇪", "e[🇪🇸] e[🇵🇹] e[🇪]"},
      {"🏴󠁧󠁢󠁥󠁮󠁧󠁿 3️⃣#️⃣", "e[🏴󠁧󠁢󠁥󠁮󠁧󠁿] e[3️⃣] e[#️⃣]"},
      {"© ©️", "s[©] e[©️]"},
      {"casa🏡nueva", "w[casa] e[🏡] w[nueva]"},
      {"👩\xE2\x80\x8D", "e[👩]"},
      // emoticons
      {"bien :) gracias:) :-))) <3", "w[bien] :[:)] w[gracias] :[:)] :[:-)))] :[<3]"},
      {"xD xDDD XD exD", ":[xD] :[xDDD] :[XD] w[exD]"},
      {"a:::person 10:) nota:D", "w[a] p[:::] w[person] n[10] p[:] p[)] w[nota] p[:] w[D]"},
      {"T_T ^^ -_- :'(", ":[T_T] :[^^] :[-_-] :[:'(]"},
      {"<3500 euros", "s[<] n[3500] w[euros]"},
      // placeholders
      {"soy ⟨PERSON_1⟩, dni ⟨ES_NIF:9f2c⟩ ⟨REDACTED⟩", "w[soy] P[⟨PERSON_1⟩] p[,] w[dni] P[⟨ES_NIF:9f2c⟩] P[⟨REDACTED⟩]"},
      {"⟨person⟩ ⟨", "p[⟨] w[person] p[⟩] p[⟨]"},
      // runs
      {"no!!!??", "w[no] p[!!!] p[??]"},
      {"-----===", "p[-----] s[===]"},
      {"\xEF\xBF\xBD\xEE\x80\x80", "s[\xEF\xBF\xBD] s[\xEE\x80\x80]"},
      {"\xCC\x81", "s[\xCC\x81]"},
  };
  for (const auto& row : rows) {
    CAPTURE(std::string(row.text));
    const std::string text = row.text;
    CHECK(show(text) == row.expected);
  }
}

// ICU's word iterator is the oracle: where a text is words, blanks and sentence marks, both find the same words.
TEST_CASE("plain words agree with ICU's word iterator") {
  const char* texts[] = {
      "Hola, ya tenemos la parcela y buscamos hipoteca para construir.",
      "¿Qué edad tiene? Tengo 45 años; mi mujer, 43.",
      "Bon dia! Voldria saber com està el meu préstec, gràcies.",
      "We've got the keys; it's ours. Don't call me!",
      "El señor Muñoz se jubiló en Ávila (Castilla y León) hace 3 meses.",
      "L'àvia i l'oncle d'en Jordi van anar a l'Eixample",
      "cafe\xCC\x81 con an\xCC\x83os de retraso",
      "«Así no», dijo; “así tampoco” — y se fue…",
      "uno\xC2\xA0""dos\xE3\x80\x80tres\tcuatro\ncinco",  // not U+202F: ICU 72 glues words at it
      "SON 1.234,56 EUROS EN 2 PLAZOS",
      "preço não é código çedilla über straße",
      "etxea erosi dugu Bilbon",
  };
  for (const char* raw : texts) {
    CAPTURE(std::string(raw));
    const std::string text = raw;
    std::vector<std::string> ours, theirs;
    for (const Token& t : tokens_of(text)) {
      if (t.kind == TokenKind::kWord || t.kind == TokenKind::kNumber) ours.emplace_back(t.span.of(text));
    }
    UErrorCode error = U_ZERO_ERROR;
    std::unique_ptr<icu::BreakIterator> words(icu::BreakIterator::createWordInstance(icu::Locale("es"), error));
    REQUIRE(U_SUCCESS(error));
    const icu::UnicodeString wide = icu::UnicodeString::fromUTF8(text);
    words->setText(wide);
    for (std::int32_t begin = words->first(), end = words->next(); end != icu::BreakIterator::DONE; begin = end, end = words->next()) {
      if (words->getRuleStatus() == UBRK_WORD_NONE) continue;
      std::string word;
      wide.tempSubStringBetween(begin, end).toUTF8String(word);
      theirs.push_back(word);
    }
    const auto join = [](const std::vector<std::string>& words_of) {
      std::string all;
      for (const std::string& w : words_of) all += "[" + w + "]";
      return all;
    };
    CHECK(join(ours) == join(theirs));
  }
}

TEST_CASE("spans are ordered, apart, whole characters, and leave out only blanks and zero-width") {
  std::string text;
  // Every pair of awkward pieces.
  const char* pieces[] = {"a", "ñ", "n\xCC\x83", "1", ".", "@", "#", ":)", "🏡", "👨‍👩‍👧", "🇪🇸", "\xE2\x80\x8B", "\xC2\xA0", "\n", "'", "-", "·", "_",
                          "⟨A_1⟩", "⟨", "www.", "http://", "x@y.es", "3️⃣", "\xEF\xB8\x8F", "\xE2\x80\x8D", "€", "…", "1,5", "l.l", "😀🏽", "\xEF\xBF\xBD"};
  for (const char* a : pieces) {
    for (const char* b : pieces) {
      for (const char* c : pieces) {
        text = std::string(a) + b + c;
        std::size_t end = 0;
        for (const Token& t : tokens_of(text)) {
          REQUIRE(t.span.begin >= end);
          REQUIRE(t.span.end > t.span.begin);
          REQUIRE(t.span.end <= text.size());
          REQUIRE(is_valid_utf8(t.span.of(text)));
          for (std::size_t at = end; at < t.span.begin;) {
            const CodePoint gap = next_char(text, at);
            const CharClass k = normalizer().chars().of(gap.value);
            REQUIRE((k == CharClass::kBlank || k == CharClass::kLineBreak || k == CharClass::kIgnorable));
            at += gap.size;
          }
          end = t.span.end;
        }
      }
    }
  }
}

TEST_CASE("hostile lines cost linear time") {
  const std::size_t size = 3u << 20;
  const char* patterns[] = {"@", "1", "a", "a.", "a@", "1,", ".", "a@a.", "www.", "http://", ":)", "(", "👨\xE2\x80\x8D", "\xE2\x80\x8B", "#a", "a'", "x.es/", "⟨A",
                            "a_", "\xCC\x81", "a-", "www.)", "l.l", "xD", "a\xE2\x80\x8B", "<3", "^^", "a.a@"};
  for (const char* pattern : patterns) {
    CAPTURE(std::string(pattern));
    std::string text;
    text.reserve(size + 16);
    while (text.size() < size) text += pattern;
    const auto begin = std::chrono::steady_clock::now();
    const std::vector<Token> tokens = tokens_of(text);
    const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - begin;
    CHECK(tokens.size() <= text.size());
    // Quadratic work on 3 MB would take hours.
    CHECK(seconds.count() < 20);
  }
}

TEST_CASE("bad lists are refused") {
  std::ofstream(TERTULIA_BINARY_DIR "/top_level_domains.tsv") << "es\nde\tmaybe\n";
  const auto bad = Tokenizer::load(TERTULIA_BINARY_DIR, normalizer());
  CHECK(bad.status().code() == StatusCode::kInvalidData);
  CHECK(bad.status().message().find(":2") != std::string::npos);
}
