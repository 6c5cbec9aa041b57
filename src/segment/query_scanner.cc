// A hand-made scanner, linear in the text. Test: tests/segment/query_parser_test.cc.
#include "segment/query_scanner.h"

#include <charconv>
#include <system_error>

#include "base/utf8.h"

namespace tertulia {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_word_start(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; }

class Scanner {
 public:
  explicit Scanner(std::string_view text) : text_(text), columns_(text, OffsetUnit::kCodePoints) {}

  std::vector<Token> all() {
    std::vector<Token> out;
    do out.push_back(next());
    while (out.back().kind != TokenKind::kEnd && out.back().kind != TokenKind::kBad);
    return out;
  }

 private:
  Token next() {
    while (at_ < text_.size() && (text_[at_] == ' ' || text_[at_] == '\t' || text_[at_] == '\n' || text_[at_] == '\r')) ++at_;
    Token token;
    token.column = columns_.convert(at_) + 1;
    if (at_ == text_.size()) return token;
    const char c = text_[at_];
    if (is_word_start(c)) {
      scan_word(token);
    } else if (c == '"') {
      scan_string(token);
    } else if (is_digit(c) || (c == '-' && at_ + 1 < text_.size() && is_digit(text_[at_ + 1]))) {
      scan_number(token);
    } else {
      scan_symbol(token);
    }
    return token;
  }

  void scan_word(Token& token) {
    token.kind = TokenKind::kWord;
    for (; at_ < text_.size() && (is_word_start(text_[at_]) || is_digit(text_[at_])); ++at_) {
      const char c = text_[at_];
      token.text += c;
      token.lower += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    }
  }

  void scan_string(Token& token) {
    token.kind = TokenKind::kString;
    for (++at_; at_ < text_.size(); ++at_) {
      if (text_[at_] == '"') {
        ++at_;
        return;
      }
      if (text_[at_] == '\\') {
        ++at_;
        if (at_ == text_.size() || (text_[at_] != '"' && text_[at_] != '\\')) break;
      }
      token.text += text_[at_];
    }
    token.kind = TokenKind::kBad;
    token.text = at_ < text_.size() ? "expected \\\" or \\\\ after a backslash" : "expected a closing quote";
  }

  void scan_number(Token& token) {
    const std::size_t begin = at_;
    if (text_[at_] == '-') ++at_;
    skip_digits();
    // "0..4" is a range: a point belongs to the number only before a digit.
    if (at_ + 1 < text_.size() && text_[at_] == '.' && is_digit(text_[at_ + 1])) {
      ++at_;
      skip_digits();
    }
    if (at_ < text_.size() && (text_[at_] == 'e' || text_[at_] == 'E')) {
      std::size_t ahead = at_ + 1;
      if (ahead < text_.size() && (text_[ahead] == '+' || text_[ahead] == '-')) ++ahead;
      if (ahead < text_.size() && is_digit(text_[ahead])) {
        at_ = ahead;
        skip_digits();
      }
    }
    const std::string_view digits = text_.substr(begin, at_ - begin);
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), token.number);
    token.kind = error == std::errc() && end == digits.data() + digits.size() ? TokenKind::kNumber : TokenKind::kBad;
    token.text = token.kind == TokenKind::kNumber ? std::string(digits) : "expected a number that a double holds";
    if (token.number == 0) token.number = 0;  // -0
    if (token.kind == TokenKind::kNumber && at_ < text_.size() && is_word_start(text_[at_])) {
      token.kind = TokenKind::kBad;
      token.text = "expected a blank after the number";
    }
  }

  void skip_digits() {
    while (at_ < text_.size() && is_digit(text_[at_])) ++at_;
  }

  void scan_symbol(Token& token) {
    for (const std::string_view symbol : {"<=", ">=", "!=", "..", "<", ">", "=", "(", ")", "[", "]", ","}) {
      if (text_.substr(at_, symbol.size()) == symbol) {
        token.kind = TokenKind::kSymbol;
        token.text = std::string(symbol);
        at_ += symbol.size();
        return;
      }
    }
    token.kind = TokenKind::kBad;
    token.text = "expected a word, a number, a \"text\" or one of ( ) [ ] , = != < <= > >= ..";
  }

  std::string_view text_;
  OffsetConverter columns_;
  std::size_t at_ = 0;
};

}  // namespace

std::vector<Token> scan_query(std::string_view text) { return Scanner(text).all(); }

}  // namespace tertulia
