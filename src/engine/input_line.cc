// One line of JSON to a TextInput. Errors name line and key and never quote the line. Test: tests/engine/input_line_test.cc.
#include "base/clock.h"
#include "base/utf8.h"
#include "data/json_file.h"
#include "engine/answer_json.h"
#include "tertulia/engine.h"

namespace tertulia {
namespace {

// The string under `key`, or empty; a value of another type makes *status an error.
std::string optional_string(const rapidjson::Value& object, const char* key, const std::string& where, Status* status) {
  const auto member = object.FindMember(key);
  if (member == object.MemberEnd() || member->value.IsNull()) return {};
  if (!member->value.IsString()) {
    if (status->ok()) *status = Status(StatusCode::kInvalidData, where + ": " + key + ": expected a string");
    return {};
  }
  return {member->value.GetString(), member->value.GetStringLength()};
}

}  // namespace

InputLine parse_input_line(std::string_view line, const std::string& where) {
  InputLine out;
  std::string repaired;
  if (!is_valid_utf8(line)) {
    repaired = repair_utf8(line, &out.repaired_utf8);
    line = repaired;
  }
  Result<rapidjson::Document> parsed = parse_json(line, "");
  if (!parsed.ok()) {  // ":1:COLUMN: …" of a text of one line, or ": …"
    const std::string& message = parsed.status().message();
    out.status = Status(StatusCode::kInvalidData, where + (message.rfind(":1:", 0) == 0 ? message.substr(2) : message));
    return out;
  }
  const rapidjson::Value& object = *parsed;
  if (!object.IsObject()) {
    out.status = Status(StatusCode::kInvalidData, where + ": expected an object with id and text");
    return out;
  }
  const auto id = object.FindMember("id");
  if (id == object.MemberEnd() || !id->value.IsString() || id->value.GetStringLength() == 0) {
    out.status = Status(StatusCode::kInvalidData, where + ": id: expected a string that is not empty");
  } else {
    out.id = out.input.id = std::string(id->value.GetString(), id->value.GetStringLength());
  }
  const auto text = object.FindMember("text");
  if (text == object.MemberEnd() || !text->value.IsString()) {
    if (out.status.ok()) out.status = Status(StatusCode::kInvalidData, where + ": text: expected a string");
  } else {
    out.input.text.assign(text->value.GetString(), text->value.GetStringLength());
  }
  out.input.channel = optional_string(object, "channel", where, &out.status);
  out.input.language = optional_string(object, "lang", where, &out.status);
  out.input.customer = optional_string(object, "customer", where, &out.status);
  const std::string at = optional_string(object, "at", where, &out.status);
  if (out.status.ok() && !at.empty()) {
    const Result<Timestamp> time = parse_time(at);
    if (time.ok()) {
      out.input.at = *time;
    } else {
      out.status = Status(StatusCode::kInvalidData, where + ": at: expected a time such as 2026-03-02T10:15:00Z");
    }
  }
  return out;
}

std::string error_to_json(const std::optional<std::string>& id, const std::string& error) {
  rapidjson::StringBuffer buffer;
  JsonWriter json(buffer);
  json.StartObject();
  json.Key("id");
  if (id) write_string(json, *id);
  else json.Null();
  json.Key("error");
  write_string(json, error);
  json.EndObject();
  return {buffer.GetString(), buffer.GetSize()};
}

}  // namespace tertulia
