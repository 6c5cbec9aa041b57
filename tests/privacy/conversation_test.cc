#include "privacy/conversation.h"

#include <doctest/doctest.h>

#include "finding.h"

using namespace tertulia;

namespace {

const ConversationReader& reader() {
  static const ConversationReader* made = [] {
    auto* fresh = new ConversationReader();  // lives as long as the tests
    REQUIRE(fresh->load(test::models()).ok());
    return fresh;
  }();
  return *made;
}

struct Turn {
  Role role;
  const char* author;
  const char* text;
};

Conversation talk(const std::vector<Turn>& turns) {
  Conversation conversation{"c1", "customer", "call", {}};
  for (std::size_t i = 0; i < turns.size(); ++i) {
    conversation.messages.push_back({std::to_string(i), std::nullopt, turns[i].role, turns[i].author, turns[i].text, ""});
  }
  return conversation;
}

ScanList scans_of(const Conversation& conversation) {
  ScanList scans;
  for (const Message& message : conversation.messages) scans.push_back(std::make_unique<ScanText>(message.text));
  return scans;
}

std::string joined(const std::vector<std::string>& items) {
  std::string out;
  for (std::size_t i = 0; i < items.size(); ++i) out += (i == 0 ? "" : "|") + items[i];
  return out;
}

}  // namespace

TEST_CASE("participants come from sender fields and the agent's greeting") {
  const Conversation conversation = talk({{Role::kAgent, "Agente", "Buenos días, le atiende Laura Gómez, ¿en qué puedo ayudarle?"}, {Role::kCustomer, "Begoña Ruiz", "hola"},
                                          {Role::kCustomer, "+34 612 345 678", "hola"}, {Role::kAgent, "Soporte Banco", "le saluda el equipo"}, {Role::kSystem, "Ana", "se unió"}, {Role::kOther, "cliente_82", "x"}});
  CHECK(joined(reader().participants(conversation, scans_of(conversation))) == "Begoña Ruiz|Laura Gómez");
}

TEST_CASE("what the other side has asked for") {
  const Conversation conversation = talk({{Role::kAgent, "", "¿Me dice su DNI?"}, {Role::kCustomer, "", "sí, un momento"}, {Role::kAgent, "", "dígame"}, {Role::kCustomer, "", "12345678"},
                                          {Role::kAgent, "", "Gracias. Necesito también la fecha de nacimiento, por favor"}, {Role::kCustomer, "", "12/05/1980"}, {Role::kAgent, "", "Perfecto, ya lo tengo todo apuntado aquí"}, {Role::kCustomer, "", "vale"}});
  CHECK(joined(reader().expected_types(conversation, scans_of(conversation))) == "|ES_NIF||ES_NIF||DATE_OF_BIRTH||");
}

TEST_CASE("a phone split over two turns") {
  struct Row { std::vector<Turn> turns; const char* expected; };
  for (const Row& row : {Row{{{Role::kCustomer, "", "apunta 654 32"}, {Role::kAgent, "", "sí"}, {Role::kCustomer, "", "10 98 y ya"}}, "0:654 32|2:10 98"},
                         {{{Role::kCustomer, "", "es el seis cinco cuatro"}, {Role::kCustomer, "", "y luego treinta y dos diez noventa y ocho"}}, "0:seis cinco cuatro|1:treinta y dos diez noventa y ocho"},
                         {{{Role::kCustomer, "", "es el seis cinco cuatro"}, {Role::kCustomer, "", "treinta y dos diez noventa y ocho"}}, "0:seis cinco cuatro|1:treinta y dos diez noventa y ocho"},
                         {{{Role::kCustomer, "", "tengo 654"}, {Role::kAgent, "", "321098"}}, ""},
                         {{{Role::kCustomer, "", "son 80 euros"}, {Role::kCustomer, "", "1234567"}}, ""}}) {
    const Conversation conversation = talk(row.turns);
    std::vector<std::vector<Entity>> found(row.turns.size());
    reader().join_split_phones(conversation, scans_of(conversation), found);
    std::string out;
    for (std::size_t m = 0; m < found.size(); ++m) {
      for (const Entity& entity : found[m]) out += (out.empty() ? "" : "|") + std::to_string(m) + ":" + std::string(entity.span.of(row.turns[m].text));
    }
    CHECK(out == row.expected);
  }
}

TEST_CASE("variants of one name") {
  CHECK(joined(reader().name_words("Mª López")) == "maria|lopez");
  CHECK(joined(reader().name_words("LÓPEZ RUIZ, MARÍA")) == "maria|lopez|ruiz");
  CHECK(joined(reader().name_words("Paco de la Fuente")) == "francisco|fuente");

  PersonIndex persons(reader());
  const std::vector<std::string> names = {"maria", "Pedro Gil", "María López", "Mª López", "M. López", "López, María", "María Pérez", "López", "Pedro", "pedro gil"};
  persons.build(names);
  std::string numbers;
  for (const std::string& name : names) numbers += std::to_string(persons.person(name));
  CHECK(numbers == "0100002011");
  CHECK(persons.full_name(0) == "maria lopez");
}
