// A scanner by hand over UTF-8 with classes built from ICU's properties: about three times the speed of ICU's rule
// iterator, which serves as the oracle for plain words. Each scan_* is given the start of a candidate and answers its
// end, or the start when it is none. What a failed candidate has read is remembered where a neighbour would read it
// again, so that the whole stays linear. Test: tests/text/tokenizer_test.cc.
#include "text/tokenizer.h"

#include <algorithm>

#include "data/table_file.h"

namespace tertulia {
namespace {

constexpr std::size_t kMaxLocalPart = 64;    // RFC 5321, 4.5.3.1.1
constexpr std::size_t kMaxDomain = 255;      // RFC 5321, 4.5.3.1.2
constexpr std::size_t kMaxPlaceholder = 96;
constexpr std::size_t kMaxToken = 1100;  // bytes of one that holds a sealed value
constexpr char32_t kZwj = 0x200D, kEmojiSelector = 0xFE0F, kTextSelector = 0xFE0E, kKeycap = 0x20E3;
constexpr char32_t kOpenPlaceholder = 0x27E8, kClosePlaceholder = 0x27E9;
constexpr char32_t kMiddleDot = 0xB7;

bool is_ascii_alpha(char c) { return static_cast<unsigned char>((c | 0x20) - 'a') < 26; }
bool is_ascii_digit(char c) { return c >= '0' && c <= '9'; }
bool is_ascii_alnum(char c) { return is_ascii_alpha(c) || is_ascii_digit(c); }
bool is_apostrophe(char32_t c) { return c == '\'' || c == 0x2019 || c == 0x2BC; }
bool is_hyphen(char32_t c) { return c == '-' || c == 0x2010 || c == 0x2011; }

bool starts_with_nocase(std::string_view text, std::string_view lower_prefix) {
  if (text.size() < lower_prefix.size()) return false;
  for (std::size_t i = 0; i < lower_prefix.size(); ++i) {
    const char c = text[i];
    if ((is_ascii_alpha(c) ? static_cast<char>(c | 0x20) : c) != lower_prefix[i]) return false;
  }
  return true;
}

std::size_t prefix_index(std::string_view two) {
  return static_cast<std::size_t>(static_cast<unsigned char>(two[0])) << 8 | static_cast<unsigned char>(two[1]);
}

}  // namespace

class Tokenizer::Scan {
 public:
  Scan(const Tokenizer& t, std::string_view text, std::vector<Token>& tokens)
      : t_(t), chars_(t.chars_), text_(text), tokens_(tokens), next_arroba_(std::min(text.find('@'), text.size())) {}

  void run() {
    std::size_t at = 0;
    while (at < text_.size()) at = step(at);
  }

 private:
  [[nodiscard]] bool ends(std::size_t at) const { return at >= text_.size(); }
  [[nodiscard]] CodePoint at(std::size_t i) const { return next_char(text_, i); }
  [[nodiscard]] bool word_char_at(std::size_t i) const { return !ends(i) && chars_.in_word(at(i).value); }
  [[nodiscard]] bool letter_at(std::size_t i) const { return !ends(i) && chars_.of(at(i).value) == CharClass::kLetter; }
  [[nodiscard]] bool digit_at(std::size_t i) const { return !ends(i) && chars_.of(at(i).value) == CharClass::kDigit; }
  [[nodiscard]] bool word_char_before(std::size_t i) const { return i > 0 && chars_.in_word(previous_char(text_, i)); }

  std::size_t put(std::size_t begin, std::size_t end, TokenKind kind) {
    Token token;
    token.span = {begin, end};
    token.kind = kind;
    tokens_.push_back(token);
    return end;
  }

