#include <doctest/doctest.h>

#include <cmath>
#include <string>

#include "tertulia/segment.h"

using namespace tertulia;

namespace {

Finding finding(std::string event, std::string stage, std::string subject, std::string assertion, double confidence, const char* how = "") {
  Finding f;
  f.event = std::move(event);
  f.stage = std::move(stage);
  f.subject = std::move(subject);
  f.assertion = std::move(assertion);
  f.confidence = confidence;
  f.active = std::string(how) == "active";
  f.weak = std::string(how) == "weak";
  f.why.words = {"parcela", "boda"};
  f.why.cues = {"stage: notario", "parcela"};
  return f;
}

// "event home_building planning 0.90 weak against [parcela boda]; …"
std::string text_of(const std::vector<AttributeUpdate>& updates) {
  std::string text;
  for (const AttributeUpdate& u : updates) {
    if (!text.empty()) text += "; ";
    text += u.kind + " " + u.attribute;
    if (!u.event.empty()) text += " of " + u.event;
    if (!u.value.empty()) text += " " + u.value;
    text += " " + std::to_string(u.confidence).substr(0, 4);
    if (!u.is_explicit) text += " implied";
    if (u.weak) text += " weak";
    if (u.contradicts) text += " against";
  }
  return text;
}

Mapper open_mapper() {
  Result<Mapper> mapper = Mapper::open(TERTULIA_SOURCE_DIR "/models");
  REQUIRE(mapper.ok());
  return std::move(*mapper);
}

}  // namespace

TEST_CASE("events: the customer's own count, his own negated ones speak against, the rest is silence") {
  const Mapper mapper = open_mapper();
  struct Row {
    Finding finding;
    const char* updates;
  };
  const Row rows[] = {
      {finding("home_building", "planning", "self", "affirmed", 0.9, "active"), "event home_building planning 0.90"},
      {finding("home_building", "planning", "self", "affirmed", 0.4, "weak"), "event home_building planning 0.40 weak"},
      {finding("home_building", "planning", "self", "affirmed", 0.2, "active"), "event home_building planning 0.20 weak"},  // under the least confidence
      {finding("home_building", "planning", "self", "affirmed", 0.1, "weak"), ""},
      {finding("home_building", "planning", "self", "affirmed", 0.9), ""},  // neither active nor weak
      {finding("home_building", "planning", "self", "negated", 0.9), "event home_building planning 0.90 against"},
      {finding("home_building", "planning", "self", "negated", 0.2), "event home_building planning 0.20 weak against"},
      {finding("home_building", "planning", "other", "negated", 0.9), ""},
      {finding("home_building", "planning", "other", "affirmed", 0.9, "active"), ""},
      {finding("home_building", "planning", "self", "hypothetical", 0.9), ""},
      {finding("home_building", "done", "self", "past", 0.9), ""},
      {finding("home_building", "planning", "self", "affirmed", std::nan(""), "active"), ""},
      {finding("home_building", "planning", "self", "affirmed", 9.0, "active"), "event home_building planning 1.00"},
      {finding("a_new_event", "planning", "self", "affirmed", 0.9, "active"), "event a_new_event planning 0.90"},
      {finding("", "planning", "self", "affirmed", 0.9, "active"), ""},
  };
  for (const Row& row : rows) {
    CAPTURE(row.updates);
    CAPTURE(row.finding.subject);
    CAPTURE(row.finding.assertion);
    Reading reading;
    reading.events = {row.finding};
    CHECK(text_of(mapper.map(reading)) == row.updates);
  }
}

TEST_CASE("needs, signals, facts, opinions and care flags by their rules") {
  const Mapper mapper = open_mapper();
  Reading reading;
  reading.needs = {{"financing", "home_building", true, 0.9, {}}, {"insurance", "", false, 0.5, {}}, {"advice", "", true, 0.1, {}}, {"champagne", "", true, 0.9, {}}};
  reading.signals = {{"complaint", 0.8, {}}, {"praise", 0.2, {}}, {"unknown", 0.9, {}}};
  reading.facts = {{"amount_eur", "180000", "home_building", 0.9, true}, {"place", "", "", 0.9, false}, {"shoe_size", "42", "", 0.9, true}, {"place", "Siero", "", 0.1, false}};
  reading.sentiment = {"negative", -0.7};
  reading.vulnerability = {"debt_distress", "unheard_of"};
  CHECK(text_of(mapper.map(reading)) ==
        "need financing of home_building 0.90; need insurance 0.50 implied; signal complaint 0.80; fact amount_eur of home_building 180000 0.90; "
        "opinion sentiment negative 0.70; care debt_distress 1.00");
  reading = {};
  reading.sentiment = {"negative", -0.4};
  CHECK(mapper.map(reading).empty());
  reading.sentiment = {"neutral", 0.9};
  CHECK(mapper.map(reading).empty());
  CHECK(mapper.map({}).empty());
}

TEST_CASE("a message that speaks of a special category gives no facts, no opinion and no words") {
  const Mapper mapper = open_mapper();
  Reading reading;
  reading.events = {finding("marriage", "planning", "self", "affirmed", 0.9, "active")};
  reading.events[0].why.words = {"novio", "parroquia"};
  reading.needs = {{"financing", "marriage", true, 0.9, {{"parroquia"}, {}}}};
  reading.signals = {{"complaint", 0.8, {{"parroquia"}, {}}}};
  reading.facts = {{"place", "Siero", "marriage", 0.9, false}, {"amount_eur", "9000", "", 0.9, true}};
  reading.sentiment = {"negative", -0.9};
  reading.vulnerability = {"bereavement"};
  CHECK(mapper.map(reading).size() == 7);
  for (const char* special : {"health", "religion", "politics", "union", "orientation", "origin", "conviction"}) {
    CAPTURE(special);
    reading.special = {special};
    const std::vector<AttributeUpdate> updates = mapper.map(reading);
    CHECK(text_of(updates) == "event marriage planning 0.90; need financing of marriage 0.90; signal complaint 0.80; care bereavement 1.00");
    for (const AttributeUpdate& update : updates) CHECK(update.why.empty());
  }
}

TEST_CASE("explanations hold each word once, and not too many") {
  const Mapper mapper = open_mapper();
  Reading reading;
  reading.events = {finding("home_building", "planning", "self", "affirmed", 0.9, "active")};
  CHECK(mapper.map(reading)[0].why == std::vector<std::string>{"parcela", "boda", "stage: notario"});
  reading.events[0].why.words.clear();
  for (int i = 0; i < 1000; ++i) reading.events[0].why.words.push_back("w" + std::to_string(i));
  CHECK(mapper.map(reading)[0].why.size() == 12);
}

TEST_CASE("attributes are those of the rules, in order; a missing bundle is said") {
  const Mapper mapper = open_mapper();
  CHECK(mapper.attributes().size() == 40);
  for (std::size_t i = 1; i < mapper.attributes().size(); ++i) {
    const AttributeInfo& a = mapper.attributes()[i - 1];
    const AttributeInfo& b = mapper.attributes()[i];
    CHECK(std::tie(a.kind, a.id) < std::tie(b.kind, b.id));
  }
  CHECK(Mapper::open("/none").status().code() == StatusCode::kNotFound);
}
