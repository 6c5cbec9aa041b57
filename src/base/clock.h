// Time as microseconds UTC, and its ISO 8601 text. The library never asks the machine for the time but here.
#ifndef TERTULIA_SRC_BASE_CLOCK_H_
#define TERTULIA_SRC_BASE_CLOCK_H_

#include <string>
#include <string_view>

#include "tertulia/message.h"
#include "tertulia/status.h"

namespace tertulia {

[[nodiscard]] Timestamp system_now();

// "2026-03-02T10:15:00Z", with fraction, "+01:00", a blank for the T, or the date alone (midnight). Without a zone
// the clock is `utc_offset_minutes` east of UTC. kInvalidData names what was expected.
[[nodiscard]] Result<Timestamp> parse_time(std::string_view text, int utc_offset_minutes = 0);
// "2026-03-02T10:15:00Z"; the fraction (".250000") only when there is one.
[[nodiscard]] std::string format_time(Timestamp at);

struct CivilTime {
  int year = 1970, month = 1, day = 1, hour = 0, minute = 0, second = 0;
};
[[nodiscard]] Timestamp from_civil(const CivilTime& civil) noexcept;  // proleptic Gregorian, UTC
[[nodiscard]] CivilTime to_civil(Timestamp at) noexcept;
[[nodiscard]] bool is_valid(const CivilTime& civil) noexcept;

}  // namespace tertulia

#endif  // TERTULIA_SRC_BASE_CLOCK_H_
