// Tokens to sentences, or chat clauses.
#ifndef TERTULIA_SRC_TEXT_SENTENCE_CUTTER_H_
#define TERTULIA_SRC_TEXT_SENTENCE_CUTTER_H_

#include <string>
#include <string_view>
#include <vector>

#include "tertulia/status.h"
#include "tertulia/text.h"
#include "text/normalizer.h"

namespace tertulia {

class SentenceCutter {
 public:
  // Reads abbreviations.tsv of `text_dir`.
  static Result<SentenceCutter> load(const std::string& text_dir);

  // Sets Token::sentence and appends the sentences' spans. A sentence ends at . ! ? … ; and at a line break; closing
  // marks, emoji and emoticons right behind belong to it. No end after an abbreviation, a single letter, or inside
  // "S.L.". `lower` holds the tokens' lower forms.
  void cut(std::string_view text, std::string_view lower, std::vector<Token>& tokens, std::vector<Span>& sentences) const;

 private:
  [[nodiscard]] bool is_end(std::string_view text, std::string_view lower, const std::vector<Token>& tokens, std::size_t i) const;
  WordMap<bool> abbreviations_;
};

}  // namespace tertulia

#endif  // TERTULIA_SRC_TEXT_SENTENCE_CUTTER_H_
