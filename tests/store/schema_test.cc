#include "store/schema.h"

#include <doctest/doctest.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmath>
#include <thread>

#include "dump.h"
#include "evidence_rows.h"
#include "scratch.h"

using namespace tertulia;

namespace {

Result<Store> open_store(const std::string& path, bool read_only = false) {
  StoreOptions options;
  options.read_only = read_only;
  options.now = kNow;
  return Store::open(path, options);
}

}  // namespace

TEST_CASE("a new store has its marks, its journal and its views") {
  const Scratch scratch("schema_new");
  REQUIRE(open_store(scratch.path("s.db")).ok());
  Result<Connection> db = Connection::open(scratch.path("s.db"), {});
  CHECK(db->integer("PRAGMA application_id").value() == kStoreApplicationId);
  CHECK(db->integer("PRAGMA user_version").value() == kStoreVersion);
  CHECK(dump_rows(*db, "PRAGMA journal_mode") == "wal\n");
  CHECK(dump_rows(*db, "PRAGMA integrity_check") == "ok\n");
  CHECK(dump_rows(*db, "SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND sql NOT LIKE '%STRICT%'") == "0\n");
  CHECK(dump_rows(*db, "SELECT name FROM sqlite_schema WHERE name = 'sqlite_sequence'").empty());  // a counter there would tell of every run
  REQUIRE(open_store(scratch.path("s.db")).ok());  // and opens again
}

TEST_CASE("every view of the contract reads with built-in functions, with its columns") {
  const Scratch scratch("schema_views");
  REQUIRE(open_store(scratch.path("s.db")).ok());
  Result<Connection> db = Connection::open(scratch.path("s.db"), {});
  REQUIRE(db->execute("PRAGMA trusted_schema = OFF").ok());  // as careful hosts have it
  const std::pair<const char*, const char*> rows[] = {
      {"customer_profile", "customer_ref, events, needs, signals, facts, opinion, first_seen, last_seen, conversations, channels"},
      {"customer_event", "customer_ref, event, stage, confidence, explicit, first_seen, last_seen, evidence_count, why"},
      {"customer_need", "customer_ref, need, event, explicit, confidence, last_seen"},
      {"customer_signal", "customer_ref, signal, confidence, last_seen, count"},
      {"customer_fact", "customer_ref, fact, value, event, confidence, last_seen"},
      {"customer_opinion", "customer_ref, opinion, value, confidence, last_seen"},
      {"customer_care", "customer_ref, care"},
      {"attribute_history", "customer_ref, kind, attribute, event, value, confidence, valid_from, valid_to, known_from, known_to, closed_reason"},
      {"evidence", "customer_ref, conversation_ref, message_ref, channel, language, at, kind, attribute, event, value, confidence, why, run"},
      {"segment_member", "segment, customer_ref, since, until"},
      {"segment_why", "segment, customer_ref, since, confidence, why"},
      {"segment_summary", "segment, title, members"},
      {"consent_current", "customer_ref, purpose, channel, action, granted"},
      {"contact_pressure", "customer_ref, channel, contacts_7_days, contacts_30_days, last_contact"},
  };
  for (const auto& [view, columns] : rows) {
    CAPTURE(view);
    CHECK(dump_rows(*db, std::string("SELECT ") + columns + " FROM " + view).empty());
  }
}

