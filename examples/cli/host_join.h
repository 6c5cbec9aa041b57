// --host, --host-map and --vault: the host's own columns for segments that ask for them.
#ifndef TERTULIA_EXAMPLES_CLI_HOST_JOIN_H_
#define TERTULIA_EXAMPLES_CLI_HOST_JOIN_H_

#include <optional>

#include "command_line.h"
#include "tertulia/store.h"

namespace cli {

void add_host(CommandLine& line);
// Nothing where --host is not given. The map is {"table":"customer","key":"id"}; the vault tells who is who.
tertulia::Result<std::optional<tertulia::HostJoin>> host_join(const CommandLine& line);

}  // namespace cli

#endif  // TERTULIA_EXAMPLES_CLI_HOST_JOIN_H_
