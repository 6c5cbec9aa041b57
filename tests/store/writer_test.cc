#include "store/writer.h"

#include <doctest/doctest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cmath>
#include <csignal>
#include <random>
#include <thread>

#include "dump.h"
#include "evidence_rows.h"
#include "scratch.h"
#include "store/schema.h"

using namespace tertulia;

namespace {

Store open_store(const std::string& path, Timestamp now = kNow) {
  StoreOptions options;
  options.now = now;
  options.busy_timeout_ms = 200;
  Result<Store> store = Store::open(path, options);
  REQUIRE(store.ok());
  return std::move(*store);
}

// One run that adds the messages and commits after every `every`.
CommitReport mine(const std::string& path, const std::vector<MessageEvidence>& messages, std::size_t every = 1000, RunInfo info = run_info()) {
  Store store = open_store(path, info.started);
  REQUIRE(store.begin_run(info).ok());
  CommitReport all;
  const auto commit = [&] {
    const Result<CommitReport> report = store.commit();
    REQUIRE(report.ok());
    all.messages_new += report->messages_new;
    all.messages_known += report->messages_known;
    all.evidence_new += report->evidence_new;
    all.beliefs_opened += report->beliefs_opened;
    all.beliefs_changed += report->beliefs_changed;
    all.beliefs_closed += report->beliefs_closed;
  };
  for (std::size_t i = 0; i < messages.size(); ++i) {
    REQUIRE(store.add(messages[i]).ok());
    if ((i + 1) % every == 0) commit();
  }
  commit();
  REQUIRE(store.end_run().ok());
  return all;
}

std::string rows(const std::string& path, const std::string& sql, Timestamp now = kNow) {
  Store store = open_store(path, now);
  const Result<Table> table = store.query(sql);
  if (!table.ok()) return table.status().message();
  std::string text;
  for (const auto& row : table->rows) {
    for (std::size_t i = 0; i < row.size(); ++i) text += (i > 0 ? "|" : "") + row[i].value_or("null");
    text += '\n';
  }
  return text;
}

std::vector<MessageEvidence> small_town() {
  return {
      message("ana", "1", "a", -90, {update("event", "home_building", "considering", 0.6), update("need", "financing", "", 0.7, "home_building")}),
      message("ana", "1", "b", -90, {}),
      message("ana", "2", "a", -30, {update("event", "home_building", "planning", 0.8), update("fact", "amount_eur", "150000", 0.9, "home_building"),
                                     update("fact", "place", "Siero", 0.9, "home_building")}),
      message("ana", "3", "a", -10, {update("fact", "amount_eur", "180000", 0.8, "home_building"), update("signal", "complaint")}),
      message("eva", "1", "a", -40, {update("event", "marriage", "planning"), update("need", "financing", "", 0.7, "marriage"), update("need", "insurance")}),
      message("eva", "2", "a", -5, {against("marriage")}),
      message("leo", "1", "a", -5, {update("opinion", "sentiment", "negative", 0.7), update("care", "debt_distress", "", 1.0)}),
  };
}

}  // namespace

