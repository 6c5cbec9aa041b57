// Operators and the policy file. Test: tests/privacy/operators_test.cc.
#include "privacy/operators.h"

#include <algorithm>

#include "base/utf8.h"
#include "data/json_file.h"
#include "privacy/scan_text.h"

namespace tertulia {
namespace {

constexpr double kMaxKeepLast = 8;  // in a policy file: more would leave a short value in clear

bool read_operator(std::string_view name, Operator& op) {
  if (name == "redact") op = Operator::kRedact;
  else if (name == "tag") op = Operator::kTag;
  else if (name == "mask") op = Operator::kMask;
  else if (name == "hash") op = Operator::kHash;
  else if (name == "keep") op = Operator::kKeep;
  else return false;
  return true;
}

constexpr const char* kOperators = "redact, tag, mask, hash or keep";

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

std::string apply_operator(const OperatorRule& rule, const std::string& type, std::string_view value, std::string_view normal,
                           std::size_t number, const Key* key) {
  switch (rule.op) {
    case Operator::kKeep: return std::string(value);
    case Operator::kMask: return masked(value, rule.keep_last);
    case Operator::kTag: return "⟨" + type + "_" + std::to_string(number) + "⟩";
    case Operator::kHash:
      if (key != nullptr) return "⟨" + type + ":" + keyed_hash(*key, type, normal) + "⟩";
      break;
    case Operator::kRedact: break;
  }
  return "⟨REDACTED⟩";
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

Result<Policy> Policy::load(const std::string& path) {
  Result<std::string> text = read_file(path, 1u << 20);
  if (!text.ok()) return text.status();
  Result<rapidjson::Document> json = parse_json(*text, path, JsonComments::kAllow);
  if (!json.ok()) return json.status();
  // The line of a key's first mention, for errors.
  const auto fault = [&](const std::string& key, const std::string& what) {
    const std::size_t at = text->find("\"" + key + "\"");
    const auto line = 1 + std::count(text->begin(), text->begin() + static_cast<std::ptrdiff_t>(std::min(at, text->size())), '\n');
    return Status(StatusCode::kInvalidData, path + ":" + std::to_string(at == std::string::npos ? 1 : line) + ": " + key + ": " + what);
  };
  if (!json->IsObject()) return Status(StatusCode::kInvalidData, path + ": expected an object");
  Policy policy;
  for (const auto& member : json->GetObject()) {
    const std::string key(member.name.GetString(), member.name.GetStringLength());
    if (key == "default") {
      if (!member.value.IsString() || !read_operator(member.value.GetString(), policy.fallback.op)) return fault(key, std::string("expected ") + kOperators);
    } else if (key == "types") {
      if (!member.value.IsObject()) return fault(key, "expected an object of entity types");
      for (const auto& type : member.value.GetObject()) {
        const std::string name(type.name.GetString(), type.name.GetStringLength());
        const bool form = !name.empty() && name.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_") == std::string::npos;
        if (!form) return fault(name, "expected an entity type in capitals, such as ES_NIF");
        OperatorRule rule;
        if (type.value.IsString()) {
          if (!read_operator(type.value.GetString(), rule.op)) return fault(name, std::string("expected ") + kOperators);
        } else {
          JsonObject object(type.value, path + ": types: " + name);
          object.only({"operator", "keep_last"});
          const std::string op = object.string("operator");
          const double keep_last = object.number_or("keep_last", 4);
          if (!object.status().ok()) return object.status();
          if (!read_operator(op, rule.op)) return fault(name, std::string("operator: expected ") + kOperators);
          if (keep_last < 0 || keep_last > kMaxKeepLast || keep_last != static_cast<int>(keep_last)) return fault(name, "keep_last: expected 0 to 8");
          rule.keep_last = static_cast<int>(keep_last);
        }
        policy.rules[name] = rule;
      }
    } else {
      return fault(key, "unknown key, expected default or types");
    }
  }
  return policy;
}

}  // namespace tertulia
