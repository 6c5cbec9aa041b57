// 2^-(n+f) = 2^-n · 2^-f with 2^-f taken as 1 − f/2 + f (1 − f) (0.03962 f − 0.19168), off by less than 0.0001.
// Test: tests/segment/decay_test.cc.
#include "segment/decay.h"

#include <cmath>

namespace tertulia {

double decayed(double confidence, Timestamp age, int half_life_days) {
  if (age <= 0 || half_life_days <= 0) return confidence;
  const Timestamp half_life = Timestamp{86'400'000'000} * half_life_days;
  const Timestamp halvings = age / half_life;
  if (halvings >= 60) return 0;
  const double f = static_cast<double>(age % half_life) / static_cast<double>(half_life);
  return std::ldexp(confidence, -static_cast<int>(halvings)) * (1 - f / 2 + f * (1 - f) * (0.03962 * f - 0.19168));
}

}  // namespace tertulia
