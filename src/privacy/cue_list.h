// Phrases that stand near a value and say what it is: "mi dni es", "nº de pedido".
//
// Whole words only ("lic" is not in "duplicate"), folded as ScanText folds. Immutable once filled.
#ifndef TERTULIA_SRC_PRIVACY_CUE_LIST_H_
#define TERTULIA_SRC_PRIVACY_CUE_LIST_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "privacy/scan_text.h"
#include "privacy/word_filter.h"
#include "tertulia/status.h"

namespace tertulia {

struct CueHit {
  std::size_t distance = 0;        // words between the cue and the value
  std::size_t begin = 0, end = 0;  // of the cue in ScanText::text()
  std::string phrase;              // folded: fit for Entity::why
};

// A phrase as CueHit::phrase has it: its folded words, one blank between them.
[[nodiscard]] std::string cue_phrase(std::string_view phrase);

class CueList {
 public:
  void add(std::string_view phrase);
  // First column of <bundle>/privacy/lists/<name>.tsv.
  Status add_file(const std::string& bundle_dir, const std::string& name);
  // Each text is a phrase, or "@name" for a list file.
  Status add_all(const std::string& bundle_dir, const std::vector<std::string>& phrases);
  [[nodiscard]] bool empty() const noexcept { return phrases_.empty(); }

  // The nearest phrase that ends within `window` words before `at`, or starts within `window` words behind it.
  [[nodiscard]] std::optional<CueHit> before(const ScanText& scan, std::size_t at, std::size_t window) const;
  [[nodiscard]] std::optional<CueHit> after(const ScanText& scan, std::size_t at, std::size_t window) const;
  // The longest phrase whose first (last) word is this one.
  [[nodiscard]] std::optional<CueHit> starting(const ScanText& scan, std::size_t word) const;
  [[nodiscard]] std::optional<CueHit> ending(const ScanText& scan, std::size_t word) const;

 private:
  struct Hash {
    using is_transparent = void;
    std::size_t operator()(std::string_view word) const noexcept { return std::hash<std::string_view>{}(word); }
  };
  using Index = std::unordered_map<std::string, std::vector<std::uint32_t>, Hash, std::equal_to<>>;
  std::vector<std::vector<std::string>> phrases_;
  WordFilter first_, last_;
  Index by_first_, by_last_;  // looked up, never walked
};

}  // namespace tertulia

#endif  // TERTULIA_SRC_PRIVACY_CUE_LIST_H_
