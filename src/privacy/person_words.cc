// Document to words for names: one walk over the tokens. Test: tests/privacy/person_name_test.cc.
#include "privacy/person_words.h"

#include <algorithm>

#include "base/utf8.h"

namespace tertulia {
namespace {

// Capital letters of the Latin, Greek and Cyrillic blocks; enough to tell how a name is written.
bool is_capital(char32_t c) noexcept {
  if (c < 0x80) return c >= 'A' && c <= 'Z';
  if (c < 0x100) return c >= 0xC0 && c <= 0xDE && c != 0xD7;
  if (c < 0x138) return c % 2 == 0;
  if (c < 0x149) return c % 2 == 1;
  if (c < 0x178) return c % 2 == 0;
  if (c <= 0x17E) return c == 0x178 || c % 2 == 1;
  if (c >= 0x218 && c <= 0x21B) return c % 2 == 0;
  return (c >= 0x391 && c <= 0x3A9) || (c >= 0x400 && c <= 0x42F) || (c >= 0xFF21 && c <= 0xFF3A);
}

WordCase case_of(std::string_view raw) noexcept {
  std::size_t letters = 0, capitals = 0;
  bool first = false;
  for (std::size_t at = 0; at < raw.size() && letters < 64;) {
    const CodePoint c = decode_utf8(raw, at);
    at += c.size;
    if (c.value < 'A' || (c.value >= 0x300 && c.value < 0x370) || c.value == 0xAA || c.value == 0xBA) continue;
    if (is_capital(c.value)) {
      ++capitals;
      if (letters == 0) first = true;
    }
    ++letters;
  }
  if (!first) return WordCase::kLower;
  // "ProColombia" is a brand, "McKay" a name: more capitals inside count as a shout.
  if (capitals > 2 && letters > 4 && capitals < letters) return WordCase::kUpper;
  if (letters == 1) return WordCase::kInitial;
  return capitals == letters ? WordCase::kUpper : WordCase::kTitle;
}

// The part of the text between two tokens, as a gap.
WordGap gap_of(std::string_view between, bool sentence_ends) noexcept {
  WordGap gap = between.empty() ? WordGap::kGlued : WordGap::kSpace;
  for (std::size_t at = 0; at < between.size();) {
    const CodePoint c = decode_utf8(between, at);
    at += c.size;
    WordGap found = WordGap::kOther;
    switch (c.value) {
      case ' ': case '\t': case 0xA0: case 0x202F: case 0x200B: case 0x2009: continue;
      case '\n': case '\r': case 0x2028: case 0x2029: found = WordGap::kLine; break;
      case '.': found = sentence_ends ? WordGap::kOther : WordGap::kDot; break;
      case ',': found = WordGap::kComma; break;
      case ':': case '=': found = WordGap::kColon; break;
      case '/': found = WordGap::kSlash; break;
      case '*': case '_': continue;  // marks of bold and italic type
      default: break;
    }
    if (found > gap) gap = found;
  }
  return gap;
}

class Builder {
 public:
  Builder(const Document& document, const NameTable& table) : document_(document), table_(table) {}

  NameWords build() {
    const std::vector<Token>& tokens = document_.tokens();
    out_.words.reserve(tokens.size());
    for (const Token& token : tokens) {
      if (token.kind == TokenKind::kPunctuation || token.kind == TokenKind::kSymbol) continue;
      const std::string_view raw = document_.raw(token), lower = document_.lower(token);
      // "B45028172", "RXM35R" are no words.
      const bool is_word = token.kind == TokenKind::kWord && std::none_of(raw.begin(), raw.end(), [](char c) { return c >= '0' && c <= '9'; });
      if (!is_word) {
        add(token, token.span, {}, false);
      } else if (std::none_of(raw.begin(), raw.end(), [](char c) { return c == '\'' || c == '-' || c == '\xE2' || c == '\xCA'; })) {
        add(token, token.span, lower, true);
      } else {
        add_joined(token, lower);
      }
    }
    finish();
    return std::move(out_);
  }

 private:
  static std::size_t mark_size(std::string_view text, std::size_t at) noexcept {
    const CodePoint c = decode_utf8(text, at);
    return c.value == '\'' || c.value == 0x2019 || c.value == 0x2BC || c.value == 0x2018 ? c.size : 0;
  }

