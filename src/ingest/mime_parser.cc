// RFC 5322 and RFC 2045/2046 as a line machine: the open boundaries form a stack of bounded depth, so nesting costs neither
// recursion nor memory. Test: tests/ingest/mime_parser_test.cc.
#include "ingest/mime_parser.h"

#include <algorithm>
#include <utility>

#include "ingest/charset.h"
#include "ingest/mail_text.h"

namespace tertulia {
namespace {

constexpr std::size_t kMaxBoundary = 200;  // RFC 2046 allows 70

std::string lower_ascii(std::string_view text) {
  std::string out(text);
  for (char& c : out) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
  }
  return out;
}

std::string_view trim(std::string_view text) {
  const std::size_t first = text.find_first_not_of(" \t\r\n");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t\r\n") - first + 1);
}

}  // namespace

void MimeParser::line(std::string_view raw) {
  if (state_ == State::kHeader) {
    if (!raw.empty() && (raw.front() == ' ' || raw.front() == '\t')) {
      if (!field_.empty() && field_.size() + raw.size() < kMaxField) {
        field_ += ' ';
        field_ += trim(raw);
      }
      return;
    }
    end_field();
    if (raw.empty()) {
      start_body();
    } else if (!boundary(raw)) {
      field_.assign(raw.substr(0, kMaxField));
    }
    return;
  }
  if (header_only_ || boundary(raw) || state_ == State::kSkip) return;
  if (body_.size() + raw.size() + 1 > max_part_bytes_) {
    mail_.too_large = true;
    state_ = State::kSkip;
    body_.clear();
    return;
  }
  body_ += raw;
  body_ += '\n';
}

void MimeParser::long_line() {
  if (state_ == State::kHeader) {
    end_field();
  } else if (state_ == State::kBody && !header_only_) {
    mail_.too_large = true;
    state_ = State::kSkip;
    body_.clear();
  }
}

void MimeParser::end_field() {
  const std::string field = std::exchange(field_, {});
  const std::size_t colon = field.find(':');
  if (colon == std::string::npos || colon == 0) return;
  const std::string name = lower_ascii(trim(std::string_view(field).substr(0, std::min<std::size_t>(colon, 64))));
  const std::string_view value = trim(std::string_view(field).substr(colon + 1));
  if (name == "content-type") {
    part_.type = media_type(value);
    part_.charset = parameter(value, "charset");
    part_.boundary = parameter(value, "boundary").substr(0, kMaxBoundary);
    part_.flowed = lower_ascii(parameter(value, "format")) == "flowed";
    part_.delete_space = lower_ascii(parameter(value, "delsp")) == "yes";
    if (!parameter(value, "name").empty()) part_.attachment = true;
  } else if (name == "content-transfer-encoding") {
    part_.encoding = lower_ascii(value.substr(0, 32));
  } else if (name == "content-disposition") {
    part_.attachment = part_.attachment || media_type(value) == "attachment" || !parameter(value, "filename").empty();
  }
  if (!top_) return;
  if (name == "from" && mail_.from.empty()) {
    mail_.from = parse_addresses(value, 1, &repaired_);
  } else if ((name == "to" || name == "cc") && mail_.to.size() < 16) {
    for (MailAddress& address : parse_addresses(value, 16 - mail_.to.size(), &repaired_)) mail_.to.push_back(std::move(address));
  } else if (name == "subject" && mail_.subject.empty()) {
    mail_.subject = decode_header(value.substr(0, 4096), &repaired_);
  } else if (name == "message-id" && mail_.message_id.empty()) {
    if (auto ids = message_ids(value, 1); !ids.empty()) mail_.message_id = std::move(ids.front());
  } else if (name == "in-reply-to" && mail_.in_reply_to.empty()) {
    if (auto ids = message_ids(value, 1); !ids.empty()) mail_.in_reply_to = std::move(ids.front());
  } else if (name == "references" && mail_.references.empty()) {
    mail_.references = message_ids(value, 31);
  } else if (name == "date" && date_.empty()) {
    date_.assign(value.substr(0, 128));
  } else if (name == "received" && received_.empty()) {
    const std::size_t semicolon = value.rfind(';');
    if (semicolon != std::string_view::npos) received_.assign(value.substr(semicolon + 1, 128));
  }
}

void MimeParser::start_body() {
  top_ = false;
  body_.clear();
  if (part_.type.rfind("multipart/", 0) == 0 && !part_.boundary.empty() && boundaries_.size() < kMaxDepth) {
    boundaries_.push_back(part_.boundary);
    state_ = State::kSkip;  // the preamble
    part_ = {};
    part_.type.clear();
    return;
  }
  const bool text = !part_.attachment && (part_.type == "text/plain" || part_.type == "text/html");
  if (!text) ++mail_.attachments;
  const bool wanted = text && parts_ < kMaxParts && (part_.type == "text/plain" || mail_.html.empty());
  state_ = wanted ? State::kBody : State::kSkip;
}

bool MimeParser::boundary(std::string_view raw) {
  if (boundaries_.empty() || raw.size() < 3 || raw[0] != '-' || raw[1] != '-') return false;
  std::string_view rest = raw.substr(2);
  if (rest.size() > kMaxBoundary + 64) return false;
  while (!rest.empty() && (rest.back() == ' ' || rest.back() == '\t')) rest.remove_suffix(1);
  for (std::size_t level = boundaries_.size(); level-- > 0;) {
    const std::string& open = boundaries_[level];
    const bool next = rest == open;
    const bool last = !next && rest.size() == open.size() + 2 && rest.ends_with("--") && rest.starts_with(open);
    if (!next && !last) continue;
    end_part();
    boundaries_.resize(last ? level : level + 1);
    state_ = last ? State::kSkip : State::kHeader;
    part_ = {};
    return true;
  }
  return false;
}

void MimeParser::end_part() {
  if (state_ != State::kBody) return;
  state_ = State::kSkip;
  ++parts_;
  std::string bytes;
  if (part_.encoding == "base64") bytes = decode_base64(body_);
  else if (part_.encoding == "quoted-printable") bytes = decode_quoted_printable(body_, false);
  else bytes = std::move(body_);
  body_.clear();
  std::string text = to_utf8(bytes, part_.charset, &repaired_);
  if (part_.type == "text/html") {
    mail_.html = std::move(text);
    return;
  }
  if (part_.flowed) text = join_flowed(text, part_.delete_space);
  if (mail_.has_plain && mail_.plain.size() + text.size() > max_part_bytes_) {
    mail_.too_large = true;
    return;
  }
  if (mail_.has_plain) mail_.plain += '\n';
  mail_.has_plain = true;
  mail_.plain += text;
}

ParsedMail MimeParser::finish(std::size_t* repaired) {
  if (state_ == State::kHeader) end_field();
  end_part();
  mail_.at = parse_mail_date(date_);
  if (!mail_.at) mail_.at = parse_mail_date(received_);
  if (!mail_.in_reply_to.empty()) mail_.references.push_back(mail_.in_reply_to);
  *repaired += repaired_;
  ParsedMail out = std::move(mail_);
  *this = MimeParser(max_part_bytes_, header_only_);
  return out;
}

}  // namespace tertulia
