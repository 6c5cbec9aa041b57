// Training of one-vs-rest logistic models with liblinear (R.-E. Fan et al. 2008), one label at a time.
//
// The primal solver is used: it draws no random numbers, so that the same data gives the same weights on any number
// of threads.
#ifndef TERTULIA_SRC_LEARN_LINEAR_TRAINER_H_
#define TERTULIA_SRC_LEARN_LINEAR_TRAINER_H_

#include <cstdint>
#include <memory>
#include <vector>

#include "intent/linear_model.h"

namespace tertulia {

struct LogisticFit {
  std::vector<float> weights;  // one a feature
  float bias = 0;
};

struct LogisticOptions {
  double cost = 10.0;       // liblinear's C
  bool balanced = true;     // positives and negatives weigh the same in sum
  double balance_power = 1.0;  // 1: fully balanced; 0.5: the square root of that weight
};

// Sparse examples kept once in liblinear's form and shared by all labels.
class LogisticTrainer {
 public:
  LogisticTrainer(const std::vector<std::vector<WeightedRow>>& examples, std::size_t features);
  ~LogisticTrainer();
  LogisticTrainer(const LogisticTrainer&) = delete;
  LogisticTrainer& operator=(const LogisticTrainer&) = delete;

  // `use` lists examples, `positive` says for every example of the whole set whether it has the label. Safe to call
  // from several threads at once. Without a positive or a negative example: weights zero, bias far negative or positive.
  [[nodiscard]] LogisticFit fit(const std::vector<std::uint32_t>& use, const std::vector<bool>& positive,
                                const LogisticOptions& options) const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace tertulia

#endif  // TERTULIA_SRC_LEARN_LINEAR_TRAINER_H_
