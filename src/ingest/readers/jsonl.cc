// Conversation JSON lines, one conversation a line (docs/cli.md). Test: tests/ingest/jsonl_test.cc.
#include <algorithm>
#include <map>

#include "ingest/json_source.h"
#include "ingest/reader_table.h"

namespace tertulia {

extern const ReaderEntry jsonl_entry;

namespace {

class JsonlReader final : public Reader {
 public:
  JsonlReader(std::unique_ptr<LineSource> source, const ReaderOptions& options, Marks marks)
      : source_(std::move(source)), options_(options), marks_(std::move(marks)) {}

  Result<std::optional<Conversation>> next() override {
    if (rest_.messages.empty()) {
      for (;;) {
        const LineKind kind = source_->next();
        report_.lines = source_->lines();
        report_.repaired_utf8 = source_->repaired();
        if (kind == LineKind::kEnd || failed_) return std::optional<Conversation>();
        if (kind == LineKind::kFailed) failed_ = true;
        if (kind != LineKind::kLine) return bad("line too long", source_->failure());
        if (source_->line().find_first_not_of(" \t\r") == std::string_view::npos) continue;
        Result<Conversation> parsed = parse_conversation(source_->line(), source_->where(), options_.utc_offset_minutes);
        if (!parsed.ok()) return bad("bad json", parsed.status());
        if (Status status = settle(*parsed); !status.ok()) return bad("bad conversation", std::move(status));
        if (parsed->messages.empty()) {
          ++report_.skipped["conversation without messages"];
          continue;
        }
        rest_ = std::move(*parsed);
        part_ = 0;
        break;
      }
    }
    return std::optional<Conversation>(take_part());
  }

  [[nodiscard]] const ReadReport& report() const override { return report_; }

 private:
  Status bad(const char* reason, Status status) {
    ++report_.skipped[reason];
    return status;
  }

  // What a line alone cannot tell: ids used before, the customer of the file, the channel's name.
  Status settle(Conversation& conversation) {
    if (const auto known = lines_of_ids_.find(conversation.id); known != lines_of_ids_.end()) {
      return Status(StatusCode::kInvalidData, source_->where() + ": id: already used by the conversation on line " +
                                                  std::to_string(known->second));
    }
    if (Status status = check_message_ids(conversation, source_->where()); !status.ok()) return status;
    if (conversation.customer.empty()) conversation.customer = options_.customer;
    if (conversation.customer.empty()) return Status(StatusCode::kInvalidData, source_->where() + ": customer: is missing");
    conversation.channel = marks_.channel(conversation.channel);
    lines_of_ids_[conversation.id] = source_->number();
    return {};
  }

  // The next max_messages messages of the conversation in rest_.
  Conversation take_part() {
    Conversation part;
    ++part_;
    if (part_ == 1 && rest_.messages.size() <= options_.max_messages) {
      part = std::move(rest_);
      rest_ = {};
    } else {
      part.id = part_id(rest_.id, part_);
      part.customer = rest_.customer;
      part.channel = rest_.channel;
      const std::size_t from = (part_ - 1) * options_.max_messages;
      const std::size_t to = std::min(rest_.messages.size(), from + options_.max_messages);
      for (std::size_t i = from; i < to; ++i) part.messages.push_back(std::move(rest_.messages[i]));
      if (to == rest_.messages.size()) rest_ = {};
    }
    ++report_.conversations;
    report_.messages += part.messages.size();
    return part;
  }

  std::unique_ptr<LineSource> source_;
  ReaderOptions options_;
  Marks marks_;
  ReadReport report_;
  bool failed_ = false;
  // Ordered, so that chosen ids cannot make it slow.
  std::map<std::string, std::size_t> lines_of_ids_;
  Conversation rest_;
  std::size_t part_ = 0;
};

int sniff(std::string_view name, std::string_view head) {
  const bool by_name = name.ends_with(".jsonl") || name.ends_with(".ndjson") || name.ends_with(".jsonlines");
  const std::size_t first = head.find_first_not_of(" \t\r\n");
  const bool object = first != std::string_view::npos && head[first] == '{';
  if (by_name) return object ? 100 : 70;
  if (!object) return 0;
  return name.ends_with(".json") ? 90 : 80;
}

Result<std::unique_ptr<Reader>> open(std::unique_ptr<LineSource> source, const ReaderOptions& options, Marks marks) {
  return std::unique_ptr<Reader>(std::make_unique<JsonlReader>(std::move(source), options, std::move(marks)));
}

constexpr const char* kSample =
    R"({"id":"c1","customer":"C-7","channel":"chat","messages":[{"id":"1","at":"2026-03-02T10:15:00Z","from":"agent","author":"Marta","text":"Hola, ¿en qué puedo ayudarle?"},{"id":"2","at":"2026-03-02T10:16:00+01:00","from":"customer","author":"Ana","text":"Buscamos hipoteca 🏠\npara autopromoción","reply_to":"1","stars":[5,{"x":null}]}]}
{"id":"c2","customer":"C-8","channel":"WhatsApp","messages":[]}
{"id":"c3","customer":"C-8","channel":"correo","extra":true,"messages":[{"id":"1","from":"customer","text":"Gracias"}]}
)";

constexpr const char* kExpectation = R"(c1 | customer C-7 | chat
  1 2026-03-02T10:15:00Z agent Marta: Hola, ¿en qué puedo ayudarle?
  2 2026-03-02T09:16:00Z customer Ana > 1: Buscamos hipoteca 🏠\npara autopromoción
c3 | customer C-8 | email
  1 - customer : Gracias
)";

}  // namespace

const ReaderEntry jsonl_entry = {"jsonl", &sniff, &open, "chats.jsonl", kSample, kExpectation};

}  // namespace tertulia
