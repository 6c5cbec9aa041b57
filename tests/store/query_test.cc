#include <doctest/doctest.h>

#include "evidence_rows.h"
#include "scratch.h"
#include "tertulia/store.h"

using namespace tertulia;

TEST_CASE("a query reads, and nothing else") {
  const Scratch scratch("query");
  Result<Store> store = Store::open(scratch.path("s.db"), {});
  REQUIRE(store->begin_run(run_info()).ok());
  REQUIRE(store->add(message("ana", "1", "a", 0, {update("event", "marriage", "planning")})).ok());
  REQUIRE(store->end_run().ok());
  const std::string before = scratch.read("s.db");

  const Result<Table> table = store->query("WITH e AS (SELECT * FROM customer_event) SELECT customer_ref AS who, event, NULL AS none FROM e;");
  REQUIRE(table.ok());
  CHECK(table->columns == std::vector<std::string>{"who", "event", "none"});
  REQUIRE(table->rows.size() == 1);
  CHECK(table->rows[0] == std::vector<std::optional<std::string>>{"ana", "marriage", std::nullopt});
  CHECK(store->query("SELECT name FROM sqlite_schema WHERE name = 'belief'")->rows[0][0] == "belief");
  CHECK(store->query("EXPLAIN QUERY PLAN SELECT * FROM customer_event").ok());

  const char* const refused[] = {
      "", ";", "SELEC 1", "SELECT 1; SELECT 2", "DELETE FROM customer", "INSERT INTO customer(ref) VALUES('x')", "UPDATE customer SET ref = 'x'",
      "DROP TABLE belief", "CREATE TABLE t(a)", "CREATE TEMP TABLE t(a)", "ATTACH ':memory:' AS a", "DETACH main", "VACUUM", "VACUUM INTO '/dev/null'",
      "PRAGMA journal_mode = DELETE", "PRAGMA writable_schema = ON", "PRAGMA user_version = 9", "PRAGMA user_version", "SELECT * FROM pragma_user_version", "BEGIN", "COMMIT", "ROLLBACK", "SAVEPOINT a",
      "REINDEX", "ANALYZE", "WITH a AS (SELECT 1) DELETE FROM customer", "SELECT load_extension('x')", "SELECT * FROM no_such_view",
  };
  for (const char* sql : refused) {
    CAPTURE(sql);
    CHECK(store->query(sql).status().code() == StatusCode::kInvalidArgument);
  }
  CHECK(store->query("SELECT '" + std::string(2u << 20, 'x') + "'").status().code() == StatusCode::kInvalidArgument);
  CHECK(scratch.read("s.db") == before);
  CHECK(!std::filesystem::exists("/dev/null.db"));

  // The guard goes with the query: the store still writes.
  RunInfo info = run_info("second");
  CHECK(store->begin_run(info).ok());
  CHECK(store->end_run().ok());
}
