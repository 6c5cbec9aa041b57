// Half-life: how much of a confidence is left after a time without renewal.
#ifndef TERTULIA_SRC_SEGMENT_DECAY_H_
#define TERTULIA_SRC_SEGMENT_DECAY_H_

#include "tertulia/message.h"

namespace tertulia {

// `confidence` halved once each `half_life_days` of `age` (microseconds); a negative age counts as none. The same cubic as
// in the store's views, so that both agree to the sixth decimal.
[[nodiscard]] double decayed(double confidence, Timestamp age, int half_life_days);

}  // namespace tertulia

#endif  // TERTULIA_SRC_SEGMENT_DECAY_H_
