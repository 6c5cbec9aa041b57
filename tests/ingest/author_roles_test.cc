#include "ingest/author_roles.h"

#include <doctest/doctest.h>

using namespace tertulia;

TEST_CASE("agents by list, domain and name") {
  const Marks marks = Marks::load("").value();
  ReaderOptions options;
  options.agents = {"Núria  Vila", "@caixer.example", "pau@x.example", ""};
  const AuthorRoles roles(options, marks);
  struct Row {
    const char* author;
    bool agent;
  };
  const Row rows[] = {
      {"", false},           {"Ana", false},         {"nuria vila", true},      {"Núria Vila Roca", false},     {"Pau@X.example", true},
      {"joan@caixer.example", true}, {"joan@caixer.example.org", false}, {"Banco Norte", true}, {"Bancolina", false},
      {"BANCO", true},       {"Mi banco 🏦", true},  {"Atención al Cliente", true}, {"Seguros-Norte", true}, {"no-reply@x.example", true},
      {"soporte@x.example", true},
  };
  for (const Row& row : rows) {
    CAPTURE(row.author);
    CHECK(roles.is_agent(row.author) == row.agent);
  }
}

TEST_CASE("who is the customer") {
  const Marks marks = Marks::load("").value();
  struct Row {
    std::vector<std::string> authors;
    const char* customer;
    const char* customer_author;
    bool first_wins;
    const char* expected;  // "?" for a refusal
  };
  const Row rows[] = {
      {{}, "", "", false, ""},
      {{"Banco"}, "", "", false, ""},
      {{"Ana", "Banco"}, "", "", false, "Ana"},
      {{"Ana", "Luis", "Banco"}, "", "", false, "?"},
      {{"Ana", "Luis", "Banco"}, "luis", "", false, "Luis"},
      {{"Ana", "Luis"}, "C-77", "", false, "?"},
      {{"Ana", "Luis"}, "C-77", "ANA", false, "Ana"},
      {{"Ana"}, "C-77", "", false, "Ana"},
      {{"Banco", "Ana", "Luis"}, "", "", true, "Ana"},
      {{"Ana", "Luis"}, "", "", true, "?"},
      {{"Asesor Pepe", "Banco"}, "Asesor Pepe", "", false, "Asesor Pepe"},  // the customer's own name may hold such a word
  };
  for (const Row& row : rows) {
    ReaderOptions options;
    options.customer = row.customer;
    options.customer_author = row.customer_author;
    const AuthorRoles roles(options, marks);
    const Result<std::string> found = roles.customer_of(row.authors, row.first_wins);
    CHECK((found.ok() ? *found : "?") == row.expected);
    if (!found.ok()) CHECK(found.status().message().find("Ana") == std::string::npos);
  }
}

TEST_CASE("roles") {
  const Marks marks = Marks::load("").value();
  const AuthorRoles roles({}, marks);
  CHECK(roles.role_of("Ana", "Ana") == Role::kCustomer);
  CHECK(roles.role_of("Luis", "Ana") == Role::kOther);
  CHECK(roles.role_of("Banco", "Ana") == Role::kAgent);
  CHECK(roles.role_of("", "") == Role::kOther);
}
