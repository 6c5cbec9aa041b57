// Assembles the gate: recognizers, what the conversation knows, further mentions of found values, overlaps, and the rewriting. Test: tests/privacy/anonymizer_test.cc.
#include <algorithm>
#include <iterator>
#include <map>
#include <set>
#include <tuple>

#include <re2/re2.h>

#include "base/utf8.h"
#include "privacy/conversation.h"
#include "privacy/operators.h"
#include "privacy/recognizer_table.h"
#include "privacy/resolver.h"
#include "privacy/rewriter.h"
#include "privacy/scan_text.h"
#include "privacy/value_search.h"
#include "tertulia/privacy.h"

namespace tertulia {
namespace {

constexpr std::size_t kWindowOverlap = 1024;  // bytes that two windows of a long text share
constexpr std::size_t kLeastWindow = 4096;
constexpr double kScoreKnown = 0.9, kScoreNameWord = 0.85;
constexpr std::size_t kLeastNameWord = 3;     // letters
constexpr const char* kAllowList = "allow list";
constexpr std::size_t kMaxRejections = 256;   // told of one message

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

// Near misses in order, each once. What was let go within something found was hidden all the same and is left out; what lost
// its place to another type or to the allow list stays.
void tidy(const std::vector<Entity>& found, std::vector<Rejection>& lost, std::vector<Rejection>& rejected) {
  std::vector<Span> settled;  // what was found and what the allow list took: in order, apart from each other
  for (const Entity& entity : found) settled.push_back(entity.span);
  for (const Rejection& rejection : lost) {
    if (rejection.reason == kAllowList) settled.push_back(rejection.span);
  }
  std::sort(settled.begin(), settled.end(), [](Span a, Span b) { return a.begin < b.begin; });
  const auto inside = [&](const Rejection& rejection) {
    const auto next = std::upper_bound(settled.begin(), settled.end(), rejection.span.begin, [](std::size_t at, Span span) { return at < span.end; });
    return next != settled.end() && next->contains(rejection.span);
  };
  const auto weak = [&](const Rejection& rejection) { return rejection.reason.compare(0, 6, "score ") == 0 && inside(rejection); };
  rejected.erase(std::remove_if(rejected.begin(), rejected.end(), inside), rejected.end());
  lost.erase(std::remove_if(lost.begin(), lost.end(), weak), lost.end());
  rejected.insert(rejected.end(), std::make_move_iterator(lost.begin()), std::make_move_iterator(lost.end()));
  const auto key = [](const Rejection& r) { return std::tie(r.span.begin, r.span.end, r.type, r.recognizer, r.reason); };
  std::sort(rejected.begin(), rejected.end(), [&](const Rejection& a, const Rejection& b) { return key(a) < key(b); });
  rejected.erase(std::unique(rejected.begin(), rejected.end(), [&](const Rejection& a, const Rejection& b) { return key(a) == key(b); }), rejected.end());
  if (rejected.size() > kMaxRejections) rejected.resize(kMaxRejections);
}

}  // namespace

struct Anonymizer::Impl {
  AnonymizerOptions options;
  OperatorSet operators;
  std::optional<Analyzer> analyzer;
  std::vector<std::unique_ptr<Recognizer>> recognizers;
  ConversationReader reader;
  std::set<std::string> allowed;                       // compact
  std::vector<std::unique_ptr<RE2>> allowed_patterns;  // over the folded value

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
      std::vector<Rejection> rejected, *sink = context.rejected;
      if (sink != nullptr) context.rejected = &rejected;
      for (const auto& recognizer : recognizers) recognizer->find(part, context, here);
      context.rejected = sink;
      for (Rejection& rejection : rejected) {
        rejection.span.begin += window.begin;
        rejection.span.end += window.begin;
        sink->push_back(std::move(rejection));
      }
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
  Key key{};
  const bool keyed = !options.key.empty() || options.policy.needs_key();
  if (keyed) {
    if (options.key.size() != key.size()) return Status(StatusCode::kInvalidArgument, "key: the policy's operators need one of 32 bytes");
    std::copy(options.key.begin(), options.key.end(), key.begin());
  }
  if (Status s = impl->operators.load(bundle_dir, options.policy, keyed ? &key : nullptr, options.tenant); !s.ok()) return s;
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
  return run(conversation, language_hint, nullptr);
}

Result<CleanConversation> Anonymizer::explain(const Conversation& conversation, std::vector<std::vector<Rejection>>& rejected,
                                              std::string_view language_hint) const {
  rejected.assign(conversation.messages.size(), {});
  return run(conversation, language_hint, &rejected);
}

Result<CleanConversation> Anonymizer::run(const Conversation& conversation, std::string_view language_hint,
                                          std::vector<std::vector<Rejection>>* rejected) const {
  const Impl& impl = *impl_;
  std::vector<Draft> drafts(conversation.messages.size());
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
    if (rejected != nullptr) context.rejected = &(*rejected)[m];
    impl.recognize(drafts[m], context, language_hint, found[m]);
  }
  impl.reader.join_split_phones(conversation, scans, found);
  std::vector<std::vector<Rejection>> lost(rejected == nullptr ? 0 : drafts.size());
  const auto settle = [&](std::size_t m) {
    Draft& draft = drafts[m];
    const std::string& text = draft.document.text();
    std::vector<Rejection>* sink = rejected == nullptr ? nullptr : &lost[m];
    draft.entities = resolve(std::move(draft.entities), text, impl.options.min_score, sink);
    const auto allowed = [&](const Entity& entity) {
      if (!impl.is_allowed(entity.span.of(text))) return false;
      if (sink != nullptr) sink->push_back({entity.type, entity.span, entity.score, entity.recognizer, kAllowList});
      return true;
    };
    draft.entities.erase(std::remove_if(draft.entities.begin(), draft.entities.end(), allowed), draft.entities.end());
  };
  for (std::size_t m = 0; m < drafts.size(); ++m) {
    drafts[m].entities = std::move(found[m]);
    settle(m);
  }
  impl.add_known(participants, drafts);
  for (std::size_t m = 0; m < drafts.size(); ++m) settle(m);
  for (std::size_t m = 0; m < lost.size(); ++m) tidy(drafts[m].entities, lost[m], (*rejected)[m]);
  const AllowTest allowed = [&impl](std::string_view value) { return impl.is_allowed(value); };
  Rewriter rewriter(impl.options.policy, impl.operators, impl.reader, allowed);
  if (Status status = rewriter.rewrite(conversation, drafts); !status.ok()) return status;

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
