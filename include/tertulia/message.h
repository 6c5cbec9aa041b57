// What an export holds: conversations of messages, as exported and therefore personal.
//
// A Message is never classified, stored or logged; only `Anonymizer` takes it and gives the
// `CleanMessage` that the later stages accept. Plain values; the caller owns them.
#ifndef TERTULIA_MESSAGE_H_
#define TERTULIA_MESSAGE_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace tertulia {

// Who speaks. Only the customer's own words make attributes; the others are context.
enum class Role { kCustomer, kAgent, kOther, kSystem };

// Microseconds since 1970-01-01T00:00:00Z.
using Timestamp = std::int64_t;

struct Message {
  std::string id;                // unique within its conversation; never empty
  std::optional<Timestamp> at;   // absent when the export does not say
  Role role = Role::kCustomer;
  std::string author;            // name or account as exported; may be empty
  std::string text;              // valid UTF-8 (readers repair it)
  std::string reply_to;          // id of the message answered, or empty
};

struct Conversation {
  std::string id;         // unique within its source
  std::string customer;   // the host's id of the customer
  std::string channel;    // "whatsapp", "email", …: an id of models/channels.json, or empty
  std::vector<Message> messages;  // in the order of the export
};

}  // namespace tertulia

#endif  // TERTULIA_MESSAGE_H_
