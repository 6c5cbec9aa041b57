// One reading to attribute updates, by the rules of attributes.json. Test: tests/segment/mapper_test.cc.
//
// An event counts when it is the customer's own and affirmed; his own negated one speaks against; other people's, wishes
// and things long past give nothing. A message that speaks of a special category gives no facts and no opinion, and its
// other findings lose their words: the words that a model weighs most may name the category.
#include <algorithm>
#include <cmath>
#include <string>
#include <utility>
#include <vector>

#include "segment/attribute_rules.h"
#include "tertulia/segment.h"

namespace tertulia {
namespace {

constexpr std::size_t kMaxWords = 12;  // of one update's explanation

std::vector<std::string> words_of(const Explanation& why) {
  std::vector<std::string> words;
  for (const std::vector<std::string>* list : {&why.words, &why.cues}) {
    for (const std::string& word : *list) {
      if (words.size() < kMaxWords && std::find(words.begin(), words.end(), word) == words.end()) words.push_back(word);
    }
  }
  return words;
}

// Not a number counts as none.
double bounded(double confidence) { return std::isfinite(confidence) ? std::clamp(confidence, 0.0, 1.0) : 0.0; }

}  // namespace

struct Mapper::Impl {
  AttributeRules rules;

  // The rule, when one of this kind and id is kept from such a message.
  [[nodiscard]] const AttributeRule* rule_for(const Reading& reading, std::string_view kind, std::string_view id) const {
    const AttributeRule* rule = rules.find(kind, id);
    return rule != nullptr && (reading.special.empty() || rule->beside_special) ? rule : nullptr;
  }
};

Result<Mapper> Mapper::open(const std::string& bundle_dir) {
  Result<AttributeRules> rules = AttributeRules::load(bundle_dir + "/segment/attributes.json");
  if (!rules.ok()) return rules.status();
  return Mapper(std::make_unique<const Impl>(Impl{std::move(*rules)}));
}

Mapper::Mapper(std::unique_ptr<const Impl> impl) : impl_(std::move(impl)) {}
Mapper::Mapper(Mapper&&) noexcept = default;
Mapper& Mapper::operator=(Mapper&&) noexcept = default;
Mapper::~Mapper() = default;

const std::vector<AttributeInfo>& Mapper::attributes() const { return impl_->rules.listed(); }

std::vector<AttributeUpdate> Mapper::map(const Reading& reading) const {
  std::vector<AttributeUpdate> updates;
  const auto add = [&](const char* kind, const std::string& id, double confidence, const Explanation& why) -> AttributeUpdate& {
    AttributeUpdate& update = updates.emplace_back();
    update.kind = kind;
    update.attribute = id;
    update.confidence = confidence;
    if (reading.special.empty()) update.why = words_of(why);
    return update;
  };

  for (const Finding& f : reading.events) {
    const AttributeRule* rule = impl_->rule_for(reading, "event", f.event);
    const double confidence = bounded(f.confidence);
    if (rule == nullptr || f.subject != "self" || confidence < rule->weak_confidence) continue;
    const bool affirmed = f.assertion == "affirmed" && (f.active || f.weak);
    const bool negated = f.assertion == "negated";
    if (!affirmed && !negated) continue;
    AttributeUpdate& update = add("event", f.event, confidence, f.why);
    update.value = f.stage;
    update.contradicts = negated;
    update.weak = f.weak || confidence < rule->info.least_confidence;
  }
  for (const NeedFinding& n : reading.needs) {
    const AttributeRule* rule = impl_->rule_for(reading, "need", n.need);
    const double confidence = bounded(n.confidence);
    if (rule == nullptr || confidence < rule->info.least_confidence) continue;
    AttributeUpdate& update = add("need", n.need, confidence, n.why);
    update.event = n.event;
    update.is_explicit = n.is_explicit;
  }
  for (const SignalFinding& s : reading.signals) {
    const AttributeRule* rule = impl_->rule_for(reading, "signal", s.signal);
    const double confidence = bounded(s.confidence);
    if (rule == nullptr || confidence < rule->info.least_confidence) continue;
    add("signal", s.signal, confidence, s.why);
  }
  for (const Fact& f : reading.facts) {
    const AttributeRule* rule = impl_->rule_for(reading, "fact", f.fact);
    const double confidence = bounded(f.confidence);
    if (rule == nullptr || f.value.empty() || confidence < rule->info.least_confidence) continue;
    AttributeUpdate& update = add("fact", f.fact, confidence, {});
    update.event = f.event;
    update.value = f.value;
  }
  const double mood = bounded(std::abs(reading.sentiment.score));
  const AttributeRule* opinion = impl_->rule_for(reading, "opinion", "sentiment");
  if (opinion != nullptr && reading.sentiment.label != "neutral" && mood >= opinion->info.least_confidence) {
    add("opinion", "sentiment", mood, {}).value = reading.sentiment.label;
  }
  for (const std::string& flag : reading.vulnerability) {
    if (impl_->rule_for(reading, "care", flag) != nullptr) add("care", flag, 1.0, {});
  }
  return updates;
}

}  // namespace tertulia
