// Mail: mbox files (mboxo and mboxrd, RFC 4155) and single .eml messages. Read twice: first the headers, for the threads; then
// each thread's mails, wherever they stand in the file. Test: tests/ingest/mbox_test.cc.
#include <algorithm>
#include <deque>
#include <map>

#include "ingest/author_roles.h"
#include "ingest/mail_quotes.h"
#include "ingest/mail_text.h"
#include "ingest/mail_threads.h"
#include "ingest/mime_parser.h"
#include "ingest/reader_table.h"

namespace tertulia {

extern const ReaderEntry mbox_entry;

namespace {

bool is_digit(char c) noexcept { return c >= '0' && c <= '9'; }

// "From ana@x.es Mon Mar  3 10:12:00 2025": a clock and a year stand behind the sender. A sentence that begins with "From "
// has neither; not every program escapes it. Some programs write no empty line before: then the weekday must be there, too,
// for two people's mails must not run into one.
bool is_separator(std::string_view line, bool after_empty) {
  if (line.substr(0, 5) != "From " || line.size() > 512) return false;
  bool clock = false, year = false;
  for (std::size_t i = 5; i < line.size(); ++i) {
    if (!is_digit(line[i]) || is_digit(line[i - 1])) continue;
    std::size_t end = i;
    while (end < line.size() && is_digit(line[end])) ++end;
    if (end - i == 4 && (end == line.size() || line[end] == ' ') && line[i - 1] == ' ') year = true;
    if (end - i <= 2 && end + 2 < line.size() && line[end] == ':' && is_digit(line[end + 1]) && is_digit(line[end + 2])) clock = true;
  }
  if (!clock || !year || after_empty) return clock && year;
  static constexpr std::string_view kDays[] = {" Mon ", " Tue ", " Wed ", " Thu ", " Fri ", " Sat ", " Sun "};
  return std::any_of(std::begin(kDays), std::end(kDays), [&](std::string_view day) { return line.find(day) != std::string_view::npos; });
}

class MboxReader final : public Reader {
 public:
  MboxReader(std::unique_ptr<LineSource> source, const ReaderOptions& options, Marks marks)
      : source_(std::move(source)), options_(options), marks_(std::move(marks)), roles_(options_, marks_), threads_(options_, marks_, roles_) {}

  Status prepare() {
    source_->set_encoding(LineEncoding::kRaw);
    if (Status status = source_->make_seekable(); !status.ok()) return status;
    many_ = source_->head().substr(0, 5) == "From ";
    LineSource::Position at = source_->after_line();
    if (many_ && source_->next() != LineKind::kLine) return source_->failure();
    if (many_) at = source_->after_line();
    for (bool more = true; more;) {
      MimeParser parser(options_.max_line_bytes, true);
      LineSource::Position next_at;
      more = read_mail(parser, &next_at);
      std::size_t ignored = 0;
      const ParsedMail mail = parser.finish(&ignored);
      if (mail.from.empty() && mail.message_id.empty() && mail.subject.empty()) {
        ++report_.skipped["mail without header"];
      } else if (!threads_.add(mail, at)) {
        ++report_.skipped["mail with the id of another"];
      }
      at = next_at;
    }
    plans_ = threads_.conversations(source_->name());
    report_.lines = source_->lines();
    return {};
  }

  Result<std::optional<Conversation>> next() override {
    while (ready_.empty() && plan_ < plans_.size()) {
      const Result<MailConversation>& plan = plans_[plan_++];
      if (!plan.ok()) {
        ++report_.skipped["thread without a sure customer"];
        return plan.status();
      }
      if (Status status = read_conversation(*plan); !status.ok()) return status;
    }
    if (ready_.empty()) return std::optional<Conversation>();
    Result<std::optional<Conversation>> out = std::move(ready_.front());
    ready_.pop_front();
    if (out.ok()) {
      ++report_.conversations;
      report_.messages += (*out)->messages.size();
    }
    return out;
  }

  [[nodiscard]] const ReadReport& report() const override { return report_; }

 private:
  // Feeds the lines of one mail. True when another one follows; *next_at is then where it begins.
  bool read_mail(MimeParser& parser, LineSource::Position* next_at) {
    bool after_empty = false;
    for (;;) {
      const LineKind kind = source_->next();
      if (kind == LineKind::kEnd || kind == LineKind::kFailed) return false;
      if (kind == LineKind::kTooLong) {
        parser.long_line();
        after_empty = false;
        continue;
      }
      std::string_view line = source_->line();
      if (many_ && is_separator(line, after_empty)) {
        *next_at = source_->after_line();
        return true;
      }
      after_empty = line.empty();
      if (many_ && !line.empty() && line.front() == '>') {  // mboxrd's escape
        const std::size_t quotes = line.find_first_not_of('>');
        if (quotes != std::string_view::npos && line.substr(quotes, 5) == "From ") line.remove_prefix(1);
      }
      parser.line(line);
    }
  }