  // Reads what starts at `p`, and answers where the next begins (> p).
  std::size_t step(std::size_t p) {
    const CodePoint c = at(p);
    const CharClass k = chars_.of(c.value);
    if (k == CharClass::kBlank || k == CharClass::kLineBreak || k == CharClass::kIgnorable) return p + c.size;
    if (const std::size_t end = scan_emoticon(p); end > p) return put(p, end, TokenKind::kEmoticon);
    switch (k) {
      case CharClass::kLetter: return step_word(p);
      case CharClass::kDigit:
        if (const std::size_t end = scan_keycap(p); end > p) return put(p, end, TokenKind::kEmoji);
        if (const std::size_t end = scan_email(p); end > p) return put(p, end, TokenKind::kEmail);
        return put(p, scan_number(p), TokenKind::kNumber);
      case CharClass::kMark:  // without a base: drawn alone, read as a sign
        return put(p, scan_run(p, c), TokenKind::kSymbol);
      case CharClass::kEmoji: return put(p, scan_emoji(p), TokenKind::kEmoji);
      case CharClass::kPictograph:
        if (!ends(p + c.size) && at(p + c.size).value == kEmojiSelector) return put(p, scan_emoji(p), TokenKind::kEmoji);
        return put(p, scan_run(p, c), TokenKind::kSymbol);
      case CharClass::kRegional: return put(p, scan_flag(p, c), TokenKind::kEmoji);
      default: break;
    }
    if (c.value == '@') {
      if (const std::size_t end = scan_mention(p); end > p) return put(p, end, TokenKind::kMention);
    } else if (c.value == '#') {
      if (const std::size_t end = scan_keycap(p); end > p) return put(p, end, TokenKind::kEmoji);
      if (const std::size_t end = scan_hashtag(p); end > p) return put(p, end, TokenKind::kHashtag);
    } else if (c.value == '*') {
      if (const std::size_t end = scan_keycap(p); end > p) return put(p, end, TokenKind::kEmoji);
    } else if (c.value == kOpenPlaceholder) {
      if (const std::size_t end = scan_placeholder(p); end > p) return put(p, end, TokenKind::kPlaceholder);
    }
    const bool symbol = k == CharClass::kSymbol || k == CharClass::kOther || c.value == '%' || c.value == '@';
    return put(p, scan_run(p, c), symbol ? TokenKind::kSymbol : TokenKind::kPunctuation);
  }

  std::size_t step_word(std::size_t p) {
    if (const std::size_t end = scan_email(p); end > p) return put(p, end, TokenKind::kEmail);
    if (const std::size_t end = scan_url(p); end > p) return put(p, end, TokenKind::kUrl);
    return put(p, scan_word(p), TokenKind::kWord);
  }

  // Letters, marks and digits; joined by an apostrophe, a middle dot, a hyphen or '_' between letters, by '@' where
  // it stands for both genders ("tod@s", "cansad@"), and by a dot in "col.legi". Zero-width characters are passed
  // over, never a token's end.
  [[nodiscard]] std::size_t scan_word(std::size_t p) const {
    std::size_t end = p;
    bool after_letter = false;
    for (std::size_t q = p; q < text_.size();) {
      const CodePoint c = at(q);
      const CharClass k = chars_.of(c.value);
      const std::size_t next = q + c.size;
      if (k == CharClass::kLetter || k == CharClass::kDigit || (k == CharClass::kMark && c.value != kKeycap)) {
        after_letter = k == CharClass::kLetter || (k == CharClass::kMark && after_letter);
        end = next;
      } else if (k == CharClass::kIgnorable) {
        // passed over
      } else if (!after_letter || end != q) {
        break;
      } else if (is_apostrophe(c.value) || is_hyphen(c.value) || c.value == kMiddleDot) {
        if (!letter_at(next)) break;
      } else if (c.value == '_') {
        if (!word_char_at(next)) break;
      } else if (c.value == '.') {
        if (!is_split_l(q)) break;
      } else if (c.value == '@') {
        const bool plural = !ends(next) && (text_[next] | 0x20) == 's' && !word_char_at(next + 1);
        if (!plural && word_char_at(next)) break;
        if (!ends(next) && (text_[next] == '@' || text_[next] == '_')) break;
        end = next;
      } else {
        break;
      }
      q = next;
    }
    return end;
  }

  // The dot at `q` between two l's inside a word: "col.legi", "intel.ligent".
  [[nodiscard]] bool is_split_l(std::size_t q) const {
    return q >= 2 && q + 2 < text_.size() && (text_[q - 1] | 0x20) == 'l' && (text_[q + 1] | 0x20) == 'l' &&
           text_[q - 1] == text_[q + 1] && word_char_before(q - 1) && letter_at(q + 2);
  }

  [[nodiscard]] std::size_t scan_number(std::size_t p) const {
    std::size_t end = p;
    for (std::size_t q = p; q < text_.size();) {
      const CodePoint c = at(q);
      const CharClass k = chars_.of(c.value);
      const std::size_t next = q + c.size;
      if (k == CharClass::kDigit) {
        end = next;
      } else if (k == CharClass::kIgnorable) {
        // passed over
      } else if (end != q || !(c.value == '.' || c.value == ',' || is_apostrophe(c.value)) || !digit_at(next)) {
        break;
      }
      q = next;
    }
    return end;
  }

