// RapidJSON with the flags that untrusted files need (iterative parser: deep nesting is an error or memory, never a
// stack overflow; encoding checked). Test: tests/data/json_file_test.cc.
#include "data/json_file.h"

#include <rapidjson/error/en.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <memory>
#include <unordered_set>

namespace tertulia {
namespace {

constexpr std::size_t kMaxDepth = 64;

// "line:column", counted from 1; columns are bytes.
std::string position(std::string_view text, std::size_t offset) {
  offset = std::min(offset, text.size());
  const std::string_view before = text.substr(0, offset);
  const std::size_t line_start = before.rfind('\n') + 1;  // npos + 1 == 0
  return std::to_string(1 + std::count(before.begin(), before.end(), '\n')) + ":" +
         std::to_string(offset - line_start + 1);
}

// The first duplicate key or too deep level, as text; empty when there is none.
std::string find_fault(const rapidjson::Value& value, std::size_t depth) {
  if (depth > kMaxDepth) return "nested deeper than " + std::to_string(kMaxDepth) + " levels";
  if (value.IsObject()) {
    std::unordered_set<std::string_view> keys;
    for (const auto& member : value.GetObject()) {
      if (!keys.insert({member.name.GetString(), member.name.GetStringLength()}).second) return "an object has the same key twice";
      std::string fault = find_fault(member.value, depth + 1);
      if (!fault.empty()) return fault;
    }
  } else if (value.IsArray()) {
    for (const auto& item : value.GetArray()) {
      std::string fault = find_fault(item, depth + 1);
      if (!fault.empty()) return fault;
    }
  }
  return {};
}

// Cheap bound on nesting before the document is built, so that it can be walked recursively.
bool too_deep(std::string_view text) {
  std::size_t depth = 0;
  bool in_string = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (in_string) {
      if (c == '\\') ++i;
      else if (c == '"') in_string = false;
    } else if (c == '"') {
      in_string = true;
    } else if (c == '[' || c == '{') {
      if (++depth > kMaxDepth) return true;
    } else if ((c == ']' || c == '}') && depth > 0) {
      --depth;
    }
  }
  return false;
}

}  // namespace

Result<std::string> read_file(const std::string& path, std::size_t max_bytes) {
  std::error_code error;
  if (!std::filesystem::exists(path, error)) return Status(StatusCode::kNotFound, path + ": no such file");
  if (std::filesystem::is_directory(path, error)) return Status(StatusCode::kUnreadable, path + ": is a directory");
  const std::unique_ptr<std::FILE, int (*)(std::FILE*)> file(std::fopen(path.c_str(), "rb"), &std::fclose);
  if (!file) return Status(StatusCode::kUnreadable, path + ": " + std::strerror(errno));
  std::string out;
  char block[1 << 16];
  std::size_t count = 0;
  while ((count = std::fread(block, 1, sizeof block, file.get())) > 0) {
    if (out.size() + count > max_bytes) {
      return Status(StatusCode::kResourceExhausted, path + ": larger than " + std::to_string(max_bytes) + " bytes");
    }
    out.append(block, count);
  }
  if (std::ferror(file.get()) != 0) return Status(StatusCode::kUnreadable, path + ": " + std::strerror(errno));
  return out;
}

Result<rapidjson::Document> parse_json(std::string_view text, const std::string& name, JsonComments comments) {
  if (text.substr(0, 3) == "\xEF\xBB\xBF") text.remove_prefix(3);
  if (too_deep(text)) {
    return Status(StatusCode::kInvalidData, name + ": nested deeper than " + std::to_string(kMaxDepth) + " levels");
  }
  rapidjson::Document document;
  constexpr unsigned kStrict = rapidjson::kParseIterativeFlag | rapidjson::kParseValidateEncodingFlag;
  if (comments == JsonComments::kAllow) {
    document.Parse<kStrict | rapidjson::kParseCommentsFlag>(text.data(), text.size());
  } else {
    document.Parse<kStrict>(text.data(), text.size());
  }
  if (document.HasParseError()) {
    return Status(StatusCode::kInvalidData, name + ":" + position(text, document.GetErrorOffset()) + ": " +
                                                rapidjson::GetParseError_En(document.GetParseError()));
  }
  if (std::string fault = find_fault(document, 1); !fault.empty()) {
    return Status(StatusCode::kInvalidData, name + ": " + fault);
  }
  return document;
}

