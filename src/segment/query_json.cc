// JSON form of segment questions, by the word that makes a node: {"all":[…]}, {"not":…}, {"at_least":2,"of":[…]},
// {"event":"home_building","stage_at_least":"planning"} and so on (models/segments/README.md). A misspelt key is an error.
// Test: tests/segment/query_parser_test.cc.
#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

#include "data/json_file.h"
#include "segment/query_check.h"
#include "segment/query_parser.h"

namespace tertulia {
namespace {

constexpr std::array kKinds = {NodeKind::kAll, NodeKind::kAny, NodeKind::kNot, NodeKind::kAtLeast, NodeKind::kAbsent,
                               NodeKind::kEvent, NodeKind::kNeed, NodeKind::kSignal, NodeKind::kFact,
                               NodeKind::kOpinion, NodeKind::kHasBeen, NodeKind::kConsented, NodeKind::kHost,
                               NodeKind::kRandomBucket};
// JSON key of each modifier of query_check's takes().
constexpr std::array<std::pair<std::string_view, std::string_view>, 6> kModifiers = {{
    {"stage", "stage"}, {"stage_at_least", "stage"}, {"count", "count"}, {"confidence", "confidence"},
    {"seen_within_days", "seen"}, {"explicit", "explicit"}}};

// Recurses as deep as the document, which parse_json bounds. Sticky as the text parser.
class Reader {
 public:
  Result<SegmentNode> read(const rapidjson::Value& value, const std::string& path) {
    SegmentNode root = read_node(value, path);
    if (!status_.ok()) return status_;
    normalize(root);
    if (std::string expected = expect_size(root); !expected.empty()) fail(path, expected);
    if (!status_.ok()) return status_;
    return root;
  }

 private:
  void fail(const std::string& path, const std::string& expected) {
    if (status_.ok()) status_ = Status(StatusCode::kInvalidData, path + ": " + expected);
  }
  void check(const std::string& path, const std::string& expected) {
    if (!expected.empty()) fail(path, expected);
  }

  const rapidjson::Value* member(const rapidjson::Value& object, const char* key) {
    const auto found = object.FindMember(key);
    return found == object.MemberEnd() ? nullptr : &found->value;
  }
  std::string string(const rapidjson::Value& object, const char* key, const std::string& path) {
    const rapidjson::Value* value = member(object, key);
    if (value == nullptr || !value->IsString()) {
      fail(path + "." + key, "expected a string");
      return {};
    }
    return {value->GetString(), value->GetStringLength()};
  }
  double number(const rapidjson::Value& object, const char* key, const std::string& path) {
    const rapidjson::Value* value = member(object, key);
    if (value == nullptr || !value->IsNumber()) {
      fail(path + "." + key, "expected a number");
      return 0;
    }
    return value->GetDouble();
  }
  int whole(const rapidjson::Value& object, const char* key, const std::string& path, std::string (*expect)(double)) {
    const double value = number(object, key, path);
    if (status_.ok()) check(path + "." + key, expect(value));
    return status_.ok() ? static_cast<int>(value) : 0;
  }

  // Every key is one that the kind takes.
  void check_keys(const rapidjson::Value& object, const SegmentNode& node, const std::string& path) {
    for (const auto& entry : object.GetObject()) {
      const std::string_view key(entry.name.GetString(), entry.name.GetStringLength());
      bool known = key == node_word(node.kind);
      for (const auto& [name, modifier] : kModifiers) known = known || (key == name && takes(node.kind, modifier));
      switch (node.kind) {
        case NodeKind::kAtLeast: known = known || key == "of"; break;
        case NodeKind::kFact:
        case NodeKind::kHost: known = known || key == "op" || key == "value"; break;
        case NodeKind::kHasBeen: known = known || key == "days"; break;
        case NodeKind::kConsented: known = known || key == "channel"; break;
        case NodeKind::kRandomBucket: known = known || key == "of" || key == "from" || key == "to"; break;
        default: break;
      }
      // A misspelt key is named by its place only: it may be anything.
      if (!known) fail(path, "expected no key number " + std::to_string(&entry - &*object.MemberBegin() + 1) + " in \"" +
                                 std::string(node_word(node.kind)) + "\"" + (expect_name(key).empty() ? " (" + std::string(key) + ")" : ""));
    }
  }

  SegmentNode read_node(const rapidjson::Value& value, const std::string& path) {
    SegmentNode node;
    if (!status_.ok()) return node;
    if (!value.IsObject()) {
      fail(path, "expected an object");
      return node;
    }
    const auto kind = std::find_if(kKinds.begin(), kKinds.end(),
                                   [&](NodeKind each) { return value.HasMember(node_word(each).data()); });
    if (kind == kKinds.end()) {
      fail(path, "expected one of the keys all, any, not, at_least, absent, event, need, signal, fact, opinion, "
                 "has_been, consented, host, random_bucket");
      return node;
    }
    node.kind = *kind;
    check_keys(value, node, path);
    if (is_leaf(node.kind)) read_leaf(value, node, path);
    else read_parts(value, node, path);
    return node;
  }