  Status read_conversation(const MailConversation& plan) {
    if (plan.customer.empty()) {
      ++report_.skipped["thread without customer"];
      return {};
    }
    Conversation conversation;
    conversation.id = threads_.mails()[plan.mails.empty() ? 0 : plan.mails.front()].id;
    // Two conversations of one thread may begin with different mails of it, but never with the same one.
    conversation.customer = plan.customer;
    conversation.channel = marks_.channel("email");
    std::size_t part = 0;
    for (const std::size_t index : plan.mails) {
      const IndexedMail& entry = threads_.mails()[index];
      if (Status status = source_->seek(entry.begin); !status.ok()) return status;
      MimeParser parser(options_.max_line_bytes, false);
      LineSource::Position ignored;
      read_mail(parser, &ignored);
      const ParsedMail mail = parser.finish(&report_.repaired_utf8);
      if (mail.too_large) {
        ++report_.skipped["mail too long"];
        ready_.emplace_back(Status(StatusCode::kResourceExhausted, source_->where(entry.begin.line + 1) + ": the text of the mail is longer than " +
                                                                       std::to_string(options_.max_line_bytes) + " bytes"));
        continue;
      }
      Message message;
      message.id = entry.id;
      message.at = entry.at;
      message.role = entry.from == plan.customer_from && !entry.from.empty() ? Role::kCustomer : entry.from_agent ? Role::kAgent : Role::kOther;
      if (!mail.from.empty()) message.author = mail.from.front().name.empty() ? mail.from.front().address : mail.from.front().name;
      message.reply_to = mail.in_reply_to;
      message.text = own_words(mail.has_plain ? mail.plain : html_to_text(mail.html, marks_), marks_);
      // What a person puts into the subject of a new thread is said, too.
      if (index == plan.mails.front() && !entry.is_reply && !mail.subject.empty()) {
        message.text = mail.subject + (message.text.empty() ? "" : "\n" + message.text);
      }
      if (message.text.empty()) {
        ++report_.skipped["mail without words of its own"];
        continue;
      }
      conversation.messages.push_back(std::move(message));
      if (conversation.messages.size() == options_.max_messages) give(conversation, &part);
    }
    if (!conversation.messages.empty()) give(conversation, &part);
    return {};
  }

  void give(Conversation& conversation, std::size_t* part) {
    Conversation out;
    out.id = part_id(conversation.id, ++*part);
    out.customer = conversation.customer;
    out.channel = conversation.channel;
    out.messages.swap(conversation.messages);
    ready_.emplace_back(std::optional<Conversation>(std::move(out)));
  }

  std::unique_ptr<LineSource> source_;
  ReaderOptions options_;
  Marks marks_;
  AuthorRoles roles_;
  MailThreads threads_;
  ReadReport report_;
  bool many_ = false;  // an mbox, not a single mail
  std::vector<Result<MailConversation>> plans_;
  std::size_t plan_ = 0;
  std::deque<Result<std::optional<Conversation>>> ready_;
};

int sniff(std::string_view name, std::string_view head) {
  const std::string_view first = head.substr(0, head.find('\n'));
  if (first.substr(0, 5) == "From " && (is_separator(first.substr(0, first.find('\r')), true) || name.ends_with(".mbox"))) return 95;
  int known = 0;
  for (int line = 0; line < 40 && !head.empty(); ++line) {
    const std::size_t end = head.find('\n');
    std::string row(head.substr(0, std::min<std::size_t>(end, 32)));
    head.remove_prefix(end == std::string_view::npos ? head.size() : end + 1);
    if (row.empty() || row == "\r") break;
    for (char& c : row) {
      if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
    }
    for (const char* field : {"from:", "date:", "subject:", "message-id:", "received:", "return-path:", "mime-version:", "delivered-to:", "to:"}) {
      if (row.rfind(field, 0) == 0) ++known;
    }
  }
  if (name.ends_with(".eml") || name.ends_with(".mbox")) return known > 0 ? 95 : 60;
  return known >= 3 ? 80 : 0;
}

Result<std::unique_ptr<Reader>> open(std::unique_ptr<LineSource> source, const ReaderOptions& options, Marks marks) {
  auto reader = std::make_unique<MboxReader>(std::move(source), options, std::move(marks));
  if (Status status = reader->prepare(); !status.ok()) return status;
  return std::unique_ptr<Reader>(std::move(reader));
}

constexpr const char* kSample =
    "From ana@correo.example Mon Mar  3 10:12:00 2025\n"
    "From: =?UTF-8?Q?Ana_Mu=C3=B1oz?= <ana@correo.example>\n"
    "To: Atencion al cliente <hola@banconorte.example>\n"
    "Subject: Hipoteca\n"
    "Date: Mon, 3 Mar 2025 10:12:00 +0100\n"
    "Message-ID: <1@correo.example>\n"
    "Content-Type: text/plain; charset=iso-8859-1\n"
    "Content-Transfer-Encoding: quoted-printable\n"
    "\n"
    "Buscamos financiaci=F3n para una parcela.\n"
    "\n"
    "Enviado desde mi iPhone\n"
    "\n"
    "From hola@banconorte.example Mon Mar  3 12:00:00 2025\n"
    "From: Atencion al cliente <hola@banconorte.example>\n"
    "To: ana@correo.example\n"
    "Subject: Re: Hipoteca\n"
    "Date: Mon, 3 Mar 2025 11:00:00 GMT\n"
    "Message-ID: <2@banconorte.example>\n"
    "In-Reply-To: <1@correo.example>\n"
    "Content-Type: text/plain; charset=utf-8\n"
    "\n"
    "Con mucho gusto.\n"
    "\n"
    "El lun, 3 mar 2025 a las 10:12, Ana Muñoz (<ana@correo.example>)\n"
    "escribió:\n"
    "> Buscamos financiación para una parcela.\n";

constexpr const char* kExpectation = R"(1@correo.example | customer ana@correo.example | email
  1@correo.example 2025-03-03T09:12:00Z customer Ana Muñoz: Hipoteca\nBuscamos financiación para una parcela.
  2@banconorte.example 2025-03-03T11:00:00Z agent Atencion al cliente > 1@correo.example: Con mucho gusto.
)";

}  // namespace

const ReaderEntry mbox_entry = {"mbox", &sniff, &open, "correo.mbox", kSample, kExpectation};

}  // namespace tertulia
