// Reads blocks of whole lines (about kBlockBytes, fewer when the input pauses), answers each block on all threads and
// writes it before the next: order is kept by construction and memory is bounded by one block and one longest line.
// Test: tests/cli/test_analyze.py, tests/cli/test_streams.py.
#include "line_job.h"

#include <fcntl.h>
#include <poll.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <cstring>
#include <thread>

#include "output.h"
#include "verbs.h"

namespace cli {
namespace {

constexpr std::size_t kBlockBytes = 1u << 20, kReadBytes = 1u << 18, kLinesAtOnce = 16;

struct LinePlace {
  std::size_t begin = 0, end = 0;  // of Block::bytes, with its line end
  std::size_t number = 0;
  bool too_long = false;
};

struct Block {
  std::string bytes;
  std::vector<LinePlace> lines;
};

class LineSource {
 public:
  LineSource(int fd, std::string name) : fd_(fd), name_(std::move(name)) {}
  LineSource(const LineSource&) = delete;
  LineSource& operator=(const LineSource&) = delete;
  ~LineSource() {
    if (fd_ != STDIN_FILENO) ::close(fd_);
  }

  // Empty: the end. error() tells whether it was the file's.
  Block next() {
    Block block;
    block.bytes.swap(rest_);  // the begin of a line
    std::size_t line_begin = 0, seen = block.bytes.size();
    while (!ended_ && (block.lines.empty() || (block.bytes.size() < kBlockBytes && readable()))) {
      const std::size_t before = block.bytes.size();
      block.bytes.resize(before + kReadBytes);
      const ssize_t count = ::read(fd_, block.bytes.data() + before, kReadBytes);
      block.bytes.resize(before + static_cast<std::size_t>(std::max<ssize_t>(0, count)));
      if (count < 0 && errno == EINTR) continue;
      if (count < 0) error_ = name_ + ": " + std::strerror(errno);
      if (count <= 0) ended_ = true;
      for (std::size_t at; (at = block.bytes.find('\n', seen)) != std::string::npos; seen = line_begin) {
        close_line(block, line_begin, at + 1);
        line_begin = at + 1;
      }
      seen = block.bytes.size();
      if (seen - line_begin > kMaxLineBytes + 1) {  // no end in sight: forget what is there, remember that it was too much
        dropping_ = true;
        block.bytes.resize(line_begin);
        seen = line_begin;
      }
    }
    if (ended_ && (line_begin < block.bytes.size() || dropping_)) {
      close_line(block, line_begin, block.bytes.size());
    } else {
      rest_ = block.bytes.substr(line_begin);
    }
    return block;
  }

  [[nodiscard]] const std::string& name() const { return name_; }
  [[nodiscard]] const std::string& error() const { return error_; }

 private:
  void close_line(Block& block, std::size_t begin, std::size_t end) {
    const bool too_long = dropping_ || end - begin > kMaxLineBytes + 2;
    block.lines.push_back({begin, end, ++number_, too_long});
    dropping_ = false;
  }
  // More is there without waiting.
  [[nodiscard]] bool readable() const {
    pollfd waiting{fd_, POLLIN, 0};
    return ::poll(&waiting, 1, 0) > 0;
  }

  const int fd_;
  const std::string name_;
  std::string rest_, error_;
  std::size_t number_ = 0;
  bool ended_ = false, dropping_ = false;
};

Line line_of(const Block& block, const LinePlace& place, const std::string& name) {
  Line line;
  line.where = name + ":" + std::to_string(place.number);
  line.too_long = place.too_long;
  line.first = place.number == 1;
  std::string_view text(block.bytes.data() + place.begin, place.end - place.begin);
  std::size_t end = text.size();
  if (end > 0 && text[end - 1] == '\n') --end;
  if (end < text.size() && end > 0 && text[end - 1] == '\r') --end;
  line.end = text.substr(end);
  if (!place.too_long) line.text = text.substr(0, end);
  return line;
}

std::vector<LineAnswer> answer_block(const Block& block, const std::string& name, unsigned threads,
                                     const std::function<LineAnswer(const Line&)>& answer) {
  std::vector<LineAnswer> out(block.lines.size());
  std::atomic<std::size_t> next{0};
  const auto work = [&] {
    for (std::size_t first; (first = next.fetch_add(kLinesAtOnce)) < out.size();) {
      for (std::size_t i = first; i < std::min(out.size(), first + kLinesAtOnce); ++i) {
        out[i] = answer(line_of(block, block.lines[i], name));
      }
    }
  };
  std::vector<std::thread> others;
  const std::size_t useful = (out.size() + kLinesAtOnce - 1) / kLinesAtOnce;
  for (std::size_t i = 1; i < std::min<std::size_t>(threads, useful); ++i) others.emplace_back(work);
  work();
  for (std::thread& other : others) other.join();
  return out;
}

}  // namespace

int run_lines(const std::vector<std::string>& files, unsigned threads, const std::function<LineAnswer(const Line&)>& answer) {
  int code = kDone;
  for (const std::string& file : files.empty() ? std::vector<std::string>{"-"} : files) {
    const int fd = file == "-" ? STDIN_FILENO : ::open(file.c_str(), O_RDONLY | O_CLOEXEC);
    if (fd < 0) {
      say(file + ": " + std::strerror(errno));
      code = kSomeBad;
      continue;
    }
    LineSource source(fd, file == "-" ? "stdin" : file);
    std::size_t repaired = 0;
    for (Block block = source.next(); !block.lines.empty(); block = source.next()) {
      std::string out, errors;
      for (const LineAnswer& a : answer_block(block, source.name(), threads, answer)) {
        out += a.out;
        repaired += a.repaired_utf8;
        if (a.error.empty()) continue;
        errors += a.error + "\n";
        code = kSomeBad;
      }
      if (!errors.empty()) say(errors);
      if (!write_out(out)) return kCannotRun;
    }
    if (!source.error().empty()) {
      say(source.error());
      code = kSomeBad;
    }
    if (repaired > 0) say(source.name() + ": bytes that were not UTF-8 and were replaced: " + std::to_string(repaired));
  }
  return code;
}

}  // namespace cli
