#include <doctest/doctest.h>

#include <algorithm>

#include "finding.h"
#include "tertulia/privacy.h"

using namespace tertulia;

namespace {

const Anonymizer& plain() {
  static const Anonymizer made = Anonymizer::open(test::models(), {}).value();
  return made;
}

Conversation talk(const std::vector<std::pair<Role, std::string>>& turns) {
  Conversation conversation{"c1", "customer", "call", {}};
  for (std::size_t i = 0; i < turns.size(); ++i) {
    conversation.messages.push_back({"m" + std::to_string(i), Timestamp{5}, turns[i].first, "", turns[i].second, ""});
  }
  return conversation;
}

std::string clean(const Anonymizer& anonymizer, const std::vector<std::pair<Role, std::string>>& turns) {
  const Result<CleanConversation> done = anonymizer.clean(talk(turns));
  if (!done.ok()) return std::string(to_string(done.status().code()));
  std::string out;
  for (const CleanMessage& message : done->messages()) out += (out.empty() ? "" : "\n") + message.document().text();
  return out;
}

std::string clean(const std::string& text) { return clean(plain(), {{Role::kCustomer, text}}); }

}  // namespace

TEST_CASE("one message") {
  struct Row { const char* text; const char* expected; };
  for (const Row& row : {Row{"", ""}, {"hola", "hola"}, {"mi dni es 12345678Z", "mi dni es ⟨ES_NIF_1⟩"}, {"612 34 56 78 o +34 612345678", "⟨PHONE_NUMBER_1⟩ o ⟨PHONE_NUMBER_1⟩"},
                         {"12345678Z y 87654321X y 12.345.678-z", "⟨ES_NIF_1⟩ y ⟨ES_NIF_2⟩ y ⟨ES_NIF_1⟩"}, {"👨‍👩‍👧 612345678 😀", "👨‍👩‍👧 ⟨PHONE_NUMBER_1⟩ 😀"}, {"６１２３４５６７８", "⟨PHONE_NUMBER_1⟩"},
                         {"ya estaba ⟨PHONE_NUMBER_4⟩ y ahora 612345678", "ya estaba ⟨PHONE_NUMBER_4⟩ y ahora ⟨PHONE_NUMBER_5⟩"}}) {
    CHECK(clean(row.text) == row.expected);
  }
}

TEST_CASE("a conversation: typed answers, split numbers, one value one token") {
  CHECK(clean(plain(), {{Role::kAgent, "¿me dice su DNI?"}, {Role::kCustomer, "12345678"}, {Role::kAgent, "entonces 12.345.678, ¿correcto?"}}) ==
        "¿me dice su DNI?\n⟨ES_NIF_1⟩\nentonces ⟨ES_NIF_1⟩, ¿correcto?");
  CHECK(clean(plain(), {{Role::kCustomer, "apunta 654 32"}, {Role::kAgent, "sí"}, {Role::kCustomer, "10 98"}}) == "apunta ⟨PHONE_NUMBER_1⟩\nsí\n⟨PHONE_NUMBER_2⟩");
  CHECK(clean(plain(), {{Role::kAgent, "¿Qué edad tiene?"}, {Role::kCustomer, "45"}}) == "¿Qué edad tiene?\n45");
  CHECK(clean(plain(), {{Role::kAgent, "¿código postal?"}, {Role::kCustomer, "33001"}}) == "¿código postal?\n⟨POSTAL_CODE_1⟩");
  CHECK(clean(plain(), {{Role::kAgent, "¿Me dice el código que le ha llegado?"}, {Role::kCustomer, "482913"}}) == "¿Me dice el código que le ha llegado?\n⟨SECRET_1⟩");
}

TEST_CASE("participants are hidden wherever they are named") {
  Conversation conversation = talk({{Role::kCustomer, "hola, soy yo otra vez"}, {Role::kAgent, "dígame Begoña, ¿sigue en Oviedo?"}, {Role::kOther, "begoña me dijo que sí"}});
  conversation.messages[0].author = "Begoña Etxebarría";
  const Result<CleanConversation> done = plain().clean(conversation);
  REQUIRE_MESSAGE(done.ok(), done.status().message());
  CHECK(done->messages()[1].document().text() == "dígame ⟨PERSON_1⟩, ¿sigue en Oviedo?");
  CHECK(done->messages()[1].role() == Role::kAgent);
  CHECK(done->messages()[1].id() == "m1");
  CHECK(done->messages()[1].at() == Timestamp{5});
  CHECK(done->channel() == "call");
}

