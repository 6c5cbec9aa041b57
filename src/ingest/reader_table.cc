// Picks the reader of a file. Test: tests/ingest/reader_table_test.cc.
#include "ingest/reader_table.h"

#include <algorithm>

#include "base/clock.h"
#include "base/utf8.h"

namespace tertulia {

#include "readers.inc"

namespace {

// An empty file holds no conversation, whatever its name.
class EmptyReader final : public Reader {
 public:
  Result<std::optional<Conversation>> next() override { return std::optional<Conversation>(); }
  [[nodiscard]] const ReadReport& report() const override { return report_; }

 private:
  ReadReport report_;
};

std::string format_list() {
  std::string out;
  for (const std::string& id : reader_formats()) out += (out.empty() ? "" : ", ") + id;
  return out;
}

const char* role_name(Role role) {
  switch (role) {
    case Role::kCustomer: return "customer";
    case Role::kAgent: return "agent";
    case Role::kOther: return "other";
    case Role::kSystem: return "system";
  }
  return "";
}

std::string_view base_name(std::string_view path) {
  const std::size_t slash = path.rfind('/');
  return slash == std::string_view::npos ? path : path.substr(slash + 1);
}

}  // namespace

const ReaderEntry* const* reader_entries(std::size_t* count) noexcept {
  *count = sizeof kEntries / sizeof kEntries[0];
  return kEntries;
}

std::vector<std::string> reader_formats() {
  std::vector<std::string> ids;
  for (const ReaderEntry* entry : kEntries) ids.emplace_back(entry->id);
  std::sort(ids.begin(), ids.end());
  return ids;
}

Result<std::unique_ptr<Reader>> open_reader(std::unique_ptr<LineSource> source, const ReaderOptions& options) {
  if (options.max_messages == 0 || options.max_line_bytes == 0) {
    return Status(StatusCode::kInvalidArgument, "max_messages and max_line_bytes must be over 0");
  }
  if (options.utc_offset_minutes < -24 * 60 || options.utc_offset_minutes > 24 * 60) {
    return Status(StatusCode::kInvalidArgument, "utc_offset_minutes must lie within a day");
  }
  const ReaderEntry* chosen = nullptr;
  if (!options.format.empty()) {
    for (const ReaderEntry* entry : kEntries) {
      if (options.format == entry->id) chosen = entry;
    }
    if (chosen == nullptr) {
      return Status(StatusCode::kInvalidArgument, "unknown format \"" + options.format + "\"; expected one of " + format_list());
    }
  }
  Result<Marks> marks = Marks::load(options.lists_dir);
  if (!marks.ok()) return marks.status();
  if (source->head().empty()) return std::unique_ptr<Reader>(std::make_unique<EmptyReader>());
  if (chosen == nullptr) {
    std::string name(base_name(source->name()));
    for (char& c : name) {
      if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
    }
    int best = 0;
    for (const ReaderEntry* entry : kEntries) {
      const int score = entry->sniff(name, source->head());
      if (score > best) {
        best = score;
        chosen = entry;
      }
    }
    if (chosen == nullptr) {
      return Status(StatusCode::kInvalidData, source->name() + ": no known format; name one of " + format_list());
    }
  }
  return chosen->open(std::move(source), options, std::move(*marks));
}

Result<std::unique_ptr<Reader>> open_reader(const std::string& path, const ReaderOptions& options) {
  Result<std::unique_ptr<LineSource>> source = LineSource::open(path, options.max_line_bytes);
  if (!source.ok()) return source.status();
  ReaderOptions chosen = options;
  if (path == "-" && chosen.format.empty()) chosen.format = "jsonl";
  return open_reader(std::move(*source), chosen);
}

std::string conversation_text(const Conversation& conversation) {
  std::string out = conversation.id + " | customer " + conversation.customer + " | " + conversation.channel + "\n";
  for (const Message& message : conversation.messages) {
    out += "  " + message.id + " " + (message.at ? format_time(*message.at) : "-") + " " + role_name(message.role) + " " +
           message.author;
    if (!message.reply_to.empty()) out += " > " + message.reply_to;
    out += ": ";
    for (const char c : message.text) out += c == '\n' ? std::string("\\n") : std::string(1, c);
    out += "\n";
  }
  return out;
}

std::string file_stem(const std::string& path) {
  const std::string_view name = base_name(path);
  const std::size_t dot = name.rfind('.');
  std::size_t ignored = 0;  // names of files need not be UTF-8
  return repair_utf8(dot == std::string_view::npos || dot == 0 ? name : name.substr(0, dot), &ignored);
}

std::string part_id(const std::string& id, std::size_t part) {
  return part < 2 ? id : id + "#" + std::to_string(part);
}

}  // namespace tertulia
