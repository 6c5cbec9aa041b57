// Reads labelled messages. Test: tests/learn/corpus_test.cc.
#include "learn/corpus.h"

#include <algorithm>
#include <filesystem>
#include <set>

#include "data/json_file.h"

namespace tertulia {
namespace {

Status read_message(const rapidjson::Value& value, const std::string& where, LabelledMessage* out) {
  JsonObject root(value, where);
  out->id = root.string("id");
  out->author = root.string_or("author", "");
  out->lang = root.string_or("lang", "");
  out->channel = root.string_or("channel", "");
  out->text = root.string("text");
  out->needs = root.strings_or_empty("needs");
  out->signals = root.strings_or_empty("signals");
  out->special = root.strings_or_empty("special");
  out->vulnerability = root.strings_or_empty("vulnerability");
  out->sentiment = root.string_or("sentiment", "neutral");
  if (root.has("trap") && !value["trap"].IsNull()) out->trap = root.string("trap");
  if (const rapidjson::Value* events = root.array("events")) {
    for (const auto& item : events->GetArray()) {
      JsonObject event(item, where + ": events");
      out->events[event.string("event")] = event.string("stage");
      if (!event.status().ok()) return event.status();
    }
  }
  if (root.has("heard")) {
    if (const rapidjson::Value* heard = root.array("heard")) {
      for (const auto& item : heard->GetArray()) {
        JsonObject event(item, where + ": heard");
        out->heard.push_back({event.string("event"), event.string("stage"), event.string("subject"), event.string("assertion")});
        if (!event.status().ok()) return event.status();
      }
    }
  }
  return root.status();
}

}  // namespace

Result<std::vector<LabelledMessage>> load_messages(const std::string& path) {
  namespace fs = std::filesystem;
  std::vector<std::string> files;
  std::error_code error;
  if (fs::is_directory(path, error)) {
    for (fs::directory_iterator it(path, error), end; !error && it != end; it.increment(error)) {
      if (it->path().extension() == ".jsonl") files.push_back(it->path().string());
    }
    std::sort(files.begin(), files.end());
  } else {
    files.push_back(path);
  }
  std::vector<LabelledMessage> out;
  std::set<std::string> ids;
  for (const std::string& file : files) {
    Result<std::string> text = read_file(file);
    if (!text.ok()) return text.status();
    std::string_view rest = *text;
    for (std::size_t line = 1; !rest.empty(); ++line) {
      const std::size_t end = rest.find('\n');
      const std::string_view current = rest.substr(0, end);
      rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
      if (current.find_first_not_of(" \t\r") == std::string_view::npos) continue;
      const std::string where = file + ":" + std::to_string(line);
      Result<rapidjson::Document> document = parse_json(current, where);
      if (!document.ok()) return document.status();
      LabelledMessage message;
      if (Status status = read_message(*document, where, &message); !status.ok()) return status;
      if (!ids.insert(message.id).second) return Status(StatusCode::kInvalidData, where + ": id: seen before");
      out.push_back(std::move(message));
    }
  }
  if (out.empty()) return Status(StatusCode::kNotFound, path + ": no labelled messages");
  return out;
}

}  // namespace tertulia
