// Digests and keyed hashes (libsodium): SHA-256 for files, BLAKE2b-128 under a key for pseudonyms.
#ifndef TERTULIA_SRC_BASE_DIGEST_H_
#define TERTULIA_SRC_BASE_DIGEST_H_

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "tertulia/status.h"

namespace tertulia {

using Key = std::array<unsigned char, 32>;

[[nodiscard]] std::string to_hex(const unsigned char* bytes, std::size_t count);
// Exactly 64 hexadecimal digits, blanks around them allowed. kInvalidData otherwise.
[[nodiscard]] Result<Key> key_from_hex(std::string_view hex);
// From the system's random source.
[[nodiscard]] Key random_key();

// 64 hexadecimal digits.
[[nodiscard]] std::string sha256_hex(std::string_view bytes);
// Reads the file in blocks; kNotFound, kUnreadable.
[[nodiscard]] Result<std::string> sha256_file(const std::string& path);

// 32 hexadecimal digits: BLAKE2b-128 of length-prefixed domain and value under the key.
[[nodiscard]] std::string keyed_hash(const Key& key, std::string_view domain, std::string_view value);

// XChaCha20-Poly1305 with a random nonce in front; open() is kFailedPrecondition under another key.
[[nodiscard]] std::string seal(const Key& key, std::string_view plain);
[[nodiscard]] Result<std::string> unseal(const Key& key, std::string_view sealed);
// The same with a nonce made of `context` and `plain` by keyed BLAKE2b-192: equal input gives equal bytes, which is all
// that they tell. unseal() opens it.
[[nodiscard]] std::string seal_repeatably(const Key& key, std::string_view context, std::string_view plain);

// 32 bytes for one use, from a key that is never used bare.
[[nodiscard]] Key derive_key(const Key& key, std::string_view use);

}  // namespace tertulia

#endif  // TERTULIA_SRC_BASE_DIGEST_H_
