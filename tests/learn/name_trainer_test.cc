// The tagger of names learns what its texts show: a cue, a guard, a name of two words, and twice the same bytes.
#include "learn/name_trainer.h"

#include <doctest/doctest.h>

#include <filesystem>
#include <string>

#include "data/json_file.h"

using namespace tertulia;

namespace {

const std::string kModels = std::string(TERTULIA_SOURCE_DIR) + "/models";

// «…» marks a name.
LabelledText labelled(const std::string& marked) {
  LabelledText text;
  std::size_t begin = 0, points = 0;
  for (std::size_t at = 0; at < marked.size();) {
    if (marked.compare(at, 2, "«") == 0) {
      begin = points;
      at += 2;
    } else if (marked.compare(at, 2, "»") == 0) {
      text.spans.insert({begin, points, "PERSON"});
      at += 2;
    } else {
      text.text += marked[at++];
      if ((static_cast<unsigned char>(text.text.back()) & 0xC0) != 0x80) ++points;
    }
  }
  text.lang = "es";
  return text;
}

}  // namespace

TEST_CASE("names are learnt from their surroundings") {
  const Result<Analyzer> analyzer = Analyzer::open(kModels);
  const Result<NameTable> table = NameTable::load(kModels);
  REQUIRE(analyzer.ok());
  REQUIRE(table.ok());
  std::vector<LabelledText> texts;
  for (const char* name : {"Brixda", "Zorlan", "Quimera", "Tarvio", "Melqui", "Oddwin", "Yarisca", "Ulfric"}) {
    texts.push_back(labelled(std::string("hola me llamo «") + name + " Ganzor» y quería cita"));
    texts.push_back(labelled(std::string("el tren a ") + name + " sale tarde"));
  }
  NameTrainerOptions options;
  options.cost = 10;
  const NameTagger tagger = train_names(texts, *analyzer, *table, options);
  const auto names = [&](const std::string& text) {
    const Document document = analyzer->analyze(text, "es");
    const NameWords words = name_words(document, *table);
    std::string out;
    for (const NameRun& run : tagger.tag(words, NameFeatureReader(words, *table)))
      out += "[" + text.substr(words.words[run.first].span.begin, words.words[run.last].span.end - words.words[run.first].span.begin) + "]";
    return out;
  };
  CHECK(names("hola me llamo Wexford Ganzor y quería cita") == "[Wexford Ganzor]");
  CHECK(names("el tren a Wexford sale tarde").empty());

  const std::string path = std::string(TERTULIA_BINARY_DIR) + "/name_trainer_test.bin";
  REQUIRE(tagger.save(path).ok());
  const std::string bytes = *read_file(path);
  REQUIRE(train_names(texts, *analyzer, *table, options).save(path).ok());
  CHECK(*read_file(path) == bytes);
  std::filesystem::remove(path);
}
