#include "privacy/resolver.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <string>

using namespace tertulia;

namespace {

std::string resolved(std::vector<Entity> found, std::string_view text) {
  std::string out;
  for (const Entity& entity : resolve(std::move(found), text, 0.5)) {
    out += (out.empty() ? "" : " ") + entity.type + "[" + std::string(entity.span.of(text)) + "]";
  }
  return out;
}

Entity make(const char* type, std::size_t begin, std::size_t end, double score) { return {type, {begin, end}, score, "test", {}}; }

}  // namespace

TEST_CASE("the rule") {
  const std::string_view text = "Ana Ruiz 12345678Z calle";
  //                             0   4    9         19
  CHECK(resolved({}, text).empty());
  // The full name wins over its first word.
  CHECK(resolved({make("P", 0, 3, 0.9), make("P", 0, 8, 0.9)}, text) == "P[Ana Ruiz]");
  // A contained span with a much higher score keeps its type, and the rest stays hidden.
  CHECK(resolved({make("P", 0, 18, 0.5), make("N", 9, 18, 0.99)}, text) == "P[Ana Ruiz] N[12345678Z]");
  // Partial overlap: the loser keeps what is left of it.
  CHECK(resolved({make("A", 0, 12, 0.6), make("B", 9, 24, 0.9)}, text) == "A[Ana Ruiz] B[12345678Z calle]");
  // A rest of one letter is none.
  CHECK(resolved({make("A", 8, 10, 0.6), make("B", 9, 18, 0.9)}, text) == "B[12345678Z]");
  // Same span: the higher score; equal: the type's name.
  CHECK(resolved({make("B", 0, 3, 0.8), make("A", 0, 3, 0.9)}, text) == "A[Ana]");
  CHECK(resolved({make("B", 0, 3, 0.8), make("A", 0, 3, 0.8)}, text) == "A[Ana]");
  // Too weak, empty or outside.
  CHECK(resolved({make("A", 0, 3, 0.4), make("A", 3, 3, 0.9), make("A", 20, 99, 0.9)}, text).empty());
  // A winner in the middle leaves two rests.
  CHECK(resolved({make("A", 0, 24, 0.5), make("B", 9, 18, 1.0)}, text) == "A[Ana Ruiz] B[12345678Z] A[calle]");
}

TEST_CASE("order of arrival does not matter, spans never touch the same byte") {
  const std::string text(60, 'a');
  std::vector<Entity> found;
  unsigned seed = 7;
  for (int i = 0; i < 200; ++i) {
    seed = seed * 1103515245u + 12345u;
    const std::size_t begin = (seed >> 8) % 50, end = begin + 1 + (seed >> 16) % 10;
    found.push_back(make(i % 2 == 0 ? "A" : "B", begin, end, 0.5 + static_cast<double>((seed >> 20) % 50) / 100));
  }
  const std::string first = resolved(found, text);
  std::reverse(found.begin(), found.end());
  CHECK(resolved(found, text) == first);
  std::size_t last = 0;
  for (const Entity& entity : resolve(found, text, 0.5)) {
    CHECK(entity.span.begin >= last);
    last = entity.span.end;
  }
  // Every byte that anybody found is covered.
  std::vector<bool> covered(text.size()), wanted(text.size());
  for (const Entity& e : found) std::fill(wanted.begin() + static_cast<std::ptrdiff_t>(e.span.begin), wanted.begin() + static_cast<std::ptrdiff_t>(e.span.end), true);
  for (const Entity& e : resolve(found, text, 0.5)) std::fill(covered.begin() + static_cast<std::ptrdiff_t>(e.span.begin), covered.begin() + static_cast<std::ptrdiff_t>(e.span.end), true);
  std::size_t missing = 0;
  for (std::size_t i = 0; i < text.size(); ++i) missing += wanted[i] && !covered[i] ? 1 : 0;
  CHECK(missing <= 2);  // rests of a single letter
}

TEST_CASE("losers are told, where somebody asks") {
  const std::string text = "12345678Z y 612345678";
  std::vector<Rejection> rejected;
  const std::vector<Entity> kept = resolve({{"ES_NIF", {0, 9}, 0.95, "a", {}}, {"PHONE_NUMBER", {0, 8}, 0.6, "b", {}}, {"ES_NIF", {0, 9}, 0.7, "c", {}}, {"SECRET", {12, 21}, 0.354, "d", {}}}, text, 0.5, &rejected);
  CHECK(kept.size() == 1);
  REQUIRE(rejected.size() == 2);  // the same type twice is no loss
  CHECK(rejected[0].reason == "score 0.35 under 0.50");
  CHECK(rejected[0].recognizer == "d");
  CHECK(rejected[1].reason == "lost to ES_NIF");
  CHECK(rejected[1].type == "PHONE_NUMBER");
  CHECK(rejected[1].span == Span{0, 8});
}
