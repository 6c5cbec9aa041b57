// --db and --now of the verbs that read or write a store.
#ifndef TERTULIA_EXAMPLES_CLI_STORE_OPTIONS_H_
#define TERTULIA_EXAMPLES_CLI_STORE_OPTIONS_H_

#include "command_line.h"
#include "tertulia/store.h"

namespace cli {

enum class Access { kRead, kWrite, kCreate };

void add_store(CommandLine& line);
// kInvalidArgument: --now is no time; else what Store::open says.
tertulia::Result<tertulia::Store> open_store(const CommandLine& line, Access access);
// --now, else the machine's clock.
tertulia::Result<tertulia::Timestamp> now_of(const CommandLine& line);

}  // namespace cli

#endif  // TERTULIA_EXAMPLES_CLI_STORE_OPTIONS_H_
