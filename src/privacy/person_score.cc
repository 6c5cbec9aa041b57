// The linear score of names. Method: logistic curve over a sum of weights. Test: tests/privacy/person_name_test.cc.
#include "privacy/person_score.h"

#include <algorithm>
#include <charconv>
#include <cmath>

#include "data/table_file.h"

namespace tertulia {
namespace {

struct FeatureText {
  std::string_view id, why;
};

constexpr FeatureText kTexts[] = {
#define X(id, name, why) {name, why},
    TERTULIA_NAME_FEATURES(X)
#undef X
};

constexpr std::size_t kMostReasons = 4;

}  // namespace

Result<NameScorer> NameScorer::load(const std::string& path) {
  Result<std::vector<TableRow>> rows = load_table(path, 2, 2);
  if (!rows.ok()) return rows.status();
  NameScorer scorer;
  std::bitset<kNameFeatures> given;
  for (const TableRow& row : *rows) {
    const std::string where = path + ":" + std::to_string(row.line);
    const auto* const text = std::find_if(std::begin(kTexts), std::end(kTexts), [&](const FeatureText& t) { return t.id == row.fields[0]; });
    const std::size_t index = static_cast<std::size_t>(text - std::begin(kTexts));
    if (text == std::end(kTexts) || given.test(index)) return Status(StatusCode::kInvalidData, where + ": expected a feature, once");
    const std::string& number = row.fields[1];
    const auto [end, error] = std::from_chars(number.data(), number.data() + number.size(), scorer.weights_[index]);
    if (error != std::errc() || end != number.data() + number.size()) return Status(StatusCode::kInvalidData, where + ": expected a number");
    given.set(index);
  }
  if (!given.all()) return Status(StatusCode::kInvalidData, path + ": expected every feature; a weight is missing");
  return scorer;
}

double NameScorer::score(const NameFeatures& features) const noexcept {
  double sum = weights_[0];
  for (std::size_t i = 1; i < kNameFeatures; ++i)
    if (features.has(i)) sum += weights_[i];
  return 1.0 / (1.0 + std::exp(-sum));
}

std::vector<std::string> NameScorer::why(const NameFeatures& features) const {
  std::vector<std::size_t> order;
  for (std::size_t i = 1; i < kNameFeatures; ++i)
    if (features.has(i) && !kTexts[i].why.empty()) order.push_back(i);
  std::stable_sort(order.begin(), order.end(), [this](std::size_t a, std::size_t b) { return weights_[a] > weights_[b]; });
  std::vector<std::string> reasons;
  for (const std::size_t i : order) {
    const std::string reason(kTexts[i].why);
    if (reasons.size() < kMostReasons && std::find(reasons.begin(), reasons.end(), reason) == reasons.end()) reasons.push_back(reason);
  }
  return reasons;
}

}  // namespace tertulia
