#include "privacy/checksums.h"

#include <doctest/doctest.h>

#include <string>

using namespace tertulia;

TEST_CASE("published samples hold, and one changed character fails") {
  struct Row { const char* name; const char* value; const char* wrong; };
  // Sources: the offices named in checksums.cc; python-stdnum's and the issuers' published test numbers.
  for (const Row& row : {
           Row{"dni", "12345678z", "12345678a"}, {"dni", "1234567l", "1234567m"}, {"dni", "es12345678z", "es12345679z"}, {"dni", "00000000t", "00000001t"},
           {"nie", "x1234567l", "y1234567l"}, {"nie", "x2482300w", "x2482301w"}, {"nie", "z1234567r", "z1234567s"}, {"nie", "x01234567l", "x01234568l"},
           {"klm", "k1234567l", "k1234567a"}, {"klm", "m1234567l", "n1234567l"},
           {"cif", "a58818501", "a58818502"}, {"cif", "q2876031b", "q2876031c"}, {"cif", "b12345674", "b12345675"}, {"cif", "esa58818501", "esa58818503"}, {"cif", "j99216582", "j99216583"},
           {"nuss", "281234567840", "281234567841"}, {"nuss", "08123456774", "99123456788"},
           {"ccc", "21000418450200051332", "21000418450200051333"}, {"ccc", "12341234161234567890", "12341234171234567890"},
           {"iban", "es9121000418450200051332", "es9121000418450200051333"}, {"iban", "de89370400440532013000", "de8937040044053201300"},
           {"iban", "gb29nwbk60161331926819", "gb29nwbk60161331926818"}, {"iban", "fr1420041010050500013m02606", "fr1420041010050500013m02607"},
           {"iban", "no9386011117947", "no9386011117948"}, {"iban", "mt84malt011000012345mtlcast001s", "mt84malt011000012345mtlcast001t"},
           {"card", "4111111111111111", "4111111111111112"}, {"card", "378282246310005", "378282246310006"}, {"card", "2223003122003222", "2223003122003223"},
           {"card", "6011111111111117", "9011111111111117"}, {"card", "30569309025904", "31569309025904"}, {"card", "3530111333300000", "3530111333300001"},
           {"card", "4000000000000000006", "4000000000000000007"},
           {"luhn", "79927398713", "79927398714"},
           {"cadastral", "9872023vh5797s0001wx", "9872023vh5797s0001wy"}, {"cadastral", "7837301vg8173b0001tt", "7837301vg8173b0001tx"},
           {"cups", "es1234123456789012jy", "es1234123456789012jz"}, {"cups", "es1234123456789012jy1f", "es1234123456789012jyff"},
           {"curp", "boxw310820hnerxn09", "boxw310820hnerxn08"}, {"rfc", "gode561231gr8", "gode561231gr9"}, {"rfc", "mab9307148t4", "mab9307148t5"},
           {"cuit", "20055361682", "20055361683"}, {"rut", "123456785", "123456784"}, {"rut", "76086428" "5", "760864286"}, {"nit_co", "8001972684", "8001972685"},
           {"ruc_pe", "20512333797", "20512333798"}, {"cedula_ec", "1710034065", "1710034066"}, {"cedula_do", "00113918205", "00113918204"},
           {"ci_uy", "12345672", "12345673"}, {"cpf", "11144477735", "11144477736"}, {"nif_pt", "501964843", "501964842"},
           {"nino", "ab123456c", "qq123456c"}, {"ssn", "123456789", "000456789"}, {"nhs", "9434765919", "9434765918"}, {"clabe", "032180000118359719", "032180000118359718"},
           {"ipv6", "2001:db8::1", "2001:db8:::1"}, {"ipv6", "2001:db8:85a3:0:0:8a2e:370:7334", "10:30:45"}, {"date", "12/05/1980", "32/05/1980"}, {"date", "1980-05-12", "1980-13-32"}}) {
    const NamedChecksum* found = find_checksum(row.name);
    REQUIRE_MESSAGE(found != nullptr, std::string(row.name));
    CHECK_MESSAGE(found->check(row.value), std::string(row.name), " ", std::string(row.value));
    CHECK_FALSE_MESSAGE(found->check(row.wrong), std::string(row.name), " ", std::string(row.wrong));
  }
}

TEST_CASE("no check reads past odd input") {
  for (const char* name : {"dni", "nie", "klm", "cif", "nuss", "ccc", "iban", "luhn", "card", "cadastral", "cups", "curp", "rfc", "cuit", "rut", "nit_co", "ruc_pe",
                           "cedula_ec", "cedula_do", "ci_uy", "cpf", "nif_pt", "nino", "ssn", "nhs", "clabe", "ipv6", "date"}) {
    const NamedChecksum* found = find_checksum(name);
    REQUIRE(found != nullptr);
    for (std::size_t size = 0; size < 40; ++size) {
      for (const char c : {'0', 'z', 'e', '9', '\xF1'}) {
        CHECK_NOTHROW((void)found->check(std::string(size, c)));
      }
    }
  }
  CHECK(find_checksum("none") == nullptr);
}

TEST_CASE("the share of random numbers that pass is what the table says") {
  int passed = 0;
  for (int n = 0; n < 9200; ++n) passed += check_dni(std::to_string(10000000 + n * 977) + "z") ? 1 : 0;
  CHECK(passed / 9200.0 == doctest::Approx(find_checksum("dni")->chance).epsilon(0.1));
}

TEST_CASE("lengths by country") {
  CHECK(iban_length("es") == 24);
  CHECK(iban_length("no") == 15);
  CHECK(iban_length("zz") == 0);
}
