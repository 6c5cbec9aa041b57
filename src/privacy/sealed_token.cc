// XChaCha20-Poly1305 with a nonce made of scope, type and value (as in RFC 8452's idea of a synthetic nonce), under a key derived
// for this use; type, NUL and value are sealed together, so that no token can be given another type.
// Test: tests/privacy/sealed_token_test.cc.
#include "privacy/sealed_token.h"

#include <algorithm>

#include "privacy/scan_text.h"
#include "tertulia/privacy.h"

namespace tertulia {
namespace {

constexpr std::string_view kAlphabet = "abcdefghijklmnopqrstuvwxyz234567";
constexpr std::string_view kOpen = "⟨", kClose = "⟩";
constexpr std::size_t kMaxType = 40, kMaxText = 1024;  // of a type and of the base32 behind it

bool type_letter(char c) { return (c >= 'A' && c <= 'Z') || is_digit(c) || c == '_'; }

}  // namespace

std::string base32(std::string_view bytes) {
  std::string out;
  unsigned held = 0, bits = 0;
  for (const char c : bytes) {
    held = (held << 8) | static_cast<unsigned char>(c);
    bits += 8;
    while (bits >= 5) {
      bits -= 5;
      out += kAlphabet[(held >> bits) & 31];
    }
    held &= 0xFFu;
  }
  if (bits > 0) out += kAlphabet[(held << (5 - bits)) & 31];
  return out;
}

std::optional<std::string> base32_bytes(std::string_view text) {
  const std::size_t rest = text.size() % 8;
  if (rest == 1 || rest == 3 || rest == 6) return std::nullopt;
  std::string out;
  unsigned held = 0, bits = 0;
  for (const char c : text) {
    const std::size_t value = kAlphabet.find(c);
    if (value == std::string_view::npos) return std::nullopt;
    held = ((held << 5) | static_cast<unsigned>(value)) & 0xFFFu;
    bits += 5;
    if (bits >= 8) {
      bits -= 8;
      out += static_cast<char>((held >> bits) & 0xFFu);
    }
  }
  return out;
}

std::string sealed_token(const Key& key, std::string_view scope, const std::string& type, std::string_view value) {
  if (value.size() > kMaxSealedValue || type.size() > kMaxType) return {};
  std::string plain = type;
  plain += '\0';
  plain += value;
  return "⟨" + type + "#" + base32(seal_repeatably(derive_key(key, "token"), scope, plain)) + "⟩";
}

Result<RestoredText> restore_tokens(std::string_view text, const std::string& key) {
  Key master{};
  if (key.size() != master.size()) return Status(StatusCode::kInvalidArgument, "key: expected 32 bytes");
  std::copy(key.begin(), key.end(), master.begin());
  const Key sealing = derive_key(master, "token");
  RestoredText out;
  std::size_t done = 0;
  for (std::size_t at = text.find(kOpen); at != std::string_view::npos; at = text.find(kOpen, at + 1)) {
    const std::size_t from = at + kOpen.size();
    std::size_t mark = from;
    while (mark < text.size() && mark - from <= kMaxType && type_letter(text[mark])) ++mark;
    if (mark == from || mark >= text.size() || text[mark] != '#') continue;
    std::size_t end = mark + 1;
    while (end < text.size() && end - mark <= kMaxText && kAlphabet.find(text[end]) != std::string_view::npos) ++end;
    if (end == mark + 1 || text.substr(end, kClose.size()) != kClose) continue;
    const std::string_view type = text.substr(from, mark - from);
    const std::optional<std::string> bytes = base32_bytes(text.substr(mark + 1, end - mark - 1));
    const Result<std::string> plain = bytes ? unseal(sealing, *bytes) : Result<std::string>(Status(StatusCode::kInvalidData, "no token"));
    if (!plain.ok() || plain->size() <= type.size() || plain->compare(0, type.size(), type) != 0 || (*plain)[type.size()] != '\0') {
      ++out.closed;
      continue;
    }
    out.text.append(text.substr(done, at - done)).append(*plain, type.size() + 1, std::string::npos);
    done = end + kClose.size();
    ++out.restored;
  }
  out.text.append(text.substr(done));
  return out;
}

}  // namespace tertulia
