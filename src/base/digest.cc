// libsodium behind plain types. Test: tests/base/digest_test.cc (published vectors).
#include "base/digest.h"

#include <sodium.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <initializer_list>
#include <memory>

namespace tertulia {
namespace {

// sodium_init is safe to call from many threads and cheap after the first time.
void ensure_sodium() {
  static const int ready = sodium_init();
  (void)ready;
}

}  // namespace

std::string to_hex(const unsigned char* bytes, std::size_t count) {
  static constexpr char digits[] = "0123456789abcdef";
  std::string out(count * 2, '0');
  for (std::size_t i = 0; i < count; ++i) {
    out[2 * i] = digits[bytes[i] >> 4];
    out[2 * i + 1] = digits[bytes[i] & 15];
  }
  return out;
}

Result<Key> key_from_hex(std::string_view hex) {
  while (!hex.empty() && std::strchr(" \t\r\n", hex.front()) != nullptr) hex.remove_prefix(1);
  while (!hex.empty() && std::strchr(" \t\r\n", hex.back()) != nullptr) hex.remove_suffix(1);
  Key key{};
  if (hex.size() != 2 * key.size()) return Status(StatusCode::kInvalidData, "expected a key of 64 hexadecimal digits");
  for (std::size_t i = 0; i < hex.size(); ++i) {
    const char c = hex[i];
    int digit = 0;
    if (c >= '0' && c <= '9') digit = c - '0';
    else if (c >= 'a' && c <= 'f') digit = c - 'a' + 10;
    else if (c >= 'A' && c <= 'F') digit = c - 'A' + 10;
    else return Status(StatusCode::kInvalidData, "expected a key of 64 hexadecimal digits");
    key[i / 2] = static_cast<unsigned char>(key[i / 2] * 16 + digit);
  }
  return key;
}

Key random_key() {
  ensure_sodium();
  Key key{};
  randombytes_buf(key.data(), key.size());
  return key;
}

std::string sha256_hex(std::string_view bytes) {
  ensure_sodium();
  unsigned char out[crypto_hash_sha256_BYTES];
  crypto_hash_sha256(out, reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size());
  return to_hex(out, sizeof out);
}

Result<std::string> sha256_file(const std::string& path) {
  ensure_sodium();
  std::error_code error;
  if (!std::filesystem::exists(path, error)) return Status(StatusCode::kNotFound, path + ": no such file");
  if (std::filesystem::is_directory(path, error)) return Status(StatusCode::kUnreadable, path + ": is a directory");
  const std::unique_ptr<std::FILE, int (*)(std::FILE*)> file(std::fopen(path.c_str(), "rb"), &std::fclose);
  if (!file) return Status(StatusCode::kUnreadable, path + ": " + std::strerror(errno));
  crypto_hash_sha256_state state;
  crypto_hash_sha256_init(&state);
  std::string block(1u << 16, '\0');
  for (;;) {
    const std::size_t count = std::fread(block.data(), 1, block.size(), file.get());
    if (count == 0) break;
    crypto_hash_sha256_update(&state, reinterpret_cast<const unsigned char*>(block.data()), count);
  }
  if (std::ferror(file.get()) != 0) return Status(StatusCode::kUnreadable, path + ": " + std::strerror(errno));
  unsigned char out[crypto_hash_sha256_BYTES];
  crypto_hash_sha256_final(&state, out);
  return to_hex(out, sizeof out);
}

namespace {

// Keyed BLAKE2b of parts with their lengths in front.
void hash_parts(const Key& key, std::initializer_list<std::string_view> parts, unsigned char* out, std::size_t size) {
  crypto_generichash_state state;
  crypto_generichash_init(&state, key.data(), key.size(), size);
  for (const std::string_view part : parts) {
    unsigned char length[8];
    for (int i = 0; i < 8; ++i) length[i] = static_cast<unsigned char>(part.size() >> (8 * i));
    crypto_generichash_update(&state, length, sizeof length);
    crypto_generichash_update(&state, reinterpret_cast<const unsigned char*>(part.data()), part.size());
  }
  crypto_generichash_final(&state, out, size);
}

}  // namespace

std::string keyed_hash(const Key& key, std::string_view domain, std::string_view value) {
  ensure_sodium();
  unsigned char out[16];
  hash_parts(key, {domain, value}, out, sizeof out);
  return to_hex(out, sizeof out);
}

namespace {

constexpr std::size_t kNonce = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
constexpr std::size_t kTag = crypto_aead_xchacha20poly1305_ietf_ABYTES;

std::string seal_under(const Key& key, const unsigned char (&nonce)[kNonce], std::string_view plain) {
  std::string out(kNonce + plain.size() + kTag, '\0');
  auto* bytes = reinterpret_cast<unsigned char*>(out.data());
  std::memcpy(bytes, nonce, kNonce);
  unsigned long long written = 0;
  crypto_aead_xchacha20poly1305_ietf_encrypt(bytes + kNonce, &written,
                                             reinterpret_cast<const unsigned char*>(plain.data()), plain.size(),
                                             nullptr, 0, nullptr, bytes, key.data());
  return out;
}

}  // namespace

std::string seal(const Key& key, std::string_view plain) {
  ensure_sodium();
  unsigned char nonce[kNonce];
  randombytes_buf(nonce, kNonce);
  return seal_under(key, nonce, plain);
}

std::string seal_repeatably(const Key& key, std::string_view context, std::string_view plain) {
  ensure_sodium();
  unsigned char nonce[kNonce];
  const Key nonce_key = derive_key(key, "nonce");
  hash_parts(nonce_key, {context, plain}, nonce, sizeof nonce);
  return seal_under(key, nonce, plain);
}

Key derive_key(const Key& key, std::string_view use) {
  ensure_sodium();
  Key out{};
  hash_parts(key, {"derive", use}, out.data(), out.size());
  return out;
}

Result<std::string> unseal(const Key& key, std::string_view sealed) {
  ensure_sodium();
  if (sealed.size() < kNonce + kTag) return Status(StatusCode::kInvalidData, "sealed value is too short");
  std::string plain(sealed.size() - kNonce - kTag, '\0');
  const auto* bytes = reinterpret_cast<const unsigned char*>(sealed.data());
  unsigned long long written = 0;
  if (crypto_aead_xchacha20poly1305_ietf_decrypt(reinterpret_cast<unsigned char*>(plain.data()), &written, nullptr,
                                                 bytes + kNonce, sealed.size() - kNonce, nullptr, 0, bytes,
                                                 key.data()) != 0) {
    return Status(StatusCode::kFailedPrecondition, "the key does not open this value");
  }
  return plain;
}

}  // namespace tertulia
