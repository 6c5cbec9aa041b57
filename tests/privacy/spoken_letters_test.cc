#include "privacy/spoken_letters.h"

#include <doctest/doctest.h>

#include "finding.h"

using namespace tertulia;

TEST_CASE("letters by their names") {
  LetterNames names;
  REQUIRE(names.load(test::models()).ok());
  struct Row { const char* text; const char* expected; };
  for (const Row& row : {Row{"zeta", "z"}, {"i griega", "y"}, {"y griega", "y"}, {"uve doble", "w"}, {"doble uve", "w"}, {"ge be zeta", "gbz"}, {"de de dedo", "d"}, {"letra zeta", "z"},
                         {"z", "z"}, {"B as in Barcelona", "b"}, {"pe de padre, a, de", "pad"}, {"la letra jota", "j"}, {"hac, ca, ela", "hkl"}, {"hola", ""}, {"", ""}, {"nº 4", ""}, {"equis\n\nequis", "x"}}) {
    const ScanText scan(row.text);
    // The word before keeps read_all() off the very start of a text, where nothing can be joined to it.
    const std::string behind = std::string("ocho ") + row.text;
    const ScanText joined(behind);
    CHECK_MESSAGE(names.read_all(joined, 1, 4).letters == row.expected, std::string(row.text));
  }
}

TEST_CASE("letters before a word") {
  LetterNames names;
  REQUIRE(names.load(test::models()).ok());
  struct Row { const char* text; const char* expected; };
  for (const Row& row : {Row{"i griega 5", "y"}, {"pe a de 5", "pad"}, {"mi nie equis 5", "x"}, {"tengo 5", ""}, {"x, 5", "x"}, {"x\n5", ""}}) {
    const ScanText scan(row.text);
    CHECK_MESSAGE(names.read_before(scan, scan.words().size() - 1, 0, 4).letters == row.expected, std::string(row.text));
  }
}
