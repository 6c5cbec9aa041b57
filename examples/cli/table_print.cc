// Test: tests/cli/test_store_verbs.py.
#include "table_print.h"

#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

#include <algorithm>

namespace cli {
namespace {

std::string shown(const std::optional<std::string>& value) {
  std::string out = value.value_or("");
  std::replace_if(out.begin(), out.end(), [](unsigned char c) { return c < 0x20 || c == 0x7F; }, ' ');
  return out;
}

// Code points: right for what stands in a store; wide and combining characters may misalign a column.
std::size_t width(const std::string& text) {
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](unsigned char c) { return (c & 0xC0) != 0x80; }));
}

}  // namespace

std::string table_text(const tertulia::Table& table) {
  std::vector<std::size_t> widths;
  for (const std::string& column : table.columns) widths.push_back(width(column));
  for (const auto& row : table.rows) {
    for (std::size_t i = 0; i < widths.size(); ++i) widths[i] = std::max(widths[i], width(shown(row[i])));
  }
  std::string out;
  const auto put = [&](std::size_t i, const std::string& value) {
    out += value;
    if (i + 1 < widths.size()) out += std::string(widths[i] - width(value) + 2, ' ');
    else out += "\n";
  };
  for (std::size_t i = 0; i < widths.size(); ++i) put(i, table.columns[i]);
  for (std::size_t i = 0; i < widths.size(); ++i) put(i, std::string(widths[i], '-'));
  for (const auto& row : table.rows) {
    for (std::size_t i = 0; i < widths.size(); ++i) put(i, shown(row[i]));
  }
  return out;
}

std::string table_json(const tertulia::Table& table) {
  rapidjson::StringBuffer buffer;
  rapidjson::Writer<rapidjson::StringBuffer> json(buffer);
  json.StartArray();
  for (const auto& row : table.rows) {
    json.StartObject();
    for (std::size_t i = 0; i < table.columns.size(); ++i) {
      json.Key(table.columns[i].data(), static_cast<rapidjson::SizeType>(table.columns[i].size()));
      if (row[i]) json.String(row[i]->data(), static_cast<rapidjson::SizeType>(row[i]->size()));
      else json.Null();
    }
    json.EndObject();
  }
  json.EndArray();
  return std::string(buffer.GetString(), buffer.GetSize()) + "\n";
}

}  // namespace cli
