// Walks labelled files line by line. Test: tests/data/json_lines_test.cc.
#include "data/json_lines.h"

#include <algorithm>
#include <filesystem>
#include <string_view>
#include <vector>

#include "data/json_file.h"

namespace tertulia {
namespace {

Status read_one(const std::string& file, const JsonLineReader& read) {
  Result<std::string> text = read_file(file);
  if (!text.ok()) return text.status();
  std::string_view rest = *text;
  for (std::size_t line = 1; !rest.empty(); ++line) {
    const std::size_t end = rest.find('\n');
    const std::string_view current = rest.substr(0, end);
    rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
    if (current.find_first_not_of(" \t\r") == std::string_view::npos) continue;
    const std::string where = file + ":" + std::to_string(line);
    Result<rapidjson::Document> document = parse_json(current, where);
    if (!document.ok()) return document.status();
    if (Status status = read(*document, where); !status.ok()) return status;
  }
  return {};
}

}  // namespace

Status read_json_lines(const std::string& path, const JsonLineReader& read) {
  namespace fs = std::filesystem;
  std::error_code error;
  if (!fs::is_directory(path, error)) return read_one(path, read);
  std::vector<std::string> files;
  for (fs::directory_iterator it(path, error), end; !error && it != end; it.increment(error)) {
    if (it->path().extension() == ".jsonl") files.push_back(it->path().string());
  }
  std::sort(files.begin(), files.end());
  for (const std::string& file : files) {
    if (Status status = read_one(file, read); !status.ok()) return status;
  }
  return {};
}

}  // namespace tertulia
