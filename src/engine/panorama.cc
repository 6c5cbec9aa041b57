// One customer's panorama: the views of docs/store.md gathered, and written as text and JSON.
// Test: tests/engine/report_test.cc.
#include "engine/panorama.h"

#include <algorithm>
#include <charconv>

#include "data/json_file.h"
#include "engine/answer_json.h"
#include "tertulia/engine.h"

namespace tertulia {
namespace {

using Row = std::vector<std::optional<std::string>>;

std::string text_of(const Row& row, std::size_t column) { return row[column].value_or(std::string()); }

double number_of(const Row& row, std::size_t column) {
  double out = 0;
  const std::string text = text_of(row, column);
  std::from_chars(text.data(), text.data() + text.size(), out);
  return out;
}

// The strings of a JSON list as the store writes it.
std::vector<std::string> list_of(const Row& row, std::size_t column) {
  std::vector<std::string> out;
  const Result<rapidjson::Document> list = parse_json(text_of(row, column), "why");
  if (!list.ok() || !list->IsArray()) return out;
  for (const auto& item : list->GetArray()) {
    if (item.IsString()) out.emplace_back(item.GetString(), item.GetStringLength());
  }
  return out;
}

struct View {
  const char* kind;
  const char* select;  // id, event, value, confidence, explicit, first_seen, last_seen, count, why
};

constexpr View kViews[] = {
    {"event", "event, '', stage, confidence, explicit, first_seen, last_seen, evidence_count, why FROM customer_event"},
    {"need", "need, event, '', confidence, explicit, first_seen, last_seen, evidence_count, why FROM customer_need"},
    {"signal", "signal, '', '', confidence, 1, first_seen, last_seen, count, why FROM customer_signal"},
    {"fact", "fact, event, value, confidence, 1, first_seen, last_seen, evidence_count, why FROM customer_fact"},
    {"opinion", "opinion, '', value, confidence, 1, first_seen, last_seen, evidence_count, why FROM customer_opinion"},
    {"care", "care, '', '', confidence, 1, NULL, last_seen, evidence_count, '[]' FROM customer_care"}};

bool is_reference(const std::string& text) {
  return text.size() == 32 &&
         std::all_of(text.begin(), text.end(), [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); });
}

void write_list(JsonWriter& json, const char* key, const std::vector<std::string>& values) {
  json.Key(key);
  json.StartArray();
  for (const std::string& value : values) write_string(json, value);
  json.EndArray();
}

void write_text(JsonWriter& json, const char* key, const std::string& value) {
  json.Key(key);
  if (value.empty()) json.Null();
  else write_string(json, value);
}

void write_item(JsonWriter& json, const PanoramaItem& item) {
  json.StartObject();
  write_text(json, item.kind.c_str(), item.id);
  if (!item.event.empty()) write_text(json, "of_event", item.event);
  if (!item.value.empty()) write_text(json, item.kind == "event" ? "stage" : "value", item.value);
  json.Key("confidence");
  write_decimal(json, item.confidence);
  json.Key("explicit");
  json.Bool(item.is_explicit);
  write_text(json, "first_seen", item.first_seen);
  write_text(json, "last_seen", item.last_seen);
  json.Key("evidence_count");
  json.Int64(item.count);
  write_list(json, "why", item.why);
  json.EndObject();
}

std::string json_of(const Panorama& panorama) {
  rapidjson::StringBuffer buffer;
  JsonWriter json(buffer);
  json.StartObject();
  write_text(json, "customer_ref", panorama.customer_ref);
  write_text(json, "first_seen", panorama.first_seen);
  write_text(json, "last_seen", panorama.last_seen);
  json.Key("conversations");
  json.Int64(panorama.conversations);
  write_list(json, "channels", panorama.channels);
  for (const View& view : kViews) {
    json.Key((std::string(view.kind) + "s").c_str());
    json.StartArray();
    for (const PanoramaItem& item : panorama.items) {
      if (item.kind == view.kind) write_item(json, item);
    }
    json.EndArray();
  }
  json.Key("segments");
  json.StartArray();
  for (const PanoramaSegment& segment : panorama.segments) {
    json.StartObject();
    write_text(json, "segment", segment.id);
    write_text(json, "title", segment.title);
    write_text(json, "since", segment.since);
    write_list(json, "why", segment.why);
    json.EndObject();
  }
  json.EndArray();
  json.EndObject();
  return {buffer.GetString(), buffer.GetSize()};
}

std::string joined(const std::vector<std::string>& words, const ReportStrings& strings) {
  std::string out;
  for (const std::string& word : words) out += (out.empty() ? "" : ", ") + strings.cue(word);
  return out;
}

std::string text_of(const Panorama& panorama, const ReportStrings& strings) {
  std::string out = strings.text("customer") + " " + panorama.customer_ref + "\n";
  out += strings.text("conversations") + ": " + std::to_string(panorama.conversations);
  for (const std::string& channel : panorama.channels) out += (&channel == &panorama.channels[0] ? " · " : ", ") + channel;
  if (!panorama.first_seen.empty()) out += " · " + day_of(panorama.first_seen) + " – " + day_of(panorama.last_seen);
  out += "\n";
  std::string kind;
  for (const PanoramaItem& item : panorama.items) {
    if (item.kind != kind) {
      kind = item.kind;
      out += "\n" + strings.text("kind." + kind) + "\n";
    }
    out += "  " + describe(item, strings) + "\n";
    if (!item.why.empty()) out += "      " + strings.text("because") + ": " + joined(item.why, strings) + "\n";
  }
  if (panorama.items.empty()) out += "\n" + strings.text("nothing_known") + "\n";
  if (!panorama.segments.empty()) out += "\n" + strings.text("segments") + "\n";
  for (const PanoramaSegment& segment : panorama.segments) {
    out += "  " + segment.title + " (" + segment.id + ") · " + strings.text("since") + " " + day_of(segment.since) + "\n";
    for (const std::string& line : segment.why) out += "      " + line + "\n";
  }
  return out;
}

}  // namespace

