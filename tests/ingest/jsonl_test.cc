// readers/jsonl.cc
#include <doctest/doctest.h>

#include <string>

#include "reading.h"

using namespace tertulia;

namespace {

std::string line(const std::string& id, const std::string& messages, const std::string& customer = "C") {
  return R"({"id":")" + id + R"(","customer":")" + customer + R"(","channel":"chat","messages":[)" + messages + "]}\n";
}
std::string message(const std::string& id) { return R"({"id":")" + id + R"(","from":"customer","text":"t"})"; }

}  // namespace

TEST_CASE("one bad line is reported and the rest goes on") {
  const std::string text = line("a", message("1")) + "{broken\n" + line("b", message("1") + "," + message("1")) + "\n" +
                           line("a", message("1")) + line("b", message("1")) + line("d", "") + line("e", message("1"), "") +
                           line("f", message("1"));
  const Reading reading = read_text(text, "x.jsonl", {});
  CHECK(reading.text ==
        "a | customer C | chat\n  1 - customer : t\n"
        "b | customer C | chat\n  1 - customer : t\n"
        "f | customer C | chat\n  1 - customer : t\n");
  CHECK(reading.errors ==
        "x.jsonl:2:2: Missing a name for object member.\n"
        "x.jsonl:3: messages[0] and messages[1] have the same id\n"
        "x.jsonl:5: id: already used by the conversation on line 1\n"
        "x.jsonl:8: customer: is missing\n");
  CHECK(reading.report.lines == 9);
  CHECK(reading.report.conversations == 3);
  CHECK(reading.report.messages == 3);
  CHECK(reading.report.skipped.at("conversation without messages") == 1);
  CHECK(reading.report.skipped.at("bad json") == 1);
  CHECK(reading.report.skipped.at("bad conversation") == 3);
}

TEST_CASE("the customer of the file, unknown channels, split conversations") {
  ReaderOptions options;
  options.customer = "H-1";
  options.max_messages = 2;
  const Reading reading = read_text(line("a", message("1") + "," + message("2") + "," + message("3"), "") +
                                        R"({"id":"b","channel":"Ana 600000000","messages":[)" + message("1") + "]}\n",
                                    "x.jsonl", options);
  CHECK(reading.text ==
        "a | customer H-1 | chat\n  1 - customer : t\n  2 - customer : t\n"
        "a#2 | customer H-1 | chat\n  3 - customer : t\n"
        "b | customer H-1 | other\n  1 - customer : t\n");
  CHECK(reading.report.messages == 4);
}

TEST_CASE("hostile lines") {
  ReaderOptions options;
  options.max_line_bytes = 1u << 20;
  const std::string text = std::string(10u << 20, '[') + "\n" + line("a", message("1")) + std::string(500'000, '[') + "\n" +
                           std::string("\0\0\0\n", 4) + "{\"id\":\"\xFF\xFE\",\"customer\":\"C\",\"messages\":[" + message("1") + "]}\n" +
                           std::string(2u << 20, 'x');
  const Reading reading = read_text(text, "x.jsonl", options);
  CHECK(reading.text ==
        "a | customer C | chat\n  1 - customer : t\n"
        "\xEF\xBF\xBD\xEF\xBF\xBD | customer C | \n  1 - customer : t\n");
  CHECK(reading.errors ==
        "x.jsonl:1: longer than 1048576 bytes\n"
        "x.jsonl:3: expected an object\n"
        "x.jsonl:4:1: Invalid value.\n"
        "x.jsonl:6: longer than 1048576 bytes\n");
  CHECK(reading.report.repaired_utf8 == 5);
  CHECK(reading.report.skipped.at("line too long") == 2);
}
