// Test: tests/cli/test_streams.py.
#include "output.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>

#include "verbs.h"

namespace cli {
namespace {

// 0, or errno of the write that failed.
int write_all(int fd, std::string_view data) {
  while (!data.empty()) {
    const ssize_t count = ::write(fd, data.data(), data.size());
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return errno;
    data.remove_prefix(static_cast<std::size_t>(count));
  }
  return 0;
}

tertulia::Status file_error(const std::string& path, int code) {
  return {code == ENOSPC || code == EFBIG || code == EDQUOT ? tertulia::StatusCode::kResourceExhausted
                                                           : tertulia::StatusCode::kUnreadable,
          path + ": " + std::strerror(code)};
}

}  // namespace

bool write_out(std::string_view data) {
  const int error = write_all(STDOUT_FILENO, data);
  if (error != 0 && error != EPIPE) say(std::string("tertulia: stdout: ") + std::strerror(error));
  return error == 0;
}

int print(std::string_view data) { return write_out(data) ? kDone : kCannotRun; }

void say(std::string_view words) {
  std::string line(words);
  if (line.empty() || line.back() != '\n') line += '\n';
  write_all(STDERR_FILENO, line);
}

int fail(const tertulia::Status& status) {
  say("tertulia: " + status.message());
  return status.code() == tertulia::StatusCode::kInvalidArgument ? kUsage : kCannotRun;
}

tertulia::Status write_file(const std::string& path, std::string_view data) {
  struct stat found {};
  const bool special = ::stat(path.c_str(), &found) == 0 && !S_ISREG(found.st_mode);  // a pipe, /dev/stdout …
  const std::string beside = special ? path : path + ".part";
  const int fd = ::open(beside.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
  if (fd < 0) return file_error(path, errno);
  int error = write_all(fd, data);
  if (::close(fd) != 0 && error == 0) error = errno;
  if (error == 0 && !special && std::rename(beside.c_str(), path.c_str()) != 0) error = errno;
  if (error == 0) return {};
  if (!special) ::unlink(beside.c_str());
  return file_error(path, error);
}

}  // namespace cli
