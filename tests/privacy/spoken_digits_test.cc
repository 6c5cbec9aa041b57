#include "privacy/spoken_digits.h"

#include <doctest/doctest.h>

#include "finding.h"

using namespace tertulia;

TEST_CASE("runs of said figures") {
  SpokenDigits digits;
  REQUIRE(digits.load(test::models()).ok());
  struct Row { const char* text; const char* expected; };
  for (const Row& row : {Row{"seis cinco cuatro", "654"}, {"seiscientos doce treinta y cuatro", "61234"}, {"treinta y uno, eh, 45 y luego siete", "31457"}, {"noventa y uno ciento veintitrés", "91123"},
                         {"doble cero siete", "007"}, {"cien", "100"}, {"ciento ochenta mil euros", "180"}, {"hola", ""}, {"dos perros y tres gatos", "2 3"}, {"trenta-quatre", "34"},
                         {"veinte veinte", "2020"}, {"uno.\n\n\n\n\n\n\ndos", "1 2"}, {"cuarenta y pico", "40"}, {"uno dos y", "12+y"}, {"ocho ocho z", "88+z"}, {"uno dos zeta", "12+z"}}) {
    const ScanText scan(row.text);
    std::string out;
    for (const SpokenRun& run : digits.find(scan)) {
      if (!out.empty()) out += ' ';
      out += run.digits();
      if (!run.letter.empty()) out += "+" + run.letter;
    }
    CHECK_MESSAGE(out == row.expected, std::string(row.text));
  }
}
