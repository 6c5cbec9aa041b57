#include "intent/facts.h"

#include <doctest/doctest.h>

#include <map>

#include "base/clock.h"

using namespace tertulia;

TEST_CASE("facts as people state them") {
  const std::string models = std::string(TERTULIA_SOURCE_DIR) + "/models";
  const auto analyzer = Analyzer::open(models);
  const auto reader = FactReader::open(models);
  REQUIRE(analyzer.ok());
  REQUIRE(reader.ok());
  const Timestamp at = *parse_time("2026-03-02T10:00:00Z");
  struct Row {
    const char* text;
    std::map<std::string, std::string> facts;
  };
  const Row rows[] = {
      {"Necesitamos una hipoteca de 180.000 € para la casa", {{"amount_eur", "180000"}}},
      {"habría que pedir unos ciento ochenta mil euros", {{"amount_eur", "180000"}}},
      {"la obra cuesta 200k y gano 2.400 euros al mes", {{"amount_eur", "200000"}}},
      {"cobro 1.800 euros al mes", {}},
      {"me habéis cobrado 350 euros de comisión", {}},
      {"tenemos 40.000 euros ahorrados y pedimos 150.000", {{"amount_eur", "150000"}}},
      {"hemos visto un piso de 210.000", {{"amount_eur", "210000"}}},
      {"em falten uns vint-i-cinc mil", {{"amount_eur", "25000"}}},
      {"I'm short about forty-five thousand", {{"amount_eur", "45000"}}},
      {"cuesta miles de euros", {}},
      {"un coche con 120.000 km", {}},
      {"the valuation came in at 228k", {}},
      {"tenemos 40.000 euros ahorrados y pedimos 150.000 euros", {{"amount_eur", "150000"}}},
      {"30 mil euros de préstamo", {{"amount_eur", "30000"}}},
      {"queremos entrar en seis meses", {{"horizon_months", "6"}}},
      {"antes de verano", {{"horizon_months", "4"}}},
      {"nos casamos en septiembre", {{"horizon_months", "6"}}},
      {"para marzo de 2027", {{"horizon_months", "12"}}},
      {"hace seis meses que vivimos aquí", {}},
      {"en tres meses como mucho", {{"horizon_months", "3"}}},
      {"me miras la letra a 6 años", {}},
      {"el depósito a 12 meses", {}},
      {"abans de Nadal", {{"horizon_months", "9"}}},
      {"salgo el 31 de mayo", {{"horizon_months", "2"}}},
      {"los cumplí en agosto", {}},
      {"estuvimos en enero y en manga corta", {}},
      {"they moved out in July", {}},
      {"no llego a fin de mes", {}},
      {"el año que viene", {{"horizon_months", "12"}}},
      {"la parcela está en Siero", {{"place", "Siero"}}},
      {"una casa en Puebla de Sanabria", {{"place", "Puebla de Sanabria"}}},
      {"marxo a Bolonya", {{"place", "Bolonia"}}},
      {"una casa a prop d'Olot", {{"place", "Olot"}}},
      {"un pis a l'Hospitalet", {{"place", "L'Hospitalet de Llobregat"}}},
      {"Llanes", {{"place", "Llanes"}}},
      {"soy Carmen Llanes", {}},
      {"un piso en El Astillero", {{"place", "El Astillero"}}},
      {"trabajo en el astillero", {}},
      {"un piso en Ronda", {{"place", "Ronda"}}},
      {"la ronda de pagos, y que parla mucho", {}},
      {"vivo en la calle de Toledo", {}},
      {"mi hermano vive en Suiza", {}},
      {"nos vamos a Alemania", {{"place", "Alemania"}}},
      {"tengo dos hijos", {{"household_children", "2"}}},
      {"que las dos nenas cambian de cole", {{"household_children", "2"}}},
      {"mis dos hijos y yo", {{"household_children", "2"}}},
      {"con 44 años y dos hijos", {{"household_children", "2"}}},
      {"mi hija empieza el cole", {{"household_children", "1"}}},
      {"mi señora y la nena viajan conmigo", {{"household_children", "1"}}},
      {"vienen mis hijos, los tres, con la tropa", {{"household_children", "3"}}},
      {"my two kids", {{"household_children", "2"}}},
      {"both girls start school", {{"household_children", "2"}}},
      {"els dos nens van a escola", {{"household_children", "2"}}},
      {"las mellis nacieron ayer", {{"household_children", "2"}}},
      {"mi hija mayor se va", {}},
      {"ya estamos los cinco en casa", {}},
      {"mi hermana y las dos niñas", {}},
      {"las dos niñas de mi vecina", {}},
      {"mis dos nietos", {}},
      {"no tengo hijos", {}},
      {"gracias, mi niña", {}},
      {"tengo 34 años y quiero montar algo", {{"age_band", "25-34"}}},
      {"a mis 61 ya toca", {{"age_band", "55-64"}}},
      {"tengo 35 años cotizados", {}},
      {"mi vecino tiene 40 años", {}},
      {"", {}},
  };
  for (const Row& row : rows) {
    CAPTURE(std::string(row.text));
    std::map<std::string, std::string> got;
    for (const Fact& fact : reader->read(analyzer->analyze(row.text, "es"), at)) got[fact.fact] = fact.value;
    CHECK(got == row.facts);
  }
  SUBCASE("months need a date to count from, spans do not") {
    CHECK(reader->read(analyzer->analyze("en septiembre", "es"), std::nullopt).empty());
    CHECK(reader->read(analyzer->analyze("en dos años", "es"), std::nullopt).at(0).value == "24");
  }
}
