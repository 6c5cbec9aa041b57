// One pass over the tokens and the gaps between them. Chat goes on in lower case after a full stop, so the case of the
// next word says nothing; abbreviations are a list. Test: tests/text/sentence_cutter_test.cc.
#include "text/sentence_cutter.h"

#include "data/table_file.h"

namespace tertulia {
namespace {

bool has_line_break(std::string_view gap) {
  for (std::size_t i = 0; i < gap.size(); ++i) {
    const auto c = static_cast<unsigned char>(gap[i]);
    if (c >= 0x0A && c <= 0x0D) return true;
    if (c == 0xC2 && i + 1 < gap.size() && static_cast<unsigned char>(gap[i + 1]) == 0x85) return true;  // NEL
    if (c == 0xE2 && i + 2 < gap.size() && static_cast<unsigned char>(gap[i + 1]) == 0x80 &&
        (static_cast<unsigned char>(gap[i + 2]) | 1) == 0xA9) {
      return true;  // U+2028, U+2029
    }
  }
  return false;
}

bool is_single_letter(std::string_view word) {
  return !word.empty() && word.size() == next_char(word, 0).size;
}

// What may stand behind an end mark and still belong to the sentence.
bool closes(const Token& token, std::string_view raw, bool glued) {
  if (token.kind == TokenKind::kEmoji || token.kind == TokenKind::kEmoticon) return true;
  if (token.kind != TokenKind::kPunctuation || !glued) return false;
  static constexpr std::string_view kClosing[] = {")", "]", "}", "\"", "'", "»", "”", "’", "!", "?", "…", "*", "_"};
  for (const std::string_view mark : kClosing) {
    if (raw.substr(0, mark.size()) == mark) return true;
  }
  return raw[0] == '.';
}

}  // namespace

Result<SentenceCutter> SentenceCutter::load(const std::string& text_dir) {
  Result<std::vector<TableRow>> rows = load_table(text_dir + "/abbreviations.tsv", 1, 1);
  if (!rows.ok()) return rows.status();
  SentenceCutter cutter;
  for (TableRow& row : *rows) cutter.abbreviations_[std::move(row.fields[0])] = true;
  return cutter;
}

bool SentenceCutter::is_end(std::string_view text, std::string_view lower, const std::vector<Token>& tokens, std::size_t i) const {
  const Token& token = tokens[i];
  if (token.kind != TokenKind::kPunctuation) return false;
  const std::string_view raw = token.span.of(text);
  if (raw[0] == '!' || raw[0] == '?' || raw[0] == ';') return true;
  const char32_t mark = next_char(raw, 0).value;
  if (mark == 0x2026 || mark == 0xFF01 || mark == 0xFF1F || mark == 0x3002) return true;  // … ！ ？ 。
  if (mark != '.') return false;
  if (raw.size() > 1) return true;
  if (i == 0 || tokens[i - 1].span.end != token.span.begin) return true;
  const Token& before = tokens[i - 1];
  const bool glued = i + 1 < tokens.size() && tokens[i + 1].span.begin == token.span.end;
  if (before.kind == TokenKind::kNumber) return !glued || tokens[i + 1].kind != TokenKind::kWord;  // "3.º", "1.a"
  if (before.kind != TokenKind::kWord) return true;
  const std::string_view word = lower.substr(before.lower_begin, before.lower_end - before.lower_begin);
  if (is_single_letter(word)) {
    // Initials ("J. Ruiz", "S.L."); a small letter by itself at the end ("no se q.") ends the sentence.
    const char c = before.span.of(text)[0];
    const bool capital = c >= 'A' && c <= 'Z';
    const bool in_chain = i >= 2 && tokens[i - 2].span.end == before.span.begin && tokens[i - 2].span.of(text) == ".";
    return !(capital || glued || in_chain);
  }
  return abbreviations_.find(word) == abbreviations_.end();
}

void SentenceCutter::cut(std::string_view text, std::string_view lower, std::vector<Token>& tokens, std::vector<Span>& sentences) const {
  bool ended = true;  // the next token opens a sentence
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    Token& token = tokens[i];
    const std::size_t gap_begin = i == 0 ? 0 : tokens[i - 1].span.end;
    const std::string_view gap = text.substr(gap_begin, token.span.begin - gap_begin);
    const bool line_ended = i > 0 && has_line_break(gap);
    const bool stays = i > 0 && !line_ended && (!ended || closes(token, token.span.of(text), gap.empty()));
    if (!stays) {
      sentences.push_back(token.span);
      ended = false;
    }
    sentences.back().end = token.span.end;
    token.sentence = static_cast<std::uint32_t>(sentences.size() - 1);
    ended = (ended && stays) || is_end(text, lower, tokens, i);
  }
}

}  // namespace tertulia
