// UTF-8: checking, repairing, walking, and turning byte offsets into other units.
#ifndef TERTULIA_SRC_BASE_UTF8_H_
#define TERTULIA_SRC_BASE_UTF8_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "tertulia/span.h"

namespace tertulia {

// One decoded code point and the bytes it took; U+FFFD with size 1 for an invalid byte.
struct CodePoint {
  char32_t value;
  std::uint8_t size;
};

// Decodes the code point that starts at `at` (< text.size()).
[[nodiscard]] CodePoint decode_utf8(std::string_view text, std::size_t at) noexcept;
void append_utf8(char32_t code_point, std::string& out);

[[nodiscard]] bool is_valid_utf8(std::string_view text) noexcept;
// Replaces each maximal invalid part with U+FFFD (Unicode 15, section 3.9, "best practice") and adds the number
// of replacements to *repaired. Returns the text unchanged when it is valid.
[[nodiscard]] std::string repair_utf8(std::string_view text, std::size_t* repaired);

// Turns increasing byte offsets of one text into another unit in one pass over it.
class OffsetConverter {
 public:
  OffsetConverter(std::string_view text, OffsetUnit unit) noexcept : text_(text), unit_(unit) {}
  // `byte_offset` may be smaller than the last one: the walk then starts anew.
  [[nodiscard]] std::size_t convert(std::size_t byte_offset) noexcept;

 private:
  std::string_view text_;
  OffsetUnit unit_;
  std::size_t byte_ = 0, count_ = 0;
};

}  // namespace tertulia

#endif  // TERTULIA_SRC_BASE_UTF8_H_
