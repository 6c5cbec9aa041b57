// Thresholds keep false alarms under their ceilings first and are the most complete ones that do.
// Test: tests/learn/decision_trainer_test.cc.
#include "learn/decision_trainer.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>

#include "learn/jobs.h"
#include "learn/linear_trainer.h"

namespace tertulia {
namespace {

constexpr double kSecondStageCost = 0.1;
constexpr std::size_t kShortlist = 6;            // events a message that the second stage learns from
constexpr double kSigmoidCost = 100.0;
constexpr std::size_t kLeastForThreshold = 80;  // tuning messages of a language

std::vector<std::uint32_t> everything(std::size_t count) {
  std::vector<std::uint32_t> out(count);
  std::iota(out.begin(), out.end(), 0u);
  return out;
}

// Best F1 over all cuts of (probability, truth); at least `floor`.
double best_f1_threshold(std::vector<std::pair<double, bool>> scored, double fallback) {
  std::sort(scored.begin(), scored.end(), [](const auto& a, const auto& b) { return a.first > b.first; });
  double all = 0;
  for (const auto& [p, truth] : scored) all += truth;
  if (all == 0) return fallback;
  double best = -1, chosen = fallback, hit = 0;
  for (std::size_t i = 0; i < scored.size(); ++i) {
    hit += scored[i].second;
    if (i + 1 < scored.size() && scored[i + 1].first == scored[i].first) continue;
    const double f1 = 2 * hit / (static_cast<double>(i + 1) + all);
    if (f1 > best) {
      best = f1;
      chosen = i + 1 < scored.size() ? (scored[i].first + scored[i + 1].first) / 2 : scored[i].first;
    }
  }
  return chosen;
}

void fit_second_stage(const LabelPlaces& places, const std::vector<HeldOutMessage>& held_out, Decision& decision) {
  const std::size_t events = decision.events.size(), width = decision.feature_names.size();
  std::vector<std::vector<float>> rows(held_out.size() * events);
  run_jobs(held_out.size(), [&](std::size_t i) {
    for (std::size_t e = 0; e < events; ++e) rows[i * events + e] = places.features(held_out[i].message->features, held_out[i].scores, e);
  });
  decision.mean.assign(width, 0);
  decision.deviation.assign(width, 0);
  for (const auto& row : rows) {
    for (std::size_t f = 0; f < width; ++f) decision.mean[f] += row[f];
  }
  for (double& mean : decision.mean) mean /= static_cast<double>(rows.size());
  for (const auto& row : rows) {
    for (std::size_t f = 0; f < width; ++f) decision.deviation[f] += (row[f] - decision.mean[f]) * (row[f] - decision.mean[f]);
  }
  for (double& deviation : decision.deviation) deviation = std::max(1e-3, std::sqrt(deviation / static_cast<double>(rows.size())));

  // Of each message the events that could be meant, and those that are: the others would only add easy answers.
  std::vector<std::pair<std::uint32_t, std::uint32_t>> used;  // message, event
  for (std::uint32_t i = 0; i < held_out.size(); ++i) {
    std::vector<std::uint32_t> order = everything(events);
    std::stable_sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) {
      return places.active_score(held_out[i].scores, a) > places.active_score(held_out[i].scores, b);
    });
    for (std::size_t rank = 0; rank < events; ++rank) {
      if (rank < kShortlist || held_out[i].message->gold->events.count(decision.events[order[rank]]) > 0) used.emplace_back(i, order[rank]);
    }
  }
  const std::size_t terms = Decision::term_count(width);
  std::vector<std::vector<WeightedRow>> examples(used.size());
  std::vector<bool> positive(used.size());
  run_jobs(used.size(), [&](std::size_t r) {
    const std::vector<double> values = decision.terms(rows[used[r].first * events + used[r].second]);
    for (std::uint32_t f = 0; f < terms; ++f) examples[r].push_back({f, static_cast<float>(values[f])});
    examples[r].push_back({static_cast<std::uint32_t>(terms) + used[r].second, 1.0f});
  });
  for (std::size_t r = 0; r < used.size(); ++r) positive[r] = held_out[used[r].first].message->gold->events.count(decision.events[used[r].second]) > 0;
  const LogisticTrainer trainer(examples, terms + events);
  const LogisticFit fit = trainer.fit(everything(used.size()), positive, {kSecondStageCost, false, 0});
  decision.weights.assign(fit.weights.begin(), fit.weights.begin() + static_cast<std::ptrdiff_t>(terms));
  decision.event_offset.clear();
  for (std::size_t e = 0; e < events; ++e) decision.event_offset.push_back(fit.bias + fit.weights[terms + e]);
}

