// Prediction through the library's own predictLine. Training ends each line with a line end, so prediction does too:
// without it the scores differ. Test: tests/intent/fast_model_test.cc.
#include "intent/fast_model.h"

#include <fasttext/fasttext.h>

#include <algorithm>
#include <exception>
#include <sstream>
#include <unordered_map>

namespace tertulia {
namespace {
constexpr std::string_view kPrefix = "__label__";
}

struct FastModel::Impl {
  fasttext::FastText model;
  std::vector<std::string> labels;
  std::unordered_map<std::string, std::size_t> index;  // by the library's label, prefix included
};

FastModel::FastModel(std::unique_ptr<const Impl> impl) : impl_(std::move(impl)) {}
FastModel::FastModel(FastModel&&) noexcept = default;
FastModel& FastModel::operator=(FastModel&&) noexcept = default;
FastModel::~FastModel() = default;

Result<FastModel> FastModel::load(const std::string& path) {
  auto impl = std::make_unique<Impl>();
  try {
    impl->model.loadModel(path);
  } catch (const std::exception&) {
    return Status(StatusCode::kInvalidData, path + ": not a fastText model");
  }
  const auto dictionary = impl->model.getDictionary();
  for (std::int32_t i = 0; i < dictionary->nlabels(); ++i) {
    std::string label = dictionary->getLabel(i);
    impl->index.emplace(label, impl->labels.size());
    impl->labels.push_back(label.compare(0, kPrefix.size(), kPrefix) == 0 ? label.substr(kPrefix.size()) : label);
  }
  if (impl->labels.empty()) return Status(StatusCode::kInvalidData, path + ": a fastText model without labels");
  return FastModel(std::move(impl));
}

const std::vector<std::string>& FastModel::labels() const noexcept { return impl_->labels; }

std::vector<float> FastModel::score(const std::string& line) const {
  std::vector<float> out(impl_->labels.size(), 0.0f);
  if (line.empty()) return out;
  std::istringstream in(line + "\n");
  std::vector<std::pair<fasttext::real, std::string>> predictions;
  if (!impl_->model.predictLine(in, predictions, -1, 0.0f)) return out;
  for (const auto& [probability, label] : predictions) {
    if (const auto found = impl_->index.find(label); found != impl_->index.end()) {
      out[found->second] = std::clamp(probability, 0.0f, 1.0f);
    }
  }
  return out;
}

}  // namespace tertulia
