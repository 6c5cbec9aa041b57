#include "privacy/generalise.h"

#include <doctest/doctest.h>

#include "finding.h"
#include "privacy/operators.h"

using namespace tertulia;

TEST_CASE("coarser values by type") {
  Generaliser generaliser;
  REQUIRE(generaliser.load(test::models()).ok());
  constexpr Coarseness kUsual = Coarseness::kUsual;
  struct Row { const char* type; const char* value; Coarseness to; const char* expected; };
  for (const Row& row : {Row{"DATE_OF_BIRTH", "12/05/1984", kUsual, "1980-1989"}, {"DATE_OF_BIRTH", "12/05/1984", Coarseness::kYear, "1984"}, {"DATE_OF_BIRTH", "3 de abril de 1955", Coarseness::kMonth, "1955-04"},
                         {"DATE_OF_BIRTH", "5 de mayo", kUsual, ""}, {"DATE", "12/11/2024", kUsual, "2024-11"}, {"CONTRACT_DATE", "12/11/2024", Coarseness::kDecade, "2020-2029"}, {"UPDATE", "12/11/2024", kUsual, ""},
                         {"AGE", "47 años", kUsual, "40-49"}, {"AGE", "9", kUsual, "0-9"}, {"AGE", "cuarenta", kUsual, ""},
                         {"POSTAL_CODE", "28013", kUsual, "Madrid"}, {"POSTAL_CODE", "0 1 0 0 1", kUsual, "Álava"}, {"POSTAL_CODE", "52001", kUsual, "Melilla"}, {"POSTAL_CODE", "53001", kUsual, ""}, {"POSTAL_CODE", "00123", kUsual, ""},
                         {"POSTAL_CODE", "SW1A 1AA", kUsual, ""}, {"IBAN_CODE", "ES91 2100 0418 4502 0005 1332", kUsual, "ES"}, {"IBAN_CODE", "es91 2100 0418 4502 0005 1332", Coarseness::kBank, "ES 2100"},
                         {"IBAN_CODE", "GB82 WEST 1234 5698 7654 32", Coarseness::kBank, "GB"}, {"IBAN_CODE", "QQ82 1234 1234", kUsual, ""}, {"ES_CCC", "2100 0418 45 0200051332", Coarseness::kBank, "ES 2100"},
                         {"PHONE_NUMBER", "612 34 56 78", kUsual, "+34"}, {"PHONE_NUMBER", "+34 612345678", kUsual, "+34"}, {"PHONE_NUMBER", "0044 7700 900123", kUsual, "+44"}, {"PHONE_NUMBER", "+351 912 345 678", kUsual, "+351"},
                         {"PHONE_NUMBER", "seis uno dos", kUsual, ""}, {"PHONE_NUMBER", "+999 12345678", kUsual, ""}, {"ES_NIF", "12345678Z", kUsual, ""}, {"PERSON", "Ana", kUsual, ""}, {"DATE_OF_BIRTH", "", kUsual, ""}}) {
    CHECK_MESSAGE(generaliser.coarse(row.type, row.value, normal_value(row.type, row.value), row.to) == row.expected, row.type, " ", row.value);
  }
}

TEST_CASE("every province has its two figures") {
  Generaliser generaliser;
  REQUIRE(generaliser.load(test::models()).ok());
  std::set<std::string> names;
  for (int i = 1; i <= 52; ++i) {
    const std::string code = (i < 10 ? "0" : "") + std::to_string(i) + "001";
    names.insert(generaliser.coarse("POSTAL_CODE", code, code, Coarseness::kUsual));
  }
  CHECK(names.size() == 52);
  CHECK(names.count("") == 0);
}
