#include "text/sentence_cutter.h"

#include <doctest/doctest.h>

#include <fstream>
#include <string>

using namespace tertulia;

namespace {

const Analyzer& analyzer() {
  static const auto loaded = Analyzer::open(TERTULIA_SOURCE_DIR "/models");
  return loaded.value();
}

// The sentences, with '|' between.
std::string cut(const std::string& text) {
  const Document doc = analyzer().analyze(text);
  std::string joined;
  for (const Span s : doc.sentences()) joined += (joined.empty() ? "" : "|") + std::string(s.of(doc.text()));
  return joined;
}

}  // namespace

TEST_CASE("sentences and chat clauses") {
  const struct {
    std::string text, expected;
  } rows[] = {
      {"", ""},
      {"   \n ", ""},
      {"hola", "hola"},
      {"Hola. Ya tenemos parcela. ¿Y la licencia?", "Hola.|Ya tenemos parcela.|¿Y la licencia?"},
      {"vale. mañana te digo", "vale.|mañana te digo"},
      {"no puede ser!!! otra vez", "no puede ser!!!|otra vez"},
      {"¿en serio?! venga", "¿en serio?!|venga"},
      {"pues nada... ya veremos", "pues nada...|ya veremos"},
      {"pues nada… ya veremos", "pues nada…|ya veremos"},
      {"uno; dos", "uno;|dos"},
      {"uno\ndos\r\n\r\ntres\xE2\x80\xA8""cuatro\xC2\x85""cinco", "uno|dos|tres|cuatro|cinco"},
      {"Sr. López, llame a la Dra. Ruiz", "Sr. López, llame a la Dra. Ruiz"},
      {"C/ Mayor núm. 3, tel. 900", "C/ Mayor núm. 3, tel. 900"},
      {"en C. Mayor vive J. Ruiz. Y ya", "en C. Mayor vive J. Ruiz.|Y ya"},
      {"Obras Pérez S.L. cobra mucho", "Obras Pérez S.L. cobra mucho"},
      {"no se q. luego te digo", "no se q.|luego te digo"},
      {"son 1.000,50 euros. Caro", "son 1.000,50 euros.|Caro"},
      {"nací en 1980. Ya ves", "nací en 1980.|Ya ves"},
      {"el 3.º izquierda", "el 3.º izquierda"},
      {"hola.que tal", "hola.|que tal"},
      {"mira bbva.es. Vale", "mira bbva.es.|Vale"},
      {"firmamos! 🎉🎉 por fin", "firmamos! 🎉🎉|por fin"},
      {"(ya está.) Sigo", "(ya está.)|Sigo"},
      {"dijo \"no.\" Y se fue", "dijo \"no.\"|Y se fue"},
      {"etc. y más", "etc.|y más"},
      {"...", "..."},
      {"🎉\n🎉", "🎉|🎉"},
  };
  for (const auto& row : rows) {
    CAPTURE(std::string(row.text));
    CHECK(cut(row.text) == row.expected);
  }
}

TEST_CASE("each token knows its sentence, and sentences are in order and apart") {
  const Document doc = analyzer().analyze("Uno dos. Tres!\ncuatro 🏡 cinco; #SeisSiete ... 8.9");
  std::size_t end = 0;
  for (const Span s : doc.sentences()) {
    CHECK(s.begin >= end);
    end = s.end;
  }
  for (const Token& t : doc.tokens()) CHECK(doc.sentences().at(t.sentence).contains(t.span));
}

TEST_CASE("the list of abbreviations must be there") {
  CHECK(SentenceCutter::load(TERTULIA_BINARY_DIR "/nowhere").status().code() == StatusCode::kNotFound);
}