Result<rapidjson::Document> load_json(const std::string& path) {
  Result<std::string> text = read_file(path);
  if (!text.ok()) return text.status();
  return parse_json(*text, path, JsonComments::kAllow);
}

JsonObject::JsonObject(const rapidjson::Value& value, std::string name) : value_(value), name_(std::move(name)) {
  if (!value_.IsObject()) status_ = Status(StatusCode::kInvalidData, name_ + ": expected an object");
}

void JsonObject::fail(const char* key, const std::string& expected) {
  if (status_.ok()) status_ = Status(StatusCode::kInvalidData, name_ + ": " + key + ": expected " + expected);
}

const rapidjson::Value* JsonObject::find(const char* key, const char* expected, bool required) {
  if (!value_.IsObject()) return nullptr;
  const auto member = value_.FindMember(key);
  if (member == value_.MemberEnd()) {
    if (required) fail(key, expected);
    return nullptr;
  }
  return &member->value;
}

bool JsonObject::has(const char* key) const { return value_.IsObject() && value_.HasMember(key); }

std::string JsonObject::string(const char* key) {
  const rapidjson::Value* found = find(key, "a string", true);
  if (found == nullptr) return {};
  if (!found->IsString()) {
    fail(key, "a string");
    return {};
  }
  return {found->GetString(), found->GetStringLength()};
}

std::string JsonObject::string_or(const char* key, std::string_view fallback) {
  return has(key) ? string(key) : std::string(fallback);
}

double JsonObject::number(const char* key) {
  const rapidjson::Value* found = find(key, "a number", true);
  if (found == nullptr) return 0;
  if (!found->IsNumber()) {
    fail(key, "a number");
    return 0;
  }
  return found->GetDouble();
}

double JsonObject::number_or(const char* key, double fallback) { return has(key) ? number(key) : fallback; }

bool JsonObject::boolean_or(const char* key, bool fallback) {
  const rapidjson::Value* found = find(key, "true or false", false);
  if (found == nullptr) return fallback;
  if (!found->IsBool()) {
    fail(key, "true or false");
    return fallback;
  }
  return found->GetBool();
}

std::vector<std::string> JsonObject::strings_or_empty(const char* key) {
  std::vector<std::string> out;
  const rapidjson::Value* found = find(key, "a list of strings", false);
  if (found == nullptr) return out;
  if (!found->IsArray()) {
    fail(key, "a list of strings");
    return out;
  }
  for (const auto& item : found->GetArray()) {
    if (!item.IsString()) {
      fail(key, "a list of strings");
      return {};
    }
    out.emplace_back(item.GetString(), item.GetStringLength());
  }
  return out;
}

const rapidjson::Value* JsonObject::array(const char* key) {
  const rapidjson::Value* found = find(key, "a list", true);
  if (found != nullptr && !found->IsArray()) {
    fail(key, "a list");
    return nullptr;
  }
  return found;
}

const rapidjson::Value* JsonObject::object(const char* key) {
  const rapidjson::Value* found = find(key, "an object", true);
  if (found != nullptr && !found->IsObject()) {
    fail(key, "an object");
    return nullptr;
  }
  return found;
}

void JsonObject::only(std::initializer_list<const char*> keys) {
  if (!value_.IsObject()) return;
  for (const auto& member : value_.GetObject()) {
    const std::string_view name(member.name.GetString(), member.name.GetStringLength());
    if (std::find(keys.begin(), keys.end(), name) == keys.end()) {
      if (status_.ok()) status_ = Status(StatusCode::kInvalidData, name_ + ": unknown key \"" + std::string(name) + "\"");
      return;
    }
  }
}

}  // namespace tertulia