TEST_CASE("messages become beliefs that the views show") {
  const Scratch scratch("writer_views");
  const CommitReport report = mine(scratch.path("s.db"), small_town());
  CHECK(report.messages_new == 7);
  CHECK(report.evidence_new == 13);
  const auto show = [&](const std::string& sql) { return rows(scratch.path("s.db"), sql); };
  CHECK(show("SELECT customer_ref, event, stage, explicit, evidence_count, first_seen, last_seen, stage_since, why FROM customer_event") ==
        "ana|home_building|planning|1|2|2024-07-06T00:00:00Z|2024-09-04T00:00:00Z|2024-09-04T00:00:00Z|[\"parcela\",\"arquitecto\"]\n");
  // The wedding is off: its loan is off with it, the insurance that belongs to nothing stays.
  CHECK(show("SELECT customer_ref, need, event FROM customer_need ORDER BY 1") == "ana|financing|home_building\neva|insurance|\n");
  CHECK(show("SELECT fact, value FROM customer_fact ORDER BY 1") == "amount_eur|180000\nplace|Siero\n");
  CHECK(show("SELECT customer_ref, signal, count FROM customer_signal") == "ana|complaint|1\n");
  CHECK(show("SELECT customer_ref, opinion, value FROM customer_opinion") == "leo|sentiment|negative\n");
  CHECK(show("SELECT customer_ref, care FROM customer_care") == "leo|debt_distress\n");
  CHECK(show("SELECT customer_ref, attribute, value, valid_from, valid_to, closed_reason FROM attribute_history WHERE kind = 'event' ORDER BY 1, 4") ==
        "ana|home_building|considering|2024-07-06T00:00:00Z|2024-09-04T00:00:00Z|advanced\n"
        "ana|home_building|planning|2024-09-04T00:00:00Z|null|\n"
        "eva|marriage|planning|2024-08-25T00:00:00Z|2024-09-29T00:00:00Z|contradicted\n");
  CHECK(show("SELECT customer_ref, json_extract(events, '$[0].event'), json_array_length(facts), first_seen, conversations, channels, care "
             "FROM customer_profile ORDER BY 1") ==
        "ana|home_building|2|2024-07-06T00:00:00Z|3|[\"chat\"]|[]\n"
        "eva|null|0|2024-08-25T00:00:00Z|2|[\"chat\"]|[]\n"
        "leo|null|0|2024-09-29T00:00:00Z|1|[\"chat\"]|[\"debt_distress\"]\n");
  CHECK(show("SELECT count(*) FROM evidence") == "13\n");
}

TEST_CASE("mining twice changes nothing but the list of runs") {
  const Scratch scratch("writer_twice");
  mine(scratch.path("s.db"), small_town());
  const std::string before = dump_all(scratch.path("s.db"));
  const std::string profile = rows(scratch.path("s.db"), "SELECT * FROM customer_profile");
  RunInfo later = run_info();
  later.started = kNow + kDay;
  const CommitReport again = mine(scratch.path("s.db"), small_town(), 2, later);
  CHECK(again.messages_new == 0);
  CHECK(again.messages_known == 7);
  CHECK(again.beliefs_opened + again.beliefs_changed + again.beliefs_closed == 0);
  CHECK(dump_all(scratch.path("s.db")) == before);
  CHECK(rows(scratch.path("s.db"), "SELECT * FROM customer_profile") == profile);
  CHECK(rows(scratch.path("s.db"), "SELECT count(*) FROM run") == "2\n");
}

TEST_CASE("one message twice in one commit is one message") {
  const Scratch scratch("writer_same_commit");
  const MessageEvidence m = message("ana", "1", "a", 0, {update("event", "marriage", "planning", 0.5), update("event", "marriage", "planning", 0.8)});
  const CommitReport report = mine(scratch.path("s.db"), {m, m});
  CHECK(report.messages_new == 1);
  CHECK(report.messages_known == 1);
  CHECK(report.evidence_new == 1);  // the stronger of two equal ones
  CHECK(rows(scratch.path("s.db"), "SELECT confidence FROM evidence") == "0.8\n");
}

TEST_CASE("a fresh store of the same input is the same, however it was cut into commits") {
  const Scratch scratch("writer_fresh");
  mine(scratch.path("0.db"), small_town(), 1000);
  const std::string expected = dump_all(scratch.path("0.db"));
  CHECK(expected.size() > 2000);
  for (const std::size_t every : {1u, 2u, 3u, 5u}) {
    const std::string path = scratch.path(std::to_string(every) + ".db");
    mine(path, small_town(), every);
    CHECK(dump_all(path) == expected);
  }
}

