// "⟨TYPE#mzxw6…⟩": a value that only the key brings back, carried by the text itself, so that nothing has to be kept.
#ifndef TERTULIA_SRC_PRIVACY_SEALED_TOKEN_H_
#define TERTULIA_SRC_PRIVACY_SEALED_TOKEN_H_

#include <optional>
#include <string>
#include <string_view>

#include "base/digest.h"

namespace tertulia {

constexpr std::size_t kMaxSealedValue = 512;  // bytes; a longer value is not sealed

// RFC 4648, lower case, without padding.
[[nodiscard]] std::string base32(std::string_view bytes);
// nullopt: another letter, or a length that no bytes have.
[[nodiscard]] std::optional<std::string> base32_bytes(std::string_view text);

// Equal type, value and scope give an equal token. Empty: the value is too long.
[[nodiscard]] std::string sealed_token(const Key& key, std::string_view scope, const std::string& type, std::string_view value);

}  // namespace tertulia

#endif  // TERTULIA_SRC_PRIVACY_SEALED_TOKEN_H_
