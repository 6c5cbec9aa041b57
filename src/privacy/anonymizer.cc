// Assembles the gate: recognizers, what the conversation knows, further mentions of found values, overlaps, operators,
// and at last the search for survivors in what was written. Test: tests/privacy/anonymizer_test.cc.
#include <algorithm>
#include <map>
#include <set>

#include <re2/re2.h>

#include "base/utf8.h"
#include "privacy/conversation.h"
#include "privacy/operators.h"
#include "privacy/recognizer_table.h"
#include "privacy/resolver.h"
#include "privacy/scan_text.h"
#include "privacy/value_search.h"
#include "tertulia/privacy.h"

namespace tertulia {
namespace {

constexpr std::size_t kWindowOverlap = 1024;  // bytes that two windows of a long text share
constexpr std::size_t kLeastWindow = 4096;
constexpr double kScoreKnown = 0.9, kScoreNameWord = 0.85;
constexpr std::size_t kLeastNameWord = 3;     // letters

// A long text in pieces that end at a blank and overlap.
std::vector<Span> windows(std::string_view text, std::size_t size) {
  std::vector<Span> out;
  std::size_t begin = 0;
  while (text.size() - begin > size) {
    std::size_t end = begin + size;
    while (end > begin + size - kWindowOverlap / 2 && text[end] != ' ' && text[end] != '\n') --end;
    while ((static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) --end;
    out.push_back({begin, end});
    begin = end - kWindowOverlap;
    while (begin + 1 < end && text[begin] != ' ' && text[begin] != '\n' && begin < end - kWindowOverlap / 2) ++begin;
    while ((static_cast<unsigned char>(text[begin]) & 0xC0) == 0x80) ++begin;
  }
  out.push_back({begin, text.size()});
  return out;
}

}  // namespace

struct Anonymizer::Impl {
  AnonymizerOptions options;
  Key key{};
  std::optional<Analyzer> analyzer;
  std::vector<std::unique_ptr<Recognizer>> recognizers;
  ConversationReader reader;
  std::set<std::string> allowed;                       // compact
  std::vector<std::unique_ptr<RE2>> allowed_patterns;  // over the folded value

  struct Draft {
    Document document;
    const ScanText* scan = nullptr;  // of document, owned by clean()
    std::vector<Entity> entities;
    std::string text;          // rewritten
    std::vector<Span> kept;    // of `text`: values that the policy keeps
    bool changed = false;
  };

  [[nodiscard]] bool is_allowed(std::string_view value) const {
    if (allowed.empty() && allowed_patterns.empty()) return false;
    if (allowed.count(compact_value(value)) != 0) return true;
    const std::string folded = fold_for_scan(value);
    return std::any_of(allowed_patterns.begin(), allowed_patterns.end(),
                       [&](const std::unique_ptr<RE2>& pattern) { return RE2::FullMatch(folded, *pattern); });
  }

  void recognize(const Draft& draft, RecognizerContext context, std::string_view hint, std::vector<Entity>& found) const {
    const std::string& text = draft.document.text();
    if (text.size() <= options.max_text_bytes) {
      context.scan = draft.scan;
      for (const auto& recognizer : recognizers) recognizer->find(draft.document, context, found);
      return;
    }
    for (const Span& window : windows(text, options.max_text_bytes)) {
      const Document part = analyzer->analyze(window.of(text), hint);
      const ScanText scan(part.text());
      context.scan = &scan;
      std::vector<Entity> here;
      for (const auto& recognizer : recognizers) recognizer->find(part, context, here);
      for (Entity& entity : here) {
        entity.span.begin += window.begin;
        entity.span.end += window.begin;
        found.push_back(std::move(entity));
      }
    }
  }

