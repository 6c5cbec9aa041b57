#include "privacy/value_search.h"

#include <doctest/doctest.h>

using namespace tertulia;

namespace {

std::string hits(const std::vector<std::string>& values, const std::string& text, ValueMatch match = ValueMatch::kAnyCase) {
  ValueSearch search;
  for (std::size_t i = 0; i < values.size(); ++i) search.add(values[i], i, match);
  search.build();
  const ScanText scan(text);
  std::string out;
  for (const ValueHit& hit : search.find(scan)) {
    out += (out.empty() ? "" : "|") + std::string(scan.to_original(hit.span.begin, hit.span.end).of(text));
  }
  return out;
}

}  // namespace

TEST_CASE("spellings of one value") {
  struct Row { const char* value; const char* text; const char* expected; };
  for (const Row& row : {Row{"612345678", "al 612 34 56 78 o al 612.345.678", "612 34 56 78|612.345.678"}, {"12.345.678-Z", "DNI12345678z!", "12345678z"}, {"María", "MARIA y maría y Mari", "MARIA|maría"},
                         {"612345678", "1612345678901", ""}, {"ana", "a na, Anatolia, ana", "ana"}, {"María López", "maria  lopez", "maria  lopez"}, {"1234", "12 34, 1234, 12345", "1234"},
                         {"123", "123", ""}, {"al", "al", ""}, {"ana", "⟨ANA_1⟩ ana", "ana"}, {"612345678", "612 34\n56 78", ""}, {"６１２345678", "612345678", "612345678"}}) {
    CHECK_MESSAGE(hits({row.value}, std::string(row.text)) == row.expected, row.text);
  }
  CHECK(hits({"Rosa"}, "rosa Rosa ROSA", ValueMatch::kCapital) == "Rosa|ROSA");
  CHECK(hits({"abcd", "bcd", "abcde"}, "abcde bcd") == "abcde|bcd");
  CHECK(hits({}, "abc").empty());
}
