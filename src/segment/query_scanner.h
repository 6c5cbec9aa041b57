// The text form of a segment question as words, strings, numbers and symbols.
#ifndef TERTULIA_SRC_SEGMENT_QUERY_SCANNER_H_
#define TERTULIA_SRC_SEGMENT_QUERY_SCANNER_H_

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace tertulia {

enum class TokenKind { kWord, kString, kNumber, kSymbol, kEnd, kBad };

struct Token {
  TokenKind kind = TokenKind::kEnd;
  std::string text;   // a word as written; a string without quotes; a symbol; what is wrong with a bad token
  std::string lower;  // of words
  double number = 0;
  std::size_t column = 1;  // code points from 1
};

// In one pass. The last token is kEnd, or kBad where the text holds something else.
[[nodiscard]] std::vector<Token> scan_query(std::string_view text);

}  // namespace tertulia

#endif  // TERTULIA_SRC_SEGMENT_QUERY_SCANNER_H_