  // Mentions of what is known already: denied values, participants, and every value that was found in some message.
  void add_known(const std::vector<std::string>& participants, std::vector<Draft>& drafts) const {
    struct Known {
      std::string type;
      double score;
      const char* why;
    };
    std::vector<Known> known;
    ValueSearch search;
    const auto add = [&](std::string_view value, Known&& what, ValueMatch match) {
      search.add(value, known.size(), match);
      known.push_back(std::move(what));
    };
    const auto add_person = [&](const std::string& name, const char* why) {
      const std::vector<std::string> words = reader.name_words(name);
      const bool ambiguous = words.size() == 1 && reader.is_ambiguous(words[0]);
      add(name, {"PERSON", kScoreKnown, why}, ambiguous ? ValueMatch::kCapital : ValueMatch::kAnyCase);
      if (words.size() < 2) return;
      const ScanText scan(name);
      for (std::size_t i = 0; i < scan.words().size(); ++i) {
        if (scan.words()[i].size() < kLeastNameWord || !scan.is_upper(scan.words()[i].begin)) continue;
        const std::string_view word = scan.word(i);
        if (word == "del" || word == "las" || word == "los" || word == "van" || word == "von") continue;
        add(word, {"PERSON", kScoreNameWord, why}, ValueMatch::kCapital);
      }
    };
    for (const auto& [value, type] : options.deny) add(value, {type, 1.0, "deny list"}, ValueMatch::kAnyCase);
    for (const std::string& name : participants) add_person(name, "participant");
    std::set<std::pair<std::string, std::string>> seen;
    for (const Draft& draft : drafts) {
      for (const Entity& entity : draft.entities) {
        if (entity.score < options.min_score) continue;
        const std::string value(entity.span.of(draft.document.text()));
        if (!seen.insert({entity.type, value}).second) continue;
        if (entity.type == "PERSON") add_person(value, "named in the conversation");
        else add(value, {entity.type, kScoreKnown, "found in the conversation"}, ValueMatch::kAnyCase);
      }
    }
    if (search.empty()) return;
    search.build();
    for (Draft& draft : drafts) {
      const std::size_t settled = draft.entities.size();
      for (const ValueHit& hit : search.find(*draft.scan)) {
        const Known& what = known[hit.value];
        const Span span = draft.scan->to_original(hit.span.begin, hit.span.end);
        // Entities are settled and in order: what lies inside one of them is known with its own reasons.
        const auto next = std::upper_bound(draft.entities.begin(), draft.entities.begin() + static_cast<std::ptrdiff_t>(settled), span.begin,
                                           [](std::size_t at, const Entity& entity) { return at < entity.span.end; });
        const bool inside = next - draft.entities.begin() < static_cast<std::ptrdiff_t>(settled) && next->span.contains(span);
        if (inside) continue;
        draft.entities.push_back({what.type, span, what.score, "known_value", {what.why}});
      }
    }
  }

  void rewrite(std::vector<Draft>& drafts) const {
    // One value, one number: in order of first appearance, above every placeholder that the texts bring along.
    std::map<std::string, std::size_t> highest;
    std::vector<std::string> names;
    for (const Draft& draft : drafts) {
      read_placeholders(draft.document.text(), highest);
      for (const Entity& entity : draft.entities) {
        if (entity.type == "PERSON") names.emplace_back(entity.span.of(draft.document.text()));
      }
    }
    PersonIndex persons(reader);
    persons.build(names);
    std::map<std::string, std::map<std::string, std::size_t>> numbers;
    const bool has_key = options.key.size() == key.size();
    for (Draft& draft : drafts) {
      const std::string& text = draft.document.text();
      std::size_t at = 0;
      for (const Entity& entity : draft.entities) {
        const std::string_view value = entity.span.of(text);
        std::string normal;
        if (entity.type == "PERSON") normal = persons.full_name(persons.person(std::string(value)));
        else normal = normal_value(entity.type, value);
        std::map<std::string, std::size_t>& of_type = numbers[entity.type];
        const std::size_t number = of_type.try_emplace(normal, highest[entity.type] + of_type.size() + 1).first->second;
        draft.text.append(text, at, entity.span.begin - at);
        const OperatorRule& rule = rule_for(options.policy, entity.type);
        const std::size_t from = draft.text.size();
        draft.text += apply_operator(rule, entity.type, value, normal, number, has_key ? &key : nullptr);
        if (rule.op == Operator::kKeep) draft.kept.push_back({from, draft.text.size()});
        else draft.changed = true;
        at = entity.span.end;
      }
      draft.text.append(text, at, std::string::npos);
    }
  }

