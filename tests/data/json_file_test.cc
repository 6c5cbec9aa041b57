#include "data/json_file.h"

#include <doctest/doctest.h>

#include <string>

using namespace tertulia;

TEST_CASE("bad JSON is refused with its place") {
  struct Row {
    std::string text;
    const char* part;  // of the message; nullptr: accepted
  };
  const Row rows[] = {
      {R"({"a":1})", nullptr},
      {"\xEF\xBB\xBF{}", nullptr},
      {"{\n \"a\": }", "f:2:7"},
      {R"({"a":1,"a":2})", "same key twice"},
      {"{\"a\":\"\xF1\"}", "f:1:"},
      {std::string(1000000, '['), "nested deeper"},
      {"", "f:1:1"},
      {"// note\n{}", "f:1:1"},
  };
  for (const Row& row : rows) {
    const auto document = parse_json(row.text, "f");
    REQUIRE(document.ok() == (row.part == nullptr));
    if (!document.ok()) {
      CAPTURE(document.status().message());
      CHECK(document.status().message().find(row.part) != std::string::npos);
    }
  }
  CHECK(parse_json("// note\n{}", "f", JsonComments::kAllow).ok());
}

TEST_CASE("typed access names the key and what was expected") {
  const auto document = parse_json(R"({"s":"x","n":2,"b":true,"l":["p","q"]})", "f");
  JsonObject object(*document, "f");
  CHECK(object.string("s") == "x");
  CHECK(object.number("n") == 2);
  CHECK(object.boolean_or("b", false));
  CHECK(object.boolean_or("none", true));
  CHECK(object.strings_or_empty("l").size() == 2);
  CHECK(object.status().ok());
  (void)object.number("s");
  CHECK(object.status().message() == "f: s: expected a number");

  JsonObject missing(*document, "f");
  (void)missing.string("id");
  CHECK(missing.status().message() == "f: id: expected a string");

  JsonObject typo(*document, "f");
  typo.only({"s", "n", "b"});
  CHECK(typo.status().message() == "f: unknown key \"l\"");
}

TEST_CASE("files that cannot be read say why") {
  CHECK(read_file("/no/such/file").status().code() == StatusCode::kNotFound);
  CHECK(read_file(TERTULIA_BINARY_DIR).status().code() == StatusCode::kUnreadable);
}
