// RapidJSON's SAX reader with the iterative parser: nesting costs no stack, and the handler stops it at kMaxDepth.
// Test: tests/ingest/json_source_test.cc.
#include "ingest/json_source.h"

#include <rapidjson/error/en.h>
#include <rapidjson/memorystream.h>
#include <rapidjson/reader.h>

#include <algorithm>
#include <numeric>
#include <optional>
#include <vector>

#include "base/clock.h"

namespace tertulia {
namespace {

constexpr int kMaxDepth = 64;

enum Field : unsigned { kId, kCustomer, kChannel, kMessages, kAt, kFrom, kAuthor, kText, kReplyTo, kUnknown };
constexpr const char* kFieldNames[] = {"id", "customer", "channel", "messages", "at", "from", "author", "text", "reply_to"};
constexpr unsigned bit(Field field) { return 1u << field; }
constexpr unsigned kOfConversation = bit(kId) | bit(kCustomer) | bit(kChannel) | bit(kMessages);
constexpr unsigned kOfMessage = bit(kId) | bit(kAt) | bit(kFrom) | bit(kAuthor) | bit(kText) | bit(kReplyTo);

Field field_of(std::string_view name, unsigned allowed) {
  for (unsigned i = 0; i < kUnknown; ++i) {
    if ((allowed & (1u << i)) != 0 && name == kFieldNames[i]) return static_cast<Field>(i);
  }
  return kUnknown;
}

class Handler {
 public:
  explicit Handler(int utc_offset_minutes) : offset_(utc_offset_minutes) {}

  bool Null() {
    if (skipping()) return true;
    if (place_ == Place::kConversation || place_ == Place::kMessage) {
      switch (field_) {
        case kUnknown:
        case kCustomer:
        case kChannel:
        case kAt:
        case kAuthor:
        case kReplyTo:
          return true;
        default:
          break;
      }
    }
    return wrong_type();
  }
  bool Bool(bool) { return other(); }
  bool Int(int) { return other(); }
  bool Uint(unsigned) { return other(); }
  bool Int64(std::int64_t) { return other(); }
  bool Uint64(std::uint64_t) { return other(); }
  bool Double(double) { return other(); }
  bool RawNumber(const char*, rapidjson::SizeType, bool) { return other(); }

  bool String(const char* bytes, rapidjson::SizeType size, bool) {
    if (skipping()) return true;
    const std::string_view value(bytes, size);
    if (place_ == Place::kConversation) return conversation_string(value);
    if (place_ == Place::kMessage) return message_string(value);
    return wrong_type();
  }

  bool StartObject() {
    if (skip_depth_ > 0) return deeper();
    switch (place_) {
      case Place::kStart:
        place_ = Place::kConversation;
        return true;
      case Place::kMessages:
        place_ = Place::kMessage;
        seen_message_ = 0;
        conversation_.messages.emplace_back();
        return true;
      default:
        return field_ == kUnknown && place_ != Place::kEnd ? deeper() : wrong_type();
    }
  }

  bool Key(const char* bytes, rapidjson::SizeType size, bool) {
    if (skip_depth_ > 0) return true;
    const bool in_message = place_ == Place::kMessage;
    field_ = field_of({bytes, size}, in_message ? kOfMessage : kOfConversation);
    if (field_ == kUnknown) return true;
    unsigned& seen = in_message ? seen_message_ : seen_;
    if ((seen & bit(field_)) != 0) return fail("the key stands twice");
    seen |= bit(field_);
    return true;
  }

  bool EndObject(rapidjson::SizeType) {
    if (skip_depth_ > 0) return shallower();
    if (place_ == Place::kMessage) {
      for (const Field required : {kId, kFrom, kText}) {
        if ((seen_message_ & bit(required)) == 0) {
          field_ = required;
          return fail("is missing");
        }
      }
      place_ = Place::kMessages;
      return true;
    }
    for (const Field required : {kId, kMessages}) {
      if ((seen_ & bit(required)) == 0) {
        field_ = required;
        return fail("is missing");
      }
    }
    place_ = Place::kEnd;
    return true;
  }

  bool StartArray() {
    if (skip_depth_ > 0) return deeper();
    if (place_ == Place::kConversation && field_ == kMessages) {
      place_ = Place::kMessages;
      return true;
    }
    const bool in_object = place_ == Place::kConversation || place_ == Place::kMessage;
    return in_object && field_ == kUnknown ? deeper() : wrong_type();
  }

  bool EndArray(rapidjson::SizeType) {
    if (skip_depth_ > 0) return shallower();
    place_ = Place::kConversation;
    return true;
  }

  [[nodiscard]] const std::string& error() const { return error_; }
  [[nodiscard]] Conversation take() { return std::move(conversation_); }

 private:
  enum class Place { kStart, kConversation, kMessages, kMessage, kEnd };

