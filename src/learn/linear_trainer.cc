// liblinear's L2-regularised logistic regression, primal (trust region Newton). Test: tests/learn/linear_trainer_test.cc.
#include "learn/linear_trainer.h"

#include <linear.h>

#include <cmath>

namespace tertulia {
namespace {

constexpr double kTolerance = 0.03;  // of the gradient, relative; scores differ from those at 0.01 in the third digit

}  // namespace

struct LogisticTrainer::Impl {
  std::size_t features = 0;
  std::vector<feature_node> nodes;            // all examples behind one another, each closed by index -1
  std::vector<std::size_t> starts;            // of each example in `nodes`
};

LogisticTrainer::LogisticTrainer(const std::vector<std::vector<WeightedRow>>& examples, std::size_t features)
    : impl_(std::make_unique<Impl>()) {
  set_print_string_function([](const char*) {});
  impl_->features = features;
  std::size_t total = 0;
  for (const auto& example : examples) total += example.size() + 2;
  impl_->nodes.reserve(total);
  for (const auto& example : examples) {
    impl_->starts.push_back(impl_->nodes.size());
    for (const WeightedRow& item : example) impl_->nodes.push_back({static_cast<int>(item.row) + 1, item.value});
    impl_->nodes.push_back({static_cast<int>(features) + 1, 1.0});  // bias
    impl_->nodes.push_back({-1, 0});
  }
}

LogisticTrainer::~LogisticTrainer() = default;

LogisticFit LogisticTrainer::fit(const std::vector<std::uint32_t>& use, const std::vector<bool>& positive,
                                 const LogisticOptions& options) const {
  LogisticFit out;
  out.weights.assign(impl_->features, 0.0f);
  std::vector<double> targets;
  std::vector<feature_node*> rows;
  std::size_t count = 0;
  for (const std::uint32_t i : use) {
    targets.push_back(positive[i] ? 1 : -1);
    count += positive[i];
    rows.push_back(&impl_->nodes[impl_->starts[i]]);
  }
  if (count == 0 || count == use.size()) {
    out.bias = count == 0 ? -5.0f : 5.0f;
    return out;
  }
  problem data{};
  data.l = static_cast<int>(rows.size());
  data.n = static_cast<int>(impl_->features) + 1;
  data.y = targets.data();
  data.x = rows.data();
  data.bias = 1;
  parameter settings{};
  settings.solver_type = L2R_LR;
  settings.C = options.cost;
  settings.eps = kTolerance;
  int labels[2] = {1, -1};
  const double all = static_cast<double>(rows.size()), pos = static_cast<double>(count);
  const double power = options.balanced ? options.balance_power : 0;
  double weights[2] = {std::pow(all / (2 * pos), power), std::pow(all / (2 * (all - pos)), power)};
  settings.nr_weight = 2;
  settings.weight_label = labels;
  settings.weight = weights;
  model* fitted = train(&data, &settings);
  // liblinear's sign follows the first label it met
  const double sign = fitted->label[0] == 1 ? 1 : -1;
  for (std::size_t f = 0; f < impl_->features; ++f) out.weights[f] = static_cast<float>(sign * fitted->w[f]);
  out.bias = static_cast<float>(sign * fitted->w[impl_->features]);
  free_and_destroy_model(&fitted);
  return out;
}

}  // namespace tertulia
