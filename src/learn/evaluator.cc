// Chooses how a labelled file is scored, and writes figures as Markdown and JSON. Test: tests/learn/evaluator_test.cc.
#include <cmath>

#include "data/json_file.h"
#include "learn/evaluate.h"

namespace tertulia {

std::string percent(double share) {
  char text[32];
  std::snprintf(text, sizeof text, "%.1f %%", 100 * share);
  return text;
}

std::string decimal(double value) {
  char text[32];
  std::snprintf(text, sizeof text, "%.3f", value);
  return text;
}

void Figures::row(const std::vector<std::string>& cells) {
  text_ += "|";
  for (const std::string& cell : cells) text_ += " " + cell + " |";
  text_ += "\n";
}

void Figures::header(const std::vector<std::string>& cells) {
  row(cells);
  text_ += "|";
  for (std::size_t i = 0; i < cells.size(); ++i) text_ += i == 0 ? " --- |" : " ---: |";
  text_ += "\n";
}

void Figures::counts(const std::string& name, const std::map<std::string, Counts>& by, bool with_f2) {
  std::vector<std::string> cells = {name, "right", "wrong", "missed", "precision", "recall", "F1"};
  if (with_f2) cells.emplace_back("F2");
  header(cells);
  for (const auto& [key, c] : by) {
    cells = {key, std::to_string(c.hit), std::to_string(c.wrong), std::to_string(c.missed), decimal(c.precision()), decimal(c.recall()), decimal(c.f1())};
    if (with_f2) cells.push_back(decimal(c.f2()));
    row(cells);
  }
}

void Figures::shares(const std::string& name, const std::string& what, const std::map<std::string, Share>& by) {
  header({name, "messages", what, "share"});
  for (const auto& [key, s] : by) row({key, std::to_string(s.all), std::to_string(s.held), percent(s.value())});
}

void Figures::figure(const std::string& key, double value) {
  char text[64];
  std::snprintf(text, sizeof text, "%s\"%s\":%.4f", json_.empty() ? "" : ",", key.c_str(), value);
  json_ += text;
}

void Figures::figure(const std::string& key, std::size_t value) {
  json_ += std::string(json_.empty() ? "" : ",") + "\"" + key + "\":" + std::to_string(value);
}

Result<Evaluation> evaluate(const std::string& file, const EvaluateOptions& options) {
  std::string kind = options.kind;
  if (kind.empty()) {
    Result<std::string> text = read_file(file);
    if (!text.ok()) return text.status();
    Result<rapidjson::Document> first = parse_json(std::string_view(*text).substr(0, text->find('\n')), file + ":1");
    if (!first.ok()) return first.status();
    if (!first->IsObject()) return Status(StatusCode::kInvalidData, file + ":1: expected an object");
    kind = first->HasMember("spans") ? "pii" : first->HasMember("conversations") ? "customers" : "intents";
  }
  if (kind == "intents") return evaluate_intents(file, options);
  if (kind == "pii") return evaluate_pii(file, options);
  if (kind == "customers") return evaluate_customers(file, options);
  return Status(StatusCode::kInvalidArgument, "kind: expected intents, pii or customers");
}

}  // namespace tertulia