TEST_CASE("order of arrival does not matter to what the views say") {
  const Scratch scratch("writer_order");
  std::vector<MessageEvidence> messages = small_town();
  mine(scratch.path("s.db"), messages);
  const std::string sql =
      "SELECT customer_ref, kind, attribute, event, value, confidence, valid_from, valid_to, first_seen, last_seen, evidence_count, conversations, why, closed_reason "
      "FROM attribute_history WHERE known_to IS NULL ORDER BY 1, 2, 3, 4, 7";
  const std::string expected = rows(scratch.path("s.db"), sql);
  std::mt19937 random(3);
  for (int i = 0; i < 8; ++i) {
    std::shuffle(messages.begin(), messages.end(), random);
    const std::string path = scratch.path("order" + std::to_string(i));
    mine(path, messages, 1 + random() % 4);
    CHECK(rows(path, sql) == expected);
    // And in runs apart, with other times of knowing.
    const std::string runs = scratch.path("runs" + std::to_string(i));
    for (std::size_t k = 0; k < messages.size(); ++k) {
      RunInfo info = run_info(std::to_string(k));
      info.started = kNow + static_cast<Timestamp>(k) * kDay;
      mine(runs, {messages[k]}, 1000, info);
    }
    CHECK(rows(runs, sql) == expected);
  }
}

TEST_CASE("later knowledge ends earlier knowledge and does not rewrite it") {
  const Scratch scratch("writer_bitemporal");
  mine(scratch.path("s.db"), {message("ana", "1", "a", -30, {update("event", "marriage", "planning")})}, 1000, run_info("first"));
  RunInfo later = run_info("second");
  later.started = kNow + kDay;
  // Told later of an earlier time.
  mine(scratch.path("s.db"), {message("ana", "0", "a", -60, {update("event", "marriage", "considering")})}, 1000, later);
  CHECK(rows(scratch.path("s.db"), "SELECT value, valid_from, valid_to, known_from, known_to FROM attribute_history ORDER BY known_from, valid_from") ==
        "planning|2024-09-04T00:00:00Z|null|2024-10-04T00:00:00Z|2024-10-05T00:00:00Z\n"
        "considering|2024-08-05T00:00:00Z|2024-09-04T00:00:00Z|2024-10-05T00:00:00Z|null\n"
        "planning|2024-09-04T00:00:00Z|null|2024-10-05T00:00:00Z|null\n");
  // A clock that fell back does not make intervals that end before they begin.
  RunInfo fallen = run_info("third");
  fallen.started = kNow - 100 * kDay;
  mine(scratch.path("s.db"), {message("ana", "3", "a", -1, {update("event", "marriage", "underway")})}, 1000, fallen);
  CHECK(rows(scratch.path("s.db"), "SELECT count(*) FROM attribute_history WHERE known_to < known_from") == "0\n");
}

TEST_CASE("wrong calls and wrong values are refused in words") {
  const Scratch scratch("writer_refuse");
  Store store = open_store(scratch.path("s.db"));
  CHECK(store.add(message("ana", "1", "a", 0, {})).code() == StatusCode::kInvalidArgument);
  CHECK(store.commit().status().code() == StatusCode::kInvalidArgument);
  CHECK(store.end_run().code() == StatusCode::kInvalidArgument);
  REQUIRE(store.begin_run(run_info()).ok());
  CHECK(store.begin_run(run_info()).code() == StatusCode::kInvalidArgument);
  const auto refused = [&](const MessageEvidence& m) { return store.add(m).code() == StatusCode::kInvalidArgument; };
  MessageEvidence m = message("ana", "1", "a", 0, {});
  m.customer_ref.clear();
  CHECK(refused(m));
  m = message("ana", "1", "a", 0, {});
  m.message_ref = std::string(300, 'x');
  CHECK(refused(m));
  m.message_ref = "\xff";
  CHECK(refused(m));
  m.message_ref = std::string("a\0b", 3);
  CHECK(refused(m));
  CHECK(refused(message("ana", "1", "a", 0, {update("", "x")})));
  CHECK(refused(message("ana", "1", "a", 0, {update("event", "")})));
  CHECK(refused(message("ana", "1", "a", 0, {update("event", "x", "", std::nan(""))})));
  CHECK(refused(message("ana", "1", "a", 0, {update("fact", "x", std::string(300, 'v'))})));
  CHECK(refused(message("ana", "1", "a", 0, {update("fact", "x", "a\nb")})));
  // Scores out of bounds are brought back; names are bound, never pasted.
  REQUIRE(store.add(message("ana'; DROP TABLE belief; --", "1", "a", 0, {update("fact", "x'\"\\", "1' OR '1'='1", 7.0)})).ok());
  REQUIRE(store.end_run().ok());
  CHECK(rows(scratch.path("s.db"), "SELECT json_extract(facts, '$[0].fact'), json_extract(facts, '$[0].value') FROM customer_profile") == "x'\"\\|1' OR '1'='1\n");
  CHECK(rows(scratch.path("s.db"), "SELECT customer_ref, fact, value, confidence FROM customer_fact") == "ana'; DROP TABLE belief; --|x'\"\\|1' OR '1'='1|1.0\n");
}

