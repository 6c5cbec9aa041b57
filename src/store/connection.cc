// RAII over the C interface of SQLite 3. Result codes: https://www.sqlite.org/rescode.html.
// Test: tests/store/connection_test.cc.
#include "store/connection.h"

#include <sqlite3.h>

#include <cstdint>
#include <filesystem>
#include <utility>

namespace tertulia {
namespace {

constexpr std::uintmax_t kHeaderBytes = 100;  // https://www.sqlite.org/fileformat.html#the_database_header

std::string file_of(sqlite3* handle) {
  const char* name = handle == nullptr ? nullptr : sqlite3_db_filename(handle, "main");
  return name == nullptr || *name == '\0' ? "database" : name;
}

bool blank(std::string_view text) { return text.find_first_not_of(" \t\r\n;") == std::string_view::npos; }

}  // namespace

Status sqlite_status(sqlite3* handle, int code, const std::string& path) {
  const char* words = handle != nullptr ? sqlite3_errmsg(handle) : sqlite3_errstr(code);
  const std::string message = path + ": " + words;
  switch (code & 0xff) {
    case SQLITE_OK:
    case SQLITE_ROW:
    case SQLITE_DONE: return {};
    case SQLITE_BUSY:
    case SQLITE_LOCKED: return {StatusCode::kBusy, message};
    case SQLITE_FULL:
    case SQLITE_NOMEM:
    case SQLITE_TOOBIG: return {StatusCode::kResourceExhausted, message};
    case SQLITE_NOTADB:
    case SQLITE_CORRUPT: return {StatusCode::kInvalidData, message};
    case SQLITE_CANTOPEN:
    case SQLITE_PERM:
    case SQLITE_READONLY:
    case SQLITE_IOERR: return {StatusCode::kUnreadable, message};
    case SQLITE_ERROR:
    case SQLITE_AUTH:
    case SQLITE_RANGE: return {StatusCode::kInvalidArgument, message};
    default: return {StatusCode::kInternal, message};
  }
}

// --- Statement ---

Statement::Statement(Statement&& other) noexcept
    : statement_(std::exchange(other.statement_, nullptr)), code_(std::exchange(other.code_, 0)) {}

Statement& Statement::operator=(Statement&& other) noexcept {
  std::swap(statement_, other.statement_);
  std::swap(code_, other.code_);
  return *this;
}

Statement::~Statement() { sqlite3_finalize(statement_); }

void Statement::note(int code) {
  if (code_ == SQLITE_OK) code_ = code;
}

Statement& Statement::bind(int index, std::int64_t value) {
  note(sqlite3_bind_int64(statement_, index, value));
  return *this;
}

Statement& Statement::bind(int index, double value) {
  note(sqlite3_bind_double(statement_, index, value));
  return *this;
}

Statement& Statement::bind(int index, std::string_view text) {
  note(sqlite3_bind_text64(statement_, index, text.data() == nullptr ? "" : text.data(), text.size(), SQLITE_TRANSIENT,
                           SQLITE_UTF8));
  return *this;
}

Statement& Statement::bind(int index, std::nullptr_t) {
  note(sqlite3_bind_null(statement_, index));
  return *this;
}

Statement& Statement::bind_blob(int index, std::string_view bytes) {
  note(sqlite3_bind_blob64(statement_, index, bytes.data() == nullptr ? "" : bytes.data(), bytes.size(), SQLITE_TRANSIENT));
  return *this;
}

Result<bool> Statement::step() {
  sqlite3* handle = sqlite3_db_handle(statement_);
  if (code_ != SQLITE_OK) {
    const Status status = sqlite_status(handle, code_, file_of(handle));
    reset();
    return status;
  }
  const int code = sqlite3_step(statement_);
  if (code == SQLITE_ROW) return true;
  if (code == SQLITE_DONE) {
    reset();
    return false;
  }
  const Status status = sqlite_status(handle, code, file_of(handle));
  reset();
  return status;
}

Status Statement::run() {
  for (;;) {
    const Result<bool> row = step();
    if (!row.ok()) return row.status();
    if (!*row) return {};
  }
}

void Statement::reset() {
  sqlite3_reset(statement_);
  code_ = SQLITE_OK;
}

int Statement::columns() const { return sqlite3_column_count(statement_); }

std::string Statement::name(int column) const {
  const char* name = sqlite3_column_name(statement_, column);
  return name == nullptr ? "" : name;
}

bool Statement::is_null(int column) const { return sqlite3_column_type(statement_, column) == SQLITE_NULL; }
std::int64_t Statement::integer(int column) const { return sqlite3_column_int64(statement_, column); }
double Statement::real(int column) const { return sqlite3_column_double(statement_, column); }

std::string_view Statement::text(int column) const {
  const auto* bytes = reinterpret_cast<const char*>(sqlite3_column_text(statement_, column));
  return bytes == nullptr ? std::string_view() : std::string_view(bytes, static_cast<std::size_t>(sqlite3_column_bytes(statement_, column)));
}

std::string_view Statement::blob(int column) const {
  const auto* bytes = static_cast<const char*>(sqlite3_column_blob(statement_, column));
  return bytes == nullptr ? std::string_view() : std::string_view(bytes, static_cast<std::size_t>(sqlite3_column_bytes(statement_, column)));
}

std::optional<std::int64_t> Statement::integer_or_null(int column) const {
  if (is_null(column)) return std::nullopt;
  return integer(column);
}

bool Statement::read_only() const { return sqlite3_stmt_readonly(statement_) != 0; }

// --- Connection ---

Result<Connection> Connection::open(const std::string& path, const ConnectionOptions& options) {
  std::error_code error;
  if (std::filesystem::is_directory(path, error)) return Status(StatusCode::kUnreadable, path + ": is a directory");
  const bool exists = std::filesystem::exists(path, error);
  if (!exists && (options.read_only || !options.create)) return Status(StatusCode::kNotFound, path + ": no such file");
  // SQLite takes some files shorter than its header for empty ones, and would overwrite them. (Their bytes are not read here:
  // to close a file ends the locks that other connections of this process hold on it.)
  if (exists) {
    const std::uintmax_t size = std::filesystem::file_size(path, error);
    if (!error && size > 0 && size < kHeaderBytes) return Status(StatusCode::kInvalidData, path + ": not a database");
  }
  int flags = SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE;
  flags |= options.read_only ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE;
  if (options.create && !options.read_only) flags |= SQLITE_OPEN_CREATE;
  sqlite3* handle = nullptr;
  // A path is never read as a URI: "file:…?mode=…" from outside must not change how the file is opened.
  const std::string plain = path.starts_with("file:") ? "./" + path : path;
  const int code = sqlite3_open_v2(plain.c_str(), &handle, flags, nullptr);
  Connection connection(handle, path);
  if (code != SQLITE_OK) return sqlite_status(handle, code, path);
  sqlite3_busy_timeout(handle, options.busy_timeout_ms);
  // The file's own schema may not reach functions with side effects, nor corrupt its pages by SQL.
  sqlite3_db_config(handle, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
  sqlite3_db_config(handle, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
  sqlite3_db_config(handle, SQLITE_DBCONFIG_ENABLE_FKEY, 1, nullptr);
  return connection;
}

Connection::Connection(Connection&& other) noexcept
    : handle_(std::exchange(other.handle_, nullptr)), path_(std::move(other.path_)) {}

Connection& Connection::operator=(Connection&& other) noexcept {
  std::swap(handle_, other.handle_);
  std::swap(path_, other.path_);
  return *this;
}

Connection::~Connection() { sqlite3_close_v2(handle_); }

Status Connection::execute(const std::string& sql) {
  const int code = sqlite3_exec(handle_, sql.c_str(), nullptr, nullptr, nullptr);
  return code == SQLITE_OK ? Status() : sqlite_status(handle_, code, path_);
}

Result<Statement> Connection::prepare(std::string_view sql) const {
  sqlite3_stmt* statement = nullptr;
  const char* tail = nullptr;
  const int code = sqlite3_prepare_v3(handle_, sql.data(), static_cast<int>(sql.size()), 0, &statement, &tail);
  Statement owned(statement, SQLITE_OK);
  if (code != SQLITE_OK) return sqlite_status(handle_, code, path_);
  if (statement == nullptr) return Status(StatusCode::kInvalidArgument, path_ + ": expected an SQL statement");
  if (!blank(sql.substr(static_cast<std::size_t>(tail - sql.data())))) {
    return Status(StatusCode::kInvalidArgument, path_ + ": expected one SQL statement, found more");
  }
  return owned;
}

Result<std::int64_t> Connection::integer(std::string_view sql) const {
  Result<Statement> statement = prepare(sql);
  if (!statement.ok()) return statement.status();
  const Result<bool> row = statement->step();
  if (!row.ok()) return row.status();
  if (!*row) return Status(StatusCode::kNotFound, path_ + ": no row");
  return statement->integer(0);
}

Result<FileMarks> Connection::marks() const {
  Result<Statement> select = prepare(
      "SELECT (SELECT application_id FROM pragma_application_id), (SELECT user_version FROM pragma_user_version), (SELECT count(*) FROM sqlite_schema)");
  if (!select.ok()) return select.status();
  const Result<bool> row = select->step();
  if (!row.ok()) return row.status();
  if (!*row) return Status(StatusCode::kInternal, path_ + ": no row");
  return FileMarks{select->integer(0), select->integer(1), select->integer(2)};
}

std::int64_t Connection::changes() const { return sqlite3_changes64(handle_); }
std::int64_t Connection::last_id() const { return sqlite3_last_insert_rowid(handle_); }

// --- Transaction ---

Result<Transaction> Transaction::begin(Connection& connection) {
  if (const Status status = connection.execute("BEGIN IMMEDIATE"); !status.ok()) return status;
  return Transaction(connection);
}

Transaction::Transaction(Transaction&& other) noexcept : connection_(std::exchange(other.connection_, nullptr)) {}

Transaction::~Transaction() {
  // SQLite may have rolled back by itself (disk full): a second ROLLBACK would only fail.
  if (connection_ != nullptr && sqlite3_get_autocommit(connection_->handle()) == 0) {
    const Status ignored = connection_->execute("ROLLBACK");
    (void)ignored;
  }
}

Status Transaction::commit() {
  const Status status = connection_->execute("COMMIT");
  if (status.ok()) connection_ = nullptr;
  return status;
}

}  // namespace tertulia
