// A table for a terminal, or as a JSON list of objects.
#ifndef TERTULIA_EXAMPLES_CLI_TABLE_PRINT_H_
#define TERTULIA_EXAMPLES_CLI_TABLE_PRINT_H_

#include <string>

#include "tertulia/store.h"

namespace cli {

// Columns are padded, control characters replaced (a value cannot move a terminal's cursor), null shown as nothing.
std::string table_text(const tertulia::Table& table);
// [{"column":"value",…},…] and a line end; null stays null, every other value is a string.
std::string table_json(const tertulia::Table& table);

}  // namespace cli

#endif  // TERTULIA_EXAMPLES_CLI_TABLE_PRINT_H_