TEST_CASE("files that are not ours are refused and not touched") {
  const Scratch scratch("schema_foreign");
  const auto made_by = [&](const char* sql) {
    std::filesystem::remove(scratch.path("f.db"));
    Result<Connection> db = Connection::open(scratch.path("f.db"), {});
    REQUIRE(db->execute(sql).ok());
  };
  const std::pair<const char*, StatusCode> rows[] = {
      {"CREATE TABLE t(a)", StatusCode::kInvalidData},
      {"PRAGMA application_id = 7; PRAGMA user_version = 1; CREATE TABLE t(a)", StatusCode::kInvalidData},
      {"PRAGMA user_version = 3", StatusCode::kInvalidData},
      {"PRAGMA application_id = 0x54657274; CREATE TABLE t(a)", StatusCode::kInvalidData},
      {"PRAGMA application_id = 0x54657274; PRAGMA user_version = 2; CREATE TABLE t(a)", StatusCode::kUnsupportedVersion},
      {"PRAGMA application_id = 0x54657274; PRAGMA user_version = 99; CREATE TABLE t(a)", StatusCode::kUnsupportedVersion},
  };
  for (const auto& [sql, code] : rows) {
    CAPTURE(sql);
    made_by(sql);
    const std::string before = scratch.read("f.db");
    CHECK(open_store(scratch.path("f.db")).status().code() == code);
    CHECK(open_store(scratch.path("f.db"), true).status().code() == code);
    CHECK(scratch.read("f.db") == before);
  }
  for (const std::size_t size : {1u, 99u, 100u, 5000u}) {
    scratch.write("text", std::string(size, 'x'));
    CHECK(open_store(scratch.path("text")).status().code() == StatusCode::kInvalidData);
    CHECK(scratch.read("text") == std::string(size, 'x'));
  }
  CHECK(open_store(scratch.path("")).status().code() == StatusCode::kUnreadable);
  CHECK(open_store("").status().code() == StatusCode::kInvalidArgument);
  CHECK(open_store(scratch.path("none"), true).status().code() == StatusCode::kNotFound);
  CHECK_FALSE(open_store(scratch.path("none/s.db")).ok());
  StoreOptions existing;
  existing.create = false;
  CHECK(Store::open(scratch.path("none"), existing).status().code() == StatusCode::kNotFound);
  CHECK(!std::filesystem::exists(scratch.path("none")));

  // Cut in the middle, as a copy that broke off.
  REQUIRE(open_store(scratch.path("s.db")).ok());
  const std::string whole = scratch.read("s.db");
  scratch.write("cut.db", whole.substr(0, whole.size() / 2 / 4096 * 4096));
  const Result<Store> cut = open_store(scratch.path("cut.db"));
  CHECK((!cut.ok() || !cut->query("SELECT * FROM customer_profile").ok() || !cut->query("SELECT * FROM segment_summary").ok()));
}

TEST_CASE("an empty file becomes a store, but not for reading alone") {
  const Scratch scratch("schema_empty");
  scratch.write("s.db", "");
  CHECK(open_store(scratch.path("s.db"), true).status().code() == StatusCode::kInvalidData);
  CHECK(open_store(scratch.path("s.db")).ok());
}

TEST_CASE("a file without write permission can be read and not written") {
  const Scratch scratch("schema_read_only");
  REQUIRE(open_store(scratch.path("s.db")).ok());
  ::chmod(scratch.path("s.db").c_str(), 0444);
  const bool root = ::geteuid() == 0;
  if (root) REQUIRE(::seteuid(65534) == 0);  // root writes everywhere
  const bool reachable = ::access(scratch.path("s.db").c_str(), R_OK) == 0 && ::open(scratch.path("s.db").c_str(), O_RDONLY) >= 0;
  Result<Store> store = open_store(scratch.path("s.db"));
  const Status began = store.ok() ? store->begin_run(run_info()) : store.status();
  if (root) REQUIRE(::seteuid(0) == 0);
  if (reachable) CHECK(began.code() == StatusCode::kUnreadable);
  else CHECK_FALSE(began.ok());
}

TEST_CASE("programs that make one store at the same moment all get it") {
  const Scratch scratch("schema_race");
  std::vector<std::thread> threads;
  std::vector<std::string> words(6);
  for (std::string& word : words) {
    threads.emplace_back([&] {
      const Result<Store> store = Store::open(scratch.path("s.db"), {});
      word = store.ok() ? "open" : store.status().message();
    });
  }
  for (std::thread& thread : threads) thread.join();
  for (const std::string& word : words) CHECK(word == "open");
}

TEST_CASE("confidence is halved each half-life, at read") {
  const Scratch scratch("schema_decay");
  Result<Store> store = open_store(scratch.path("s.db"));
  REQUIRE(store->describe({{"event", "marriage", 100, 0.3, "normal"}}).ok());
  REQUIRE(store->begin_run(run_info()).ok());
  const int ages[] = {-50, 0, 1, 25, 50, 75, 99, 100, 101, 150, 250, 1000, 5999, 6000, 19000};
  for (const int age : ages) REQUIRE(store->add(message("age" + std::to_string(age), "c", "m", -age, {update("event", "marriage", "planning", 0.8)})).ok());
  REQUIRE(store->end_run().ok());
  for (const int age : ages) {
    CAPTURE(age);
    const Result<Table> table = store->query("SELECT confidence FROM customer_event WHERE customer_ref = 'age" + std::to_string(age) + "'");
    REQUIRE(table.ok());
    CHECK(std::abs(std::stod(*table->rows[0][0]) - 0.8 * std::exp2(-std::max(0, age) / 100.0)) < 0.0001);
  }
  // A reader with a clock of its own sees the views of the file: decades later nothing is left.
  Result<Connection> db = Connection::open(scratch.path("s.db"), {});
  CHECK(dump_rows(*db, "SELECT count(*) FROM customer_event WHERE confidence BETWEEN 0 AND 0.8") == std::to_string(std::size(ages)) + "\n");
}

