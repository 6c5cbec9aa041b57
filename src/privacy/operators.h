// What stands in the clean text instead of a value.
#ifndef TERTULIA_SRC_PRIVACY_OPERATORS_H_
#define TERTULIA_SRC_PRIVACY_OPERATORS_H_

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "base/digest.h"
#include "privacy/generalise.h"
#include "privacy/surrogates.h"
#include "tertulia/privacy.h"

namespace tertulia {

// The rule of a type, or the fallback.
[[nodiscard]] const OperatorRule& rule_for(const Policy& policy, const std::string& type);
// An entity type that a placeholder can be made of: capitals, digits and _, 40 at most.
[[nodiscard]] bool is_type_name(std::string_view type) noexcept;
[[nodiscard]] constexpr bool needs_key(Operator op) noexcept {
  return op == Operator::kHash || op == Operator::kPseudonym || op == Operator::kToken || op == Operator::kSurrogate || op == Operator::kShift;
}
// What these write is made of the value and could hold it: it is searched before it is used.
[[nodiscard]] constexpr bool invents(Operator op) noexcept { return op == Operator::kSurrogate || op == Operator::kGeneralise || op == Operator::kShift; }

// One mention of a value: as written, as compared (one for all its spellings), its count within the conversation.
struct Mention {
  const std::string& type;
  std::string_view value, normal;
  std::size_t number = 1;
};
// Whose it is: ids as the host gives them; customer may be empty.
struct MentionPlace {
  std::string_view customer, conversation, message;
};

// The operators of one policy. Immutable; any number of threads.
class OperatorSet {
 public:
  // Reads of the bundle what the policy needs. `key` may be null where the policy needs none.
  Status load(const std::string& bundle_dir, const Policy& policy, const Key* key, const std::string& tenant);
  // A surrogate depends on `attempt`; what else invents() answers with the tag from the second attempt on. PERSON's
  // surrogates are put together of words: name() gives each.
  [[nodiscard]] std::string apply(const OperatorRule& rule, const Mention& mention, const MentionPlace& place, std::size_t attempt = 0) const;
  [[nodiscard]] const std::string& name(const OperatorRule& rule, std::string_view word, bool given, const MentionPlace& place, std::size_t attempt) const;

 private:
  [[nodiscard]] std::string domain(std::string_view use, const std::string& type, OperatorScope scope, const MentionPlace& place) const;
  bool has_key_ = false;
  Key key_{};
  std::string tenant_;
  Surrogates surrogates_;
  Generaliser generaliser_;
};

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
