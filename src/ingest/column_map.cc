// The column map file and the header line. Test: tests/ingest/column_map_test.cc.
#include "ingest/column_map.h"

#include <algorithm>

#include "data/json_file.h"
#include "ingest/json_source.h"
#include "ingest/marks.h"

namespace tertulia {
namespace {

constexpr const char* kNames[kColumns] = {"conversation", "customer", "channel", "id", "at", "from", "author", "text", "reply_to"};

std::size_t column_of(std::string_view name) {
  return static_cast<std::size_t>(std::find(std::begin(kNames), std::end(kNames), name) - std::begin(kNames));
}

Status wrong(const std::string& path, const std::string& what) {
  return Status(StatusCode::kInvalidArgument, path + ": " + what);
}

}  // namespace

const char* column_name(Column column) { return kNames[static_cast<std::size_t>(column)]; }

Result<ColumnMap> ColumnMap::load(const std::string& path) {
  ColumnMap map;
  if (path.empty()) return map;
  Result<rapidjson::Document> document = load_json(path);
  if (!document.ok()) {
    return document.status().code() == StatusCode::kInvalidData ? wrong(path, document.status().message()) : document.status();
  }
  JsonObject root(*document, path);
  root.only({"columns", "roles", "channel", "date_format", "delimiter"});
  map.channel_ = root.string_or("channel", "");
  const std::string format = root.string_or("date_format", "");
  const std::string delimiter = root.string_or("delimiter", "");
  for (const char* key : {"columns", "roles"}) {
    if (!root.has(key)) continue;
    const rapidjson::Value* pairs = root.object(key);
    if (pairs == nullptr) break;
    for (const auto& pair : pairs->GetObject()) {
      const std::string name(pair.name.GetString(), pair.name.GetStringLength());
      if (!pair.value.IsString()) return wrong(path, std::string(key) + "." + name + ": expected a string");
      const std::string value(pair.value.GetString(), pair.value.GetStringLength());
      if (key == std::string_view("columns")) {
        const std::size_t column = column_of(name);
        if (column == kColumns) return wrong(path, "columns: unknown field \"" + name + "\"");
        map.names_[column] = value;
      } else {
        Role role = Role::kCustomer;
        if (!parse_role(value, &role)) return wrong(path, "roles." + name + ": expected customer, agent, other or system");
        map.roles_[fold_mark(name)] = role;
      }
    }
  }
  if (!root.status().ok()) return wrong(path, root.status().message());
  if (!format.empty()) {
    map.day_order_ = order_of_format(format);
    if (!map.day_order_) return wrong(path, "date_format: expected d, m and y in their order, such as dd/mm/yyyy");
  }
  if (delimiter.size() > 1) return wrong(path, "delimiter: expected one character");
  if (!delimiter.empty()) map.delimiter_ = delimiter[0];
  return map;
}

Status ColumnMap::bind(const std::vector<std::string>& header, const std::string& where) {
  std::vector<std::string> folded;
  for (const std::string& name : header) folded.push_back(fold_mark(name));
  for (std::size_t column = 0; column < kColumns; ++column) {
    index_[column].reset();
    const bool named = !names_[column].empty();
    const std::string wanted = fold_mark(named ? names_[column] : kNames[column]);
    const auto found = std::find(folded.begin(), folded.end(), wanted);
    if (found != folded.end()) {
      if (std::find(found + 1, folded.end(), wanted) != folded.end()) {
        return Status(StatusCode::kInvalidData, where + ": two columns for \"" + kNames[column] + "\" have the same name");
      }
      index_[column] = static_cast<std::size_t>(found - folded.begin());
    } else if (named || column == static_cast<std::size_t>(Column::kConversation) || column == static_cast<std::size_t>(Column::kText)) {
      return Status(StatusCode::kInvalidData,
                    where + ": no column \"" + (named ? names_[column] : kNames[column]) + "\" for " + kNames[column] +
                        " in the first line; say which one it is with a column map");
    }
  }
  return {};
}

const std::string* ColumnMap::cell(const std::vector<std::string>& record, Column column) const {
  const std::optional<std::size_t> index = index_[static_cast<std::size_t>(column)];
  return index && *index < record.size() ? &record[*index] : nullptr;
}

bool ColumnMap::role(std::string_view word, Role* role) const {
  const std::string folded = fold_mark(word, 256);
  if (const auto found = roles_.find(folded); found != roles_.end()) {
    *role = found->second;
    return true;
  }
  return parse_role(folded, role);
}

bool is_rounded_number(std::string_view cell) {
  const auto digits = [&cell] {
    std::size_t count = 0;
    while (count < cell.size() && cell[count] >= '0' && cell[count] <= '9') ++count;
    cell.remove_prefix(count);
    return count;
  };
  if (digits() == 0) return false;
  if (!cell.empty() && (cell.front() == ',' || cell.front() == '.')) {
    cell.remove_prefix(1);
    if (digits() == 0) return false;
  }
  if (cell.empty() || (cell.front() != 'E' && cell.front() != 'e')) return false;
  cell.remove_prefix(1);
  if (cell.empty() || (cell.front() != '+' && cell.front() != '-')) return false;
  cell.remove_prefix(1);
  return digits() > 0 && cell.empty();
}

std::string_view without_formula_guard(std::string_view cell) {
  if (cell.size() > 1 && cell[0] == '\'' && std::string_view("=+-@").find(cell[1]) != std::string_view::npos) cell.remove_prefix(1);
  return cell;
}

}  // namespace tertulia
