// The tagger over weights made by hand: order, spans, priors, the file.
#include "privacy/person_tagger.h"

#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>
#include <optional>
#include <set>
#include <string>

#include "data/json_file.h"
#include "tertulia/text.h"

using namespace tertulia;

namespace {

const std::string kModels = std::string(TERTULIA_SOURCE_DIR) + "/models";

struct Text {
  explicit Text(const std::string& text) {
    static const Result<Analyzer> analyzer = Analyzer::open(kModels);
    static const Result<NameTable> table = NameTable::load(kModels);
    document = analyzer->analyze(text, "es");
    words = name_words(document, *table);
    reader.emplace(words, *table);
  }
  Document document;
  NameWords words;
  std::optional<NameFeatureReader> reader;
};

// Every feature of word i pulls it into a name, in the given text; nothing else is known.
NameTagger teach(const Text& text, std::size_t i, NameTag before, float part, float begins) {
  std::vector<NameFeature> features;
  text.reader->read(i, features);
  text.reader->read_previous(i, before, features);
  std::vector<NameEntry> entries;
  std::set<std::uint32_t> seen;
  for (const NameFeature& feature : features) {
    if (seen.insert(feature.hash).second) entries.push_back({feature.hash, {part, begins}});
  }
  return NameTagger::make(std::move(entries), {-3, 0});
}

}  // namespace

TEST_CASE("a taught word is found, the others are not") {
  const Text text("llamó Ana ayer");
  const NameTagger tagger = teach(text, 1, NameTag::kNone, 1.0f, 1.0f);
  const std::vector<NameRun> runs = tagger.tag(text.words, *text.reader);
  REQUIRE(runs.size() == 1);
  CHECK(runs[0].first == 1);
  CHECK(runs[0].last == 1);
  CHECK(runs[0].score > 0.99);
  CHECK(runs[0].evidence[static_cast<std::size_t>(NameEvidence::kLists)] > 0);
  CHECK(NameTagger::make({}, {-3, 0}).tag(text.words, *text.reader).empty());
}

TEST_CASE("priors decide where weights do not") {
  const Text text("llamó Ana ayer");
  const NameTagger tagger = NameTagger::make({}, {-3, 0});
  CHECK(tagger.tag(text.words, *text.reader, {0, 2, 0}).empty());
  const std::vector<NameRun> runs = tagger.tag(text.words, *text.reader, {0, 4, 0});
  REQUIRE(runs.size() == 1);
  CHECK(runs[0].first == 1);
}

TEST_CASE("names go on over blanks, never over lines") {
  const NameTagger all = NameTagger::make({}, {5, -1});
  const Text one("Ana Kowalczyk"), two("Ana\nKowalczyk");
  CHECK(all.tag(one.words, *one.reader).size() == 1);
  CHECK(all.tag(two.words, *two.reader).size() == 2);
  const NameTagger begins = NameTagger::make({}, {5, 1});
  CHECK(begins.tag(one.words, *one.reader).size() == 2);
}

TEST_CASE("the file gives back what was saved; damaged ones are refused") {
  const std::string path = std::string(TERTULIA_BINARY_DIR) + "/person_tagger_test.bin";
  const Text text("llamó Ana ayer");
  const NameTagger tagger = teach(text, 1, NameTag::kNone, 1.0f, 1.0f);
  REQUIRE(tagger.save(path).ok());
  const Result<NameTagger> loaded = NameTagger::load(path);
  REQUIRE(loaded.ok());
  CHECK(loaded->size() == tagger.size());
  CHECK(loaded->tag(text.words, *text.reader).size() == 1);
  const std::string bytes = *read_file(path);
  for (const std::string& bad : {std::string(), std::string("x"), bytes.substr(0, bytes.size() - 1), "X" + bytes.substr(1), bytes.substr(0, 20) + bytes.substr(32, 12) + bytes.substr(20, 12) + bytes.substr(44)}) {
    std::ofstream(path, std::ios::binary | std::ios::trunc) << bad;
    CHECK(NameTagger::load(path).status().code() == StatusCode::kInvalidData);
  }
  std::filesystem::remove(path);
  CHECK(NameTagger::load(path).status().code() == StatusCode::kNotFound);
}