  void read_parts(const rapidjson::Value& value, SegmentNode& node, const std::string& path) {
    const std::string word(node_word(node.kind));
    if (node.kind == NodeKind::kNot || node.kind == NodeKind::kAbsent) {
      node.children.push_back(read_node(*member(value, word.c_str()), path + "." + word));
      return;
    }
    const std::string key = node.kind == NodeKind::kAtLeast ? "of" : word;
    if (node.kind == NodeKind::kAtLeast) node.number = whole(value, word.c_str(), path, &expect_count);
    const rapidjson::Value* list = member(value, key.c_str());
    if (list == nullptr || !list->IsArray()) return fail(path + "." + key, "expected a list");
    for (rapidjson::SizeType i = 0; i < list->Size(); ++i) {
      node.children.push_back(read_node((*list)[i], path + "." + key + "[" + std::to_string(i) + "]"));
    }
    if (status_.ok()) check(path + "." + word, expect_parts(node));
  }

  void read_leaf(const rapidjson::Value& value, SegmentNode& leaf, const std::string& path) {
    const std::string word(node_word(leaf.kind));
    leaf.name = string(value, word.c_str(), path);
    if (!status_.ok()) return;
    check(path + "." + word, leaf.kind == NodeKind::kOpinion ? expect_opinion(leaf.name) : expect_name(leaf.name));
    if (leaf.kind == NodeKind::kFact || leaf.kind == NodeKind::kHost) read_comparison(value, leaf, path);
    if (leaf.kind == NodeKind::kHasBeen) leaf.number = whole(value, "days", path, &expect_days);
    if (leaf.kind == NodeKind::kConsented && member(value, "channel") != nullptr) {
      leaf.channel = string(value, "channel", path);
      check(path + ".channel", expect_name(leaf.channel));
    }
    if (leaf.kind == NodeKind::kRandomBucket) {
      const double buckets = number(value, "of", path), first = number(value, "from", path), last = number(value, "to", path);
      if (!status_.ok()) return;
      check(path, expect_buckets(buckets, first, last));
      if (!status_.ok()) return;
      leaf.number = static_cast<int>(buckets);
      leaf.first_bucket = static_cast<int>(first);
      leaf.last_bucket = static_cast<int>(last);
    }
    read_modifiers(value, leaf, path);
  }

  void read_modifiers(const rapidjson::Value& value, SegmentNode& leaf, const std::string& path) {
    for (const char* key : {"stage", "stage_at_least"}) {
      if (member(value, key) == nullptr) continue;
      if (!leaf.stage.empty()) return fail(path, "expected stage or stage_at_least, not both");
      leaf.stage = string(value, key, path);
      leaf.stage_or_later = std::string_view(key) == "stage_at_least";
      check(path + "." + key, expect_stage(leaf.stage));
    }
    if (member(value, "count") != nullptr) leaf.count = whole(value, "count", path, &expect_count);
    if (member(value, "confidence") != nullptr) {
      leaf.confidence = number(value, "confidence", path);
      check(path + ".confidence", expect_confidence(*leaf.confidence));
    }
    if (member(value, "seen_within_days") != nullptr) leaf.seen_within_days = whole(value, "seen_within_days", path, &expect_days);
    if (const rapidjson::Value* found = member(value, "explicit")) {
      if (!found->IsBool()) return fail(path + ".explicit", "expected true or false");
      leaf.is_explicit = found->GetBool();
    }
  }

  void read_comparison(const rapidjson::Value& value, SegmentNode& leaf, const std::string& path) {
    const std::string op = string(value, "op", path);
    if (!status_.ok()) return;
    const std::optional<Compare> compare = compare_from_symbol(op);
    if (!compare) return fail(path + ".op", "expected =, !=, <, <=, >, >=, in or is null");
    leaf.compare = *compare;
    const rapidjson::Value* given = member(value, "value");
    if (leaf.compare == Compare::kIsNull) {
      if (given != nullptr) fail(path + ".value", "expected no value after is null");
    } else if (leaf.compare == Compare::kIn) {
      if (given == nullptr || !given->IsArray() || given->Empty()) return fail(path + ".value", "expected a list of values");
      for (rapidjson::SizeType i = 0; i < given->Size(); ++i) read_value((*given)[i], leaf, path + ".value[" + std::to_string(i) + "]");
    } else if (given == nullptr) {
      fail(path + ".value", "expected a number or a string");
    } else {
      read_value(*given, leaf, path + ".value");
    }
    if (status_.ok()) check(path, expect_comparison(leaf));
  }

  void read_value(const rapidjson::Value& value, SegmentNode& leaf, const std::string& path) {
    if (value.IsNumber()) leaf.values.emplace_back(value.GetDouble() == 0 ? 0.0 : value.GetDouble());
    else if (value.IsString()) leaf.values.emplace_back(std::string(value.GetString(), value.GetStringLength()));
    else fail(path, "expected a number or a string");
  }

  Status status_;
};

}  // namespace

Result<SegmentNode> parse_query_value(const rapidjson::Value& value, const std::string& path) {
  return Reader().read(value, path);
}

Result<SegmentNode> parse_query_json(std::string_view json) {
  if (json.size() > kMaxQueryText) {
    return Status(StatusCode::kInvalidData, "where: expected at most " + std::to_string(kMaxQueryText) + " bytes");
  }
  Result<rapidjson::Document> document = parse_json(json, "where");
  if (!document.ok()) return document.status();
  return parse_query_value(*document, "where");
}

}  // namespace tertulia
