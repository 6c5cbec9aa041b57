// The verbs of the program: each takes the words behind its name and answers an exit code.
#ifndef TERTULIA_EXAMPLES_CLI_VERBS_H_
#define TERTULIA_EXAMPLES_CLI_VERBS_H_

#include <string>
#include <vector>

namespace cli {

enum ExitCode { kDone = 0, kSomeBad = 1, kUsage = 2, kCannotRun = 3 };

using Arguments = std::vector<std::string>;

int analyze(const Arguments& arguments);
int anonymize(const Arguments& arguments);
int restore(const Arguments& arguments);
int mine(const Arguments& arguments);
int ref(const Arguments& arguments);
int customer(const Arguments& arguments);
int query(const Arguments& arguments);
int segment(const Arguments& arguments);
int report(const Arguments& arguments);
int train(const Arguments& arguments);
int evaluate(const Arguments& arguments);
int doctor(const Arguments& arguments);

}  // namespace cli

#endif  // TERTULIA_EXAMPLES_CLI_VERBS_H_
