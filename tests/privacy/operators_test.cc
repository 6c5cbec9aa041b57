#include "privacy/operators.h"

#include <doctest/doctest.h>

#include <map>
#include <set>

#include "base/clock.h"
#include "finding.h"

using namespace tertulia;

namespace {

const MentionPlace kPlace{"customer-1", "conversation-1", "message-1"};

OperatorSet loaded(const Policy& policy, unsigned char first = 0, const std::string& tenant = {}) {
  Key key{};
  key[0] = first;
  OperatorSet operators;
  REQUIRE(operators.load(test::models(), policy, &key, tenant).ok());
  return operators;
}

Policy all_as(Operator op) {
  Policy policy;
  policy.fallback.op = op;
  return policy;
}

std::string apply(const OperatorSet& operators, const OperatorRule& rule, const std::string& type, const std::string& value, const MentionPlace& place = kPlace) {
  const std::string normal = normal_value(type, value);
  return operators.apply(rule, {type, value, normal, 3}, place);
}

}  // namespace

TEST_CASE("operators without a key, and hash") {
  const OperatorSet operators = loaded({});
  const auto written = [&](Operator op, int keep, const char* value) { return apply(operators, {op, keep}, "ES_NIF", value); };
  CHECK(written(Operator::kRedact, 4, "12345678Z") == "⟨REDACTED⟩");
  CHECK(written(Operator::kTag, 4, "12345678Z") == "⟨ES_NIF_3⟩");
  CHECK(written(Operator::kKeep, 4, "12345678Z") == "12345678Z");
  CHECK(written(Operator::kMask, 4, "12345678Z") == "*****678Z");
  CHECK(written(Operator::kMask, 4, "12.345.678-Z") == "**.***.678-Z");
  CHECK(written(Operator::kMask, 0, "Núñez") == "*****");
  CHECK(written(Operator::kMask, 2, "６１２") == "*１２");
  CHECK(written(Operator::kMask, 9, "12345678Z") == "12345678Z");
  const std::string hash = written(Operator::kHash, 4, "12.345.678-Z");
  CHECK(hash == written(Operator::kHash, 4, "12345678z"));
  CHECK(hash.size() == std::string("⟨ES_NIF:⟩").size() + 32);
  CHECK(hash != apply(loaded({}, 1), {Operator::kHash}, "ES_NIF", "12345678Z"));
}

TEST_CASE("what cannot be said is redacted: no key, a type that is no name") {
  OperatorSet keyless;
  REQUIRE(keyless.load(test::models(), {}, nullptr, {}).ok());
  for (const Operator op : {Operator::kHash, Operator::kPseudonym, Operator::kToken, Operator::kSurrogate, Operator::kShift}) {
    CHECK(apply(keyless, {op}, "ES_NIF", "12345678Z") == "⟨REDACTED⟩");
    CHECK(needs_key(op));
  }
  const OperatorSet operators = loaded(all_as(Operator::kSurrogate));
  for (const char* type : {"", "proyecto", "ES NIF", "⟨", "A_TYPE_WHOSE_NAME_IS_LONGER_THAN_ANY_OF_OURS"}) {
    for (const Operator op : {Operator::kTag, Operator::kHash, Operator::kPseudonym, Operator::kToken, Operator::kSurrogate, Operator::kGeneralise, Operator::kShift, Operator::kMask}) {
      CHECK_MESSAGE(apply(operators, {op}, type, "12345678Z") == "⟨REDACTED⟩", type);
    }
  }
}

TEST_CASE("a pseudonym is the same within its scope and another outside") {
  const OperatorSet operators = loaded({}), other_key = loaded({}, 1), other_tenant = loaded({}, 0, "t2");
  const MentionPlace message{"customer-1", "conversation-1", "message-2"}, conversation{"customer-1", "conversation-2", "message-1"},
      customer{"customer-2", "conversation-1", "message-1"}, nobody{"", "conversation-1", "message-1"}, nobody2{"", "conversation-2", "message-1"};
  const auto pseudonym = [&](const OperatorSet& set, OperatorScope scope, const MentionPlace& place, const char* value = "12345678Z", const char* type = "ES_NIF") {
    return apply(set, {Operator::kPseudonym, 4, scope}, type, value, place);
  };
  struct Row { OperatorScope scope; bool message, conversation, customer; };  // the same value keeps its pseudonym there
  for (const Row& row : {Row{OperatorScope::kMessage, false, false, false}, {OperatorScope::kConversation, true, false, false}, {OperatorScope::kCustomer, true, true, false},
                         {OperatorScope::kTenant, true, true, true}}) {
    const std::string here = pseudonym(operators, row.scope, kPlace);
    CHECK(here.size() == std::string("⟨ES_NIF:⟩").size() + 16);
    CHECK(here == pseudonym(operators, row.scope, kPlace, "12.345.678-z"));
    CHECK((here == pseudonym(operators, row.scope, message)) == row.message);
    CHECK((here == pseudonym(operators, row.scope, conversation)) == row.conversation);
    CHECK((here == pseudonym(operators, row.scope, customer)) == row.customer);
    CHECK(here != pseudonym(operators, row.scope, kPlace, "12345679S"));
    CHECK(here != pseudonym(other_key, row.scope, kPlace));
    CHECK(here != pseudonym(other_tenant, row.scope, kPlace));
    CHECK(here.substr(here.find(':')) != pseudonym(operators, row.scope, kPlace, "12345678Z", "ES_CIF").substr(std::string("⟨ES_CIF").size()));
  }
  // Without a customer the conversation is the scope: nothing links strangers.
  CHECK(pseudonym(operators, OperatorScope::kCustomer, nobody) != pseudonym(operators, OperatorScope::kCustomer, nobody2));
  // Parts cannot run into each other.
  CHECK(pseudonym(operators, OperatorScope::kConversation, {"a", "bc", "1"}) != pseudonym(operators, OperatorScope::kConversation, {"ab", "c", "1"}));
}

TEST_CASE("shift: all dates of a customer by the same days, never none") {
  const OperatorSet operators = loaded(all_as(Operator::kShift));
  const DateReader dates = [] { DateReader made; REQUIRE(made.load(test::models()).ok()); return made; }();
  std::set<int> seen;
  for (int i = 0; i < 400; ++i) {
    const std::string customer = "c" + std::to_string(i);
    const MentionPlace place{customer, "x", "y"}, later{customer, "z", "w"};
    const std::string first = apply(operators, {Operator::kShift}, "DATE_OF_BIRTH", "01/03/1984", place), second = apply(operators, {Operator::kShift}, "DATE_OF_BIRTH", "11/03/1984", later);
    const std::optional<DateValue> a = dates.read(first), b = dates.read(second);
    REQUIRE(a.has_value());
    REQUIRE(b.has_value());
    const auto days = [](const CivilDate& d) { CivilTime t; t.year = d.year; t.month = d.month; t.day = d.day; return static_cast<int>(from_civil(t) / 86400000000LL); };
    CHECK(days(b->date()) - days(a->date()) == 10);
    const int by = days(a->date()) - days({1984, 3, 1});
    CHECK(by != 0);
    CHECK(by >= -180);
    CHECK(by <= 180);
    seen.insert(by);
  }
  CHECK(seen.size() > 200);
  CHECK(*seen.begin() < -150);
  CHECK(*seen.rbegin() > 150);
  CHECK(apply(operators, {Operator::kShift}, "ES_NIF", "12345678Z") == "⟨ES_NIF_3⟩");
  CHECK(apply(operators, {Operator::kShift}, "DATE_OF_BIRTH", "el día de San José") == "⟨DATE_OF_BIRTH_3⟩");
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
