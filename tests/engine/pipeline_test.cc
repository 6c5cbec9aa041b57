#include "engine/pipeline.h"

#include "sample_bundle.h"

using namespace tertulia;

namespace {

const Pipeline& sample_pipeline() {
  static const Result<Pipeline> pipeline = Pipeline::open(kBundle, {});
  REQUIRE_MESSAGE(pipeline.ok(), pipeline.status().message());
  return *pipeline;
}

constexpr Timestamp kUndated = 5;

Message message(const std::string& id, Role role, const std::string& text, std::optional<Timestamp> at = std::nullopt) {
  Message out;
  out.id = id;
  out.role = role;
  out.text = text;
  out.at = at;
  return out;
}

Conversation talk() {
  return {"c1", "host-1", "chat",
          {message("1", Role::kAgent, "Buenos días, ¿está usted construyendo su casa? Nosotros ya tenemos la parcela y el arquitecto."),
           message("2", Role::kCustomer, "Ya hemos comprado la parcela y el arquitecto está con el proyecto, buscamos hipoteca. Soy Begoña Ruiz, 612 345 678", 100),
           message("3", Role::kOther, "Yo me caso en mayo y estamos con el banquete", 200), message("4", Role::kCustomer, "Gracias")}};
}

}  // namespace

TEST_CASE("only the customer's own messages are evidence, and their keys tell nothing") {
  const SampleDirectory directory;
  Vault vault = std::move(Vault::open(directory.file("v.db"), {})).value();
  const MinedConversation mined = sample_pipeline().mine(talk(), vault, kUndated);
  REQUIRE(mined.status.ok());
  CHECK(mined.customer_ref == vault.pseudonym("customer", "host-1"));
  REQUIRE(mined.evidence.size() == 2);
  CHECK(mined.evidence[0].message_ref != mined.evidence[1].message_ref);
  CHECK(mined.evidence[0].conversation_ref == mined.evidence[1].conversation_ref);
  CHECK(mined.evidence[0].channel == "chat");
  CHECK(mined.evidence[0].at == 100);
  CHECK(mined.evidence[1].at == 200);  // undated: the time of the one before it
  bool building = false;
  for (const AttributeUpdate& update : mined.evidence[0].updates) {
    building = building || (update.kind == "event" && update.attribute == "home_building");
    for (const std::string& why : update.why) {
      CHECK(why.find("ego") == std::string::npos);
      CHECK(why.find("612") == std::string::npos);
    }
  }
  CHECK(building);
  for (const MessageEvidence& evidence : mined.evidence) {
    for (const AttributeUpdate& update : evidence.updates) CHECK(update.attribute != "marriage");
  }
}

TEST_CASE("keys of different parts never meet") {
  const SampleDirectory directory;
  Vault vault = std::move(Vault::open(directory.file("v.db"), {})).value();
  const auto key = [&](const std::string& customer, const std::string& conversation, const std::string& id) {
    return sample_pipeline().mine({conversation, customer, "", {message(id, Role::kCustomer, "hola")}}, vault, 0).evidence.at(0).message_ref;
  };
  CHECK(key("a", "b", "c") == key("a", "b", "c"));
  CHECK(key("a", "b", "c") != key("a", "bc", "c"));
  CHECK(key("ab", "c", "d") != key("a", "bc", "d"));
  CHECK(key("a", "b1", "2") != key("a", "b", "12"));
}

TEST_CASE("a conversation without a time has that of the run, one without a customer is refused") {
  const SampleDirectory directory;
  Vault vault = std::move(Vault::open(directory.file("v.db"), {})).value();
  Conversation undated{"c", "x", "", {message("1", Role::kCustomer, "hola")}};
  CHECK(sample_pipeline().mine(undated, vault, kUndated).evidence.at(0).at == kUndated);
  undated.messages.push_back(message("2", Role::kCustomer, "adiós", 77));
  CHECK(sample_pipeline().mine(undated, vault, kUndated).evidence.at(0).at == 77);  // the first time there is
  undated.customer.clear();
  CHECK(sample_pipeline().mine(undated, vault, kUndated).status.code() == StatusCode::kInvalidData);
}

TEST_CASE("analysis of a conversation reads the customer and anonymizes all") {
  const Result<std::vector<Analysis>> out = sample_pipeline().analyze(talk(), {});
  REQUIRE(out.ok());
  REQUIRE(out->size() == 4);
  CHECK((*out)[0].reading.events.empty());
  CHECK_FALSE((*out)[1].reading.events.empty());
  CHECK((*out)[1].anonymized.find("Bego") == std::string::npos);
  CHECK((*out)[2].reading.events.empty());
}
