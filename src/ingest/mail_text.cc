// A tag scanner, not an HTML parser: a tag ends at the first '>', what is never closed is text. Every search that fails
// is not tried again, so the work is linear. Test: tests/ingest/mail_text_test.cc.
#include "ingest/mail_text.h"

#include <algorithm>
#include <array>
#include <cstdint>

#include "base/utf8.h"

namespace tertulia {
namespace {

char lower(char c) noexcept { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; }
bool is_letter(char c) noexcept { return lower(c) >= 'a' && lower(c) <= 'z'; }
bool is_blank(char c) noexcept { return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f'; }

std::string lower_ascii(std::string_view text) {
  std::string out(text);
  std::transform(out.begin(), out.end(), out.begin(), lower);
  return out;
}

// Elements of HTML that begin a new line (HTML Living Standard, 15.3.3, flow content).
constexpr std::string_view kBlocks[] = {"address", "article", "blockquote", "br", "center", "dd", "div", "dl", "dt", "fieldset", "figure", "footer",
                                        "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main", "nav", "ol", "p",
                                        "pre", "section", "table", "tr", "ul"};
// Elements whose content is not shown.
constexpr std::string_view kHidden[] = {"script", "style", "head", "title", "noscript", "template"};

template <typename List>
bool in(const List& list, std::string_view name) {
  return std::find(std::begin(list), std::end(list), name) != std::end(list);
}

class Writer {
 public:
  void text(char32_t c) {
    if (c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f' || c == 0xA0) {
      blank_ = true;
      return;
    }
    if (blank_ && !out_.empty() && out_.back() != '\n') out_ += ' ';
    blank_ = false;
    append_utf8(c, out_);
  }
  void new_line() {
    blank_ = false;
    // At most one empty line in a row.
    if (out_.empty() || (out_.size() > 1 && out_.back() == '\n' && out_[out_.size() - 2] == '\n')) return;
    out_ += '\n';
  }
  void block() {
    blank_ = false;
    if (!out_.empty() && out_.back() != '\n') out_ += '\n';
  }
  std::string take() { return std::move(out_); }

 private:
  std::string out_;
  bool blank_ = false;
};

// "&eacute;", "&#233;", "&#xE9;" at the beginning of `text`; its length, or 0.
std::size_t entity(std::string_view text, const Marks& marks, char32_t* out) {
  const std::string_view window = text.substr(0, 12);
  const std::size_t end = window.find(';');
  if (end == std::string_view::npos || end < 2) return 0;
  std::string_view name = window.substr(1, end - 1);
  if (name[0] != '#') {
    *out = marks.entity(name);
    return *out == 0 ? 0 : end + 1;
  }
  name.remove_prefix(1);
  const bool hex = !name.empty() && lower(name[0]) == 'x';
  if (hex) name.remove_prefix(1);
  if (name.empty()) return 0;
  std::uint32_t value = 0;
  for (const char c : name) {
    const char l = lower(c);
    std::uint32_t digit = 99;
    if (l >= '0' && l <= '9') digit = static_cast<std::uint32_t>(l - '0');
    else if (hex && l >= 'a' && l <= 'f') digit = static_cast<std::uint32_t>(l - 'a' + 10);
    if (digit == 99) return 0;
    value = std::min<std::uint32_t>(value * (hex ? 16 : 10) + digit, 0x110000);
  }
  const bool usable = value != 0 && value < 0x110000 && !(value >= 0xD800 && value <= 0xDFFF);
  *out = usable ? value : 0xFFFD;
  return end + 1;
}

// Whether class or id of the tag is one of the marks of quoted mail or signatures.
bool is_marked(std::string_view tag, const Marks& marks) {
  const std::string folded = lower_ascii(tag.substr(0, 1024));
  for (const char* attribute : {"class=", "id="}) {
    const std::size_t at = folded.find(attribute);
    if (at == std::string::npos) continue;
    const std::string_view rest = std::string_view(folded).substr(at, 256);
    for (const char* kind : {"mail.html_quote", "mail.html_signature"}) {
      if (marks.contains(kind, rest)) return true;
    }
  }
  return false;
}

// Behind "</script" or "</style", or the end of the text.
std::size_t end_of_raw(std::string_view html, std::size_t from, std::string_view name) {
  for (std::size_t at = html.find("</", from); at != std::string_view::npos; at = html.find("</", at + 2)) {
    if (lower_ascii(html.substr(at + 2, name.size())) != name) continue;
    const std::size_t end = html.find('>', at);
    return end == std::string_view::npos ? html.size() : end + 1;
  }
  return html.size();
}

}  // namespace

std::string html_to_text(std::string_view html, const Marks& marks) {
  Writer writer;
  std::string dropping;            // name of the element that is being left out, and how many of that name are open in it
  std::size_t drop_depth = 0;
  bool more_tags = true, more_comments = true;
  for (std::size_t at = 0; at < html.size();) {
    const char c = html[at];
    if (c == '<' && more_tags) {
      if (more_comments && html.substr(at, 4) == "<!--") {
        const std::size_t end = html.find("-->", at + 4);
        if (end == std::string_view::npos) {
          more_comments = false;
        } else {
          at = end + 3;
          continue;
        }
      }
      const bool closing = at + 1 < html.size() && html[at + 1] == '/';
      const std::size_t name_start = at + (closing ? 2 : 1);
      const char first = name_start < html.size() ? html[name_start] : '\0';
      if (is_letter(first) || first == '!' || first == '?') {
        const std::size_t end = html.find('>', name_start);
        if (end == std::string_view::npos) {
          more_tags = false;
        } else {
          std::size_t name_end = name_start;
          while (name_end < end && name_end - name_start < 16 && !is_blank(html[name_end]) && html[name_end] != '/') ++name_end;
          const std::string name = lower_ascii(html.substr(name_start, name_end - name_start));
          const bool empty = html[end - 1] == '/' || name == "br" || name == "hr" || name == "img" || name == "meta" || name == "input";
          if (drop_depth > 0) {
            if (name == dropping && closing) --drop_depth;
            else if (name == dropping && !empty) ++drop_depth;
            if (drop_depth == 0) writer.block();
          } else if (!closing && !empty &&
                     (name == "blockquote" || in(kHidden, name) || is_marked(html.substr(name_end, end - name_end), marks))) {
            if (name == "script" || name == "style") {  // its content is no HTML
              at = end_of_raw(html, end + 1, name);
              writer.block();
              continue;
            }
            dropping = name;
            drop_depth = 1;
          } else if (name == "br") {
            writer.new_line();
          } else if (name == "td" || name == "th") {
            writer.text(' ');
          } else if (in(kBlocks, name)) {
            writer.block();
          }
          at = end + 1;
          continue;
        }
      }
    }
    char32_t value = 0;
    std::size_t size = c == '&' ? entity(html.substr(at), marks, &value) : 0;
    if (size == 0) {
      const CodePoint point = decode_utf8(html, at);
      value = point.value;
      size = point.size;
    }
    if (drop_depth == 0) writer.text(value);
    at += size;
  }
  return writer.take();
}

std::string join_flowed(std::string_view text, bool delete_space) {
  std::string out;
  out.reserve(text.size());
  bool open = false;         // the last line goes on
  std::size_t open_depth = 0;
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    std::string_view line = text.substr(0, end);
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    if (!line.empty() && line.back() == '\r') line.remove_suffix(1);
    const std::size_t depth = std::min(line.find_first_not_of('>'), line.size());
    std::string_view content = line.substr(depth);
    if (!content.empty() && content.front() == ' ') content.remove_prefix(1);
    const bool signature = content == "-- ";
    const bool joins = open && depth == open_depth && !signature;
    if (!joins) {
      if (open) out += '\n';
      out.append(depth, '>');
      if (depth > 0) out += ' ';
    }
    open = !signature && !content.empty() && content.back() == ' ';
    open_depth = depth;
    if (open && delete_space) content.remove_suffix(1);
    out += content;
    if (!open) out += '\n';
  }
  return out;
}

}  // namespace tertulia
