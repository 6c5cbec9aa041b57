#include "sample_bundle.h"

using namespace tertulia;

TEST_CASE("one message") {
  TextInput input;
  input.id = "7";
  input.text = "Ya hemos comprado la parcela y el arquitecto tiene el proyecto, buscamos hipoteca. Mi DNI es 12345678Z";
  const Result<Analysis> out = sample_engine().analyze(input);
  REQUIRE(out.ok());
  CHECK(out->id == "7");
  CHECK(out->text == input.text);
  CHECK(out->anonymized.find("12345678Z") == std::string::npos);
  CHECK(out->reading.language == "es");
  REQUIRE_FALSE(out->reading.events.empty());
  CHECK(out->reading.events[0].event == "home_building");
  CHECK(out->reading.events[0].active);
  bool found = false;
  for (const Entity& entity : out->entities) found = found || (entity.type == "ES_NIF" && entity.span.of(out->text) == "12345678Z");
  CHECK(found);
}

TEST_CASE("anonymize reads nothing else") {
  TextInput input;
  input.text = "Hemos comprado la parcela. Mi DNI es 12345678Z";
  const Result<Analysis> out = sample_engine().anonymize(input);
  REQUIRE(out.ok());
  CHECK(out->anonymized.find("12345678Z") == std::string::npos);
  CHECK(out->reading.events.empty());
}

TEST_CASE("ugly texts") {
  std::string families;
  for (int i = 0; i < 20000; ++i) families += "👩‍👩‍👧";
  const std::string rows[] = {"", " ", "\n\n", std::string("a\0b", 3), "\xC3\x28\xFF", "⟨PERSON_1⟩ ⟨⟩", families,
                              std::string(300000, 'a'), std::string(300000, '9'), std::string(100000, '@')};
  for (const std::string& text : rows) {
    TextInput input;
    input.id = "1";
    input.text = text;
    const Result<Analysis> out = sample_engine().analyze(input);
    REQUIRE(out.ok());
    const std::string json = to_json(*out, OffsetUnit::kUtf16);
    CHECK(json.find('\n') == std::string::npos);
  }
  TextInput broken;
  broken.text = "ma\xF1" "ana";
  CHECK(sample_engine().analyze(broken)->repaired_utf8 == 1);
}

TEST_CASE("a bundle that is not there, or not whole, is refused") {
  CHECK(Engine::open("/nowhere").status().code() == StatusCode::kNotFound);
  const SampleDirectory directory;
  std::filesystem::copy(kBundle, directory.file("b"), std::filesystem::copy_options::recursive);
  CHECK(Engine::open(directory.file("b")).ok());
  std::ofstream(directory.file("b/report/strings.tsv"), std::ios::app) << "x";
  CHECK(Engine::open(directory.file("b")).status().code() == StatusCode::kFailedPrecondition);
}

TEST_CASE("times") {
  CHECK(format_timestamp(parse_timestamp("2026-03-02").value()) == "2026-03-02T00:00:00Z");
  CHECK_FALSE(parse_timestamp("2026-13-02").ok());
}