Sigmoid fit_sigmoid(const std::string& label, std::size_t place, bool best_window, const std::vector<HeldOutMessage>& messages) {
  std::vector<std::vector<WeightedRow>> examples;
  std::vector<bool> positive;
  for (const HeldOutMessage& m : messages) {
    if (!teaches_label(*m.message->gold, label)) continue;
    examples.push_back({{0, best_window ? m.scores.linear_best[place] : m.scores.linear[place]}});
    positive.push_back(has_label(*m.message->gold, label));
  }
  Sigmoid sigmoid;
  const LogisticFit fitted = LogisticTrainer(examples, 1).fit(everything(examples.size()), positive, {kSigmoidCost, false, 0});
  sigmoid.slope = fitted.weights[0];
  sigmoid.offset = fitted.bias;
  std::vector<std::pair<double, bool>> scored;
  for (std::size_t i = 0; i < examples.size(); ++i) scored.emplace_back(sigmoid.probability(examples[i][0].value), positive[i]);
  sigmoid.threshold = std::max(0.05, best_f1_threshold(std::move(scored), 0.5));
  return sigmoid;
}

// The lowest thresholds that keep both false alarms under their ceilings, and no lower than the best F1.
EventThresholds choose_thresholds(const LabelPlaces& places, const std::vector<const HeldOutMessage*>& choose, const Ceilings& ceilings,
                                  const Decision& decision) {
  const std::size_t events = decision.events.size();
  std::vector<double> trap_alarm, everyday_alarm;  // per message the largest wrong probability
  std::vector<std::pair<double, bool>> scored;
  for (const HeldOutMessage* m : choose) {
    double largest_wrong = 0;
    for (std::size_t e = 0; e < events; ++e) {
      const double p = decision.active_probability(places.features(m->message->features, m->scores, e), e);
      const bool truth = m->message->gold->events.count(decision.events[e]) > 0;
      scored.emplace_back(p, truth);
      if (!truth) largest_wrong = std::max(largest_wrong, p);
    }
    if (!m->message->gold->trap.empty()) trap_alarm.push_back(largest_wrong);
    else if (m->message->gold->events.empty()) everyday_alarm.push_back(largest_wrong);
  }
  const auto least_threshold = [](std::vector<double> alarms, double ceiling) {
    if (alarms.empty()) return 0.0;
    std::sort(alarms.begin(), alarms.end(), std::greater<>());
    const auto allowed = static_cast<std::size_t>(ceiling * static_cast<double>(alarms.size()));
    return allowed < alarms.size() ? alarms[allowed] + 1e-6 : 0.0;
  };
  const double best = best_f1_threshold(scored, 0.5);
  const double asserted = std::max({best, least_threshold(trap_alarm, ceilings.trap_alarms), least_threshold(everyday_alarm, ceilings.everyday_alarms)});
  return {asserted, std::min(best, asserted) * 0.75};
}

void choose_event_thresholds(const HeldOutSet& tuning, const Ceilings& ceilings, Decision& decision) {
  std::map<std::string, std::vector<const HeldOutMessage*>> by_language;
  for (const HeldOutMessage& m : *tuning.messages) {
    by_language[m.message->gold->lang].push_back(&m);
    by_language[""].push_back(&m);
  }
  for (const auto& [language, messages] : by_language) {
    // a handful of messages cannot carry a threshold of their own
    if (language.empty() || messages.size() >= kLeastForThreshold) decision.thresholds[language] = choose_thresholds(tuning.places, messages, ceilings, decision);
  }
}

}  // namespace

Decision fit_decision(const std::vector<std::string>& events, const HeldOutSet& tuning, const HeldOutSet& crossed, const Ceilings& ceilings) {
  Decision decision;
  decision.events = events;
  decision.feature_names = tuning.places.names();
  fit_second_stage(crossed.places, *crossed.messages, decision);
  std::vector<Sigmoid> sigmoids(tuning.labels.size());
  run_jobs(tuning.labels.size(), [&](std::size_t l) {
    const std::string& label = tuning.labels[l];
    // whole-message scores where the detector asks the whole message
    const bool whole = label.compare(0, 5, "trap:") == 0 || label.compare(0, 6, "stage:") == 0 || label.compare(0, 10, "sentiment:") == 0;
    sigmoids[l] = fit_sigmoid(label, l, !whole, *tuning.messages);
  });
  for (std::size_t l = 0; l < tuning.labels.size(); ++l) {
    const std::string& label = tuning.labels[l];
    if (label.compare(0, 7, "active:") != 0 && label.compare(0, 4, "any:") != 0) decision.labels[label] = sigmoids[l];
  }
  choose_event_thresholds(tuning, ceilings, decision);
  return decision;
}

}  // namespace tertulia
