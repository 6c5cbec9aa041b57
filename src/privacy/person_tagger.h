// The learnt decision which words are part of a person's name: two weights a feature, read off privacy/person_names.bin.
//
// Words are decided from left to right, each with the decision before it; the work is linear in the words. Immutable after
// load(); any number of threads.
#ifndef TERTULIA_SRC_PRIVACY_PERSON_TAGGER_H_
#define TERTULIA_SRC_PRIVACY_PERSON_TAGGER_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "privacy/person_features.h"
#include "tertulia/status.h"

namespace tertulia {

// Weights in logits. `part`: the word is part of a name; `begins`: of those, it is the first of its name.
struct NameWeights {
  float part = 0, begins = 0;
};

struct NameEntry {
  std::uint32_t hash = 0;
  NameWeights weights;
};

// A run of words [first, last] taken for one person's name.
struct NameRun {
  std::size_t first = 0, last = 0;
  double score = 0;  // 0.5…1: logistic curve of the sum of the surest word
  std::array<float, static_cast<std::size_t>(NameEvidence::kCount)> evidence{};  // logits of the surest word by what they speak of
};

class NameTagger {
 public:
  NameTagger() = default;
  // Reads what save() wrote. kNotFound, kInvalidData.
  static Result<NameTagger> load(const std::string& path);
  // Entries in any order, one a hash. `bias` goes to every word.
  static NameTagger make(std::vector<NameEntry> entries, NameWeights bias);
  [[nodiscard]] Status save(const std::string& path) const;

  // Names among the words. A word is taken when its sum is above 0. `prior` holds logits to add, one a word, or nothing;
  // a word with a prior above 0 is looked at whatever it is.
  [[nodiscard]] std::vector<NameRun> tag(const NameWords& words, const NameFeatureReader& features, const std::vector<float>& prior = {}) const;

  [[nodiscard]] std::size_t size() const noexcept { return entries_.size(); }

 private:
  void index();
  [[nodiscard]] const NameWeights* find(std::uint32_t hash) const noexcept;

  NameWeights bias_;
  std::vector<NameEntry> entries_;     // sorted by hash
  std::vector<std::uint32_t> slots_;   // open addressing: index + 1, or 0
};

}  // namespace tertulia

#endif  // TERTULIA_SRC_PRIVACY_PERSON_TAGGER_H_
