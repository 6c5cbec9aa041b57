#include "engine/answer_json.h"

#include <doctest/doctest.h>

#include <cmath>
#include <limits>

#include "tertulia/engine.h"

using namespace tertulia;

TEST_CASE("decimals are rounded to four places and carry no trailing zeros") {
  const struct { double value; const char* text; } rows[] = {
      {0, "0"}, {-0.0, "0"}, {1, "1"}, {0.93, "0.93"}, {-0.1, "-0.1"}, {180000, "180000"}, {0.99995, "1"}, {0.00004, "0"},
      {-0.00004, "0"}, {0.12345, "0.1235"}, {0.1 + 0.2, "0.3"}, {1234567.8, "1234567.8"}, {0.0001, "0.0001"}, {-2.50001, "-2.5"},
      {1e15, "1e+15"}, {std::numeric_limits<double>::infinity(), "0"}, {std::nan(""), "0"}};
  for (const auto& row : rows) CHECK(decimal_text(row.value) == row.text);
}

namespace {

Analysis sample() {
  Analysis a;
  a.id = "m\"1";
  a.text = "👩‍👩‍👧 soy Ana, 12345678Z";
  a.anonymized = "👩‍👩‍👧 soy ⟨PERSON_1⟩, ⟨ES_NIF_1⟩";
  const std::size_t ana = a.text.find("Ana"), nif = a.text.find("12345678Z");
  a.entities.push_back({"PERSON", {ana, ana + 3}, 0.97, "person_name", {"given name", "cue: soy"}});
  a.entities.push_back({"ES_NIF", {nif, nif + 9}, 1, "es_nif", {"check letter"}});
  a.reading.language = "es";
  Finding building;
  building.event = "home_building";
  building.stage = "planning";
  building.subject = "self";
  building.assertion = "affirmed";
  building.active = true;
  building.confidence = 0.931249;
  building.why = {{"parcela", "arquitecto"}, {"stage: presupuesto"}};
  a.reading.events.push_back(building);
  building.active = false;
  building.weak = true;
  building.why = {};
  a.reading.events.push_back(building);
  a.reading.needs.push_back({"financing", "home_building", false, 0.88, {}});
  a.reading.signals.push_back({"complaint", 0.8, {}});
  a.reading.sentiment = {"negative", -0.1};
  a.reading.facts = {{"amount_eur", "180000", "home_building", 0.9, true}, {"amount_eur", "5", "", 0.5, true}, {"place", "Asturias", "", 0.9, false}};
  a.reading.special = {"health"};
  return a;
}

}  // namespace

TEST_CASE("the answer is one line in the documented form") {
  CHECK(to_json(sample(), OffsetUnit::kCodePoints) ==
        "{\"id\":\"m\\\"1\",\"language\":\"es\",\"anonymized\":\"👩‍👩‍👧 soy ⟨PERSON_1⟩, ⟨ES_NIF_1⟩\","
        "\"entities\":[{\"type\":\"PERSON\",\"start\":10,\"end\":13,\"score\":0.97,\"why\":[\"given name\",\"cue: soy\"]},"
        "{\"type\":\"ES_NIF\",\"start\":15,\"end\":24,\"score\":1,\"why\":[\"check letter\"]}],"
        "\"events\":[{\"event\":\"home_building\",\"stage\":\"planning\",\"subject\":\"self\",\"assertion\":\"affirmed\",\"active\":true,"
        "\"confidence\":0.9312,\"why\":[\"parcela\",\"arquitecto\",\"stage: presupuesto\"]},"
        "{\"event\":\"home_building\",\"stage\":\"planning\",\"subject\":\"self\",\"assertion\":\"affirmed\",\"active\":false,\"weak\":true,"
        "\"confidence\":0.9312,\"why\":[]}],"
        "\"needs\":[{\"need\":\"financing\",\"event\":\"home_building\",\"explicit\":false,\"confidence\":0.88,\"why\":[]}],"
        "\"signals\":[{\"signal\":\"complaint\",\"confidence\":0.8,\"why\":[]}],"
        "\"sentiment\":{\"label\":\"negative\",\"score\":-0.1},\"facts\":{\"amount_eur\":180000,\"place\":\"Asturias\"},"
        "\"special\":[\"health\"],\"vulnerability\":[]}");
}

TEST_CASE("offsets count in the asked unit") {
  const struct { OffsetUnit unit; const char* part; } rows[] = {
      {OffsetUnit::kCodePoints, "\"start\":10,\"end\":13"}, {OffsetUnit::kUtf16, "\"start\":13,\"end\":16"}, {OffsetUnit::kBytes, "\"start\":23,\"end\":26"}};
  for (const auto& row : rows) CHECK(to_json(sample(), row.unit).find(row.part) != std::string::npos);
}

TEST_CASE("entities out of order and an empty reading") {
  Analysis a;
  a.text = "ñandú";
  a.entities = {{"PERSON", {3, 7}, 0.5, "x", {}}, {"PERSON", {0, 2}, 0.5, "x", {}}};
  const std::string json = to_json(a, OffsetUnit::kCodePoints);
  CHECK(json.find("\"start\":2,\"end\":5") != std::string::npos);
  CHECK(json.find("\"start\":0,\"end\":1") != std::string::npos);
  CHECK(json.find("\"facts\":{}") != std::string::npos);
}

TEST_CASE("why and why not as JSON: offsets in the asked unit, no text") {
  Analysis analysis;
  analysis.id = "1";
  analysis.text = "ñ 12345678Z 11112222C";
  analysis.entities = {{"ES_NIF", {3, 12}, 0.95, "es_nif", {"check holds: dni"}}};
  analysis.rejected = {{"ES_NIF", {13, 22}, 0, "es_nif", "check fails and no context"}};
  CHECK(explanation_to_json(analysis, OffsetUnit::kCodePoints) ==
        R"({"id":"1","found":[{"type":"ES_NIF","start":2,"end":11,"score":0.95,"recognizer":"es_nif","why":["check holds: dni"]}],)"
        R"("rejected":[{"type":"ES_NIF","start":12,"end":21,"score":0,"recognizer":"es_nif","reason":"check fails and no context"}]})");
  CHECK(explanation_to_json(analysis, OffsetUnit::kBytes).find("\"start\":13") != std::string::npos);
}