TEST_CASE("describe sets half-lives once, and again only where they differ") {
  const Scratch scratch("writer_describe");
  Store store = open_store(scratch.path("s.db"));
  REQUIRE(store.describe({{"event", "marriage", 100, 0.3, "normal"}, {"care", "minor", 730, 0, "care"}}).ok());
  REQUIRE(store.describe({{"event", "marriage", 200, 0.3, "normal"}}).ok());
  CHECK(rows(scratch.path("s.db"), "SELECT kind, id, half_life_days, least_confidence, sensitivity FROM attribute ORDER BY 1") ==
        "care|minor|730|0|care\nevent|marriage|200|300000|normal\n");
  CHECK(store.describe({{"event", "marriage", 0, 0.3, "normal"}}).code() == StatusCode::kInvalidArgument);
  CHECK(store.describe({{"event", "", 1, 0.3, "normal"}}).code() == StatusCode::kInvalidArgument);
}

TEST_CASE("a second writer is told that the store is busy, and can try again") {
  const Scratch scratch("writer_busy");
  Store store = open_store(scratch.path("s.db"));
  REQUIRE(store.begin_run(run_info()).ok());
  REQUIRE(store.add(message("ana", "1", "a", 0, {update("event", "marriage", "planning")})).ok());
  {
    Result<Connection> other = Connection::open(scratch.path("s.db"), {});
    Result<Transaction> lock = Transaction::begin(*other);
    REQUIRE(lock.ok());
    CHECK(store.commit().status().code() == StatusCode::kBusy);
  }
  const Result<CommitReport> report = store.commit();  // the buffer outlived the failure
  REQUIRE(report.ok());
  CHECK(report->messages_new == 1);
}

TEST_CASE("a full disk writes nothing by halves, and room lets it go on") {
  const Scratch scratch("writer_full");
  mine(scratch.path("s.db"), {message("ana", "1", "a", -3, {update("event", "marriage", "planning")})}, 1000, run_info("first"));
  const std::string before = dump_all(scratch.path("s.db"));
  Result<Connection> db = Connection::open(scratch.path("s.db"), {});
  Writer writer(*db);
  RunInfo info = run_info("second");
  REQUIRE(writer.begin_run(info, kNow).ok());
  const std::int64_t pages = db->integer("PRAGMA page_count").value();
  REQUIRE(db->execute("PRAGMA max_page_count = " + std::to_string(pages + 2)).ok());
  for (int i = 0; i < 2000; ++i) {
    REQUIRE(writer.add(message("customer" + std::to_string(i), "1", "a", 0, {update("event", "home_building", "planning")})).ok());
  }
  CHECK(writer.commit().status().code() == StatusCode::kResourceExhausted);
  CHECK(dump_all(scratch.path("s.db")) == before);
  CHECK(writer.commit().status().code() == StatusCode::kResourceExhausted);
  REQUIRE(db->execute("PRAGMA max_page_count = 1000000").ok());
  const Result<CommitReport> report = writer.commit();
  REQUIRE(report.ok());
  CHECK(report->messages_new == 2000);
  CHECK(report->beliefs_opened == 2000);
  CHECK(dump_rows(*db, "PRAGMA integrity_check") == "ok\n");
}

