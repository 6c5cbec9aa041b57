// Runs one function over the lines of files, on several threads, and writes the answers in the order of the lines.
#ifndef TERTULIA_EXAMPLES_CLI_LINE_JOB_H_
#define TERTULIA_EXAMPLES_CLI_LINE_JOB_H_

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace cli {

struct Line {
  std::string_view text;     // without its end ("\n" or "\r\n"); empty when too_long
  std::string where;         // "chat.jsonl:2", "stdin:2"
  std::string_view end;      // the line end as it stood, empty on a last line without one
  bool too_long = false;     // over kMaxLineBytes: its bytes were dropped
  bool first = false;        // of its file
};

struct LineAnswer {
  std::string out;           // for stdout, with its line end
  std::string error;         // for stderr, or empty; then the line counts as bad
  std::size_t repaired_utf8 = 0;
};

inline constexpr std::size_t kMaxLineBytes = 8u << 20;

// No files, or "-": stdin. What is read is answered before more is waited for, so that the program can stand in a pipe.
// `answer` is called from several threads. kDone, kSomeBad, or kCannotRun when stdout fails.
int run_lines(const std::vector<std::string>& files, unsigned threads, const std::function<LineAnswer(const Line&)>& answer);

}  // namespace cli

#endif  // TERTULIA_EXAMPLES_CLI_LINE_JOB_H_
