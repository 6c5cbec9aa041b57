#include "privacy/rewriter.h"

#include <doctest/doctest.h>

#include "finding.h"
#include "tertulia/privacy.h"

using namespace tertulia;

namespace {

Anonymizer gate(Operator op, const std::string& tenant = {}, OperatorScope scope = OperatorScope::kConversation) {
  AnonymizerOptions options;
  options.policy.fallback.op = op;
  options.policy.fallback.scope = scope;
  options.key = std::string(32, 'k');
  options.tenant = tenant;
  return Anonymizer::open(test::models(), options).value();
}

std::string clean(const Anonymizer& anonymizer, const std::vector<std::string>& texts, const std::string& customer = "c") {
  Conversation conversation{"conversation", customer, "chat", {}};
  for (const std::string& text : texts) conversation.messages.push_back({std::to_string(conversation.messages.size()), {}, Role::kCustomer, "", text, ""});
  const Result<CleanConversation> done = anonymizer.clean(conversation);
  if (!done.ok()) return to_string(done.status().code());
  std::string out;
  for (const CleanMessage& message : done->messages()) out += (out.empty() ? "" : "\n") + message.document().text();
  return out;
}

const char* const kTexts[] = {"soy Begoña Ruiz, mi dni es 12345678Z y mi IBAN ES91 2100 0418 4502 0005 1332", "llama al 612 34 56 78 o +34 612345678", "nací el 12/05/1984 y mi madre nació el 3 de abril de 1955",
                              "vivo en C/ Mayor 12, 3ºB, 28013 Madrid; pepe.ruiz@gmail.com, https://pepe.es/x, 192.168.1.33, @pepito99", "matrícula 1234 BCD, nuss 28 1234567840, contraseña: Perro2020!",
                              "mi móvil es seis uno dos tres cuatro cinco seis siete ocho"};

}  // namespace

TEST_CASE("no operator leaves a value, whatever it writes") {
  for (const Operator op : {Operator::kRedact, Operator::kTag, Operator::kHash, Operator::kPseudonym, Operator::kToken, Operator::kSurrogate, Operator::kGeneralise, Operator::kShift}) {
    const Anonymizer anonymizer = gate(op);
    for (const char* text : kTexts) {
      const std::string out = clean(anonymizer, {text});
      CHECK_MESSAGE(out != "leak", text);
      for (const char* value : {"Begoña", "Ruiz", "12345678Z", "1332", "612", "345678", "12/05/1984", "3 de abril", "Mayor", "28013", "pepe", "1234567840", "Perro", "seis"}) {
        if (std::string_view(text).find(value) != std::string_view::npos) CHECK_MESSAGE(out.find(value) == std::string::npos, out);
      }
    }
  }
}

TEST_CASE("an invented value that is hidden elsewhere in the conversation is not used") {
  const Anonymizer anonymizer = gate(Operator::kSurrogate);
  const std::string text = "mi dni es 12345678Z";
  const std::string first = clean(anonymizer, {text});
  REQUIRE(first.find("mi dni es ") == 0);
  const std::string drawn = first.substr(10);
  // The very value that would be drawn is somebody's in this conversation.
  const std::string both = clean(anonymizer, {text, "y el dni de mi madre es " + drawn});
  CHECK(both != "leak");
  CHECK(both.find(drawn) == std::string::npos);
  // A decade that is a hidden value itself: the tag.
  AnonymizerOptions options;
  options.policy.fallback.op = Operator::kGeneralise;
  options.deny = {{"Madrid", "PLACE"}};
  CHECK(clean(Anonymizer::open(test::models(), options).value(), {"mi código postal es 28013, en Madrid"}) == "mi código postal es ⟨POSTAL_CODE_1⟩, en ⟨PLACE_1⟩");
}

TEST_CASE("surrogates of names: a person stays one, another one is another") {
  const Anonymizer anonymizer = gate(Operator::kSurrogate);
  const std::string out = clean(anonymizer, {"soy María López Ruiz y llamo por lo mío", "gracias, María", "la señora López Ruiz llama a Jorge Ramírez", "soy maría lópez ruiz"});
  const std::string who = out.substr(4, out.find(" y llamo") - 4);
  const std::string given = who.substr(0, who.find(' ')), surnames = who.substr(who.find(' ') + 1);
  CHECK(out.find("gracias, " + given + "\n") != std::string::npos);
  CHECK(out.find("la señora " + surnames + " llama a ") != std::string::npos);
  for (const char* name : {"María", "López", "Ruiz", "Jorge", "Ramírez", "maría"}) CHECK_MESSAGE(out.find(name) == std::string::npos, out);
  const std::string other = out.substr(out.find("llama a ") + 8, out.find("\nsoy", 10) - out.find("llama a ") - 8);
  CHECK(other.find(' ') != std::string::npos);
  CHECK(other.substr(0, other.find(' ')) != given);
  // Under another key or tenant, other names; the same run, the same ones.
  CHECK(clean(anonymizer, {"soy María López Ruiz"}) == clean(anonymizer, {"soy María López Ruiz"}));
  CHECK(clean(anonymizer, {"soy María López Ruiz"}) != clean(gate(Operator::kSurrogate, "other"), {"soy María López Ruiz"}));
}

TEST_CASE("tokens come back, letter by letter") {
  const Anonymizer anonymizer = gate(Operator::kToken);
  for (const char* text : kTexts) {
    const std::string sealed = clean(anonymizer, {text});
    CHECK(sealed != text);
    CHECK(clean(anonymizer, {sealed}) == sealed);  // cleaning twice is cleaning once
    CHECK(restore_tokens(sealed, std::string(32, 'k'))->text == text);
    CHECK(restore_tokens(sealed, std::string(32, 'x'))->text == sealed);
  }
}

TEST_CASE("pseudonyms of a customer go through conversations, of a conversation do not") {
  const Anonymizer wide = gate(Operator::kPseudonym, {}, OperatorScope::kCustomer), message = gate(Operator::kPseudonym, {}, OperatorScope::kMessage);
  CHECK(clean(wide, {"dni 12345678Z"}, "a") == clean(wide, {"dni 12345678Z"}, "a"));
  CHECK(clean(wide, {"dni 12345678Z"}, "a") != clean(wide, {"dni 12345678Z"}, "b"));
  const std::string twice = clean(message, {"dni 12345678Z", "dni 12345678Z"});
  CHECK(twice.substr(0, twice.find('\n')) != twice.substr(twice.find('\n') + 1));
  CHECK(clean(wide, {clean(wide, {"dni 12345678Z"})}) == clean(wide, {"dni 12345678Z"}));
}
