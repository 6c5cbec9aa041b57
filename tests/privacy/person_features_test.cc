// The features of words: which words are looked at, what they depend on, and that they are the same for the same text.
#include "privacy/person_features.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <set>
#include <string>

#include "tertulia/text.h"

using namespace tertulia;

namespace {

const std::string kModels = std::string(TERTULIA_SOURCE_DIR) + "/models";

const Analyzer& analyzer() {
  static const Result<Analyzer> made = Analyzer::open(kModels);
  return made.value();
}

const NameTable& table() {
  static const Result<NameTable> made = NameTable::load(kModels);
  return made.value();
}

struct Text {
  explicit Text(const std::string& text)
      : document(analyzer().analyze(text, "es")), words(name_words(document, table())), reader(words, table()) {}
  [[nodiscard]] std::set<std::uint32_t> hashes(std::size_t i) const {
    std::vector<NameFeature> features;
    reader.read(i, features);
    std::set<std::uint32_t> out;
    for (const NameFeature& feature : features) out.insert(feature.hash);
    return out;
  }
  Document document;
  NameWords words;
  NameFeatureReader reader;
};

}  // namespace

TEST_CASE("candidates: listed names, capitals, unknown words and what follows a name") {
  const Text text("ayer llegó marta con Kowalczyk y xurxiña a la oficina 45");
  const std::string wanted[] = {"no", "no", "marta", "no", "Kowalczyk", "no", "xurxiña"};
  for (std::size_t i = 0; i < 7; ++i) {
    CAPTURE(i);
    CHECK(text.reader.candidate(i, NameTag::kNone) == (wanted[i] != "no"));
  }
  CHECK(text.reader.candidate(3, NameTag::kBegin));
  CHECK_FALSE(text.reader.candidate(text.words.words.size() - 1, NameTag::kBegin));  // a number
}

TEST_CASE("features are those of the word, its letters and its neighbours") {
  const Text lower("soy marta del banco"), title("soy Marta del banco"), other("veo marta del banco"), behind("soy marta del rio");
  CHECK(lower.hashes(1) == Text("soy marta del banco").hashes(1));
  CHECK(lower.hashes(1) != title.hashes(1));
  CHECK(lower.hashes(1) != other.hashes(1));
  CHECK(lower.hashes(1) != behind.hashes(1));
  // The lists say the same of both, the words are two.
  CHECK(lower.hashes(1) != Text("soy laura del banco").hashes(1));
}

TEST_CASE("the decision before is a feature of its own") {
  const Text text("Ana Kowalczyk");
  std::vector<NameFeature> none, begin;
  text.reader.read_previous(1, NameTag::kNone, none);
  text.reader.read_previous(1, NameTag::kBegin, begin);
  REQUIRE(none.size() == begin.size());
  for (std::size_t i = 0; i < none.size(); ++i) CHECK(none[i].hash != begin[i].hash);
}

TEST_CASE("cues of several words") {
  const Text text("estaba a nombre de Ludo");
  CHECK((text.reader.roles_ending(3) & kRoleIntro) != 0);
  CHECK((text.reader.roles_ending(1) & kRoleIntro) == 0);
}

TEST_CASE("any text has a bounded number of features a word") {
  for (const char* sample : {"", "A", "A B C D E F G H", "…!?", "l'Anna d'en Pere", "ANA MARIA GARCIA"}) {
    const Text text(sample);
    for (std::size_t i = 0; i < text.words.words.size(); ++i) CHECK(text.hashes(i).size() < 200);
  }
}
