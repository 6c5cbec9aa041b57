// A cheap "surely not" before a look-up: one bit for first byte, last byte and length of each word of a list.
#ifndef TERTULIA_SRC_PRIVACY_WORD_FILTER_H_
#define TERTULIA_SRC_PRIVACY_WORD_FILTER_H_

#include <bitset>
#include <cstddef>
#include <string_view>

namespace tertulia {

class WordFilter {
 public:
  void add(std::string_view word) { bits_.set(slot(word)); }
  // false: the word is not on the list. true: it may be.
  [[nodiscard]] bool may_hold(std::string_view word) const noexcept { return bits_.test(slot(word)); }

 private:
  static constexpr std::size_t kBits = 8192;
  static std::size_t slot(std::string_view word) noexcept {
    if (word.empty()) return 0;
    const auto at = [&](std::size_t i) { return static_cast<std::size_t>(static_cast<unsigned char>(word[i])); };
    return (at(0) * 331 + at(word.size() - 1) * 37 + at(word.size() / 2) * 1021 + word.size()) % kBits;
  }
  std::bitset<kBits> bits_;
};

}  // namespace tertulia

#endif  // TERTULIA_SRC_PRIVACY_WORD_FILTER_H_
