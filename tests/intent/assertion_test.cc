#include "intent/assertion.h"

#include <doctest/doctest.h>

using namespace tertulia;

TEST_CASE("the strongest kind of trap says whose and how an event is meant") {
  const std::vector<std::string> labels = {"trap:third_party", "trap:negated", "trap:figurative"};
  const LinearModel linear(FeatureTable({1}, {1.0f}), labels, {{0.0f}, {0.0f}, {0.0f}}, {0, 0, 0});
  Decision decision;
  for (const std::string& label : labels) decision.labels[label] = {1, 0, 0.5};
  struct Row {
    std::vector<float> scores;
    bool of_an_event;
    const char* subject;
    const char* assertion;
  };
  const Row rows[] = {
      {{2, 0, 0}, true, "other", "affirmed"},
      {{0, 2, 0}, true, "self", "negated"},
      {{0, 0, 2}, false, "self", "affirmed"},
  };
  for (const Row& row : rows) {
    MessageScores scores;
    scores.linear = row.scores;
    const Assertion verdict = judge_assertion(linear, decision, scores, {});
    CHECK(verdict.of_an_event == row.of_an_event);
    CHECK(verdict.subject == row.subject);
    CHECK(verdict.assertion == row.assertion);
  }
  SUBCASE("a cue breaks a near tie") {
    MessageScores scores;
    scores.linear = {0.2f, 0.1f, 0};
    MessageFeatures message;
    message.labels.push_back({"cue:abandoned", 0, 1, "al final no"});
    CHECK(judge_assertion(linear, decision, scores, message).assertion == "negated");
  }
}
