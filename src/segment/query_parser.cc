// Text form: recursive descent with bounded depth over the tokens of query_scanner (method: N. Wirth, "Compiler
// Construction", 1996, ch. 4); no backtracking. The JSON form is in query_json.cc.
// Test: tests/segment/query_parser_test.cc.
#include "segment/query_parser.h"

#include <utility>
#include <vector>

#include "segment/query_check.h"
#include "segment/query_print.h"
#include "segment/query_scanner.h"

namespace tertulia {
namespace {

constexpr int kMaxParserDepth = 2 * kMaxQueryDepth + 8;  // parentheses count too

// Sticky: after the first failure every call returns at once and the tree is not used.
class Parser {
 public:
  explicit Parser(std::vector<Token> tokens) : tokens_(std::move(tokens)) {}

  Result<SegmentNode> parse() {
    SegmentNode root = parse_any();
    if (ok() && peek().kind != TokenKind::kEnd) fail("expected \"and\", \"or\" or the end");
    if (!ok()) return status_;
    normalize(root);
    if (std::string expected = expect_size(root); !expected.empty()) {
      return Status(StatusCode::kInvalidData, "column 1: " + expected);
    }
    return root;
  }

 private:
  [[nodiscard]] bool ok() const { return status_.ok(); }
  [[nodiscard]] const Token& peek() const { return tokens_[at_]; }
  void advance() {
    if (at_ + 1 < tokens_.size()) ++at_;
  }

  void fail_at(const Token& token, const std::string& expected) {
    if (!ok()) return;
    const std::string& what = token.kind == TokenKind::kBad ? token.text : expected;
    status_ = Status(StatusCode::kInvalidData, "column " + std::to_string(token.column) + ": " + what);
  }
  void fail(const std::string& expected) { fail_at(peek(), expected); }

  [[nodiscard]] bool is_word(std::string_view word) const { return peek().kind == TokenKind::kWord && peek().lower == word; }
  [[nodiscard]] bool is_symbol(std::string_view symbol) const { return peek().kind == TokenKind::kSymbol && peek().text == symbol; }
  bool accept_word(std::string_view word) {
    if (!ok() || !is_word(word)) return false;
    advance();
    return true;
  }
  bool accept_symbol(std::string_view symbol) {
    if (!ok() || !is_symbol(symbol)) return false;
    advance();
    return true;
  }
  void need_word(std::string_view word) {
    if (ok() && !accept_word(word)) fail("expected \"" + std::string(word) + "\"");
  }
  void need_symbol(std::string_view symbol) {
    if (ok() && !accept_symbol(symbol)) fail("expected " + std::string(symbol));
  }

  [[nodiscard]] bool is_name() const {
    return peek().kind == TokenKind::kString || (peek().kind == TokenKind::kWord && !is_reserved_word(peek().text));
  }
  std::string need_name(const std::string& what) {
    if (!ok()) return {};
    if (!is_name()) {
      fail("expected " + what + " (a reserved word needs quotes)");
      return {};
    }
    if (std::string expected = expect_name(peek().text); !expected.empty()) fail(expected);
    std::string name = peek().text;
    advance();
    return name;
  }
  // A number for which `expect` has nothing to say.
  double need_number(std::string (*expect)(double)) {
    if (!ok()) return 0;
    const Token& token = peek();
    if (token.kind != TokenKind::kNumber) {
      fail(expect == nullptr ? "expected a number" : expect(-1));
      return 0;
    }
    if (expect != nullptr) {
      if (std::string expected = expect(token.number); !expected.empty()) fail(expected);
    }
    const double number = token.number;
    advance();
    return number;
  }
  int need_days() {
    const double days = need_number(&expect_days);
    if (ok() && !accept_word("days")) need_word("day");
    return ok() ? static_cast<int>(days) : 0;
  }

  SegmentNode parse_any() { return parse_joined(NodeKind::kAny, "or", &Parser::parse_all); }
  SegmentNode parse_all() { return parse_joined(NodeKind::kAll, "and", &Parser::parse_unary); }

