// Scanners for RFC 5322, RFC 2045 and RFC 2047, one pass each. Test: tests/ingest/mail_header_test.cc.
#include "ingest/mail_header.h"

#include <algorithm>
#include <cstring>

#include "base/clock.h"
#include "ingest/charset.h"

namespace tertulia {
namespace {

bool is_blank(char c) noexcept { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }

char lower(char c) noexcept { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; }

std::string lower_ascii(std::string_view text) {
  std::string out(text);
  std::transform(out.begin(), out.end(), out.begin(), lower);
  return out;
}

std::string_view trim(std::string_view text) {
  while (!text.empty() && is_blank(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_blank(text.back())) text.remove_suffix(1);
  return text;
}

int hex(char c) noexcept {
  if (c >= '0' && c <= '9') return c - '0';
  c = lower(c);
  return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

// One encoded word at the beginning of `text`; its length, or 0. A word is at most 75 letters by the RFC; programs write more.
std::size_t encoded_word(std::string_view text, std::string* charset, std::string* bytes) {
  constexpr std::size_t kMaxWord = 1024;
  if (text.substr(0, 2) != "=?") return 0;
  text = text.substr(0, kMaxWord);
  const std::size_t charset_end = text.find('?', 2);
  if (charset_end == std::string_view::npos || charset_end + 2 >= text.size() || text[charset_end + 2] != '?') return 0;
  const char encoding = lower(text[charset_end + 1]);
  const std::size_t body = charset_end + 3;
  const std::size_t end = text.find("?=", body);
  if (end == std::string_view::npos || (encoding != 'q' && encoding != 'b')) return 0;
  std::string_view name = text.substr(2, charset_end - 2);
  name = name.substr(0, name.find('*'));  // a language, RFC 2231
  charset->assign(name);
  const std::string_view content = text.substr(body, end - body);
  *bytes = encoding == 'q' ? decode_quoted_printable(content, true) : decode_base64(content);
  return end + 2;
}

}  // namespace

std::string decode_quoted_printable(std::string_view text, bool header) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t at = 0; at < text.size(); ++at) {
    const char c = text[at];
    if (c == '_' && header) {
      out += ' ';
    } else if (c != '=') {
      out += c;
    } else if (at + 2 < text.size() && hex(text[at + 1]) >= 0 && hex(text[at + 2]) >= 0) {
      out += static_cast<char>(hex(text[at + 1]) * 16 + hex(text[at + 2]));
      at += 2;
    } else {
      // A soft line end, with blanks that the way may have added; else a '=' that stands for itself.
      std::size_t end = at + 1;
      while (end < text.size() && end < at + 80 && (text[end] == ' ' || text[end] == '\t' || text[end] == '\r')) ++end;
      if (end == text.size() || text[end] == '\n') {
        at = end;
      } else {
        out += c;
      }
    }
  }
  return out;
}

std::string decode_base64(std::string_view text) {
  std::string out;
  out.reserve(text.size() / 4 * 3 + 3);
  unsigned bits = 0;
  int count = 0;
  for (const char c : text) {
    int value = -1;
    if (c >= 'A' && c <= 'Z') value = c - 'A';
    else if (c >= 'a' && c <= 'z') value = c - 'a' + 26;
    else if (c >= '0' && c <= '9') value = c - '0' + 52;
    else if (c == '+' || c == '-') value = 62;
    else if (c == '/' || c == '_') value = 63;
    else if (c == '=') {
      bits = 0;  // what follows begins anew
      count = 0;
      continue;
    }
    if (value < 0) continue;
    bits = (bits << 6 | static_cast<unsigned>(value)) & 0xFFFFFFu;
    if (++count == 2) out += static_cast<char>(bits >> 4 & 0xFF);
    else if (count == 3) out += static_cast<char>(bits >> 2 & 0xFF);
    else if (count == 4) {
      out += static_cast<char>(bits & 0xFF);
      count = 0;
    }
  }
  return out;
}

std::string decode_header(std::string_view value, std::size_t* repaired) {
  std::string out, charset, bytes, run, run_charset;
  std::string plain;
  const auto end_run = [&] {
    // Neighbouring words of one charset are joined before decoding: programs cut letters in two.
    out += to_utf8(run, run_charset, repaired);
    run.clear();
  };
  const auto end_plain = [&] {
    out += to_utf8(plain, {}, repaired);
    plain.clear();
  };
  bool in_run = false;
  for (std::size_t at = 0; at < value.size();) {
    const std::size_t size = value[at] == '=' ? encoded_word(value.substr(at), &charset, &bytes) : 0;
    if (size > 0) {
      const bool only_blanks = std::all_of(plain.begin(), plain.end(), is_blank);
      if (in_run && only_blanks) {
        plain.clear();  // blanks between two words are not shown
        if (lower_ascii(charset) != lower_ascii(run_charset)) end_run();
      } else {
        if (in_run) end_run();
        end_plain();
      }
      in_run = true;
      run_charset = charset;
      run += bytes;
      at += size;
      continue;
    }
    plain += value[at] == '\t' || value[at] == '\r' || value[at] == '\n' ? ' ' : value[at];
    ++at;
    if (in_run && !is_blank(plain.back())) {
      end_run();
      in_run = false;
    }
  }
  if (in_run) end_run();
  end_plain();
  return std::string(trim(out));
}

std::vector<MailAddress> parse_addresses(std::string_view value, std::size_t most, std::size_t* repaired) {
  std::vector<MailAddress> out;
  std::string name, angle, comment;
  bool has_angle = false;
  const auto finish = [&] {
    MailAddress found;
    std::string bare(trim(name));
    if (has_angle) {
      found.address = to_utf8(lower_ascii(trim(angle)), {}, repaired);
      found.name = decode_header(bare, repaired);
    } else if (bare.find('@') != std::string::npos) {
      found.address = to_utf8(lower_ascii(bare), {}, repaired);
      found.name = decode_header(comment, repaired);
    } else {
      found.name = decode_header(bare, repaired);
    }
    if ((!found.address.empty() || !found.name.empty()) && out.size() < most) out.push_back(std::move(found));
    name.clear();
    angle.clear();
    comment.clear();
    has_angle = false;
  };
  enum class In { kName, kQuotes, kAngle, kComment } in = In::kName;
  int depth = 0;
  for (std::size_t at = 0; at < value.size() && out.size() < most; ++at) {
    const char c = value[at];
    switch (in) {
      case In::kQuotes:
        if (c == '\\' && at + 1 < value.size()) name += value[++at];
        else if (c == '"') in = In::kName;
        else name += c;
        break;
      case In::kAngle:
        if (c == '>') in = In::kName;
        else if (!is_blank(c)) angle += c;
        break;
      case In::kComment:
        if (c == '(') ++depth;
        if (c == ')' && --depth == 0) in = In::kName;
        else comment += c;
        break;
      case In::kName:
        if (c == '"') in = In::kQuotes;
        else if (c == '<') {
          in = In::kAngle;
          has_angle = true;
          angle.clear();
        } else if (c == '(') {
          in = In::kComment;
          depth = 1;
        } else if (c == ',' || c == ';') finish();
        else if (c == ':' && name.find('@') == std::string::npos) name.clear();  // the name of a group
        else name += c;
        break;
    }
  }
  finish();
  return out;
}

std::string media_type(std::string_view value) { return lower_ascii(trim(value.substr(0, value.find(';')))); }

std::string parameter(std::string_view value, std::string_view name) {
  std::size_t at = value.find(';');
  while (at != std::string_view::npos && at < value.size()) {
    ++at;
    while (at < value.size() && is_blank(value[at])) ++at;
    const std::size_t name_start = at;
    while (at < value.size() && value[at] != '=' && value[at] != ';') ++at;
    if (at >= value.size() || value[at] == ';') continue;
    std::string_view found = trim(value.substr(name_start, at - name_start));
    ++at;
    while (at < value.size() && is_blank(value[at])) ++at;
    std::string content;
    if (at < value.size() && value[at] == '"') {
      for (++at; at < value.size() && value[at] != '"'; ++at) {
        if (value[at] == '\\' && at + 1 < value.size()) ++at;
        content += value[at];
      }
      at = value.find(';', at);
    } else {
      const std::size_t end = std::min(value.find(';', at), value.size());
      content = std::string(trim(value.substr(at, end - at)));
      at = end;
    }
    const bool extended = !found.empty() && found.back() == '*';  // RFC 2231: charset'language'text
    if (extended) found.remove_suffix(1);
    if (lower_ascii(found) != name) continue;
    if (extended) {
      const std::size_t quote = content.rfind('\'');
      if (quote != std::string::npos) content.erase(0, quote + 1);
    }
    return content;
  }
  return {};
}

std::optional<Timestamp> parse_mail_date(std::string_view value) {
  static constexpr const char* kMonths[] = {"jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"};
  struct Zone {
    const char* name;
    int hours;
  };
  static constexpr Zone kZones[] = {{"gmt", 0}, {"ut", 0}, {"utc", 0}, {"z", 0}, {"est", -5}, {"edt", -4}, {"cst", -6}, {"cdt", -5}, {"mst", -7},
                                    {"mdt", -6}, {"pst", -8}, {"pdt", -7}, {"cet", 1}, {"cest", 2}, {"wet", 0}, {"west", 1}};
  if (const std::size_t comma = value.substr(0, 16).find(','); comma != std::string_view::npos) value.remove_prefix(comma + 1);
  value = value.substr(0, std::min<std::size_t>(value.find('('), 64));
  std::vector<std::string> words;
  for (std::size_t at = 0; at < value.size();) {
    while (at < value.size() && is_blank(value[at])) ++at;
    const std::size_t start = at;
    while (at < value.size() && !is_blank(value[at])) ++at;
    if (at > start) words.push_back(lower_ascii(value.substr(start, at - start)));
  }
  if (words.size() > 0 && words[0].find_first_not_of("abcdefghijklmnopqrstuvwxyz") == std::string::npos) words.erase(words.begin());
  if (words.size() < 4) return std::nullopt;
  const auto number = [](std::string_view text, int* out) {
    if (text.empty() || text.size() > 4 || text.find_first_not_of("0123456789") != std::string_view::npos) return false;
    *out = 0;
    for (const char c : text) *out = *out * 10 + (c - '0');
    return true;
  };
  CivilTime civil;
  if (!number(words[0], &civil.day) || !number(words[2], &civil.year)) return std::nullopt;
  if (words[2].size() == 2) civil.year += civil.year < 50 ? 2000 : 1900;
  civil.month = 0;
  for (int i = 0; i < 12; ++i) {
    if (words[1].substr(0, 3) == kMonths[i]) civil.month = i + 1;
  }
  const std::string& clock = words[3];
  const std::size_t colon = clock.find(':');
  if (colon == std::string::npos) return std::nullopt;
  const std::size_t second_colon = clock.find(':', colon + 1);
  if (!number(std::string_view(clock).substr(0, colon), &civil.hour) ||
      !number(std::string_view(clock).substr(colon + 1, second_colon == std::string::npos ? second_colon : second_colon - colon - 1), &civil.minute) ||
      (second_colon != std::string::npos && !number(std::string_view(clock).substr(second_colon + 1), &civil.second)) || !is_valid(civil)) {
    return std::nullopt;
  }
  int offset = 0;
  if (words.size() > 4) {
    const std::string& zone = words[4];
    int value_of_zone = 0;
    if (zone.size() == 5 && (zone[0] == '+' || zone[0] == '-') && number(zone.substr(1), &value_of_zone)) {
      offset = (zone[0] == '-' ? -1 : 1) * (value_of_zone / 100 * 60 + value_of_zone % 100);
    } else {
      for (const Zone& known : kZones) {
        if (zone == known.name) offset = known.hours * 60;
      }
    }
  }
  return from_civil(civil) - static_cast<Timestamp>(offset) * 60 * 1'000'000;
}

std::vector<std::string> message_ids(std::string_view value, std::size_t most) {
  constexpr std::size_t kMaxId = 512;
  std::vector<std::string> out;
  for (std::size_t at = value.find('<'); at != std::string_view::npos; at = value.find('<', at)) {
    const std::size_t end = value.find('>', at);
    if (end == std::string_view::npos) break;
    const std::string_view id = trim(value.substr(at + 1, end - at - 1));
    std::size_t ignored = 0;
    if (!id.empty() && id.size() <= kMaxId) out.push_back(to_utf8(id, {}, &ignored));
    at = end;
  }
  if (out.size() > most) out.erase(out.begin(), out.end() - static_cast<std::ptrdiff_t>(most));
  return out;
}

}  // namespace tertulia
