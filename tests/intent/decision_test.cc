#include "intent/decision.h"

#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>

using namespace tertulia;

namespace {

Decision sample() {
  Decision decision;
  decision.events = {"a", "b"};
  decision.feature_names = {"x", "y"};
  decision.mean = {0, 1};
  decision.deviation = {1, 2};
  decision.weights = {2, -1, 0, 0.5, 0};  // x, y, xx, xy, yy
  decision.event_offset = {0, -3};
  decision.thresholds[""] = {0.6, 0.4};
  decision.thresholds["ca"] = {0.3, 0.2};
  decision.labels["need:financing"] = {1.5, -0.25, 0.35};
  return decision;
}

}  // namespace

TEST_CASE("the second stage is a logistic sum over standardised features") {
  const Decision decision = sample();
  CHECK(decision.active_probability({0, 1}, 0) == doctest::Approx(0.5));
  CHECK(decision.active_probability({1, 1}, 0) == doctest::Approx(0.880797));
  CHECK(decision.active_probability({0, 3}, 0) == doctest::Approx(0.268941));
  CHECK(decision.active_probability({0, 1}, 1) == doctest::Approx(0.047426));
  CHECK(decision.active_probability({1, 3}, 0) == doctest::Approx(0.817574));   // 2 - 1 + 0.5 · 1 · 1
  CHECK(decision.active_probability({100, 1}, 0) == decision.active_probability({4, 1}, 0));
  CHECK(decision.labels.at("need:financing").probability(0.25 / 1.5) == doctest::Approx(0.5));
}

TEST_CASE("a decision survives its file; lists that do not fit are refused") {
  const std::string path = std::string(TERTULIA_BINARY_DIR) + "/decision_test.json";
  REQUIRE(sample().save(path).ok());
  const auto loaded = Decision::load(path);
  REQUIRE(loaded.ok());
  CHECK(loaded->events == sample().events);
  CHECK(loaded->weights == sample().weights);
  CHECK(loaded->thresholds_of("ca").asserted == 0.3);
  CHECK(loaded->thresholds_of("other").asserted == 0.6);
  CHECK(loaded->thresholds_of("other").weak == 0.4);
  CHECK(loaded->labels.at("need:financing").threshold == 0.35);
  std::ofstream(path) << R"({"events":["a"],"features":["x"],"mean":[0],"deviation":[1],"weights":[1],"event_offset":[0],"thresholds":{"":[0.5,0.3]},"heard_threshold":[0.5],"labels":{}})";
  CHECK(Decision::load(path).status().code() == StatusCode::kInvalidData);
  std::filesystem::remove(path);
}

TEST_CASE("features name themselves and are as many as their names") {
  const LabelPlaces places({"a", "b"}, {"active:a", "active:b", "heard:a"}, {"active:b"});
  MessageScores scores;
  scores.linear = {0.5f, -1.0f, 2.0f};
  scores.linear_best = {0.75f, -1.0f, 2.0f};
  scores.fast = {0.9f};
  const auto features = places.features({}, scores, 0);
  const auto names = places.names();
  REQUIRE(features.size() == names.size());
  CHECK(features[0] == 0.5f);
  CHECK(features[1] == 0.75f);
  CHECK(features[2] == 2.0f);
  CHECK(features[5] == -1.0f);  // the strongest other event
}
