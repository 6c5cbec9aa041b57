// Hyper-parameters were searched on the dev split; docs/decisions.md has the figures. Test: tests/learn/trainer_test.cc.
#include "learn/event_trainer.h"

#include <fasttext/args.h>
#include <fasttext/fasttext.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <exception>
#include <fstream>
#include <numeric>
#include <unordered_map>

#include "intent/taxonomy.h"
#include "learn/jobs.h"
#include "learn/linear_trainer.h"

namespace tertulia {
namespace {

constexpr std::size_t kLeastMessages = 2;  // a feature seen in fewer is dropped
constexpr double kCost = 10.0;

constexpr std::array<const char*, 9> kTraps = {"third_party", "negated", "past", "hypothetical", "figurative",
                                               "news", "commercial", "question_general", "lexical"};
constexpr std::array<const char*, 8> kNeeds = {"financing", "insurance", "advice", "provider_reference",
                                               "price_offer", "paperwork", "savings", "payments"};
constexpr std::array<const char*, 5> kSignals = {"complaint", "churn_risk", "praise", "stop_contact", "rights_request"};
constexpr std::array<const char*, 7> kSpecial = {"health", "religion", "politics", "union", "orientation", "origin", "conviction"};
constexpr std::array<const char*, 5> kCare = {"debt_distress", "bereavement", "gambling", "self_harm", "minor"};

bool contains(const std::vector<std::string>& list, std::string_view item) {
  return std::find(list.begin(), list.end(), item) != list.end();
}

// A small generator with the same sequence on every machine (S. Vigna, splitmix64).
std::uint64_t next_random(std::uint64_t& state) {
  std::uint64_t z = (state += 0x9E3779B97F4A7C15ull);
  z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ull;
  z = (z ^ (z >> 27)) * 0x94D049BB133111EBull;
  return z ^ (z >> 31);
}

}  // namespace

std::vector<std::string> linear_labels(const std::vector<std::string>& events) {
  std::vector<std::string> out;
  for (const std::string& event : events) out.push_back("active:" + event);
  for (const std::string& event : events) out.push_back("heard:" + event);
  for (const char* kind : kTraps) out.push_back(std::string("trap:") + kind);
  out.emplace_back("any:active");
  out.emplace_back("any:trap");
  out.emplace_back("any:own");
  for (const char* stage : kStages) out.push_back(std::string("stage:") + stage);
  for (const char* need : kNeeds) out.push_back(std::string("need:") + need);
  for (const char* signal : kSignals) out.push_back(std::string("signal:") + signal);
  out.emplace_back("sentiment:negative");
  out.emplace_back("sentiment:positive");
  for (const char* category : kSpecial) out.push_back(std::string("special:") + category);
  for (const char* flag : kCare) out.push_back(std::string("care:") + flag);
  return out;
}

std::vector<std::string> second_stage_labels(const std::vector<std::string>& labels) {
  std::vector<std::string> out;
  for (const std::string& label : labels) {
    for (const char* kind : {"active:", "heard:", "trap:", "any:"}) {
      if (label.compare(0, std::char_traits<char>::length(kind), kind) == 0) out.push_back(label);
    }
  }
  return out;
}

bool has_label(const LabelledMessage& m, const std::string& label) {
  const std::size_t colon = label.find(':');
  const std::string kind = label.substr(0, colon), name = label.substr(colon + 1);
  const auto heard = [&](auto&& matches) { return std::any_of(m.heard.begin(), m.heard.end(), matches); };
  if (kind == "active") return m.events.count(name) > 0;
  if (kind == "heard") return m.events.count(name) > 0 || heard([&](const HeardEvent& e) { return e.event == name; });
  if (kind == "trap") return m.trap == name;
  if (kind == "any") return name == "trap" ? !m.trap.empty() : !m.events.empty();
  if (kind == "stage") {
    return std::any_of(m.events.begin(), m.events.end(), [&](const auto& e) { return e.second == name; }) ||
           heard([&](const HeardEvent& e) { return e.stage == name; });
  }
  if (kind == "need") return contains(m.needs, name);
  if (kind == "signal") return contains(m.signals, name);
  if (kind == "sentiment") return m.sentiment == name;
  if (kind == "special") return contains(m.special, name);
  if (kind == "care") return contains(m.vulnerability, name);
  return false;
}

bool teaches_label(const LabelledMessage& m, const std::string& label) {
  // "any:own" tells the writer's own events from talk that only looks like them
  if (label == "any:own") return !m.events.empty() || !m.trap.empty();
  return label.compare(0, 6, "stage:") != 0 || !m.events.empty();
}

FeatureTable make_feature_table(const std::vector<PreparedMessage>& messages, const std::vector<std::uint32_t>& use) {
  std::unordered_map<std::uint64_t, std::uint32_t> frequency;
  std::vector<std::uint64_t> seen;
  for (const std::uint32_t i : use) {
    seen.clear();
    const FeatureBlocks& blocks = messages[i].features.whole;
    for (const std::vector<FeatureHit>* block : blocks.all()) {
      for (const FeatureHit& hit : *block) seen.push_back(hit.hash);
    }
    std::sort(seen.begin(), seen.end());
    seen.erase(std::unique(seen.begin(), seen.end()), seen.end());
    for (const std::uint64_t hash : seen) ++frequency[hash];
  }
  std::vector<std::uint64_t> hashes;
  for (const auto& [hash, count] : frequency) {
    if (count >= kLeastMessages) hashes.push_back(hash);
  }
  std::sort(hashes.begin(), hashes.end());
  std::vector<float> idf;
  idf.reserve(hashes.size());
  for (const std::uint64_t hash : hashes) {
    idf.push_back(static_cast<float>(std::log((1.0 + static_cast<double>(use.size())) / (1.0 + frequency[hash])) + 1.0));
  }
  return {std::move(hashes), std::move(idf)};
}

LinearModel train_linear(const std::vector<PreparedMessage>& messages, const std::vector<std::uint32_t>& use,
                         const std::vector<std::string>& labels) {
  FeatureTable table = make_feature_table(messages, use);
  std::vector<std::vector<WeightedRow>> examples(messages.size());
  run_jobs(use.size(), [&](std::size_t i) { examples[use[i]] = table.vectorize(messages[use[i]].features.whole); });
  const LogisticTrainer trainer(examples, table.size());
  std::vector<std::vector<float>> weights(labels.size());
  std::vector<float> bias(labels.size());
  run_jobs(labels.size(), [&](std::size_t l) {
    std::vector<bool> positive(messages.size());
    std::vector<std::uint32_t> teaching;
    for (const std::uint32_t i : use) {
      if (!teaches_label(*messages[i].gold, labels[l])) continue;
      teaching.push_back(i);
      positive[i] = has_label(*messages[i].gold, labels[l]);
    }
    LogisticFit fit = trainer.fit(teaching, positive, {kCost, true, 1.0});
    weights[l] = std::move(fit.weights);
    bias[l] = fit.bias;
  });
  return {std::move(table), labels, weights, std::move(bias)};
}

Status train_fast(const std::vector<PreparedMessage>& messages, const std::vector<std::uint32_t>& use, std::uint64_t seed,
                  const std::string& path) {
  // fastText reads in file order: shuffled by the seed
  std::vector<std::uint32_t> order = use;
  std::uint64_t state = seed;
  for (std::size_t i = order.size(); i > 1; --i) std::swap(order[i - 1], order[next_random(state) % i]);
  const std::string scratch = path + ".txt";
  {
    std::ofstream out(scratch, std::ios::binary | std::ios::trunc);
    for (const std::uint32_t i : order) {
      const PreparedMessage& message = messages[i];
      if (message.features.words.empty()) continue;
      std::string labels;
      for (const auto& [event, stage] : message.gold->events) labels += "__label__active:" + event + " __label__heard:" + event + " ";
      for (const HeardEvent& heard : message.gold->heard) labels += "__label__heard:" + heard.event + " ";
      if (labels.empty()) labels = "__label__none ";
      out << labels << FeatureExtractor::line(message.features.words, 0, message.features.words.size()) << '\n';
    }
    out.close();
    if (!out) return Status(StatusCode::kUnreadable, scratch + ": cannot be written");
  }
  Status status;
  try {
    fasttext::Args args;
    args.input = scratch;
    args.output = path;
    args.model = fasttext::model_name::sup;
    args.loss = fasttext::loss_name::ova;
    args.dim = 32;
    args.lr = 1.0;
    args.epoch = 60;
    args.wordNgrams = 2;
    args.minn = 3;
    args.maxn = 6;
    args.minCount = 1;
    args.bucket = 100000;
    args.thread = 1;
    args.seed = static_cast<int>(seed % 1000000007u);
    args.verbose = 0;
    fasttext::FastText model;
    model.train(args);
    model.saveModel(path);
  } catch (const std::exception& error) {
    status = Status(StatusCode::kInternal, std::string("fastText: ") + error.what());
  }
  std::remove(scratch.c_str());
  return status;
}

}  // namespace tertulia
