// The order of the stages, written here and nowhere else:
//
//   Reader → Message → [Analyzer, Recognizers, Anonymizer] → CleanMessage → EventDetector → Reading
//          → special-category guard and Mapper → AttributeUpdate → Store
//
// The reader stands before and the store behind (batch.cc); in between a conversation is the unit. The types hold the
// order: the detector takes nothing but a CleanMessage. Test: tests/engine/pipeline_test.cc.
#include "engine/pipeline.h"

#include <algorithm>
#include <utility>

namespace tertulia {
namespace {

// Parts of a key, each with its length in front: no two lists of parts give the same text.
std::string joined(std::string_view first, std::string_view second, std::string_view third = {}) {
  std::string out;
  for (const std::string_view part : {first, second, third}) out.append(std::to_string(part.size())).append(":").append(part);
  return out;
}

// The time of each message: its own, else that of the nearest earlier one, else of the first that has one, else `undated`.
std::vector<Timestamp> message_times(const Conversation& conversation, Timestamp undated) {
  Timestamp current = undated;
  for (auto m = conversation.messages.rbegin(); m != conversation.messages.rend(); ++m) current = m->at.value_or(current);
  std::vector<Timestamp> out;
  out.reserve(conversation.messages.size());
  for (const Message& m : conversation.messages) out.push_back(current = m.at.value_or(current));
  return out;
}

// One Analysis a message; what was not read has its language alone.
std::vector<Analysis> without_reading(const CleanConversation& clean, const Conversation& original) {
  const std::vector<CleanMessage>& messages = clean.messages();
  std::vector<Analysis> out(std::min(messages.size(), original.messages.size()));
  for (std::size_t i = 0; i < out.size(); ++i) {
    out[i].id = messages[i].id();
    out[i].text = original.messages[i].text;
    out[i].anonymized = messages[i].document().text();
    out[i].entities = messages[i].entities();
    out[i].reading.language = messages[i].document().language();
  }
  return out;
}

}  // namespace

Pipeline::Pipeline(Anonymizer anonymizer, EventDetector detector, Mapper mapper)
    : anonymizer_(std::move(anonymizer)), detector_(std::move(detector)), mapper_(std::move(mapper)) {}

Result<Pipeline> Pipeline::open(const std::string& bundle_dir, const EngineOptions& options) {
  Result<Anonymizer> anonymizer = Anonymizer::open(bundle_dir, options.anonymizer);
  if (!anonymizer.ok()) return anonymizer.status();
  DetectorOptions detecting;
  detecting.explain = options.explain;
  Result<EventDetector> detector = EventDetector::open(bundle_dir, detecting);
  if (!detector.ok()) return detector.status();
  Result<Mapper> mapper = Mapper::open(bundle_dir);
  if (!mapper.ok()) return mapper.status();
  return Pipeline(std::move(*anonymizer), std::move(*detector), std::move(*mapper));
}

Result<std::vector<Analysis>> Pipeline::analyze(const Conversation& conversation, std::string_view language_hint) const {
  const Result<CleanConversation> clean = anonymizer_.clean(conversation, language_hint);
  if (!clean.ok()) return clean.status();
  std::vector<Analysis> out = without_reading(*clean, conversation);
  for (std::size_t i = 0; i < out.size(); ++i) {
    if (clean->messages()[i].role() == Role::kCustomer) out[i].reading = detector_.read(clean->messages(), i);
  }
  return out;
}

Result<std::vector<Analysis>> Pipeline::anonymize(const Conversation& conversation, std::string_view language_hint) const {
  const Result<CleanConversation> clean = anonymizer_.clean(conversation, language_hint);
  if (!clean.ok()) return clean.status();
  return without_reading(*clean, conversation);
}

Result<std::vector<Analysis>> Pipeline::explain(const Conversation& conversation, std::string_view language_hint) const {
  std::vector<std::vector<Rejection>> rejected;
  const Result<CleanConversation> clean = anonymizer_.explain(conversation, rejected, language_hint);
  if (!clean.ok()) return clean.status();
  std::vector<Analysis> out = without_reading(*clean, conversation);
  for (std::size_t i = 0; i < out.size(); ++i) out[i].rejected = std::move(rejected[i]);
  return out;
}

MinedConversation Pipeline::mine(const Conversation& conversation, const Vault& vault, Timestamp undated) const {
  MinedConversation out;
  if (conversation.customer.empty()) {
    out.status = Status(StatusCode::kInvalidData, "a conversation names no customer");
    return out;
  }
  out.customer_ref = vault.pseudonym("customer", conversation.customer);
  const std::string conversation_ref = vault.pseudonym("conversation", joined(conversation.customer, conversation.id));
  const Result<CleanConversation> clean = anonymizer_.clean(conversation);
  if (!clean.ok()) {  // the stage's own words may name the conversation as the platform does: the pseudonym stands instead
    out.status = Status(clean.status().code(), clean.status().code() == StatusCode::kLeak
        ? "conversation " + conversation_ref + ": a personal value was still found after rewriting; nothing of it is kept"
        : "conversation " + conversation_ref + ": could not be anonymized; nothing of it is kept");
    return out;
  }
  const std::vector<Timestamp> times = message_times(conversation, undated);
  const std::vector<CleanMessage>& messages = clean->messages();
  for (std::size_t i = 0; i < messages.size(); ++i) {
    if (messages[i].role() != Role::kCustomer) continue;  // others' words are context
    const Reading reading = detector_.read(messages, i);
    MessageEvidence evidence;
    evidence.customer_ref = out.customer_ref;
    evidence.conversation_ref = conversation_ref;
    evidence.message_ref =
        vault.pseudonym("message", joined(conversation.customer, conversation.id, messages[i].id()));
    evidence.channel = conversation.channel;
    evidence.language = reading.language;
    evidence.at = times[i];
    if (!reading.special.empty()) ++out.special_withheld;
    evidence.updates = mapper_.map(reading);  // no facts, mood or words of what touches a special category
    out.evidence.push_back(std::move(evidence));
  }
  return out;
}

}  // namespace tertulia
