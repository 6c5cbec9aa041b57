#include "privacy/door_reader.h"

#include <doctest/doctest.h>

#include "finding.h"

using namespace tertulia;

TEST_CASE("floor and door behind a number") {
  DoorReader doors;
  REQUIRE(doors.load(test::models()).ok());
  struct Row { const char* text; const char* expected; };
  for (const Row& row : {Row{"12, 3ºB, Madrid", "12, 3ºB"}, {"12 3 b", "12 3 b"}, {"12", "12"}, {"12, Madrid", "12"}, {"12 bajo", "12 bajo"}, {"12, portal 2, 4º izq.", "12, portal 2, 4º izq"},
                         {"12-3-2", "12-3-2"}, {"12 a las 8", "12"}, {"12, esc. B, piso 3, pta. 4", "12, esc. B, piso 3, pta. 4"}, {"12, 3 a las 8", "12, 3"}, {"12 y 14", "12"}, {"12, 28013", "12"},
                         {"12. Mañana voy", "12"}, {"12, 3 habitaciones", "12"}, {"12\n3ºB", "12\n3ºB"}, {"12\n3 cosas", "12"}, {"12 esc a 4 d", "12 esc a 4 d"}, {"12, 4° \"B\"", "12, 4° \"B\""}, {"12, int. 4, C.P. 28013", "12, int. 4"}, {"12, 2ª dcha", "12, 2ª dcha"}, {"12 ático", "12 ático"}}) {
    const ScanText scan(row.text);
    bool door = false;
    const std::size_t end = doors.read(scan, 2, door);
    const std::string text = row.text;
    CHECK_MESSAGE(scan.to_original(0, end).of(text) == row.expected, text);
    CHECK_MESSAGE(door == (end != 2), text);
  }
}
