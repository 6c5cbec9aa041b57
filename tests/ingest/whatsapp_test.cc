// readers/whatsapp.cc
#include <doctest/doctest.h>

#include <string>

#include "reading.h"

using namespace tertulia;

namespace {

ReaderOptions whatsapp() {
  ReaderOptions options;
  options.format = "whatsapp";
  return options;
}

// Roles in order: "c" customer, "a" agent, "o" other.
std::string roles_of(const std::string& text) {
  std::string out;
  for (std::size_t at = 0; (at = text.find("Z ", at)) != std::string::npos; at += 2) out += text[at + 2];
  return out;
}

}  // namespace

TEST_CASE("the order of day and month is that of the whole file") {
  const std::string month_first = "2/3/26, 10:15 - Ana: uno\n2/13/26, 10:15 - Ana: dos\n";
  const Reading reading = read_text(month_first, "c.txt", {});
  CHECK(reading.text ==
        "c | customer Ana | whatsapp\n"
        "  2026-02-03T10:15:00Z/1 2026-02-03T10:15:00Z customer Ana: uno\n"
        "  2026-02-13T10:15:00Z/1 2026-02-13T10:15:00Z customer Ana: dos\n");
  CHECK(reading.report.assumptions == std::vector<std::string>{"month before day (a number over 12 tells)", "clock taken as UTC"});
  ReaderOptions options;
  options.utc_offset_minutes = 60;
  CHECK(read_text("13/2/26, 0:30 - Ana: uno\n", "c.txt", options).text.find("2026-02-12T23:30:00Z customer") != std::string::npos);
}

TEST_CASE("who is the customer") {
  const std::string two = "13/2/26, 10:15 - Ana: uno\n13/2/26, 10:16 - Marta: dos\n";
  const std::string three = two + "13/2/26, 10:17 - Luis: tres\n";
  struct Row {
    std::string text;
    const char* customer;
    const char* author;
    std::vector<std::string> agents;
    const char* roles;
    const char* id;
  };
  const Row rows[] = {
      {two, "", "", {"MARTA"}, "ca", "Ana"},
      {two, "Ana", "", {}, "co", "Ana"},
      {two, "H-7", "Ana", {"Marta"}, "ca", "H-7"},
      {two, "H-7", "", {"Marta"}, "ca", "H-7"},
      {three, "ana", "", {"Marta"}, "cao", "ana"},
      {two, "H-7", "", {"Ana", "Marta"}, "aa", "H-7"},
  };
  for (const Row& row : rows) {
    ReaderOptions options = whatsapp();
    options.customer = row.customer;
    options.customer_author = row.author;
    options.agents = row.agents;
    const Reading reading = read_text(row.text, "c.txt", options);
    CHECK(reading.errors == "");
    CHECK(roles_of(reading.text) == row.roles);
    CHECK(reading.text.find(std::string("customer ") + row.id + " |") != std::string::npos);
  }
  ReaderOptions options = whatsapp();
  CHECK(read_text(two, "c.txt", options).errors ==
        "c.txt: 2 authors are not known as agents; name the agents, or the author who is the customer\n");
  options.agents = {"Ana", "Marta"};
  CHECK(read_text(two, "c.txt", options).errors == "c.txt: every author is an agent; name the customer\n");
}

TEST_CASE("ids stay the same when the chat is exported again, later") {
  std::string chat = "13/2/26, 10:15 - Ana: uno\n13/2/26, 10:15 - Ana: dos\n13/2/26, 10:16 - Ana: tres\n";
  const Reading first = read_text(chat, "c.txt", {});
  const Reading second = read_text(chat + "14/2/26, 9:00 - Ana: cuatro\n", "c.txt", {});
  CHECK(second.text.substr(0, first.text.size()) == first.text);
  // A message deleted since then keeps its place.
  chat.replace(chat.find("uno"), 3, "Eliminaste este mensaje");
  const Reading deleted = read_text(chat, "c.txt", {});
  CHECK(deleted.text.find("/2 2026-02-13T10:15:00Z customer Ana: dos") != std::string::npos);
  CHECK(deleted.report.skipped.at("deleted message") == 1);
}

TEST_CASE("split, and not a chat at all") {
  ReaderOptions options = whatsapp();
  options.max_messages = 2;
  std::string chat;
  for (int i = 10; i < 15; ++i) chat += "13/2/26, 10:" + std::to_string(i) + " - Ana: m\n";
  const Reading reading = read_text(chat, "c.txt", options);
  CHECK(reading.report.conversations == 3);
  CHECK(reading.report.messages == 5);
  CHECK(reading.text.find("c#3 | customer Ana") != std::string::npos);
  CHECK(read_text("hola\n", "c.txt", whatsapp()).errors == "c.txt: no line begins like one of a WhatsApp export\n");
  CHECK(read_text("13/2/26, 10:15 - Los mensajes están cifrados.\n", "c.txt", {}).text == "");
}

TEST_CASE("hostile chats") {
  ReaderOptions options = whatsapp();
  options.max_line_bytes = 1u << 16;
  const std::string start = "13/2/26, 10:15 - Ana: uno\n";
  const Reading long_line = read_text(start + "13/2/26, 10:16 - Ana: " + std::string(10u << 20, 'x') + "\n13/2/26, 10:17 - Ana: dos\n", "c.txt", options);
  CHECK(long_line.errors == "c.txt:2: longer than 65536 bytes\n");
  CHECK(long_line.report.messages == 2);
  const Reading behind = read_text(start + "13/2/26, 10:16 - Banco: " + std::string(1u << 17, 'x') + "\nsigue el banco\n", "c.txt", options);
  CHECK(behind.text == "c | customer Ana | whatsapp\n  2026-02-13T10:15:00Z/1 2026-02-13T10:15:00Z customer Ana: uno\n");
  std::string many = start;
  for (int i = 0; i < 100'000; ++i) many += "otra línea\n";
  const Reading long_message = read_text(many + "13/2/26, 10:17 - Ana: dos\n", "c.txt", options);
  CHECK(long_message.errors == "c.txt:1: the message is longer than 65536 bytes\n");
  CHECK(long_message.report.messages == 1);
  std::string authors;
  for (int i = 0; i < 5000; ++i) authors += "13/2/26, 10:15 - A" + std::to_string(i) + ": x\n";
  CHECK(read_text(authors, "c.txt", options).errors == "c.txt: more than 4096 authors\n");
  const Reading odd = read_text(start + "31/2/26, 10:16 - Ana: fecha rara\n13/2/26, 10:17 - Ana: \xFF\n", "c.txt", options);
  CHECK(odd.text.find("  line 2 - customer Ana: fecha rara\n") != std::string::npos);
  CHECK(odd.report.repaired_utf8 == 1);
}
