// Each type in many contexts: glued, quoted, beside other types, in capitals, with emoji; all recognizers and the resolver.
#include <doctest/doctest.h>

#include "finding.h"

using namespace tertulia;
using namespace tertulia::test;

namespace {

struct Row {
  const char* text;
  const char* expected;
};

void check(std::initializer_list<Row> rows) {
  for (const Row& row : rows) CHECK_MESSAGE(found_in(row.text) == row.expected, std::string(row.text));
}

}  // namespace

TEST_CASE("identity numbers") {
  check({{"Mi DNI:12345678Z,gracias", "ES_NIF:12345678Z"},
         {"«12345678z»", "ES_NIF:12345678z"},
         {"mi dni es 12.345.678-Z y el de ella 87.654.321-X", "ES_NIF:12.345.678-Z | ES_NIF:87.654.321-X"},
         {"😀12345678Z😀", "ES_NIF:12345678Z"},
         {"dni 12\u00a0345\u00a0678\u00a0Z", "ES_NIF:12\u00a0345\u00a0678\u00a0Z"},
         {"mi dni es uno dos tres cuatro cinco seis siete ocho zeta", "ES_NIF:uno dos tres cuatro cinco seis siete ocho zeta"},
         {"soy el X1234567L, con pasaporte AAA123456", "ES_NIE:X1234567L | ES_PASSPORT:AAA123456"},
         {"mi deneí es el 4 5 6 7 8 9 1 2 jota", "ES_NIF:4 5 6 7 8 9 1 2 jota"},
         {"NIF K1234567L", "ES_NIF:K1234567L"},
         {"la empresa, CIF B12345674, y la otra A58818501", "ES_CIF:B12345674 | ES_CIF:A58818501"},
         {"seguridad social 28/12345678/40", "ES_NUSS:28/12345678/40"},
         {"mi curp es BOXW310820HNERXN09", "FOREIGN_ID:BOXW310820HNERXN09"},
         {"CPF 111.444.777-35", "FOREIGN_ID:111.444.777-35"},
         {"tengo NIE y1234567x y rut 12.345.678-5", "ES_NIE:y1234567x | FOREIGN_ID:12.345.678-5"}});
}

TEST_CASE("money") {
  check({{"ingresa en ES91 2100 0418 4502 0005 1332 y avisa", "IBAN_CODE:ES91 2100 0418 4502 0005 1332"},
         {"ES9121000418450200051332, 4111111111111111", "IBAN_CODE:ES9121000418450200051332 | CREDIT_CARD:4111111111111111"},
         {"la cuenta 2100 0418 45 0200051332", "ES_CCC:2100 0418 45 0200051332"},
         {"tarjeta 4111 1111 1111 1111, cvv 123, caduca 12/27", "CREDIT_CARD:4111 1111 1111 1111 | SECRET:123"},
         {"la que acaba en 1111", ""},
         {"mi tarjeta es cuatro uno uno uno uno uno uno uno uno uno uno uno uno uno uno uno",
          "CREDIT_CARD:cuatro uno uno uno uno uno uno uno uno uno uno uno uno uno uno uno"}});
}

TEST_CASE("contact") {
  check({{"llámame al 612 34 56 78 o escribe a Pepe.Ruiz@Gmail.com", "PHONE_NUMBER:612 34 56 78 | EMAIL_ADDRESS:Pepe.Ruiz@Gmail.com"},
         {"612345678/913456789", "PHONE_NUMBER:612345678 | PHONE_NUMBER:913456789"},
         {"tlf:612345678.Gracias", "PHONE_NUMBER:612345678"},
         {"mi insta es ana.ruiz_82 y en twitter soy @anaruiz", "SOCIAL_HANDLE:ana.ruiz_82 | SOCIAL_HANDLE:@anaruiz"},
         {"pues eh el seis cinco cuatro, treinta y dos, diez noventa y ocho y mi correo pepe punto ruiz arroba gmail punto com",
          "PHONE_NUMBER:seis cinco cuatro, treinta y dos, diez noventa y ocho | EMAIL_ADDRESS:pepe punto ruiz arroba gmail punto com"},
         {"wa.me/34654987654", "URL:wa.me/34654987654"},
         {"maria garcia arroba gmail punto com", "EMAIL_ADDRESS:maria garcia arroba gmail punto com"},
         {"https://t.me/anaruiz?x=612345678", "URL:https://t.me/anaruiz?x=612345678"},
         {"entra desde la 83.45.12.201", "IP_ADDRESS:83.45.12.201"}});
}

TEST_CASE("places, dates, vehicles, secrets") {
  check({{"vivo en C/ Mayor, 12, 3ºB, 28013 Madrid", "STREET_ADDRESS:C/ Mayor, 12, 3ºB | POSTAL_CODE:28013"},
         {"Avda. de la Constitución nº 5, 2º izq - 33001 Oviedo", "STREET_ADDRESS:Avda. de la Constitución nº 5, 2º izq | POSTAL_CODE:33001"},
         {"nací el 12/05/1980 y me caso el 12/05/2025", "DATE_OF_BIRTH:12/05/1980"},
         {"nací el 12 de mayo de 1980 en Lugo", "DATE_OF_BIRTH:12 de mayo de 1980"},
         {"mi matrícula es 1234 BCD", "LICENSE_PLATE:1234 BCD"},
         {"ref catastral 9872023VH5797S0001WX", "CADASTRAL_REFERENCE:9872023VH5797S0001WX"},
         {"usuario: ana, contraseña: Perro2020!", "SECRET:Perro2020!"},
         {"me ha llegado un sms con el código 482913", "SECRET:482913"}});
}
