// Text to a Document: normalised and cut into tokens, each tied to its bytes in the original.
//
//   auto analyzer = tertulia::Analyzer::open("build/bundle");
//   tertulia::Document doc = analyzer->analyze("Holaaa, ya tenemos parcela 🏡 en #Siero");
//   doc.folded(doc.tokens()[0]);            // "holaa": lower case, accents off, elongation cut to two
//   doc.tokens()[0].span.of(doc.text());    // "Holaaa"
//
// An Analyzer is immutable and may be used by any number of threads. A Document is a value that owns
// its text.
#ifndef TERTULIA_TEXT_H_
#define TERTULIA_TEXT_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "tertulia/export.h"
#include "tertulia/span.h"
#include "tertulia/status.h"

namespace tertulia {

enum class TokenKind : std::uint8_t {
  kWord,         // letters, with inner apostrophe, middle dot or hyphen ("d'Eixample", "col·legi")
  kNumber,       // "12.345,67", "3ºB" is number + word; a unit stays its own token
  kPunctuation,  // one mark, or a run of the same mark
  kMention,      // @name
  kHashtag,      // #CamelCase; its words are `Document::hashtag_words()`
  kUrl,
  kEmail,
  kEmoji,        // a whole cluster with ZWJ, skin tone or flag pair
  kEmoticon,     // :-) <3 xD at token borders
  kPlaceholder,  // ⟨TYPE_n⟩ as the anonymizer writes
  kSymbol        // €, %, +, …
};

struct Token {
  Span span;                       // bytes of Document::text()
  TokenKind kind = TokenKind::kWord;
  std::uint32_t sentence = 0;      // index of Document::sentences()
  std::uint32_t lower_begin = 0, lower_end = 0;    // use Document::lower()
  std::uint32_t folded_begin = 0, folded_end = 0;  // use Document::folded()
};

// One word of a hashtag: "#BodaEnMayo" has three.
struct HashtagWord {
  std::uint32_t token = 0;         // index of Document::tokens()
  Span span;                       // bytes of Document::text()
  std::uint32_t folded_begin = 0, folded_end = 0;  // use Document::folded()
};

class TERTULIA_EXPORT Document {
 public:
  // The original, valid UTF-8.
  [[nodiscard]] const std::string& text() const noexcept { return text_; }
  [[nodiscard]] const std::vector<Token>& tokens() const noexcept { return tokens_; }
  // Spans of sentences or chat clauses (end marks, line breaks), covering all tokens, in order.
  [[nodiscard]] const std::vector<Span>& sentences() const noexcept { return sentences_; }
  // "es", "en", "ca", "other"; decided on the whole text, or inherited when it is too short.
  [[nodiscard]] const std::string& language() const noexcept { return language_; }
  // Lower case, NFC, accents kept, elongation cut. View into the document.
  [[nodiscard]] std::string_view lower(const Token& t) const noexcept {
    return std::string_view(lower_).substr(t.lower_begin, t.lower_end - t.lower_begin);
  }
  // As lower() with accents stripped but for ñ and ç, chat spellings expanded to one word ("xq" → "porque", by the
  // document's language), "tod@s" → "todos". An emoji or emoticon is its word ("emoji_casa"; "emoji" when unlisted), a keycap its
  // digit, a placeholder its type ("⟨person⟩"); quotes and dashes are ASCII. Never holds a blank. Of a token
  // longer than 256 bytes both forms cover the first 256.
  [[nodiscard]] std::string_view folded(const Token& t) const noexcept {
    return std::string_view(folded_).substr(t.folded_begin, t.folded_end - t.folded_begin);
  }
  // folded() without an elided article or pronoun in front: "l'hipoteca" → "hipoteca", "d'obra" → "obra".
  [[nodiscard]] std::string_view folded_core(const Token& t) const noexcept {
    const std::string_view word = folded(t);
    return word.size() > 3 && word[1] == '\'' && t.kind == TokenKind::kWord ? word.substr(2) : word;
  }
  // The words of all hashtags, in order; folded as words.
  [[nodiscard]] const std::vector<HashtagWord>& hashtag_words() const noexcept { return hashtag_words_; }
  [[nodiscard]] std::string_view folded(const HashtagWord& w) const noexcept {
    return std::string_view(folded_).substr(w.folded_begin, w.folded_end - w.folded_begin);
  }
  // The token as written.
  [[nodiscard]] std::string_view raw(const Token& t) const noexcept { return t.span.of(text_); }

 private:
  friend class Analyzer;
  friend class DocumentBuilder;  // src/text
  std::string text_, lower_, folded_, language_;
  std::vector<Token> tokens_;
  std::vector<Span> sentences_;
  std::vector<HashtagWord> hashtag_words_;
};

class TERTULIA_EXPORT Analyzer {
 public:
  // Loads models/text and models/language of a bundle directory. kNotFound, kInvalidData,
  // kFailedPrecondition (normaliser version of the bundle differs).
  static Result<Analyzer> open(const std::string& bundle_dir);
  Analyzer(Analyzer&&) noexcept;
  Analyzer& operator=(Analyzer&&) noexcept;
  ~Analyzer();

  // Never fails: invalid UTF-8 is repaired with U+FFFD first; text behind 1 MiB is still tokenised,
  // in linear time. `language_hint` ("es", "en", "ca" or empty) decides for texts under three words.
  [[nodiscard]] Document analyze(std::string_view text, std::string_view language_hint = {}) const;

 private:
  struct Impl;
  explicit Analyzer(std::unique_ptr<const Impl> impl);
  std::unique_ptr<const Impl> impl_;
};

}  // namespace tertulia

#endif  // TERTULIA_TEXT_H_