  // A value of a key that nobody reads, or something inside of one.
  [[nodiscard]] bool skipping() const {
    return skip_depth_ > 0 || (field_ == kUnknown && (place_ == Place::kConversation || place_ == Place::kMessage));
  }
  bool other() { return skipping() || wrong_type(); }
  bool deeper() {
    if (++skip_depth_ <= kMaxDepth) return true;
    error_ = "nested deeper than " + std::to_string(kMaxDepth) + " levels";
    return false;
  }
  bool shallower() {
    --skip_depth_;
    return true;
  }

  bool fail(const std::string& what) {
    if (place_ == Place::kMessage) error_ = "messages[" + std::to_string(conversation_.messages.size() - 1) + "].";
    error_ += kFieldNames[field_];
    error_ += ": ";
    error_ += what;
    return false;
  }
  bool wrong_type() {
    if (place_ == Place::kMessages) {
      error_ = "messages[" + std::to_string(conversation_.messages.size()) + "]: expected an object";
      return false;
    }
    if (place_ == Place::kStart || place_ == Place::kEnd) {
      error_ = "expected an object";
      return false;
    }
    return fail(field_ == kMessages ? "expected a list" : "expected a string");
  }

  // An id: not empty, not too long.
  bool id_into(std::string_view value, std::string* out) {
    if (value.find_first_not_of(" \t\n") == std::string_view::npos) return fail("is empty");
    return short_into(value, out);
  }
  bool short_into(std::string_view value, std::string* out) {
    if (value.size() > kMaxIdBytes) return fail("longer than " + std::to_string(kMaxIdBytes) + " bytes");
    text_into(value, out);
    return true;
  }
  // \u0000 can be written in JSON; no later stage should meet it.
  static void text_into(std::string_view value, std::string* out) {
    out->assign(value);
    for (std::size_t at = out->find('\0'); at != std::string::npos; at = out->find('\0', at)) (*out)[at] = ' ';
  }

  bool conversation_string(std::string_view value) {
    switch (field_) {
      case kId: return id_into(value, &conversation_.id);
      case kCustomer: return short_into(value, &conversation_.customer);
      case kChannel: return short_into(value, &conversation_.channel);
      default: return wrong_type();
    }
  }

  bool message_string(std::string_view value) {
    Message& message = conversation_.messages.back();
    switch (field_) {
      case kId: return id_into(value, &message.id);
      case kReplyTo: return short_into(value, &message.reply_to);
      case kAuthor: return short_into(value, &message.author);
      case kText: text_into(value, &message.text); return true;
      case kFrom:
        return parse_role(value, &message.role) || fail("expected customer, agent, other or system");
      case kAt: {
        const Result<Timestamp> at = parse_time(value, offset_);
        if (!at.ok()) return fail(at.status().message());
        message.at = *at;
        return true;
      }
      default: return wrong_type();
    }
  }

  int offset_;
  Place place_ = Place::kStart;
  Field field_ = kId;
  int skip_depth_ = 0;
  unsigned seen_ = 0, seen_message_ = 0;
  Conversation conversation_;
  std::string error_;
};

}  // namespace

bool parse_role(std::string_view name, Role* role) {
  if (name == "customer") *role = Role::kCustomer;
  else if (name == "agent") *role = Role::kAgent;
  else if (name == "other") *role = Role::kOther;
  else if (name == "system") *role = Role::kSystem;
  else return false;
  return true;
}

Result<Conversation> parse_conversation(std::string_view line, const std::string& where, int utc_offset_minutes) {
  Handler handler(utc_offset_minutes);
  rapidjson::MemoryStream stream(line.data(), line.size());
  rapidjson::Reader reader;
  const rapidjson::ParseResult parsed = reader.Parse<rapidjson::kParseIterativeFlag>(stream, handler);
  if (!parsed.IsError()) return handler.take();
  if (!handler.error().empty()) return Status(StatusCode::kInvalidData, where + ": " + handler.error());
  return Status(StatusCode::kInvalidData,
                where + ":" + std::to_string(parsed.Offset() + 1) + ": " + rapidjson::GetParseError_En(parsed.Code()));
}

Status check_message_ids(const Conversation& conversation, const std::string& where) {
  const std::vector<Message>& messages = conversation.messages;
  std::vector<std::size_t> order(messages.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    const int compared = messages[a].id.compare(messages[b].id);
    return compared != 0 ? compared < 0 : a < b;
  });
  for (std::size_t i = 1; i < order.size(); ++i) {
    if (messages[order[i]].id == messages[order[i - 1]].id) {
      return Status(StatusCode::kInvalidData, where + ": messages[" + std::to_string(order[i - 1]) + "] and messages[" +
                                                  std::to_string(order[i]) + "] have the same id");
    }
  }
  return {};
}

}  // namespace tertulia
