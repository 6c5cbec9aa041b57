// stdout for data, stderr for words.
#ifndef TERTULIA_EXAMPLES_CLI_OUTPUT_H_
#define TERTULIA_EXAMPLES_CLI_OUTPUT_H_

#include <string>
#include <string_view>

#include "tertulia/status.h"

namespace cli {

// Writes everything to stdout at once. False: it could not; the reason has been said, unless the reader just went away.
bool write_out(std::string_view data);
// The same as a verb's last act: kDone or kCannotRun.
int print(std::string_view data);
// One line on stderr.
void say(std::string_view words);
// "tertulia: WORDS" and the exit code that suits: kUsage for what the caller asked wrongly, else kCannotRun.
int fail(const tertulia::Status& status);
// Writes a whole file: beside it first, then renamed, so that none is left half written.
tertulia::Status write_file(const std::string& path, std::string_view data);

}  // namespace cli

#endif  // TERTULIA_EXAMPLES_CLI_OUTPUT_H_