TEST_CASE("operators by policy") {
  AnonymizerOptions options;
  options.policy.rules["ES_NIF"] = {Operator::kMask, 4};
  options.policy.rules["EMAIL_ADDRESS"] = {Operator::kHash, 4};
  options.policy.rules["URL"] = {Operator::kKeep, 4};
  options.policy.fallback = {Operator::kRedact, 4};
  CHECK(Anonymizer::open(test::models(), options).status().code() == StatusCode::kInvalidArgument);
  options.key = std::string(32, 'k');
  const Anonymizer anonymizer = Anonymizer::open(test::models(), options).value();
  const std::string text = clean(anonymizer, {{Role::kCustomer, "12345678Z a@b.es A@B.ES https://x.es/y 612345678"}});
  CHECK(text.find("*****678Z ⟨EMAIL_ADDRESS:") == 0);
  CHECK(text.find(" https://x.es/y ⟨REDACTED⟩") != std::string::npos);
  const std::size_t first = text.find("⟨EMAIL"), second = text.find("⟨EMAIL", first + 1);
  REQUIRE(second != std::string::npos);
  CHECK(text.substr(first, 50) == text.substr(second, 50));
}

TEST_CASE("a value that survives stops the conversation") {
  // A policy that masks and keeps more than the value has leaves it in clear: the check must see it.
  AnonymizerOptions broken;
  broken.policy.rules["ES_NIF"] = {Operator::kMask, 40};
  const Anonymizer anonymizer = Anonymizer::open(test::models(), broken).value();
  const Result<CleanConversation> done = anonymizer.clean(talk({{Role::kCustomer, "mi dni es 12345678Z"}}));
  REQUIRE_FALSE(done.ok());
  CHECK(done.status().code() == StatusCode::kLeak);
  CHECK(done.status().message().find("c1") != std::string::npos);
  CHECK(done.status().message().find("12345678") == std::string::npos);
  // Nothing of that type: nothing to stop.
  CHECK(anonymizer.clean(talk({{Role::kCustomer, "llama al 612345678"}})).ok());
}

TEST_CASE("allow and deny lists, a user's patterns, minimum score") {
  AnonymizerOptions options;
  options.allow = {"Ayuda@MiBanco.es", "/.*@mibanco\\.es/"};
  options.deny = {{"Proyecto Alondra", "PROJECT"}};
  const Anonymizer anonymizer = Anonymizer::open(test::models(), options).value();
  CHECK(clean(anonymizer, {{Role::kCustomer, "ayuda@mibanco.es, quejas@mibanco.es, yo@otro.es"}}) == "ayuda@mibanco.es, quejas@mibanco.es, ⟨EMAIL_ADDRESS_1⟩");
  CHECK(clean(anonymizer, {{Role::kCustomer, "lo del PROYECTO  ALONDRA va bien"}}) == "lo del ⟨PROJECT_1⟩ va bien");
  options.allow = {"/(/"};
  CHECK(Anonymizer::open(test::models(), options).status().code() == StatusCode::kInvalidArgument);
  options.allow.clear();
  options.max_text_bytes = 10;
  CHECK(Anonymizer::open(test::models(), options).status().code() == StatusCode::kInvalidArgument);
  CHECK(Anonymizer::open("/nowhere", {}).status().code() == StatusCode::kNotFound);
}

TEST_CASE("long texts are scanned in windows, to the last byte") {
  AnonymizerOptions options;
  options.max_text_bytes = 4096;
  const Anonymizer small = Anonymizer::open(test::models(), options).value();
  std::string text, expected;
  for (int i = 0; i < 900; ++i) {
    const bool phone = i % 37 == 0;
    text += phone ? "llama al 612 34 56 78 ya. " : "y luego más cosas ñ. ";
    expected += phone ? "llama al ⟨PHONE_NUMBER_1⟩ ya. " : "y luego más cosas ñ. ";
  }
  text += "dni 12345678Z";
  expected += "dni ⟨ES_NIF_1⟩";
  CHECK(clean(small, {{Role::kCustomer, text}}) == expected);
  CHECK(clean(text) == expected);
  // One word without blanks, longer than a window.
  CHECK(clean(small, {{Role::kCustomer, std::string(20000, 'x') + " 612345678"}}) == std::string(20000, 'x') + " ⟨PHONE_NUMBER_1⟩");
}

