// Linear in the text plus a bounded number of attempts for each value that is invented.
// Test: tests/privacy/rewriter_test.cc and anonymizer_test.cc.
#include "privacy/rewriter.h"

#include <algorithm>
#include <set>

#include "privacy/scan_text.h"

namespace tertulia {
namespace {

constexpr std::size_t kAttempts = 16;

std::vector<std::string> split(std::string_view words) {
  std::vector<std::string> out;
  for (std::size_t at = 0; at < words.size();) {
    const std::size_t end = std::min(words.find(' ', at), words.size());
    if (end > at) out.emplace_back(words.substr(at, end - at));
    at = end + 1;
  }
  return out;
}

}  // namespace

HiddenValues::HiddenValues(const std::vector<Draft>& drafts, const Policy& policy, const ConversationReader& reader) {
  for (const Draft& draft : drafts) {
    for (const Entity& entity : draft.entities) {
      if (rule_for(policy, entity.type).op == Operator::kKeep) continue;
      const std::string_view value = entity.span.of(draft.document.text());
      ValueMatch match = ValueMatch::kAnyCase;
      if (entity.type == "PERSON") {
        const std::vector<std::string> words = reader.name_words(value);
        // A lone word of a longer name was told by its capital, and so it is here.
        if (words.size() == 1 && (reader.is_ambiguous(words[0]) || entity.recognizer == "known_value")) match = ValueMatch::kCapital;
      }
      search_.add(value, types_.size(), match);
      types_.push_back(entity.type);
    }
  }
  if (!search_.empty()) search_.build();
}

const std::string* HiddenValues::find(std::string_view text, const std::vector<Span>& kept, const AllowTest& allowed) const {
  if (search_.empty()) return nullptr;
  const ScanText scan(text);
  for (const ValueHit& hit : search_.find(scan)) {
    const Span span = scan.to_original(hit.span.begin, hit.span.end);
    if (std::any_of(kept.begin(), kept.end(), [&](Span keep) { return keep.overlaps(span); }) || allowed(span.of(text))) continue;
    return &types_[hit.value];
  }
  return nullptr;
}

// The name that stands for one word of a name: the first drawn that is neither hidden nor somebody else's already.
const std::string* Rewriter::name(const OperatorRule& rule, const std::string& word, bool given, const MentionPlace& place, const HiddenValues& hidden) {
  std::string key = word;
  if (rule.scope == OperatorScope::kMessage) key.append("\n").append(place.message);
  if (const auto known = names_.find(key); known != names_.end()) return known->second;
  for (std::size_t attempt = 0; attempt < kAttempts; ++attempt) {
    const std::string& drawn = operators_.name(rule, word, given, place, attempt);
    const auto taken = names_taken_.find(&drawn);
    if ((taken != names_taken_.end() && taken->second != word) || hidden.find(drawn, {}, allowed_) != nullptr) continue;
    names_taken_[&drawn] = word;
    return names_[key] = &drawn;
  }
  return nullptr;
}

// A name word by word, so that "María López", "María" and "Sra. López" stay one person. Empty: none can be made.
std::string Rewriter::person(const OperatorRule& rule, const Mention& mention, const MentionPlace& place, std::size_t attempt, const HiddenValues& hidden) {
  if (attempt > 0) return {};
  const std::vector<std::string> full = split(mention.normal);
  std::string out;
  const ScanText scan(mention.value);
  bool capital = false;
  for (std::size_t i = 0; i < scan.text().size(); ++i) capital = capital || (is_letter(scan.text()[i]) && scan.is_upper(i));
  const std::vector<std::string> words = reader_.name_words(mention.value);
  for (std::size_t i = 0; i < words.size(); ++i) {
    const bool initial = words[i].size() == 1;
    const auto whole = std::find_if(full.begin(), full.end(), [&](const std::string& word) { return initial ? word[0] == words[i][0] : word == words[i]; });
    const bool given = whole == full.end() ? i == 0 : whole == full.begin();
    const std::string* drawn = name(rule, whole == full.end() ? words[i] : *whole, given, place, hidden);
    if (drawn == nullptr) return {};
    out += out.empty() ? "" : " ";
    const std::size_t from = out.size();
    out += initial ? drawn->substr(0, 1) + "." : *drawn;
    if (!capital && out[from] >= 'A' && out[from] <= 'Z') out[from] = static_cast<char>(out[from] + 32);
  }
  return out;
}

std::string Rewriter::invented(const OperatorRule& rule, const Mention& mention, const MentionPlace& place, const HiddenValues& hidden) {
  const std::string original = compact_value(mention.value);
  std::string owner = mention.type;
  owner.append("\n").append(mention.normal);
  for (std::size_t attempt = 0; attempt < kAttempts; ++attempt) {
    const bool name = rule.op == Operator::kSurrogate && mention.type == "PERSON";
    const std::string made = name ? person(rule, mention, place, attempt, hidden) : operators_.apply(rule, mention, place, attempt);
    if (made.empty()) break;
    const std::string compact = compact_value(made);
    if (compact.empty()) return made;  // a placeholder
    if ((!original.empty() && compact.find(original) != std::string::npos) || hidden.find(made, {}, allowed_) != nullptr) continue;
    if (rule.op == Operator::kSurrogate && !name && stands_for_.emplace(compact, owner).first->second != owner) continue;
    return made;
  }
  return operators_.apply({}, mention, place);  // the tag
}

Status Rewriter::rewrite(const Conversation& conversation, std::vector<Draft>& drafts) {
  const HiddenValues hidden(drafts, policy_, reader_);
  // One value, one number: in order of first appearance, above every placeholder that the texts bring along.
  std::map<std::string, std::size_t> highest;
  std::vector<std::string> names;
  for (const Draft& draft : drafts) {
    read_placeholders(draft.document.text(), highest);
    for (const Entity& entity : draft.entities) {
      if (entity.type == "PERSON") names.emplace_back(entity.span.of(draft.document.text()));
    }
  }
  PersonIndex persons(reader_);
  persons.build(names);
  std::map<std::string, std::map<std::string, std::size_t>> numbers;
  for (std::size_t m = 0; m < drafts.size(); ++m) {
    Draft& draft = drafts[m];
    const std::string& text = draft.document.text();
    const MentionPlace place{conversation.customer, conversation.id, conversation.messages[m].id};
    std::size_t at = 0;
    for (const Entity& entity : draft.entities) {
      const std::string_view value = entity.span.of(text);
      const std::string normal = entity.type == "PERSON" ? persons.full_name(persons.person(std::string(value))) : normal_value(entity.type, value);
      std::map<std::string, std::size_t>& of_type = numbers[entity.type];
      const std::size_t number = of_type.try_emplace(normal, highest[entity.type] + of_type.size() + 1).first->second;
      draft.text.append(text, at, entity.span.begin - at);
      const OperatorRule& rule = rule_for(policy_, entity.type);
      const std::size_t from = draft.text.size();
      const Mention mention{entity.type, value, normal, number};
      draft.text += invents(rule.op) ? invented(rule, mention, place, hidden) : operators_.apply(rule, mention, place);
      if (rule.op == Operator::kKeep) draft.kept.push_back({from, draft.text.size()});
      else draft.changed = true;
      at = entity.span.end;
    }
    draft.text.append(text, at, std::string::npos);
  }
  // No value that was to be hidden stands anywhere in the output, in whatever spelling.
  for (const Draft& draft : drafts) {
    if (const std::string* type = hidden.find(draft.text, draft.kept, allowed_); type != nullptr) {
      return Status(StatusCode::kLeak, "conversation " + conversation.id + ": a value of type " + *type + " survived the rewriting");
    }
  }
  return {};
}

}  // namespace tertulia
