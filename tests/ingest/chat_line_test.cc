#include "ingest/chat_line.h"

#include <doctest/doctest.h>

using namespace tertulia;

TEST_CASE("headers of both families, and what only looks like one") {
  struct Row {
    std::string_view line;
    std::string_view rest;  // "-" for no header
    bool bracket;
  };
  const Row rows[] = {
      {"3/2/26, 10:15 - Ana: hola", "Ana: hola", false},
      {"03/02/2026 10:15 - Ana: hola", "Ana: hola", false},
      {"3/2/26, 1:15\xE2\x80\xAFp.\xC2\xA0m. - Ana: hola", "Ana: hola", false},
      {"[3/2/26, 10:15:07] Ana: hola", "Ana: hola", true},
      {"\xE2\x80\x8E[3/2/26, 10:15:07] Ana: \xE2\x80\x8Eimagen omitida", "Ana: \xE2\x80\x8Eimagen omitida", true},
      {"[3.2.26 10:15:07] Ana: hola", "Ana: hola", true},
      {"3/2/26, 10:15 - ", "", false},
      {"3/2/26, 10:15 -", "", false},
      {"3/2/26, 10:15 Ana: hola", "-", false},
      {"3/2/26, 10:15 -Ana: hola", "-", false},
      {"[3/2/26, 10:15:07 Ana: hola", "-", false},
      {"2016-04-29 10:30:00", "-", false},
      {"3/2/26 - Ana: hola", "-", false},
      {"hola", "-", false},
      {"", "-", false},
      {"[", "-", false},
      {"\xE2\x80\x8E", "-", false},
  };
  for (const Row& row : rows) {
    CAPTURE(row.line);
    ChatHeader header;
    const bool found = scan_chat_header(row.line, &header);
    CHECK(found == (row.rest != "-"));
    if (!found) continue;
    CHECK(header.rest == row.rest);
    CHECK(header.bracket == row.bracket);
    CHECK(header.shape() >= 0);
    CHECK(header.shape() < 64);
  }
  ChatHeader a, b;
  REQUIRE(scan_chat_header("3/2/26, 10:15 - x", &a));
  REQUIRE(scan_chat_header("2016-04-29 10:30:00 - x", &b));
  CHECK(a.shape() != b.shape());
}

TEST_CASE("authors and system lines") {
  const Marks marks = Marks::load("").value();
  struct Row {
    std::string rest;
    std::string author, text;  // author "-": a system line
  };
  const Row rows[] = {
      {"Ana: hola", "Ana", "hola"},
      {"Ana: hora: 10:15", "Ana", "hora: 10:15"},
      {"Ana:", "Ana", ""},
      {"Ana: ", "Ana", ""},
      {"~\xC2\xA0" "Ana: hola", "Ana", "hola"},
      {"+34 600 00 00 00: hola", "+34 600 00 00 00", "hola"},
      {"\xE2\x80\xAA+34 600\xE2\x80\xAC: hola", "+34 600", "hola"},
      {"Ana creó el grupo \"Obra: fase 1\"", "-", ""},
      {"Ana cambi\xC3\xB3 el asunto a \"Obra: fase 2\"", "-", ""},
      {"Ana cambio\xCC\x81 el asunto de \"x\" a \"Obra: 2\"", "-", ""},  // NFD
      {"Los mensajes y las llamadas están cifrados de extremo a extremo. Más: aquí", "-", ""},
      {"Te uniste mediante el enlace de invitación", "-", ""},
      {"", "-", ""},
      {": hola", "-", ""},
      {std::string(300, 'x') + ": hola", "-", ""},
  };
  for (const Row& row : rows) {
    CAPTURE(row.rest);
    std::string_view author, text;
    const bool found = split_author(row.rest, marks, &author, &text);
    CHECK(found == (row.author != "-"));
    if (!found) continue;
    CHECK(author == row.author);
    CHECK(text == row.text);
  }
}

TEST_CASE("what WhatsApp writes into the text") {
  const Marks marks = Marks::load("").value();
  struct Row {
    std::string text;
    ChatText kind;
    std::string out;
  };
  const Row rows[] = {
      {"hola", ChatText::kWords, "hola"},
      {" hola \n", ChatText::kWords, "hola"},
      {"", ChatText::kEmpty, ""},
      {"\xE2\x80\x8E ", ChatText::kEmpty, ""},
      {"<Multimedia omitido>", ChatText::kMedia, ""},
      {"\xE2\x80\x8Eimagen omitida", ChatText::kMedia, ""},
      {"IMAGEN OMITIDA", ChatText::kMedia, ""},
      {"la imagen omitida era esta", ChatText::kWords, "la imagen omitida era esta"},
      {"IMG-1.jpg (archivo adjunto)\nnuestra parcela", ChatText::kWords, "nuestra parcela"},
      {"\xE2\x80\x8E<adjunto: 0001-PHOTO.jpg>\nmirad\nesto", ChatText::kWords, "mirad\nesto"},
      {"plano.pdf • \xE2\x80\x8E" "3 páginas \xE2\x80\x8E" "documento omitido", ChatText::kMedia, ""},
      {"Eliminaste este mensaje", ChatText::kDeleted, ""},
      {"Se eliminó este mensaje.", ChatText::kDeleted, ""},
      {"This message was deleted", ChatText::kDeleted, ""},
      {"no sé si eliminaste este mensaje", ChatText::kWords, "no sé si eliminaste este mensaje"},
      {"vale \xE2\x80\x8E<Se editó este mensaje.>", ChatText::kWords, "vale"},
      {"vale <3>", ChatText::kWords, "vale <3>"},
      {"<Se editó este mensaje.>", ChatText::kEmpty, ""},
      {"\xE2\x80\x8ELos mensajes y las llamadas están cifrados de extremo a extremo.", ChatText::kNotice, ""},
      {"👩‍👩‍👧", ChatText::kWords, "👩‍👩‍👧"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.text);
    std::string out;
    CHECK(static_cast<int>(clean_chat_text(row.text, marks, &out)) == static_cast<int>(row.kind));
    CHECK(out == row.out);
  }
}
