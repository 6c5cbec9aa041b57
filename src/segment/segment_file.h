// Segment definitions as files: {"id","title","purpose","where", …} with comments allowed (models/segments/*.json).
// "title" is a text, or one text a language ({"es":…,"en":…,"ca":…}); "where" the JSON form or the text form.
#ifndef TERTULIA_SRC_SEGMENT_SEGMENT_FILE_H_
#define TERTULIA_SRC_SEGMENT_SEGMENT_FILE_H_

#include <string>
#include <string_view>

#include "tertulia/segment.h"

namespace tertulia {

// `name` stands in front of errors. load_segment() of tertulia/segment.h is this on a file's text.
[[nodiscard]] Result<Segment> parse_segment(std::string_view json, const std::string& name);
// One line of JSON that parse_segment reads back.
[[nodiscard]] std::string print_segment(const Segment& segment);

}  // namespace tertulia

#endif  // TERTULIA_SRC_SEGMENT_SEGMENT_FILE_H_
