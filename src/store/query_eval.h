// Answers a segment question about one customer in memory, with the reason: the plain counterpart of query_sql, and the
// part that both share, from the answers of the leaves to the verdict of the whole.
//
// The meaning of every node stands in segment/query_tree.h. Confidence of what is true: a belief leaf that of its
// surest fitting row after decay; `all` the least, `any` the greatest of its true parts, `at_least k` the k-th greatest;
// `not`, `absent`, host, consent and bucket 1.
#ifndef TERTULIA_SRC_STORE_QUERY_EVAL_H_
#define TERTULIA_SRC_STORE_QUERY_EVAL_H_

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "segment/query_tree.h"
#include "tertulia/message.h"

namespace tertulia {

enum class Verdict { kFalse, kTrue, kUnknown };

// A row of the table belief that counts now: open, or closed by a contradiction.
struct HeldBelief {
  std::string kind, attribute, event, value;
  std::int64_t mass = 0;            // millionths, before decay
  std::int64_t half_life_days = 1;
  Timestamp first_seen = 0, last_seen = 0;  // 0: not known
  std::int64_t evidence_count = 0;
  bool is_explicit = false;
  bool contradicted = false;
  std::string why;                  // JSON array of words
};

// A row of the consent ledger; `id` orders rows of one moment.
struct HeldConsent {
  std::int64_t id = 0;
  std::string purpose, channel;     // channel empty: every channel
  bool granted = false;             // given or renewed, and not expired
  Timestamp at = 0;
};

using HostValue = std::variant<std::monostate, double, std::string>;  // of a NULL (or a blob) the first

struct HeldCustomer {
  std::string ref;
  std::vector<HeldBelief> beliefs;
  std::vector<HeldConsent> consents;
  std::optional<std::map<std::string, HostValue>> host;  // by column; absent: the host has no row
};

// The surest row that makes a belief leaf true.
struct LeafRow {
  std::string attribute, event, value;
  double confidence = 1;
  Timestamp first_seen = 0, last_seen = 0;
  std::int64_t evidence_count = 0;
  bool is_explicit = false;
  std::string why;
};

struct LeafAnswer {
  Verdict verdict = Verdict::kUnknown;
  std::optional<LeafRow> row;  // of belief leaves that are true
};

// The verdict of a node with those of its parts; pointers into the question.
struct Explained {
  const SegmentNode* node = nullptr;
  Verdict verdict = Verdict::kUnknown;
  double confidence = 0;        // of true nodes
  std::optional<LeafRow> row;
  std::vector<Explained> parts;
};

[[nodiscard]] LeafAnswer answer_leaf(const SegmentNode& leaf, const HeldCustomer& customer, Timestamp now);
// `answers` in the order of leaves(root).
[[nodiscard]] Explained combine(const SegmentNode& root, const std::vector<LeafAnswer>& answers);
[[nodiscard]] Explained evaluate(const SegmentNode& root, const HeldCustomer& customer, Timestamp now);

// Confidence after decay, as the view belief_current has it, rounded to millionths.
[[nodiscard]] double decayed(std::int64_t mass, std::int64_t half_life_days, Timestamp last_seen, Timestamp now);

// 0…buckets-1, from customer and salt alone: the same on every machine and in every run. Multiply-add hashing modulo the
// prime 2^31-1 (Carter and Wegman, "Universal classes of hash functions", 1979), with factors drawn from the salt.
struct BucketFactors {
  std::int64_t multiply = 1, add = 0;
};
inline constexpr std::int64_t kBucketPrime = 2147483647;
inline constexpr int kBucketDigits = 12;  // of the pseudonym's hexadecimal digits
[[nodiscard]] BucketFactors bucket_factors(std::string_view salt);
[[nodiscard]] int bucket_of(std::string_view customer_ref, std::string_view salt, int buckets);

// What counts as a number among values kept as text: an optional minus, digits, at most one point, ending in a digit, at
// most 15 bytes.
[[nodiscard]] bool is_number_text(std::string_view value);

}  // namespace tertulia

#endif  // TERTULIA_SRC_STORE_QUERY_EVAL_H_
