// Reads and writes one segment definition. Test: tests/segment/segment_file_test.cc.
#include "segment/segment_file.h"

#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

#include <utility>

#include "data/json_file.h"
#include "segment/query_check.h"
#include "segment/query_parser.h"
#include "segment/query_print.h"

namespace tertulia {
namespace {

// An id stands in file names, SQL views and command lines: lower case letters, digits and underscores.
bool is_segment_id(std::string_view id) {
  if (id.empty() || id.size() > 64) return false;
  for (const char c : id) {
    if (!((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_')) return false;
  }
  return true;
}

Status read_titles(const rapidjson::Value& value, const std::string& name, Segment& segment) {
  if (value.IsString()) {
    segment.title.assign(value.GetString(), value.GetStringLength());
    return {};
  }
  if (!value.IsObject() || value.ObjectEmpty()) {
    return {StatusCode::kInvalidData, name + ": title: expected a text, or one text a language"};
  }
  for (const auto& entry : value.GetObject()) {
    if (!entry.value.IsString()) return {StatusCode::kInvalidData, name + ": title: expected a text a language"};
    std::string title(entry.value.GetString(), entry.value.GetStringLength());
    if (segment.title.empty()) segment.title = title;  // the file's first language
    segment.titles.emplace(std::string(entry.name.GetString(), entry.name.GetStringLength()), std::move(title));
  }
  return {};
}

Result<SegmentQuery> read_where(const rapidjson::Value& value, const std::string& name) {
  if (value.IsString()) {
    Result<SegmentQuery> query = SegmentQuery::parse({value.GetString(), value.GetStringLength()});
    return query.ok() ? query : Result<SegmentQuery>(query.status().within(name + ": where"));
  }
  Result<SegmentNode> root = parse_query_value(value, "where");
  if (!root.ok()) return root.status().within(name);
  return SegmentQuery::from_json(print_query_json(*root));
}

}  // namespace

Result<Segment> parse_segment(std::string_view json, const std::string& name) {
  Result<rapidjson::Document> document = parse_json(json, name, JsonComments::kAllow);
  if (!document.ok()) return document.status();
  JsonObject object(*document, name);
  object.only({"id", "title", "description", "purpose", "source", "where"});
  const std::string id = object.string("id");
  const std::string purpose = object.string("purpose");
  if (!object.status().ok()) return object.status();
  if (!is_segment_id(id)) {
    return Status(StatusCode::kInvalidData, name + ": id: expected 1 to 64 of a-z, 0-9 and _");
  }
  if (std::string expected = expect_name(purpose); !expected.empty()) {
    return Status(StatusCode::kInvalidData, name + ": purpose: " + expected);
  }
  if (!object.has("title") || !object.has("where")) {
    return Status(StatusCode::kInvalidData, name + ": expected title and where");
  }
  Result<SegmentQuery> where = read_where((*document)["where"], name);
  if (!where.ok()) return where.status();
  Segment segment{id, "", purpose, std::move(*where)};
  if (Status status = read_titles((*document)["title"], name, segment); !status.ok()) return status;
  return segment;
}

std::string print_segment(const Segment& segment) {
  rapidjson::StringBuffer buffer;
  rapidjson::Writer<rapidjson::StringBuffer> writer(buffer);
  const auto string = [&](std::string_view text) { writer.String(text.data(), static_cast<rapidjson::SizeType>(text.size())); };
  writer.StartObject();
  writer.Key("id");
  string(segment.id);
  writer.Key("title");
  if (segment.titles.empty()) {
    string(segment.title);
  } else {
    writer.StartObject();
    // The first language is the one that `title` holds.
    for (const bool first : {true, false}) {
      for (const auto& [language, title] : segment.titles) {
        if ((title == segment.title) != first) continue;
        writer.Key(language.c_str());
        string(title);
      }
    }
    writer.EndObject();
  }
  writer.Key("purpose");
  string(segment.purpose);
  writer.Key("where");
  const std::string where = segment.where.json();
  writer.RawValue(where.data(), where.size(), rapidjson::kObjectType);
  writer.EndObject();
  return {buffer.GetString(), buffer.GetSize()};
}

Result<Segment> load_segment(const std::string& path) {
  Result<std::string> text = read_file(path, 1u << 20);
  if (!text.ok()) return text.status();
  return parse_segment(*text, path);
}

}  // namespace tertulia
