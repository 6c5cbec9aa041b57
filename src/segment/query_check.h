// What a segment question may say: the checks that both readers share. Each answers what was expected, or empty
// when the value is right; the reader adds the place (column or path).
#ifndef TERTULIA_SRC_SEGMENT_QUERY_CHECK_H_
#define TERTULIA_SRC_SEGMENT_QUERY_CHECK_H_

#include <string>
#include <string_view>
#include <vector>

#include "segment/query_tree.h"
#include "tertulia/status.h"

namespace tertulia {

[[nodiscard]] std::string expect_name(std::string_view name);       // 1…128 bytes of UTF-8 without control characters
[[nodiscard]] std::string expect_text(std::string_view value);      // the same, may be empty
[[nodiscard]] std::string expect_stage(std::string_view stage);
[[nodiscard]] std::string expect_opinion(std::string_view label);
[[nodiscard]] std::string expect_confidence(double confidence);
[[nodiscard]] std::string expect_days(double days);
[[nodiscard]] std::string expect_count(double count);
// The operator and its values fit the kind of leaf: facts have no `in`, `!=` or `is null`, and order needs a number.
[[nodiscard]] std::string expect_comparison(const SegmentNode& leaf);
[[nodiscard]] std::string expect_buckets(double buckets, double first, double last);
[[nodiscard]] std::string expect_parts(const SegmentNode& node);    // of all, any, at_least
// Depth and number of leaves of the whole tree.
[[nodiscard]] std::string expect_size(const SegmentNode& root);

// Which modifiers a leaf takes: "stage", "count", "confidence", "seen", "explicit".
[[nodiscard]] bool takes(NodeKind kind, std::string_view modifier);

// The names that the caller knows; an empty list is not checked.
struct KnownNames {
  std::vector<std::string> events, needs, signals, facts;
};
// kNotFound names the leaf and the unknown name.
[[nodiscard]] Status check_names(const SegmentNode& root, const KnownNames& known);

}  // namespace tertulia

#endif  // TERTULIA_SRC_SEGMENT_QUERY_CHECK_H_
