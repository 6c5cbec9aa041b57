#include "privacy/cue_list.h"

#include <doctest/doctest.h>

using namespace tertulia;

TEST_CASE("phrases as whole words, nearest and longest first") {
  CueList cues;
  for (const char* phrase : {"dni", "Mi DNI es", "lic", "número de teléfono", "f. nac."}) cues.add(phrase);
  struct Row { const char* text; const char* before; const char* after; };
  for (const Row& row : {Row{"mi dni es # vale", "mi dni es", ""}, {"el DNI, creo, # eh", "dni", ""}, {"duplicate #", "", ""}, {"# es mi dni", "", "dni"},
                         {"Número de Teléfono: #", "numero de telefono", ""}, {"F.Nac.: #", "f nac", ""}, {"dni a b c d e f #", "", ""}, {"#", "", ""}}) {
    const ScanText scan(row.text);
    const std::size_t at = scan.text().find('#');
    const auto before = cues.before(scan, at, 6), after = cues.after(scan, at + 1, 3);
    CHECK_MESSAGE((before ? before->phrase : "") == row.before, std::string(row.text));
    CHECK_MESSAGE((after ? after->phrase : "") == row.after, std::string(row.text));
  }
}

TEST_CASE("a phrase in the form that hits have") {
  CHECK(cue_phrase("Fecha  de   Nacimiento:") == "fecha de nacimiento");
  CHECK(cue_phrase("").empty());
}