  [[nodiscard]] std::size_t scan_run(std::size_t p, CodePoint c) const {
    const std::string_view mark = text_.substr(p, c.size);
    std::size_t end = p + c.size;
    while (text_.substr(end, c.size) == mark) end += c.size;
    return end;
  }

  [[nodiscard]] bool local_part_char(char32_t c) const {
    if (c < 0x80) return is_ascii_alnum(static_cast<char>(c)) || c == '.' || c == '_' || c == '%' || c == '+' || c == '-';
    return chars_.in_word(c);
  }

  // local@label.label: only tried while an '@' lies within the longest local part.
  std::size_t scan_email(std::size_t p) {
    if (next_arroba_ < p) next_arroba_ = std::min(text_.find('@', p), text_.size());
    if (ends(next_arroba_) || next_arroba_ - p > kMaxLocalPart) return p;
    for (std::size_t q = p; q < next_arroba_;) {
      const CodePoint c = at(q);
      if (!local_part_char(c.value)) return p;
      q += c.size;
    }
    if (text_[next_arroba_ - 1] == '.') return p;
    std::size_t end = next_arroba_ + 1, label = end;
    bool dotted = false;
    const std::size_t limit = std::min(text_.size(), end + kMaxDomain);
    for (std::size_t q = end; q < limit;) {
      const CodePoint c = at(q);
      if (c.value == '.') {
        if (q == label || !word_char_at(q + 1)) break;
        label = q + 1;
        dotted = true;
      } else if (c.value == '-') {
        if (q == label || !(word_char_at(q + 1) || (q + 1 < limit && text_[q + 1] == '-'))) break;
      } else if (!chars_.in_word(c.value)) {
        break;
      }
      q += c.size;
      end = q;
    }
    if (!dotted || end < label + 2 || !letter_at(label)) return p;
    return end;
  }

  std::size_t scan_url(std::size_t p) {
    const std::string_view rest = text_.substr(p, 9);
    const char first = static_cast<char>(rest[0] | 0x20);
    if (first == 'h' || first == 'w' || first == 'f') {
      for (const std::string_view prefix : {"https://", "http://", "www.", "ftp://"}) {
        if (!starts_with_nocase(rest, prefix)) continue;
        const std::size_t end = scan_url_body(p + prefix.size());
        if (end > p + prefix.size()) return end;
      }
    }
    return scan_bare_domain(p);
  }

  // Up to a blank or a mark that no address holds, without the sentence's own marks at the end.
  [[nodiscard]] std::size_t scan_url_body(std::size_t p) const {
    std::size_t q = p;
    std::ptrdiff_t open = 0;
    while (q < text_.size()) {
      const CodePoint c = at(q);
      const CharClass k = chars_.of(c.value);
      if (k == CharClass::kBlank || k == CharClass::kLineBreak || k == CharClass::kIgnorable || k == CharClass::kEmoji ||
          c.value == '<' || c.value == '>' || c.value == '"' || c.value == 0xAB || c.value == 0xBB ||
          (c.value >= 0x2018 && c.value <= 0x201F) || c.value == kOpenPlaceholder || c.value == kClosePlaceholder) {
        break;
      }
      if (c.value == '(') ++open;
      if (c.value == ')') --open;
      q += c.size;
    }
    while (q > p) {
      const char32_t last = previous_char(text_, q);
      if (last == ')' && open >= 0) break;
      if (last != ')' && !(last < 0x80 && std::string_view(".,;:!?'*]}_~").find(static_cast<char>(last)) != std::string_view::npos) &&
          last != 0x2026) {
        break;
      }
      if (last == ')') ++open;
      q -= last == 0x2026 ? 3 : 1;
    }
    return q;
  }

