// One line of conversation JSON to a Conversation, streaming (no tree), with bounded nesting.
//
//   {"id","customer","channel","messages":[{"id","at","from":"customer|agent|other|system","author","text","reply_to"}]}
//
// Required: id, messages; of a message id, from, text. null stands for an absent optional field. Keys that are not listed are
// passed over, whatever they hold; a listed key that stands twice is refused.
#ifndef TERTULIA_SRC_INGEST_JSON_SOURCE_H_
#define TERTULIA_SRC_INGEST_JSON_SOURCE_H_

#include <string>
#include <string_view>

#include "tertulia/message.h"
#include "tertulia/status.h"

namespace tertulia {

// Longer ids and names of channels are refused: they are no ids.
inline constexpr std::size_t kMaxIdBytes = 512;

// `line` is valid UTF-8. Errors are kInvalidData, begin with `where` and name the place ("messages[2].from"), never content.
[[nodiscard]] Result<Conversation> parse_conversation(std::string_view line, const std::string& where, int utc_offset_minutes);

// "customer", "agent", "other", "system". False for anything else.
[[nodiscard]] bool parse_role(std::string_view name, Role* role);

// Names the two messages (from 1) of a conversation that have the same id, or ok.
[[nodiscard]] Status check_message_ids(const Conversation& conversation, const std::string& where);

}  // namespace tertulia

#endif  // TERTULIA_SRC_INGEST_JSON_SOURCE_H_
