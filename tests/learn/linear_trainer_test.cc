#include "learn/linear_trainer.h"

#include <doctest/doctest.h>

using namespace tertulia;

TEST_CASE("a separable toy is separated, the same way every time") {
  std::vector<std::vector<WeightedRow>> examples;
  std::vector<bool> positive;
  std::vector<std::uint32_t> use;
  for (std::uint32_t i = 0; i < 40; ++i) {
    positive.push_back(i % 4 == 0);
    examples.push_back({{positive.back() ? 0u : 1u, 1.0f}, {2, 0.5f}});
    use.push_back(i);
  }
  const LogisticTrainer trainer(examples, 3);
  const LogisticFit fit = trainer.fit(use, positive, {});
  CHECK(fit.weights[0] > 0.5f);
  CHECK(fit.weights[1] < -0.5f);
  const LogisticFit again = LogisticTrainer(examples, 3).fit(use, positive, {});
  CHECK(fit.weights == again.weights);
  CHECK(fit.bias == again.bias);
}

TEST_CASE("a label without positives never fires, one without negatives always") {
  const std::vector<std::vector<WeightedRow>> examples = {{{0, 1.0f}}, {{0, 0.5f}}};
  const LogisticTrainer trainer(examples, 1);
  CHECK(trainer.fit({0, 1}, {false, false}, {}).bias < -1);
  CHECK(trainer.fit({0, 1}, {true, true}, {}).bias > 1);
}
