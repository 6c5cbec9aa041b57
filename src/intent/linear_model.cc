// TF-IDF one-vs-rest linear scoring with byte weights. The file: magic, counts, label names, per label bias and
// scale, per row hash and idf, then the weights; little-endian. Test: tests/intent/linear_model_test.cc.
#include "intent/linear_model.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstring>
#include <fstream>

#include "data/json_file.h"

namespace tertulia {
namespace {

constexpr char kMagic[8] = {'T', 'R', 'T', 'L', 'I', 'N', '0', '1'};
static_assert(std::endian::native == std::endian::little, "the model file is little-endian");

template <typename T>
void put(std::string& out, const T* values, std::size_t count) {
  out.append(reinterpret_cast<const char*>(values), count * sizeof(T));
}

template <typename T>
bool take(std::string_view& in, T* values, std::size_t count) {
  if (in.size() / sizeof(T) < count) return false;
  std::memcpy(values, in.data(), count * sizeof(T));
  in.remove_prefix(count * sizeof(T));
  return true;
}

}  // namespace

FeatureTable::FeatureTable(std::vector<std::uint64_t> sorted_hashes, std::vector<float> idf)
    : hashes_(std::move(sorted_hashes)), idf_(std::move(idf)) {
  index();
}

void FeatureTable::index() {
  const std::uint64_t capacity = std::bit_ceil(std::max<std::uint64_t>(16, hashes_.size() * 2));
  mask_ = capacity - 1;
  slots_.assign(capacity, 0);
  for (std::uint32_t row = 0; row < hashes_.size(); ++row) {
    std::uint64_t slot = hashes_[row] & mask_;
    while (slots_[slot] != 0) slot = (slot + 1) & mask_;
    slots_[slot] = row + 1;
  }
}

std::uint32_t FeatureTable::row(std::uint64_t hash) const noexcept {
  if (slots_.empty()) return kNone;
  for (std::uint64_t slot = hash & mask_; slots_[slot] != 0; slot = (slot + 1) & mask_) {
    if (hashes_[slots_[slot] - 1] == hash) return slots_[slot] - 1;
  }
  return kNone;
}

std::vector<WeightedRow> FeatureTable::vectorize(const FeatureBlocks& blocks) const {
  std::vector<WeightedRow> out;
  std::vector<std::uint32_t> rows;
  for (const std::vector<FeatureHit>* block : blocks.all()) {
    rows.clear();
    for (const FeatureHit& hit : *block) {
      if (const std::uint32_t found = row(hit.hash); found != kNone) rows.push_back(found);
    }
    std::sort(rows.begin(), rows.end());
    const std::size_t start = out.size();
    double squares = 0;
    for (std::size_t i = 0; i < rows.size();) {
      std::size_t next = i + 1;
      while (next < rows.size() && rows[next] == rows[i]) ++next;
      const float value = (1.0f + std::log(static_cast<float>(next - i))) * idf_[rows[i]];
      out.push_back({rows[i], value});
      squares += static_cast<double>(value) * value;
      i = next;
    }
    if (squares > 0) {
      const auto norm = static_cast<float>(1.0 / std::sqrt(squares));
      for (std::size_t i = start; i < out.size(); ++i) out[i].value *= norm;
    }
  }
  std::sort(out.begin(), out.end(), [](const WeightedRow& a, const WeightedRow& b) { return a.row < b.row; });
  return out;
}

LinearModel::LinearModel(FeatureTable table, std::vector<std::string> labels,
                         const std::vector<std::vector<float>>& weights, std::vector<float> bias)
    : table_(std::move(table)), labels_(std::move(labels)), bias_(std::move(bias)) {
  const std::size_t rows = table_.size(), count = labels_.size();
  scale_.assign(count, 0.0f);
  weights_.assign(rows * count, 0);
  for (std::size_t l = 0; l < count; ++l) {
    float largest = 0;
    for (std::size_t r = 0; r < rows; ++r) largest = std::max(largest, std::fabs(weights[l][r]));
    scale_[l] = largest / 127.0f;
    if (largest == 0) continue;
    for (std::size_t r = 0; r < rows; ++r) {
      weights_[r * count + l] = static_cast<std::int8_t>(std::lround(weights[l][r] / scale_[l]));
    }
  }
}

std::size_t LinearModel::label(std::string_view name) const noexcept {
  return static_cast<std::size_t>(std::find(labels_.begin(), labels_.end(), name) - labels_.begin());
}

std::vector<float> LinearModel::score(const std::vector<WeightedRow>& vector) const {
  const std::size_t count = labels_.size();
  std::vector<float> sums(count, 0.0f);
  for (const WeightedRow& item : vector) {
    const std::int8_t* row = &weights_[item.row * count];
    for (std::size_t l = 0; l < count; ++l) sums[l] += item.value * static_cast<float>(row[l]);
  }
  for (std::size_t l = 0; l < count; ++l) sums[l] = sums[l] * scale_[l] + bias_[l];
  return sums;
}

float LinearModel::contribution(const WeightedRow& row, std::size_t label) const noexcept {
  return row.value * static_cast<float>(weights_[row.row * labels_.size() + label]) * scale_[label];
}

Status LinearModel::save(const std::string& path) const {
  std::string out;
  put(out, kMagic, sizeof kMagic);
  const std::uint32_t counts[2] = {static_cast<std::uint32_t>(labels_.size()), static_cast<std::uint32_t>(table_.size())};
  put(out, counts, 2);
  for (const std::string& label : labels_) {
    const auto size = static_cast<std::uint32_t>(label.size());
    put(out, &size, 1);
    put(out, label.data(), label.size());
  }
  put(out, bias_.data(), bias_.size());
  put(out, scale_.data(), scale_.size());
  put(out, table_.hashes().data(), table_.size());
  put(out, table_.idfs().data(), table_.size());
  put(out, weights_.data(), weights_.size());
  std::ofstream file(path, std::ios::binary | std::ios::trunc);
  file.write(out.data(), static_cast<std::streamsize>(out.size()));
  file.close();
  return file ? Status() : Status(StatusCode::kUnreadable, path + ": cannot be written");
}

Result<LinearModel> LinearModel::load(const std::string& path) {
  Result<std::string> bytes = read_file(path);
  if (!bytes.ok()) return bytes.status();
  const Status bad(StatusCode::kInvalidData, path + ": not a linear model of this version");
  std::string_view in = *bytes;
  char magic[sizeof kMagic];
  std::uint32_t counts[2];
  if (!take(in, magic, sizeof magic) || std::memcmp(magic, kMagic, sizeof kMagic) != 0 || !take(in, counts, 2)) return bad;
  if (counts[0] > 4096 || static_cast<std::uint64_t>(counts[1]) * (counts[0] + 12) > in.size()) return bad;
  LinearModel model;
  for (std::uint32_t l = 0; l < counts[0]; ++l) {
    std::uint32_t size = 0;
    if (!take(in, &size, 1) || size > 256 || in.size() < size) return bad;
    model.labels_.emplace_back(in.substr(0, size));
    in.remove_prefix(size);
  }
  model.bias_.resize(counts[0]);
  model.scale_.resize(counts[0]);
  std::vector<std::uint64_t> hashes(counts[1]);
  std::vector<float> idf(counts[1]);
  model.weights_.resize(static_cast<std::size_t>(counts[1]) * counts[0]);
  if (!take(in, model.bias_.data(), counts[0]) || !take(in, model.scale_.data(), counts[0]) || !take(in, hashes.data(), counts[1]) ||
      !take(in, idf.data(), counts[1]) || !take(in, model.weights_.data(), model.weights_.size()) || !in.empty() ||
      !std::is_sorted(hashes.begin(), hashes.end())) {
    return bad;
  }
  model.table_ = FeatureTable(std::move(hashes), std::move(idf));
  return model;
}

}  // namespace tertulia
