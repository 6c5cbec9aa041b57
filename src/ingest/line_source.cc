// Block reads and memchr; a line is copied only when it lies over two blocks or needs repair. Test: tests/ingest/line_source_test.cc.
#include "ingest/line_source.h"

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <utility>

#include "base/utf8.h"
#include "ingest/charset.h"

namespace tertulia {
namespace {

constexpr std::size_t kBlock = 64u << 10;
constexpr std::size_t kMaxHeld = 256u << 20;
constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

struct ByteKinds {
  bool high, nul;
};

ByteKinds kinds_of(std::string_view text) noexcept {
  unsigned char all = 0;
  bool nul = false;
  for (const char c : text) {  // without a way out, so that the compiler makes it wide
    all = static_cast<unsigned char>(all | static_cast<unsigned char>(c));
    nul |= c == '\0';
  }
  return {all >= 0x80, nul};
}

}  // namespace

Result<std::unique_ptr<LineSource>> LineSource::open(const std::string& path, std::size_t max_line_bytes) {
  std::unique_ptr<LineSource> source(new LineSource(path == "-" ? "stdin" : path, max_line_bytes));
  if (path == "-") {
    source->file_ = stdin;
  } else {
    std::error_code error;
    const std::filesystem::file_status status = std::filesystem::status(path, error);
    if (status.type() == std::filesystem::file_type::not_found) return Status(StatusCode::kNotFound, path + ": no such file");
    if (std::filesystem::is_directory(status)) return Status(StatusCode::kUnreadable, path + ": is a directory");
    source->file_ = std::fopen(path.c_str(), "rb");
    if (source->file_ == nullptr) return Status(StatusCode::kUnreadable, path + ": " + std::strerror(errno));
    source->owns_file_ = true;
    source->seekable_ = std::filesystem::is_regular_file(status);
  }
  source->refill();
  if (source->failed_) return source->failure();
  const std::string_view head = source->buffer_;
  if (head.substr(0, 2) == "\xFF\xFE" || head.substr(0, 2) == "\xFE\xFF") {
    return Status(StatusCode::kInvalidData, source->name_ + ": UTF-16 text; save it as UTF-8");
  }
  source->skip_mark();
  return source;
}

std::unique_ptr<LineSource> LineSource::from_memory(std::string bytes, std::string name, std::size_t max_line_bytes) {
  std::unique_ptr<LineSource> source(new LineSource(std::move(name), max_line_bytes));
  source->buffer_ = std::move(bytes);
  source->seekable_ = source->in_memory_ = source->ended_ = true;
  source->skip_mark();
  return source;
}

LineSource::~LineSource() {
  if (owns_file_) std::fclose(file_);
}

void LineSource::skip_mark() {
  if (offset_ != 0 || std::string_view(buffer_).substr(0, kByteOrderMark.size()) != kByteOrderMark) return;
  at_ = kByteOrderMark.size();
  offset_ = at_;
  guess_ = Guess::kUtf8;
}

std::string_view LineSource::head() const { return std::string_view(buffer_).substr(at_, kBlock); }

bool LineSource::refill() {
  if (ended_) return false;
  buffer_.resize(kBlock);
  // A pipe gives what it has; a first block should be as full as can be, for head().
  const std::size_t count = std::fread(buffer_.data(), 1, kBlock, file_);
  buffer_.resize(count);
  at_ = 0;
  if (count < kBlock) {
    ended_ = true;
    failed_ = std::ferror(file_) != 0;
  }
  return count > 0;
}

LineKind LineSource::next() {
  carry_.clear();
  start_ = {offset_, number_};
  line_ = {};
  too_long_ = false;
  for (;;) {
    if (at_ == buffer_.size() && !refill()) {
      if (offset_ == start_.offset) return failed_ ? LineKind::kFailed : LineKind::kEnd;
      return finish(carry_);  // a last line without its end
    }
    const char* begin = buffer_.data() + at_;
    const std::size_t left = buffer_.size() - at_;
    const auto* end = static_cast<const char*>(std::memchr(begin, '\n', left));
    const std::size_t count = end == nullptr ? left : static_cast<std::size_t>(end - begin);
    const std::size_t taken = count + (end == nullptr ? 0 : 1);
    at_ += taken;
    offset_ += taken;
    if (end != nullptr && carry_.empty()) return finish({begin, count});
    if (carry_.size() + count > max_ + 1) {  // one more for a CR
      too_long_ = true;
      carry_.clear();
    }
    if (!too_long_) carry_.append(begin, count);
    if (end != nullptr) return finish(carry_);
  }
}

LineKind LineSource::finish(std::string_view bytes) {
  if (!bytes.empty() && bytes.back() == '\r') bytes.remove_suffix(1);
  too_long_ = too_long_ || bytes.size() > max_;
  if (!too_long_) {
    line_ = bytes;
    if (encoding_ != LineEncoding::kRaw) repair(bytes);
  }
  ++number_;
  if (number_ > furthest_) furthest_ = number_;
  return too_long_ ? LineKind::kTooLong : LineKind::kLine;
}

void LineSource::repair(std::string_view bytes) {
  const ByteKinds kinds = kinds_of(bytes);
  if (!kinds.high && !kinds.nul) return;
  std::size_t repaired = 0;
  if (encoding_ == LineEncoding::kGuess && guess_ == Guess::kNone && kinds.high) {
    guess_ = is_valid_utf8(bytes) ? Guess::kUtf8 : Guess::kWindows1252;
  }
  if (encoding_ == LineEncoding::kGuess && guess_ == Guess::kWindows1252) {
    fixed_ = windows_1252_to_utf8(bytes, &repaired);
  } else if (!is_valid_utf8(bytes)) {
    fixed_ = repair_utf8(bytes, &repaired);
  } else if (!kinds.nul) {
    return;
  } else {
    fixed_.assign(bytes);
  }
  if (kinds.nul) fixed_ = replace_nul(std::move(fixed_), &repaired);
  line_ = fixed_;
  if (number_ >= furthest_) repaired_ += repaired;  // a line that was not read before
}

Status LineSource::failure() const {
  if (failed_ && !too_long_) {
    return Status(StatusCode::kUnreadable, name_ + ": reading failed after line " + std::to_string(number_));
  }
  return Status(StatusCode::kResourceExhausted, where() + ": longer than " + std::to_string(max_) + " bytes");
}

Status LineSource::make_seekable() {
  if (seekable_) return {};
  std::string all = buffer_;
  while (refill()) {
    if (all.size() + buffer_.size() > kMaxHeld) {
      return Status(StatusCode::kResourceExhausted,
                    name_ + ": more than " + std::to_string(kMaxHeld >> 20) + " MiB through a pipe; give it as a file");
    }
    all += buffer_;
  }
  if (failed_) return failure();
  buffer_ = std::move(all);
  at_ = 0;
  offset_ = 0;
  skip_mark();
  seekable_ = in_memory_ = true;
  return {};
}

Status LineSource::seek(Position to) {
  line_ = {};
  number_ = to.line;
  const std::uint64_t block = offset_ - at_;  // where the buffer begins in the file
  offset_ = to.offset;
  if (!in_memory_ && to.offset > 0 && to.offset >= block && to.offset - block <= buffer_.size()) {
    at_ = static_cast<std::size_t>(to.offset - block);
    return {};
  }
  if (in_memory_) {
    at_ = static_cast<std::size_t>(to.offset);
    if (to.offset == 0) skip_mark();
    return {};
  }
  if (std::fseek(file_, static_cast<long>(to.offset), SEEK_SET) != 0) {
    return Status(StatusCode::kUnreadable, name_ + ": " + std::strerror(errno));
  }
  std::clearerr(file_);
  buffer_.clear();
  at_ = 0;
  ended_ = failed_ = false;
  if (to.offset == 0) {
    refill();
    skip_mark();
  }
  return {};
}

}  // namespace tertulia