  SegmentNode parse_joined(NodeKind kind, std::string_view joint, SegmentNode (Parser::*part)()) {
    SegmentNode first = (this->*part)();
    if (!ok() || !is_word(joint)) return first;
    SegmentNode node;
    node.kind = kind;
    node.children.push_back(std::move(first));
    while (accept_word(joint)) node.children.push_back((this->*part)());
    return node;
  }

  SegmentNode parse_unary() {
    SegmentNode node;
    if (!ok()) return node;
    if (++depth_ > kMaxParserDepth) {
      fail("expected fewer levels");
      return node;
    }
    if (accept_word("not")) {
      node.kind = NodeKind::kNot;
      node.children.push_back(parse_unary());
    } else if (accept_word("absent")) {
      node.kind = NodeKind::kAbsent;
      node.children.push_back(parse_unary());
    } else if (accept_symbol("(")) {
      node = parse_any();
      need_symbol(")");
    } else if (is_word("at_least")) {
      node = parse_at_least();
    } else {
      node = parse_leaf();
    }
    --depth_;
    return node;
  }

  SegmentNode parse_at_least() {
    SegmentNode node;
    node.kind = NodeKind::kAtLeast;
    advance();
    const Token& number = peek();
    node.number = static_cast<int>(need_number(&expect_count));
    need_word("of");
    need_symbol("[");
    do node.children.push_back(parse_any());
    while (accept_symbol(","));
    need_symbol("]");
    if (ok()) {
      if (std::string expected = expect_parts(node); !expected.empty()) fail_at(number, expected);
    }
    return node;
  }

  SegmentNode parse_leaf() {
    SegmentNode leaf;
    const Token& first = peek();
    if (accept_word("event")) {
      leaf.kind = NodeKind::kEvent;
      leaf.name = need_name("the name of an event");
    } else if (accept_word("need")) {
      leaf.kind = NodeKind::kNeed;
      leaf.name = need_name("the name of a need");
    } else if (accept_word("signal")) {
      leaf.kind = NodeKind::kSignal;
      leaf.name = need_name("the name of a signal");
    } else if (accept_word("opinion")) {
      leaf.kind = NodeKind::kOpinion;
      const Token& label = peek();
      leaf.name = need_name("negative, neutral or positive");
      if (ok()) {
        if (std::string expected = expect_opinion(leaf.name); !expected.empty()) fail_at(label, expected);
      }
    } else if (accept_word("fact")) {
      leaf.kind = NodeKind::kFact;
      leaf.name = need_name("the name of a fact");
      parse_comparison(leaf);
    } else if (accept_word("host")) {
      leaf.kind = NodeKind::kHost;
      leaf.name = need_name("a column of the host");
      parse_comparison(leaf);
    } else if (accept_word("has_been")) {
      parse_has_been(leaf);
    } else if (accept_word("consented")) {
      leaf.kind = NodeKind::kConsented;
      leaf.name = need_name("a purpose");
      if (ok() && is_name()) leaf.channel = need_name("a channel");
    } else if (accept_word("random_bucket")) {
      parse_bucket(leaf);
    } else {
      fail_at(first, "expected event, need, signal, fact, opinion, has_been, consented, host, random_bucket, not, "
                     "absent, at_least or (");
    }
    parse_modifiers(leaf);
    return leaf;
  }

  void parse_comparison(SegmentNode& leaf) {
    if (!ok()) return;
    const Token& symbol = peek();
    if (accept_word("is")) {
      need_word("null");
      leaf.compare = Compare::kIsNull;
    } else if (accept_word("in")) {
      leaf.compare = Compare::kIn;
      need_symbol("(");
      do parse_value(leaf);
      while (accept_symbol(","));
      need_symbol(")");
    } else {
      const std::optional<Compare> compare =
          symbol.kind == TokenKind::kSymbol ? compare_from_symbol(symbol.text) : std::nullopt;
      if (!compare) {
        fail(leaf.kind == NodeKind::kFact ? "expected =, <, <=, > or >=" : "expected =, !=, <, <=, >, >=, in or is null");
        return;
      }
      advance();
      leaf.compare = *compare;
      parse_value(leaf);
    }
    if (ok()) {
      if (std::string expected = expect_comparison(leaf); !expected.empty()) fail_at(symbol, expected);
    }
  }

