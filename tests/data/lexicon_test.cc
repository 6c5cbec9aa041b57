#include "data/lexicon.h"

#include <doctest/doctest.h>

#include <string>

using namespace tertulia;

namespace {

std::string found(const Lexicon& lexicon, const std::vector<std::string_view>& tokens) {
  std::string out;
  for (const LexiconHit& hit : lexicon.find(tokens)) {
    if (!out.empty()) out += ' ';
    out += lexicon.labels()[hit.label] + "@" + std::to_string(hit.first) + "+" + std::to_string(hit.count);
  }
  return out;
}

}  // namespace

TEST_CASE("phrases, beginnings and wildcards") {
  Lexicon lexicon;
  lexicon.add("luz de obra", "home_building");
  lexicon.add("luz", "energy");
  lexicon.add("construy*", "home_building", 2.0f);
  lexicon.add("constru*", "build");
  lexicon.add("al * lo dejamos", "negated");
  lexicon.add("", "nothing");
  lexicon.build();
  CHECK(lexicon.size() == 5);
  CHECK(found(lexicon, {"la", "luz", "de", "obra"}) == "home_building@1+3 energy@1+1");
  CHECK(found(lexicon, {"construyendo"}) == "home_building@0+1 build@0+1");
  CHECK(found(lexicon, {"al", "final", "lo", "dejamos"}) == "negated@0+4");
  CHECK(found(lexicon, {"luz", "de"}) == "energy@0+1");
  CHECK(found(lexicon, {}).empty());
}

TEST_CASE("the same phrase may carry two labels") {
  Lexicon lexicon;
  lexicon.add("obra", "a");
  lexicon.add("obra", "b");
  lexicon.build();
  CHECK(found(lexicon, {"obra"}) == "a@0+1 b@0+1");
}
