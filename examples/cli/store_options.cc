// Test: tests/cli/test_store_verbs.py.
#include "store_options.h"

#include <chrono>

#include "tertulia/engine.h"

namespace cli {

void add_store(CommandLine& line) {
  line.add()("db", CommandLine::text()->value_name("DB"), "the store, a SQLite file")
            ("now", CommandLine::text()->value_name("TIME"), "what counts as now, 2026-03-02T10:15:00Z (default: the clock)");
}

tertulia::Result<tertulia::Store> open_store(const CommandLine& line, Access access) {
  tertulia::StoreOptions options;
  options.create = access == Access::kCreate;
  options.read_only = access == Access::kRead;
  if (line.has("now")) {
    const tertulia::Result<tertulia::Timestamp> now = now_of(line);
    if (!now.ok()) return now.status();
    options.now = *now;
  }
  return tertulia::Store::open(line.get("db"), options);
}

tertulia::Result<tertulia::Timestamp> now_of(const CommandLine& line) {
  if (!line.has("now")) {
    using namespace std::chrono;
    return duration_cast<microseconds>(system_clock::now().time_since_epoch()).count();
  }
  const tertulia::Result<tertulia::Timestamp> time = tertulia::parse_timestamp(line.get("now"));
  if (time.ok()) return *time;
  return tertulia::Status(tertulia::StatusCode::kInvalidArgument, "--now: expected a time such as 2026-03-02T10:15:00Z");
}

}  // namespace cli
