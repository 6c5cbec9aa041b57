#include "ingest/column_map.h"

#include <doctest/doctest.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <filesystem>

using namespace tertulia;

namespace {

struct MapFile {
  std::string path = std::filesystem::temp_directory_path().string() + "/tertulia-map-XXXXXX";
  explicit MapFile(const std::string& text) {
    std::FILE* file = fdopen(mkstemp(path.data()), "w");
    std::fputs(text.c_str(), file);
    std::fclose(file);
  }
  ~MapFile() { std::filesystem::remove(path); }
};

}  // namespace

TEST_CASE("map files, or what is wrong with them") {
  struct Row {
    const char* json;
    const char* error;  // behind the path
  };
  const Row rows[] = {
      {"{}", ""},
      {R"({"columns":{"text":"Mensaje"},"roles":{"Cliente":"customer"},"channel":"chat","date_format":"dd/mm/yyyy","delimiter":";"} // ok)", ""},
      {R"({"columns":{"texto":"Mensaje"}})", "columns: unknown field \"texto\""},
      {R"({"columns":{"text":5}})", "columns.text: expected a string"},
      {R"({"roles":{"Cliente":"boss"}})", "roles.Cliente: expected customer, agent, other or system"},
      {R"({"date_format":"soon"})", "date_format: expected d, m and y in their order, such as dd/mm/yyyy"},
      {R"({"delimiter":";;"})", "delimiter: expected one character"},
      {R"({"column":{}})", "unknown key \"column\""},
      {R"({"columns":[]})", "columns: expected an object"},
      {"[]", "expected an object"},
      {"{", "Missing a name for object member."},
  };
  for (const Row& row : rows) {
    CAPTURE(row.json);
    const MapFile file(row.json);
    const Result<ColumnMap> map = ColumnMap::load(file.path);
    if (*row.error == '\0') {
      CHECK(map.ok());
    } else {
      REQUIRE(!map.ok());
      CHECK(map.status().code() == StatusCode::kInvalidArgument);
      CHECK(map.status().message().find(row.error) != std::string::npos);
    }
  }
  CHECK(ColumnMap::load("/no/such/map.json").status().code() == StatusCode::kNotFound);
}

TEST_CASE("columns are found by their names, whatever their case and accents") {
  const MapFile file(R"({"columns":{"text":"Mensaje","conversation":"Nº caso"},"roles":{"Titular":"customer"}})");
  ColumnMap map = ColumnMap::load(file.path).value();
  CHECK(map.bind({"MENSAJE"}, "f:1").message() == "f:1: no column \"Nº caso\" for conversation in the first line; say which one it is with a column map");
  REQUIRE(map.bind({"at", " nº  Caso", "MENSAJE"}, "f:1").ok());
  CHECK(*map.cell({"t", "c", "x"}, Column::kText) == "x");
  CHECK(map.cell({"t", "c"}, Column::kText) == nullptr);
  CHECK(map.cell({"t", "c"}, Column::kAuthor) == nullptr);
  CHECK(!map.has(Column::kAuthor));
  CHECK(map.bind({"Nº caso", "mensaje", "Mensaje"}, "f:1").message() == "f:1: two columns for \"text\" have the same name");
  Role role = Role::kOther;
  CHECK(map.role("TITULAR", &role));
  CHECK(role == Role::kCustomer);
  CHECK(map.role("agent", &role));
  CHECK(role == Role::kAgent);
  CHECK(!map.role("jefe", &role));
}

TEST_CASE("rounded numbers and formula guards") {
  for (const char* cell : {"1,23E+17", "1.23e+17", "5E+10", "1,2E-05"}) CHECK(is_rounded_number(cell));
  for (const char* cell : {"", "123", "1,23", "E+17", "1E17", "1,E+17", "1,23E+", "1,23E+17x", "A1E+17", "2E"}) CHECK(!is_rounded_number(cell));
  struct Row {
    std::string_view cell, text;
  };
  const Row rows[] = {{"'=x", "=x"}, {"'+34", "+34"}, {"'-1", "-1"}, {"'@ana", "@ana"}, {"'x'", "'x'"}, {"'", "'"}, {"", ""}, {"=x", "=x"}};
  for (const Row& row : rows) CHECK(without_formula_guard(row.cell) == row.text);
}
