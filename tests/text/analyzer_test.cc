#include <doctest/doctest.h>

#include <chrono>
#include <filesystem>
#include <fstream>
#include <string>
#include <thread>

#include "base/utf8.h"
#include "tertulia/text.h"

using namespace tertulia;

namespace {

const Analyzer& analyzer() {
  static const auto loaded = Analyzer::open(TERTULIA_SOURCE_DIR "/models");
  return loaded.value();
}

std::string folded(const std::string& text, const std::string& hint = "") {
  const Document doc = analyzer().analyze(text, hint);
  std::string joined;
  for (const Token& t : doc.tokens()) joined += (joined.empty() ? "" : " ") + std::string(doc.folded(t));
  return joined;
}

}  // namespace

TEST_CASE("the example of the header") {
  const Document doc = analyzer().analyze("Holaaa, ya tenemos parcela 🏡 en #Siero");
  CHECK(doc.folded(doc.tokens()[0]) == "holaa");
  CHECK(doc.tokens()[0].span.of(doc.text()) == "Holaaa");
  CHECK(doc.raw(doc.tokens()[0]) == "Holaaa");
  CHECK(doc.language() == "es");
  REQUIRE(doc.hashtag_words().size() == 1);
  CHECK(doc.folded(doc.hashtag_words()[0]) == "siero");
  CHECK(doc.hashtag_words()[0].span.of(doc.text()) == "Siero");
  CHECK(doc.tokens()[doc.hashtag_words()[0].token].kind == TokenKind::kHashtag);
}

TEST_CASE("folded forms of whole messages") {
  const struct {
    std::string text, hint, expected;
  } rows[] = {
      {"oye tu q hiciste xq no vienes pa casa", "", "oye tu que hiciste porque no vienes para casa"},
      {"xq no mobriu la app q no va tb", "", "perque no mobriu la app que no va tambe"},
      {"me piden 200k y 30 k mas", "", "me piden 200 k y 30 k mas"},
      {"2 x 3, x favor dime", "", "2 x 3 , por favor dime"},
      {"D. Juan es d Soria y vive en C/ Mayor", "", "d . juan es de soria y vive en c / mayor"},
      {"TB LO QUIERO YO", "", "tambien lo quiero yo"},
      {"estamos tod@s bn :) 🏡❤️ 6️⃣", "", "estamos todos bien emoji_sonrisa emoji_casa emoji_corazon 6"},
      {"soy ⟨PERSON_1⟩ y esto «mola»…", "", "soy ⟨person⟩ y esto \" mola \" ..."},
      {"L’àvia d'en Jordi compra l'hipoteca", "", "l'avia d'en jordi compra l'hipoteca"},
      {"jajajajaj noooo", "", "jaja noo"},
      {"u dont know, thx", "en", "you don't know , thanks"},
  };
  for (const auto& row : rows) {
    CAPTURE(std::string(row.text));
    CHECK(folded(row.text, row.hint) == row.expected);
  }
}

TEST_CASE("chat spellings never touch the text, its spans or the lower form") {
  const Document doc = analyzer().analyze("no se q hacer xq no llega");
  CHECK(doc.text() == "no se q hacer xq no llega");
  CHECK(doc.lower(doc.tokens()[2]) == "q");
  CHECK(doc.folded(doc.tokens()[2]) == "que");
  CHECK(doc.raw(doc.tokens()[4]) == "xq");
  CHECK(doc.folded(doc.tokens()[4]) == "porque");
}

TEST_CASE("the core of an elided word") {
  const Document doc = analyzer().analyze("l'hipoteca d’obra m'han de dir-ho");
  CHECK(doc.folded_core(doc.tokens()[0]) == "hipoteca");
  CHECK(doc.folded_core(doc.tokens()[1]) == "obra");
  CHECK(doc.folded_core(doc.tokens()[2]) == "han");
  CHECK(doc.folded_core(doc.tokens()[3]) == "de");
}

TEST_CASE("spans point at the bytes of the original, composed or not") {
  const struct {
    std::string text, needle;
  } rows[] = {
      {"el an\xCC\x83o que viene", "an\xCC\x83o"},
      {"uno\xC2\xA0""años\xE2\x80\xAF""dos", "años"},
      {"👨‍👩‍👧‍👦 familia", "familia"},
      {"１２３ casas", "casas"},
      {"a\xF0\x9F\x98\x80z fin", "fin"},
  };
  for (const auto& row : rows) {
    CAPTURE(std::string(row.text));
    const std::string text = row.text;
    const Document doc = analyzer().analyze(text);
    bool found = false;
    for (const Token& t : doc.tokens()) found = found || (t.span.begin == text.find(row.needle) && doc.raw(t) == row.needle);
    CHECK(found);
  }
}

