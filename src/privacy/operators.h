// What stands in the clean text instead of a value.
#ifndef TERTULIA_SRC_PRIVACY_OPERATORS_H_
#define TERTULIA_SRC_PRIVACY_OPERATORS_H_

#include <cstddef>
#include <string>
#include <string_view>

#include "base/digest.h"
#include "tertulia/privacy.h"

namespace tertulia {

// The rule of a type, or the fallback.
[[nodiscard]] const OperatorRule& rule_for(const Policy& policy, const std::string& type);
// `value` as written, `normal` as compared (one for all its spellings), `number` its count within the conversation.
// `key` may be null unless the operator is kHash.
[[nodiscard]] std::string apply_operator(const OperatorRule& rule, const std::string& type, std::string_view value, std::string_view normal,
                                         std::size_t number, const Key* key);
// The value as compared: compact, phones without the Spanish prefix, NIFs without "ES" and with their lost zero.
[[nodiscard]] std::string normal_value(const std::string& type, std::string_view value);
// The highest n of ⟨TYPE_n⟩ in a text that is clean already, added to `highest` by type.
template <typename Map>
void read_placeholders(std::string_view text, Map& highest) {
  constexpr std::string_view kOpen = "⟨", kClose = "⟩";
  for (std::size_t at = text.find(kOpen); at != std::string_view::npos; at = text.find(kOpen, at + 1)) {
    const std::string_view near = text.substr(at + kOpen.size(), 96);  // no placeholder is longer
    const std::string_view inner = near.substr(0, near.find(kClose));
    if (inner.size() == near.size()) continue;
    const std::size_t bar = inner.rfind('_');
    if (bar == std::string_view::npos || bar + 1 == inner.size() || inner.size() - bar > 7) continue;
    std::size_t n = 0;
    for (const char c : inner.substr(bar + 1)) n = c >= '0' && c <= '9' ? n * 10 + static_cast<std::size_t>(c - '0') : 10000000;
    if (n >= 10000000) continue;
    std::size_t& known = highest[std::string(inner.substr(0, bar))];
    if (n > known) known = n;
  }
}

}  // namespace tertulia

#endif  // TERTULIA_SRC_PRIVACY_OPERATORS_H_
