// Where the bundle is, and the engine opened on it.
#ifndef TERTULIA_EXAMPLES_CLI_BUNDLE_PATH_H_
#define TERTULIA_EXAMPLES_CLI_BUNDLE_PATH_H_

#include <string>

#include "command_line.h"

namespace cli {

// --models, else the environment's TERTULIA_MODELS, else <directory of the program>/bundle, else
// <prefix>/share/tertulia/bundle. The first that is asked for is taken, there or not.
std::string bundle_path(const CommandLine& line);

}  // namespace cli

#endif  // TERTULIA_EXAMPLES_CLI_BUNDLE_PATH_H_
