#include "ingest/marks.h"

#include <doctest/doctest.h>

using namespace tertulia;

TEST_CASE("folding") {
  struct Row {
    std::string_view text, folded;
  };
  const Row rows[] = {
      {"", ""},
      {"  \xC2\xA0 ", ""},
      {"Añadió A", "anadio a"},
      {"an\xCC\x83""adio\xCC\x81", "anadio"},                   // NFD
      {"\xE2\x80\x8EImagen\xE2\x80\xAFomitida\r\n", "imagen omitida"},  // U+200E, U+202F
      {"ＤＥ：", "de:"},                                         // full width
      {"a\t\n b\xC2\xA0\xC2\xA0" "c", "a b c"},
      {"a \xE2\x80\x8E b", "a b"},
      {"ﬁn Ⅳ", "fin iv"},
      {"👩‍👧", "👩👧"},                                           // the joiner is a format character
      {"\xFF" "x", "\xEF\xBF\xBDx"},
      {"a\x01" "b", "ab"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.text);
    CHECK(fold_mark(row.text) == row.folded);
    CHECK(fold_mark(fold_mark(row.text)) == fold_mark(row.text));
  }
  CHECK(fold_mark("abcdef", 3) == "abc");
}

TEST_CASE("the lists compiled in") {
  const Marks marks = Marks::load("").value();
  for (const char* kind : {"whatsapp.system", "whatsapp.notice", "whatsapp.media", "whatsapp.attached", "whatsapp.attachment",
                           "whatsapp.deleted", "whatsapp.edited", "mail.attribution_start", "mail.attribution_end", "mail.separator",
                           "mail.header_from", "mail.header_date", "mail.header_to", "mail.header_subject", "mail.signature",
                           "mail.notice", "mail.html_quote", "mail.html_signature", "mail.subject_reply", "agent_name"}) {
    CAPTURE(kind);
    CHECK(!marks.of(kind).empty());
  }
  CHECK(marks.of("no such kind").empty());
  std::size_t length = 0;
  CHECK(marks.starts("mail.header_date", "enviado el: lunes", &length));
  CHECK(length == 10);  // the longer of "enviado" and "enviado el"
  CHECK(!marks.starts("mail.header_date", "lunes", &length));
  CHECK(length == 0);
  CHECK(marks.entity("ntilde") == U'ñ');
  CHECK(marks.entity("nothing") == 0);
}

TEST_CASE("channels by id and alias") {
  const Marks marks = Marks::load("").value();
  struct Row {
    const char* name;
    const char* id;
  };
  const Row rows[] = {{"", ""}, {"whatsapp", "whatsapp"}, {"WhatsApp ", "whatsapp"}, {"Teléfono", "call"}, {"X", "twitter"},
                      {"correo electrónico", "email"}, {"Ana García 600 000 000", "other"}};
  for (const Row& row : rows) {
    CAPTURE(row.name);
    CHECK(marks.channel(row.name) == row.id);
  }
}
