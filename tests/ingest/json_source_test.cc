#include "ingest/json_source.h"

#include <doctest/doctest.h>

#include <string>

#include "ingest/reader_table.h"

using namespace tertulia;

namespace {

std::string one(const std::string& message) { return R"({"id":"c","customer":"C","messages":[)" + message + "]}"; }

}  // namespace

TEST_CASE("a conversation, or where it is wrong") {
  struct Row {
    std::string line, expected;  // conversation_text(), or the error
  };
  const Row rows[] = {
      {R"({"id":"c","customer":"C","channel":"chat","messages":[]})", "c | customer C | chat\n"},
      {R"({"messages":[],"id":"c"})", "c | customer  | \n"},
      {R"( {"id":"c","customer":null,"channel":null,"messages":[]} )", "c | customer  | \n"},
      {one(R"({"id":"1","from":"other","text":""})"), "c | customer C | \n  1 - other : \n"},
      {one(R"({"id":"1","from":"system","text":"a\u0000b","at":null,"author":null,"reply_to":null})"),
       "c | customer C | \n  1 - system : a b\n"},
      {one(R"({"id":"1","at":"2026-03-02","from":"customer","text":"x","x":{"id":[{"text":5}]},"y":[[]],"z":1e9})"),
       "c | customer C | \n  1 2026-03-02T00:00:00Z customer : x\n"},
      {R"({"id":"c","text":{"deep":[1,{"id":"no"}]},"messages":[]})", "c | customer  | \n"},
      {"", "f:7:1: The document is empty."},
      {"{", "f:7:2: Missing a name for object member."},
      {R"({"id":"c","messages":[]} x)", "f:7:26: The document root must not be followed by other values."},
      {R"({"id":"c","messages":[],})", "f:7:25: Missing a name for object member."},
      {R"({"id":"c","messages":["secreto"]})", "f:7: messages[0]: expected an object"},
      {R"({"id":"c","messages":[[]]})", "f:7: messages[0]: expected an object"},
      {R"({"id":"c","messages":{}})", "f:7: messages: expected a list"},
      {R"({"id":"c","messages":"secreto"})", "f:7: messages: expected a list"},
      {R"({"id":"c","messages":null})", "f:7: messages: expected a list"},
      {R"({"id":"c"})", "f:7: messages: is missing"},
      {R"({"messages":[]})", "f:7: id: is missing"},
      {R"({"id":5,"messages":[]})", "f:7: id: expected a string"},
      {R"({"id":null,"messages":[]})", "f:7: id: expected a string"},
      {R"({"id":" ","messages":[]})", "f:7: id: is empty"},
      {R"({"id":["c"],"messages":[]})", "f:7: id: expected a string"},
      {R"({"id":{"a":1},"messages":[]})", "f:7: id: expected a string"},
      {R"({"id":")" + std::string(600, 'x') + R"(","messages":[]})", "f:7: id: longer than 512 bytes"},
      {R"({"id":"c","id":"d","messages":[]})", "f:7: id: the key stands twice"},
      {R"({"id":"c","messages":[],"messages":[]})", "f:7: messages: the key stands twice"},
      {"[]", "f:7: expected an object"},
      {"5", "f:7: expected an object"},
      {"\"secreto\"", "f:7: expected an object"},
      {"null", "f:7: expected an object"},
      {one(R"({"id":"1","from":"boss","text":"x"})"), "f:7: messages[0].from: expected customer, agent, other or system"},
      {one(R"({"id":"1","from":"customer","text":5})"), "f:7: messages[0].text: expected a string"},
      {one(R"({"id":"1","from":"customer","text":null})"), "f:7: messages[0].text: expected a string"},
      {one(R"({"id":"1","from":"customer"})"), "f:7: messages[0].text: is missing"},
      {one(R"({"from":"customer","text":"x"})"), "f:7: messages[0].id: is missing"},
      {one(R"({"id":"1","text":"x"})"), "f:7: messages[0].from: is missing"},
      {one(R"({"id":"1","from":"customer","text":"x"},{"id":"2","from":"customer","text":"x","at":"ayer"})"),
       "f:7: messages[1].at: expected a time such as 2026-03-02T10:15:00Z"},
      {one(R"({"id":"1","from":"customer","text":"x","at":1772446500})"), "f:7: messages[0].at: expected a string"},
      {one(R"({"id":"1","from":"customer","text":"\ud83d"})"), "f:7:74: The surrogate pair in string is invalid."},
      {one(R"({"id":"1","from":"customer","text":"x","n":1e999})"), "f:7:81: Number too big to be stored in double."},
  };
  for (const Row& row : rows) {
    CAPTURE(row.line);
    const Result<Conversation> parsed = parse_conversation(row.line, "f:7", 0);
    const std::string got = parsed.ok() ? conversation_text(*parsed) : parsed.status().message();
    CHECK(got == row.expected);
    CHECK(got.find("secreto") == std::string::npos);
  }
}

TEST_CASE("two million brackets are an error, not a crash") {
  for (const char* open : {"[", "{\"a\":", "[{\"a\":"}) {
    std::string line = R"({"id":"c","x":)";
    while (line.size() < 2'000'000) line += open;
    CHECK(parse_conversation(line, "f:1", 0).status().message() == "f:1: nested deeper than 64 levels");
  }
  CHECK(parse_conversation(std::string(2'000'000, '['), "f:1", 0).status().message() == "f:1: expected an object");
}

TEST_CASE("roles and message ids") {
  Role role = Role::kCustomer;
  CHECK(parse_role("agent", &role));
  CHECK(role == Role::kAgent);
  CHECK(!parse_role("Agent", &role));
  CHECK(!parse_role("", &role));
  Conversation conversation;
  for (const char* id : {"3", "1", "2", "10"}) conversation.messages.push_back({id, {}, Role::kCustomer, "", "", ""});
  CHECK(check_message_ids(conversation, "f:1").ok());
  conversation.messages.push_back({"1", {}, Role::kCustomer, "", "", ""});
  CHECK(check_message_ids(conversation, "f:1").message() == "f:1: messages[1] and messages[4] have the same id");
}
