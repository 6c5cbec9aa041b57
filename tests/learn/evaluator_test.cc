// The scoring itself: counts of exact spans, leaks, alarms. The engine's quality is EVALUATION.md's matter.
#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>

#include "learn/evaluate.h"

using namespace tertulia;

TEST_CASE("precision, recall and F1 from counts") {
  const Counts counts{6, 2, 4};
  CHECK(counts.precision() == doctest::Approx(0.75));
  CHECK(counts.recall() == doctest::Approx(0.6));
  CHECK(counts.f1() == doctest::Approx(2 * 0.75 * 0.6 / 1.35));
  CHECK(Counts{}.f1() == 0);
  Counts half;
  half.hit = 8;
  half.wrong = 2;
  half.missed = 8;
  CHECK(half.f2() == doctest::Approx(5 * 0.8 * 0.5 / (4 * 0.8 + 0.5)));
  Share share;
  share.add(true);
  share.add(false);
  CHECK(percent(share.value()) == "50.0 %");
}

TEST_CASE("figures are Markdown tables and one JSON object") {
  Figures figures;
  figures.counts("event", {{"marriage", {1, 1, 0}}});
  figures.figure("n", std::size_t{3});
  figures.figure("f", 0.5);
  const Evaluation evaluation = figures.finish();
  CHECK(evaluation.json == R"({"n":3,"f":0.5000})");
  CHECK(evaluation.text.find("| marriage | 1 | 1 | 0 | 0.500 | 1.000 | 0.667 |") != std::string::npos);
}

TEST_CASE("files of no known kind are refused with their place") {
  const std::string path = std::string(TERTULIA_BINARY_DIR) + "/evaluator_test.jsonl";
  std::ofstream(path) << "{broken\n";
  CHECK(evaluate(path, {}).status().message().find(":1") != std::string::npos);
  std::ofstream(path) << "[1]\n";
  CHECK(evaluate(path, {}).status().code() == StatusCode::kInvalidData);
  EvaluateOptions options;
  options.kind = "poems";
  CHECK(evaluate(path, options).status().code() == StatusCode::kInvalidArgument);
  std::filesystem::remove(path);
  CHECK(evaluate(path, {}).status().code() == StatusCode::kNotFound);
}
