// EventDetector: features → both scorers → second stage → stage, assertion, needs, signals, mood, facts.
// Test: tests/intent/detector_test.cc, and the figures of EVALUATION.md.
#include <algorithm>
#include <cmath>

#include "intent/assertion.h"
#include "intent/classifier.h"
#include "intent/decision.h"
#include "intent/explanation.h"
#include "intent/facts.h"
#include "intent/taxonomy.h"
#include "tertulia/intent.h"

namespace tertulia {
namespace {

constexpr std::size_t kReasons = 4;          // words shown per finding
constexpr std::size_t kShortAnswerWords = 4; // "sí, por favor": read together with the question it answers
constexpr double kAnswerDiscount = 0.8;      // a need agreed to is less sure than one voiced

double round4(double value) { return std::round(value * 1e4) / 1e4; }

}  // namespace

struct EventDetector::Impl {
  DetectorOptions options;
  Taxonomy taxonomy;
  FeatureExtractor extractor;
  LinearModel linear;
  FastModel fast;
  Decision decision;
  LabelPlaces places;
  Explainer explainer;
  FactReader facts;

  double probability(const std::string& label, const std::vector<float>& scores, double* threshold) const {
    const std::size_t place = linear.label(label);
    const auto sigmoid = decision.labels.find(label);
    if (place >= scores.size() || sigmoid == decision.labels.end()) return 0;
    if (threshold != nullptr) *threshold = sigmoid->second.threshold;
    return sigmoid->second.probability(scores[place]);
  }

  Explanation explain(const MessageFeatures& message, const MessageScores& scores, const std::string& label,
                      const std::vector<std::string>& cue_kinds) const {
    Explanation out;
    if (!options.explain) return out;
    out.words = explainer.words(extractor, linear, message, scores, linear.label(label), kReasons);
    if (!cue_kinds.empty()) out.cues = explainer.cues(message, cue_kinds);
    return out;
  }

  // The stage of one event: the whole message and the window that speaks of the event, together.
  std::string stage(const MessageFeatures& message, const MessageScores& scores, const std::string& event_label) const {
    std::vector<float> local;
    const std::size_t place = linear.label(event_label);
    if (place < scores.best_window.size() && scores.best_window[place] > 0) {
      const auto [first, count] = message.windows[scores.best_window[place] - 1];
      local = linear.score(linear.table().vectorize(extractor.features(message.words, message.labels, first, count)));
    }
    double best = -1;
    const char* chosen = kStages[0];
    for (const char* candidate : kStages) {
      const std::string label = std::string("stage:") + candidate;
      double value = probability(label, scores.linear, nullptr);
      if (!local.empty()) value = 0.35 * value + 0.65 * probability(label, local, nullptr);
      if (value > best) {
        best = value;
        chosen = candidate;
      }
    }
    return chosen;
  }

  void read_events(const MessageFeatures& message, const MessageScores& scores, Reading& reading) const {
    const Assertion assertion = judge_assertion(linear, decision, scores, message);
    const EventThresholds& thresholds = decision.thresholds_of(reading.language);
    for (std::size_t e = 0; e < taxonomy.events().size(); ++e) {
      const std::string& id = taxonomy.events()[e].id;
      const double active = decision.active_probability(places.features(message, scores, e), e);
      double heard_threshold = 0;
      const double heard = probability("heard:" + id, scores.linear_best, &heard_threshold);
      Finding finding;
      finding.event = id;
      if (active >= thresholds.asserted) {
        finding.active = true;
        finding.subject = "self";
        finding.assertion = "affirmed";
        finding.confidence = active;
        finding.stage = stage(message, scores, "active:" + id);
        finding.why = explain(message, scores, "active:" + id, {finding.stage});
      } else if (heard >= decision.heard_threshold && assertion.of_an_event && active < thresholds.asserted / 2) {
        finding.subject = assertion.subject;
        finding.assertion = assertion.assertion;
        finding.confidence = heard;
        finding.stage = stage(message, scores, "heard:" + id);
        finding.why = explain(message, scores, "heard:" + id, assertion.cue_kinds);
      } else if (active >= thresholds.weak) {
        finding.weak = true;
        finding.subject = "self";
        finding.assertion = "affirmed";
        finding.confidence = active;
        finding.stage = stage(message, scores, "active:" + id);
        finding.why = explain(message, scores, "active:" + id, {finding.stage});
      } else {
        continue;
      }
      finding.confidence = round4(finding.confidence);
      reading.events.push_back(std::move(finding));
    }
    std::stable_sort(reading.events.begin(), reading.events.end(), [](const Finding& a, const Finding& b) {
      if (a.active != b.active) return a.active;
      return a.confidence > b.confidence;
    });
  }

