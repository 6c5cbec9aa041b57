// JSON lines files: one value a line, blank lines skipped, errors with file and line.
#ifndef TERTULIA_SRC_DATA_JSON_LINES_H_
#define TERTULIA_SRC_DATA_JSON_LINES_H_

#include <rapidjson/document.h>

#include <functional>
#include <string>

#include "tertulia/status.h"

namespace tertulia {

// `where` is "file:line". The first line that is not JSON, or that the reader refuses, ends the walk.
using JsonLineReader = std::function<Status(const rapidjson::Value& value, const std::string& where)>;

// The lines of a file, or of every *.jsonl of a directory in order of name. kNotFound, kInvalidData, what the reader says.
[[nodiscard]] Status read_json_lines(const std::string& path, const JsonLineReader& read);

}  // namespace tertulia

#endif  // TERTULIA_SRC_DATA_JSON_LINES_H_
