#include "intent/linear_model.h"

#include <doctest/doctest.h>

#include <cmath>
#include <filesystem>
#include <fstream>

using namespace tertulia;

namespace {

LinearModel sample() {
  return {FeatureTable({10, 20, 30}, {1.0f, 2.0f, 1.0f}), {"a", "b"}, {{1.0f, -2.0f, 0.0f}, {0.5f, 0.0f, 0.25f}}, {0.1f, -0.1f}};
}

}  // namespace

TEST_CASE("vectors have length one in each block, and count repeated features sublinearly") {
  const LinearModel model = sample();
  FeatureBlocks blocks;
  blocks.words = {{10, 0}, {10, 1}, {20, 2}, {99, 3}};
  const auto vector = model.table().vectorize(blocks);
  REQUIRE(vector.size() == 2);
  CHECK(vector[0].value * vector[0].value + vector[1].value * vector[1].value == doctest::Approx(1.0));
  CHECK(vector[0].value / vector[1].value == doctest::Approx((1 + std::log(2.0)) / 2.0));
  CHECK(model.table().row(99) == FeatureTable::kNone);
}

TEST_CASE("scores are weights times values plus bias, to a byte's precision") {
  const LinearModel model = sample();
  const auto scores = model.score({{0, 1.0f}, {1, 0.5f}});
  CHECK(scores[0] == doctest::Approx(1.0 - 1.0 + 0.1).epsilon(0.02));
  CHECK(scores[1] == doctest::Approx(0.5 - 0.1).epsilon(0.02));
  CHECK(model.contribution({1, 0.5f}, 0) == doctest::Approx(-1.0).epsilon(0.02));
  CHECK(model.label("b") == 1);
  CHECK(model.label("none") == 2);
}

TEST_CASE("a model survives its file, and damage is refused") {
  const std::string path = std::string(TERTULIA_BINARY_DIR) + "/linear_test.bin";
  REQUIRE(sample().save(path).ok());
  const auto loaded = LinearModel::load(path);
  REQUIRE(loaded.ok());
  CHECK(loaded->score({{0, 1.0f}}) == sample().score({{0, 1.0f}}));
  const auto size = std::filesystem::file_size(path);
  for (std::uintmax_t cut = 0; cut < size; cut += 3) {
    std::filesystem::resize_file(path, size);
    REQUIRE(sample().save(path).ok());
    std::filesystem::resize_file(path, cut);
    REQUIRE_FALSE(LinearModel::load(path).ok());
  }
  std::ofstream(path) << "not a model at all";
  CHECK(LinearModel::load(path).status().code() == StatusCode::kInvalidData);
  std::filesystem::remove(path);
  CHECK(LinearModel::load(path).status().code() == StatusCode::kNotFound);
}
