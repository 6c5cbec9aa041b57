// UTF-8 to tokens in one pass: spans and kinds; the forms are the normaliser's business, the sentences sentence_cutter's.
#ifndef TERTULIA_SRC_TEXT_TOKENIZER_H_
#define TERTULIA_SRC_TEXT_TOKENIZER_H_

#include <bitset>
#include <string>
#include <string_view>
#include <vector>

#include "tertulia/status.h"
#include "tertulia/text.h"
#include "text/normalizer.h"

namespace tertulia {

class Tokenizer {
 public:
  // Reads top_level_domains.tsv of `text_dir`. The normaliser's tables are copied.
  static Result<Tokenizer> load(const std::string& text_dir, const Normalizer& normalizer);

  // Appends the tokens of valid UTF-8, in order, without overlaps; blanks and zero-width characters between words are
  // in none. Linear in text.size().
  void tokenize(std::string_view text, std::vector<Token>& tokens) const;

 private:
  class Scan;
  CharTable chars_;
  WordMap<bool> domains_;  // top-level domain → true when it needs a path ("de/…"), being a word of its own
  WordMap<bool> emoticons_;
  std::bitset<65536> emoticon_starts_;  // by the first two bytes
  std::size_t longest_emoticon_ = 0;
};

}  // namespace tertulia

#endif  // TERTULIA_SRC_TEXT_TOKENIZER_H_