  void parse_value(SegmentNode& leaf) {
    if (!ok()) return;
    if (peek().kind == TokenKind::kNumber) leaf.values.emplace_back(peek().number);
    else if (peek().kind == TokenKind::kString) leaf.values.emplace_back(peek().text);
    else fail("expected a number or a \"text\"");
    if (ok()) advance();
  }

  void parse_has_been(SegmentNode& leaf) {
    leaf.kind = NodeKind::kHasBeen;
    const bool parenthesis = accept_symbol("(");
    need_word("event");
    leaf.name = need_name("the name of an event");
    need_word("for");
    need_symbol(">=");
    leaf.number = need_days();
    if (parenthesis) need_symbol(")");
  }

  void parse_bucket(SegmentNode& leaf) {
    leaf.kind = NodeKind::kRandomBucket;
    need_symbol("(");
    leaf.name = need_name("a \"salt\"");
    need_symbol(",");
    const double buckets = need_number(&expect_count);
    need_symbol(")");
    need_word("in");
    const Token& range = peek();
    const double first = need_number(nullptr);
    need_symbol("..");
    const double last = need_number(nullptr);
    if (!ok()) return;
    if (std::string expected = expect_buckets(buckets, first, last); !expected.empty()) return fail_at(range, expected);
    leaf.number = static_cast<int>(buckets);
    leaf.first_bucket = static_cast<int>(first);
    leaf.last_bucket = static_cast<int>(last);
  }

  void parse_modifiers(SegmentNode& leaf) {
    while (ok()) {
      const Token& word = peek();
      bool twice = false;
      std::string_view modifier;
      if (accept_word("stage")) {
        modifier = "stage";
        twice = !leaf.stage.empty();
        leaf.stage_or_later = accept_symbol(">=");
        if (!leaf.stage_or_later) accept_symbol("=");
        const Token& stage = peek();
        leaf.stage = need_name("considering, planning, underway or done");
        if (ok()) {
          if (std::string expected = expect_stage(leaf.stage); !expected.empty()) fail_at(stage, expected);
        }
      } else if (accept_word("count")) {
        modifier = "count";
        twice = leaf.count.has_value();
        need_symbol(">=");
        leaf.count = static_cast<int>(need_number(&expect_count));
      } else if (accept_word("confidence")) {
        modifier = "confidence";
        twice = leaf.confidence.has_value();
        need_symbol(">=");
        leaf.confidence = need_number(&expect_confidence);
      } else if (accept_word("seen")) {
        modifier = "seen";
        twice = leaf.seen_within_days.has_value();
        need_word("within");
        leaf.seen_within_days = need_days();
      } else if (accept_word("explicit")) {
        modifier = "explicit";
        twice = leaf.is_explicit;
        leaf.is_explicit = true;
      } else {
        return;
      }
      if (ok() && twice) fail_at(word, "expected \"" + std::string(modifier) + "\" once");
      if (ok() && !takes(leaf.kind, modifier)) {
        fail_at(word, "expected no \"" + std::string(modifier) + "\" after " + std::string(node_word(leaf.kind)));
      }
    }
  }

  std::vector<Token> tokens_;
  std::size_t at_ = 0;
  int depth_ = 0;
  Status status_;
};

}  // namespace

Result<SegmentNode> parse_query_text(std::string_view text) {
  if (text.size() > kMaxQueryText) {
    return Status(StatusCode::kInvalidData, "column " + std::to_string(kMaxQueryText) + ": expected at most " +
                                                std::to_string(kMaxQueryText) + " bytes");
  }
  return Parser(scan_query(text)).parse();
}

}  // namespace tertulia
