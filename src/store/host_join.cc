// ATTACH with a URI in mode=ro (https://www.sqlite.org/uri.html); names of columns from pragma_table_info.
// Test: tests/store/host_join_test.cc.
#include "store/host_join.h"

#include <algorithm>
#include <filesystem>
#include <utility>
#include <vector>

namespace tertulia {
namespace {

// Names of identifiers are equal whatever the case of their ASCII letters, as in SQLite.
std::string lower(std::string_view name) {
  std::string out(name);
  for (char& c : out) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  return out;
}

std::string read_only_uri(const std::string& path) {
  static constexpr char kDigits[] = "0123456789ABCDEF";
  std::string uri = "file:";
  if (path.starts_with("//")) uri += "//";  // else the path would be read as an authority
  for (const char c : path) {
    const auto byte = static_cast<unsigned char>(c);
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '/' || c == '.' ||
                       c == '_' || c == '-';
    if (plain) uri += c;
    else (uri += '%') += {kDigits[byte >> 4], kDigits[byte & 15]};
  }
  return uri + "?mode=ro";
}

Result<std::vector<std::string>> names(Connection& connection, std::string_view sql, const std::string& argument) {
  Result<Statement> statement = connection.prepare(sql);
  if (!statement.ok()) return statement.status();
  if (!argument.empty()) statement->bind(1, argument);
  std::vector<std::string> out;
  for (;;) {
    const Result<bool> row = statement->step();
    if (!row.ok()) return row.status();
    if (!*row) return out;
    out.emplace_back(statement->text(0));
  }
}

// The list's spelling of a name; kNotFound says what there is.
Result<std::string> spelled(const std::vector<std::string>& list, const std::string& name, const std::string& what) {
  const auto found = std::find_if(list.begin(), list.end(), [&](const std::string& each) { return lower(each) == lower(name); });
  if (found != list.end()) return *found;
  std::string known;
  for (const std::string& each : list) known += (known.empty() ? "" : ", ") + each;
  return Status(StatusCode::kNotFound, what + " \"" + name + "\"; there are: " + (known.empty() ? "none" : known));
}

}  // namespace

Result<AttachedHost> AttachedHost::attach(Connection& connection, const HostJoin& join, const SegmentNode& root) {
  std::error_code error;
  if (!std::filesystem::exists(join.database, error)) {
    return Status(StatusCode::kNotFound, "host database " + join.database + ": no such file");
  }
  const Result<std::int64_t> uri = connection.integer("SELECT sqlite_compileoption_used('USE_URI')");
  if (!uri.ok()) return uri.status();
  if (*uri == 0) return Status(StatusCode::kFailedPrecondition, "this SQLite is built without URI file names; hosts cannot be attached read-only");
  {
    Result<Statement> attach = connection.prepare("ATTACH ?1 AS host");
    if (!attach.ok()) return attach.status();
    attach->bind(1, read_only_uri(join.database));
    if (Status status = attach->run(); !status.ok()) return status.within("host database " + join.database);
  }
  AttachedHost host(connection);
  if (Status status = host.read_columns(join, root); !status.ok()) return status;
  if (Status status = host.require_unique_key(join); !status.ok()) return status;
  if (Status status = host.fill_identities(join); !status.ok()) return status;
  return host;
}

AttachedHost::AttachedHost(AttachedHost&& other) noexcept
    : connection_(std::exchange(other.connection_, nullptr)), table_(std::move(other.table_)) {}

AttachedHost::~AttachedHost() {
  if (connection_ == nullptr) return;
  for (const char* schema : {"identity", "host"}) {
    const Status ignored = connection_->execute(std::string("DETACH ") + schema);
    (void)ignored;  // it may not have come to be attached
  }
}

Status AttachedHost::read_columns(const HostJoin& join, const SegmentNode& root) {
  const std::string where = "host database " + join.database;
  Result<std::vector<std::string>> tables =
      names(*connection_, "SELECT name FROM host.sqlite_schema WHERE type IN ('table', 'view') ORDER BY name", "");
  if (!tables.ok()) return tables.status().within(where);
  Result<std::string> table = spelled(*tables, join.table, where + ": no table");
  if (!table.ok()) return table.status();
  table_.table = *table;
  Result<std::vector<std::string>> columns =
      names(*connection_, "SELECT name FROM pragma_table_xinfo(?1, 'host') ORDER BY cid", table_.table);
  if (!columns.ok()) return columns.status().within(where);
  const std::string what = where + ": table " + table_.table + " has no column";
  Result<std::string> key = spelled(*columns, join.key, what);
  if (!key.ok()) return key.status();
  table_.key = *key;
  for (const SegmentNode* leaf : leaves(root)) {
    if (leaf->kind != NodeKind::kHost) continue;
    Result<std::string> column = spelled(*columns, leaf->name, what);
    if (!column.ok()) return column.status();
    table_.columns[leaf->name] = *column;
  }
  return {};
}

// Two rows of one id would put a customer in a segment by either.
Status AttachedHost::require_unique_key(const HostJoin& join) {
  const std::string key = quoted_identifier(table_.key);
  Result<Statement> twice = connection_->prepare("SELECT 1 FROM host." + quoted_identifier(table_.table) + " WHERE " + key +
                                                 " IS NOT NULL GROUP BY " + key + " HAVING count(*) > 1 LIMIT 1");
  if (!twice.ok()) return twice.status();
  const Result<bool> row = twice->step();
  if (!row.ok()) return row.status();
  if (!*row) return {};
  return {StatusCode::kInvalidData,
          "host database " + join.database + ": table " + table_.table + ": column " + table_.key + " holds an id twice"};
}

Status AttachedHost::fill_identities(const HostJoin& join) {
  // A database in memory of its own, for the map from pseudonym to host id must never reach a file. (A temporary table
  // could be spilled to one, and setting temp_store now would drop the connection's temporary views.) Unlike ':memory:',
  // this form can also be written beside a store opened read-only.
  if (Status status = connection_->execute("ATTACH 'file:identity?mode=memory' AS identity; "
                                           "CREATE TABLE identity.pair(customer INTEGER PRIMARY KEY, host_id)");
      !status.ok()) {
    return status;
  }
  Result<Statement> insert = connection_->prepare(
      "INSERT OR IGNORE INTO identity.pair(customer, host_id) SELECT id, ?2 FROM main.customer WHERE ref = ?1");
  if (!insert.ok()) return insert.status();
  for (const auto& [ref, host_id] : join.identities) {
    if (Status status = insert->bind(1, ref).bind(2, host_id).run(); !status.ok()) return status;
  }
  return {};
}

}  // namespace tertulia
