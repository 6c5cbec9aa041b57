// UTF-8 after the table of well-formed byte sequences (Unicode 15, table 3-7). Test: tests/base/utf8_test.cc.
#include "base/utf8.h"

namespace tertulia {
namespace {

constexpr char32_t kReplacement = 0xFFFD;

unsigned char byte_at(std::string_view text, std::size_t at) noexcept {
  return static_cast<unsigned char>(text[at]);
}

// Length of the well-formed sequence at `at`, or 0; *valid_prefix is the length of the maximal subpart.
std::size_t sequence_length(std::string_view text, std::size_t at, std::size_t* valid_prefix) noexcept {
  const unsigned char lead = byte_at(text, at);
  *valid_prefix = 1;
  if (lead < 0x80) return 1;
  std::size_t length = 0;
  unsigned char low = 0x80, high = 0xBF;
  if (lead >= 0xC2 && lead <= 0xDF) {
    length = 2;
  } else if (lead >= 0xE0 && lead <= 0xEF) {
    length = 3;
    if (lead == 0xE0) low = 0xA0;
    if (lead == 0xED) high = 0x9F;
  } else if (lead >= 0xF0 && lead <= 0xF4) {
    length = 4;
    if (lead == 0xF0) low = 0x90;
    if (lead == 0xF4) high = 0x8F;
  } else {
    return 0;
  }
  for (std::size_t i = 1; i < length; ++i) {
    if (at + i >= text.size()) return 0;
    const unsigned char next = byte_at(text, at + i);
    if (next < low || next > high) return 0;
    low = 0x80;
    high = 0xBF;
    *valid_prefix = i + 1;
  }
  return length;
}

}  // namespace

CodePoint decode_utf8(std::string_view text, std::size_t at) noexcept {
  const unsigned char lead = byte_at(text, at);
  if (lead < 0x80) return {lead, 1};
  std::size_t prefix = 0;
  const std::size_t length = sequence_length(text, at, &prefix);
  if (length == 0) return {kReplacement, 1};
  char32_t value = lead & (0xFFu >> (length + 1));
  for (std::size_t i = 1; i < length; ++i) value = (value << 6) | (byte_at(text, at + i) & 0x3Fu);
  return {value, static_cast<std::uint8_t>(length)};
}

void append_utf8(char32_t c, std::string& out) {
  if (c < 0x80) {
    out += static_cast<char>(c);
  } else if (c < 0x800) {
    out += static_cast<char>(0xC0 | (c >> 6));
    out += static_cast<char>(0x80 | (c & 0x3F));
  } else if (c < 0x10000) {
    out += static_cast<char>(0xE0 | (c >> 12));
    out += static_cast<char>(0x80 | ((c >> 6) & 0x3F));
    out += static_cast<char>(0x80 | (c & 0x3F));
  } else {
    out += static_cast<char>(0xF0 | (c >> 18));
    out += static_cast<char>(0x80 | ((c >> 12) & 0x3F));
    out += static_cast<char>(0x80 | ((c >> 6) & 0x3F));
    out += static_cast<char>(0x80 | (c & 0x3F));
  }
}

bool is_valid_utf8(std::string_view text) noexcept {
  std::size_t at = 0, prefix = 0;
  while (at < text.size()) {
    const std::size_t length = sequence_length(text, at, &prefix);
    if (length == 0) return false;
    at += length;
  }
  return true;
}

std::string repair_utf8(std::string_view text, std::size_t* repaired) {
  std::string out;
  out.reserve(text.size());
  std::size_t at = 0, prefix = 0;
  while (at < text.size()) {
    const std::size_t length = sequence_length(text, at, &prefix);
    if (length != 0) {
      out.append(text.substr(at, length));
      at += length;
    } else {
      append_utf8(kReplacement, out);
      at += prefix;
      if (repaired != nullptr) ++*repaired;
    }
  }
  return out;
}

std::size_t OffsetConverter::convert(std::size_t byte_offset) noexcept {
  if (unit_ == OffsetUnit::kBytes) return byte_offset;
  if (byte_offset < byte_) byte_ = count_ = 0;
  while (byte_ < byte_offset && byte_ < text_.size()) {
    const CodePoint point = decode_utf8(text_, byte_);
    byte_ += point.size;
    count_ += unit_ == OffsetUnit::kUtf16 && point.value > 0xFFFF ? 2 : 1;
  }
  return count_;
}

}  // namespace tertulia
