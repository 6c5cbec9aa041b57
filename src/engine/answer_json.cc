// An Analysis as the one-line JSON answer of docs/cli.md.
//
// Numbers are rounded to four decimals by integer arithmetic and written without trailing zeros, so that the same
// answer has the same bytes on every machine. Entities carry no text. Test: tests/engine/answer_json_test.cc.
#include "engine/answer_json.h"

#include <cmath>
#include <charconv>
#include <cstdint>
#include <set>

#include "base/utf8.h"
#include "tertulia/engine.h"

namespace tertulia {
namespace {

using Writer = JsonWriter;

void put(Writer& json, const char* key, const std::string& value) {
  json.Key(key);
  write_string(json, value);
}

void put(Writer& json, const char* key, double value) {
  json.Key(key);
  write_decimal(json, value);
}

void put_list(Writer& json, const char* key, const std::vector<std::string>& values) {
  json.Key(key);
  json.StartArray();
  for (const std::string& value : values) write_string(json, value);
  json.EndArray();
}

// Words first, then cues: heaviest first in each.
void put_why(Writer& json, const Explanation& why) {
  json.Key("why");
  json.StartArray();
  for (const std::string& word : why.words) write_string(json, word);
  for (const std::string& cue : why.cues) write_string(json, cue);
  json.EndArray();
}

void put_entities(Writer& json, const Analysis& analysis, OffsetUnit unit) {
  OffsetConverter offsets(analysis.text, unit);
  json.Key("entities");
  json.StartArray();
  for (const Entity& entity : analysis.entities) {
    json.StartObject();
    put(json, "type", entity.type);
    json.Key("start");
    json.Uint64(offsets.convert(entity.span.begin));
    json.Key("end");
    json.Uint64(offsets.convert(entity.span.end));
    put(json, "score", entity.score);
    put_list(json, "why", entity.why);
    json.EndObject();
  }
  json.EndArray();
}

void put_events(Writer& json, const std::vector<Finding>& events) {
  json.Key("events");
  json.StartArray();
  for (const Finding& finding : events) {
    json.StartObject();
    put(json, "event", finding.event);
    put(json, "stage", finding.stage);
    put(json, "subject", finding.subject);
    put(json, "assertion", finding.assertion);
    json.Key("active");
    json.Bool(finding.active);
    if (finding.weak) {
      json.Key("weak");
      json.Bool(true);
    }
    put(json, "confidence", finding.confidence);
    put_why(json, finding.why);
    json.EndObject();
  }
  json.EndArray();
}

void put_needs(Writer& json, const std::vector<NeedFinding>& needs) {
  json.Key("needs");
  json.StartArray();
  for (const NeedFinding& need : needs) {
    json.StartObject();
    put(json, "need", need.need);
    if (!need.event.empty()) put(json, "event", need.event);
    json.Key("explicit");
    json.Bool(need.is_explicit);
    put(json, "confidence", need.confidence);
    put_why(json, need.why);
    json.EndObject();
  }
  json.EndArray();
}

void put_signals(Writer& json, const std::vector<SignalFinding>& signals) {
  json.Key("signals");
  json.StartArray();
  for (const SignalFinding& signal : signals) {
    json.StartObject();
    put(json, "signal", signal.signal);
    put(json, "confidence", signal.confidence);
    put_why(json, signal.why);
    json.EndObject();
  }
  json.EndArray();
}

// One value a fact: the first, the detector lists the surest first.
void put_facts(Writer& json, const std::vector<Fact>& facts) {
  json.Key("facts");
  json.StartObject();
  std::set<std::string_view> seen;
  for (const Fact& fact : facts) {
    if (!seen.insert(fact.fact).second) continue;
    json.Key(fact.fact.data(), static_cast<rapidjson::SizeType>(fact.fact.size()));
    double number = 0;
    const char* const end = fact.value.data() + fact.value.size();
    if (fact.numeric && std::from_chars(fact.value.data(), end, number).ptr == end && !fact.value.empty()) {
      write_decimal(json, number);
    } else {
      write_string(json, fact.value);
    }
  }
  json.EndObject();
}

}  // namespace

std::string decimal_text(double value) {
  if (!std::isfinite(value)) return "0";
  if (std::fabs(value) >= 1e14) {  // beyond what llround holds with four decimals
    char text[64];
    return {text, std::to_chars(text, text + sizeof text, value).ptr};
  }
  const std::int64_t scaled = std::llround(value * 10000);
  std::string out = std::to_string(std::llabs(scaled) / 10000);
  std::string decimals = std::to_string(10000 + std::llabs(scaled) % 10000).substr(1);
  while (!decimals.empty() && decimals.back() == '0') decimals.pop_back();
  if (!decimals.empty()) out += "." + decimals;
  return scaled < 0 ? "-" + out : out;
}

void write_decimal(JsonWriter& json, double value) {
  const std::string text = decimal_text(value);
  json.RawValue(text.data(), text.size(), rapidjson::kNumberType);
}

void write_string(JsonWriter& json, std::string_view value) {
  json.String(value.data(), static_cast<rapidjson::SizeType>(value.size()));
}

std::string to_json(const Analysis& analysis, OffsetUnit unit) {
  rapidjson::StringBuffer buffer;
  JsonWriter json(buffer);
  json.StartObject();
  put(json, "id", analysis.id);
  put(json, "language", analysis.reading.language);
  put(json, "anonymized", analysis.anonymized);
  put_entities(json, analysis, unit);
  put_events(json, analysis.reading.events);
  put_needs(json, analysis.reading.needs);
  put_signals(json, analysis.reading.signals);
  json.Key("sentiment");
  json.StartObject();
  put(json, "label", analysis.reading.sentiment.label);
  put(json, "score", analysis.reading.sentiment.score);
  json.EndObject();
  put_facts(json, analysis.reading.facts);
  put_list(json, "special", analysis.reading.special);
  put_list(json, "vulnerability", analysis.reading.vulnerability);
  json.EndObject();
  return {buffer.GetString(), buffer.GetSize()};
}

std::string explanation_to_json(const Analysis& analysis, OffsetUnit unit) {
  rapidjson::StringBuffer buffer;
  JsonWriter json(buffer);
  OffsetConverter offsets(analysis.text, unit);
  const auto put_place = [&](const std::string& type, Span span, double score, const std::string& recognizer) {
    put(json, "type", type);
    json.Key("start");
    json.Uint64(offsets.convert(span.begin));
    json.Key("end");
    json.Uint64(offsets.convert(span.end));
    put(json, "score", score);
    put(json, "recognizer", recognizer);
  };
  json.StartObject();
  put(json, "id", analysis.id);
  json.Key("found");
  json.StartArray();
  for (const Entity& entity : analysis.entities) {
    json.StartObject();
    put_place(entity.type, entity.span, entity.score, entity.recognizer);
    put_list(json, "why", entity.why);
    json.EndObject();
  }
  json.EndArray();
  json.Key("rejected");
  json.StartArray();
  for (const Rejection& rejection : analysis.rejected) {
    json.StartObject();
    put_place(rejection.type, rejection.span, rejection.score, rejection.recognizer);
    put(json, "reason", rejection.reason);
    json.EndObject();
  }
  json.EndArray();
  json.EndObject();
  return {buffer.GetString(), buffer.GetSize()};
}

}  // namespace tertulia