  void read_needs(const MessageFeatures& message, const MessageScores& scores, Reading& reading) const {
    const std::string main_event = !reading.events.empty() && reading.events[0].active ? reading.events[0].event : "";
    for (const auto& [label, sigmoid] : decision.labels) {
      if (label.compare(0, 5, "need:") != 0) continue;
      const double value = probability(label, scores.linear_best, nullptr);
      if (value < sigmoid.threshold) continue;
      reading.needs.push_back({label.substr(5), main_event, true, round4(value), explain(message, scores, label, {})});
    }
    for (const Finding& finding : reading.events) {
      if (!finding.active) continue;
      const EventDefinition& definition = taxonomy.definitions()[taxonomy.index(finding.event)];
      const auto implied = definition.implied_needs.find(finding.stage);
      if (implied == definition.implied_needs.end()) continue;
      for (const std::string& need : implied->second) {
        const bool known = std::any_of(reading.needs.begin(), reading.needs.end(), [&](const NeedFinding& n) { return n.need == need; });
        if (known) continue;
        NeedFinding out{need, finding.event, false, round4(finding.confidence * 0.6), {}};
        if (options.explain) out.why.cues.push_back("rule: " + finding.event + " " + finding.stage);
        reading.needs.push_back(std::move(out));
      }
    }
  }

  void read_rest(const MessageFeatures& message, const MessageScores& scores, Reading& reading) const {
    for (const auto& [label, sigmoid] : decision.labels) {
      const double value = probability(label, scores.linear_best, nullptr);
      if (value < sigmoid.threshold) continue;
      if (label.compare(0, 7, "signal:") == 0) {
        reading.signals.push_back({label.substr(7), round4(value), explain(message, scores, label, {})});
      } else if (label.compare(0, 8, "special:") == 0) {
        reading.special.push_back(label.substr(8));
      } else if (label.compare(0, 5, "care:") == 0) {
        reading.vulnerability.push_back(label.substr(5));
      }
    }
    // the lexicon is a second detector: what it hears closes the way to storage even when the model does not
    for (const LabelHit& hit : message.labels) {
      for (const auto& [prefix, list] : {std::pair{std::string_view("cue:special_"), &reading.special},
                                         std::pair{std::string_view("cue:care_"), &reading.vulnerability}}) {
        if (hit.label.substr(0, prefix.size()) == prefix) list->emplace_back(hit.label.substr(prefix.size()));
      }
    }
    for (std::vector<std::string>* list : {&reading.special, &reading.vulnerability}) {
      std::sort(list->begin(), list->end());
      list->erase(std::unique(list->begin(), list->end()), list->end());
    }
    double negative_at = 1, positive_at = 1;
    const double negative = probability("sentiment:negative", scores.linear, &negative_at);
    const double positive = probability("sentiment:positive", scores.linear, &positive_at);
    if (negative >= negative_at && negative - negative_at >= positive - positive_at) reading.sentiment.label = "negative";
    else if (positive >= positive_at) reading.sentiment.label = "positive";
    reading.sentiment.score = round4(positive - negative);
  }

