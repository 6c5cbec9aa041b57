// SQLite behind three owning types: Connection, Statement, Transaction. Nothing else of the library includes sqlite3.h.
//
//   auto db = Connection::open(path, {});
//   auto insert = db->prepare("INSERT INTO t(a, b) VALUES(?1, ?2)");
//   insert->bind(1, 7).bind(2, "x");
//   Status done = insert->run();            // steps to the end and resets
//   auto select = db->prepare("SELECT a, b FROM t");
//   for (;;) { Result<bool> row = select->step(); if (!row.ok() || !*row) break; select->integer(0); }
//
// A failed bind shows at the next step. All types belong to one thread and move; a Statement ends before its Connection.
#ifndef TERTULIA_SRC_STORE_CONNECTION_H_
#define TERTULIA_SRC_STORE_CONNECTION_H_

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "tertulia/status.h"

struct sqlite3;
struct sqlite3_stmt;

namespace tertulia {

class Statement {
 public:
  Statement(Statement&& other) noexcept;
  Statement& operator=(Statement&& other) noexcept;
  ~Statement();

  // Parameters count from 1. Text is copied.
  Statement& bind(int index, std::int64_t value);
  Statement& bind(int index, double value);
  Statement& bind(int index, std::string_view text);
  Statement& bind(int index, const char* text) { return bind(index, std::string_view(text)); }
  Statement& bind(int index, const std::string& text) { return bind(index, std::string_view(text)); }
  Statement& bind(int index, std::nullptr_t);
  template <std::integral T>
  Statement& bind(int index, T value) {
    return bind(index, static_cast<std::int64_t>(value));
  }
  Statement& bind(int index, const std::optional<std::int64_t>& value) {
    return value ? bind(index, *value) : bind(index, nullptr);
  }
  Statement& bind_blob(int index, std::string_view bytes);

  // True: a row is there. False: the end, and the statement is reset for its next use.
  Result<bool> step();
  // Steps to the end; rows are passed over.
  Status run();
  void reset();

  // Columns count from 0. A view holds until the next step or reset.
  [[nodiscard]] int columns() const;
  [[nodiscard]] std::string name(int column) const;
  [[nodiscard]] bool is_null(int column) const;
  [[nodiscard]] std::int64_t integer(int column) const;
  [[nodiscard]] double real(int column) const;
  [[nodiscard]] std::string_view text(int column) const;
  [[nodiscard]] std::string_view blob(int column) const;
  [[nodiscard]] std::optional<std::int64_t> integer_or_null(int column) const;
  [[nodiscard]] bool read_only() const;

 private:
  friend class Connection;
  Statement(sqlite3_stmt* statement, int code) : statement_(statement), code_(code) {}
  void note(int code);
  sqlite3_stmt* statement_ = nullptr;
  int code_ = 0;  // the first failed bind
};

struct ConnectionOptions {
  bool create = true;
  bool read_only = false;
  int busy_timeout_ms = 5000;
};

// What a file says of itself.
struct FileMarks {
  std::int64_t application_id = 0, user_version = 0, objects = 0;
  [[nodiscard]] bool empty() const { return application_id == 0 && user_version == 0 && objects == 0; }
};

class Connection {
 public:
  // Opens and sets what every connection needs (busy timeout first, foreign_keys, secure_delete, trusted_schema off);
  // touches no page of the file. kNotFound, kUnreadable, kInvalidData (too short for a database).
  static Result<Connection> open(const std::string& path, const ConnectionOptions& options);
  Connection(Connection&& other) noexcept;
  Connection& operator=(Connection&& other) noexcept;
  ~Connection();

  // One or more statements without parameters.
  Status execute(const std::string& sql);
  // Exactly one statement; kInvalidArgument when the text is none, or more than one.
  Result<Statement> prepare(std::string_view sql) const;
  // The first column of the first row of one statement, as an integer; kNotFound without a row.
  Result<std::int64_t> integer(std::string_view sql) const;

  // All of one moment, though another program may be making the file. kInvalidData: not a database.
  Result<FileMarks> marks() const;

  [[nodiscard]] std::int64_t changes() const;    // rows of the last INSERT, UPDATE or DELETE
  [[nodiscard]] std::int64_t last_id() const;    // rowid of the last INSERT
  [[nodiscard]] const std::string& path() const { return path_; }
  [[nodiscard]] sqlite3* handle() const { return handle_; }

 private:
  Connection(sqlite3* handle, std::string path) : handle_(handle), path_(std::move(path)) {}
  sqlite3* handle_ = nullptr;
  std::string path_;
};

// BEGIN IMMEDIATE (the writer's lock is taken at once, so that a wait can only happen here) and ROLLBACK unless committed.
class Transaction {
 public:
  // kBusy when another writer holds the file longer than the busy timeout.
  static Result<Transaction> begin(Connection& connection);
  Transaction(Transaction&& other) noexcept;
  Transaction& operator=(Transaction&&) = delete;
  ~Transaction();
  Status commit();

 private:
  explicit Transaction(Connection& connection) : connection_(&connection) {}
  Connection* connection_;
};

// What SQLite said, as a Status: its code decides ours, its words follow the file's name.
[[nodiscard]] Status sqlite_status(sqlite3* handle, int code, const std::string& path);

}  // namespace tertulia

#endif  // TERTULIA_SRC_STORE_CONNECTION_H_
