// readers/mbox.cc
#include <doctest/doctest.h>

#include <string>

#include "reading.h"

using namespace tertulia;

namespace {

std::string mail(const std::string& id, const std::string& fields, const std::string& body) {
  return "From x@y Mon Mar  3 10:12:00 2025\nFrom: Ana <ana@x.es>\nMessage-ID: <" + id + ">\n" + fields + "\n" + body + "\n";
}
ReaderOptions mbox() {
  ReaderOptions options;
  options.format = "mbox";
  return options;
}

}  // namespace

TEST_CASE("mails, or why not") {
  struct Row {
    std::string text, expected;
  };
  const Row rows[] = {
      {mail("1", "", "hola"), "1 | customer ana@x.es | email\n  1 - customer Ana: hola\n"},
      {mail("1", "Subject: Casa\n", ""), "1 | customer ana@x.es | email\n  1 - customer Ana: Casa\n"},
      {mail("1", "Subject: Re: Casa\n", "sí"), "1 | customer ana@x.es | email\n  1 - customer Ana: sí\n"},
      {mail("1", "", "a\n\nFrom aquí todo\n\n>From x\n>>From y"), "1 | customer ana@x.es | email\n  1 - customer Ana: a\\n\\nFrom aquí todo\\n\\nFrom x\n"},
      {mail("1", "", "a\nFrom las 10:12 de 2025 a hoy\nb"), "1 | customer ana@x.es | email\n  1 - customer Ana: a\\nFrom las 10:12 de 2025 a hoy\\nb\n"},
      {mail("1", "", "a") + mail("1", "", "a") + mail("2", "", "b"),
       "1 | customer ana@x.es | email\n  1 - customer Ana: a\n2 | customer ana@x.es | email\n  2 - customer Ana: b\n"},
      {"From: ana@x.es\r\nSubject: Casa\r\nDate: Mon, 3 Mar 2025 10:12:00 GMT\r\n\r\nhola\r\n",
       "no-id-48c9fce640ca8ac9 | customer ana@x.es | email\n  no-id-48c9fce640ca8ac9 2025-03-03T10:12:00Z customer ana@x.es: Casa\\nhola\n"},
      {"From nobody\n\n", ""},
      {mail("1", "", "> solo cita"), ""},
      {mail("1", "Content-Type: text/html\n", "<p>hola</p><blockquote>viejo</blockquote>"), "1 | customer ana@x.es | email\n  1 - customer Ana: hola\n"},
      {mail("1", "Content-Transfer-Encoding: base64\n", "aG9sYS"), "1 | customer ana@x.es | email\n  1 - customer Ana: hola\n"},
      {mail("1", "", "ni\xF1o"), "1 | customer ana@x.es | email\n  1 - customer Ana: niño\n"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.text);
    const Reading reading = read_text(row.text, "m.mbox", mbox());
    CHECK(reading.text + reading.errors == row.expected);
  }
}

TEST_CASE("what is left out is counted") {
  const Reading reading = read_text(mail("1", "", "a") + mail("1", "", "a") + mail("2", "", "> b") + "From x@y Mon Mar  3 10:12:00 2025\n\n\n", "m", mbox());
  CHECK(reading.report.skipped.at("mail with the id of another") == 1);
  CHECK(reading.report.skipped.at("mail without words of its own") == 1);
  CHECK(reading.report.skipped.at("mail without header") == 1);
  CHECK(reading.report.messages == 1);
}

TEST_CASE("limits") {
  ReaderOptions options = mbox();
  options.max_line_bytes = 10'000;
  const Reading reading = read_text(mail("1", "", std::string(1u << 20, 'x')) + mail("2", "", "ok") +
                                        mail("3", "Content-Type: image/png\n", std::string(1u << 20, 'x')) + mail("4", std::string(1u << 20, 'h') + "\n", "ok"),
                                    "m", options);
  CHECK(reading.errors == "m:2: the text of the mail is longer than 10000 bytes\n");
  CHECK(reading.report.messages == 2);
  options.max_messages = 1;
  const Reading split = read_text(mail("1", "", "a") + mail("2", "References: <1>\n", "b"), "m", options);
  CHECK(split.text == "1 | customer ana@x.es | email\n  1 - customer Ana: a\n1#2 | customer ana@x.es | email\n  2 - customer Ana: b\n");
}
