#include "privacy/operators.h"

#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>
#include <map>

using namespace tertulia;

TEST_CASE("operators") {
  Key key{};
  const auto apply = [&](Operator op, int keep, const char* value) { return apply_operator({op, keep}, "ES_NIF", value, "12345678z", 3, &key); };
  CHECK(apply(Operator::kRedact, 4, "12345678Z") == "⟨REDACTED⟩");
  CHECK(apply(Operator::kTag, 4, "12345678Z") == "⟨ES_NIF_3⟩");
  CHECK(apply(Operator::kKeep, 4, "12345678Z") == "12345678Z");
  CHECK(apply(Operator::kMask, 4, "12345678Z") == "*****678Z");
  CHECK(apply(Operator::kMask, 4, "12.345.678-Z") == "**.***.678-Z");
  CHECK(apply(Operator::kMask, 0, "Núñez") == "*****");
  CHECK(apply(Operator::kMask, 2, "６１２") == "*１２");
  CHECK(apply(Operator::kMask, 9, "12345678Z") == "12345678Z");
  const std::string hash = apply(Operator::kHash, 4, "12.345.678-Z");
  CHECK(hash == apply(Operator::kHash, 4, "12345678z"));
  CHECK(hash.size() == std::string("⟨ES_NIF:⟩").size() + 32);
  key[0] = 1;
  CHECK(hash != apply(Operator::kHash, 4, "12345678Z"));
  CHECK(apply_operator({Operator::kHash, 4}, "ES_NIF", "12345678Z", "12345678z", 1, nullptr) == "⟨REDACTED⟩");
}

TEST_CASE("values as compared") {
  struct Row { const char* type; const char* value; const char* expected; };
  for (const Row& row : {Row{"PHONE_NUMBER", "+34 612 34 56 78", "612345678"}, {"PHONE_NUMBER", "0034612345678", "612345678"}, {"PHONE_NUMBER", "612-345-678", "612345678"},
                         {"ES_NIF", "ES12345678Z", "12345678z"}, {"ES_NIF", "1234567L", "01234567l"}, {"ES_NIF", "01.234.567-l", "01234567l"}, {"EMAIL_ADDRESS", "A@B.es", "abes"}}) {
    CHECK_MESSAGE(normal_value(row.type, std::string(row.value)) == row.expected, row.value);
  }
}

TEST_CASE("placeholders that a text brings along") {
  std::map<std::string, std::size_t> highest;
  read_placeholders("⟨PERSON_2⟩ y ⟨PERSON_11⟩, ⟨ES_NIF_3⟩ ⟨ ⟨X_99999999⟩ ⟨PERSON⟩", highest);
  CHECK(highest["PERSON"] == 11);
  CHECK(highest["ES_NIF"] == 3);
  CHECK(highest.count("X") == 0);
}

namespace {

Result<Policy> load(const std::string& json) {
  const std::string path = std::string(TERTULIA_BINARY_DIR) + "/policy_test.json";
  std::ofstream(path) << json;
  Result<Policy> policy = Policy::load(path);
  std::filesystem::remove(path);
  return policy;
}

}  // namespace

TEST_CASE("policy files") {
  const Result<Policy> policy = load(R"({"default":"redact",
    // a comment
    "types":{"IBAN_CODE":{"operator":"mask","keep_last":2},"URL":"keep"}})");
  REQUIRE_MESSAGE(policy.ok(), policy.status().message());
  CHECK(policy->fallback.op == Operator::kRedact);
  CHECK(rule_for(*policy, "IBAN_CODE").op == Operator::kMask);
  CHECK(rule_for(*policy, "IBAN_CODE").keep_last == 2);
  CHECK(rule_for(*policy, "URL").op == Operator::kKeep);
  CHECK(rule_for(*policy, "A_TYPE_OF_TOMORROW").op == Operator::kRedact);
  CHECK(Policy::load("/nowhere/policy.json").status().code() == StatusCode::kNotFound);

  struct Row { const char* json; const char* expected; };
  for (const Row& row : {Row{"{\"default\":\"hide\"}", "json:1: default: expected redact"}, {"{\n\"types\":{\n\"URL\":\"kep\"}}", "json:3: URL: expected redact"},
                         {"{\"types\":{\"url\":\"keep\"}}", "url: expected an entity type in capitals"}, {"{\"types\":{\"URL\":{\"operator\":\"mask\",\"keep_last\":40}}}", "URL: keep_last: expected 0 to 8"},
                         {"{\"types\":{\"URL\":{\"operator\":\"mask\",\"keep\":4}}}", "unknown key \"keep\""}, {"{\"fallback\":\"tag\"}", "fallback: unknown key"}, {"[]", "expected an object"}, {"{", "json:1:"}}) {
    const Result<Policy> wrong = load(row.json);
    CHECK_FALSE(wrong.ok());
    CHECK(wrong.status().code() == StatusCode::kInvalidData);
    CHECK_MESSAGE(wrong.status().message().find(row.expected) != std::string::npos, wrong.status().message());
  }
}
