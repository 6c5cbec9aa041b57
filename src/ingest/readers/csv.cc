// Rows of a table, one message a row, grouped by their conversation. The file is read twice: first the rows of each
// conversation are counted and the day order is found, then a conversation is given out at its last row. So a file whose
// conversations are contiguous holds one of them at a time; interleaved ones are held until complete, at most 16 times
// max_messages messages in all (then the one open for longest is given out as a part). Test: tests/ingest/csv_test.cc.
#include <deque>
#include <map>
#include <set>

#include "ingest/author_roles.h"
#include "ingest/column_map.h"
#include "ingest/csv_records.h"
#include "ingest/json_source.h"
#include "ingest/reader_table.h"

namespace tertulia {

extern const ReaderEntry csv_entry;

namespace {

constexpr std::size_t kMaxOpenFactor = 16;

std::string_view trim(std::string_view text) {
  const std::size_t first = text.find_first_not_of(" \t\n");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t\n") - first + 1);
}

struct OpenConversation {
  std::size_t part = 0;         // parts given out
  std::size_t count = 0;        // messages so far, in all parts
  std::size_t first_line = 0;   // where its customer was read
  std::uint64_t opened = 0;     // order among the open ones
  Conversation conversation;
  std::map<std::string, std::size_t> id_lines;
};

class CsvReader final : public Reader {
 public:
  CsvReader(std::unique_ptr<LineSource> source, const ReaderOptions& options, Marks marks, ColumnMap columns)
      : source_(std::move(source)), options_(options), marks_(std::move(marks)), roles_(options_, marks_),
        columns_(std::move(columns)), records_(*source_, '\0') {}

  Status prepare() {
    source_->set_encoding(LineEncoding::kGuess);
    if (Status status = source_->make_seekable(); !status.ok()) return status;
    char delimiter = columns_.delimiter();
    if (delimiter == '\0') delimiter = sniff_delimiter(source_->head());
    if (delimiter == '\0') delimiter = ';';  // one column: bind() will say what is missing
    const bool announced = source_->head().substr(0, 4) == "sep=" || source_->head().substr(0, 4) == "SEP=";
    records_ = CsvRecords(*source_, delimiter);
    if (announced && records_.next() == CsvRecords::Kind::kBad) return records_.failure();
    switch (records_.next()) {
      case CsvRecords::Kind::kBad: return records_.failure();
      case CsvRecords::Kind::kEnd: return {};
      case CsvRecords::Kind::kRecord: break;
    }
    if (Status status = columns_.bind(records_.fields(), source_->where(records_.line())); !status.ok()) return status;
    const LineSource::Position body = source_->after_line();
    count_rows();
    records_.restart();
    return source_->seek(body);
  }

  Result<std::optional<Conversation>> next() override {
    while (ready_.empty() && !ended_) {
      if (Status status = read_row(); !status.ok()) {
        update();
        ++report_.skipped["bad row"];
        return status;
      }
    }
    update();
    if (ready_.empty()) return std::optional<Conversation>();
    Result<std::optional<Conversation>> out = std::move(ready_.front());
    ready_.pop_front();
    return out;
  }

  [[nodiscard]] const ReadReport& report() const override { return report_; }

 private:
  void update() {
    report_.lines = source_->lines();
    report_.repaired_utf8 = source_->repaired();
  }

  // The cell of an id; empty when absent. kInvalidData for a rounded number.
  Result<std::string> id_cell(Column column) const {
    const std::string* cell = columns_.cell(records_.fields(), column);
    if (cell == nullptr) return std::string();
    const std::string_view value = without_formula_guard(trim(*cell));
    if (is_rounded_number(value)) return bad(column, "a long number that a spreadsheet has rounded; export it as text");
    if (value.size() > kMaxIdBytes) return bad(column, "longer than " + std::to_string(kMaxIdBytes) + " bytes");
    return std::string(value);
  }
  [[nodiscard]] Status bad(Column column, const std::string& what) const {
    return Status(StatusCode::kInvalidData, source_->where(records_.line()) + ": " + column_name(column) + ": " + what);
  }

  // First reading.
  void count_rows() {
    DayOrderDetector detector;
    std::size_t written_times = 0;
    for (;;) {
      const CsvRecords::Kind kind = records_.next();
      if (kind == CsvRecords::Kind::kEnd) break;
      if (kind == CsvRecords::Kind::kBad) continue;
      if (const Result<std::string> id = id_cell(Column::kConversation); id.ok() && !id->empty()) ++rows_left_[*id];
      const std::string* cell = columns_.cell(records_.fields(), Column::kAt);
      if (cell == nullptr) continue;
      const std::string_view value = trim(*cell);
      WrittenTime time;
      if (!value.empty() && !parse_time(value).ok() && scan_written_time(value, &time) == value.size()) {
        detector.add(time);
        ++written_times;
      }
    }
    if (source_->windows_1252()) report_.assumptions.emplace_back("text taken as Windows-1252");
    if (columns_.day_order()) {
      day_order_ = *columns_.day_order();
    } else if (written_times > 0) {
      const DayOrderDetector::Decision decision = detector.decide();
      day_order_ = decision.order;
      report_.assumptions.push_back(decision.assumption);
    }
  }

