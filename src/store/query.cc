// Store::query: one SELECT of a stranger, held to reading by SQLite's authorizer while it is prepared and by
// sqlite3_stmt_readonly after (https://www.sqlite.org/c3ref/set_authorizer.html). Test: tests/store/query_test.cc.
#include <sqlite3.h>

#include <cstring>
#include <string>
#include <utility>

#include "store/store_impl.h"

namespace tertulia {
namespace {

constexpr std::size_t kMaxSqlBytes = 1u << 20;
constexpr std::size_t kMaxCells = 50'000'000;

// Reading only: no ATTACH (other files), no PRAGMA (settings), no transaction, no extension.
int allow_reading(void*, int action, const char*, const char* second, const char*, const char*) {
  switch (action) {
    case SQLITE_SELECT:
    case SQLITE_READ:
    case SQLITE_RECURSIVE: return SQLITE_OK;
    case SQLITE_FUNCTION: return second != nullptr && std::strcmp(second, "load_extension") == 0 ? SQLITE_DENY : SQLITE_OK;
    default: return SQLITE_DENY;
  }
}

class ReadingOnly {
 public:
  explicit ReadingOnly(sqlite3* handle) : handle_(handle) { sqlite3_set_authorizer(handle_, &allow_reading, nullptr); }
  ~ReadingOnly() { sqlite3_set_authorizer(handle_, nullptr, nullptr); }
  ReadingOnly(const ReadingOnly&) = delete;
  ReadingOnly& operator=(const ReadingOnly&) = delete;

 private:
  sqlite3* handle_;
};

}  // namespace

Result<Table> Store::query(const std::string& sql) const {
  if (sql.size() > kMaxSqlBytes) return Status(StatusCode::kInvalidArgument, "query: longer than 1 MiB");
  // Also while it runs: a schema change makes SQLite prepare again.
  const ReadingOnly guard(impl_->db.handle());
  Result<Statement> statement = impl_->db.prepare(sql);
  if (!statement.ok()) return statement.status();
  if (!statement->read_only()) return Status(StatusCode::kInvalidArgument, "query: expected a statement that only reads");
  Table table;
  const int columns = statement->columns();
  for (int i = 0; i < columns; ++i) table.columns.push_back(statement->name(i));
  for (;;) {
    const Result<bool> row = statement->step();
    if (!row.ok()) return row.status();
    if (!*row) return table;
    if ((table.rows.size() + 1) * static_cast<std::size_t>(columns) > kMaxCells) {
      return Status(StatusCode::kResourceExhausted, "query: more than 50 million values; add a LIMIT");
    }
    std::vector<std::optional<std::string>>& cells = table.rows.emplace_back();
    cells.reserve(static_cast<std::size_t>(columns));
    for (int i = 0; i < columns; ++i) {
      if (statement->is_null(i)) cells.emplace_back(std::nullopt);
      else cells.emplace_back(std::string(statement->text(i)));
    }
  }
}

}  // namespace tertulia
