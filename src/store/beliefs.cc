// Noisy-or with a cap per conversation, forward-only stages and contradiction, in integers so that every machine agrees.
// Noisy-or: Pearl, Probabilistic Reasoning in Intelligent Systems (1988), section 4.3.2. Test: tests/store/beliefs_test.cc.
#include "store/beliefs.h"

#include <algorithm>
#include <array>
#include <functional>
#include <tuple>
#include <utility>

#include "store/schema.h"

namespace tertulia {
namespace {

constexpr int kMillionth = 1'000'000;
constexpr std::array<std::string_view, 4> kStages = {"considering", "planning", "underway", "done"};
constexpr int kDone = 3;
constexpr Timestamp kDoneLasts = 365 * kDayMicros;        // "done: finished within about a year" (docs/taxonomy.md)

using Items = std::vector<const EvidenceItem*>;

// Latest last; at one moment contradictions first, then by score and bytes, so that the last one wins.
bool earlier(const EvidenceItem& a, const EvidenceItem& b) {
  const auto key = [](const EvidenceItem& e) {
    return std::make_tuple(e.at, !e.contradicts, e.score, std::string_view(e.value), std::string_view(e.message), !e.weak, e.is_explicit,
                           std::string_view(e.why));
  };
  return key(a) < key(b);
}

// What a set of affirming evidence amounts to. `items` is in order of time and not empty.
BeliefRow sum_up(const Items& items) {
  BeliefRow row;
  row.first_seen = items.front()->at;
  row.last_seen = items.back()->at;
  row.evidence_count = static_cast<std::int64_t>(items.size());

  std::vector<std::pair<std::int64_t, int>> scores;  // conversation, score
  const EvidenceItem* best = nullptr;
  for (const EvidenceItem* item : items) {
    scores.emplace_back(item->conversation, item->score);
    row.is_explicit |= item->is_explicit;
    // A strong one before a weak one, an explained one before a silent one; then the earliest of the best.
    const auto weight = [](const EvidenceItem& e) { return std::make_tuple(!e.weak, e.why.size() > 2, e.score); };
    if (best == nullptr || weight(*item) > weight(*best) ||
        (weight(*item) == weight(*best) && std::tie(item->at, item->message, item->why) < std::tie(best->at, best->message, best->why))) {
      best = item;
    }
  }
  row.why = best->why;

  std::sort(scores.begin(), scores.end());
  std::vector<int> maxima;
  for (std::size_t i = 0; i < scores.size(); ++i) {
    if (i + 1 == scores.size() || scores[i + 1].first != scores[i].first) maxima.push_back(scores[i].second);
  }
  row.conversations = static_cast<std::int64_t>(maxima.size());
  std::sort(maxima.begin(), maxima.end(), std::greater<>());  // one order of rounding
  std::int64_t doubt = kMillionth;
  for (const int score : maxima) doubt = doubt * (kMillionth - std::clamp(score, 0, kMillionth)) / kMillionth;
  row.mass = static_cast<int>(kMillionth - doubt);
  return row;
}

bool opens(const EvidenceItem& item) { return !item.weak; }
bool firm(const EvidenceItem& item) { return !item.weak && item.score >= kFirmScore; }

void close(BeliefRow& row, const std::optional<Timestamp>& at, const char* reason) {
  row.valid_to = at;
  row.closed_reason = at ? reason : "";
}

const EvidenceItem* first_opening(const Items& items) {
  const auto found = std::find_if(items.begin(), items.end(), [](const EvidenceItem* e) { return opens(*e); });
  return found == items.end() ? nullptr : *found;
}

// An epoch is the affirming evidence between two contradictions; `end` and `reason` say how it ended.
void draw_presence(const Items& epoch, const std::optional<Timestamp>& end, const char* reason, std::vector<BeliefRow>& out) {
  const EvidenceItem* opening = first_opening(epoch);
  if (opening == nullptr) return;
  BeliefRow row = sum_up(epoch);
  row.valid_from = opening->at;
  close(row, end, reason);
  out.push_back(std::move(row));
}

void draw_staged(const Items& epoch, const std::optional<Timestamp>& end, const char* reason, std::vector<BeliefRow>& out) {
  const EvidenceItem* opening = first_opening(epoch);
  if (opening == nullptr) return;

  struct Step {
    Timestamp from;
    const EvidenceItem* item;
  };
  std::vector<Step> steps;
  for (const EvidenceItem* item : epoch) {
    if (!firm(*item)) continue;
    const auto key = [](const EvidenceItem& e) { return std::make_pair(stage_rank(e.value), std::string_view(e.value)); };
    if (steps.empty()) {
      steps.push_back({opening->at, item});
    } else if (stage_rank(item->value) > stage_rank(steps.back().item->value)) {
      const bool same_moment = item->at == steps.back().item->at;
      if (same_moment) steps.back().item = item;
      else steps.push_back({item->at, item});
    } else if (item->at == steps.back().item->at && key(*item) > key(*steps.back().item)) {
      steps.back().item = item;
    }
  }
  if (steps.empty()) {  // nothing firm: the best score
    const EvidenceItem* best = opening;
    for (const EvidenceItem* item : epoch) {
      if (!opens(*item)) continue;
      const auto key = [](const EvidenceItem& e) { return std::make_tuple(e.score, e.at, stage_rank(e.value), std::string_view(e.value)); };
      if (key(*item) > key(*best)) best = item;
    }
    steps.push_back({opening->at, best});
  }
  for (std::size_t i = 0; i < steps.size(); ++i) {
    const bool last = i + 1 == steps.size();
    Items until;
    for (const EvidenceItem* item : epoch) {
      if (last || item->at < steps[i + 1].from) until.push_back(item);
    }
    BeliefRow row = sum_up(until);
    row.value = steps[i].item->value;
    row.stage_rank = stage_rank(row.value);
    row.valid_from = steps[i].from;
    if (last) close(row, end, reason);
    else close(row, steps[i + 1].from, "advanced");
    out.push_back(std::move(row));
  }
}

// Cuts an epoch where an earlier stage is told of more than a year after "done".
void draw_undertakings(const Items& epoch, const std::optional<Timestamp>& end, const char* reason, std::vector<BeliefRow>& out) {
  Items part;
  std::optional<Timestamp> done;
  for (const EvidenceItem* item : epoch) {
    const bool is_done = stage_rank(item->value) == kDone;
    if (done && firm(*item) && !is_done && item->at > *done + kDoneLasts) {
      draw_staged(part, *done + kDoneLasts, "completed", out);
      part.clear();
      done.reset();
    }
    if (firm(*item) && is_done) done = item->at;
    part.push_back(item);
  }
  draw_staged(part, end, reason, out);
}

void draw_latest(const Items& epoch, const std::optional<Timestamp>& end, const char* reason, std::vector<BeliefRow>& out) {
  struct Stay {
    Timestamp from;
    std::string_view value;
    Items items;
  };
  std::vector<Stay> stays;
  for (std::size_t i = 0; i < epoch.size();) {
    std::size_t next = i;
    const EvidenceItem* winner = nullptr;  // of this moment: the last, by the order of sorting
    for (; next < epoch.size() && epoch[next]->at == epoch[i]->at; ++next) {
      if (opens(*epoch[next])) winner = epoch[next];
    }
    if (winner != nullptr && (stays.empty() || stays.back().value != winner->value)) stays.push_back({winner->at, winner->value, {}});
    for (; i < next; ++i) {
      if (!stays.empty() && epoch[i]->value == stays.back().value) stays.back().items.push_back(epoch[i]);
    }
  }
  for (std::size_t i = 0; i < stays.size(); ++i) {
    BeliefRow row = sum_up(stays[i].items);
    row.value = stays[i].value;
    row.valid_from = stays[i].from;
    if (i + 1 == stays.size()) close(row, end, reason);
    else close(row, stays[i + 1].from, "superseded");
    out.push_back(std::move(row));
  }
}

void draw_epoch(BeliefRule rule, const Items& epoch, const std::optional<Timestamp>& end, const char* reason, std::vector<BeliefRow>& out) {
  switch (rule) {
    case BeliefRule::kStaged: return draw_undertakings(epoch, end, reason, out);
    case BeliefRule::kPresence: return draw_presence(epoch, end, reason, out);
    case BeliefRule::kLatest: return draw_latest(epoch, end, reason, out);
  }
}

}  // namespace

BeliefRule rule_of_kind(std::string_view kind) {
  if (kind == "event") return BeliefRule::kStaged;
  if (kind == "fact" || kind == "opinion") return BeliefRule::kLatest;
  return BeliefRule::kPresence;
}

int stage_rank(std::string_view stage) {
  const auto found = std::find(kStages.begin(), kStages.end(), stage);
  return found == kStages.end() ? 0 : static_cast<int>(found - kStages.begin());
}

std::vector<BeliefRow> draw_beliefs(BeliefRule rule, std::vector<EvidenceItem> evidence) {
  std::sort(evidence.begin(), evidence.end(), earlier);
  std::vector<BeliefRow> rows;
  Items epoch;
  for (const EvidenceItem& item : evidence) {
    if (!item.contradicts) {
      epoch.push_back(&item);
    } else if (firm(item) && !epoch.empty()) {
      draw_epoch(rule, epoch, item.at, "contradicted", rows);
      epoch.clear();
    }
  }
  draw_epoch(rule, epoch, std::nullopt, "", rows);
  return rows;
}

}  // namespace tertulia
