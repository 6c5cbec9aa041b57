// One-vs-rest linear scores over hashed features: the second scorer beside fastText.
//
// One row a feature: its inverse document frequency and one signed byte a label, scaled per label. All labels of a
// message cost one pass over its features. Trained by intent/linear_trainer; immutable; any number of threads.
#ifndef TERTULIA_SRC_INTENT_LINEAR_MODEL_H_
#define TERTULIA_SRC_INTENT_LINEAR_MODEL_H_

#include <cstdint>
#include <string>
#include <vector>

#include "intent/features.h"
#include "tertulia/status.h"

namespace tertulia {

// A feature of a message with its weight in the (per block L2-normalised) vector.
struct WeightedRow {
  std::uint32_t row;
  float value;
};

// Sorted hashes to row numbers; the part that training and prediction share.
class FeatureTable {
 public:
  FeatureTable() = default;
  FeatureTable(std::vector<std::uint64_t> sorted_hashes, std::vector<float> idf);

  static constexpr std::uint32_t kNone = 0xFFFFFFFFu;
  [[nodiscard]] std::uint32_t row(std::uint64_t hash) const noexcept;
  [[nodiscard]] std::size_t size() const noexcept { return hashes_.size(); }
  [[nodiscard]] float idf(std::uint32_t row) const noexcept { return idf_[row]; }
  [[nodiscard]] const std::vector<std::uint64_t>& hashes() const noexcept { return hashes_; }
  [[nodiscard]] const std::vector<float>& idfs() const noexcept { return idf_; }

  // (1 + log tf) · idf, each block normalised to length one; rows ascending.
  [[nodiscard]] std::vector<WeightedRow> vectorize(const FeatureBlocks& blocks) const;

 private:
  void index();
  std::vector<std::uint64_t> hashes_;
  std::vector<float> idf_;
  std::vector<std::uint32_t> slots_;  // open addressing; row + 1, 0 is free
  std::uint64_t mask_ = 0;
};

class LinearModel {
 public:
  LinearModel() = default;
  // weights[label][row]; quantised to signed bytes here.
  LinearModel(FeatureTable table, std::vector<std::string> labels, const std::vector<std::vector<float>>& weights,
              std::vector<float> bias);

  static Result<LinearModel> load(const std::string& path);
  [[nodiscard]] Status save(const std::string& path) const;

  [[nodiscard]] const std::vector<std::string>& labels() const noexcept { return labels_; }
  // Index of a label, or labels().size().
  [[nodiscard]] std::size_t label(std::string_view name) const noexcept;
  [[nodiscard]] const FeatureTable& table() const noexcept { return table_; }

  // One score a label (log-odds scale, before calibration).
  [[nodiscard]] std::vector<float> score(const std::vector<WeightedRow>& vector) const;
  // weight · value of one row for one label.
  [[nodiscard]] float contribution(const WeightedRow& row, std::size_t label) const noexcept;

 private:
  FeatureTable table_;
  std::vector<std::string> labels_;
  std::vector<float> bias_, scale_;
  std::vector<std::int8_t> weights_;  // row-major: rows × labels
};

}  // namespace tertulia

#endif  // TERTULIA_SRC_INTENT_LINEAR_MODEL_H_