  Result<std::optional<Timestamp>> time_cell() const {
    const std::string* cell = columns_.cell(records_.fields(), Column::kAt);
    const std::string_view value = cell == nullptr ? std::string_view{} : trim(*cell);
    if (value.empty()) return std::optional<Timestamp>();
    if (const Result<Timestamp> iso = parse_time(value, options_.utc_offset_minutes); iso.ok()) return std::optional<Timestamp>(*iso);
    WrittenTime time;
    if (scan_written_time(value, &time) == value.size()) {
      if (const auto at = to_instant(time, day_order_, options_.utc_offset_minutes)) return std::optional<Timestamp>(*at);
    }
    return bad(Column::kAt, "expected a time such as 2026-03-02T10:15:00Z or 2/3/2026 10:15");
  }

  // One record of the second reading; finished conversations go to ready_.
  Status read_row() {
    const CsvRecords::Kind kind = records_.next();
    if (kind == CsvRecords::Kind::kBad) return records_.failure();
    if (kind == CsvRecords::Kind::kEnd) {
      ended_ = true;
      while (!by_age_.empty()) close(by_age_.begin()->second);
      return {};
    }
    const Result<std::string> id = id_cell(Column::kConversation);
    if (!id.ok()) return id.status();
    if (id->empty()) return bad(Column::kConversation, "is missing");
    OpenConversation& open = open_[*id];
    if (open.opened == 0) {
      open.opened = ++opened_;
      by_age_[open.opened] = *id;
      open.conversation.id = *id;
    }
    const Status status = add_message(open);
    const auto left = rows_left_.find(*id);
    if (left != rows_left_.end() && --left->second == 0) {
      rows_left_.erase(left);
      close(*id);
    } else if (open.conversation.messages.size() >= options_.max_messages) {
      give_part(open);
    } else if (held_ >= options_.max_messages * kMaxOpenFactor) {
      give_part(open_[by_age_.begin()->second]);
    }
    return status;
  }

  Status add_message(OpenConversation& open) {
    Message message;
    const std::vector<std::string>& fields = records_.fields();
    Result<std::string> id = id_cell(Column::kId);
    if (!id.ok()) return id.status();
    Result<std::string> customer = id_cell(Column::kCustomer);
    if (!customer.ok()) return customer.status();
    Result<std::string> reply_to = id_cell(Column::kReplyTo);
    if (!reply_to.ok()) return reply_to.status();
    const Result<std::optional<Timestamp>> at = time_cell();
    if (!at.ok()) return at.status();
    const std::string* text = columns_.cell(fields, Column::kText);
    if (text == nullptr) return bad(Column::kText, "the row ends before it");
    if (const std::string* author = columns_.cell(fields, Column::kAuthor)) {
      message.author = without_formula_guard(trim(*author));
      if (message.author.size() > kMaxIdBytes) return bad(Column::kAuthor, "longer than " + std::to_string(kMaxIdBytes) + " bytes");
    }
    if (columns_.has(Column::kFrom)) {
      const std::string* from = columns_.cell(fields, Column::kFrom);
      if (from == nullptr || !columns_.role(*from, &message.role)) {
        return bad(Column::kFrom, "expected customer, agent, other or system, or a word of the column map's roles");
      }
    } else if (roles_.is_agent(message.author)) {
      message.role = Role::kAgent;
    }
    Conversation& conversation = open.conversation;
    if (!customer->empty()) {
      if (conversation.customer.empty()) {
        conversation.customer = *customer;
        open.first_line = records_.line();
      } else if (conversation.customer != *customer) {
        return bad(Column::kCustomer, "the conversation has another customer on line " + std::to_string(open.first_line));
      }
    }
    if (columns_.has(Column::kId)) {
      if (id->empty()) return bad(Column::kId, "is missing");
      const auto [known, fresh] = open.id_lines.try_emplace(*id, records_.line());
      if (!fresh) return bad(Column::kId, "already used on line " + std::to_string(known->second));
      message.id = *id;
    } else {
      message.id = std::to_string(open.count + 1);
    }
    if (conversation.channel.empty()) {
      const std::string* channel = columns_.cell(fields, Column::kChannel);
      conversation.channel = marks_.channel(channel != nullptr && !trim(*channel).empty() ? *channel : columns_.channel());
    }
    message.at = *at;
    message.reply_to = std::move(*reply_to);
    message.text = without_formula_guard(*text);
    conversation.messages.push_back(std::move(message));
    ++open.count;
    ++held_;
    return {};
  }

