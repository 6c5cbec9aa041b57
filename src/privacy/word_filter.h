// A cheap "surely not" before a look-up: two bits for the outer bytes, the inner bytes and the length of each word of a list.
#ifndef TERTULIA_SRC_PRIVACY_WORD_FILTER_H_
#define TERTULIA_SRC_PRIVACY_WORD_FILTER_H_

#include <bitset>
#include <cstddef>
#include <string_view>

namespace tertulia {

class WordFilter {
 public:
  void add(std::string_view word) {
    bits_.set(slot(word));
    bits_.set(inner_slot(word));
  }
  // false: the word is not on the list. true: it may be.
  [[nodiscard]] bool may_hold(std::string_view word) const noexcept { return bits_.test(slot(word)) && bits_.test(inner_slot(word)); }

 private:
  static constexpr std::size_t kBits = 16384;
  static std::size_t slot(std::string_view word) noexcept {
    if (word.empty()) return 0;
    const auto at = [&](std::size_t i) { return static_cast<std::size_t>(static_cast<unsigned char>(word[i])); };
    return (at(0) * 331 + at(word.size() - 1) * 37 + at(word.size() / 2) * 1021 + word.size()) % kBits;
  }
  static std::size_t inner_slot(std::string_view word) noexcept {
    if (word.size() < 2) return 0;
    const auto at = [&](std::size_t i) { return static_cast<std::size_t>(static_cast<unsigned char>(word[i])); };
    return (at(1) * 613 + at(word.size() - 2) * 1543 + at(0) * 89 + word.size() * 7) % kBits;
  }
  std::bitset<kBits> bits_;
};

}  // namespace tertulia

#endif  // TERTULIA_SRC_PRIVACY_WORD_FILTER_H_
