// Three steps: counting bytes rules out most patterns, one RE2::Set says which of the rest occur at all, and those alone
// are searched for spans, which borders, check digits and cues then judge. Patterns are bounded in length, RE2 is linear,
// so the whole is linear in the text. Test: tests/privacy/pattern_recognizer_test.cc and every file's own examples.
#include "privacy/pattern_recognizer.h"

#include <re2/re2.h>
#include <re2/set.h>

#include <algorithm>
#include <cstring>
#include <filesystem>
#include <optional>
#include <set>

#include "base/utf8.h"
#include "data/json_file.h"
#include "data/table_file.h"
#include "privacy/checksums.h"
#include "privacy/cue_list.h"

namespace tertulia {
namespace {

constexpr std::size_t kWindowAfter = 3;     // words behind a value in which a cue counts
constexpr std::size_t kAfterPenalty = 2;    // a cue behind counts as that many words farther
constexpr std::size_t kAgainstWindow = 4;
constexpr double kScoreCheckFails = 0.85;   // at most, for a value that only its context proves
constexpr double kPenaltyAgainst = 0.4;
constexpr std::size_t kMaxCompact = 64;
constexpr std::size_t kMaxPatterns = 1024;  // files in all
constexpr std::size_t kMaxTold = 64;        // near misses of one pattern that are reported
constexpr std::size_t kFewPatterns = 6;     // searched without asking the set
constexpr int kSetMemory = 64 << 20, kPatternMemory = 8 << 20;

struct Pattern {
  std::string id, type;
  std::vector<std::string> languages;
  std::unique_ptr<RE2> expression;
  const NamedChecksum* checksum = nullptr;
  CueList context, context_after, against;
  std::set<std::string> except;  // compact letters that the value may not end with ("kwh")
  std::size_t window = 6;
  std::size_t min_digits = 0;
  std::string needs_char;               // any of these
  std::vector<std::size_t> needs_text;  // any of these, indices of Impl::texts
  bool upper = false, capitals = false, border = true, require_context = false;
  double score = 0, score_with_context = 0;
};

// A pattern is read over one-byte text: its own non-ASCII characters are folded the same way.
std::string fold_pattern(std::string_view pattern) {
  std::string out;
  for (std::size_t at = 0; at < pattern.size();) {
    const CodePoint point = decode_utf8(pattern, at);
    out += point.value < 0x80 ? static_cast<char>(point.value) : fold_for_scan(point.value);
    at += point.size;
  }
  return out;
}

RE2::Options expression_options(int memory) {
  RE2::Options options;
  options.set_encoding(RE2::Options::EncodingLatin1);
  options.set_log_errors(false);
  options.set_max_mem(memory);
  return options;
}

Result<Pattern> load_pattern(const std::string& bundle_dir, const std::string& path, PatternExamples& examples,
                             std::vector<std::string>& needs_text) {
  Result<rapidjson::Document> json = load_json(path);
  if (!json.ok()) return json.status();
  JsonObject object(*json, path);
  object.only({"id", "type", "languages", "pattern", "checksum", "context", "context_after", "context_window", "against", "except", "upper", "capitals",
               "border", "min_digits", "needs_char", "needs_text", "score", "score_with_context", "require_context", "source", "examples",
               "counter_examples"});
  Pattern pattern;
  pattern.id = object.string("id");
  pattern.type = object.string("type");
  pattern.languages = object.strings_or_empty("languages");
  const std::string source = object.string("source");
  const std::string expression = object.string("pattern");
  const std::string checksum = object.string_or("checksum", "");
  const std::vector<std::string> context = object.strings_or_empty("context");
  const std::vector<std::string> context_after = object.strings_or_empty("context_after");
  const std::vector<std::string> against = object.strings_or_empty("against");
  const std::string except = object.string_or("except", "");
  pattern.needs_char = object.string_or("needs_char", "");
  needs_text = object.strings_or_empty("needs_text");
  pattern.window = static_cast<std::size_t>(std::clamp(object.number_or("context_window", 6), 1.0, 20.0));
  pattern.min_digits = static_cast<std::size_t>(std::clamp(object.number_or("min_digits", 0), 0.0, 64.0));
  pattern.upper = object.boolean_or("upper", false);
  pattern.capitals = object.boolean_or("capitals", false);
  pattern.border = object.boolean_or("border", true);
  pattern.require_context = object.boolean_or("require_context", false);
  pattern.score = object.number("score");
  pattern.score_with_context = object.number_or("score_with_context", pattern.score);
  examples = {pattern.id, pattern.type, object.strings_or_empty("examples"), object.strings_or_empty("counter_examples")};
  if (!object.status().ok()) return object.status();

  const auto fault = [&](const std::string& what) { return Status(StatusCode::kInvalidData, path + ": " + what); };
  if (pattern.id != std::filesystem::path(path).stem().string()) return fault("id: expected the name of the file");
  if (source.empty()) return fault("source: expected where the rule comes from");
  if (examples.examples.empty() || examples.counter_examples.empty()) return fault("examples and counter_examples: expected at least one of each");
  if (!checksum.empty() && (pattern.checksum = find_checksum(checksum)) == nullptr) return fault("checksum: there is no \"" + checksum + "\"");
  pattern.expression = std::make_unique<RE2>(fold_pattern(expression), expression_options(kPatternMemory));
  if (!pattern.expression->ok()) return fault("pattern: " + pattern.expression->error());
  if (pattern.expression->NumberOfCapturingGroups() > 1) return fault("pattern: expected at most one group");
  if (RE2::FullMatch("", *pattern.expression)) return fault("pattern: matches the empty text");
  if (Status s = pattern.context.add_all(bundle_dir, context); !s.ok()) return s.within(path);
  if (Status s = pattern.context_after.add_all(bundle_dir, context_after); !s.ok()) return s.within(path);
  if (Status s = pattern.against.add_all(bundle_dir, against); !s.ok()) return s.within(path);
  if (!except.empty()) {
    Result<std::vector<TableRow>> rows = load_table(bundle_dir + "/privacy/lists/" + except + ".tsv", 1, 3);
    if (!rows.ok()) return rows.status().within(path);
    for (const TableRow& row : *rows) pattern.except.insert(compact_value(row.fields[0]));
  }
  return pattern;
}

Status list_patterns(const std::string& dir, std::vector<std::string>& paths) {
  std::error_code error;
  std::vector<std::string> here;
  for (auto it = std::filesystem::directory_iterator(dir, error); !error && it != std::filesystem::directory_iterator(); it.increment(error)) {
    if (it->path().extension() == ".json") here.push_back(it->path().string());
  }
  if (error) return Status(StatusCode::kNotFound, dir + ": no directory of patterns");
  std::sort(here.begin(), here.end());
  paths.insert(paths.end(), here.begin(), here.end());
  return {};
}

// The value stands alone: not a piece of a longer number, of a word, of an amount.
bool stands_alone(std::string_view text, std::size_t begin, std::size_t end) {
  const auto at = [&](std::size_t i) { return i < text.size() ? text[i] : '\n'; };
  if (begin > 0 && is_word_byte(text[begin - 1]) && is_word_byte(text[begin])) return false;
  if (is_word_byte(at(end)) && is_word_byte(text[end - 1])) return false;
  constexpr std::string_view kJoins = ".,/-:";
  if (is_digit(text[begin]) && begin > 1 && kJoins.find(text[begin - 1]) != std::string_view::npos && is_digit(text[begin - 2])) return false;
  if (!is_digit(text[end - 1])) return true;
  if (kJoins.find(at(end)) != std::string_view::npos && is_digit(at(end + 1))) return false;
  const char next = at(end) == ' ' ? at(end + 1) : at(end);
  return next != ScanText::kEuro && next != '%' && next != '$';
}

std::string compact(std::string_view text, bool keep_colons) {
  std::string out;
  for (const char c : text) {
    if (is_digit(c) || is_letter(c) || (keep_colons && (c == ':' || c == '/' || c == '-' || c == '.' || c == ' '))) out += c;
  }
  return out;
}

}  // namespace

struct PatternRecognizer::Impl {
  std::vector<Pattern> patterns;
  std::unique_ptr<RE2::Set> set;  // index of the set: index of patterns
  std::vector<PatternExamples> examples;
  std::vector<std::string> texts;  // of all patterns' needs_text
};

PatternRecognizer::PatternRecognizer(std::unique_ptr<const Impl> impl) : impl_(std::move(impl)) {}
PatternRecognizer::~PatternRecognizer() = default;

Result<std::unique_ptr<PatternRecognizer>> PatternRecognizer::open(const std::string& bundle_dir, const std::string& extra_dir) {
  std::vector<std::string> paths;
  if (Status s = list_patterns(bundle_dir + "/privacy/patterns", paths); !s.ok()) return s;
  if (!extra_dir.empty()) {
    if (Status s = list_patterns(extra_dir, paths); !s.ok()) return s;
  }
  auto impl = std::make_unique<Impl>();
  impl->set = std::make_unique<RE2::Set>(expression_options(kSetMemory), RE2::UNANCHORED);
  if (paths.size() > kMaxPatterns) return Status(StatusCode::kResourceExhausted, bundle_dir + ": more than 1024 pattern files");
  std::set<std::string> ids;
  for (const std::string& path : paths) {
    PatternExamples examples;
    std::vector<std::string> needs_text;
    Result<Pattern> pattern = load_pattern(bundle_dir, path, examples, needs_text);
    if (!pattern.ok()) return pattern.status();
    for (const std::string& text : needs_text) {
      const std::string folded = fold_for_scan(text);
      const auto known = std::find(impl->texts.begin(), impl->texts.end(), folded);
      pattern->needs_text.push_back(static_cast<std::size_t>(known - impl->texts.begin()));
      if (known == impl->texts.end()) impl->texts.push_back(folded);
    }
    if (!ids.insert(pattern->id).second) return Status(StatusCode::kInvalidData, path + ": id: another file has it already");
    std::string error;
    if (impl->set->Add(pattern->expression->pattern(), &error) < 0) return Status(StatusCode::kInvalidData, path + ": pattern: " + error);
    impl->patterns.push_back(std::move(*pattern));
    impl->examples.push_back(std::move(examples));
  }
  if (!impl->set->Compile()) return Status(StatusCode::kResourceExhausted, bundle_dir + ": the patterns together are too large");
  return std::unique_ptr<PatternRecognizer>(new PatternRecognizer(std::move(impl)));
}

const std::vector<PatternExamples>& PatternRecognizer::examples() const noexcept { return impl_->examples; }

namespace {

struct Verdict {
  double score = 0;  // 0: no
  std::vector<std::string> why;
  const char* reason = "";  // of a no, where it is worth telling
};

Verdict judge(const Pattern& pattern, const ScanText& scan, std::string_view language, const RecognizerContext& context, std::size_t begin,
              std::size_t end) {
  const std::string_view text = scan.text();
  Verdict verdict;
  if (pattern.border && !stands_alone(text, begin, end)) return verdict;
  const std::string_view value = text.substr(begin, end - begin);
  if (!pattern.except.empty()) {
    std::size_t letters = value.size();
    while (letters > 0 && is_letter(value[letters - 1])) --letters;
    if (pattern.except.count(std::string(value.substr(letters))) != 0) return verdict;
  }
  std::optional<CueHit> cue = pattern.context.before(scan, begin, pattern.window);
  std::optional<CueHit> behind = pattern.context.after(scan, end, kWindowAfter);
  if (std::optional<CueHit> close = pattern.context_after.after(scan, end, 1)) behind = close;
  if (behind) behind->distance += kAfterPenalty;
  if (behind && (!cue || behind->distance < cue->distance)) cue = behind;
  std::optional<CueHit> against = pattern.against.before(scan, begin, kAgainstWindow);
  if (against && cue && cue->distance <= against->distance) against.reset();
  const bool asked = context.expected_type == pattern.type;
  if (against) cue.reset();
  const bool proven = cue.has_value() || (asked && !against);

  bool needs_proof = pattern.require_context;
  if (pattern.capitals) {
    for (std::size_t i = begin; i < end; ++i) {
      if (is_letter(text[i]) && !scan.is_upper(i)) return verdict;
    }
  }
  if (pattern.upper) {
    for (std::size_t i = begin; i < end; ++i) needs_proof = needs_proof || (is_letter(text[i]) && !scan.is_upper(i));
  }
  if (!language.empty() && language != "other" && !pattern.languages.empty() && pattern.languages[0] != "*" &&
      std::find(pattern.languages.begin(), pattern.languages.end(), language) == pattern.languages.end()) {
    needs_proof = true;
  }
  if (needs_proof && !proven) {
    verdict.reason = against ? "words against it" : "no context";
    return verdict;
  }

  double score = proven ? pattern.score_with_context : pattern.score;
  if (pattern.checksum != nullptr) {
    const bool keep = pattern.checksum->check == check_date || pattern.checksum->check == check_ipv6;
    const std::string digits = compact(value.substr(0, std::min(value.size(), kMaxCompact)), keep);
    if (pattern.checksum->check(digits)) {
      verdict.why.push_back(std::string("check holds: ") + pattern.checksum->name);
    } else {
      if (!proven || keep) {
        verdict.reason = keep ? "check fails" : "check fails and no context";
        return verdict;
      }
      // "12345678 y la letra …": a word of one letter, and no check that makes it part of the value.
      const bool apart = value.size() > 2 && value[value.size() - 2] == ' ' && std::string_view("aeiouy").find(value.back()) != std::string_view::npos;
      if (apart && !scan.is_upper(end - 1)) return verdict;
      verdict.why.emplace_back("checksum fails");
      score = std::min(score, kScoreCheckFails);
    }
  }
  if (against) {
    score -= kPenaltyAgainst;
    verdict.why.push_back("against: " + against->phrase);
  }
  if (cue) verdict.why.push_back("cue: " + cue->phrase);
  else if (proven) verdict.why.emplace_back("asked for");
  if (verdict.why.empty()) verdict.why.emplace_back("form");
  verdict.score = std::max(score, 0.0);
  if (score <= 0) verdict.reason = "words against it";
  return verdict;
}

}  // namespace

void PatternRecognizer::find(const Document& document, const RecognizerContext& context, std::vector<Entity>& found) const {
  const ScanScope scan(document, context);
  find(*scan, document.language(), context, found);
}

void PatternRecognizer::find(const ScanText& scan, std::string_view language, const RecognizerContext& context,
                             std::vector<Entity>& found) const {
  const std::string_view text = scan.text();
  std::size_t counts[256] = {};
  for (const char c : text) ++counts[static_cast<unsigned char>(c)];
  std::size_t digits = 0;
  for (char c = '0'; c <= '9'; ++c) digits += counts[static_cast<unsigned char>(c)];
  enum class Held : char { kUnknown, kNo, kYes };
  std::vector<Held> held(impl_->texts.size(), Held::kUnknown);
  const auto holds = [&](std::size_t index) {
    if (held[index] == Held::kUnknown) {
      const std::string& part = impl_->texts[index];
      held[index] = memmem(text.data(), text.size(), part.data(), part.size()) != nullptr ? Held::kYes : Held::kNo;
    }
    return held[index] == Held::kYes;
  };
  const auto possible = [&](const Pattern& pattern) {
    if (digits < pattern.min_digits) return false;
    if (!pattern.needs_char.empty() &&
        std::none_of(pattern.needs_char.begin(), pattern.needs_char.end(), [&](char c) { return counts[static_cast<unsigned char>(c)] != 0; })) {
      return false;
    }
    return pattern.needs_text.empty() || std::any_of(pattern.needs_text.begin(), pattern.needs_text.end(), holds);
  };
  std::size_t candidates = 0;
  bool eligible[kMaxPatterns] = {};
  for (std::size_t i = 0; i < impl_->patterns.size(); ++i) candidates += (eligible[i] = possible(impl_->patterns[i])) ? 1 : 0;
  if (candidates == 0) return;

  std::vector<int> hits;
  RE2::Set::ErrorInfo error{};
  if (candidates <= kFewPatterns) {  // cheaper one by one than all together
    for (std::size_t i = 0; i < impl_->patterns.size(); ++i) {
      if (eligible[i]) hits.push_back(static_cast<int>(i));
    }
  } else if (!impl_->set->Match(re2::StringPiece(text.data(), text.size()), &hits, &error)) {
    if (error.kind == RE2::Set::kNoError) return;
    hits.clear();  // out of memory: every pattern is tried
    for (std::size_t i = 0; i < impl_->patterns.size(); ++i) hits.push_back(static_cast<int>(i));
  }
  std::sort(hits.begin(), hits.end());
  for (const int hit : hits) {
    const Pattern& pattern = impl_->patterns[static_cast<std::size_t>(hit)];
    if (!eligible[static_cast<std::size_t>(hit)]) continue;
    const int group = pattern.expression->NumberOfCapturingGroups();
    re2::StringPiece pieces[2];
    std::size_t from = 0, told = 0;
    while (from < text.size() &&
           pattern.expression->Match(re2::StringPiece(text.data(), text.size()), from, text.size(), RE2::UNANCHORED, pieces, group + 1)) {
      const re2::StringPiece& value = pieces[group].data() == nullptr ? pieces[0] : pieces[group];
      const auto begin = static_cast<std::size_t>(value.data() - text.data());
      const std::size_t end = begin + value.size();
      Verdict verdict = value.empty() ? Verdict{} : judge(pattern, scan, language, context, begin, end);
      if (verdict.score > 0) {
        found.push_back({pattern.type, scan.to_original(begin, end), verdict.score, pattern.id, std::move(verdict.why)});
        from = end;
      } else {
        if (context.rejected != nullptr && verdict.reason[0] != '\0' && told++ < kMaxTold) {
          context.rejected->push_back({pattern.type, scan.to_original(begin, end), 0, pattern.id, verdict.reason});
        }
        from = static_cast<std::size_t>(pieces[0].data() - text.data()) + 1;
      }
    }
  }
}

}  // namespace tertulia