TEST_CASE("killed between and within commits: the last commit stands, and the same input goes on to the same end") {
  const Scratch scratch("writer_kill");
  const std::vector<MessageEvidence> messages = small_town();
  mine(scratch.path("whole.db"), messages, 2);
  const std::string expected = dump_all(scratch.path("whole.db"));
  for (const bool within : {false, true}) {
    const std::string path = scratch.path(within ? "within.db" : "between.db");
    const pid_t child = ::fork();
    REQUIRE(child >= 0);
    if (child == 0) {  // no doctest, no destructors from here: SIGKILL is what happens
      Result<Connection> db = Connection::open(path, {});
      bool ok = db.ok() && prepare_store(*db, false).ok();
      Writer writer(*db);
      ok = ok && writer.begin_run(run_info(), kNow).ok();
      ok = ok && writer.add(messages[0]).ok() && writer.add(messages[1]).ok() && writer.commit().ok();
      ok = ok && writer.add(messages[2]).ok();
      if (within) ok = ok && db->execute("BEGIN IMMEDIATE; INSERT INTO customer(ref) VALUES('half')").ok();
      ::kill(::getpid(), ok ? SIGKILL : SIGTERM);
    }
    int how = 0;
    REQUIRE(::waitpid(child, &how, 0) == child);
    REQUIRE(WIFSIGNALED(how));
    REQUIRE(WTERMSIG(how) == SIGKILL);
    CHECK(rows(path, "SELECT customer_ref, event, stage FROM customer_event") == "ana|home_building|considering\n");
    RunInfo later = run_info();
    later.started = kNow + kDay;
    const CommitReport rest = mine(path, messages, 2, later);
    CHECK(rest.messages_known == 2);
    CHECK(dump_all(path) == expected);  // times of knowing included: the run went on under its row
    CHECK(rows(path, "SELECT count(*) FROM run") == "1\n");
  }
}

TEST_CASE("readers see whole commits while a writer is at work") {
  const Scratch scratch("writer_readers");
  open_store(scratch.path("s.db"));
  std::atomic<bool> stop = false;
  std::atomic<int> broken = 0, reads = 0;
  std::vector<std::thread> readers;
  for (int r = 0; r < 2; ++r) {
    readers.emplace_back([&] {
      StoreOptions options;
      options.read_only = true;
      const Result<Store> store = Store::open(scratch.path("s.db"), options);
      if (!store.ok()) {
        ++broken;
        return;
      }
      while (!stop) {
        // Each commit brings ten customers with one event each.
        const Result<Table> table = store->query("SELECT (SELECT count(*) FROM customer_event), (SELECT count(*) FROM customer_profile)");
        if (!table.ok() || table->rows[0][0] != table->rows[0][1] || std::stoi(*table->rows[0][0]) % 10 != 0) ++broken;
        ++reads;
      }
    });
  }
  Store store = open_store(scratch.path("s.db"));
  REQUIRE(store.begin_run(run_info()).ok());
  for (int i = 0; i < 300; ++i) {
    REQUIRE(store.add(message("customer" + std::to_string(i), "1", "a", 0, {update("event", "marriage", "planning")})).ok());
    if (i % 10 == 9) REQUIRE(store.commit().ok());
  }
  REQUIRE(store.end_run().ok());
  while (reads < 20) std::this_thread::yield();
  stop = true;
  for (std::thread& reader : readers) reader.join();
  CHECK(broken == 0);
}

TEST_CASE("nothing of an erased customer is left in the file and its log") {
  const Scratch scratch("writer_bytes");
  mine(scratch.path("s.db"), {message("pseudonym-of-ana", "1", "a", 0, {update("fact", "place", "Valdesoto")}), message("eva", "1", "a", 0, {update("fact", "place", "Siero")})});
  CHECK(scratch.all_bytes().find("Valdesoto") != std::string::npos);
  Result<Connection> db = Connection::open(scratch.path("s.db"), {});
  REQUIRE(db->execute("PRAGMA secure_delete = ON; DELETE FROM customer WHERE ref = 'pseudonym-of-ana'; PRAGMA wal_checkpoint(TRUNCATE)").ok());
  CHECK(scratch.all_bytes().find("Valdesoto") == std::string::npos);
  CHECK(scratch.all_bytes().find("pseudonym-of-ana") == std::string::npos);
  CHECK(scratch.all_bytes().find("Siero") != std::string::npos);
}
