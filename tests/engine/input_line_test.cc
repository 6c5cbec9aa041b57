#include <doctest/doctest.h>

#include <string>

#include "tertulia/engine.h"

using namespace tertulia;

TEST_CASE("good lines") {
  const InputLine line = parse_input_line(R"({"id":"7","text":"ho\u006ca 👋","channel":"chat","lang":"es","at":"2026-03-02T10:15:00Z","more":[1]})", "f:1");
  REQUIRE(line.status.ok());
  CHECK(line.id == std::optional<std::string>("7"));
  CHECK(line.input.text == "hola 👋");
  CHECK(line.input.channel == "chat");
  CHECK(line.input.language == "es");
  CHECK(format_timestamp(line.input.at.value()) == "2026-03-02T10:15:00Z");
  CHECK(parse_input_line("\xEF\xBB\xBF{\"id\":\"1\",\"text\":\"\"}\r", "f:1").status.ok());
  CHECK(parse_input_line(R"({"id":"1","text":"a\u0000b","at":null})", "f:1").input.text.size() == 3);
}

TEST_CASE("bad lines name place and key, keep the id and never quote the text") {
  const struct { const char* line; const char* error; const char* id; } rows[] = {
      {R"({"id":"1"})", "f:9: text: expected a string", "1"},
      {R"({"id":"1","text":7})", "f:9: text: expected a string", "1"},
      {R"({"id":"1","text":null})", "f:9: text: expected a string", "1"},
      {R"({"text":"secreto"})", "f:9: id: expected a string that is not empty", nullptr},
      {R"({"id":7,"text":"secreto"})", "f:9: id: expected a string that is not empty", nullptr},
      {R"({"id":"","text":"secreto"})", "f:9: id: expected a string that is not empty", nullptr},
      {R"({"id":"1","text":"secreto","at":"ayer"})", "f:9: at: expected a time such as 2026-03-02T10:15:00Z", "1"},
      {R"({"id":"1","text":"secreto","channel":[]})", "f:9: channel: expected a string", "1"},
      {R"({"id":"1","text":"secreto","text":"otro"})", "f:9: an object has the same key twice", nullptr},
      {R"([1])", "f:9: expected an object with id and text", nullptr},
      {"{broken", "f:9:2: Missing a name for object member.", nullptr},
      {"", "f:9:1: The document is empty.", nullptr},
      {R"({"id":"1","text":"secreto"} x)", "f:9:29: The document root must not be followed by other values.", nullptr}};
  for (const auto& row : rows) {
    CAPTURE(row.line);
    const InputLine line = parse_input_line(row.line, "f:9");
    CHECK(line.status.code() == StatusCode::kInvalidData);
    CHECK(line.status.message() == row.error);
    CHECK(line.id.value_or("-") == (row.id == nullptr ? "-" : row.id));
    CHECK(line.status.message().find("secreto") == std::string::npos);
  }
}

TEST_CASE("deep nesting and broken UTF-8") {
  CHECK_FALSE(parse_input_line("{\"id\":\"1\",\"text\":" + std::string(2000000, '['), "f:1").status.ok());
  const InputLine line = parse_input_line("{\"id\":\"1\",\"text\":\"ma\xF1" "ana\"}", "f:1");
  REQUIRE(line.status.ok());
  CHECK(line.repaired_utf8 == 1);
  CHECK(line.input.text == "ma\xEF\xBF\xBD" "ana");
}

TEST_CASE("error answers") {
  CHECK(error_to_json(std::nullopt, "a \"b\"") == R"({"id":null,"error":"a \"b\""})");
  CHECK(error_to_json("x\n", "e") == R"({"id":"x\n","error":"e"})");
}
