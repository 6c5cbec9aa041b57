#include "intent/features.h"

#include <doctest/doctest.h>

#include <algorithm>

using namespace tertulia;

namespace {

const std::string kModels = std::string(TERTULIA_SOURCE_DIR) + "/models";

std::string joined(const std::vector<ModelWord>& words) { return FeatureExtractor::line(words, 0, words.size()); }

}  // namespace

TEST_CASE("documents in model form") {
  const auto analyzer = Analyzer::open(kModels);
  REQUIRE(analyzer.ok());
  const auto extractor = FeatureExtractor::open(kModels);
  REQUIRE(extractor.ok());
  struct Row {
    const char* text;
    const char* line;
  };
  const Row rows[] = {
      {"Buscamos HIPOTECA!", "buscamos hipoteca !"},
      {"nos piden 180.000", "nos piden <n6>"},
      {"son 12,50", "son <n2>"},
      {"en 2009 y en 2026", "en <old_year> y en <n4>"},
      {"soy ⟨PERSON_1⟩, mi dni ⟨ES_NIF_2⟩", "soy <person> mi dni <es_nif>"},
      {"@pepe mira https://a.es/x", "<mention> mira <url>"},
      {"¿y eso?", "y eso ?"},
      {"", ""},
  };
  for (const Row& row : rows) {
    CAPTURE(std::string(row.text));
    CHECK(joined(extractor->words(analyzer->analyze(row.text, "es"))) == row.line);
  }
}

TEST_CASE("a label prefix in the talk is no label") {
  const std::vector<ModelWord> words = {{"__label__marriage", 0, true}, {"hola", 1, true}};
  CHECK(FeatureExtractor::line(words, 0, 2) == ".__label__marriage hola");
}

TEST_CASE("words, pairs and characters are counted within the asked range") {
  const auto extractor = FeatureExtractor::open(kModels);
  REQUIRE(extractor.ok());
  const std::vector<ModelWord> words = {{"grua", 0, true}, {"en", 1, true}, {"<n4>", 2, false}};
  const FeatureBlocks all = extractor->features(words, {}, 0, 3);
  CHECK(all.words.size() == 5);  // three words, two pairs
  const FeatureBlocks one = extractor->features(words, {}, 0, 1);
  CHECK(one.words.size() == 1);
  CHECK(one.characters.size() == 5 + 4 + 3 + 2);  // " grua ": six characters, lengths two to five
  CHECK(extractor->features(words, {}, 2, 1).characters.empty());
}

TEST_CASE("cues are found as labels") {
  const auto analyzer = Analyzer::open(kModels);
  const auto extractor = FeatureExtractor::open(kModels);
  REQUIRE(extractor.ok());
  const auto words = extractor->words(analyzer->analyze("Mi cuñado se hace una casa", "es"));
  const auto labels = extractor->labels(words);
  CHECK(std::any_of(labels.begin(), labels.end(), [](const LabelHit& hit) { return hit.label == "cue:third_party"; }));
}

TEST_CASE("long messages are read in windows that cover every word") {
  const auto analyzer = Analyzer::open(kModels);
  const auto extractor = FeatureExtractor::open(kModels);
  REQUIRE(extractor.ok());
  std::string text;
  for (int i = 0; i < 40; ++i) text += "hoy ha hecho sol. mañana ya veremos. ";
  const Document document = analyzer->analyze(text, "es");
  const auto words = extractor->words(document);
  const auto windows = FeatureExtractor::windows(document, words);
  REQUIRE(windows.size() > 2);
  std::size_t covered = 0;
  for (const auto& [first, count] : windows) {
    CHECK(first <= covered);
    covered = std::max(covered, first + count);
  }
  CHECK(covered == words.size());
  CHECK(FeatureExtractor::windows(analyzer->analyze("corto", "es"), extractor->words(analyzer->analyze("corto", "es"))).empty());
}