std::string day_of(const std::string& time) { return time.substr(0, 10); }

std::string describe(const PanoramaItem& item, const ReportStrings& strings) {
  std::string out = strings.title(item.kind, item.id);
  if (!item.event.empty()) out += " (" + strings.title("event", item.event) + ")";
  if (item.kind == "event") out += " · " + strings.title("stage", item.value);
  if (item.kind == "fact" || item.kind == "opinion") out += " · " + strings.title("value", item.value);
  if (item.kind == "event" || item.kind == "need") out += " · " + strings.text(item.is_explicit ? "explicit" : "implied");
  // Two decimals are as much as a reader can use.
  out += " · " + decimal_text(static_cast<double>(static_cast<long long>(item.confidence * 100 + 0.5)) / 100);
  if (!item.first_seen.empty()) {
    out += " · " + day_of(item.first_seen);
    if (day_of(item.first_seen) != day_of(item.last_seen)) out += " – " + day_of(item.last_seen);
  } else if (!item.last_seen.empty()) {
    out += " · " + day_of(item.last_seen);
  }
  return out + " · " + strings.text("evidence") + ": " + std::to_string(item.count);
}

Result<Panorama> load_panorama(const Store& store, const std::string& customer_ref) {
  if (!is_reference(customer_ref)) {
    return Status(StatusCode::kInvalidArgument, "expected a customer's reference: 32 hexadecimal digits, as `ref` gives them");
  }
  const std::string where = " WHERE customer_ref = '" + customer_ref + "'";  // hexadecimal digits alone, checked above
  Panorama out;
  out.customer_ref = customer_ref;
  const Result<Table> profile =
      store.query("SELECT first_seen, last_seen, conversations, channels FROM customer_profile" + where);
  if (!profile.ok()) return profile.status();
  if (profile->rows.empty()) return Status(StatusCode::kNotFound, "nothing is known of this customer");
  const Row& row = profile->rows[0];
  out.first_seen = text_of(row, 0);
  out.last_seen = text_of(row, 1);
  out.conversations = static_cast<long long>(number_of(row, 2));
  out.channels = list_of(row, 3);
  for (const View& view : kViews) {
    const Result<Table> table =
        store.query(std::string("SELECT ") + view.select + where + " ORDER BY confidence DESC, 1, 2, 3");
    if (!table.ok()) return table.status();
    for (const Row& r : table->rows) {
      out.items.push_back({view.kind, text_of(r, 0), text_of(r, 1), text_of(r, 2), number_of(r, 3), number_of(r, 4) != 0,
                           text_of(r, 5), text_of(r, 6), static_cast<long long>(number_of(r, 7)), list_of(r, 8)});
    }
  }
  const Result<Table> segments = store.query(
      "SELECT w.segment, s.title, w.since, w.why FROM segment_why w JOIN segment_summary s ON s.segment = w.segment"
      " WHERE w.customer_ref = '" + customer_ref + "' ORDER BY 1");
  if (!segments.ok()) return segments.status();
  for (const Row& r : segments->rows) out.segments.push_back({text_of(r, 0), text_of(r, 1), text_of(r, 2), list_of(r, 3)});
  return out;
}

Result<PanoramaText> render_panorama(const Store& store, const PanoramaOptions& options) {
  const Result<ReportStrings> strings = ReportStrings::load(options.bundle_dir, options.language);
  if (!strings.ok()) return strings.status();
  const Result<Panorama> panorama = load_panorama(store, options.customer_ref);
  if (!panorama.ok()) return panorama.status();
  return PanoramaText{text_of(*panorama, *strings), json_of(*panorama)};
}

}  // namespace tertulia
