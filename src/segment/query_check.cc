// Bounds and words of segment questions. Test: tests/segment/query_check_test.cc.
#include "segment/query_check.h"

#include <algorithm>
#include <cmath>

#include "base/utf8.h"

namespace tertulia {
namespace {

std::string expect_string(std::string_view text, std::size_t least) {
  const std::string expected = "expected " + std::to_string(least) + " to " + std::to_string(kMaxQueryName) +
                               " bytes of UTF-8 without control characters";
  if (text.size() < least || text.size() > kMaxQueryName || !is_valid_utf8(text)) return expected;
  for (std::size_t at = 0; at < text.size();) {
    const CodePoint point = decode_utf8(text, at);
    if (point.value < 0x20 || (point.value >= 0x7F && point.value < 0xA0)) return expected;
    at += point.size;
  }
  return {};
}

std::string expect_whole(double number, double least, double most) {
  if (number >= least && number <= most && number == std::floor(number)) return {};
  return "expected a whole number from " + number_text(least) + " to " + number_text(most);
}

int depth_of(const SegmentNode& node, int limit) {
  int deepest = 0;
  if (limit == 0) return 1;
  for (const SegmentNode& child : node.children) deepest = std::max(deepest, depth_of(child, limit - 1));
  return deepest + 1;
}

}  // namespace

std::string expect_name(std::string_view name) { return expect_string(name, 1); }
std::string expect_text(std::string_view value) { return expect_string(value, 0); }

std::string expect_stage(std::string_view stage) {
  return stage_order(stage) > 0 ? "" : "expected a stage: considering, planning, underway or done";
}

std::string expect_opinion(std::string_view label) {
  return label == "negative" || label == "neutral" || label == "positive" ? ""
                                                                          : "expected negative, neutral or positive";
}

std::string expect_confidence(double confidence) {
  return confidence >= 0 && confidence <= 1 ? "" : "expected a number from 0 to 1";
}

std::string expect_days(double days) { return expect_whole(days, 1, kMaxQueryDays); }
std::string expect_count(double count) { return expect_whole(count, 1, kMaxQueryCount); }

std::string expect_comparison(const SegmentNode& leaf) {
  const bool ordered = leaf.compare == Compare::kLess || leaf.compare == Compare::kLessEqual ||
                       leaf.compare == Compare::kGreater || leaf.compare == Compare::kGreaterEqual;
  if (leaf.kind == NodeKind::kFact) {
    if (!ordered && leaf.compare != Compare::kEqual) return "expected =, <, <=, > or >=";
    if (ordered && std::holds_alternative<std::string>(leaf.values.front())) return "expected a number to order by";
  }
  for (const QueryValue& value : leaf.values) {
    if (const auto* text = std::get_if<std::string>(&value)) {
      if (std::string expected = expect_text(*text); !expected.empty()) return expected;
    } else if (!std::isfinite(std::get<double>(value))) {
      return "expected a finite number";
    }
  }
  if (leaf.compare == Compare::kIn && leaf.values.size() > 100) return "expected at most 100 values";
  return {};
}

std::string expect_buckets(double buckets, double first, double last) {
  if (std::string expected = expect_count(buckets); !expected.empty()) return expected;
  if (!expect_whole(first, 0, buckets - 1).empty() || !expect_whole(last, 0, buckets - 1).empty() || first > last) {
    return "expected first..last within 0.." + number_text(buckets - 1);
  }
  return {};
}

std::string expect_parts(const SegmentNode& node) {
  if (node.children.empty()) return "expected at least one part";
  if (node.kind == NodeKind::kAtLeast && (node.number < 1 || node.number > static_cast<int>(node.children.size()))) {
    return "expected a number from 1 to the number of parts (" + std::to_string(node.children.size()) + ")";
  }
  return {};
}

std::string expect_size(const SegmentNode& root) {
  if (depth_of(root, kMaxQueryDepth + 1) > kMaxQueryDepth) {
    return "expected at most " + std::to_string(kMaxQueryDepth) + " levels";
  }
  if (leaves(root).size() > kMaxQueryLeaves) return "expected at most " + std::to_string(kMaxQueryLeaves) + " terms";
  return {};
}

bool takes(NodeKind kind, std::string_view modifier) {
  switch (kind) {
    case NodeKind::kEvent: return modifier != "count";
    case NodeKind::kNeed: return modifier == "explicit" || modifier == "confidence" || modifier == "seen";
    case NodeKind::kSignal: return modifier == "count" || modifier == "confidence" || modifier == "seen";
    case NodeKind::kFact:
    case NodeKind::kOpinion: return modifier == "confidence" || modifier == "seen";
    default: return false;
  }
}

Status check_names(const SegmentNode& root, const KnownNames& known) {
  for (const SegmentNode* leaf : leaves(root)) {
    const std::vector<std::string>* list = nullptr;
    switch (leaf->kind) {
      case NodeKind::kEvent:
      case NodeKind::kHasBeen: list = &known.events; break;
      case NodeKind::kNeed: list = &known.needs; break;
      case NodeKind::kSignal: list = &known.signals; break;
      case NodeKind::kFact: list = &known.facts; break;
      default: continue;
    }
    if (list->empty() || std::find(list->begin(), list->end(), leaf->name) != list->end()) continue;
    std::string names;
    for (const std::string& name : *list) names += (names.empty() ? "" : ", ") + name;
    return Status(StatusCode::kNotFound, "no " + std::string(belief_kind(leaf->kind)) + " \"" + leaf->name +
                                             "\"; known are " + names);
  }
  return {};
}

}  // namespace tertulia
