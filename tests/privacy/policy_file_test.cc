#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>

#include "privacy/operators.h"
#include "tertulia/privacy.h"

using namespace tertulia;

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
  const Result<Policy> keyed = load(R"({"default":{"operator":"pseudonym","scope":"tenant"},"types":{"DATE_OF_BIRTH":{"operator":"generalise","to":"year"},
    "PERSON":{"operator":"surrogate","scope":"customer"},"ES_NIF":"token","X_DATE":"shift"}})");
  REQUIRE_MESSAGE(keyed.ok(), keyed.status().message());
  CHECK(keyed->fallback.op == Operator::kPseudonym);
  CHECK(keyed->fallback.scope == OperatorScope::kTenant);
  CHECK(rule_for(*keyed, "DATE_OF_BIRTH").to == Coarseness::kYear);
  CHECK(rule_for(*keyed, "PERSON").scope == OperatorScope::kCustomer);
  CHECK(rule_for(*keyed, "ES_NIF").scope == OperatorScope::kConversation);
  CHECK(keyed->needs_key());
  CHECK_FALSE(policy->needs_key());
  CHECK(Policy().fallback.op == Operator::kTag);
  CHECK(Policy::load("/nowhere/policy.json").status().code() == StatusCode::kNotFound);

  struct Row { const char* json; const char* expected; };
  for (const Row& row : {Row{"{\"default\":\"hide\"}", "json:1: default: expected redact"}, {"{\n\"types\":{\n\"URL\":\"kep\"}}", "json:3: URL: expected redact"},
                         {"{\"types\":{\"url\":\"keep\"}}", "url: expected an entity type in capitals"}, {"{\"types\":{\"URL\":{\"operator\":\"mask\",\"keep_last\":40}}}", "json:1: URL: keep_last: expected 0 to 8"},
                         {"{\"types\":{\"URL\":{\"operator\":\"mask\",\n\"keep\":4}}}", "json:2: URL: keep: unknown key \"keep\""},
                         // The line is the key's own, whatever stands in comments, values and elsewhere in the file.
                         {"{// \"scope\": \"URL\"\n\"default\":\"tag\",\n\"types\":{\"PERSON\":{\"operator\":\"token\",\"scope\":\"tenant\"},\n/* \"URL\":\n*/\n\"URL\":{\"operator\":\"pseudonym\",\n\"scope\":\"world\"}}}", "json:7: URL: scope: expected message, conversation, customer or tenant"},
                         {"{\"types\":{\"URL\":{\"operator\":\"tag\",\"scope\":\"tenant\"}}}", "URL: scope: only pseudonym, token and surrogate have it"},
                         {"{\"types\":{\"URL\":{\"operator\":\"shift\",\"scope\":\"tenant\"}}}", "URL: scope: only pseudonym"}, {"{\"types\":{\"URL\":{\"operator\":\"tag\",\"to\":\"year\"}}}", "URL: to: only generalise has it"},
                         {"{\"types\":{\"URL\":{\"operator\":\"generalise\",\"to\":\"week\"}}}", "URL: to: expected decade, year, month, country or bank"}, {"{\"types\":{\"URL\":{\"scope\":\"tenant\"}}}", "URL: operator is missing"},
                         {"{\"types\":{\"URL\":7}}", "URL: expected redact"}, {"{\"types\":7}", "types: expected an object"}, {"{\"fallback\":\"tag\"}", "fallback: unknown key"}, {"[]", "expected an object"}, {"{", "json:1:"}}) {
    const Result<Policy> wrong = load(row.json);
    CHECK_FALSE(wrong.ok());
    CHECK(wrong.status().code() == StatusCode::kInvalidData);
    CHECK_MESSAGE(wrong.status().message().find(row.expected) != std::string::npos, wrong.status().message());
  }
}
