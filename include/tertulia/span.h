// A half-open range of UTF-8 bytes in one named text.
//
// Offsets are bytes throughout the C++ library; they are turned into code points or UTF-16 units once,
// at the border where an answer leaves it (`OffsetUnit`).
#ifndef TERTULIA_SPAN_H_
#define TERTULIA_SPAN_H_

#include <cstddef>
#include <string_view>

namespace tertulia {

struct Span {
  std::size_t begin = 0;
  std::size_t end = 0;

  [[nodiscard]] constexpr std::size_t size() const noexcept { return end - begin; }
  [[nodiscard]] constexpr bool empty() const noexcept { return begin == end; }
  [[nodiscard]] constexpr bool contains(Span other) const noexcept {
    return begin <= other.begin && other.end <= end;
  }
  [[nodiscard]] constexpr bool overlaps(Span other) const noexcept {
    return begin < other.end && other.begin < end;
  }
  // The bytes of `text` that the span covers; the span must lie within it.
  [[nodiscard]] constexpr std::string_view of(std::string_view text) const noexcept {
    return text.substr(begin, end - begin);
  }
  friend constexpr bool operator==(Span a, Span b) noexcept { return a.begin == b.begin && a.end == b.end; }
  friend constexpr bool operator!=(Span a, Span b) noexcept { return !(a == b); }
};

// The unit in which an answer counts offsets.
enum class OffsetUnit { kBytes, kCodePoints, kUtf16 };

}  // namespace tertulia

#endif  // TERTULIA_SPAN_H_
