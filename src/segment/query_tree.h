// The tree of a segment question: a plain value that the text form and the JSON form both read and print.
//
//   event home_building stage >= planning and not host payroll < 1500
//
// Meaning (Kleene's strong three-valued logic: true, false, unknown):
//   event, need, fact, opinion, signal
//                true      a belief fits all that the leaf asks
//                false     what is known speaks against it: the belief was contradicted, stands at another stage,
//                          has another value, was seen too long ago, too few times, or was only implied
//                unknown   there is no belief, or it is less certain than `confidence` asks
//   has_been     true from the given days after the belief was first seen; younger or contradicted is false
//   consented    true granted, false refused or withdrawn, unknown never asked
//   host         unknown for NULL (but `is null`), for a customer without a row, for a number held against text
//   random_bucket  always known
//   all, any     and / or; one false makes `all` false, one true makes `any` true, whatever is unknown beside it
//   at_least k   true with k true parts, false when the true and the unknown ones together are fewer than k
//   not          true only where the inside is known to be false: unknown stays unknown
//   absent       true where the inside is unknown, else false: never unknown
// A customer belongs to the segment where the root is true.
#ifndef TERTULIA_SRC_SEGMENT_QUERY_TREE_H_
#define TERTULIA_SRC_SEGMENT_QUERY_TREE_H_

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace tertulia {

enum class NodeKind {
  kAll, kAny, kNot, kAtLeast, kAbsent,                                   // have children
  kEvent, kNeed, kSignal, kFact, kOpinion, kHasBeen, kConsented, kHost, kRandomBucket  // leaves
};

enum class Compare { kEqual, kNotEqual, kLess, kLessEqual, kGreater, kGreaterEqual, kIn, kIsNull };

using QueryValue = std::variant<double, std::string>;

struct SegmentNode {
  NodeKind kind = NodeKind::kAll;
  std::vector<SegmentNode> children;
  int number = 0;             // at_least: k; has_been: days; random_bucket: how many buckets
  std::string name;           // event, need, signal, fact, opinion label, purpose, host column, or the bucket's salt

  // What the rows of event, need, signal, fact and opinion must also fit.
  std::string stage;          // event; empty: any
  bool stage_or_later = false;
  std::optional<double> confidence;      // at least, after decay
  std::optional<int> seen_within_days;
  std::optional<int> count;              // signal: at least
  bool is_explicit = false;

  Compare compare = Compare::kEqual;     // fact, host
  std::vector<QueryValue> values;        // one, several after `in`, none after `is null`
  std::string channel;                   // consented; empty: any channel
  int first_bucket = 0, last_bucket = 0; // random_bucket, both included

  bool operator==(const SegmentNode&) const = default;
};

inline constexpr int kMaxQueryDepth = 24;         // levels of the tree
inline constexpr std::size_t kMaxQueryLeaves = 256;
inline constexpr std::size_t kMaxQueryText = 64u << 10;  // bytes, both forms
inline constexpr std::size_t kMaxQueryName = 128;        // bytes of a name or value
inline constexpr int kMaxQueryDays = 36500;
inline constexpr int kMaxQueryCount = 1'000'000;

// considering < planning < underway < done: 1…4; 0 for anything else.
[[nodiscard]] int stage_order(std::string_view stage) noexcept;
[[nodiscard]] std::string_view stage_name(int rank) noexcept;  // of 1…4
inline constexpr int kStages = 4;

// "=", "!=", "<", "<=", ">", ">=", "in", "is null".
[[nodiscard]] std::string_view compare_symbol(Compare compare) noexcept;
[[nodiscard]] std::optional<Compare> compare_from_symbol(std::string_view symbol) noexcept;

[[nodiscard]] bool is_leaf(NodeKind kind) noexcept;
// event, need, signal, fact, opinion, has_been: answered by the beliefs of the customer.
[[nodiscard]] bool asks_beliefs(NodeKind kind) noexcept;
// "event", "need", … of belief leaves: the kind of belief asked for (has_been asks events).
[[nodiscard]] std::string_view belief_kind(NodeKind kind) noexcept;
[[nodiscard]] std::string_view node_word(NodeKind kind) noexcept;  // the word that both forms use

// The leaves from left to right. Pointers into the tree.
[[nodiscard]] std::vector<const SegmentNode*> leaves(const SegmentNode& root);
[[nodiscard]] bool uses_host(const SegmentNode& root);
// `all` and `any` of one part become that part, so that both forms print one tree one way.
void normalize(SegmentNode& root);

// The shortest decimal form that reads back as the same number; no exponent, sign only where needed, below 1e15.
[[nodiscard]] std::string number_text(double number);

}  // namespace tertulia

#endif  // TERTULIA_SRC_SEGMENT_QUERY_TREE_H_
