// Kleene's three-valued logic over rows held in memory (S. C. Kleene, "Introduction to Metamathematics", 1952, § 64).
// Tests: tests/store/query_eval_test.cc, and against SQL tests/store/query_sql_test.cc.
#include "store/query_eval.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <functional>
#include <utility>

#include "base/digest.h"
#include "store/schema.h"

namespace tertulia {
namespace {

Verdict of(bool holds) { return holds ? Verdict::kTrue : Verdict::kFalse; }

Verdict both(Verdict a, Verdict b) {
  if (a == Verdict::kFalse || b == Verdict::kFalse) return Verdict::kFalse;
  return a == Verdict::kTrue && b == Verdict::kTrue ? Verdict::kTrue : Verdict::kUnknown;
}

template <typename T>
bool compares(Compare compare, const T& left, const T& right) {
  switch (compare) {
    case Compare::kEqual: return left == right;
    case Compare::kNotEqual: return left != right;
    case Compare::kLess: return left < right;
    case Compare::kLessEqual: return left <= right;
    case Compare::kGreater: return left > right;
    case Compare::kGreaterEqual: return left >= right;
    default: return false;
  }
}

Verdict fact_verdict(const SegmentNode& leaf, const std::string& value) {
  if (const auto* text = std::get_if<std::string>(&leaf.values.front())) return of(value == *text);
  if (!is_number_text(value)) return Verdict::kUnknown;
  double number = 0;
  std::from_chars(value.data(), value.data() + value.size(), number);
  return of(compares(leaf.compare, number, std::get<double>(leaf.values.front())));
}

Verdict row_verdict(const SegmentNode& leaf, const HeldBelief& row, Timestamp now) {
  if (row.contradicted) return Verdict::kFalse;
  Verdict out = Verdict::kTrue;
  if (!leaf.stage.empty()) {
    const int have = stage_order(row.value), asked = stage_order(leaf.stage);
    out = both(out, have == 0 ? Verdict::kUnknown : of(leaf.stage_or_later ? have >= asked : have == asked));
  }
  if (leaf.kind == NodeKind::kOpinion) out = both(out, of(row.value == leaf.name));
  if (leaf.kind == NodeKind::kFact) out = both(out, fact_verdict(leaf, row.value));
  if (leaf.kind == NodeKind::kHasBeen) {
    out = both(out, row.first_seen == 0 ? Verdict::kUnknown : of(row.first_seen <= now - leaf.number * kDayMicros));
  }
  if (leaf.count) out = both(out, of(row.evidence_count >= *leaf.count));
  if (leaf.confidence && decayed(row.mass, row.half_life_days, row.last_seen, now) < *leaf.confidence) {
    out = both(out, Verdict::kUnknown);
  }
  if (leaf.seen_within_days) {
    out = both(out, row.last_seen == 0 ? Verdict::kUnknown : of(row.last_seen >= now - *leaf.seen_within_days * kDayMicros));
  }
  if (leaf.is_explicit) out = both(out, of(row.is_explicit));
  return out;
}

// Or over the rows of the attribute; nothing known without one.
LeafAnswer answer_beliefs(const SegmentNode& leaf, const HeldCustomer& customer, Timestamp now) {
  LeafAnswer answer;
  bool any_false = false, any_unknown = false;
  const HeldBelief* best = nullptr;
  double best_confidence = 0;
  for (const HeldBelief& row : customer.beliefs) {
    if (row.kind != belief_kind(leaf.kind) || (leaf.kind != NodeKind::kOpinion && row.attribute != leaf.name)) continue;
    const Verdict verdict = row_verdict(leaf, row, now);
    any_false = any_false || verdict == Verdict::kFalse;
    any_unknown = any_unknown || verdict == Verdict::kUnknown;
    if (verdict != Verdict::kTrue) continue;
    const double confidence = decayed(row.mass, row.half_life_days, row.last_seen, now);
    if (best == nullptr || confidence > best_confidence ||
        (confidence == best_confidence && std::tie(row.event, row.attribute) < std::tie(best->event, best->attribute))) {
      best = &row;
      best_confidence = confidence;
    }
  }
  if (best != nullptr) {
    answer.verdict = Verdict::kTrue;
    answer.row = LeafRow{best->attribute, best->event, best->value, best_confidence, best->first_seen, best->last_seen,
                         best->evidence_count, best->is_explicit, best->why};
  } else if (any_false && !any_unknown) {
    answer.verdict = Verdict::kFalse;
  }
  return answer;
}

// A grant counts unless a later word on the same channel, on every channel, or on the channel asked for follows it.
Verdict consent_verdict(const SegmentNode& leaf, const std::vector<HeldConsent>& consents) {
  bool heard = false;
  for (const HeldConsent& row : consents) {
    if (row.purpose != leaf.name) continue;
    if (!leaf.channel.empty() && !row.channel.empty() && row.channel != leaf.channel) continue;
    heard = true;
    if (!row.granted) continue;
    const bool overruled = std::any_of(consents.begin(), consents.end(), [&](const HeldConsent& later) {
      return later.purpose == row.purpose && std::tie(later.at, later.id) > std::tie(row.at, row.id) &&
             (later.channel.empty() || later.channel == row.channel || later.channel == leaf.channel);
    });
    if (!overruled) return Verdict::kTrue;
  }
  return heard ? Verdict::kFalse : Verdict::kUnknown;
}

Verdict host_verdict(const SegmentNode& leaf, const HeldCustomer& customer) {
  if (!customer.host) return Verdict::kUnknown;
  const auto found = customer.host->find(leaf.name);
  const HostValue value = found == customer.host->end() ? HostValue() : found->second;
  if (leaf.compare == Compare::kIsNull) return of(std::holds_alternative<std::monostate>(value));
  bool same_type = false, equal = false;
  const Compare compare = leaf.compare == Compare::kIn ? Compare::kEqual : leaf.compare;
  for (const QueryValue& asked : leaf.values) {
    if (const auto* number = std::get_if<double>(&asked); number != nullptr && std::holds_alternative<double>(value)) {
      same_type = true;
      equal = equal || compares(compare, std::get<double>(value), *number);
    } else if (const auto* text = std::get_if<std::string>(&asked); text != nullptr && std::holds_alternative<std::string>(value)) {
      same_type = true;
      equal = equal || compares(compare, std::get<std::string>(value), *text);
    }
  }
  return same_type ? of(equal) : Verdict::kUnknown;
}

void judge_at_least(Explained& out) {
  const auto k = static_cast<std::size_t>(out.node->number);
  std::vector<double> sure;
  std::size_t open = 0;
  for (const Explained& part : out.parts) {
    if (part.verdict == Verdict::kTrue) sure.push_back(part.confidence);
    else if (part.verdict == Verdict::kUnknown) ++open;
  }
  if (sure.size() >= k) {
    std::sort(sure.begin(), sure.end(), std::greater<>());
    out.verdict = Verdict::kTrue;
    out.confidence = sure[k - 1];
  } else {
    out.verdict = sure.size() + open < k ? Verdict::kFalse : Verdict::kUnknown;
  }
}

void judge(Explained& out) {
  const auto count = [&](Verdict verdict) {
    return std::count_if(out.parts.begin(), out.parts.end(), [&](const Explained& part) { return part.verdict == verdict; });
  };
  out.confidence = 1;
  switch (out.node->kind) {
    case NodeKind::kAll:
      out.verdict = count(Verdict::kFalse) > 0 ? Verdict::kFalse : count(Verdict::kUnknown) > 0 ? Verdict::kUnknown : Verdict::kTrue;
      for (const Explained& part : out.parts) out.confidence = std::min(out.confidence, part.confidence);
      break;
    case NodeKind::kAny:
      out.verdict = count(Verdict::kTrue) > 0 ? Verdict::kTrue : count(Verdict::kUnknown) > 0 ? Verdict::kUnknown : Verdict::kFalse;
      out.confidence = 0;
      for (const Explained& part : out.parts) out.confidence = std::max(out.confidence, part.confidence);
      break;
    case NodeKind::kAtLeast: judge_at_least(out); break;
    case NodeKind::kNot: {
      const Verdict inside = out.parts.front().verdict;
      out.verdict = inside == Verdict::kUnknown ? inside : of(inside == Verdict::kFalse);
      break;
    }
    case NodeKind::kAbsent: out.verdict = of(out.parts.front().verdict == Verdict::kUnknown); break;
    default: break;
  }
  if (out.verdict != Verdict::kTrue) out.confidence = 0;
}

// As deep as the checked tree.
Explained combine_node(const SegmentNode& node, const std::vector<LeafAnswer>& answers, std::size_t& next) {
  Explained out;
  out.node = &node;
  if (is_leaf(node.kind)) {
    const LeafAnswer& answer = answers[next++];
    out.verdict = answer.verdict;
    out.row = answer.row;
    out.confidence = answer.verdict != Verdict::kTrue ? 0 : answer.row ? answer.row->confidence : 1;
    return out;
  }
  out.parts.reserve(node.children.size());
  for (const SegmentNode& child : node.children) out.parts.push_back(combine_node(child, answers, next));
  judge(out);
  return out;
}

}  // namespace

LeafAnswer answer_leaf(const SegmentNode& leaf, const HeldCustomer& customer, Timestamp now) {
  switch (leaf.kind) {
    case NodeKind::kConsented: return {consent_verdict(leaf, customer.consents), std::nullopt};
    case NodeKind::kHost: return {host_verdict(leaf, customer), std::nullopt};
    case NodeKind::kRandomBucket: {
      const int bucket = bucket_of(customer.ref, leaf.name, leaf.number);
      return {of(bucket >= leaf.first_bucket && bucket <= leaf.last_bucket), std::nullopt};
    }
    default: return answer_beliefs(leaf, customer, now);
  }
}

Explained combine(const SegmentNode& root, const std::vector<LeafAnswer>& answers) {
  std::size_t next = 0;
  return combine_node(root, answers, next);
}

Explained evaluate(const SegmentNode& root, const HeldCustomer& customer, Timestamp now) {
  std::vector<LeafAnswer> answers;
  for (const SegmentNode* leaf : leaves(root)) answers.push_back(answer_leaf(*leaf, customer, now));
  return combine(root, answers);
}

double decayed(std::int64_t mass, std::int64_t half_life_days, Timestamp last_seen, Timestamp now) {
  if (now <= last_seen) return static_cast<double>(mass) / 1e6;
  const std::int64_t half_life = half_life_days * kDayMicros;
  const std::int64_t halvings = (now - last_seen) / half_life;
  if (halvings >= 60) return 0;
  const double part = static_cast<double>((now - last_seen) % half_life) / static_cast<double>(half_life);
  // Written as in query_sql's decayed_sql, operation for operation.
  const double factor = 1.0 - part / 2 + part * (1.0 - part) * (0.03962 * part - 0.19168);
  const double raw = static_cast<double>(mass) / static_cast<double>(std::int64_t{1} << halvings) * factor;
  return static_cast<double>(static_cast<std::int64_t>(raw + 0.5)) / 1e6;
}

BucketFactors bucket_factors(std::string_view salt) {
  const std::string digest = keyed_hash(Key{}, "random_bucket", salt);
  const auto draw = [&](std::size_t from) {
    std::int64_t number = 0;
    std::from_chars(digest.data() + from, digest.data() + from + 14, number, 16);
    return number;
  };
  return {1 + draw(0) % (kBucketPrime - 1), draw(16) % kBucketPrime};
}

int bucket_of(std::string_view customer_ref, std::string_view salt, int buckets) {
  static constexpr std::string_view kDigits = "0123456789abcdef";
  std::int64_t number = 0;
  for (int i = 0; i < kBucketDigits; ++i) {
    const std::size_t at = static_cast<std::size_t>(i);
    const std::size_t digit = at < customer_ref.size() ? kDigits.find(customer_ref[at]) : 0;
    number = number * 16 + (digit == std::string_view::npos ? 0 : static_cast<std::int64_t>(digit));
  }
  const BucketFactors factors = bucket_factors(salt);
  return static_cast<int>((number % kBucketPrime * factors.multiply + factors.add) % kBucketPrime % buckets);
}

bool is_number_text(std::string_view value) {
  if (value.empty() || value.size() > 15 || value.back() < '0' || value.back() > '9') return false;
  bool point = false;
  for (std::size_t i = 0; i < value.size(); ++i) {
    const char c = value[i];
    if (c == '.' && !point) point = true;
    else if (c == '-' && i == 0) continue;
    else if (c < '0' || c > '9') return false;
  }
  return true;
}

}  // namespace tertulia