  // "sí, por favor" after "¿quiere que le llamemos por la hipoteca?"
  void read_answer(const std::vector<CleanMessage>& messages, std::size_t index, const MessageFeatures& message, Reading& reading) const {
    if (index == 0 || message.words.size() > kShortAnswerWords || messages[index - 1].role() != Role::kAgent) return;
    const bool agrees = std::any_of(message.labels.begin(), message.labels.end(), [](const LabelHit& hit) { return hit.label == "cue:agreement"; });
    const bool refuses = std::any_of(message.labels.begin(), message.labels.end(), [](const LabelHit& hit) { return hit.label == "cue:negation"; });
    if (!agrees || refuses) return;
    const MessageFeatures question = extract(extractor, messages[index - 1].document());
    const bool asks = std::any_of(question.words.begin(), question.words.end(), [](const ModelWord& word) { return word.text == "?"; });
    if (!asks) return;
    const MessageScores scores = score(extractor, linear, fast, question);
    Reading offered;
    read_needs(question, scores, offered);
    for (NeedFinding& need : offered.needs) {
      if (!need.is_explicit) continue;
      need.confidence = round4(need.confidence * kAnswerDiscount);
      need.why.cues.emplace_back("agreed to the question before");
      const bool known = std::any_of(reading.needs.begin(), reading.needs.end(), [&](const NeedFinding& n) { return n.need == need.need; });
      if (!known) reading.needs.push_back(std::move(need));
    }
  }
};

EventDetector::EventDetector(std::unique_ptr<const Impl> impl) : impl_(std::move(impl)) {}
EventDetector::EventDetector(EventDetector&&) noexcept = default;
EventDetector& EventDetector::operator=(EventDetector&&) noexcept = default;
EventDetector::~EventDetector() = default;

Result<EventDetector> EventDetector::open(const std::string& bundle_dir, const DetectorOptions& options) {
  const std::string intent = bundle_dir + "/intent/";
  Result<Taxonomy> taxonomy = Taxonomy::open(bundle_dir);
  if (!taxonomy.ok()) return taxonomy.status();
  Result<FeatureExtractor> extractor = FeatureExtractor::open(bundle_dir);
  if (!extractor.ok()) return extractor.status();
  Result<LinearModel> linear = LinearModel::load(intent + "linear.bin");
  if (!linear.ok()) return linear.status();
  Result<FastModel> fast = FastModel::load(intent + "life_events.bin");
  if (!fast.ok()) return fast.status();
  Result<Decision> decision = Decision::load(intent + "decision.json");
  if (!decision.ok()) return decision.status();
  Result<Explainer> explainer = Explainer::open(bundle_dir);
  if (!explainer.ok()) return explainer.status();
  Result<FactReader> facts = FactReader::open(bundle_dir);
  if (!facts.ok()) return facts.status();
  std::vector<std::string> events;
  for (const LifeEvent& event : taxonomy->events()) events.push_back(event.id);
  LabelPlaces places(events, linear->labels(), fast->labels());
  if (decision->events != events || decision->feature_names != places.names()) {
    return Status(StatusCode::kFailedPrecondition, intent + "decision.json: made for other events or features; train again");
  }
  return EventDetector(std::unique_ptr<const Impl>(new Impl{options, *std::move(taxonomy), *std::move(extractor), *std::move(linear), *std::move(fast),
                                                            *std::move(decision), std::move(places), *std::move(explainer), *std::move(facts)}));
}

Reading EventDetector::read(const std::vector<CleanMessage>& messages, std::size_t index) const {
  const CleanMessage& message = messages[index];
  Reading reading;
  reading.language = message.document().language();
  const MessageFeatures features = extract(impl_->extractor, message.document());
  if (features.words.empty()) return reading;
  const MessageScores scores = score(impl_->extractor, impl_->linear, impl_->fast, features);
  impl_->read_events(features, scores, reading);
  impl_->read_needs(features, scores, reading);
  impl_->read_answer(messages, index, features, reading);
  impl_->read_rest(features, scores, reading);
  reading.facts = impl_->facts.read(message.document(), message.at());
  const std::string main_event = !reading.events.empty() && reading.events[0].active ? reading.events[0].event : "";
  for (Fact& fact : reading.facts) {
    if (fact.fact == "amount_eur" || fact.fact == "horizon_months" || fact.fact == "place") fact.event = main_event;
  }
  return reading;
}

const std::vector<LifeEvent>& EventDetector::events() const { return impl_->taxonomy.events(); }

}  // namespace tertulia
