#include "ingest/mail_header.h"

#include <doctest/doctest.h>

#include <string>

#include "base/clock.h"

using namespace tertulia;

TEST_CASE("encoded words") {
  struct Row {
    std::string_view value, text;
  };
  const Row rows[] = {
      {"", ""},
      {"plain  text", "plain  text"},
      {"=?utf-8?Q?Construcci=C3=B3n_ya?=", "Construcción ya"},
      {"=?UTF-8?B?8J+PoA==?= casa", "🏠 casa"},
      {"=?utf-8?Q?a?= =?utf-8?Q?b?=", "ab"},
      {"=?utf-8?Q?a?=  \t =?utf-8?Q?b?= c", "ab c"},
      {"=?utf-8?B?w?=", ""},                              // cut base64
      {"=?utf-8?Q?=C3?= =?utf-8?Q?=B1?=", "ñ"},           // a letter cut in two
      {"=?iso-8859-1?Q?=F1?= =?utf-8?Q?=C3=B1?=", "ññ"},
      {"=?iso-8859-1*es?Q?=F1?=", "ñ"},
      {"x =?utf-8?X?a?= y", "x =?utf-8?X?a?= y"},
      {"=?utf-8?Q?never closed", "=?utf-8?Q?never closed"},
      {"=?", "=?"},
      {"ni\xF1o", "niño"},
      {"niño", "niño"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.value);
    std::size_t repaired = 0;
    CHECK(decode_header(row.value, &repaired) == row.text);
  }
  std::size_t repaired = 0;
  std::string bomb;
  for (int i = 0; i < 100'000; ++i) bomb += "=?utf-8?";
  CHECK(decode_header(bomb, &repaired) == bomb);
}

TEST_CASE("addresses") {
  struct Row {
    std::string_view value, text;  // name <address>, joined by '|'
  };
  const Row rows[] = {
      {"", ""},
      {"ana@x.es", "<ana@x.es>"},
      {"Ana <ANA@x.es>", "Ana<ana@x.es>"},
      {"\"García, Ana\" <ana@x.es>, Luis <l@y.es>", "García, Ana<ana@x.es>|Luis<l@y.es>"},
      {"ana@x.es (Ana (la de Oviedo))", "Ana (la de Oviedo)<ana@x.es>"},
      {"=?utf-8?Q?Mu=C3=B1oz?= <m@x.es>", "Muñoz<m@x.es>"},
      {"equipo: a@x.es, b@x.es;", "<a@x.es>|<b@x.es>"},
      {"\"Ana \\\"la jefa\\\"\" <a@x.es>", "Ana \"la jefa\"<a@x.es>"},
      {"<a@x.es", "<a@x.es>"},
      {"undisclosed-recipients:;", ""},
      {"Ana", "Ana<>"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.value);
    std::size_t repaired = 0;
    std::string got;
    for (const MailAddress& found : parse_addresses(row.value, 5, &repaired)) got += (got.empty() ? "" : "|") + found.name + "<" + found.address + ">";
    CHECK(got == row.text);
  }
  std::size_t repaired = 0;
  std::string many;
  for (int i = 0; i < 100'000; ++i) many += "a@x.es,";
  CHECK(parse_addresses(many, 16, &repaired).size() == 16);
}

TEST_CASE("media types and parameters") {
  CHECK(media_type(" Text/Plain ; charset=x") == "text/plain");
  CHECK(media_type("") == "");
  struct Row {
    std::string_view value, name, content;
  };
  const Row rows[] = {
      {"text/plain; charset=utf-8", "charset", "utf-8"},
      {"text/plain; Charset=\"utf-8\"; format=flowed", "format", "flowed"},
      {"multipart/mixed; boundary=\"a;b\\\"c\"; x=y", "boundary", "a;b\"c"},
      {"multipart/mixed; boundary=\"a;b\"; x=y", "x", "y"},
      {"a/b; filename*=utf-8''pl%C3%A1n.pdf", "filename", "pl%C3%A1n.pdf"},
      {"a/b; charset", "charset", ""},
      {"a/b;;; =x; charset = y", "charset", "y"},
      {"a/b; charset=\"never closed", "charset", "never closed"},
      {"a/b", "charset", ""},
  };
  for (const Row& row : rows) {
    CAPTURE(row.value);
    CHECK(parameter(row.value, row.name) == row.content);
  }
}

TEST_CASE("dates") {
  struct Row {
    std::string_view value, time;
  };
  const Row rows[] = {
      {"Mon, 3 Mar 2025 10:12:00 +0100", "2025-03-03T09:12:00Z"},
      {"3 Mar 2025 10:12 -0530 (x)", "2025-03-03T15:42:00Z"},
      {"Mon, 03 Mar 25 10:12:00 GMT", "2025-03-03T10:12:00Z"},
      {"Mon, 03 Mar 98 10:12:00 EST", "1998-03-03T15:12:00Z"},
      {"Mon 3 March 2025 10:12:00 CEST", "2025-03-03T08:12:00Z"},
      {"3 Mar 2025 10:12", "2025-03-03T10:12:00Z"},
      {"31 Feb 2025 10:12:00 GMT", ""},
      {"3 Foo 2025 10:12:00 GMT", ""},
      {"3 Mar 2025 25:12:00 GMT", ""},
      {"ayer", ""},
      {"", ""},
      {"3 Mar 99999999999 10:12:00", ""},
  };
  for (const Row& row : rows) {
    CAPTURE(row.value);
    const auto at = parse_mail_date(row.value);
    CHECK((at ? format_time(*at) : "") == row.time);
  }
}

TEST_CASE("message ids") {
  CHECK(message_ids("<a@x> <b@x>\t<c@x>", 2) == std::vector<std::string>{"b@x", "c@x"});
  CHECK(message_ids("a@x <> < b@x > <", 9) == std::vector<std::string>{"b@x"});
  CHECK(message_ids("<" + std::string(600, 'x') + ">", 9).empty());
  CHECK(message_ids(std::string(1u << 20, '<'), 9).empty());
}

TEST_CASE("transfer encodings, broken ones too") {
  struct Row {
    std::string_view text, bytes;
  };
  const Row quoted[] = {{"a=C3=B1", "añ"}, {"a=\nb", "ab"}, {"a= \t\r\nb", "ab"}, {"a=", "a"}, {"a=Z9", "a=Z9"}, {"a=4", "a=4"}, {"100 = cien", "100 = cien"}, {"a_b", "a_b"}};
  for (const Row& row : quoted) {
    CAPTURE(row.text);
    CHECK(decode_quoted_printable(row.text, false) == row.bytes);
  }
  const Row base64[] = {{"aG9sYQ==", "hola"}, {"aG9s\r\nYQ", "hola"}, {"aG9sY", "hol"}, {"", ""}, {"====", ""}, {"a!G?9s", "hol"}, {"aG8=bGE=", "hola"}};
  for (const Row& row : base64) {
    CAPTURE(row.text);
    CHECK(decode_base64(row.text) == row.bytes);
  }
}
