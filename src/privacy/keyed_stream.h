// Numbers that a key and two texts settle: what looks drawn at random and is the same in every run.
//
// BLAKE2b-128 of domain and value under the key, counted on block by block.
#ifndef TERTULIA_SRC_PRIVACY_KEYED_STREAM_H_
#define TERTULIA_SRC_PRIVACY_KEYED_STREAM_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

#include "base/digest.h"

namespace tertulia {

class KeyedStream {
 public:
  KeyedStream(const Key& key, std::string domain, std::string value) : key_(key), domain_(std::move(domain)), value_(std::move(value)) {}

  // 0 to `count` - 1; `count` is small beside 2^32.
  [[nodiscard]] std::size_t below(std::size_t count) {
    if (at_ + 8 > block_.size()) {
      block_ = keyed_hash(key_, domain_ + "#" + std::to_string(blocks_++), value_);
      at_ = 0;
    }
    std::uint64_t drawn = 0;
    for (std::size_t i = 0; i < 8; ++i) {
      const char c = block_[at_++];
      drawn = drawn * 16 + static_cast<std::uint64_t>(c <= '9' ? c - '0' : c - 'a' + 10);
    }
    return static_cast<std::size_t>(drawn % count);
  }
  [[nodiscard]] char one_of(std::string_view letters) { return letters[below(letters.size())]; }

 private:
  Key key_;
  std::string domain_, value_, block_;
  std::size_t at_ = 0, blocks_ = 0;
};

}  // namespace tertulia

#endif  // TERTULIA_SRC_PRIVACY_KEYED_STREAM_H_
