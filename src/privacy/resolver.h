// Settles overlaps: out of everything that was found, spans in order that do not touch each other's bytes.
//
// The rule. Findings are ranked by score + 0.01 for each letter or digit covered (25 at most); equal ranks go by the
// earlier begin, then the longer span, then the type's and the recognizer's name. In that order each finding takes the
// bytes that are still free: all of them, or, where a higher one has taken some, the rest on either side, provided that
// the rest holds two letters or digits at least. So a valid NIF inside a doubtful longer span keeps its type, a full name
// wins over its first word, and no byte that anybody found is ever left in clear.
#ifndef TERTULIA_SRC_PRIVACY_RESOLVER_H_
#define TERTULIA_SRC_PRIVACY_RESOLVER_H_

#include <string_view>
#include <vector>

#include "tertulia/entity.h"

namespace tertulia {

// Spans are bytes of `text`. Findings below `min_score`, empty ones and those outside the text are dropped. `rejected`, where
// it is given, is told of those below `min_score` and of those that lost all their bytes to another type.
[[nodiscard]] std::vector<Entity> resolve(std::vector<Entity> found, std::string_view text, double min_score, std::vector<Rejection>* rejected = nullptr);

}  // namespace tertulia

#endif  // TERTULIA_SRC_PRIVACY_RESOLVER_H_
