// The policy file: which operator applies to which entity type. JSON with // comments; a mistake is named with file, line and
// key. Test: tests/privacy/policy_file_test.cc.
#include <algorithm>
#include <optional>
#include <vector>

#include "data/json_file.h"
#include "privacy/operators.h"
#include "tertulia/privacy.h"

namespace tertulia {
namespace {

constexpr double kMaxKeepLast = 8;  // more would leave a short value in clear
constexpr std::size_t kMaxFile = 1u << 20;

template <typename Value>
struct Named {
  const char* name;
  Value value;
};

constexpr Named<Operator> kOperators[] = {
    {"redact", Operator::kRedact}, {"tag", Operator::kTag}, {"mask", Operator::kMask}, {"hash", Operator::kHash}, {"keep", Operator::kKeep},
    {"pseudonym", Operator::kPseudonym}, {"token", Operator::kToken}, {"surrogate", Operator::kSurrogate}, {"generalise", Operator::kGeneralise},
    {"shift", Operator::kShift}};
constexpr Named<OperatorScope> kScopes[] = {
    {"message", OperatorScope::kMessage}, {"conversation", OperatorScope::kConversation}, {"customer", OperatorScope::kCustomer}, {"tenant", OperatorScope::kTenant}};
constexpr Named<Coarseness> kCoarse[] = {
    {"decade", Coarseness::kDecade}, {"year", Coarseness::kYear}, {"month", Coarseness::kMonth}, {"country", Coarseness::kCountry}, {"bank", Coarseness::kBank}};

// "redact, tag or keep": what was expected. Empty when the value was read.
template <typename Value, std::size_t N>
std::string read_name(const rapidjson::Value& json, const Named<Value> (&names)[N], Value& value) {
  std::string all;
  for (std::size_t i = 0; i < N; ++i) {
    if (json.IsString() && std::string_view(json.GetString(), json.GetStringLength()) == names[i].name) {
      value = names[i].value;
      return {};
    }
    all += (i == 0 ? "" : i + 1 == N ? " or " : ", ") + std::string(names[i].name);
  }
  return "expected " + all;
}

// The line of the key at the end of a path of keys, in a text that is valid JSON with comments. One pass.
std::size_t line_of(std::string_view text, const std::vector<std::string>& path) {
  std::size_t line = 1, met = 1, depth = 0, matched = 0;  // matched: keys of the path that lead to where we are
  for (std::size_t at = 0; at < text.size(); ++at) {
    const char c = text[at];
    if (c == '\n') ++line;
    else if (c == '/' && at + 1 < text.size() && text[at + 1] == '/') at = std::min(text.find('\n', at), text.size()) - 1;
    else if (c == '/' && at + 1 < text.size() && text[at + 1] == '*') {
      const std::size_t end = std::min(text.find("*/", at + 2), text.size());
      line += static_cast<std::size_t>(std::count(text.begin() + static_cast<std::ptrdiff_t>(at), text.begin() + static_cast<std::ptrdiff_t>(end), '\n'));
      at = end + 1;
    } else if (c == '{' || c == '[') ++depth;
    else if (c == '}' || c == ']') {
      depth -= depth > 0 ? 1 : 0;
      matched = std::min(matched, depth);
    } else if (c == '"') {
      const std::size_t from = at + 1;
      for (++at; at < text.size() && text[at] != '"'; ++at) at += text[at] == '\\' ? 1 : 0;
      const std::size_t next = text.find_first_not_of(" \t\r\n", at + 1);
      const bool key = next != std::string_view::npos && text[next] == ':';
      if (!key || depth != matched + 1 || matched >= path.size() || text.substr(from, at - from) != path[matched]) continue;
      met = line;
      if (++matched == path.size()) return line;
    }
  }
  return met;
}

}  // namespace

Result<Policy> Policy::load(const std::string& path) {
  const Result<std::string> text = read_file(path, kMaxFile);
  if (!text.ok()) return text.status();
  const Result<rapidjson::Document> json = parse_json(*text, path, JsonComments::kAllow);
  if (!json.ok()) return json.status();
  const auto fault = [&](const std::vector<std::string>& keys, const std::string& what) {
    std::string name;
    for (const std::string& key : keys) name += key == "types" && keys.size() > 1 ? "" : key + ": ";
    return Status(StatusCode::kInvalidData, path + ":" + std::to_string(line_of(*text, keys)) + ": " + name + what);
  };
  if (!json->IsObject()) return Status(StatusCode::kInvalidData, path + ":1: expected an object");
  // One rule: the operator's name, or an object with the name and the settings that this operator has.
  const auto read_rule = [&](const rapidjson::Value& value, const std::vector<std::string>& at, OperatorRule& rule) -> Status {
    const auto inner = [&](const char* key) {
      std::vector<std::string> keys = at;
      keys.emplace_back(key);
      return keys;
    };
    if (!value.IsObject()) {
      const std::string wrong = read_name(value, kOperators, rule.op);
      return wrong.empty() ? Status() : fault(at, wrong);
    }
    const auto op = value.FindMember("operator");
    if (op == value.MemberEnd()) return fault(at, "operator is missing");
    if (const std::string wrong = read_name(op->value, kOperators, rule.op); !wrong.empty()) return fault(inner("operator"), wrong);
    for (const auto& member : value.GetObject()) {
      const std::string key(member.name.GetString(), member.name.GetStringLength());
      const bool scoped = rule.op == Operator::kPseudonym || rule.op == Operator::kToken || rule.op == Operator::kSurrogate;
      if (key == "operator") continue;
      if (key == "keep_last" && rule.op == Operator::kMask) {
        const double number = member.value.IsNumber() ? member.value.GetDouble() : -1;
        if (!(number >= 0 && number <= kMaxKeepLast) || number != static_cast<int>(number)) return fault(inner("keep_last"), "expected 0 to 8");
        rule.keep_last = static_cast<int>(number);
      } else if (key == "scope" && scoped) {
        if (const std::string wrong = read_name(member.value, kScopes, rule.scope); !wrong.empty()) return fault(inner("scope"), wrong);
      } else if (key == "to" && rule.op == Operator::kGeneralise) {
        if (const std::string wrong = read_name(member.value, kCoarse, rule.to); !wrong.empty()) return fault(inner("to"), wrong);
      } else if (key == "keep_last" || key == "scope" || key == "to") {
        return fault(inner(key.c_str()), key == "keep_last" ? "only mask has it" : key == "to" ? "only generalise has it" : "only pseudonym, token and surrogate have it");
      } else {
        return fault(inner(key.c_str()), "unknown key \"" + key + "\", expected operator, keep_last, scope or to");
      }
    }
    return {};
  };
  Policy policy;
  for (const auto& member : json->GetObject()) {
    const std::string key(member.name.GetString(), member.name.GetStringLength());
    if (key == "default") {
      if (Status s = read_rule(member.value, {key}, policy.fallback); !s.ok()) return s;
    } else if (key == "types") {
      if (!member.value.IsObject()) return fault({key}, "expected an object of entity types");
      for (const auto& type : member.value.GetObject()) {
        const std::string name(type.name.GetString(), type.name.GetStringLength());
        if (!is_type_name(name)) return fault({key, name}, "expected an entity type in capitals, such as ES_NIF");
        if (Status s = read_rule(type.value, {key, name}, policy.rules[name]); !s.ok()) return s;
      }
    } else {
      return fault({key}, "unknown key, expected default or types");
    }
  }
  return policy;
}

bool Policy::needs_key() const {
  return tertulia::needs_key(fallback.op) || std::any_of(rules.begin(), rules.end(), [](const auto& rule) { return tertulia::needs_key(rule.second.op); });
}

}  // namespace tertulia