  // "bbva.es/hipotecas": a run of labels that ends in a known top-level domain. A run is judged once.
  std::size_t scan_bare_domain(std::size_t p) {
    if (p < no_domain_before_) return p;
    std::size_t q = p, last_dot = 0;
    while (q < text_.size() && (is_ascii_alnum(text_[q]) || text_[q] == '-' || text_[q] == '.')) {
      if (text_[q] == '.') {
        if (q + 1 >= text_.size() || !is_ascii_alnum(text_[q + 1])) break;
        last_dot = q;
      }
      ++q;
    }
    if (last_dot == 0 || last_dot == p || word_char_at(q)) {
      no_domain_before_ = q;
      return p;
    }
    std::string_view top = text_.substr(last_dot + 1, q - last_dot - 1);
    char lower[16];
    const bool upper = top.size() < sizeof lower && top[0] >= 'A' && top[0] <= 'Z';
    if (upper) {
      // "Hola.Es": a sentence without its blank. "BBVA.ES" is an address.
      for (std::size_t i = p; i < q; ++i) {
        if (text_[i] >= 'a' && text_[i] <= 'z') {
          no_domain_before_ = q;
          return p;
        }
      }
      for (std::size_t i = 0; i < top.size(); ++i) lower[i] = static_cast<char>(top[i] | 0x20);
      top = std::string_view(lower, top.size());
    }
    const auto found = t_.domains_.find(top);
    const bool path = !ends(q) && text_[q] == '/' && q + 1 < text_.size() && word_char_at(q + 1);
    if (found == t_.domains_.end() || (found->second && !path) || last_dot - p < 2) {
      no_domain_before_ = q;
      return p;
    }
    return path ? scan_url_body(q) : q;
  }

  [[nodiscard]] bool handle_char_at(std::size_t i) const {
    return !ends(i) && (text_[i] == '_' || word_char_at(i));
  }

  // Letters, digits and '_'; a dot only before a lower-case letter, a digit or '_' ("@ana.ruiz", not "@banco.Quiero").
  [[nodiscard]] std::size_t scan_mention(std::size_t p) const {
    if (word_char_before(p) || !handle_char_at(p + 1)) return p;
    std::size_t q = p + 1;
    while (!ends(q)) {
      if (handle_char_at(q)) {
        q += at(q).size;
      } else if (text_[q] == '.' && q + 1 < text_.size() &&
                 (is_ascii_digit(text_[q + 1]) || text_[q + 1] == '_' || (text_[q + 1] >= 'a' && text_[q + 1] <= 'z'))) {
        ++q;
      } else {
        break;
      }
    }
    return q;
  }

  // At least one letter: "#1" is a number.
  [[nodiscard]] std::size_t scan_hashtag(std::size_t p) const {
    if (word_char_before(p)) return p;
    bool letter = false;
    std::size_t q = p + 1;
    while (!ends(q)) {
      const CodePoint c = at(q);
      if (!chars_.in_word(c.value) && c.value != '_' && c.value != kMiddleDot) break;
      letter = letter || chars_.of(c.value) == CharClass::kLetter;
      q += c.size;
    }
    return letter ? q : p;
  }

  // ⟨TYPE⟩, ⟨TYPE_12⟩, ⟨TYPE:9f2c⟩, ⟨TYPE:k3f7…⟩ or the long ⟨TYPE#mzxw…⟩.
  [[nodiscard]] std::size_t scan_placeholder(std::size_t p) const {
    std::size_t limit = std::min(text_.size(), p + kMaxPlaceholder);
    std::size_t q = p + 3;
    if (q >= limit || text_[q] < 'A' || text_[q] > 'Z') return p;
    while (q < limit && ((text_[q] >= 'A' && text_[q] <= 'Z') || is_ascii_digit(text_[q]) || text_[q] == '_')) ++q;
    if (q < limit && (text_[q] == ':' || text_[q] == '#')) {
      if (text_[q] == '#') limit = std::min(text_.size(), q + kMaxToken);
      ++q;
      while (q < limit && (is_ascii_digit(text_[q]) || (text_[q] >= 'a' && text_[q] <= 'z'))) ++q;
    }
    if (q >= limit || at(q).value != kClosePlaceholder) return p;
    return q + 3;
  }

  // UTS 51, ED-17: element (ZWJ element)*, where an element is a pictograph with selectors, a skin tone or tags.
  [[nodiscard]] std::size_t scan_emoji(std::size_t p) const {
    std::size_t end = p + at(p).size;
    for (;;) {
      while (!ends(end)) {
        const CodePoint c = at(end);
        const bool skin_tone = c.value >= 0x1F3FB && c.value <= 0x1F3FF;
        const bool tag = c.value >= 0xE0020 && c.value <= 0xE007F;
        if (!skin_tone && !tag && c.value != kEmojiSelector && c.value != kTextSelector && c.value != kKeycap) break;
        end += c.size;
      }
      if (ends(end) || at(end).value != kZwj || ends(end + 3)) return end;
      const CodePoint next = at(end + 3);
      const CharClass k = chars_.of(next.value);
      if (k != CharClass::kEmoji && k != CharClass::kPictograph) return end;
      end += 3u + next.size;
    }
  }