  // No value that was to be hidden stands anywhere in the output, in whatever spelling.
  [[nodiscard]] Status check_leaks(const std::vector<Draft>& drafts, const std::string& conversation_id) const {
    ValueSearch search;
    std::vector<std::string> types;
    for (const Draft& draft : drafts) {
      for (const Entity& entity : draft.entities) {
        if (rule_for(options.policy, entity.type).op == Operator::kKeep) continue;
        const std::string_view value = entity.span.of(draft.document.text());
        ValueMatch match = ValueMatch::kAnyCase;
        if (entity.type == "PERSON") {
          const std::vector<std::string> words = reader.name_words(value);
          // A lone word of a longer name was told by its capital, and so it is here.
          if (words.size() == 1 && (reader.is_ambiguous(words[0]) || entity.recognizer == "known_value")) match = ValueMatch::kCapital;
        }
        search.add(value, types.size(), match);
        types.push_back(entity.type);
      }
    }
    if (search.empty()) return {};
    search.build();
    for (const Draft& draft : drafts) {
      const ScanText scan(draft.text);
      for (const ValueHit& hit : search.find(scan)) {
        const Span span = scan.to_original(hit.span.begin, hit.span.end);
        const bool kept = std::any_of(draft.kept.begin(), draft.kept.end(), [&](Span keep) { return keep.overlaps(span); });
        if (kept || is_allowed(span.of(draft.text))) continue;
        return Status(StatusCode::kLeak, "conversation " + conversation_id + ": a value of type " + types[hit.value] + " survived the rewriting");
      }
    }
    return {};
  }
};

Anonymizer::Anonymizer(std::unique_ptr<const Impl> impl) : impl_(std::move(impl)) {}
Anonymizer::Anonymizer(Anonymizer&&) noexcept = default;
Anonymizer& Anonymizer::operator=(Anonymizer&&) noexcept = default;
Anonymizer::~Anonymizer() = default;

Result<Anonymizer> Anonymizer::open(const std::string& bundle_dir, const AnonymizerOptions& options) {
  auto impl = std::make_unique<Impl>();
  impl->options = options;
  if (options.max_text_bytes < kLeastWindow) return Status(StatusCode::kInvalidArgument, "max_text_bytes: expected 4096 or more");
  if (!(options.min_score >= 0 && options.min_score <= 1)) return Status(StatusCode::kInvalidArgument, "min_score: expected 0 to 1");
  bool hashes = options.policy.fallback.op == Operator::kHash;
  for (const auto& [type, rule] : options.policy.rules) hashes = hashes || rule.op == Operator::kHash;
  if (!options.key.empty() || hashes) {
    if (options.key.size() != impl->key.size()) return Status(StatusCode::kInvalidArgument, "key: expected 32 bytes for the operator hash");
    std::copy(options.key.begin(), options.key.end(), impl->key.begin());
  }
  for (const std::string& value : options.allow) {
    if (value.size() > 2 && value.front() == '/' && value.back() == '/') {
      RE2::Options quiet;
      quiet.set_log_errors(false);
      quiet.set_encoding(RE2::Options::EncodingLatin1);
      auto pattern = std::make_unique<RE2>(value.substr(1, value.size() - 2), quiet);
      if (!pattern->ok()) return Status(StatusCode::kInvalidArgument, "allow: " + pattern->error());
      impl->allowed_patterns.push_back(std::move(pattern));
    } else {
      impl->allowed.insert(compact_value(value));
    }
  }
  Result<Analyzer> analyzer = Analyzer::open(bundle_dir);
  if (!analyzer.ok()) return analyzer.status();
  impl->analyzer.emplace(std::move(*analyzer));
  Result<std::vector<std::unique_ptr<Recognizer>>> recognizers = make_recognizers(bundle_dir, options.extra_patterns);
  if (!recognizers.ok()) return recognizers.status();
  impl->recognizers = std::move(*recognizers);
  if (Status s = impl->reader.load(bundle_dir); !s.ok()) return s;
  return Anonymizer(std::move(impl));
}

Result<CleanConversation> Anonymizer::clean(const Conversation& conversation, std::string_view language_hint) const {
  const Impl& impl = *impl_;
  std::vector<Impl::Draft> drafts(conversation.messages.size());
  ScanList scans;
  for (std::size_t m = 0; m < drafts.size(); ++m) {
    drafts[m].document = impl.analyzer->analyze(conversation.messages[m].text, language_hint);
    scans.push_back(std::make_unique<ScanText>(drafts[m].document.text()));
    drafts[m].scan = scans.back().get();
  }
  const std::vector<std::string> participants = impl.reader.participants(conversation, scans);
  const std::vector<std::string> expected = impl.reader.expected_types(conversation, scans);
  RecognizerContext context;
  context.channel = conversation.channel;
  for (const std::string& name : participants) {
    for (std::string& word : impl.reader.name_words(name)) context.participants.push_back(std::move(word));
  }
  std::vector<std::vector<Entity>> found(drafts.size());
  for (std::size_t m = 0; m < drafts.size(); ++m) {
    context.role = conversation.messages[m].role;
    context.expected_type = expected[m];
    impl.recognize(drafts[m], context, language_hint, found[m]);
  }
  impl.reader.join_split_phones(conversation, scans, found);
  const auto settle = [&](Impl::Draft& draft) {
    const std::string& text = draft.document.text();
    draft.entities = resolve(std::move(draft.entities), text, impl.options.min_score);
    draft.entities.erase(std::remove_if(draft.entities.begin(), draft.entities.end(),
                                        [&](const Entity& entity) { return impl.is_allowed(entity.span.of(text)); }),
                         draft.entities.end());
  };
  for (std::size_t m = 0; m < drafts.size(); ++m) {
    drafts[m].entities = std::move(found[m]);
    settle(drafts[m]);
  }
  impl.add_known(participants, drafts);
  for (Impl::Draft& draft : drafts) settle(draft);
  impl.rewrite(drafts);
  if (Status status = impl.check_leaks(drafts, conversation.id); !status.ok()) return status;

  CleanConversation clean;
  clean.channel_ = conversation.channel;
  for (std::size_t m = 0; m < drafts.size(); ++m) {
    CleanMessage message;
    const Message& source = conversation.messages[m];
    message.id_ = source.id;
    message.at_ = source.at;
    message.role_ = source.role;
    const std::string language = drafts[m].document.language();
    if (drafts[m].changed) message.document_ = impl.analyzer->analyze(drafts[m].text, language.empty() ? language_hint : std::string_view(language));
    message.entities_ = std::move(drafts[m].entities);
    if (!drafts[m].changed) message.document_ = std::move(drafts[m].document);
    clean.messages_.push_back(std::move(message));
  }
  return clean;
}

}  // namespace tertulia
