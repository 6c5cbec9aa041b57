// JSON to a RapidJSON document with errors that name file, line and column.
//
// Comments are allowed in rule files; trailing commas are not. Nesting is bounded (the iterative parser), duplicate
// keys are refused, encoding is checked.
#ifndef TERTULIA_SRC_DATA_JSON_FILE_H_
#define TERTULIA_SRC_DATA_JSON_FILE_H_

#include <rapidjson/document.h>

#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include "tertulia/status.h"

namespace tertulia {

[[nodiscard]] Result<std::string> read_file(const std::string& path, std::size_t max_bytes = 256u << 20);

enum class JsonComments { kRefuse, kAllow };
// `name` stands in errors: "name:line:column: …".
[[nodiscard]] Result<rapidjson::Document> parse_json(std::string_view text, const std::string& name,
                                                     JsonComments comments = JsonComments::kRefuse);
[[nodiscard]] Result<rapidjson::Document> load_json(const std::string& path);

// Typed access to one object: every miss is a Status that says "name: key: expected …". Reads are sticky: after the
// first failure the rest answers defaults, and status() tells the first.
class JsonObject {
 public:
  JsonObject(const rapidjson::Value& value, std::string name);

  [[nodiscard]] bool has(const char* key) const;
  std::string string(const char* key);                                // required
  std::string string_or(const char* key, std::string_view fallback);
  double number(const char* key);
  double number_or(const char* key, double fallback);
  bool boolean_or(const char* key, bool fallback);
  std::vector<std::string> strings_or_empty(const char* key);
  const rapidjson::Value* array(const char* key);                     // nullptr when missing or of another type
  const rapidjson::Value* object(const char* key);
  // Fails when the object has a key that is not in the list: a typo in a rule file is an error.
  void only(std::initializer_list<const char*> keys);
  [[nodiscard]] const Status& status() const { return status_; }

 private:
  const rapidjson::Value* find(const char* key, const char* expected, bool required);
  void fail(const char* key, const std::string& expected);
  const rapidjson::Value& value_;
  std::string name_;
  Status status_;
};

}  // namespace tertulia

#endif  // TERTULIA_SRC_DATA_JSON_FILE_H_
