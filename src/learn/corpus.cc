// Reads labelled messages. Test: tests/learn/corpus_test.cc.
#include "learn/corpus.h"

#include <set>

#include "data/json_file.h"
#include "data/json_lines.h"

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
  std::vector<LabelledMessage> out;
  std::set<std::string> ids;
  const Status status = read_json_lines(path, [&](const rapidjson::Value& value, const std::string& where) -> Status {
    LabelledMessage message;
    if (Status bad = read_message(value, where, &message); !bad.ok()) return bad;
    if (!ids.insert(message.id).second) return Status(StatusCode::kInvalidData, where + ": id: seen before");
    out.push_back(std::move(message));
    return {};
  });
  if (!status.ok()) return status;
  if (out.empty()) return Status(StatusCode::kNotFound, path + ": no labelled messages");
  return out;
}

}  // namespace tertulia
