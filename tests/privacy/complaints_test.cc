// What users of other anonymizers complain of, one case each: none of it may happen here.
#include <doctest/doctest.h>

#include <chrono>

#include "finding.h"
#include "tertulia/privacy.h"

using namespace tertulia;
using namespace tertulia::test;

namespace {

const Anonymizer& anonymizer() {
  static const Anonymizer made = Anonymizer::open(models(), {}).value();
  return made;
}

Result<CleanConversation> run(const std::vector<std::string>& texts, const std::string& author = {}) {
  Conversation conversation{"c", "k", "chat", {}};
  for (const std::string& text : texts) conversation.messages.push_back({std::to_string(conversation.messages.size()), std::nullopt, Role::kCustomer, author, text, ""});
  return anonymizer().clean(conversation);
}

std::string clean(const std::string& text) {
  const Result<CleanConversation> done = run({text});
  return done.ok() ? done->messages()[0].document().text() : done.status().message();
}

bool has_person(const std::string& text) {
  const Result<CleanConversation> done = run({text});
  if (!done.ok()) return false;
  for (const Entity& entity : done->messages()[0].entities()) {
    if (entity.type == "PERSON") return true;
  }
  return false;
}

}  // namespace

TEST_CASE("1 lower-case NIF and NIE are validated like capitals") { CHECK(clean("12345678z x1234567l") == "⟨ES_NIF_1⟩ ⟨ES_NIE_1⟩"); }
TEST_CASE("2 names in capitals and in lower case") {
  CHECK(has_person("SOY MARIA LOPEZ GARCIA"));
  CHECK(has_person("hola soy maria lopez"));
}
TEST_CASE("3 bare numbers, timestamps and log words are no persons") {
  for (const char* text : {"12345", "2024-06-12 10:15:30 ERROR timeout", "INFO ok 200", "v1.2.3"}) CHECK_FALSE_MESSAGE(has_person(text), std::string(text));
}
TEST_CASE("4 a verb, a dash or a greeting is no part of a name") {
  const std::string text = clean("Hola María - te llamo luego");
  CHECK(text == "Hola ⟨PERSON_1⟩ - te llamo luego");
  CHECK_FALSE(has_person("Quedamos mañana"));
}
TEST_CASE("5 phones of France, the United Kingdom and Portugal") {
  CHECK(found_in("+33 6 12 34 56 78, +44 7911 123456, +351 912 345 678") == "PHONE_NUMBER:+33 6 12 34 56 78 | PHONE_NUMBER:+44 7911 123456 | PHONE_NUMBER:+351 912 345 678");
}
TEST_CASE("6 7 one person, one token, in the whole conversation") {
  const Result<CleanConversation> done = run({"soy María López", "sí, Mª López", "pregunta por María"});
  REQUIRE_MESSAGE(done.ok(), done.status().message());
  for (const CleanMessage& message : done->messages()) {
    CHECK_MESSAGE(message.document().text().find("⟨PERSON_1⟩") != std::string::npos, message.document().text());
    CHECK(message.document().text().find("⟨PERSON_2⟩") == std::string::npos);
  }
}
TEST_CASE("8 hashes are keyed, and linked under one key") {
  AnonymizerOptions options;
  options.policy.fallback.op = Operator::kHash;
  const auto hash = [&](char key) {
    options.key = std::string(32, key);
    const Anonymizer made = Anonymizer::open(models(), options).value();
    return made.clean({"c", "k", "chat", {{"1", std::nullopt, Role::kCustomer, "", "12345678Z", ""}}}).value().messages()[0].document().text();
  };
  CHECK(hash('a') == hash('a'));
  CHECK(hash('a') != hash('b'));
}
TEST_CASE("9 17 overlaps neither corrupt the text nor lose the longer span; equal values are all found") {
  CHECK(clean("12345678Z 12345678Z 12345678Z") == "⟨ES_NIF_1⟩ ⟨ES_NIF_1⟩ ⟨ES_NIF_1⟩");
  CHECK(clean("x http://a.com/12345678Z x") == "x ⟨URL_1⟩ x");
  CHECK(clean("a@b.es@c.es 612345678@x.com") .find("612345678") == std::string::npos);
}
TEST_CASE("10 a contained span with a higher score keeps its type") {
  const std::string text = "abcdefghij 12345678Z";
  const std::vector<Entity> kept = resolve({{"WEAK", {0, text.size()}, 0.5, "a", {}}, {"ES_NIF", {11, text.size()}, 0.99, "b", {}}}, text, 0.5);
  REQUIRE(kept.size() == 2);
  CHECK(kept[1].type == "ES_NIF");
}
TEST_CASE("11 emoji do not shift spans") { CHECK(clean("👨‍👩‍👧‍👦🇪🇸 612345678 👍🏽") == "👨‍👩‍👧‍👦🇪🇸 ⟨PHONE_NUMBER_1⟩ 👍🏽"); }
TEST_CASE("12 normalisation does not shift spans") {
  CHECK(clean("e\u0301e\u0301 pe\u0301rez@x.com \u00a0612\u2009345\u2009678") == "e\u0301e\u0301 ⟨EMAIL_ADDRESS_1⟩ \u00a0⟨PHONE_NUMBER_1⟩");
}
TEST_CASE("13 14 16 a long text is read in seconds, to its end") {
  std::string text;
  for (int i = 0; i < 8000; ++i) text += "llevo tres días esperando la cita ";
  text += "mi dni es 12345678Z";
  const auto start = std::chrono::steady_clock::now();
  const std::string cleaned = clean(text);
  CHECK(std::chrono::steady_clock::now() - start < std::chrono::seconds(20));
  CHECK(cleaned.substr(cleaned.size() - std::string("es ⟨ES_NIF_1⟩").size()) == "es ⟨ES_NIF_1⟩");
}
TEST_CASE("15 what one message tells is used in the others") {
  const Result<CleanConversation> done = run({"mi clave es Xk29pp", "ya he puesto xk29pp y nada"});
  REQUIRE(done.ok());
  CHECK(done->messages()[1].document().text() == "ya he puesto ⟨SECRET_1⟩ y nada");
}
TEST_CASE("18 timestamps are no cards; the 2-series and 19 digits are") {
  CHECK(found_in("1612345678901 y 20240612101530").empty());
  CHECK(found_in("2223003122003222 y 4000000000000000006") == "CREDIT_CARD:2223003122003222 | CREDIT_CARD:4000000000000000006");
}
TEST_CASE("19 a word with a dot is no URL") { CHECK(found_in("hola.chao rpc.py vale.ok S.A.").empty()); }
TEST_CASE("20 dates are no phones") { CHECK(found_in("9.12.2024 18 y 6-12-2024 1830 y 2024 612 34").empty()); }
TEST_CASE("21 cues are whole words and phrases, before and behind") {
  CHECK(found_in("duplicate 12345678 lic").empty());
  CHECK(found_in("12345678 es mi dni") == "ES_NIF:12345678");
}
TEST_CASE("22 street addresses") { CHECK(found_in("vivo en la calle del Pez 9, 2º A") == "STREET_ADDRESS:calle del Pez 9, 2º A"); }
TEST_CASE("24 spoken figures are one span") { CHECK(clean("el seis cinco cuatro tres dos uno cero nueve ocho vale") == "el ⟨PHONE_NUMBER_1⟩ vale"); }
TEST_CASE("25 grouped IBANs") { CHECK(clean("ES91 2100 0418 4502 0005 1332 / ES91-2100-0418-4502-0005-1332") == "⟨IBAN_CODE_1⟩ / ⟨IBAN_CODE_1⟩"); }
TEST_CASE("26 business lines give no names") {
  for (const char* text : {"la cruz roja española", "tengo una cita en la sucursal", "seguro de hogar con asistencia", "la luz y el gas suben"}) CHECK_FALSE_MESSAGE(has_person(text), std::string(text));
}
TEST_CASE("27 the language need not be named") { CHECK(clean("my phone is 612345678, el meu DNI és 12345678Z") == "my phone is ⟨PHONE_NUMBER_1⟩, el meu DNI és ⟨ES_NIF_1⟩"); }
TEST_CASE("28 lost zero, NIE is no CIF, K L M are persons") { CHECK(found_in("1234567L X1234567L K1234567L") == "ES_NIF:1234567L | ES_NIE:X1234567L | ES_NIF:K1234567L"); }
TEST_CASE("29 participants by their sender field") {
  const Result<CleanConversation> done = run({"firmado: Begoña"}, "Begoña Ruiz");
  REQUIRE(done.ok());
  CHECK(done->messages()[0].document().text() == "firmado: ⟨PERSON_1⟩");
}
TEST_CASE("30 an allow list with variants") {
  AnonymizerOptions options;
  options.allow = {"/9[0-9 ]*/"};
  const Anonymizer made = Anonymizer::open(models(), options).value();
  CHECK(made.clean({"c", "k", "chat", {{"1", std::nullopt, Role::kCustomer, "", "913 456 789 y 612345678", ""}}}).value().messages()[0].document().text() == "913 456 789 y ⟨PHONE_NUMBER_1⟩");
}
