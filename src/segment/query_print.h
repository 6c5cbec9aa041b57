// The canonical text form and the JSON form of a checked tree. parse(print(tree)) == tree, for both.
#ifndef TERTULIA_SRC_SEGMENT_QUERY_PRINT_H_
#define TERTULIA_SRC_SEGMENT_QUERY_PRINT_H_

#include <string>
#include <string_view>

#include "segment/query_tree.h"

namespace tertulia {

[[nodiscard]] std::string print_query_text(const SegmentNode& root);
[[nodiscard]] std::string print_query_json(const SegmentNode& root);

// A word of the text form with a meaning of its own: as a name it needs quotes. Whatever the letters' case.
[[nodiscard]] bool is_reserved_word(std::string_view word);

}  // namespace tertulia

#endif  // TERTULIA_SRC_SEGMENT_QUERY_PRINT_H_
