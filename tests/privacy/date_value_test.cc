#include "privacy/date_value.h"

#include <doctest/doctest.h>

#include "finding.h"

using namespace tertulia;

namespace {

const DateReader& reader() {
  static const DateReader made = [] {
    DateReader dates;
    REQUIRE(dates.load(test::models()).ok());
    return dates;
  }();
  return made;
}

std::string shown(const CivilDate& d) { return std::to_string(d.year) + "-" + std::to_string(d.month) + "-" + std::to_string(d.day); }

}  // namespace

TEST_CASE("dates as people write them, and written anew in the same way") {
  struct Row { const char* value; const char* read; const char* written; };  // written: 2 November 1971
  for (const Row& row : {Row{"12/05/1984", "1984-5-12", "02/11/1971"}, {"12-5-84", "1984-5-12", "02-11-71"}, {"1984-05-12", "1984-5-12", "1971-11-02"}, {"12.05.1984", "1984-5-12", "02.11.1971"},
                         {"7/9/11", "2011-9-7", "2/11/71"}, {"05/25/1984", "1984-5-25", "11/02/1971"}, {"12051984", "1984-5-12", "02111971"}, {"19840512", "1984-5-12", "19711102"},
                         {"3 de abril de 1955", "1955-4-3", "2 de noviembre de 1971"}, {"03 de Abril del 55", "1955-4-3", "02 de Noviembre del 71"}, {"3 ABRIL 1955", "1955-4-3", "2 NOVIEMBRE 1971"},
                         {"May 12th, 1984", "1984-5-12", "November 2, 1971"}, {"3 d'agost del 62", "1962-8-3", "2 d'novembre del 71"}, {"tres de abril de mil novecientos ochenta y dos", "1982-4-3", "2 de noviembre de 1971"},
                         {"5 de mayo", "0-5-5", "2 de noviembre"}, {"12/05", "0-5-12", "02/11"}, {"mayo de 1984", "1984-5-0", "noviembre de 1971"}, {"05/1984", "1984-5-0", "11/1971"}, {"1984", "1984-0-0", "1971"},
                         {"１２/０５/１９８４", "1984-5-12", "02/11/1971"}, {"12 / 05 / 1984", "1984-5-12", "02 / 11 / 1971"}}) {
    const std::optional<DateValue> date = reader().read(row.value);
    REQUIRE_MESSAGE(date.has_value(), row.value);
    CHECK_MESSAGE(shown(date->date()) == row.read, row.value);
    CHECK_MESSAGE(date->write({1971, 11, 2}) == row.written, row.value);
  }
}

TEST_CASE("what is no date, or none that exists") {
  for (const char* value : {"", "hola", "31/02/1984", "32/01/1984", "12/13/1984/5", "13/13/1984", "0/5/1984", "12345678Z", "7", "1/2/3/4", "5 de mayo de 1984 y 3", "12/05/0184", "😀"}) {
    CHECK_MESSAGE(!reader().read(value).has_value(), value);
  }
  CHECK_FALSE(reader().read(std::string(100000, '1')).has_value());
  std::string words;
  for (int i = 0; i < 90; ++i) words += "1 ";
  CHECK_FALSE(reader().read(words).has_value());
}

TEST_CASE("moving a date") {
  CHECK(shown(moved({1984, 2, 28}, 1)) == "1984-2-29");
  CHECK(shown(moved({1983, 12, 31}, 1)) == "1984-1-1");
  CHECK(shown(moved({1984, 3, 1}, -180)) == "1983-9-3");
  CHECK(shown(moved({0, 5, 12}, 20)) == "2000-6-1");
}
