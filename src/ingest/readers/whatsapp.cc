// WhatsApp's exported chats (.txt), Android and iOS: one conversation a file. Read twice: first the shape of the file's headers
// (the most frequent one), the order of day and month and the authors; then the messages. Message ids are the written time and
// a count, so that a later export of the same chat gives the same ids. Test: tests/ingest/whatsapp_test.cc.
#include <algorithm>
#include <array>
#include <map>
#include <set>

#include "base/digest.h"
#include "ingest/author_roles.h"
#include "ingest/chat_line.h"
#include "ingest/reader_table.h"

namespace tertulia {

extern const ReaderEntry whatsapp_entry;

namespace {

constexpr std::size_t kMaxAuthors = 4096;
constexpr std::size_t kShapes = 64;

class WhatsappReader final : public Reader {
 public:
  WhatsappReader(std::unique_ptr<LineSource> source, const ReaderOptions& options, Marks marks)
      : source_(std::move(source)), options_(options), marks_(std::move(marks)), roles_(options_, marks_) {}

  Status prepare() {
    if (Status status = source_->make_seekable(); !status.ok()) return status;
    const LineSource::Position start = source_->after_line();
    if (Status status = find_shape(); !status.ok()) return status;
    if (Status status = source_->seek(start); !status.ok()) return status;
    if (Status status = find_authors(); !status.ok()) return status;
    if (Status status = source_->seek(start); !status.ok()) return status;
    conversation_.id = file_stem(source_->name());
    // Every chat that iOS exports is called _chat.txt: its first message tells one from another.
    if (conversation_.id == "_chat") conversation_.id.append("-").append(sha256_hex(first_line_), 0, 12);
    conversation_.channel = marks_.channel("whatsapp");
    id_ = conversation_.id;
    return {};
  }

  Result<std::optional<Conversation>> next() override {
    while (!ended_) {
      if (full()) return give_part();
      const LineKind kind = source_->next();
      report_.lines = source_->lines();
      report_.repaired_utf8 = source_->repaired();
      if (kind == LineKind::kEnd || kind == LineKind::kFailed) {
        finish_message();
        ended_ = true;
        if (kind == LineKind::kFailed) return source_->failure();
      } else if (kind == LineKind::kTooLong) {
        finish_message();  // it may be another author's: what follows must not be added to the message before it
        ++report_.skipped["line too long"];
        return source_->failure();
      } else if (Status status = read_line(source_->line()); !status.ok()) {
        return status;
      }
    }
    if (conversation_.messages.empty()) return std::optional<Conversation>();
    return give_part();
  }

  [[nodiscard]] const ReadReport& report() const override { return report_; }

 private:
  bool header_of(std::string_view line, ChatHeader* header) const {
    return scan_chat_header(line, header) && header->shape() == shape_;
  }

  Status find_shape() {
    std::array<std::size_t, kShapes> counts{};
    std::array<DayOrderDetector, kShapes> detectors;
    for (;;) {
      const LineKind kind = source_->next();
      if (kind == LineKind::kEnd || kind == LineKind::kFailed) break;
      ChatHeader header;
      if (kind != LineKind::kLine || !scan_chat_header(source_->line(), &header)) continue;
      const auto shape = static_cast<std::size_t>(header.shape());
      ++counts[shape];
      detectors[shape].add(header.time);
    }
    const std::size_t best = static_cast<std::size_t>(std::max_element(counts.begin(), counts.end()) - counts.begin());
    if (counts[best] == 0) {
      return Status(StatusCode::kInvalidData, source_->name() + ": no line begins like one of a WhatsApp export");
    }
    shape_ = static_cast<int>(best);
    const DayOrderDetector::Decision decision = detectors[best].decide();
    day_order_ = decision.order;
    report_.assumptions.push_back(decision.assumption);
    report_.assumptions.push_back(options_.utc_offset_minutes == 0
                                      ? "clock taken as UTC"
                                      : "clock taken as " + std::to_string(options_.utc_offset_minutes) + " minutes east of UTC");
    return {};
  }

  Status find_authors() {
    std::vector<std::string> authors;
    std::set<std::string, std::less<>> known;
    for (;;) {
      const LineKind kind = source_->next();
      if (kind == LineKind::kEnd || kind == LineKind::kFailed) break;
      ChatHeader header;
      std::string_view author, text;
      if (kind != LineKind::kLine || !header_of(source_->line(), &header) || !split_author(header.rest, marks_, &author, &text) ||
          marks_.starts("whatsapp.notice", fold_mark(text, 128))) {
        continue;
      }
      if (first_line_.empty()) first_line_ = source_->line();
      if (known.count(author) > 0) continue;
      if (authors.size() == kMaxAuthors) {
        return Status(StatusCode::kResourceExhausted, source_->name() + ": more than " + std::to_string(kMaxAuthors) + " authors");
      }
      authors.emplace_back(author);
      known.emplace(author);
    }
    Result<std::string> customer = roles_.customer_of(authors, false);
    if (!customer.ok()) return customer.status().within(source_->name());
    customer_author_ = std::move(*customer);
    conversation_.customer = options_.customer.empty() ? customer_author_ : options_.customer;
    if (conversation_.customer.empty() && !authors.empty()) {
      return Status(StatusCode::kInvalidData, source_->name() + ": every author is an agent; name the customer");
    }
    return {};
  }

