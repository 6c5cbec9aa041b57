// Loads and folds the lists of ingest. Folding decomposes per code point with ICU (NFKD, UAX #15) and drops nonspacing marks.
// Test: tests/ingest/marks_test.cc.
#include "ingest/marks.h"

#include <unicode/uchar.h>
#include <unicode/unorm2.h>
#include <unicode/utf16.h>

#include <algorithm>
#include <charconv>
#include <filesystem>

#include "base/utf8.h"
#include "data/json_file.h"

namespace tertulia {
namespace {

struct BuiltInList {
  const char* file;
  const char* text;
};
// Made by src/ingest/CMakeLists.txt from the files of models/.
#include "ingest_lists.inc"

void append_folded(char32_t c, std::string& out) {
  switch (u_charType(static_cast<UChar32>(c))) {
    case U_NON_SPACING_MARK:
    case U_FORMAT_CHAR:
    case U_CONTROL_CHAR:
      return;
    default:
      append_utf8(static_cast<char32_t>(u_foldCase(static_cast<UChar32>(c), U_FOLD_CASE_DEFAULT)), out);
  }
}

void append_decomposed(char32_t c, const UNormalizer2* nfkd, std::string& out) {
  UChar parts[64];
  UErrorCode error = U_ZERO_ERROR;
  const std::int32_t count =
      nfkd == nullptr ? -1 : unorm2_getDecomposition(nfkd, static_cast<UChar32>(c), parts, 64, &error);
  if (count < 0 || U_FAILURE(error)) {
    append_folded(c, out);
    return;
  }
  for (std::int32_t i = 0; i < count;) {
    UChar32 part = 0;
    U16_NEXT(parts, i, count, part);
    append_folded(static_cast<char32_t>(part), out);
  }
}

}  // namespace

std::string fold_mark(std::string_view text, std::size_t max_bytes) {
  UErrorCode error = U_ZERO_ERROR;
  const UNormalizer2* nfkd = unorm2_getNFKDInstance(&error);
  text = text.substr(0, max_bytes + 3);
  std::string out;
  out.reserve(text.size());
  bool blank = false;
  for (std::size_t at = 0; at < text.size() && at < max_bytes;) {
    const char c = text[at];
    if (static_cast<unsigned char>(c) < 0x80) {
      ++at;
      if (c == ' ' || c == '\t' || c == '\n' || c == '\r') {
        blank = true;
      } else if (c >= 0x20 && c != 0x7F) {
        if (blank && !out.empty()) out += ' ';
        blank = false;
        out += c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
      }
      continue;
    }
    const CodePoint point = decode_utf8(text, at);
    at += point.size;
    if (u_isUWhiteSpace(static_cast<UChar32>(point.value)) != 0) {
      blank = true;
      continue;
    }
    const std::size_t before = out.size();
    if (blank && !out.empty()) out += ' ';
    const std::size_t start = out.size();
    append_decomposed(point.value, nfkd, out);
    if (out.size() == start) {
      out.resize(before);  // nothing visible: the blank still waits
    } else {
      blank = false;
    }
  }
  return out;
}

Result<Marks> Marks::load(const std::string& dir) {
  Marks marks;
  for (const BuiltInList& list : kBuiltInLists) {
    std::string path = std::string("models/") + list.file;
    std::string text = list.text;
    if (!dir.empty()) {
      const std::string replacement = dir + "/" + list.file;
      std::error_code error;
      if (std::filesystem::exists(replacement, error)) {
        Result<std::string> read = read_file(replacement);
        if (!read.ok()) return read.status();
        text = *read;
        path = replacement;
      }
    }
    const std::string_view file = list.file;
    const Status status = file == "channels.json" ? marks.add_channels(text, path) : marks.add(list.file, text, path);
    if (!status.ok()) return status;
  }
  return marks;
}

Status Marks::add(const std::string& file, std::string_view text, const std::string& path) {
  for (std::size_t line = 1; !text.empty(); ++line) {
    const std::size_t end = text.find('\n');
    std::string_view row = text.substr(0, end);
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    if (!row.empty() && row.back() == '\r') row.remove_suffix(1);
    if (row.empty() || row.front() == '#') continue;
    const std::size_t tab = row.find('\t');
    const std::string_view first = row.substr(0, tab);
    std::string_view second = tab == std::string_view::npos ? std::string_view{} : row.substr(tab + 1);
    second = second.substr(0, second.find('\t'));
    if (file == "agent_names.tsv") {
      phrases_["agent_name"].push_back(fold_mark(first));
      continue;
    }
    if (file == "html_entities.tsv") {
      std::uint32_t value = 0;
      const auto parsed = std::from_chars(second.data(), second.data() + second.size(), value);
      if (parsed.ec != std::errc{} || parsed.ptr != second.data() + second.size() || value == 0 || value > 0x10FFFF) {
        return Status(StatusCode::kInvalidData, path + ":" + std::to_string(line) + ": expected a name and a code point");
      }
      entities_[std::string(first)] = value;
      continue;
    }
    std::string folded = fold_mark(second);
    if (folded.empty()) {
      return Status(StatusCode::kInvalidData, path + ":" + std::to_string(line) + ": expected a kind and a phrase");
    }
    phrases_[file.substr(0, file.find('_')) + "." + std::string(first)].push_back(std::move(folded));
  }
  return {};
}

Status Marks::add_channels(std::string_view text, const std::string& path) {
  Result<rapidjson::Document> document = parse_json(text, path, JsonComments::kAllow);
  if (!document.ok()) return document.status();
  JsonObject root(*document, path);
  const rapidjson::Value* list = root.array("channels");
  if (list == nullptr) return root.status();
  for (const rapidjson::Value& item : list->GetArray()) {
    JsonObject channel(item, path + ": channels");
    const std::string id = channel.string("id");
    const std::vector<std::string> aliases = channel.strings_or_empty("aliases");
    if (!channel.status().ok()) return channel.status();
    channels_[fold_mark(id)] = id;
    for (const std::string& alias : aliases) channels_[fold_mark(alias)] = id;
  }
  return {};
}

const std::vector<std::string>& Marks::of(std::string_view kind) const {
  static const std::vector<std::string> none;
  const auto found = phrases_.find(kind);
  return found == phrases_.end() ? none : found->second;
}

bool Marks::starts(std::string_view kind, std::string_view folded, std::size_t* length) const {
  std::size_t longest = 0;
  for (const std::string& phrase : of(kind)) {
    if (phrase.size() > longest && folded.substr(0, phrase.size()) == phrase) longest = phrase.size();
  }
  if (length != nullptr) *length = longest;
  return longest > 0;
}

bool Marks::contains(std::string_view kind, std::string_view folded) const {
  const auto& list = of(kind);
  return std::any_of(list.begin(), list.end(),
                     [&](const std::string& phrase) { return folded.find(phrase) != std::string_view::npos; });
}

bool Marks::equals(std::string_view kind, std::string_view folded) const {
  const auto& list = of(kind);
  return std::find(list.begin(), list.end(), folded) != list.end();
}

char32_t Marks::entity(std::string_view name) const {
  const auto found = entities_.find(name);
  return found == entities_.end() ? 0 : found->second;
}

std::string Marks::channel(std::string_view name) const {
  const std::string folded = fold_mark(name, 64);
  if (folded.empty()) return {};
  const auto found = channels_.find(folded);
  return found == channels_.end() ? "other" : found->second;
}

}  // namespace tertulia
