#include "privacy/spoken_digits.h"

#include <doctest/doctest.h>

#include "finding.h"

using namespace tertulia;

TEST_CASE("runs of said figures") {
  SpokenDigits digits;
  REQUIRE(digits.load(test::models()).ok());
  struct Row { const char* text; const char* expected; };
  for (const Row& row : {Row{"seis cinco cuatro", "654"}, {"seiscientos doce treinta y cuatro", "61234"}, {"treinta y uno, eh, 45 y luego siete", "31457"}, {"noventa y uno ciento veintitrés", "91123"},
                         {"doble cero siete", "007"}, {"cien", "100"}, {"ciento ochenta mil euros", "180000"}, {"hola", ""}, {"dos perros y tres gatos", "2 3"}, {"trenta-quatre", "34"},
                         {"veinte veinte", "2020"}, {"uno.\n\n\n\n\n\n\ndos", "1 2"}, {"cuarenta y pico", "40"}, {"treinta y tres millones cuatrocientos diez mil novecientos ochenta y dos", "33410982"}, {"mil novecientos ochenta y dos", "1982"}, {"vint-i-un", "21"},
                         {"sis-cents dotze", "612"}, {"six hundred and forty-five", "645"}, {"fifty six", "56"}, {"tres ceros", "000"}, {"dos mil uno", "2001"}, {"12 millones 345 mil 678", "12345678"},
                         {"cinquanta-u", "51"}, {"mil", "1000"}, {"dos mil mil", "20001000"}, {"siete mil doscientos catorce", "7214"}}) {
    const ScanText scan(row.text);
    std::string out;
    for (const SpokenRun& run : digits.find(scan)) {
      if (!out.empty()) out += ' ';
      out += run.digits();
    }
    CHECK_MESSAGE(out == row.expected, std::string(row.text));
  }
}

TEST_CASE("tens and a unit without \"y\" have two readings") {
  SpokenDigits digits;
  REQUIRE(digits.load(test::models()).ok());
  const ScanText scan("seiscientos doce treinta dos");
  const std::vector<SpokenRun> runs = digits.find(scan);
  REQUIRE(runs.size() == 1);
  CHECK(runs[0].digits() == "612302");
  CHECK(runs[0].loose_digits() == "61232");
}
