#include "text/language_id.h"

#include <doctest/doctest.h>

#include <fstream>
#include <string>

#include "data/table_file.h"

using namespace tertulia;

namespace {

const Analyzer& analyzer() {
  static const auto loaded = Analyzer::open(TERTULIA_SOURCE_DIR "/models");
  return loaded.value();
}

}  // namespace

TEST_CASE("languages of messages") {
  const struct {
    std::string text, hint, expected;
  } rows[] = {
      // too short: the hint, else Spanish, unless the evidence is strong
      {"", "", "es"},
      {"", "ca", "ca"},
      {"🏡🏡", "en", "en"},
      {"12.345 €", "", "es"},
      {"ok", "", "es"},
      {"ok", "ca", "ca"},
      {"hola", "", "es"},
      {"hola", "ca", "ca"},
      {"hipoteca", "", "es"},
      {"Antonio García", "", "es"},
      {"bon dia", "", "ca"},
      {"moltes gràcies", "es", "ca"},
      {"thank you", "", "en"},
      {"vale gracias", "en", "es"},
      // an unknown hint says nothing
      {"ok", "fr", "es"},
      // Spanish of all kinds
      {"Ya tenemos la parcela y buscamos hipoteca", "", "es"},
      {"ya tenemos parcela en Siero", "", "es"},
      {"q tal tia, xq no vienes mñn", "", "es"},
      {"embarazada de 12 semanas", "", "es"},
      {"busco piso en el centro", "", "es"},
      {"andamos con la obra del hórreo, prestome mucho", "", "es"},
      {"ho, neno, pues vaya con la lluvia, no hay quien salga", "", "es"},
      {"mañana tengo meeting con el manager para el feedback del sprint", "", "es"},
      {"el customer service es un fail total, cero follow up", "", "es"},
      {"nos hemos mudado a Xirivella y el vecino es muy majo", "", "es"},
      {"AYER FIRMAMOS EN EL NOTARIO", "", "es"},
      {"man\xCC\x83""ana viene el albañil", "", "es"},
      // Catalan: standard, without accents, Balearic, Valencian, chat
      {"Voldria saber com està el meu préstec", "", "ca"},
      {"no puc entrar a l'aplicacio des de dilluns", "", "ca"},
      {"es meu fill comença s'institut i no tenim sa beca", "", "ca"},
      {"na Francina i jo mos mudam a Inca", "", "ca"},
      {"hui no puc anar que tinc que treballar", "", "ca"},
      {"la meua germana s'ha comprat una casa al poble", "", "ca"},
      {"xq no mobriu la app q no va", "", "ca"},
      {"hem comprat casa", "", "ca"},
      {"em caso al maig", "", "ca"},
      {"l’hipoteca ens la donen dilluns", "", "ca"},
      // English
      {"we've finally got the keys", "", "en"},
      {"dont call me anymore", "", "en"},
      {"got fired today, brilliant", "", "en"},
      {"Pregnant and made redundant", "", "en"},
      // neighbours and others
      {"Bom dia, queria saber se já posso levantar o cartão", "", "other"},
      {"você pode me ajudar com o empréstimo?", "", "other"},
      {"Quero mercar unha casa na aldea dos meus avós", "", "other"},
      {"je veux acheter une maison avec jardin", "", "other"},
      {"vorrei comprare una casa in centro", "", "other"},
      {"etxe bat erosi nahi dugu", "", "other"},
      {"ich will ein Haus kaufen", "", "other"},
      {"vreau să cumpăr o casă", "", "other"},
      {"ik wil een huis kopen", "", "other"},
      {"chcę kupić dom w mieście", "", "other"},
      {"Я хочу купить дом", "", "other"},
      {"我想买房子", "es", "other"},
      {"أريد شراء منزل", "", "other"},
  };
  for (const auto& row : rows) {
    CAPTURE(std::string(row.text));
    CAPTURE(std::string(row.hint));
    CHECK(analyzer().analyze(row.text, row.hint).language() == row.expected);
  }
}

// The samples trained ngrams.tsv, so this is a floor of memory, not a measure of quality.
TEST_CASE("the shipped samples come back as what they are") {
  const auto rows = load_table(TERTULIA_SOURCE_DIR "/models/language/samples.tsv", 2, 2);
  REQUIRE(rows.ok());
  std::size_t wrong = 0;
  for (const TableRow& row : *rows) {
    const std::string& want = row.fields[0];
    const bool known = want == "es" || want == "en" || want == "ca";
    if (analyzer().analyze(row.fields[1]).language() != (known ? want : "other")) ++wrong;
  }
  CHECK(rows->size() > 700);
  CHECK(wrong * 100 <= 3 * rows->size());
}

TEST_CASE("placeholders, addresses and handles do not vote") {
  CHECK(analyzer().analyze("⟨PERSON_1⟩ ⟨PERSON_2⟩ the.and.of@that.com @the_and_of #TheAndOf", "").language() == "es");
}

TEST_CASE("bad lists are refused with file and line") {
  const auto chars = CharTable::build();
  REQUIRE(chars.ok());
  const std::string dir = TERTULIA_BINARY_DIR;
  std::ofstream(dir + "/ngrams.tsv") << "<a\t1\t0\t0\t0\t0\t0\t0\t0\t0\t0\t0\t0\n";
  std::ofstream(dir + "/function_words.tsv") << "es\t5\tque de\nxx\t5\tque\n";
  auto bad = LanguageId::load(dir, *chars);
  CHECK(bad.status().code() == StatusCode::kInvalidData);
  CHECK(bad.status().message().find("function_words.tsv:2") != std::string::npos);
  std::ofstream(dir + "/function_words.tsv") << "es\tmuch\tque\n";
  CHECK(LanguageId::load(dir, *chars).status().code() == StatusCode::kInvalidData);
  std::ofstream(dir + "/function_words.tsv") << "es\t5\tque\n";
  CHECK(LanguageId::load(dir, *chars).ok());
  std::ofstream(dir + "/ngrams.tsv") << "<a\t1\t0\t0\t0\t0\t0\t0\t0\t0\t0\t0\tx\n";
  CHECK(LanguageId::load(dir, *chars).status().message().find("ngrams.tsv:1") != std::string::npos);
}
