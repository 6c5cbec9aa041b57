#include "ingest/line_source.h"

#include <doctest/doctest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <thread>
#include <vector>

using namespace tertulia;

namespace {

// Lines joined by '|', a line over the limit as "!".
std::string lines_of(LineSource& source) {
  std::string out;
  for (;;) {
    const LineKind kind = source.next();
    if (kind == LineKind::kEnd || kind == LineKind::kFailed) return out;
    out += kind == LineKind::kTooLong ? "!" : std::string(source.line());
    out += '|';
  }
}

struct TempFile {
  std::string path = std::filesystem::temp_directory_path().string() + "/tertulia-lines-XXXXXX";
  explicit TempFile(const std::string& bytes) {
    const int fd = mkstemp(path.data());
    REQUIRE(fd >= 0);
    std::FILE* file = fdopen(fd, "wb");
    std::fwrite(bytes.data(), 1, bytes.size(), file);
    std::fclose(file);
  }
  ~TempFile() { std::filesystem::remove(path); }
};

}  // namespace

TEST_CASE("lines, ends, marks and repairs, from memory and from a file") {
  using namespace std::string_literals;
  struct Row {
    std::string bytes, lines;
    std::size_t repaired;
  };
  const Row rows[] = {
      {"", "", 0},
      {"\n", "|", 0},
      {"a", "a|", 0},
      {"a\nb\n", "a|b|", 0},
      {"a\r\nb\r\n\r\n", "a|b||", 0},
      {"a\rb\n", "a\rb|", 0},
      {"\xEF\xBB\xBFniño\n", "niño|", 0},
      {"x\xEF\xBB\xBF\n", "x\xEF\xBB\xBF|", 0},  // a mark only at the very beginning
      {"ni\xF1o\nñ\n", "ni\xEF\xBF\xBDo|ñ|", 1},
      {"a\0b\0\n"s, "a\xEF\xBF\xBD" "b\xEF\xBF\xBD|", 2},
      {"12345678\n123456789\n12345678\r\n", "12345678|!|12345678|", 0},
      {"123456789", "!|", 0},
      {"\xF0\x9F\x8F", "\xEF\xBF\xBD|", 1},
  };
  for (const Row& row : rows) {
    CAPTURE(row.bytes);
    auto memory = LineSource::from_memory(row.bytes, "m", 8);
    CHECK(lines_of(*memory) == row.lines);
    CHECK(memory->repaired() == row.repaired);
    const TempFile file(row.bytes);
    auto source = LineSource::open(file.path, 8);
    REQUIRE(source.ok());
    CHECK(lines_of(**source) == row.lines);
    CHECK((*source)->repaired() == row.repaired);
    // Again from the beginning: the same lines, counted once.
    const std::size_t lines = (*source)->lines();
    REQUIRE((*source)->make_seekable().ok());
    REQUIRE((*source)->seek({}).ok());
    CHECK(lines_of(**source) == row.lines);
    CHECK((*source)->lines() == lines);
    CHECK((*source)->repaired() == row.repaired);
  }
}

TEST_CASE("lines over several blocks, and a line that is never held") {
  const std::string mid(200'000, 'm'), huge(10u << 20, 'h');
  const TempFile file("first\n" + mid + "\n" + huge + "\nlast\n");
  auto source = LineSource::open(file.path, 1u << 20);
  REQUIRE(source.ok());
  LineSource& lines = **source;
  CHECK(lines.head().substr(0, 6) == "first\n");
  REQUIRE(lines.next() == LineKind::kLine);
  REQUIRE(lines.next() == LineKind::kLine);
  CHECK(lines.line() == mid);
  const LineSource::Position behind = lines.after_line();
  CHECK(lines.next() == LineKind::kTooLong);
  CHECK(lines.failure().code() == StatusCode::kResourceExhausted);
  CHECK(lines.failure().message() == file.path + ":3: longer than 1048576 bytes");
  REQUIRE(lines.next() == LineKind::kLine);
  CHECK(lines.line() == "last");
  CHECK(lines.number() == 4);
  CHECK(lines.next() == LineKind::kEnd);
  CHECK(lines.next() == LineKind::kEnd);
  REQUIRE(lines.seek(behind).ok());
  CHECK(lines.next() == LineKind::kTooLong);
  REQUIRE(lines.next() == LineKind::kLine);
  CHECK(lines.line() == "last");
  CHECK(lines.number() == 4);
}

TEST_CASE("Windows-1252 is guessed by the first line that is not ASCII, once for the file") {
  auto latin = LineSource::from_memory("abc\n\x93ni\xF1o\x94 \x80\nñ\n", "m", 100);
  latin->set_encoding(LineEncoding::kGuess);
  CHECK(lines_of(*latin) == "abc|“niño” €|Ã±|");
  CHECK(latin->windows_1252());
  auto utf8 = LineSource::from_memory("abc\nñ\nni\xF1o\n", "m", 100);
  utf8->set_encoding(LineEncoding::kGuess);
  CHECK(lines_of(*utf8) == "abc|ñ|ni\xEF\xBF\xBDo|");
  CHECK(!utf8->windows_1252());
  auto raw = LineSource::from_memory("ni\xF1o\n", "m", 100);
  raw->set_encoding(LineEncoding::kRaw);
  CHECK(lines_of(*raw) == "ni\xF1o|");
}

TEST_CASE("a pipe can be read twice once it is held") {
  const std::string path = std::filesystem::temp_directory_path().string() + "/tertulia-pipe-" + std::to_string(getpid());
  REQUIRE(mkfifo(path.c_str(), 0600) == 0);
  std::string expected;
  for (int i = 0; i < 50'000; ++i) expected += "line " + std::to_string(i) + "|";
  std::thread writer([&] {
    std::FILE* file = std::fopen(path.c_str(), "w");
    for (int i = 0; i < 50'000; ++i) std::fprintf(file, "line %d\n", i);
    std::fclose(file);
  });
  {
    auto source = LineSource::open(path, 100);
    REQUIRE(source.ok());
    REQUIRE((*source)->make_seekable().ok());
    CHECK(lines_of(**source) == expected);
    REQUIRE((*source)->seek({}).ok());
    CHECK(lines_of(**source) == expected);
    CHECK((*source)->lines() == 50'000);
  }
  writer.join();
  std::filesystem::remove(path);
}

TEST_CASE("UTF-16 is refused in words") {
  const TempFile file("\xFF\xFEh\0o\0");
  CHECK(LineSource::open(file.path, 100).status().message() == file.path + ": UTF-16 text; save it as UTF-8");
}