TEST_CASE("cleaning twice is cleaning once") {
  for (const char* text : {"mi dni es 12345678Z y vivo en C/ Mayor 12, 3ºB, 28013 Madrid", "pepe punto ruiz arroba gmail punto com", "contraseña: Perro2020!", "@ana https://x.es/1 ES91 2100 0418 4502 0005 1332"}) {
    const std::string once = clean(text);
    CHECK(once != text);
    CHECK(clean(once) == once);
  }
}

TEST_CASE("spans are bytes of the original, in order, without overlaps") {
  const std::string text = "😀 José, mi dni es 12345678Z; calle Mayor 12, 3ºB; a@b.es";
  const Result<CleanConversation> done = plain().clean(talk({{Role::kCustomer, text}}));
  REQUIRE(done.ok());
  std::size_t last = 0;
  for (const Entity& entity : done->messages()[0].entities()) {
    CHECK(entity.span.begin >= last);
    CHECK(entity.span.end <= text.size());
    CHECK((static_cast<unsigned char>(text[entity.span.begin]) & 0xC0) != 0x80);
    last = entity.span.end;
  }
  CHECK(last == text.size());
}

TEST_CASE("why not: near misses with their reason, none of them a value") {
  AnonymizerOptions options;
  options.allow = {"ayuda@mibanco.es"};
  const Anonymizer anonymizer = Anonymizer::open(test::models(), options).value();
  const auto told = [&](const std::string& text) {
    std::vector<std::vector<Rejection>> rejected;
    const Conversation conversation = talk({{Role::kCustomer, "hola"}, {Role::kCustomer, text}});
    const Result<CleanConversation> done = anonymizer.explain(conversation, rejected);
    REQUIRE(done.ok());
    CHECK(done->messages()[1].document().text() == anonymizer.clean(conversation)->messages()[1].document().text());
    REQUIRE(rejected.size() == 2);
    CHECK(rejected[0].empty());
    std::string out;
    for (const Rejection& miss : rejected[1]) {
      CHECK(miss.span.end <= text.size());
      CHECK(miss.span.begin < miss.span.end);
      out += miss.type + " " + std::to_string(miss.span.begin) + "-" + std::to_string(miss.span.end) + ": " + miss.reason + "\n";
    }
    return out;
  };
  CHECK(told("hola, ¿qué tal?").empty());
  CHECK(told("mi dni es 12345678Z").find("ES_NIF") == std::string::npos);
  CHECK(told("la ref 11112222C va").find("ES_NIF 7-16: check fails and no context\n") != std::string::npos);
  CHECK(told("escribe a ayuda@mibanco.es ya") == "EMAIL_ADDRESS 10-26: allow list\n");
  CHECK(told("mi IBAN ES91 2100 0418 4502 0005 1332").find(": lost to IBAN_CODE\n") != std::string::npos);
  // With the proof the same digits are found and nothing is said of them.
  CHECK(told("mi dni es 11112222C").find("check fails") == std::string::npos);
  AnonymizerOptions strict;
  strict.min_score = 0.99;
  std::vector<std::vector<Rejection>> rejected;
  REQUIRE(Anonymizer::open(test::models(), strict)->explain(talk({{Role::kCustomer, "mi dni es 11112222C"}}), rejected).ok());
  CHECK(std::any_of(rejected[0].begin(), rejected[0].end(), [](const Rejection& miss) { return miss.type == "ES_NIF" && miss.reason.find(" under 0.99") != std::string::npos; }));
}

TEST_CASE("near misses of a long text stand where they are, and are counted out") {
  AnonymizerOptions options;
  options.max_text_bytes = 4096;
  const Anonymizer anonymizer = Anonymizer::open(test::models(), options).value();
  std::string text;
  for (int i = 0; i < 700; ++i) text += "y luego más cosas ñ. ";
  text += "la ref 11112222C va";
  std::vector<std::vector<Rejection>> rejected;
  REQUIRE(anonymizer.explain(talk({{Role::kCustomer, text}}), rejected).ok());
  const auto found = std::find_if(rejected[0].begin(), rejected[0].end(), [](const Rejection& miss) { return miss.type == "ES_NIF"; });
  REQUIRE(found != rejected[0].end());
  CHECK(found->span.of(text) == "11112222C");
  std::string many;
  for (int i = 0; i < 5000; ++i) many += "ref 11112222C ";
  REQUIRE(anonymizer.explain(talk({{Role::kCustomer, many}}), rejected).ok());
  CHECK(rejected[0].size() <= 256);
}