  void give_part(OpenConversation& open) {
    Conversation part;
    part.customer = open.conversation.customer;
    part.channel = open.conversation.channel;
    part.messages.swap(open.conversation.messages);
    held_ -= part.messages.size();
    if (!part.messages.empty()) {
      part.id = part_id(open.conversation.id, ++open.part);
      if (part.customer.empty()) part.customer = options_.customer;
      if (part.customer.empty()) {
        ++report_.skipped["conversation without customer"];
        ready_.emplace_back(Status(StatusCode::kInvalidData, source_->where(records_.line()) +
                                                                 ": customer: the conversation that ends here has none"));
      } else {
        ++report_.conversations;
        report_.messages += part.messages.size();
        ready_.emplace_back(std::optional<Conversation>(std::move(part)));
      }
    }
    // Not the oldest any more, when others wait.
    by_age_.erase(open.opened);
    open.opened = ++opened_;
    by_age_[open.opened] = open.conversation.id;
  }

  void close(const std::string& id_given) {
    const std::string id = id_given;
    OpenConversation& open = open_[id];
    if (!open.conversation.messages.empty()) give_part(open);
    by_age_.erase(open.opened);
    open_.erase(id);
  }

  std::unique_ptr<LineSource> source_;
  ReaderOptions options_;
  Marks marks_;
  AuthorRoles roles_;
  ColumnMap columns_;
  CsvRecords records_;
  ReadReport report_;
  DayOrder day_order_ = DayOrder::kDayMonthYear;
  bool ended_ = false;
  // Ordered, so that chosen ids cannot make it slow.
  std::map<std::string, std::size_t> rows_left_;     // of the first reading, until the last row
  std::map<std::string, OpenConversation> open_;
  std::map<std::uint64_t, std::string> by_age_;      // the open ones
  std::uint64_t opened_ = 0;
  std::size_t held_ = 0;
  std::deque<Result<std::optional<Conversation>>> ready_;
};

int sniff(std::string_view name, std::string_view head) {
  const bool by_name = name.ends_with(".csv") || name.ends_with(".tsv");
  if (by_name) return 75;
  const char delimiter = sniff_delimiter(head);
  if (delimiter == '\0') return 0;
  // Under another name only with our own header.
  std::set<std::string, std::less<>> names;
  std::string_view line = head.substr(0, head.find('\n'));
  while (!line.empty()) {
    const std::size_t end = line.find(delimiter);
    names.insert(fold_mark(line.substr(0, end), 64));
    line.remove_prefix(end == std::string_view::npos ? line.size() : end + 1);
  }
  return names.count("conversation") > 0 && names.count("text") > 0 ? 60 : 0;
}

Result<std::unique_ptr<Reader>> open(std::unique_ptr<LineSource> source, const ReaderOptions& options, Marks marks) {
  Result<ColumnMap> columns = ColumnMap::load(options.column_map);
  if (!columns.ok()) return columns.status();
  auto reader = std::make_unique<CsvReader>(std::move(source), options, std::move(marks), std::move(*columns));
  if (Status status = reader->prepare(); !status.ok()) return status;
  return std::unique_ptr<Reader>(std::move(reader));
}

constexpr const char* kSample =
    "conversation;customer;channel;id;at;from;author;text;reply_to\r\n"
    "c1;C-7;chat;1;02/03/2026 10:15;agent;Marta;\"Hola; ¿en qué puedo\r\n\"\"ayudarle\"\"?\";\r\n"
    "c2;C-8;correo;1;13/03/2026 9:05;customer;Luis;'-20 % de comisión;\r\n"
    "c1;C-7;chat;2;02/03/2026 10:16;customer;Ana;Buscamos hipoteca;1\r\n";

constexpr const char* kExpectation = R"(c2 | customer C-8 | email
  1 2026-03-13T09:05:00Z customer Luis: -20 % de comisión
c1 | customer C-7 | chat
  1 2026-03-02T10:15:00Z agent Marta: Hola; ¿en qué puedo\n"ayudarle"?
  2 2026-03-02T10:16:00Z customer Ana > 1: Buscamos hipoteca
)";

}  // namespace

const ReaderEntry csv_entry = {"csv", &sniff, &open, "mensajes.csv", kSample, kExpectation};

}  // namespace tertulia
