// readers/csv.cc
#include <doctest/doctest.h>

#include <string>

#include "reading.h"

using namespace tertulia;

TEST_CASE("delimiters, encodings, ids and errors") {
  struct Row {
    std::string text, expected;  // conversations, then errors
  };
  const Row rows[] = {
      {"conversation,customer,text\nc,C,\"a,b\"\nc,C,d\n", "c | customer C | \n  1 - customer : a,b\n  2 - customer : d\n"},
      {"conversation\tcustomer\ttext\tauthor\nc\tC\thola\tBanco Norte\n", "c | customer C | \n  1 - agent Banco Norte: hola\n"},
      {"sep=;\r\nconversation;customer;text\r\nc;C;x\r\n", "c | customer C | \n  1 - customer : x\n"},
      {"\xEF\xBB\xBF" "Conversation;Customer;Text\nc;C;ni\xC3\xB1o\n", "c | customer C | \n  1 - customer : niño\n"},
      {"conversation;customer;text\nc;C;ni\xF1o \x80\n", "c | customer C | \n  1 - customer : niño €\n"},
      {"conversation;customer;text\n", ""},
      {"conversation;text\nc;x\n", "m.csv:2: customer: the conversation that ends here has none\n"},
      {"conversation;customer;text\n;C;x\n", "m.csv:2: conversation: is missing\n"},
      {"conversation;customer;text\nc;1,23E+17;x\nc;C;y\n",
       "c | customer C | \n  1 - customer : y\nm.csv:2: customer: a long number that a spreadsheet has rounded; export it as text\n"},
      {"conversation;customer;text\nc;C;x\nc;D;y\n",
       "c | customer C | \n  1 - customer : x\nm.csv:3: customer: the conversation has another customer on line 2\n"},
      {"conversation;customer;id;text\nc;C;1;x\nd;C;1;y\nc;C;1;z\nc;C;;w\n",
       "d | customer C | \n  1 - customer : y\nc | customer C | \n  1 - customer : x\nm.csv:4: id: already used on line 2\nm.csv:5: id: is missing\n"},
      {"conversation;customer\nc;C\n", "m.csv:1: no column \"text\" for text in the first line; say which one it is with a column map\n"},
      {"conversation;customer;text\nc;C\nc;C;y;extra\n", "c | customer C | \n  1 - customer : y\nm.csv:2: text: the row ends before it\n"},
      {"conversation;customer;text\nc;C;\"open\nc;C;y\n", "c | customer C | \n  1 - customer : y\nm.csv:2: a quoted field is not closed\n"},
      {"conversation;customer;at;text\nc;C;3/13/2026 9:05 PM;x\nc;C;3/2/2026;y\nc;C;2026-04-01T10:00:00+02:00;z\nc;C;;w\n",
       "c | customer C | \n  1 2026-03-13T21:05:00Z customer : x\n  2 2026-03-02T00:00:00Z customer : y\n  3 2026-04-01T08:00:00Z customer : z\n"
       "  4 - customer : w\n"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.text);
    const Reading reading = read_text(row.text, "m.csv", {});
    CHECK(reading.text + reading.errors == row.expected);
  }
}

TEST_CASE("interleaved conversations come when complete, and are split when too many messages are open") {
  std::string text = "conversation;customer;id;text\n";
  for (int i = 0; i < 40; ++i) {
    for (const char* id : {"a", "b"}) text += std::string(id) + ";C;" + std::to_string(i) + ";t\n";
  }
  const Reading whole = read_text(text, "m.csv", {});
  CHECK(whole.report.conversations == 2);
  CHECK(whole.report.messages == 80);
  CHECK(whole.text.find("a | customer C") < whole.text.find("b | customer C"));
  ReaderOptions options;
  options.max_messages = 16;
  const Reading split = read_text(text, "m.csv", options);
  CHECK(split.report.messages == 80);
  CHECK(split.report.conversations == 6);
  CHECK(split.text.find("a#3 | customer C") != std::string::npos);
  CHECK(split.errors == "");
  // 100 conversations of 3 messages each, all open at once: no more than 16 messages are held.
  text = "conversation;customer;text\n";
  for (int i = 0; i < 3; ++i) {
    for (int c = 0; c < 100; ++c) text += "c" + std::to_string(c) + ";C;t\n";
  }
  options.max_messages = 1;
  CHECK(read_text(text, "m.csv", options).report.messages == 300);
  options.max_messages = 5;
  const Reading bounded = read_text(text, "m.csv", options);
  CHECK(bounded.report.messages == 300);
  CHECK(bounded.report.conversations > 100);
  CHECK(bounded.errors == "");
}

TEST_CASE("the report tells what was assumed") {
  const Reading reading = read_text("conversation;customer;at;text\nc;C;3/2/2026;ma\xF1" "ana\n", "m.csv", {});
  REQUIRE(reading.report.assumptions.size() == 2);
  CHECK(reading.report.assumptions[0] == "text taken as Windows-1252");
  CHECK(reading.report.assumptions[1] == "day before month (nothing in the file tells)");
  CHECK(reading.report.lines == 2);
}

TEST_CASE("hostile tables") {
  ReaderOptions options;
  options.max_line_bytes = 1u << 16;
  std::string text = "conversation;customer;text\n";
  text += "c;C;" + std::string(1u << 20, 'x') + "\nc;C;ok\n\"\n\0\n";
  for (int i = 0; i < 5000; ++i) text += "c;C;\"\n";
  CHECK(read_text(text, "m.csv", options).report.lines > 5000);
  CHECK(read_text(std::string(1u << 20, '"'), "m.csv", {}).errors != "");
  CHECK(read_text(std::string(1u << 20, ';'), "m.csv", {}).errors != "");
}
