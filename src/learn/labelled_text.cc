// Reads texts with marked personal data. Test: tests/learn/labelled_text_test.cc.
#include "learn/labelled_text.h"

#include "data/json_file.h"
#include "data/json_lines.h"

namespace tertulia {
namespace {

Status read_text(const rapidjson::Value& value, const std::string& where, LabelledText* out) {
  JsonObject root(value, where);
  out->id = root.string("id");
  out->lang = root.string_or("lang", "");
  out->channel = root.string_or("channel", "");
  out->text = root.string("text");
  if (root.has("decoy") && !value["decoy"].IsNull()) out->decoy = root.string("decoy");
  if (const rapidjson::Value* spans = root.array("spans")) {
    for (const auto& item : spans->GetArray()) {
      JsonObject span(item, where + ": spans");
      const double begin = span.number("start"), end = span.number("end");
      const std::string type = span.string("type");
      if (!span.status().ok()) return span.status();
      // A text has no more code points than bytes.
      if (!(begin >= 0 && begin < end && end <= static_cast<double>(out->text.size())))
        return Status(StatusCode::kInvalidData, where + ": spans: expected 0 <= start < end within the text");
      out->spans.insert({static_cast<std::size_t>(begin), static_cast<std::size_t>(end), type});
    }
  }
  return root.status();
}

}  // namespace

Result<std::vector<LabelledText>> load_labelled_texts(const std::string& path, UnmarkedLines unmarked) {
  std::vector<LabelledText> out;
  const Status status = read_json_lines(path, [&](const rapidjson::Value& value, const std::string& where) -> Status {
    if (unmarked == UnmarkedLines::kSkip && value.IsObject() && !value.HasMember("spans")) return {};
    LabelledText text;
    if (Status bad = read_text(value, where, &text); !bad.ok()) return bad;
    out.push_back(std::move(text));
    return {};
  });
  if (!status.ok()) return status;
  if (out.empty()) return Status(StatusCode::kNotFound, path + ": no labelled texts");
  return out;
}

}  // namespace tertulia
