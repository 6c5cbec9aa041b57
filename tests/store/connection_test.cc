#include "store/connection.h"

#include <doctest/doctest.h>

#include "scratch.h"

using namespace tertulia;

TEST_CASE("values go in and come back") {
  const Scratch scratch("connection");
  Result<Connection> db = Connection::open(scratch.path("a.db"), {});
  REQUIRE(db.ok());
  REQUIRE(db->execute("CREATE TABLE t(a INTEGER, b TEXT, c BLOB, d REAL, e ANY) STRICT").ok());
  Result<Statement> insert = db->prepare("INSERT INTO t VALUES(?1, ?2, ?3, ?4, ?5)");
  REQUIRE(insert.ok());
  insert->bind(1, INT64_MIN).bind(2, "ñ 👩‍👩‍👧 '\"; DROP TABLE t; --").bind_blob(3, std::string_view("\0\1\2", 3)).bind(4, 0.5).bind(5, nullptr);
  REQUIRE(insert->run().ok());
  Result<Statement> select = db->prepare("SELECT a, b, c, d, e FROM t; ");
  REQUIRE(select.ok());
  REQUIRE(select->step().value());
  CHECK(select->integer(0) == INT64_MIN);
  CHECK(select->text(1) == "ñ 👩‍👩‍👧 '\"; DROP TABLE t; --");
  CHECK(select->blob(2) == std::string_view("\0\1\2", 3));
  CHECK(select->real(3) == 0.5);
  CHECK(select->is_null(4));
  CHECK(select->name(1) == "b");
  CHECK(select->read_only());
  CHECK_FALSE(select->step().value());
}

TEST_CASE("an empty view is empty text, not null") {
  const Scratch scratch("connection_empty");
  Result<Connection> db = Connection::open(scratch.path("a.db"), {});
  Result<Statement> select = db->prepare("SELECT ?1 IS NULL, ?2 IS NULL");
  select->bind(1, std::string_view()).bind_blob(2, std::string_view());
  REQUIRE(select->step().value());
  CHECK(select->integer(0) == 0);
  CHECK(select->integer(1) == 0);
}

TEST_CASE("failures name their kind") {
  const Scratch scratch("connection_failures");
  scratch.write("text.db", "this is no database, and long enough to have a header of one hundred bytes .......................................");
  Result<Connection> text = Connection::open(scratch.path("text.db"), {});
  REQUIRE(text.ok());  // SQLite looks at the file when it must
  CHECK(text->integer("PRAGMA user_version").status().code() == StatusCode::kInvalidData);

  CHECK(Connection::open(scratch.path(""), {}).status().code() == StatusCode::kUnreadable);
  CHECK(Connection::open(scratch.path("none/a.db"), {}).status().code() == StatusCode::kUnreadable);
  ConnectionOptions existing;
  existing.create = false;
  CHECK(Connection::open(scratch.path("none.db"), existing).status().code() == StatusCode::kNotFound);

  Result<Connection> db = Connection::open(scratch.path("a.db"), {});
  CHECK(db->prepare("SELEC 1").status().code() == StatusCode::kInvalidArgument);
  CHECK(db->prepare("").status().code() == StatusCode::kInvalidArgument);
  CHECK(db->prepare("SELECT 1; SELECT 2").status().code() == StatusCode::kInvalidArgument);
  CHECK(db->integer("SELECT 1 WHERE 0").status().code() == StatusCode::kNotFound);
  Result<Statement> select = db->prepare("SELECT 1");
  CHECK(select->bind(2, 1).step().status().code() == StatusCode::kInvalidArgument);
}

TEST_CASE("a transaction that is not committed leaves nothing, and a second writer is told") {
  const Scratch scratch("connection_transaction");
  Result<Connection> db = Connection::open(scratch.path("a.db"), {});
  REQUIRE(db->execute("CREATE TABLE t(a) ").ok());
  {
    Result<Transaction> transaction = Transaction::begin(*db);
    REQUIRE(transaction.ok());
    REQUIRE(db->execute("INSERT INTO t VALUES(1)").ok());
    ConnectionOptions hasty;
    hasty.busy_timeout_ms = 1;
    Result<Connection> other = Connection::open(scratch.path("a.db"), hasty);
    CHECK(Transaction::begin(*other).status().code() == StatusCode::kBusy);
  }
  CHECK(db->integer("SELECT count(*) FROM t").value() == 0);
  Result<Transaction> transaction = Transaction::begin(*db);
  REQUIRE(db->execute("INSERT INTO t VALUES(1)").ok());
  REQUIRE(transaction->commit().ok());
  CHECK(db->integer("SELECT count(*) FROM t").value() == 1);
}
