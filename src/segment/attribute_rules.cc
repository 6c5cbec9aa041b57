// Reads attributes.json; every row starts from its kind's rule. Test: tests/segment/attribute_rules_test.cc.
#include "segment/attribute_rules.h"

#include <array>
#include <utility>

#include "data/json_file.h"

namespace tertulia {
namespace {

// The kinds that AttributeUpdate::kind documents; their words come from here to the store.
constexpr std::array<const char*, 6> kKinds = {"event", "need", "signal", "fact", "opinion", "care"};
constexpr int kMaxHalfLife = 36'500;  // days: a century

Status wrong(const std::string& name, const std::string& expected) {
  return {StatusCode::kInvalidData, name + ": expected " + expected};
}

// Reads what a kind and an attribute have in common over `rule`, which holds the defaults.
Status read_rule(JsonObject& object, const std::string& name, AttributeRule& rule) {
  const double days = object.number_or("half_life_days", rule.info.half_life_days);
  rule.info.least_confidence = object.number_or("least_confidence", rule.info.least_confidence);
  rule.weak_confidence = object.number_or("weak_confidence", rule.weak_confidence);
  rule.info.sensitivity = object.string_or("sensitivity", rule.info.sensitivity);
  rule.beside_special = object.boolean_or("beside_special", rule.beside_special);
  if (!object.status().ok()) return object.status();
  if (!(days >= 1 && days <= kMaxHalfLife) || days != static_cast<int>(days)) return wrong(name + ": half_life_days", "a whole number from 1 to 36500");
  rule.info.half_life_days = static_cast<int>(days);
  for (const double score : {rule.info.least_confidence, rule.weak_confidence}) {
    if (!(score >= 0 && score <= 1)) return wrong(name + ": confidence", "a number from 0 to 1");
  }
  const std::string& s = rule.info.sensitivity;
  if (s != "normal" && s != "reserved" && s != "care") return wrong(name + ": sensitivity", "normal, reserved or care");
  return {};
}

}  // namespace

Result<AttributeRules> AttributeRules::load(const std::string& path) {
  Result<rapidjson::Document> document = load_json(path);
  if (!document.ok()) return document.status();
  JsonObject root(*document, path);
  root.only({"source", "kinds", "attributes"});
  const std::string source = root.string("source");
  const rapidjson::Value* kinds = root.object("kinds");
  const rapidjson::Value* attributes = root.array("attributes");
  if (!root.status().ok()) return root.status();
  if (source.empty()) return wrong(path + ": source", "where the figures come from");

  AttributeRules rules;
  JsonObject kinds_object(*kinds, path + ": kinds");
  kinds_object.only({kKinds[0], kKinds[1], kKinds[2], kKinds[3], kKinds[4], kKinds[5]});
  for (const char* kind : kKinds) {
    const std::string name = path + ": kinds." + kind;
    const rapidjson::Value* value = kinds_object.object(kind);
    if (value == nullptr) return kinds_object.status();
    JsonObject object(*value, name);
    object.only({"open", "half_life_days", "least_confidence", "weak_confidence", "sensitivity", "beside_special"});
    KindRule& rule = rules.kinds_[kind];
    rule.open = object.boolean_or("open", false);
    rule.rule.info.kind = kind;
    rule.rule.info.sensitivity = "normal";
    if (const Status status = read_rule(object, name, rule.rule); !status.ok()) return status;
  }

  for (rapidjson::SizeType i = 0; i < attributes->Size(); ++i) {
    const std::string name = path + ": attributes[" + std::to_string(i) + "]";
    JsonObject object((*attributes)[i], name);
    object.only({"kind", "id", "half_life_days", "least_confidence", "weak_confidence", "sensitivity", "beside_special"});
    const std::string kind = object.string("kind");
    const std::string id = object.string("id");
    if (!object.status().ok()) return object.status();
    const auto found = rules.kinds_.find(kind);
    if (found == rules.kinds_.end()) return wrong(name + ": kind", "event, need, signal, fact, opinion or care");
    if (id.empty()) return wrong(name + ": id", "a name");
    AttributeRule rule = found->second.rule;
    rule.info.id = id;
    if (const Status status = read_rule(object, name, rule); !status.ok()) return status;
    if (!found->second.attributes.emplace(id, std::move(rule)).second) return wrong(name + ": id", "each attribute once");
  }
  for (const auto& [kind, rule] : rules.kinds_) {
    for (const auto& [id, attribute] : rule.attributes) rules.listed_.push_back(attribute.info);
  }
  return rules;
}

const AttributeRule* AttributeRules::find(std::string_view kind, std::string_view id) const {
  const auto found = kinds_.find(kind);
  if (found == kinds_.end() || id.empty()) return nullptr;
  const auto attribute = found->second.attributes.find(id);
  if (attribute != found->second.attributes.end()) return &attribute->second;
  return found->second.open ? &found->second.rule : nullptr;
}

}  // namespace tertulia
