#include "privacy/surrogates.h"

#include <doctest/doctest.h>

#include <set>

#include "finding.h"
#include "privacy/checksums.h"
#include "privacy/operators.h"
#include "privacy/scan_text.h"

using namespace tertulia;

namespace {

struct Made {
  Surrogates surrogates;
  DateReader dates;
};

const Made& made() {
  static const Made all = [] {
    Made out;
    REQUIRE(out.surrogates.load(test::models()).ok());
    REQUIRE(out.dates.load(test::models()).ok());
    return out;
  }();
  return all;
}

std::string surrogate(const std::string& type, const std::string& value, std::size_t attempt = 0, const std::string& scope = "s", unsigned char first = 0) {
  Key key{};
  key[0] = first;
  return made().surrogates.make(key, scope, type, value, normal_value(type, value), attempt, made().dates);
}

// 0 a digit, a and A letters, the rest as it is.
std::string shape(const std::string& value) {
  std::string out;
  for (const char c : value) out += c >= '0' && c <= '9' ? '0' : c >= 'a' && c <= 'z' ? 'a' : c >= 'A' && c <= 'Z' ? 'A' : c;
  return out;
}

}  // namespace

TEST_CASE("the shape of the value stays") {
  struct Row { const char* type; const char* value; const char* expected; };
  for (const Row& row : {Row{"ES_NIF", "12345678Z", "00000000A"}, {"ES_NIF", "12.345.678-z", "00.000.000-a"}, {"ES_NIE", "X-1234567-L", "A-0000000-A"}, {"CREDIT_CARD", "4111 1111 1111 1111", "0000 0000 0000 0000"},
                         {"IBAN_CODE", "ES91 2100 0418 4502 0005 1332", "AA00 0000 0000 0000 0000 0000"}, {"PHONE_NUMBER", "+34 612 34 56 78", "+00 000 00 00 00"}, {"PHONE_NUMBER", "(612) 345-678", "(000) 000-000"},
                         {"LICENSE_PLATE", "1234 BCD", "0000 AAA"}, {"SECRET", "Perro2020!", "Aaaaa0000!"}, {"SOCIAL_HANDLE", "@pepito99", "@aaaaaa00"}, {"DATE_OF_BIRTH", "12/05/1984", "00/00/0000"},
                         {"ES_NIF", "uno dos tres cuatro cinco seis siete ocho zeta", "00000000A"}, {"PHONE_NUMBER", "seis uno dos, tres cuatro cinco, seis siete ocho", "000 00 00 00"},
                         {"POSTAL_CODE", "２８０１３", "00000"}, {"EMAIL_ADDRESS", "pepe.ruiz@gmail.com", "aaaa.aaaa@aaaaaaa.aaa"}}) {
    CHECK_MESSAGE(shape(surrogate(row.type, row.value)) == row.expected, row.value, " ", surrogate(row.type, row.value));
  }
  CHECK(surrogate("IBAN_CODE", "ES91 2100 0418 4502 0005 1332").substr(0, 2) == "ES");
  CHECK(surrogate("IP_ADDRESS", "2a02:9130::1").substr(0, 10) == "2001:db8::");
  CHECK(surrogate("IP_ADDRESS", "00:1A:2B:3C:4D:5E").substr(0, 3) == "02:");
  CHECK(surrogate("URL", "https://pepe.es/yo").substr(0, 20) == "https://example.com/");
}

TEST_CASE("no check digit holds, and the value itself never comes back") {
  struct Row { const char* type; const char* value; std::vector<const char*> checks; };
  for (const Row& row : {Row{"ES_NIF", "12345678Z", {"dni", "klm"}}, {"ES_NIE", "X1234567L", {"nie"}}, {"ES_CIF", "B12345674", {"cif"}}, {"ES_NUSS", "281234567840", {"nuss"}},
                         {"IBAN_CODE", "ES9121000418450200051332", {"iban"}}, {"ES_CCC", "21000418450200051332", {"ccc"}}, {"CREDIT_CARD", "4111111111111111", {"card", "luhn"}},
                         {"CADASTRAL_REFERENCE", "9872023VH5797S0001WX", {"cadastral"}}, {"ES_CUPS", "ES0021000000000000JA", {"cups"}}, {"FOREIGN_ID", "12345678-5", {"rut", "ci_uy"}}, {"FOREIGN_ID", "52998224725", {"cpf", "cuit", "cedula_do"}}}) {
    for (int i = 0; i < 300; ++i) {
      const std::string out = surrogate(row.type, row.value, 0, std::to_string(i)), compact = compact_value(out);
      REQUIRE_MESSAGE(!out.empty(), row.value);
      CHECK(compact.find(compact_value(row.value)) == std::string::npos);
      for (const char* check : row.checks) CHECK_MESSAGE(!find_checksum(check)->check(compact), out);
    }
  }
  for (int i = 0; i < 300; ++i) {
    const std::string scope = std::to_string(i);
    CHECK(surrogate("PHONE_NUMBER", "612345678", 0, scope)[0] == '4');
    CHECK(surrogate("PHONE_NUMBER", "+44 7700 900123", 0, scope).substr(0, 5) == "+44 0");
    CHECK(surrogate("POSTAL_CODE", "28013", 0, scope)[0] >= '6');
    CHECK(surrogate("SECRET", "4821", 0, scope) != "4821");
    const std::string plate = surrogate("LICENSE_PLATE", "1234 BCD", 0, scope);
    CHECK(plate.find_first_of("BCDFGHJKLMNPQRSTVWXYZ") == std::string::npos);
  }
}

TEST_CASE("stable for key, scope and value; another one for another of them") {
  for (const char* type : {"ES_NIF", "PHONE_NUMBER", "EMAIL_ADDRESS", "STREET_ADDRESS", "DATE_OF_BIRTH", "SECRET"}) {
    const std::string value = std::string(type) == "DATE_OF_BIRTH" ? "12/05/1984" : "612345678";
    std::set<std::string> all = {surrogate(type, value), surrogate(type, value, 1), surrogate(type, value, 0, "t"), surrogate(type, value, 0, "s", 1)};
    CHECK_MESSAGE(all.size() == 4, type);
    CHECK(surrogate(type, value) == surrogate(type, value));
  }
  CHECK(compact_value(surrogate("PHONE_NUMBER", "+34 612 34 56 78")) == "34" + compact_value(surrogate("PHONE_NUMBER", "612-345-678")));
  CHECK(compact_value(surrogate("ES_NIF", "12.345.678-Z")) == compact_value(surrogate("ES_NIF", "12345678z")));
  CHECK(made().dates.read(surrogate("DATE_OF_BIRTH", "12/05/1984"))->date().year == made().dates.read(surrogate("DATE_OF_BIRTH", "12 de mayo del 84"))->date().year);
  CHECK(surrogate("DATE_OF_BIRTH", "ayer").empty());
  CHECK(surrogate("SECRET", "!!!").empty());
}

TEST_CASE("hostile values cost little and stay valid") {
  for (const std::string& value : {std::string(100000, '7'), std::string("👨‍👩‍👧"), std::string("a\xCC\x81\xCC\x81"), std::string("⟨"), std::string("+"), std::string("00"), std::string("@"), std::string("0")}) {
    for (const char* type : {"ES_NIF", "PHONE_NUMBER", "EMAIL_ADDRESS", "URL", "IP_ADDRESS", "DATE_OF_BIRTH", "STREET_ADDRESS", "IBAN_CODE", "SOMETHING"}) {
      CHECK(surrogate(type, value).size() <= value.size() + 64);
    }
  }
}