TEST_CASE("broken UTF-8 is repaired before it is read") {
  const Document doc = analyzer().analyze("ya \xFF\xC3 tenemos \xF0\x9F\x98");
  CHECK(is_valid_utf8(doc.text()));
  CHECK(doc.text() == "ya \xEF\xBF\xBD\xEF\xBF\xBD tenemos \xEF\xBF\xBD");
  CHECK(doc.raw(doc.tokens().front()) == "ya");
  for (int seed = 0; seed < 200; ++seed) {
    std::string noise;
    std::uint32_t state = static_cast<std::uint32_t>(seed) * 2654435761u + 1u;
    for (int i = 0; i < 300; ++i) {
      state = state * 1664525u + 1013904223u;
      noise += static_cast<char>(state >> 24);
    }
    const Document any = analyzer().analyze(noise);
    for (const Token& t : any.tokens()) {
      REQUIRE(t.span.end <= any.text().size());
      REQUIRE(is_valid_utf8(any.lower(t)));
      REQUIRE(is_valid_utf8(any.folded(t)));
      REQUIRE(any.folded(t).find(' ') == std::string_view::npos);
    }
  }
}

TEST_CASE("ten megabytes in one line, and one token that never ends") {
  for (const char* pattern : {"@", "7", "a", "ñ", "a ", "q ", "#Aa", "🏡", "..", "Sr. ", "jaja", "⟨A_1⟩"}) {
    CAPTURE(std::string(pattern));
    std::string text;
    while (text.size() < (10u << 20)) text += pattern;
    const auto begin = std::chrono::steady_clock::now();
    const Document doc = analyzer().analyze(text);
    const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - begin;
    CHECK(seconds.count() < 30);
    CHECK(doc.text().size() == text.size());
    if (pattern[0] != 0 && doc.tokens().size() == 1) {
      CHECK(doc.tokens()[0].span == Span{0, text.size()});
      CHECK(doc.folded(doc.tokens()[0]).size() <= 256);
    }
  }
}

TEST_CASE("the same answer from any number of threads") {
  const std::string text = "Holaaa xq no vienes mañana al notario? 👨‍👩‍👧 firmamos #CasaNueva :)";
  const std::string expected = folded(text);
  std::string answers[4];
  std::thread threads[4];
  for (int i = 0; i < 4; ++i) {
    threads[i] = std::thread([&, i] {
      for (int round = 0; round < 200; ++round) answers[i] = folded(text);
    });
  }
  for (std::thread& t : threads) t.join();
  for (const std::string& answer : answers) CHECK(answer == expected);
}

TEST_CASE("a document is a value: copied and moved with its views") {
  Document one = analyzer().analyze("xq no");
  const Document two = one;
  const Document three = std::move(one);
  CHECK(two.folded(two.tokens()[0]) == "porque");
  CHECK(three.folded(three.tokens()[0]) == "porque");
}

TEST_CASE("a missing bundle is told") {
  const auto missing = Analyzer::open(TERTULIA_BINARY_DIR "/nowhere");
  CHECK(missing.status().code() == StatusCode::kNotFound);
}

TEST_CASE("a bundle made with another normaliser is refused") {
  const std::string dir = TERTULIA_BINARY_DIR "/analyzer_bundle";
  std::filesystem::create_directories(dir);
  for (const char* part : {"text", "language"}) {
    std::filesystem::copy(std::string(TERTULIA_SOURCE_DIR "/models/") + part, dir + "/" + part,
                          std::filesystem::copy_options::recursive | std::filesystem::copy_options::overwrite_existing);
  }
  std::ofstream(dir + "/manifest.json") << "{\"normalizer\": 1}";
  CHECK(Analyzer::open(dir).ok());
  std::ofstream(dir + "/manifest.json") << "{\"normalizer\": 99}";
  CHECK(Analyzer::open(dir).status().code() == StatusCode::kFailedPrecondition);
  std::ofstream(dir + "/manifest.json") << "{";
  CHECK(Analyzer::open(dir).status().code() == StatusCode::kInvalidData);
}
