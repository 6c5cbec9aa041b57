// Tab-separated lists. Test: tests/data/table_file_test.cc.
#include "data/table_file.h"

#include <string_view>

#include "data/json_file.h"

namespace tertulia {

Result<std::vector<TableRow>> load_table(const std::string& path, std::size_t min_fields, std::size_t max_fields) {
  Result<std::string> text = read_file(path);
  if (!text.ok()) return text.status();
  std::vector<TableRow> rows;
  std::string_view rest = *text;
  for (std::size_t line = 1; !rest.empty(); ++line) {
    const std::size_t end = rest.find('\n');
    std::string_view current = rest.substr(0, end);
    rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
    if (!current.empty() && current.back() == '\r') current.remove_suffix(1);
    if (current.empty() || current.front() == '#') continue;
    TableRow row;
    row.line = line;
    for (;;) {
      const std::size_t tab = current.find('\t');
      row.fields.emplace_back(current.substr(0, tab));
      if (tab == std::string_view::npos) break;
      current.remove_prefix(tab + 1);
    }
    if (row.fields.size() < min_fields || row.fields.size() > max_fields) {
      return Status(StatusCode::kInvalidData,
                    path + ":" + std::to_string(line) + ": expected " + std::to_string(min_fields) +
                        (max_fields > min_fields ? " to " + std::to_string(max_fields) : "") + " tab-separated fields, found " +
                        std::to_string(row.fields.size()));
    }
    rows.push_back(std::move(row));
  }
  return rows;
}

}  // namespace tertulia
