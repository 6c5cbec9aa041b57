// What each operator writes. Keyed ones mix type, scope and tenant into the hash, so that a pseudonym of one customer or tenant
// says nothing about another's. Test: tests/privacy/operators_test.cc.
#include "privacy/operators.h"

#include <algorithm>

#include "base/utf8.h"
#include "privacy/keyed_stream.h"
#include "privacy/scan_text.h"
#include "privacy/sealed_token.h"

namespace tertulia {
namespace {

constexpr std::size_t kMaxTypeName = 40;
constexpr int kMostDays = 180;
constexpr std::size_t kPseudonymLetters = 16;  // 80 bits; ScanText knows the length

std::string masked(std::string_view value, int keep_last) {
  std::size_t letters = 0;
  const auto shown_sign = [](char32_t c) { return c < 0x80 && fold_for_scan(c) != 0 && !is_word_byte(fold_for_scan(c)); };
  for (std::size_t at = 0; at < value.size();) {
    const CodePoint point = decode_utf8(value, at);
    if (!shown_sign(point.value) && fold_for_scan(point.value) != 0) ++letters;
    at += point.size;
  }
  const std::size_t keep = static_cast<std::size_t>(std::max(keep_last, 0));
  std::size_t hide = letters > keep ? letters - keep : 0;
  std::string out;
  for (std::size_t at = 0; at < value.size();) {
    const CodePoint point = decode_utf8(value, at);
    if (shown_sign(point.value) || hide == 0) {
      out.append(value.substr(at, point.size));
    } else if (fold_for_scan(point.value) != 0) {
      out += '*';
      --hide;
    }
    at += point.size;
  }
  return out;
}

}  // namespace

const OperatorRule& rule_for(const Policy& policy, const std::string& type) {
  const auto found = policy.rules.find(type);
  return found == policy.rules.end() ? policy.fallback : found->second;
}

bool is_type_name(std::string_view type) noexcept {
  return !type.empty() && type.size() <= kMaxTypeName && type.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_") == std::string_view::npos;
}

Status OperatorSet::load(const std::string& bundle_dir, const Policy& policy, const Key* key, const std::string& tenant) {
  has_key_ = key != nullptr;
  if (key != nullptr) key_ = *key;
  tenant_ = tenant;
  bool inventing = false, naming = false;
  const auto look = [&](const OperatorRule& rule) {
    inventing = inventing || invents(rule.op);
    naming = naming || rule.op == Operator::kSurrogate;
  };
  look(policy.fallback);
  for (const auto& [type, rule] : policy.rules) look(rule);
  if (inventing) {
    if (Status s = generaliser_.load(bundle_dir); !s.ok()) return s;
  }
  return naming ? surrogates_.load(bundle_dir) : Status();
}

// What is mixed into a keyed hash besides the value; every part has its length in front, so that no two lists are alike.
std::string OperatorSet::domain(std::string_view use, const std::string& type, OperatorScope scope, const MentionPlace& place) const {
  if (scope == OperatorScope::kCustomer && place.customer.empty()) scope = OperatorScope::kConversation;
  std::vector<std::string_view> parts = {use, type, tenant_};
  switch (scope) {
    case OperatorScope::kTenant: parts.emplace_back("tenant"); break;
    case OperatorScope::kCustomer: parts.insert(parts.end(), {"customer", place.customer}); break;
    case OperatorScope::kConversation: parts.insert(parts.end(), {"conversation", place.customer, place.conversation}); break;
    case OperatorScope::kMessage: parts.insert(parts.end(), {"message", place.customer, place.conversation, place.message}); break;
  }
  std::string out;
  for (const std::string_view part : parts) out.append(std::to_string(part.size())).append(":").append(part);
  return out;
}

const std::string& OperatorSet::name(const OperatorRule& rule, std::string_view word, bool given, const MentionPlace& place, std::size_t attempt) const {
  return surrogates_.name(key_, domain("surrogate", "PERSON", rule.scope, place), word, given, attempt);
}

std::string OperatorSet::apply(const OperatorRule& rule, const Mention& mention, const MentionPlace& place, std::size_t attempt) const {
  const std::string& type = mention.type;
  const std::string redacted = "⟨REDACTED⟩";
  if (rule.op == Operator::kKeep) return std::string(mention.value);
  if (!is_type_name(type) || (needs_key(rule.op) && !has_key_)) return redacted;
  const std::string tag = "⟨" + type + "_" + std::to_string(mention.number) + "⟩";
  const auto or_tag = [&](std::string made) { return made.empty() ? tag : made; };
  if (attempt > 0 && invents(rule.op) && rule.op != Operator::kSurrogate) return tag;
  switch (rule.op) {
    case Operator::kMask: return masked(mention.value, rule.keep_last);
    case Operator::kTag: return tag;
    case Operator::kHash: return "⟨" + type + ":" + keyed_hash(key_, type, mention.normal) + "⟩";
    case Operator::kPseudonym: {
      KeyedStream stream(key_, domain("pseudonym", type, rule.scope, place), std::string(mention.normal));
      std::string letters;
      while (letters.size() < kPseudonymLetters) letters += stream.one_of("abcdefghijklmnopqrstuvwxyz234567");
      return "⟨" + type + ":" + letters + "⟩";
    }
    case Operator::kToken: return or_tag(sealed_token(key_, domain("token", type, rule.scope, place), type, mention.value));
    case Operator::kSurrogate:
      return or_tag(surrogates_.make(key_, domain("surrogate", type, rule.scope, place), type, mention.value, mention.normal, attempt, generaliser_.dates()));
    case Operator::kGeneralise: return type == "STREET_ADDRESS" ? redacted : or_tag(generaliser_.coarse(type, mention.value, mention.normal, rule.to));
    case Operator::kShift: {
      const std::optional<DateValue> date = is_date_type(type) ? generaliser_.dates().read(mention.value) : std::nullopt;
      if (!date) return tag;
      // One number for all dates of a customer: their distances stay.
      KeyedStream stream(key_, domain("shift", "", OperatorScope::kCustomer, place), "days");
      const int drawn = static_cast<int>(stream.below(2 * kMostDays)) - kMostDays;
      return date->write(moved(date->date(), drawn >= 0 ? drawn + 1 : drawn));
    }
    case Operator::kKeep: case Operator::kRedact: break;
  }
  return redacted;
}

std::string normal_value(const std::string& type, std::string_view value) {
  std::string normal = compact_value(value);
  if (type == "PHONE_NUMBER") {
    if (normal.size() == 13 && normal.compare(0, 4, "0034") == 0) normal.erase(0, 4);
    else if (normal.size() == 11 && normal.compare(0, 2, "34") == 0) normal.erase(0, 2);
  } else if (type == "ES_NIF" || type == "ES_NIE" || type == "ES_CIF") {
    if (normal.size() > 9 && normal.compare(0, 2, "es") == 0) normal.erase(0, 2);
    if (type == "ES_NIF" && normal.size() == 8 && is_digit(normal[0]) && is_letter(normal.back())) normal.insert(0, 1, '0');
  }
  return normal;
}

}  // namespace tertulia
