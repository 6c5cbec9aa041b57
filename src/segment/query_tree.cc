// Names, walks and the value type of segment questions. All walks recurse over a checked tree, so at most
// kMaxQueryDepth deep. Test: tests/segment/query_tree_test.cc.
#include "segment/query_tree.h"

#include <array>
#include <charconv>
#include <cmath>
#include <utility>

#include "segment/query_check.h"
#include "segment/query_parser.h"
#include "segment/query_print.h"
#include "tertulia/segment.h"

namespace tertulia {
namespace {

constexpr std::array<std::string_view, kStages> kStageNames = {"considering", "planning", "underway", "done"};
constexpr std::array<std::pair<std::string_view, Compare>, 8> kCompareSymbols = {{
    {"=", Compare::kEqual}, {"!=", Compare::kNotEqual}, {"<", Compare::kLess}, {"<=", Compare::kLessEqual},
    {">", Compare::kGreater}, {">=", Compare::kGreaterEqual}, {"in", Compare::kIn}, {"is null", Compare::kIsNull}}};

void collect_leaves(const SegmentNode& node, std::vector<const SegmentNode*>& out) {
  if (is_leaf(node.kind)) out.push_back(&node);
  for (const SegmentNode& child : node.children) collect_leaves(child, out);
}

}  // namespace

int stage_order(std::string_view stage) noexcept {
  for (int i = 0; i < kStages; ++i) {
    if (kStageNames[i] == stage) return i + 1;
  }
  return 0;
}

std::string_view stage_name(int rank) noexcept { return kStageNames[rank - 1]; }

std::string_view compare_symbol(Compare compare) noexcept {
  for (const auto& [symbol, value] : kCompareSymbols) {
    if (value == compare) return symbol;
  }
  return "=";
}

std::optional<Compare> compare_from_symbol(std::string_view symbol) noexcept {
  for (const auto& [known, value] : kCompareSymbols) {
    if (known == symbol) return value;
  }
  return std::nullopt;
}

bool is_leaf(NodeKind kind) noexcept { return kind >= NodeKind::kEvent; }

bool asks_beliefs(NodeKind kind) noexcept { return kind >= NodeKind::kEvent && kind <= NodeKind::kHasBeen; }

std::string_view belief_kind(NodeKind kind) noexcept {
  return kind == NodeKind::kHasBeen ? node_word(NodeKind::kEvent) : node_word(kind);
}

std::string_view node_word(NodeKind kind) noexcept {
  switch (kind) {
    case NodeKind::kAll: return "all";
    case NodeKind::kAny: return "any";
    case NodeKind::kNot: return "not";
    case NodeKind::kAtLeast: return "at_least";
    case NodeKind::kAbsent: return "absent";
    case NodeKind::kEvent: return "event";
    case NodeKind::kNeed: return "need";
    case NodeKind::kSignal: return "signal";
    case NodeKind::kFact: return "fact";
    case NodeKind::kOpinion: return "opinion";
    case NodeKind::kHasBeen: return "has_been";
    case NodeKind::kConsented: return "consented";
    case NodeKind::kHost: return "host";
    case NodeKind::kRandomBucket: return "random_bucket";
  }
  return {};
}

std::vector<const SegmentNode*> leaves(const SegmentNode& root) {
  std::vector<const SegmentNode*> out;
  collect_leaves(root, out);
  return out;
}

bool uses_host(const SegmentNode& root) {
  for (const SegmentNode* leaf : leaves(root)) {
    if (leaf->kind == NodeKind::kHost) return true;
  }
  return false;
}

void normalize(SegmentNode& root) {
  for (SegmentNode& child : root.children) normalize(child);
  if ((root.kind == NodeKind::kAll || root.kind == NodeKind::kAny) && root.children.size() == 1) {
    SegmentNode only = std::move(root.children.front());
    root = std::move(only);
  }
}

std::string number_text(double number) {
  if (number == 0) return "0";  // also of -0
  char buffer[64];
  const bool plain = std::abs(number) < 1e15 && std::abs(number) >= 1e-6;
  const auto [end, error] = plain ? std::to_chars(buffer, buffer + sizeof buffer, number, std::chars_format::fixed)
                                  : std::to_chars(buffer, buffer + sizeof buffer, number, std::chars_format::scientific);
  return {buffer, end};
}

SegmentQuery::SegmentQuery(std::unique_ptr<SegmentNode> root) : root_(std::move(root)) {}
SegmentQuery::SegmentQuery(const SegmentQuery& other) : root_(std::make_unique<SegmentNode>(*other.root_)) {}
SegmentQuery& SegmentQuery::operator=(const SegmentQuery& other) {
  if (this != &other) root_ = std::make_unique<SegmentNode>(*other.root_);
  return *this;
}
SegmentQuery::SegmentQuery(SegmentQuery&&) noexcept = default;
SegmentQuery& SegmentQuery::operator=(SegmentQuery&&) noexcept = default;
SegmentQuery::~SegmentQuery() = default;

Result<SegmentQuery> SegmentQuery::parse(std::string_view text) {
  Result<SegmentNode> root = parse_query_text(text);
  if (!root.ok()) return root.status();
  return SegmentQuery(std::make_unique<SegmentNode>(std::move(*root)));
}

Result<SegmentQuery> SegmentQuery::from_json(std::string_view json) {
  Result<SegmentNode> root = parse_query_json(json);
  if (!root.ok()) return root.status();
  return SegmentQuery(std::make_unique<SegmentNode>(std::move(*root)));
}

std::string SegmentQuery::text() const { return print_query_text(*root_); }
std::string SegmentQuery::json() const { return print_query_json(*root_); }

}  // namespace tertulia