  Status read_line(std::string_view line) {
    ChatHeader header;
    if (!header_of(line, &header)) {
      if (!has_message_) return {};  // goes on with a system line or with a message that was refused
      if (text_.size() + line.size() + 1 > options_.max_line_bytes) {
        has_message_ = false;
        ++report_.skipped["message too long"];
        return Status(StatusCode::kResourceExhausted, source_->where(message_line_) + ": the message is longer than " +
                                                          std::to_string(options_.max_line_bytes) + " bytes");
      }
      text_ += '\n';
      text_ += line;
      return {};
    }
    finish_message();
    std::string_view author, text;
    if (!split_author(header.rest, marks_, &author, &text)) {
      ++report_.skipped["system line"];
      return {};
    }
    has_message_ = true;
    message_line_ = source_->number();
    message_ = {};
    message_.author = author;
    message_.role = roles_.role_of(author, customer_author_);
    text_.assign(text);
    if (const auto at = to_instant(header.time, day_order_, options_.utc_offset_minutes)) {
      message_.at = *at;
      const std::size_t count = ++times_[*at];
      message_.id = format_time(*at).append("/").append(std::to_string(count));
    } else {
      message_.id = "line " + std::to_string(message_line_);
      if (++undated_ == 1) report_.assumptions.emplace_back("messages whose date does not exist are kept without a time");
    }
    return {};
  }

  void finish_message() {
    if (!has_message_) return;
    has_message_ = false;
    std::string cleaned;
    switch (clean_chat_text(text_, marks_, &cleaned)) {
      case ChatText::kWords:
        message_.text = std::move(cleaned);
        conversation_.messages.push_back(std::move(message_));
        break;
      case ChatText::kMedia: ++report_.skipped["media"]; break;
      case ChatText::kDeleted: ++report_.skipped["deleted message"]; break;
      case ChatText::kNotice: ++report_.skipped["system line"]; break;
      case ChatText::kEmpty: ++report_.skipped["empty message"]; break;
    }
  }

  [[nodiscard]] bool full() const { return conversation_.messages.size() >= options_.max_messages; }

  Result<std::optional<Conversation>> give_part() {
    Conversation part;
    part.id = part_id(id_, ++part_);
    part.customer = conversation_.customer;
    part.channel = conversation_.channel;
    part.messages.swap(conversation_.messages);
    ++report_.conversations;
    report_.messages += part.messages.size();
    return std::optional<Conversation>(std::move(part));
  }

  std::unique_ptr<LineSource> source_;
  ReaderOptions options_;
  Marks marks_;
  AuthorRoles roles_;
  ReadReport report_;
  int shape_ = 0;
  DayOrder day_order_ = DayOrder::kDayMonthYear;
  std::string customer_author_, first_line_, id_;
  std::size_t part_ = 0;
  Conversation conversation_;  // the part that is being read
  bool ended_ = false, has_message_ = false;
  Message message_;            // the message that is being read, and its raw text
  std::string text_;
  std::size_t message_line_ = 0, undated_ = 0;
  std::map<Timestamp, std::size_t> times_;  // messages of the same written time
};

int sniff(std::string_view, std::string_view head) {
  for (int line = 0; line < 20 && !head.empty(); ++line) {
    ChatHeader header;
    const std::size_t end = head.find('\n');
    if (scan_chat_header(head.substr(0, end), &header)) return 85;
    head.remove_prefix(end == std::string_view::npos ? head.size() : end + 1);
  }
  return 0;
}

Result<std::unique_ptr<Reader>> open(std::unique_ptr<LineSource> source, const ReaderOptions& options, Marks marks) {
  auto reader = std::make_unique<WhatsappReader>(std::move(source), options, std::move(marks));
  if (Status status = reader->prepare(); !status.ok()) return status;
  return std::unique_ptr<Reader>(std::move(reader));
}

constexpr const char* kSample =
    "13/2/26, 10:14 - Los mensajes y las llamadas están cifrados de extremo a extremo.\n"
    "13/2/26, 10:15 - Ana: hola, ya tenemos la parcela\n"
    "y buscamos hipoteca\n"
    "13/2/26, 10:15 - Banco Norte: Buenos días, ¿qué presupuesto tenéis?\n"
    "13/2/26, 10:16 - Ana: <Multimedia omitido>\n"
    "13/2/26, 10:16 - Ana cambió el asunto a \"Obra: fase 2\"\n"
    "14/2/26, 9:05 - Ana: unos 180.000 € <Se editó este mensaje.>\n";

constexpr const char* kExpectation = R"(Chat de WhatsApp con Ana | customer Ana | whatsapp
  2026-02-13T10:15:00Z/1 2026-02-13T10:15:00Z customer Ana: hola, ya tenemos la parcela\ny buscamos hipoteca
  2026-02-13T10:15:00Z/2 2026-02-13T10:15:00Z agent Banco Norte: Buenos días, ¿qué presupuesto tenéis?
  2026-02-14T09:05:00Z/1 2026-02-14T09:05:00Z customer Ana: unos 180.000 €
)";

}  // namespace

const ReaderEntry whatsapp_entry = {"whatsapp", &sniff, &open, "Chat de WhatsApp con Ana.txt", kSample, kExpectation};

}  // namespace tertulia
