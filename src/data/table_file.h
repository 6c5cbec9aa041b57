// Tab-separated lists: one record a line, '#' starts a comment line, no quoting.
#ifndef TERTULIA_SRC_DATA_TABLE_FILE_H_
#define TERTULIA_SRC_DATA_TABLE_FILE_H_

#include <string>
#include <vector>

#include "tertulia/status.h"

namespace tertulia {

struct TableRow {
  std::size_t line = 0;
  std::vector<std::string> fields;
};

// Every row has between `min_fields` and `max_fields` fields. kInvalidData names file and line.
[[nodiscard]] Result<std::vector<TableRow>> load_table(const std::string& path, std::size_t min_fields,
                                                       std::size_t max_fields);

}  // namespace tertulia

#endif  // TERTULIA_SRC_DATA_TABLE_FILE_H_
