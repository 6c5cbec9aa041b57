// Puts a Document together: tokens, forms, sentences, language, and, once the language is known, chat spellings.
// Test: tests/text/analyzer_test.cc.
#include <limits>
#include <utility>

#include "base/utf8.h"
#include "data/bundle.h"
#include "data/json_file.h"
#include "tertulia/text.h"
#include "text/hashtag.h"
#include "text/language_id.h"
#include "text/normalizer.h"
#include "text/sentence_cutter.h"
#include "text/tokenizer.h"

namespace tertulia {
namespace {

// Token offsets are 32 bits wide. A token makes at most about 1.5 KB of folded text; behind this limit none.
constexpr std::size_t kMaxForms = std::numeric_limits<std::uint32_t>::max() - 8192;

// A bundle says in its manifest which normaliser its files were trained with; the sources under models/ have none.
Status check_version(const std::string& bundle_dir) {
  const std::string path = bundle_dir + "/manifest.json";
  Result<rapidjson::Document> manifest = load_json(path);
  if (!manifest.ok()) return manifest.status().code() == StatusCode::kNotFound ? Status() : manifest.status();
  JsonObject root(*manifest, path);
  const double version = root.number("normalizer");
  if (!root.status().ok()) return root.status();
  if (version == kNormalizerVersion) return {};
  return Status(StatusCode::kFailedPrecondition, path + ": normalizer: expected " + std::to_string(kNormalizerVersion) + "; train again");
}

}  // namespace

// Fills a Document's private parts.
class DocumentBuilder {
 public:
  explicit DocumentBuilder(Document& document) : d_(document) {}

  void set_text(std::string_view text) {
    d_.text_ = is_valid_utf8(text) ? std::string(text) : repair_utf8(text, nullptr);
  }

  void tokenize(const Tokenizer& tokenizer) { tokenizer.tokenize(d_.text_, d_.tokens_); }

  void add_forms(const Normalizer& normalizer) {
    d_.lower_.reserve(std::min(d_.text_.size(), kMaxForms));
    d_.folded_.reserve(std::min(d_.text_.size(), kMaxForms));
    std::vector<Span> parts;
    for (std::size_t i = 0; i < d_.tokens_.size(); ++i) {
      Token& token = d_.tokens_[i];
      token.lower_begin = token.lower_end = static_cast<std::uint32_t>(d_.lower_.size());
      token.folded_begin = token.folded_end = static_cast<std::uint32_t>(d_.folded_.size());
      if (d_.lower_.size() > kMaxForms || d_.folded_.size() > kMaxForms) continue;
      append(normalizer, token.kind, token.span.of(d_.text_));
      token.lower_end = static_cast<std::uint32_t>(d_.lower_.size());
      token.folded_end = static_cast<std::uint32_t>(d_.folded_.size());
      if (token.kind == TokenKind::kHashtag) add_hashtag_words(normalizer, static_cast<std::uint32_t>(i), token.span, parts);
    }
  }

  void cut_sentences(const SentenceCutter& cutter) { cutter.cut(d_.text_, d_.lower_, d_.tokens_, d_.sentences_); }

  void find_language(const LanguageId& id, std::string_view hint) {
    d_.language_ = id.detect(d_.lower_, d_.folded_, d_.tokens_, hint);
  }

  void expand_chat(const Normalizer& normalizer) {
    const std::vector<Token>& tokens = d_.tokens_;
    for (std::size_t i = 0; i < tokens.size(); ++i) {
      Token& token = d_.tokens_[i];
      if (token.kind != TokenKind::kWord || d_.folded_.size() > kMaxForms) continue;
      const std::string_view folded = d_.folded(token);
      const bool by_number = (i > 0 && tokens[i - 1].kind == TokenKind::kNumber) ||
                             (i + 1 < tokens.size() && tokens[i + 1].kind == TokenKind::kNumber);
      const bool glued = i > 0 && tokens[i - 1].span.end == token.span.begin && tokens[i - 1].kind == TokenKind::kNumber;
      // "D. Juan", "S.L.": a capital with its dot is an initial, not chat.
      const std::string_view raw = d_.raw(token);
      const bool initial = raw.size() == 1 && raw[0] >= 'A' && raw[0] <= 'Z' && i + 1 < tokens.size() &&
                           tokens[i + 1].span.begin == token.span.end && (d_.text_[token.span.end] == '.' || d_.text_[token.span.end] == '/');
      if (glued || initial) continue;
      const std::string_view word = normalizer.expansion(folded, d_.language_, by_number);
      if (word.empty()) continue;
      token.folded_begin = static_cast<std::uint32_t>(d_.folded_.size());
      d_.folded_.append(word);
      token.folded_end = static_cast<std::uint32_t>(d_.folded_.size());
    }
  }