TEST_CASE("segment_summary tells no small numbers") {
  const Scratch scratch("schema_summary");
  REQUIRE(open_store(scratch.path("s.db")).ok());
  Result<Connection> db = Connection::open(scratch.path("s.db"), {});
  REQUIRE(db->execute("INSERT INTO segment_def VALUES('few', 't', 'p', '{}', '', 0), ('many', 't', 'p', '{}', '', 0), ('none', 't', 'p', '{}', '', 0)").ok());
  for (int i = 1; i <= 10; ++i) {
    const std::string n = std::to_string(i);
    REQUIRE(db->execute("INSERT INTO customer VALUES(" + n + ", 'r" + n + "'); INSERT INTO segment_interval VALUES('many', " + n + ", 1, NULL, 500000, '[]')").ok());
    if (i < 10) REQUIRE(db->execute("INSERT INTO segment_interval VALUES('few', " + n + ", 1, NULL, 500000, '[]')").ok());
  }
  CHECK(dump_rows(*db, "SELECT segment, members, mean_confidence FROM segment_summary ORDER BY segment") == "few|null|null\nmany|10|0.5\nnone|null|null\n");
  // Somebody leaves: under ten, and nothing is told any more.
  REQUIRE(db->execute("UPDATE segment_interval SET until = 2 WHERE segment = 'many' AND customer = 3").ok());
  CHECK(dump_rows(*db, "SELECT members FROM segment_summary WHERE segment = 'many'") == "null\n");
  CHECK(dump_rows(*db, "SELECT count(*) FROM segment_why WHERE segment = 'many'") == "9\n");
  CHECK(dump_rows(*db, "SELECT until FROM segment_member WHERE until IS NOT NULL") == "1970-01-01T00:00:00Z\n");
}

TEST_CASE("consent_current is the last word, and expires") {
  const Scratch scratch("schema_consent");
  REQUIRE(open_store(scratch.path("s.db")).ok());
  Result<Connection> db = Connection::open(scratch.path("s.db"), {});
  REQUIRE(db->execute(
      "INSERT INTO customer VALUES(1, 'r');"
      "INSERT INTO consent_event(customer, purpose, channel, action, at, expires, controller, notice, language, method, basis) VALUES"
      "(1, 'marketing', 'email', 'given', 1000000, NULL, '', '', '', '', ''), (1, 'marketing', 'email', 'withdrawn', 2000000, NULL, '', '', '', '', ''),"
      "(1, 'marketing', 'phone', 'given', 1000000, 2000000, '', '', '', '', ''), (1, 'profiling', '', 'given', 1000000, NULL, '', '', '', '', '')").ok());
  CHECK(dump_rows(*db, "SELECT purpose, channel, action, granted FROM consent_current ORDER BY 1, 2") ==
        "marketing|email|withdrawn|0\nmarketing|phone|given|0\nprofiling||given|1\n");
  CHECK(db->execute("UPDATE consent_event SET action = 'given'").code() == StatusCode::kInternal);  // append-only
}

TEST_CASE("to delete a customer deletes all that hangs on him") {
  const Scratch scratch("schema_erase");
  Result<Store> store = open_store(scratch.path("s.db"));
  REQUIRE(store->begin_run(run_info()).ok());
  REQUIRE(store->add(message("ana", "1", "a", 0, {update("event", "marriage", "planning")})).ok());
  REQUIRE(store->add(message("eva", "1", "a", 0, {update("event", "marriage", "planning")})).ok());
  REQUIRE(store->end_run().ok());
  Result<Connection> db = Connection::open(scratch.path("s.db"), {});
  REQUIRE(db->execute("DELETE FROM customer WHERE ref = 'ana'").ok());
  for (const char* table : {"customer", "conversation", "message_ref", "evidence_row", "belief"}) {
    CAPTURE(table);
    CHECK(db->integer(std::string("SELECT count(*) FROM ") + table).value() == 1);
  }
  CHECK(dump_rows(*db, "PRAGMA foreign_key_check").empty());
}
