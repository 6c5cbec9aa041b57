// Second stage (logistic regression with pairwise products) and calibration (J. Platt 1999, sigmoid on held-out scores). Test: tests/intent/decision_test.cc.
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
constexpr float kNoScore = -5;   // log-odds of a label that was not trained
constexpr double kFarthest = 4;  // deviations from the mean; what lies beyond counts as this

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
  any_own_ = place(linear_labels, "any:own");
}

std::vector<std::string> LabelPlaces::names() const {
  std::vector<std::string> out = {"linear active", "linear active best window", "linear heard", "fast active", "fast heard",
                                  "other active", "any active", "any own", "any trap", "log words"};
  for (const char* kind : kTrapKinds) out.push_back(std::string("trap ") + kind);
  return out;
}

std::vector<float> LabelPlaces::features(const MessageFeatures& message, const MessageScores& scores, std::size_t event) const {
  float other = kNoScore;
  for (std::size_t e = 0; e < linear_active_.size(); ++e) {
    if (e != event) other = std::max(other, at(scores.linear_best, linear_active_[e], kNoScore));
  }
  std::vector<float> out = {at(scores.linear, linear_active_[event], kNoScore), at(scores.linear_best, linear_active_[event], kNoScore),
                            at(scores.linear, linear_heard_[event], kNoScore), log_odds(at(scores.fast, fast_active_[event], 0)),
                            log_odds(at(scores.fast, fast_heard_[event], 0)), other, at(scores.linear, any_active_, kNoScore),
                            at(scores.linear, any_own_, kNoScore), at(scores.linear, any_trap_, kNoScore),
                            std::log(1.0f + static_cast<float>(message.words.size()))};
  for (const std::size_t trap : traps_) out.push_back(at(scores.linear, trap, kNoScore));
  return out;
}

float LabelPlaces::active_score(const MessageScores& scores, std::size_t event) const { return at(scores.linear, linear_active_[event], kNoScore); }

std::vector<double> Decision::terms(const std::vector<float>& features) const {
  const std::size_t count = feature_names.size();
  std::vector<double> out;
  out.reserve(term_count(count));
  for (std::size_t i = 0; i < count && i < features.size(); ++i) {
    out.push_back(std::clamp((static_cast<double>(features[i]) - mean[i]) / deviation[i], -kFarthest, kFarthest));
  }
  for (std::size_t i = 0; i < count; ++i) {
    for (std::size_t j = i; j < count; ++j) out.push_back(out[i] * out[j]);
  }
  return out;
}

double Sigmoid::probability(double score) const noexcept { return 1.0 / (1.0 + std::exp(-(slope * score + offset))); }

double Decision::active_probability(const std::vector<float>& features, std::size_t event) const {
  const std::vector<double> values = terms(features);
  double sum = event_offset[event];
  for (std::size_t i = 0; i < weights.size() && i < values.size(); ++i) sum += weights[i] * values[i];
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
      decision.weights.size() != term_count(count) || decision.event_offset.size() != decision.events.size()) {
    return Status(StatusCode::kInvalidData, path + ": the lists do not fit together");
  }
  decision.heard_threshold = heard[0];
  return decision;
}

}  // namespace tertulia
