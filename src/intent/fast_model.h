// fastText's one-vs-all classifier behind plain types: one probability a label for a line of words.
//
// Immutable after load(); any number of threads. The file must have been checked against the manifest before:
// the library aborts or loops on a damaged one.
#ifndef TERTULIA_SRC_INTENT_FAST_MODEL_H_
#define TERTULIA_SRC_INTENT_FAST_MODEL_H_

#include <memory>
#include <string>
#include <vector>

#include "tertulia/status.h"

namespace tertulia {

class FastModel {
 public:
  static Result<FastModel> load(const std::string& path);
  FastModel(FastModel&&) noexcept;
  FastModel& operator=(FastModel&&) noexcept;
  ~FastModel();

  // In the order of the file, without the label prefix.
  [[nodiscard]] const std::vector<std::string>& labels() const noexcept;
  // One probability a label; all zero for an empty line. `line` has no line end.
  [[nodiscard]] std::vector<float> score(const std::string& line) const;

 private:
  struct Impl;
  explicit FastModel(std::unique_ptr<const Impl> impl);
  std::unique_ptr<const Impl> impl_;
};

}  // namespace tertulia

#endif  // TERTULIA_SRC_INTENT_FAST_MODEL_H_
