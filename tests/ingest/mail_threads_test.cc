#include "ingest/mail_threads.h"

#include <doctest/doctest.h>

#include <string>

using namespace tertulia;

namespace {

struct Mail {
  const char* id;
  const char* from;
  const char* to;
  const char* subject;
  const char* reference;  // or ""
  int day;                // 0: no time
};

// "customer:1,2" a conversation, "!" for a refusal; numbers are indices.
std::string threads_of(const std::vector<Mail>& mails, const ReaderOptions& options) {
  const Marks marks = Marks::load("").value();
  const AuthorRoles roles(options, marks);
  MailThreads threads(options, marks, roles);
  std::size_t line = 0;
  for (const Mail& mail : mails) {
    ParsedMail parsed;
    parsed.message_id = mail.id;
    parsed.from.push_back({"", mail.from});
    parsed.to.push_back({"", mail.to});
    parsed.subject = mail.subject;
    if (*mail.reference != '\0') parsed.references.push_back(mail.reference);
    if (mail.day > 0) parsed.at = mail.day * 86'400'000'000LL;
    if (!threads.add(parsed, {line * 100, line})) return "duplicate " + std::to_string(line);
    ++line;
  }
  std::string out;
  for (const Result<MailConversation>& found : threads.conversations("f")) {
    if (!out.empty()) out += ' ';
    if (!found.ok()) {
      CHECK(found.status().message().find("@") == std::string::npos);
      out += "!";
      continue;
    }
    out += found->customer + ":";
    for (const std::size_t index : found->mails) out += std::to_string(index);
  }
  return out;
}

}  // namespace

TEST_CASE("threads and their customers") {
  struct Row {
    std::vector<Mail> mails;
    const char* threads;
  };
  const Row rows[] = {
      {{}, ""},
      {{{"1", "ana@x", "bot@b", "Hola", "", 1}}, "ana@x:0"},
      {{{"1", "ana@x", "info@b", "Hola", "", 1}, {"2", "info@b", "ana@x", "Re: Hola", "1", 2}, {"3", "ana@x", "info@b", "otro", "2", 3}}, "ana@x:012"},
      // By time, not by place in the file.
      {{{"2", "info@b", "ana@x", "Re: Hola", "1", 2}, {"1", "ana@x", "info@b", "Hola", "", 1}}, "ana@x:10"},
      // Without times the order of the file stays.
      {{{"2", "info@b", "ana@x", "Re: Hola", "1", 2}, {"1", "ana@x", "info@b", "Hola", "", 0}}, "ana@x:01"},
      // The mail between the two is not in the file.
      {{{"1", "ana@x", "info@b", "a", "0", 1}, {"2", "ana@x", "info@b", "b", "0", 2}}, "ana@x:01"},
      // Without references: by subject, of the same person only.
      {{{"1", "ana@x", "info@b", "Hola", "", 1}, {"2", "info@b", "ana@x", "RE: hola", "", 2}, {"3", "luis@y", "info@b", "Re: Hola", "", 3}}, "ana@x:01 luis@y:2"},
      {{{"1", "ana@x", "info@b", "Hola", "", 1}, {"2", "ana@x", "info@b", "Hola", "", 2}}, "ana@x:0 ana@x:1"},
      // Two customers answer one mailing: never mixed.
      {{{"1", "info@b", "ana@x", "Oferta", "", 1}, {"2", "ana@x", "info@b", "Re: Oferta", "1", 2}, {"3", "luis@y", "info@b", "Re: Oferta", "1", 3},
        {"4", "info@b", "luis@y", "Re: Oferta", "3", 4}}, "ana@x:01 luis@y:23"},
      // Nobody is known as an agent.
      {{{"1", "ana@x", "marta@b", "Hola", "", 1}, {"2", "marta@b", "ana@x", "Re: Hola", "1", 2}}, "!"},
      // Only the company writes.
      {{{"1", "info@b", "ana@x", "Hola", "", 1}}, "ana@x:0"},
      {{{"1", "ana@x", "info@b", "Hola", "", 1}, {"1", "ana@x", "info@b", "Hola", "", 1}}, "duplicate 1"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.threads);
    CHECK(threads_of(row.mails, {}) == row.threads);
  }
}

TEST_CASE("the customer that the host names") {
  const std::vector<Mail> pair = {{"1", "ana@x", "marta@b", "Hola", "", 1}, {"2", "marta@b", "ana@x", "Re: Hola", "1", 2}};
  ReaderOptions options;
  options.customer = "ANA@x";
  CHECK(threads_of(pair, options) == "ANA@x:01");
  options.customer = "H-1";
  CHECK(threads_of(pair, options) == "!");
  options.customer_author = "ana@x";
  CHECK(threads_of(pair, options) == "H-1:01");
  options.customer_author = "";
  options.agents = {"@b"};
  CHECK(threads_of(pair, options) == "H-1:01");
}

TEST_CASE("a chain of 100,000 mails") {
  std::vector<Mail> mails;
  std::vector<std::string> ids;
  for (int i = 0; i <= 100'000; ++i) ids.push_back(std::to_string(i));
  for (std::size_t i = 100'000; i > 0; --i) mails.push_back({ids[i].c_str(), "ana@x", "info@b", "s", ids[i - 1].c_str(), 1});
  const std::string found = threads_of(mails, {});
  CHECK(found.find(' ') == std::string::npos);
}
