// The two written forms of a segment question to its checked, normalised tree.
//
// Text form (keywords in any letter case; names that are reserved words or hold other characters in "quotes",
// where \" and \\ stand for quote and backslash):
//   query    := part ("or" part)* ;  part := unary ("and" unary)*
//   unary    := "not" unary | "absent" unary | "(" query ")" | "at_least" K "of" "[" query ("," query)* "]" | leaf
//   leaf     := "event" NAME [["="] stage] … | "need" NAME … | "signal" NAME … | "opinion" LABEL …
//             | "fact" NAME (= < <= > >=) VALUE … | "has_been" "event" NAME "for" ">=" N "days"
//             | "consented" PURPOSE [CHANNEL] | "host" COLUMN (= != < <= > >=) VALUE | "host" COLUMN "in" "(" VALUE, … ")"
//             | "host" COLUMN "is" "null" | "random_bucket" "(" TEXT "," N ")" "in" A ".." B
//   …        := "stage" S | "stage" ">=" S | "count" ">=" N | "confidence" ">=" X | "seen" "within" N "days" | "explicit"
// Linear in the input; at most kMaxQueryText bytes.
#ifndef TERTULIA_SRC_SEGMENT_QUERY_PARSER_H_
#define TERTULIA_SRC_SEGMENT_QUERY_PARSER_H_

#include <rapidjson/document.h>

#include <string>
#include <string_view>

#include "segment/query_tree.h"
#include "tertulia/status.h"

namespace tertulia {

// kInvalidData: "column 7: expected a name", columns in code points from 1.
[[nodiscard]] Result<SegmentNode> parse_query_text(std::string_view text);
// kInvalidData: "where.all[1].stage_at_least: expected …".
[[nodiscard]] Result<SegmentNode> parse_query_json(std::string_view json);
// The same of a parsed value; `path` stands in front of errors.
[[nodiscard]] Result<SegmentNode> parse_query_value(const rapidjson::Value& value, const std::string& path);

}  // namespace tertulia

#endif  // TERTULIA_SRC_SEGMENT_QUERY_PARSER_H_
