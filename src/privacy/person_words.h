// A document as the recognizer of names sees it: words with their record, their letters' case, and what stands between them.
//
// "l'Anna", "d'en Pere", "John's" are cut at the apostrophe, "García-Lorca" is one word when both halves are names.
#ifndef TERTULIA_SRC_PRIVACY_PERSON_WORDS_H_
#define TERTULIA_SRC_PRIVACY_PERSON_WORDS_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "privacy/person_names.h"
#include "tertulia/text.h"

namespace tertulia {

enum class WordCase : std::uint8_t { kLower, kTitle, kUpper, kInitial };

// What stands between a word and the one before it; the strongest sign counts.
enum class WordGap : std::uint8_t { kSpace, kGlued, kDot, kComma, kColon, kSlash, kOther, kLine, kStart };

struct NameWord {
  Span span;                           // bytes of Document::text()
  std::uint32_t key = 0, key_end = 0;  // folded form in NameWords::keys
  const NameRecord* record = nullptr;  // of the folded form
  WordCase letters = WordCase::kLower;
  WordGap gap = WordGap::kStart;
  bool starts = false;   // its capital, if it has one, may be the sentence's
  bool accent = false;   // the folded form lost an accent
  bool word = true;      // letters; not a number, mention, address or emoji
  bool dotted = false;   // a dot is glued behind ("J.")
  bool possessive = false;  // English 's stood behind
};

struct NameWords {
  std::vector<NameWord> words;
  std::string keys;
  bool upper_text = false;    // mostly capitals: case says nothing
  std::vector<std::uint8_t> line_ends;  // per word: a line, or the text, ends behind it (punctuation aside)

  [[nodiscard]] std::string_view key(std::size_t index) const noexcept {
    return std::string_view(keys).substr(words[index].key, words[index].key_end - words[index].key);
  }
  // Capital that the sentence does not explain.
  [[nodiscard]] bool capital(std::size_t index) const noexcept {
    return !upper_text && words[index].letters != WordCase::kLower;
  }
};

[[nodiscard]] NameWords name_words(const Document& document, const NameTable& table);

}  // namespace tertulia

#endif  // TERTULIA_SRC_PRIVACY_PERSON_WORDS_H_
