// Phrases over folded tokens: a trie that finds every listed phrase in one pass.
//
// A phrase is a sequence of words as Document::folded() gives them, separated by blanks. A word that ends in '*'
// stands for every word with that beginning ("construy*"); a lone "*" for any one token. Each phrase carries a
// label and a weight. Immutable after build(); any number of threads.
#ifndef TERTULIA_SRC_DATA_LEXICON_H_
#define TERTULIA_SRC_DATA_LEXICON_H_

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "tertulia/status.h"

namespace tertulia {

struct LexiconHit {
  std::uint32_t label;   // index of Lexicon::labels()
  std::uint32_t phrase;  // index of Lexicon::phrases()
  std::uint32_t first;   // index of the first token
  std::uint32_t count;   // tokens covered
  float weight;
};

class Lexicon {
 public:
  Lexicon();
  Lexicon(Lexicon&&) noexcept;
  Lexicon& operator=(Lexicon&&) noexcept;
  ~Lexicon();

  // The phrase must be in folded form already (lower case, accents off but ñ and ç).
  void add(std::string_view phrase, std::string_view label, float weight = 1.0f);
  void build();  // after the last add, before the first find

  // All hits, also nested ones, ordered by first token, then longest first.
  [[nodiscard]] std::vector<LexiconHit> find(const std::vector<std::string_view>& folded_tokens) const;

  [[nodiscard]] const std::vector<std::string>& labels() const;
  [[nodiscard]] const std::vector<std::string>& phrases() const;
  [[nodiscard]] std::size_t size() const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace tertulia

#endif  // TERTULIA_SRC_DATA_LEXICON_H_
