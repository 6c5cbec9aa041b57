#include "ingest/mime_parser.h"

#include <doctest/doctest.h>

#include <string>

#include "base/clock.h"

using namespace tertulia;

namespace {

ParsedMail parse(std::string_view text, std::size_t max = 1u << 20) {
  MimeParser parser(max, false);
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    parser.line(text.substr(0, end));
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  }
  std::size_t repaired = 0;
  return parser.finish(&repaired);
}

}  // namespace

TEST_CASE("bodies") {
  struct Row {
    std::string mail, plain, html;
  };
  const Row rows[] = {
      {"", "", ""},
      {"Subject: x", "", ""},
      {"Subject: x\n\nhola\n", "hola\n", ""},
      {"Content-Type: text/html\n\n<p>x\n", "", "<p>x\n"},
      {"Content-Type: text/plain; charset=iso-8859-1\nContent-Transfer-Encoding: Quoted-Printable\n\nni=F1o=\n s\n", "niño s\n", ""},
      {"Content-Transfer-Encoding: base64\n\naG9s\nYQ==\n", "hola", ""},
      {"Content-Type: text/plain;\n charset=utf-8;\n\tformat=flowed\n\na \nb\n", "a b\n", ""},
      {"Content-Type: multipart/alternative; boundary=b\n\npre\n--b\n\nplain\n--b\nContent-Type: text/html\n\n<p>\n--b--\npost\n", "plain\n", "<p>\n"},
      {"Content-Type: multipart/mixed; boundary=\"o o\"\n\n--o o\nContent-Type: multipart/alternative; boundary=i\n\n--i\n\na\n--i--\nx\n--o o\n\nb\n--o o--\n", "a\n\nb\n", ""},
      {"Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Disposition: attachment; filename=x.txt\n\nno\n--b\n\nyes\n--b--", "yes\n", ""},
      {"Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: message/rfc822\n\nSubject: old\n\nold\n--b\n\nnew\n", "new\n", ""},
      {"Content-Type: multipart/mixed; boundary=b\n\n--bb\n\nno\n--b  \n\nyes\n--b-- \n", "yes\n", ""},
      {"Content-Type: multipart/mixed; boundary=o\n\n--o\nContent-Type: multipart/mixed; boundary=i\n\n--i\n\na\n--o\n\nb\n--i\n\nc\n--o--\n", "a\n\nb\n--i\n\nc\n", ""},
      {"Content-Type: multipart/mixed\n\n--b\nx\n", "", ""},
      {"Content-Type: multipart/mixed; boundary=b\n\n--b\n--b\n--b\n\nx\n", "x\n", ""},
      {"Content-Transfer-Encoding: base64\n\n!!!\n", "", ""},
  };
  for (const Row& row : rows) {
    CAPTURE(row.mail);
    const ParsedMail mail = parse(row.mail);
    CHECK(mail.plain == row.plain);
    CHECK(mail.html == row.html);
    CHECK(!mail.too_large);
  }
}

TEST_CASE("header fields") {
  const ParsedMail mail = parse(
      "From: Ana\n <ana@x.es>\nFrom: Otra <o@x.es>\nTO: a@x.es\nCc: b@x.es\nSubject: =?utf-8?Q?=C3=B1?=\n =?utf-8?Q?=C3=B1?=\nMessage-Id: <1@x>\n"
      "In-Reply-To: <0@x>\nReferences: <00@x>\n <0@x>\nDate: nunca\nReceived: from a by b; Mon, 3 Mar 2025 10:12:00 +0100\nno colon\n: empty\n\nx\n");
  REQUIRE(mail.from.size() == 1);
  CHECK(mail.from[0].name == "Ana");
  CHECK(mail.from[0].address == "ana@x.es");
  CHECK(mail.to.size() == 2);
  CHECK(mail.subject == "ññ");
  CHECK(mail.message_id == "1@x");
  CHECK(mail.in_reply_to == "0@x");
  CHECK(mail.references == std::vector<std::string>{"00@x", "0@x", "0@x"});
  REQUIRE(mail.at.has_value());
  CHECK(format_time(*mail.at) == "2025-03-03T09:12:00Z");
}

TEST_CASE("hostile mails cost bounded memory and no stack") {
  // 100,000 multiparts within each other.
  std::string nested;
  for (int i = 0; i < 100'000; ++i) {
    const std::string boundary = "b" + std::to_string(i);
    nested += "Content-Type: multipart/mixed; boundary=" + boundary + "\n\n--" + boundary + "\n";
  }
  nested += "\nhola\n";
  CHECK(parse(nested).plain == "");
  // A header of a million fields, and one field of 10 MB over many lines.
  std::string bomb;
  for (int i = 0; i < 1'000'000; ++i) bomb += "X-A: b\n";
  CHECK(parse(bomb + "Subject: s\n\nx\n").subject == "s");
  std::string folded = "Subject: a\n";
  for (int i = 0; i < 100'000; ++i) folded += " " + std::string(100, 'y') + "\n";
  CHECK(parse(folded + "\nx\n").subject.size() <= MimeParser::kMaxField);
  // More text than the limit.
  CHECK(parse("\n" + std::string(2000, 'x') + "\n", 1000).too_large);
  CHECK(!parse("\n" + std::string(900, 'x') + "\n", 1000).too_large);
  std::string parts = "Content-Type: multipart/mixed; boundary=b\n\n";
  for (int i = 0; i < 50'000; ++i) parts += "--b\n\nxxxxxxxxxx\n";
  CHECK(parse(parts, 1u << 20).plain.size() <= MimeParser::kMaxParts * 12);
  CHECK(parse(parts, 1000).too_large);
  // A line too long to be held spoils a text part, but no attachment.
  MimeParser parser(1000, false);
  for (const char* line : {"Content-Type: multipart/mixed; boundary=b", "", "--b", "Content-Type: image/png", ""}) parser.line(line);
  parser.long_line();
  for (const char* line : {"--b", "", "hola", "--b--"}) parser.line(line);
  std::size_t repaired = 0;
  const ParsedMail kept = parser.finish(&repaired);
  CHECK(kept.plain == "hola\n");
  CHECK(!kept.too_large);
  for (const char* line : {"", "hola"}) parser.line(line);
  parser.long_line();
  CHECK(parser.finish(&repaired).too_large);
}
