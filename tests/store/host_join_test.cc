#include "store/host_join.h"

#include <doctest/doctest.h>

#include <filesystem>
#include <optional>
#include <string>

#include "scratch.h"
#include "segment/query_parser.h"
#include "store/schema.h"

using namespace tertulia;

namespace {

struct Fixture {
  explicit Fixture(const std::string& name, const std::string& host_sql, bool read_only = false) : scratch(name) {
    {
      Result<Connection> made = Connection::open(scratch.path("segments.db"), {});
      REQUIRE(prepare_store(*made, false).ok());
      REQUIRE(made->execute("INSERT INTO customer(id, ref) VALUES(1, 'aa'), (2, 'bb')").ok());
      REQUIRE(Connection::open(scratch.path("crm.db"), {})->execute(host_sql).ok());
    }
    join = {scratch.path("crm.db"), "customer", "id", {{"aa", "7"}, {"bb", "8"}, {"not in the store", "9"}}};
    ConnectionOptions options;
    options.read_only = read_only;
    db.emplace(*Connection::open(scratch.path("segments.db"), options));
  }
  Result<AttachedHost> attach(const std::string& query) { return AttachedHost::attach(*db, join, *parse_query_text(query)); }
  std::string message(const std::string& query) { return attach(query).status().message(); }

  Scratch scratch;
  HostJoin join;
  std::optional<Connection> db;
};

constexpr char kCustomers[] = "CREATE TABLE customer(id INTEGER PRIMARY KEY, payroll REAL, \"we\"\"ird\" TEXT); "
                              "INSERT INTO customer VALUES(7, 3000, 'x'), (8, 100, 'y')";

}  // namespace

TEST_CASE("the host's columns decide, also beside a store opened read-only, and nothing stays attached") {
  for (const bool read_only : {false, true}) {
    Fixture fixture("host_join", kCustomers, read_only);
    const SegmentNode query = *parse_query_text("host PAYROLL > 2000 and host \"we\\\"ird\" = \"x\"");
    for (int round = 0; round < 2; ++round) {
      Result<AttachedHost> host = AttachedHost::attach(*fixture.db, fixture.join, query);
      REQUIRE_MESSAGE(host.ok(), host.status().message());
      const auto found = run_query(*fixture.db, query, 0, &host->table());
      REQUIRE_MESSAGE(found.ok(), found.status().message());
      REQUIRE(found->size() == 1);
      CHECK(found->front().ref == "aa");
    }
    CHECK(*fixture.db->integer("SELECT count(*) FROM pragma_database_list WHERE name NOT IN ('main', 'temp')") == 0);
  }
}

TEST_CASE("the host's database cannot be written through the join") {
  Fixture fixture("host_read_only", kCustomers);
  const auto host = fixture.attach("host payroll > 1");
  REQUIRE(host.ok());
  CHECK_FALSE(fixture.db->execute("UPDATE host.customer SET payroll = 0").ok());
}

TEST_CASE("the map from pseudonym to host id reaches no file") {
  Fixture fixture("host_leak", "CREATE TABLE customer(id TEXT PRIMARY KEY, payroll REAL)");
  fixture.join.identities = {{"aa", "SECRET-HOST-ID"}};
  const auto host = fixture.attach("host payroll > 1");
  REQUIRE(host.ok());
  CHECK(*fixture.db->integer("SELECT count(*) FROM identity.pair WHERE host_id = 'SECRET-HOST-ID'") == 1);
  CHECK(fixture.scratch.all_bytes().find("SECRET-HOST-ID") == std::string::npos);
}

TEST_CASE("what is missing is named, with what there is") {
  Fixture fixture("host_missing", kCustomers);
  CHECK(fixture.attach("host age > 3").status().code() == StatusCode::kNotFound);
  CHECK(fixture.message("host age > 3").ends_with("table customer has no column \"age\"; there are: id, payroll, we\"ird"));
  CHECK(fixture.message("host \"payroll\\\" > 0; --\" > 3").find("has no column") != std::string::npos);
  fixture.join.key = "nr";
  CHECK(fixture.message("host payroll > 3").find("has no column \"nr\"") != std::string::npos);
  fixture.join.table = "clients";
  CHECK(fixture.message("host payroll > 3").ends_with("no table \"clients\"; there are: customer"));
  fixture.join.database = fixture.scratch.path("none.db");
  CHECK(fixture.attach("host payroll > 3").status().code() == StatusCode::kNotFound);
  CHECK_FALSE(std::filesystem::exists(fixture.scratch.path("none.db")));
  fixture.scratch.write("text.db", std::string(5000, 'x'));
  fixture.join.database = fixture.scratch.path("text.db");
  CHECK(fixture.attach("host payroll > 3").status().code() == StatusCode::kInvalidData);
  CHECK(*fixture.db->integer("SELECT count(*) FROM pragma_database_list WHERE name NOT IN ('main', 'temp')") == 0);
}

TEST_CASE("an id that stands twice in the host's table is an error") {
  Fixture fixture("host_twice", "CREATE TABLE customer(id TEXT, payroll REAL); INSERT INTO customer VALUES('7', 1), ('7', 9), (NULL, 1), (NULL, 2)");
  const Status status = fixture.attach("host payroll > 3").status();
  CHECK(status.code() == StatusCode::kInvalidData);
  CHECK(status.message().ends_with("column id holds an id twice"));
}
