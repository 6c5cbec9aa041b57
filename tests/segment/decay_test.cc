#include "segment/decay.h"

#include <doctest/doctest.h>

#include <cmath>

using namespace tertulia;

TEST_CASE("half is left after a half-life, and never more than before") {
  constexpr Timestamp kDay = 86'400'000'000;
  double before = 1;
  for (int age = 0; age <= 2000; ++age) {
    const double left = decayed(1.0, age * kDay, 100);
    REQUIRE(std::abs(left - std::exp2(-age / 100.0)) < 0.0001);
    REQUIRE(left <= before);
    before = left;
  }
  CHECK(decayed(0.8, 100 * kDay, 100) == 0.4);
  CHECK(decayed(0.8, -5 * kDay, 100) == 0.8);
  CHECK(decayed(0.8, 0, 100) == 0.8);
  CHECK(decayed(0.8, INT64_MAX, 1) == 0);
  CHECK(decayed(0.8, 5 * kDay, 0) == 0.8);
}
