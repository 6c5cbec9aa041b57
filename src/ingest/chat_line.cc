// Shapes after the variants that whatstk lists; phrases from models/ingest/whatsapp_marks.tsv. Test: tests/ingest/chat_line_test.cc.
#include "ingest/chat_line.h"

#include <algorithm>

#include "base/utf8.h"

namespace tertulia {
namespace {

constexpr std::size_t kMaxAuthorBytes = 256;
constexpr std::size_t kMaxNoticeBytes = 96;
constexpr std::size_t kMaxMarkBytes = 256;  // a line that is nothing but a mark is not longer

// Direction marks, byte order marks and blanks at the beginning.
std::string_view skip_invisible(std::string_view text) {
  for (;;) {
    if (!text.empty() && text.front() == ' ') {
      text.remove_prefix(1);
      continue;
    }
    const std::string_view three = text.substr(0, 3);
    if (three == "\xE2\x80\x8E" || three == "\xE2\x80\x8F" || three == "\xE2\x80\xAA" || three == "\xE2\x80\xAC" ||
        three == "\xEF\xBB\xBF" || three == "\xE2\x80\xAF") {
      text.remove_prefix(3);
    } else if (text.substr(0, 2) == "\xC2\xA0") {
      text.remove_prefix(2);
    } else {
      return text;
    }
  }
}

std::string_view trim_end(std::string_view text) {
  while (!text.empty()) {
    if (text.back() == ' ' || text.back() == '\n' || text.back() == '\t') {
      text.remove_suffix(1);
    } else if (text.ends_with("\xE2\x80\x8E") || text.ends_with("\xE2\x80\xAC")) {
      text.remove_suffix(3);
    } else if (text.ends_with("\xC2\xA0")) {
      text.remove_suffix(2);
    } else {
      break;
    }
  }
  return text;
}

// Takes "<Se editó este mensaje.>" off the end.
std::string_view without_edited(std::string_view text, const Marks& marks) {
  const std::string_view trimmed = trim_end(text);
  if (trimmed.empty() || trimmed.back() != '>') return text;
  const std::size_t open = trimmed.rfind('<');
  if (open == std::string_view::npos || trimmed.size() - open > kMaxMarkBytes) return text;
  return marks.equals("whatsapp.edited", fold_mark(trimmed.substr(open))) ? trim_end(trimmed.substr(0, open)) : text;
}

// Whether this line stands for a file.
bool is_media_line(std::string_view line, const Marks& marks) {
  if (line.size() > kMaxMarkBytes) return false;
  const std::string folded = fold_mark(line);
  if (folded.empty()) return false;
  if (marks.equals("whatsapp.media", folded)) return true;
  if (marks.starts("whatsapp.attachment", folded) && folded.back() == '>') return true;
  for (const std::string& suffix : marks.of("whatsapp.attached")) {
    if (folded.size() >= suffix.size() && folded.compare(folded.size() - suffix.size(), suffix.size(), suffix) == 0) return true;
  }
  // "informe.pdf • 3 páginas documento omitido"
  for (const std::string& phrase : marks.of("whatsapp.media")) {
    if (folded.size() > phrase.size() + 1 && folded.ends_with(phrase) && folded.find(" • ") != std::string::npos) return true;
  }
  return false;
}

}  // namespace

int ChatHeader::shape() const {
  const int separator = time.separator == '/' ? 0 : time.separator == '-' ? 1 : 2;
  return (bracket ? 1 : 0) | (time.has_seconds ? 2 : 0) | (time.half != WrittenTime::Half::kNone ? 4 : 0) |
         (time.year_first ? 8 : 0) | separator << 4;
}

bool scan_chat_header(std::string_view line, ChatHeader* out) {
  line = skip_invisible(line);
  if (line.empty()) return false;
  out->bracket = line.front() == '[';
  if (out->bracket) line.remove_prefix(1);
  if (line.empty() || line.front() < '0' || line.front() > '9') return false;
  const std::size_t size = scan_written_time(line, &out->time);
  if (size == 0 || !out->time.has_time) return false;
  line.remove_prefix(size);
  if (out->bracket) {
    if (line.empty() || line.front() != ']') return false;
    line.remove_prefix(1);
    if (!line.empty() && line.front() == ' ') line.remove_prefix(1);
  } else {
    const std::size_t before = line.size();
    line = skip_invisible(line);
    if (line.size() == before || line.empty() || line.front() != '-') return false;
    line.remove_prefix(1);
    if (!line.empty() && line.front() != ' ') return false;
    if (!line.empty()) line.remove_prefix(1);
  }
  out->rest = line;
  return true;
}

bool split_author(std::string_view rest, const Marks& marks, std::string_view* author, std::string_view* text) {
  std::size_t colon = rest.substr(0, kMaxAuthorBytes + 1).find(": ");
  if (colon == std::string_view::npos && !rest.empty() && rest.size() <= kMaxAuthorBytes && rest.back() == ':') colon = rest.size() - 1;
  if (colon == std::string_view::npos) return false;
  std::string_view name = trim_end(skip_invisible(rest.substr(0, colon)));
  // "~ Ana": a name that the phone does not know.
  if (name.starts_with("~")) name = skip_invisible(name.substr(1));
  if (name.empty() || marks.contains("whatsapp.system", fold_mark(name))) return false;
  *author = name;
  *text = rest.substr(std::min(rest.size(), colon + 2));
  return true;
}

ChatText clean_chat_text(std::string_view text, const Marks& marks, std::string* out) {
  out->clear();
  text = without_edited(skip_invisible(text), marks);
  text = trim_end(text);
  if (text.empty()) return ChatText::kEmpty;
  const std::size_t line_end = text.find('\n');
  const std::string_view first = text.substr(0, line_end);
  if (line_end == std::string_view::npos && first.size() <= kMaxMarkBytes) {
    std::string folded = fold_mark(first);
    while (!folded.empty() && folded.back() == '.') folded.pop_back();
    if (marks.equals("whatsapp.deleted", folded)) return ChatText::kDeleted;
  }
  if (marks.starts("whatsapp.notice", fold_mark(first, kMaxNoticeBytes))) return ChatText::kNotice;
  if (!is_media_line(first, marks)) {
    out->assign(text);
    return ChatText::kWords;
  }
  if (line_end == std::string_view::npos) return ChatText::kMedia;
  const std::string_view caption = skip_invisible(text.substr(line_end + 1));
  if (caption.empty()) return ChatText::kMedia;
  out->assign(caption);
  return ChatText::kWords;
}

}  // namespace tertulia
