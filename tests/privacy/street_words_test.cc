#include "privacy/street_words.h"

#include <doctest/doctest.h>

#include "finding.h"

using namespace tertulia;

TEST_CASE("house numbers") {
  struct Row { const char* text; std::size_t end; };
  for (const Row& row : {Row{"12", 2}, {"12B", 3}, {"12 bis", 6}, {"12:30", 0}, {"12.500", 0}, {"12345", 0}, {"12 €", 0}, {"12abc", 0}, {"1998", 0}, {"1402 W", 4}}) {
    const ScanText scan(row.text);
    CHECK_MESSAGE(street::house_number(scan, 0) == row.end, std::string(row.text));
  }
}

TEST_CASE("capitals of names") {
  const ScanText scan("Juan XXIII VIVE en I");
  CHECK(street::proper(scan, 0));
  CHECK_FALSE(street::roman(scan, 0));
  CHECK(street::roman(scan, 1));
  CHECK_FALSE(street::proper(scan, 2));
  CHECK_FALSE(street::proper(scan, 3));
  CHECK(street::roman(scan, 4));
  const ScanText count("calle Preciados 3 camisas");
  CHECK(street::counts_things(count, 17));
  CHECK_FALSE(street::counts_things(ScanText("calle Sol 3 Madrid"), 11));
}
