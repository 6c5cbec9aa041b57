#include "segment/attribute_rules.h"

#include <doctest/doctest.h>
#include <unistd.h>

#include <cstdio>
#include <fstream>
#include <set>

using namespace tertulia;

namespace {

Result<AttributeRules> load_text(const std::string& json) {
  const std::string path = std::string(TERTULIA_BINARY_DIR) + "/attribute_rules_test." + std::to_string(::getpid()) + ".json";
  std::ofstream(path) << json;
  Result<AttributeRules> rules = AttributeRules::load(path);
  std::remove(path.c_str());
  return rules;
}

const std::string kKinds =
    R"("kinds":{"event":{"open":true,"half_life_days":365},"need":{},"signal":{},"fact":{},"opinion":{},"care":{"sensitivity":"care"}})";

}  // namespace

TEST_CASE("the shipped rules load, and know every name of the taxonomy") {
  const Result<AttributeRules> rules = AttributeRules::load(TERTULIA_SOURCE_DIR "/models/segment/attributes.json");
  REQUIRE(rules.ok());
  const std::pair<const char*, std::vector<const char*>> names[] = {
      {"event", {"home_building", "home_purchase", "home_renovation", "home_move", "business_start", "business_growth", "marriage", "new_child", "education",
                 "new_job", "job_loss", "retirement", "vehicle_purchase", "divorce", "inheritance", "relocation_abroad"}},
      {"need", {"financing", "insurance", "advice", "provider_reference", "price_offer", "paperwork", "savings", "payments"}},
      {"signal", {"complaint", "churn_risk", "praise", "stop_contact", "rights_request"}},
      {"fact", {"amount_eur", "horizon_months", "place", "household_children", "age_band"}},
      {"opinion", {"sentiment"}},
      {"care", {"debt_distress", "bereavement", "gambling", "self_harm", "minor"}},
  };
  std::size_t count = 0;
  for (const auto& [kind, ids] : names) {
    for (const char* id : ids) {
      CAPTURE(id);
      const AttributeRule* rule = rules->find(kind, id);
      REQUIRE(rule != nullptr);
      CHECK(rule->info.id == id);
      CHECK((rule->info.sensitivity == "care") == (std::string(kind) == "care"));
      ++count;
    }
  }
  CHECK(rules->listed().size() == count);
  CHECK(rules->find("event", "home_building")->info.half_life_days == 540);
  CHECK(rules->find("signal", "complaint")->info.half_life_days == 30);
  // No special category is an attribute of any kind.
  for (const char* special : {"health", "religion", "politics", "union", "orientation", "origin", "conviction"}) {
    for (const char* kind : {"need", "signal", "fact", "opinion", "care"}) CHECK(rules->find(kind, special) == nullptr);
  }
}

TEST_CASE("an open kind takes new names, a closed one does not") {
  const Result<AttributeRules> rules = load_text("{\"source\":\"test\"," + kKinds + R"(,"attributes":[{"kind":"need","id":"advice","half_life_days":7}]})");
  REQUIRE(rules.ok());
  REQUIRE(rules->find("event", "lottery_win") != nullptr);
  CHECK(rules->find("event", "lottery_win")->info.half_life_days == 365);
  CHECK(rules->find("need", "advice")->info.half_life_days == 7);
  CHECK(rules->find("need", "champagne") == nullptr);
  CHECK(rules->find("event", "") == nullptr);
  CHECK(rules->find("wish", "advice") == nullptr);
}

TEST_CASE("a wrong file is refused with its place") {
  struct Row {
    std::string json;
    const char* part;  // of the message
  };
  const auto with = [](const std::string& attributes) { return "{\"source\":\"test\"," + kKinds + ",\"attributes\":[" + attributes + "]}"; };
  const Row rows[] = {
      {"", ":1:1"},
      {"[]", "object"},
      {"{\"source\":\"\"," + kKinds + ",\"attributes\":[]}", "source"},
      {"{\"source\":\"x\",\"kinds\":{\"event\":{}},\"attributes\":[]}", "need"},
      {"{\"source\":\"x\"," + kKinds + "}", "attributes"},
      {with("7"), "attributes[0]"},
      {with(R"({"kind":"need"})"), "id"},
      {with(R"({"kind":"need","id":""})"), "attributes[0]: id"},
      {with(R"({"kind":"wish","id":"x"})"), "attributes[0]: kind"},
      {with(R"({"kind":"need","id":"x","half_life_days":0})"), "attributes[0]: half_life_days"},
      {with(R"({"kind":"need","id":"x","half_life_days":1e99})"), "attributes[0]: half_life_days"},
      {with(R"({"kind":"need","id":"x","half_life_days":1.5})"), "attributes[0]: half_life_days"},
      {with(R"({"kind":"need","id":"x","least_confidence":2})"), "attributes[0]: confidence"},
      {with(R"({"kind":"need","id":"x","sensitivity":"secret"})"), "attributes[0]: sensitivity"},
      {with(R"({"kind":"need","id":"x","half_live":3})"), "half_live"},
      {with(R"({"kind":"need","id":"x"},{"kind":"need","id":"x"})"), "attributes[1]: id"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.json);
    const Result<AttributeRules> rules = load_text(row.json);
    REQUIRE_FALSE(rules.ok());
    CHECK(rules.status().code() == StatusCode::kInvalidData);
    CHECK(rules.status().message().find(row.part) != std::string::npos);
  }
  CHECK(AttributeRules::load("/none/attributes.json").status().code() == StatusCode::kNotFound);
}
