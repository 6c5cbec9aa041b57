// The form of segments.db: numbered migrations, the views that hosts read, and the check that a file is ours.
//
// Tables hold integers: times in microseconds UTC, scores in millionths. Views hold what people read: ISO 8601 text and
// scores from 0 to 1, decayed to the moment of reading with SQLite's built-in functions alone (docs/store.md).
#ifndef TERTULIA_SRC_STORE_SCHEMA_H_
#define TERTULIA_SRC_STORE_SCHEMA_H_

#include <cstdint>
#include <optional>
#include <string>

#include "store/connection.h"
#include "tertulia/message.h"
#include "tertulia/status.h"

namespace tertulia {

inline constexpr std::int64_t kStoreApplicationId = 0x54657274;  // "Tert"
inline constexpr int kStoreVersion = 1;                          // user_version
inline constexpr std::int64_t kMillion = 1'000'000;              // of scores; also microseconds a second
inline constexpr std::int64_t kDayMicros = 86'400 * kMillion;
inline constexpr int kLeastGroup = 10;                           // counts below are null in segment_summary

// Makes or migrates the tables and views of an open connection, in one transaction; then write-ahead logging.
// kUnsupportedVersion: made by a newer library. kInvalidData: not a database, or another program's. A file that is
// refused is left as it was.
[[nodiscard]] Status prepare_store(Connection& connection, bool read_only);

// Shadows the views with temporary ones in which "now" is this moment, for this connection alone.
[[nodiscard]] Status pin_now(Connection& connection, Timestamp now);

// SQL expression, microseconds since 1970: the pinned moment, or the clock of whoever reads.
[[nodiscard]] std::string now_sql(std::optional<Timestamp> now);

}  // namespace tertulia

#endif  // TERTULIA_SRC_STORE_SCHEMA_H_