 private:
  void append(const Normalizer& normalizer, TokenKind kind, std::string_view raw) {
    switch (kind) {
      case TokenKind::kWord: return normalizer.append_word(raw, d_.lower_, d_.folded_);
      case TokenKind::kEmoji: return normalizer.append_emoji(raw, d_.lower_, d_.folded_);
      case TokenKind::kEmoticon: return normalizer.append_emoticon(raw, d_.lower_, d_.folded_);
      case TokenKind::kPunctuation:
      case TokenKind::kSymbol: return normalizer.append_mark(raw, d_.lower_, d_.folded_);
      case TokenKind::kPlaceholder: return normalizer.append_placeholder(raw, d_.lower_, d_.folded_);
      case TokenKind::kNumber:
      case TokenKind::kMention:
      case TokenKind::kHashtag:
      case TokenKind::kUrl:
      case TokenKind::kEmail: return normalizer.append_plain(raw, d_.lower_, d_.folded_);
    }
  }

  void add_hashtag_words(const Normalizer& normalizer, std::uint32_t index, Span span, std::vector<Span>& parts) {
    parts.clear();
    const std::string_view raw = span.of(d_.text_).substr(0, kMaxTokenBytes * 4);
    split_hashtag(is_valid_utf8(raw) ? raw : raw.substr(0, 0), normalizer.chars(), parts);
    std::string unused;
    for (const Span part : parts) {
      HashtagWord word;
      word.token = index;
      word.span = {span.begin + part.begin, span.begin + part.end};
      word.folded_begin = static_cast<std::uint32_t>(d_.folded_.size());
      normalizer.append_word(word.span.of(d_.text_), unused, d_.folded_);
      word.folded_end = static_cast<std::uint32_t>(d_.folded_.size());
      d_.hashtag_words_.push_back(word);
    }
  }

  Document& d_;
};

struct Analyzer::Impl {
  Normalizer normalizer;
  Tokenizer tokenizer;
  SentenceCutter cutter;
  LanguageId language;
};

Analyzer::Analyzer(std::unique_ptr<const Impl> impl) : impl_(std::move(impl)) {}
Analyzer::Analyzer(Analyzer&&) noexcept = default;
Analyzer& Analyzer::operator=(Analyzer&&) noexcept = default;
Analyzer::~Analyzer() = default;

Result<Analyzer> Analyzer::open(const std::string& bundle_dir) {
  if (Status status = check_version(bundle_dir); !status.ok()) return status.within("analyzer");
  const std::string text_dir = bundle_dir + "/text";
  Result<Normalizer> normalizer = Normalizer::load(text_dir);
  if (!normalizer.ok()) return normalizer.status().within("analyzer");
  Result<Tokenizer> tokenizer = Tokenizer::load(text_dir, *normalizer);
  if (!tokenizer.ok()) return tokenizer.status().within("analyzer");
  Result<SentenceCutter> cutter = SentenceCutter::load(text_dir);
  if (!cutter.ok()) return cutter.status().within("analyzer");
  Result<LanguageId> language = LanguageId::load(bundle_dir + "/language", normalizer->chars());
  if (!language.ok()) return language.status().within("analyzer");
  return Analyzer(std::make_unique<const Impl>(
      Impl{std::move(*normalizer), std::move(*tokenizer), std::move(*cutter), std::move(*language)}));
}

Document Analyzer::analyze(std::string_view text, std::string_view language_hint) const {
  Document document;
  DocumentBuilder builder(document);
  builder.set_text(text);
  builder.tokenize(impl_->tokenizer);
  builder.add_forms(impl_->normalizer);
  builder.cut_sentences(impl_->cutter);
  builder.find_language(impl_->language, language_hint);
  builder.expand_chat(impl_->normalizer);
  return document;
}

}  // namespace tertulia