  // A word with apostrophes or hyphens in it.
  void add_joined(const Token& token, std::string_view lower) {
    std::string key;
    append_folded_name(lower, key);
    const NameRecord* whole = table_.find(key);
    const std::string_view raw = document_.raw(token);
    std::size_t apostrophe = 0, size = 0;
    while (apostrophe < raw.size() && (size = mark_size(raw, apostrophe)) == 0) apostrophe += decode_utf8(raw, apostrophe).size;
    const std::size_t lower_mark = lower.find('\'');
    if ((whole != nullptr && whole->name()) || size == 0 || lower_mark == std::string_view::npos) {
      add(token, token.span, lower, true);
      return;
    }
    const Span head{token.span.begin, token.span.begin + apostrophe};
    const Span tail{head.end + size, token.span.end};
    if (tail.empty() || head.empty()) {
      add(token, token.span, lower, true);
      return;
    }
    const std::string_view tail_lower = lower.substr(lower_mark + 1);
    if (tail_lower == "s") {  // John's
      add(token, head, lower.substr(0, lower_mark), true);
      out_.words.back().possessive = true;
      return;
    }
    add(token, head, lower.substr(0, lower_mark), true);
    // "l'Anna's" keeps its tail: one cut is enough.
    add(token, tail, tail_lower, true);
    out_.words.back().gap = WordGap::kSpace;
    out_.words.back().starts = out_.words[out_.words.size() - 2].starts;
  }

  void add(const Token& token, Span span, std::string_view lower, bool is_word) {
    NameWord word;
    word.span = span;
    word.word = is_word;
    word.key = static_cast<std::uint32_t>(out_.keys.size());
    if (is_word && lower.size() <= kLongestWord) append_folded_name(lower, out_.keys);
    word.key_end = static_cast<std::uint32_t>(out_.keys.size());
    const std::string_view key = std::string_view(out_.keys).substr(word.key);
    word.accent = is_word && key != lower;
    if (!key.empty()) word.record = record_of(key);
    if (is_word) word.letters = case_of(span.of(document_.text()));
    const std::size_t before = out_.words.empty() ? 0 : out_.words.back().span.end;
    const bool new_sentence = token.sentence != sentence_;
    sentence_ = token.sentence;
    std::string_view between = std::string_view(document_.text()).substr(before, span.begin - before);
    word.gap = out_.words.empty() ? WordGap::kStart : gap_of(between, new_sentence);
    if (!out_.words.empty() && between.starts_with('.')) out_.words.back().dotted = true;
    word.starts = word.gap >= WordGap::kColon || new_sentence || (word.gap == WordGap::kDot && new_sentence);
    out_.words.push_back(word);
  }

  // Of the word, or of a doubled name ("garcia-lorca") as the first half has it.
  const NameRecord* record_of(std::string_view key) const {
    const NameRecord* record = table_.find(key);
    if (record != nullptr) return record;
    const std::size_t hyphen = key.find('-');
    if (hyphen != std::string_view::npos) {
      const NameRecord* first = table_.find(key.substr(0, hyphen));
      const NameRecord* second = table_.find(key.substr(hyphen + 1));
      return first != nullptr && second != nullptr && first->name() && second->name() ? (first->guard < second->guard ? first : second)
                                                                                      : nullptr;
    }
    // "anaa", "peree": letters drawn out; the normaliser leaves two.
    if (key.size() > 3 && key.back() == key[key.size() - 2]) {
      record = table_.find(key.substr(0, key.size() - 1));
      if (record != nullptr && record->name() && record->guard == NameGuard::kNone) return record;
    }
    return nullptr;
  }

  void finish() {
    std::size_t upper = 0, counted = 0, lower = 0;
    const std::string& text = document_.text();
    out_.line_ends.assign(out_.words.size(), 0);
    for (std::size_t i = 0; i < out_.words.size(); ++i) {
      const NameWord& word = out_.words[i];
      if (word.letters == WordCase::kUpper && word.span.size() > 3) ++upper;
      if (word.word && word.span.size() > 3) ++counted;
      if (word.word && word.letters == WordCase::kLower) ++lower;
      const std::size_t end = i + 1 < out_.words.size() ? out_.words[i + 1].span.begin : text.size();
      const std::string_view between = std::string_view(text).substr(word.span.end, end - word.span.end);
      if (i + 1 == out_.words.size() || between.find('\n') != std::string_view::npos) out_.line_ends[i] = 1;
    }
    out_.upper_text = upper >= 2 && upper * 10 >= counted * 7 && lower * 3 <= counted;
    if (!out_.words.empty() && text.size() > out_.words.back().span.end && text[out_.words.back().span.end] == '.')
      out_.words.back().dotted = true;
  }

  static constexpr std::size_t kLongestWord = 48;  // bytes; no name is longer
  const Document& document_;
  const NameTable& table_;
  NameWords out_;
  std::uint32_t sentence_ = 0xFFFFFFFFu;
};

}  // namespace

NameWords name_words(const Document& document, const NameTable& table) { return Builder(document, table).build(); }

}  // namespace tertulia
