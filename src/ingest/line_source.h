// Lines of one file, of standard input or of memory, in bounded memory.
//
// A line ends at LF or CRLF. A line longer than the limit is passed over without being held and reported as such. The text of
// a line is valid UTF-8 without NUL bytes (both repaired to U+FFFD and counted) unless raw bytes are asked for.
#ifndef TERTULIA_SRC_INGEST_LINE_SOURCE_H_
#define TERTULIA_SRC_INGEST_LINE_SOURCE_H_

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <memory>
#include <string>
#include <string_view>

#include "tertulia/status.h"

namespace tertulia {

enum class LineKind { kLine, kTooLong, kEnd, kFailed };

enum class LineEncoding {
  kUtf8,   // bad bytes are repaired
  kGuess,  // Windows-1252 when the first line with a non-ASCII byte is not UTF-8, for the whole file
  kRaw     // bytes as they are
};

class LineSource {
 public:
  struct Position {
    std::uint64_t offset = 0;
    std::size_t line = 0;  // lines before it
  };

  // "-" is standard input, called "stdin" in errors. kNotFound, kUnreadable (a directory, no permission), kInvalidData (UTF-16).
  static Result<std::unique_ptr<LineSource>> open(const std::string& path, std::size_t max_line_bytes);
  static std::unique_ptr<LineSource> from_memory(std::string bytes, std::string name, std::size_t max_line_bytes);
  ~LineSource();

  [[nodiscard]] const std::string& name() const { return name_; }
  [[nodiscard]] std::size_t max_line_bytes() const { return max_; }
  // The first bytes (at most 64 KiB) without a byte order mark; only before the first next().
  [[nodiscard]] std::string_view head() const;
  void set_encoding(LineEncoding encoding) { encoding_ = encoding; }

  LineKind next();
  [[nodiscard]] std::string_view line() const { return line_; }  // until the following call of next() or seek()
  [[nodiscard]] std::size_t number() const { return number_; }   // of the last line, from 1
  [[nodiscard]] Status failure() const;                          // of kTooLong and kFailed: "name:line: …"
  // "name:line", for errors of the readers.
  [[nodiscard]] std::string where() const { return where(number_); }
  [[nodiscard]] std::string where(std::size_t line) const { return name_ + ":" + std::to_string(line); }

  // Makes seek() possible: reads a pipe into memory. kResourceExhausted over 256 MiB.
  Status make_seekable();
  [[nodiscard]] Position line_start() const { return start_; }            // of the last line
  [[nodiscard]] Position after_line() const { return {offset_, number_}; }
  Status seek(Position to);

  // Over the whole life, each line counted once however often it was read.
  [[nodiscard]] std::size_t lines() const { return furthest_; }
  [[nodiscard]] std::size_t repaired() const { return repaired_; }
  [[nodiscard]] bool windows_1252() const { return guess_ == Guess::kWindows1252; }

 private:
  enum class Guess { kNone, kUtf8, kWindows1252 };
  LineSource(std::string name, std::size_t max) : name_(std::move(name)), max_(max) {}
  bool refill();
  LineKind finish(std::string_view bytes);
  void repair(std::string_view bytes);
  void skip_mark();

  std::string name_;
  std::size_t max_;
  std::FILE* file_ = nullptr;
  bool owns_file_ = false, seekable_ = false, in_memory_ = false, ended_ = false, failed_ = false, too_long_ = false;
  LineEncoding encoding_ = LineEncoding::kUtf8;
  Guess guess_ = Guess::kNone;
  std::string buffer_;          // one block of the file, or the whole of memory
  std::size_t at_ = 0;          // next byte of buffer_
  std::uint64_t offset_ = 0;    // of that byte in the file
  std::string carry_, fixed_;   // a line over two blocks; a repaired line
  std::string_view line_;
  Position start_;
  std::size_t number_ = 0, furthest_ = 0, repaired_ = 0;
};

}  // namespace tertulia

#endif  // TERTULIA_SRC_INGEST_LINE_SOURCE_H_
