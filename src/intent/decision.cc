// Second stage and calibration (J. Platt 1999, sigmoid on held-out scores). Test: tests/intent/decision_test.cc.
#include "intent/decision.h"

#include <rapidjson/prettywriter.h>
#include <rapidjson/stringbuffer.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <fstream>

#include "data/json_file.h"

namespace tertulia {
namespace {

constexpr std::array<const char*, 9> kTrapKinds = {"third_party", "negated", "past", "hypothetical", "figurative",
                                                   "news", "commercial", "question_general", "lexical"};
// Kinds of intent/cues.tsv that the second stage looks at.
constexpr std::array<const char*, 9> kCues = {"negation", "abandoned", "past", "wish", "third_party",
                                              "first_person", "commercial", "news", "curiosity"};

std::size_t place(const std::vector<std::string>& labels, const std::string& label) {
  return static_cast<std::size_t>(std::find(labels.begin(), labels.end(), label) - labels.begin());
}

float at(const std::vector<float>& scores, std::size_t index, float missing) {
  return index < scores.size() ? scores[index] : missing;
}

// Probabilities of fastText on the scale of the linear scores.
float log_odds(float probability) {
  const float p = std::clamp(probability, 1e-4f, 1.0f - 1e-4f);
  return std::log(p / (1.0f - p));
}

}  // namespace

LabelPlaces::LabelPlaces(const std::vector<std::string>& events, const std::vector<std::string>& linear_labels,
                         const std::vector<std::string>& fast_labels)
    : events_(events) {
  for (const std::string& event : events) {
    linear_active_.push_back(place(linear_labels, "active:" + event));
    linear_heard_.push_back(place(linear_labels, "heard:" + event));
    fast_active_.push_back(place(fast_labels, "active:" + event));
    fast_heard_.push_back(place(fast_labels, "heard:" + event));
  }
  for (const char* kind : kTrapKinds) traps_.push_back(place(linear_labels, std::string("trap:") + kind));
  any_active_ = place(linear_labels, "any:active");
  any_trap_ = place(linear_labels, "any:trap");
}

std::vector<std::string> LabelPlaces::names() const {
  std::vector<std::string> out = {"linear active", "linear active best window", "linear heard", "fast active", "fast heard",
                                  "other active", "any active", "any trap", "any trap × heard", "strong phrases",
                                  "weak phrases", "log words"};
  for (const char* kind : kTrapKinds) out.push_back(std::string("trap ") + kind);
  for (const char* cue : kCues) out.push_back(std::string("cue ") + cue);
  return out;
}

std::vector<float> LabelPlaces::features(const MessageFeatures& message, const MessageScores& scores, std::size_t event) const {
  const float heard = at(scores.linear, linear_heard_[event], -5);
  const float any_trap = at(scores.linear, any_trap_, -5);
  float other = -5;
  for (std::size_t e = 0; e < linear_active_.size(); ++e) {
    if (e != event) other = std::max(other, at(scores.linear_best, linear_active_[e], -5));
  }
  float strong = 0, weak = 0;
  std::array<float, kCues.size()> cues{};
  const std::string strong_label = "event:" + events_[event] + ":strong", weak_label = "event:" + events_[event] + ":weak";
  for (const LabelHit& hit : message.labels) {
    if (hit.label == strong_label) ++strong;
    else if (hit.label == weak_label) ++weak;
    else if (hit.label.substr(0, 4) == "cue:") {
      for (std::size_t c = 0; c < kCues.size(); ++c) {
        if (hit.label.substr(4) == kCues[c]) cues[c] = 1;
      }
    }
  }
  std::vector<float> out = {at(scores.linear, linear_active_[event], -5), at(scores.linear_best, linear_active_[event], -5), heard,
                            log_odds(at(scores.fast, fast_active_[event], 0)), log_odds(at(scores.fast, fast_heard_[event], 0)),
                            other, at(scores.linear, any_active_, -5), any_trap, any_trap * heard,
                            std::min(strong, 3.0f), std::min(weak, 3.0f), std::log(1.0f + static_cast<float>(message.words.size()))};
  for (const std::size_t trap : traps_) out.push_back(at(scores.linear, trap, -5));
  out.insert(out.end(), cues.begin(), cues.end());
  return out;
}

double Sigmoid::probability(double score) const noexcept { return 1.0 / (1.0 + std::exp(-(slope * score + offset))); }

double Decision::active_probability(const std::vector<float>& features, std::size_t event) const {
  double sum = event_offset[event];
  for (std::size_t i = 0; i < weights.size() && i < features.size(); ++i) {
    sum += weights[i] * (static_cast<double>(features[i]) - mean[i]) / deviation[i];
  }
  return 1.0 / (1.0 + std::exp(-sum));
}

const EventThresholds& Decision::thresholds_of(const std::string& language) const {
  static constexpr EventThresholds kDefault;
  auto found = thresholds.find(language);
  if (found == thresholds.end()) found = thresholds.find("");
  return found == thresholds.end() ? kDefault : found->second;
}

Status Decision::save(const std::string& path) const {
  rapidjson::StringBuffer buffer;
  rapidjson::PrettyWriter<rapidjson::StringBuffer> writer(buffer);
  writer.SetIndent(' ', 1);
  writer.SetFormatOptions(rapidjson::kFormatSingleLineArray);
  // nine significant digits: enough for a decision, and the same text on every machine
  const auto number = [&](double value) {
    char text[40];
    std::snprintf(text, sizeof text, "%.9g", value);
    writer.RawValue(text, std::char_traits<char>::length(text), rapidjson::kNumberType);
  };
  const auto numbers = [&](const char* key, const std::vector<double>& values) {
    writer.Key(key);
    writer.StartArray();
    for (const double value : values) number(value);
    writer.EndArray();
  };
  const auto strings = [&](const char* key, const std::vector<std::string>& values) {
    writer.Key(key);
    writer.StartArray();
    for (const std::string& value : values) writer.String(value.c_str());
    writer.EndArray();
  };
  writer.StartObject();
  strings("events", events);
  strings("features", feature_names);
  numbers("mean", mean);
  numbers("deviation", deviation);
  numbers("weights", weights);
  numbers("event_offset", event_offset);
  writer.Key("thresholds");
  writer.StartObject();
  for (const auto& [language, values] : thresholds) numbers(language.c_str(), {values.asserted, values.weak});
  writer.EndObject();
  numbers("heard_threshold", {heard_threshold});
  writer.Key("labels");
  writer.StartObject();
  for (const auto& [label, sigmoid] : labels) numbers(label.c_str(), {sigmoid.slope, sigmoid.offset, sigmoid.threshold});
  writer.EndObject();
  writer.EndObject();
  std::ofstream out(path, std::ios::binary | std::ios::trunc);
  out << buffer.GetString() << '\n';
  out.close();
  return out ? Status() : Status(StatusCode::kUnreadable, path + ": cannot be written");
}

Result<Decision> Decision::load(const std::string& path) {
  Result<rapidjson::Document> document = load_json(path);
  if (!document.ok()) return document.status();
  JsonObject root(*document, path);
  Decision decision;
  decision.events = root.strings_or_empty("events");
  decision.feature_names = root.strings_or_empty("features");
  Status problem;
  const auto read_numbers = [&](const rapidjson::Value* array, std::vector<double>* out) {
    if (array == nullptr) return;
    for (const auto& item : array->GetArray()) {
      if (!item.IsNumber()) {
        problem = Status(StatusCode::kInvalidData, path + ": expected a list of numbers");
        return;
      }
      out->push_back(item.GetDouble());
    }
  };
  std::vector<double> heard;
  read_numbers(root.array("mean"), &decision.mean);
  read_numbers(root.array("deviation"), &decision.deviation);
  read_numbers(root.array("weights"), &decision.weights);
  read_numbers(root.array("event_offset"), &decision.event_offset);
  read_numbers(root.array("heard_threshold"), &heard);
  const rapidjson::Value* thresholds = root.object("thresholds");
  const rapidjson::Value* labels = root.object("labels");
  if (!root.status().ok()) return root.status();
  if (!problem.ok()) return problem;
  for (const auto& member : thresholds->GetObject()) {
    std::vector<double> values;
    if (member.value.IsArray()) read_numbers(&member.value, &values);
    if (!problem.ok() || values.size() != 2) return Status(StatusCode::kInvalidData, path + ": thresholds: expected two numbers each");
    decision.thresholds[member.name.GetString()] = {values[0], values[1]};
  }
  for (const auto& member : labels->GetObject()) {
    std::vector<double> values;
    if (member.value.IsArray()) read_numbers(&member.value, &values);
    if (!problem.ok() || values.size() != 3) return Status(StatusCode::kInvalidData, path + ": labels: expected three numbers each");
    decision.labels[member.name.GetString()] = {values[0], values[1], values[2]};
  }
  const std::size_t count = decision.feature_names.size();
  if (heard.size() != 1 || decision.thresholds.count("") == 0 || decision.mean.size() != count || decision.deviation.size() != count ||
      decision.weights.size() != count || decision.event_offset.size() != decision.events.size()) {
    return Status(StatusCode::kInvalidData, path + ": the lists do not fit together");
  }
  decision.heard_threshold = heard[0];
  return decision;
}

}  // namespace tertulia
