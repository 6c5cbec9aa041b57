#include "tertulia/store.h"

#include <doctest/doctest.h>

#include <utility>

#include "base/clock.h"
#include "evidence_rows.h"
#include "scratch.h"

using namespace tertulia;

TEST_CASE("a store opened read-only reads and refuses to write") {
  const Scratch scratch("store_read_only");
  {
    Result<Store> store = Store::open(scratch.path("s.db"), {});
    REQUIRE(store->begin_run(run_info()).ok());
    REQUIRE(store->add(message("ana", "1", "a", 0, {update("event", "marriage", "planning")})).ok());
    REQUIRE(store->end_run().ok());
  }
  StoreOptions options;
  options.read_only = true;
  Result<Store> store = Store::open(scratch.path("s.db"), options);
  REQUIRE(store.ok());
  CHECK(store->query("SELECT * FROM customer_event")->rows.size() == 1);
  CHECK(store->begin_run(run_info()).code() == StatusCode::kInvalidArgument);
  CHECK(store->describe({}).code() == StatusCode::kInvalidArgument);
}

TEST_CASE("a pinned moment is now, for a reader too, and moves with the store") {
  const Scratch scratch("store_now");
  StoreOptions options;
  options.now = kNow;
  {
    Result<Store> store = Store::open(scratch.path("s.db"), options);
    RunInfo info = run_info();
    info.started = 0;  // as the store's now
    REQUIRE(store->begin_run(info).ok());
    REQUIRE(store->add(message("ana", "1", "a", 0, {update("event", "marriage", "planning", 0.8)})).ok());
    REQUIRE(store->end_run().ok());
    Store moved = std::move(*store);
    CHECK(moved.query("SELECT confidence FROM customer_event")->rows[0][0] == "0.8");
    CHECK(moved.query("SELECT started, ended FROM run")->rows[0][0] == std::to_string(kNow));
  }
  options.read_only = true;
  options.now = kNow + 365 * kDay;
  const Result<Store> later = Store::open(scratch.path("s.db"), options);
  REQUIRE(later.ok());
  CHECK(later->query("SELECT confidence FROM customer_event")->rows[0][0] == "0.4");
  CHECK(later->query("SELECT known_from FROM attribute_history")->rows[0][0] == format_time(kNow));
}

TEST_CASE("a message without time has none in the views") {
  const Scratch scratch("store_no_time");
  Result<Store> store = Store::open(scratch.path("s.db"), {});
  REQUIRE(store->begin_run(run_info()).ok());
  MessageEvidence m = message("ana", "1", "a", 0, {update("event", "marriage", "planning")});
  m.at = 0;
  REQUIRE(store->add(m).ok());
  REQUIRE(store->end_run().ok());
  CHECK(store->query("SELECT last_seen FROM customer_event")->rows[0][0] == std::nullopt);
  CHECK(store->query("SELECT first_seen FROM customer_profile")->rows[0][0] == std::nullopt);
}
