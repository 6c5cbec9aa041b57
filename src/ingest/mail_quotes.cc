// Line rules over the phrases of models/ingest/mail_marks.tsv, with a window of a few lines. Test: tests/ingest/mail_quotes_test.cc.
#include "ingest/mail_quotes.h"

#include <algorithm>
#include <array>
#include <vector>

namespace tertulia {
namespace {

constexpr std::size_t kFoldBytes = 400;       // of a line, for comparing
constexpr std::size_t kAttributionLines = 4;  // mail programs break the announcement of a quote
constexpr std::size_t kHeaderWindow = 7;

bool starts_as(const Marks& marks, std::string_view kind, std::string_view folded) {
  std::size_t length = 0;
  return marks.starts(kind, folded, &length);
}

bool has_digit(std::string_view text) {
  return std::any_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

bool begins_with_word(const Marks& marks, std::string_view kind, std::string_view folded) {
  for (const std::string& phrase : marks.of(kind)) {
    if (folded.size() > phrase.size() && folded.substr(0, phrase.size()) == phrase && folded[phrase.size()] == ' ') return true;
  }
  return false;
}

bool ends_as(const Marks& marks, std::string_view kind, std::string_view folded) {
  for (const std::string& phrase : marks.of(kind)) {
    if (folded.ends_with(phrase)) return true;
  }
  return false;
}

// Which part of a quoted header block a line is: 'f', 'd', 't', 's', or '\0'.
char header_part(const Marks& marks, std::string_view folded) {
  while (!folded.empty() && (folded.front() == '*' || folded.front() == ' ')) folded.remove_prefix(1);
  const std::size_t colon = folded.substr(0, 24).find(':');
  if (colon == std::string_view::npos) return '\0';
  std::string_view name = folded.substr(0, colon);
  while (!name.empty() && (name.back() == ' ' || name.back() == '*')) name.remove_suffix(1);
  if (marks.equals("mail.header_from", name)) return 'f';
  if (marks.equals("mail.header_date", name)) return 'd';
  if (marks.equals("mail.header_to", name)) return 't';
  if (marks.equals("mail.header_subject", name)) return 's';
  return '\0';
}

class OwnWords {
 public:
  OwnWords(std::string_view text, const Marks& marks) : marks_(marks) {
    while (!text.empty()) {
      const std::size_t end = text.find('\n');
      std::string_view line = text.substr(0, end);
      text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
      if (!line.empty() && line.back() == '\r') line.remove_suffix(1);
      lines_.push_back(line);
    }
  }

  std::string run() {
    for (std::size_t i = 0; i < lines_.size(); ++i) {
      const std::string& folded = this->folded(i);
      if (lines_[i] == "-- " || lines_[i] == "--") break;
      if (!folded.empty() && folded.front() == '>') continue;
      if (is_separator(folded) || is_header_block(i) || starts_as(marks_, "mail.notice", folded_without_marks(folded))) break;
      if (starts_as(marks_, "mail.signature", folded)) continue;
      if (const std::size_t count = attribution(i); count > 0) {
        std::size_t next = i + count;
        while (next < lines_.size() && is_empty(lines_[next])) ++next;
        if (next == lines_.size() || lines_[next].substr(lines_[next].find_first_not_of(" \t"), 1) != ">") break;
        i += count - 1;
        continue;
      }
      kept_.push_back(lines_[i]);
    }
    return joined();
  }

 private:
  // "*AVISO LEGAL*", "_Aviso legal_"
  static std::string_view folded_without_marks(std::string_view folded) {
    while (!folded.empty() && (folded.front() == '*' || folded.front() == '_' || folded.front() == '[')) folded.remove_prefix(1);
    return folded;
  }

  bool is_separator(std::string_view folded) const {
    // "-----Mensaje original-----": a phrase between dashes, or alone with its own colon.
    std::string_view inner = folded;
    while (!inner.empty() && (inner.front() == '-' || inner.front() == '_' || inner.front() == '=' || inner.front() == ' ')) inner.remove_prefix(1);
    const bool dashed = inner.size() + 2 <= folded.size();
    while (!inner.empty() && (inner.back() == '-' || inner.back() == '_' || inner.back() == '=' || inner.back() == ' ')) inner.remove_suffix(1);
    if (!dashed && (inner.empty() || inner.back() != ':')) return false;
    return marks_.equals("mail.separator", inner);
  }

  bool is_header_block(std::size_t first) const {
    const char part = header_part(marks_, folded(first));
    if (part != 'f' && part != 'd') return false;
    bool from = false, subject = false;
    std::size_t count = 0;
    for (std::size_t i = first; i < lines_.size() && i < first + kHeaderWindow; ++i) {
      if (folded(i).empty()) {
        if (count > 1) break;  // some programs put an empty line behind each field
        continue;
      }
      const char here = header_part(marks_, folded(i));
      if (here == '\0') continue;  // a long list of addresses goes on in the next line
      ++count;
      from = from || here == 'f';
      subject = subject || here == 's';
    }
    return from && count >= 3 && (subject || count >= 4);
  }

  // The number of lines that announce a quote, 0 for none.
  std::size_t attribution(std::size_t first) const {
    if (folded(first).empty()) return 0;
    const bool starts = begins_with_word(marks_, "mail.attribution_start", folded(first));
    const bool whole = ends_as(marks_, "mail.attribution_end", folded(first));
    if (!starts) return whole && folded(first).find('@') != std::string::npos ? 1 : 0;
    bool digit = false;
    std::size_t size = 0;
    for (std::size_t i = first; i < lines_.size() && i < first + kAttributionLines; ++i) {
      const std::string& folded = this->folded(i);
      if (folded.empty()) return 0;
      size += folded.size();
      if (size > kFoldBytes) return 0;
      digit = digit || has_digit(folded);
      if (ends_as(marks_, "mail.attribution_end", folded)) return digit ? i - first + 1 : 0;
    }
    return 0;
  }

  // The lines around the one in hand are folded once: the window is shorter than the ring.
  const std::string& folded(std::size_t line) const {
    Folded& slot = ring_[line % kRing];
    if (slot.line != line) {
      slot.line = line;
      slot.text = fold_mark(lines_[line], kFoldBytes);
    }
    return slot.text;
  }

  static bool is_empty(std::string_view line) { return line.find_first_not_of(" \t") == std::string_view::npos; }

  static bool is_rule(std::string_view line) {
    return line.find_first_not_of("_-=* \t") == std::string_view::npos;
  }

  // Without rules and empty lines at the ends, and no more than one empty line in a row.
  std::string joined() const {
    std::size_t first = 0, last = kept_.size();
    while (first < last && is_rule(kept_[first])) ++first;
    while (last > first && is_rule(kept_[last - 1])) --last;
    std::string out;
    bool empty = false;
    for (std::size_t i = first; i < last; ++i) {
      if (is_empty(kept_[i])) {
        empty = true;
        continue;
      }
      if (!out.empty()) out += empty ? "\n\n" : "\n";
      empty = false;
      out += kept_[i].substr(0, kept_[i].find_last_not_of(" \t") + 1);
    }
    return out;
  }

  const Marks& marks_;
  std::vector<std::string_view> lines_, kept_;
  static constexpr std::size_t kRing = 16;
  static_assert(kRing > kHeaderWindow && kRing > kAttributionLines);
  struct Folded {
    std::size_t line = static_cast<std::size_t>(-1);
    std::string text;
  };
  mutable std::array<Folded, kRing> ring_;
};

}  // namespace

std::string own_words(std::string_view text, const Marks& marks) { return OwnWords(text, marks).run(); }

std::string bare_subject(std::string_view subject, const Marks& marks, bool* is_reply) {
  std::string folded = fold_mark(subject, 1024);
  std::string_view rest = folded;
  *is_reply = false;
  for (bool again = true; again;) {
    again = false;
    while (!rest.empty() && rest.front() == ' ') rest.remove_prefix(1);
    if (!rest.empty() && rest.front() == '[') {  // the tag of a list or a help desk
      const std::size_t end = rest.substr(0, 64).find(']');
      if (end != std::string_view::npos && end + 1 < rest.size()) {
        rest.remove_prefix(end + 1);
        again = true;
        continue;
      }
    }
    const std::size_t colon = rest.substr(0, 12).find(':');
    if (colon == std::string_view::npos) break;
    std::string_view prefix = rest.substr(0, colon);
    prefix = prefix.substr(0, prefix.find_first_of("[( "));  // "Re[2]:", "RE (2):"
    if (marks.equals("mail.subject_reply", prefix)) {
      rest.remove_prefix(colon + 1);
      *is_reply = true;
      again = true;
    }
  }
  return std::string(rest);
}

}  // namespace tertulia
