#include "text/hashtag.h"

#include <doctest/doctest.h>

#include <string>

using namespace tertulia;

TEST_CASE("hashtags split by case, digits and underscores") {
  const auto table = CharTable::build();
  REQUIRE(table.ok());
  const struct {
    std::string tag, expected;
  } rows[] = {
      {"#BodaEnMayo2025", "Boda En Mayo 2025"},
      {"#Siero", "Siero"},
      {"#casanueva", "casanueva"},
      {"#ACORUÑA", "ACORUÑA"},
      {"#HTMLFacil", "HTML Facil"},
      {"#AñoNuevo", "Año Nuevo"},
      {"#ÁvilaÉxito", "Ávila Éxito"},
      {"#casa_nueva_", "casa nueva"},
      {"#8M", "8 M"},
      {"#30díasSinFumar", "30 días Sin Fumar"},
      {"#iPhone", "i Phone"},
      {"#AN\xCC\x83O", "AN\xCC\x83O"},
      {"#ElCol·legi", "El Col·legi"},
      {"#", ""},
      {"#___", ""},
      {"", ""},
  };
  for (const auto& row : rows) {
    CAPTURE(std::string(row.tag));
    std::vector<Span> parts;
    const std::string tag = row.tag;
    split_hashtag(tag, *table, parts);
    std::string joined;
    for (const Span part : parts) joined += (joined.empty() ? "" : " ") + std::string(part.of(tag));
    CHECK(joined == row.expected);
  }
}