  [[nodiscard]] std::size_t scan_flag(std::size_t p, CodePoint c) const {
    const std::size_t second = p + c.size;
    return !ends(second) && chars_.of(at(second).value) == CharClass::kRegional ? second + at(second).size : second;
  }

  // [0-9#*] U+FE0F? U+20E3.
  [[nodiscard]] std::size_t scan_keycap(std::size_t p) const {
    std::size_t q = p + 1;
    if (static_cast<unsigned char>(text_[p]) >= 0x80 || ends(q)) return p;
    if (at(q).value == kEmojiSelector) q += 3;
    return !ends(q) && at(q).value == kKeycap ? q + 3 : p;
  }

  // The longest listed emoticon at a token border; its last character may repeat. One that ends in a letter or digit,
  // or begins with one, needs a border on both sides; another may follow a word ("gracias:)") but no digit.
  [[nodiscard]] std::size_t scan_emoticon(std::size_t p) const {
    if (p + 1 >= text_.size() || !t_.emoticon_starts_[prefix_index(text_.substr(p, 2))]) return p;
    for (std::size_t size = std::min(t_.longest_emoticon_, text_.size() - p); size >= 2; --size) {
      const std::string_view form = text_.substr(p, size);
      if (t_.emoticons_.find(form) == t_.emoticons_.end()) continue;
      const char last = form.back();
      std::size_t end = p + size;
      if (static_cast<unsigned char>(last) < 0x80 && last != '/') {
        while (!ends(end) && (text_[end] == last || (is_ascii_alpha(last) && is_ascii_alpha(text_[end]) && (text_[end] | 0x20) == (last | 0x20)))) ++end;
      }
      if (word_char_at(end) || (!ends(end) && (text_[end] == '_' || text_[end] == '/'))) continue;
      if (p > 0) {
        const char32_t before = previous_char(text_, p);
        const bool lettered = is_ascii_alnum(form.front()) || is_ascii_alnum(last);
        if (chars_.of(before) == CharClass::kDigit) continue;
        if (lettered && (chars_.in_word(before) || before == '_' || before == '@' || before == '#' || before == '/')) continue;
        if (before == static_cast<unsigned char>(form.front()) && !is_ascii_alnum(form.front())) continue;  // "a:::person"
      }
      return end;
    }
    return p;
  }

  const Tokenizer& t_;
  const CharTable& chars_;
  std::string_view text_;
  std::vector<Token>& tokens_;
  std::size_t next_arroba_;           // of the first '@' at or behind the last position asked; text size when none
  std::size_t no_domain_before_ = 0;  // no bare domain ends before
};

Result<Tokenizer> Tokenizer::load(const std::string& text_dir, const Normalizer& normalizer) {
  Tokenizer tokenizer;
  tokenizer.chars_ = normalizer.chars();
  const std::string path = text_dir + "/top_level_domains.tsv";
  Result<std::vector<TableRow>> rows = load_table(path, 1, 2);
  if (!rows.ok()) return rows.status();
  for (const TableRow& row : *rows) {
    const bool needs_path = row.fields.size() == 2;
    if (row.fields[0].empty() || (needs_path && row.fields[1] != "path")) {
      return Status(StatusCode::kInvalidData, path + ":" + std::to_string(row.line) + ": expected a domain and, or not, 'path'");
    }
    tokenizer.domains_[row.fields[0]] = needs_path;
  }
  for (const auto& [form, word] : normalizer.emoticons()) {
    if (form.size() < 2) return Status(StatusCode::kInvalidData, text_dir + "/emoticons.tsv: a form of one byte");
    tokenizer.emoticons_[form] = true;
    tokenizer.emoticon_starts_.set(prefix_index(form));
    tokenizer.longest_emoticon_ = std::max(tokenizer.longest_emoticon_, form.size());
  }
  return tokenizer;
}

void Tokenizer::tokenize(std::string_view text, std::vector<Token>& tokens) const {
  tokens.reserve(tokens.size() + std::min<std::size_t>(text.size() / 5 + 4, 1u << 20));
  Scan(*this, text, tokens).run();
}

}  // namespace tertulia
