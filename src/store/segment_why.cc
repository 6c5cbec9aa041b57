// Fills the sentence templates. The two tables come as string constants that the build makes of the files.
// Test: tests/store/segment_why_test.cc.
#include "store/segment_why.h"

#include <rapidjson/document.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <utility>

#include "segment/query_print.h"
#include "segment_words.inc"  // kTitlesTable, kWhyTable

namespace tertulia {
namespace {

constexpr std::size_t kMaxWords = 4;  // of the evidence, in one line

std::vector<std::string> fields_of(std::string_view line) {
  std::vector<std::string> out;
  for (std::size_t at = 0; at <= line.size();) {
    const std::size_t tab = std::min(line.find('\t', at), line.size());
    out.emplace_back(line.substr(at, tab - at));
    at = tab + 1;
  }
  return out;
}

// Key, then one text a language; the first row that is no comment names the languages.
struct Words {
  std::vector<std::string> languages;
  std::map<std::string, std::vector<std::string>, std::less<>> rows;

  explicit Words(std::string_view table) {
    for (std::size_t at = 0; at < table.size();) {
      const std::size_t end = std::min(table.find('\n', at), table.size());
      const std::string_view line = table.substr(at, end - at);
      at = end + 1;
      if (line.empty() || line.front() == '#') continue;
      std::vector<std::string> fields = fields_of(line);
      std::string key = std::move(fields.front());
      fields.erase(fields.begin());
      if (languages.empty()) languages = std::move(fields);
      else rows.emplace(std::move(key), std::move(fields));
    }
  }
  // An id that a user added to the taxonomy and not to the table stands for itself.
  [[nodiscard]] std::string text(std::string_view key, std::size_t language) const {
    const auto found = rows.find(key);
    return found == rows.end() || language >= found->second.size() ? std::string(key) : found->second[language];
  }
};

const Words& titles() {
  static const Words words(kTitlesTable);
  return words;
}
const Words& sentences() {
  static const Words words(kWhyTable);
  return words;
}

class Teller {
 public:
  explicit Teller(std::size_t language) : language_(language) {}

  // The leaves that make the node what it is; as deep as the checked tree.
  void tell(const Explained& node) {
    if (is_leaf(node.node->kind)) return add(line(node));
    if (node.node->kind == NodeKind::kAbsent) {
      if (node.verdict == Verdict::kTrue) add(filled("absent", {{"question", print_query_text(node.node->children.front())}}));
      return;
    }
    for (const Explained& part : node.parts) {
      const bool inside_not = node.node->kind == NodeKind::kNot;
      if (inside_not || part.verdict == node.verdict) tell(part);
    }
  }
  std::vector<std::string> lines;

 private:
  using Marks = std::vector<std::pair<std::string_view, std::string>>;

  void add(std::string text) {
    if (std::find(lines.begin(), lines.end(), text) == lines.end()) lines.push_back(std::move(text));
  }

  [[nodiscard]] std::string filled(std::string_view key, const Marks& marks) const {
    const std::string pattern = sentences().text(key, language_);
    std::string out;
    for (std::size_t at = 0; at < pattern.size();) {
      const std::size_t open = std::min(pattern.find('{', at), pattern.size());
      const std::size_t close = pattern.find('}', open);
      out += pattern.substr(at, open - at);
      if (close == std::string::npos) break;
      const std::string_view name = std::string_view(pattern).substr(open + 1, close - open - 1);
      for (const auto& [mark, value] : marks) {
        if (mark == name) out += value;
      }
      at = close + 1;
    }
    return out;
  }

  [[nodiscard]] std::string line(const Explained& leaf) const {
    const SegmentNode& node = *leaf.node;
    const Marks question = {{"question", print_query_text(node)}};
    if (leaf.verdict == Verdict::kFalse) return filled("false", question);
    if (leaf.verdict == Verdict::kUnknown) return filled("absent", question);
    if (!leaf.row) return filled(node_word(node.kind), question);
    const std::string title = titles().text(node.name, language_);
    std::string key(node_word(node.kind));
    if (node.kind == NodeKind::kNeed) key += leaf.row->is_explicit ? "_explicit" : "_implied";
    return filled(key, {{"title", title},
                        {"stage", titles().text(leaf.row->value, language_)},
                        {"value", leaf.row->value},
                        {"confidence", confidence(leaf.row->confidence)},
                        {"count", std::to_string(leaf.row->evidence_count)},
                        {"days", std::to_string(node.number)},
                        {"words", words(leaf.row->why)}});
  }

  // Two decimals with the language's mark; rounded down, so that a belief never looks surer than it is.
  [[nodiscard]] std::string confidence(double value) const {
    const int hundredths = static_cast<int>(std::floor(value * 100 + 1e-9));
    const std::string digits = std::to_string(100 + hundredths % 100).substr(1);
    return std::to_string(hundredths / 100) + sentences().text("decimal", language_) + digits;
  }

  // " (parcela, arquitecto)" of a JSON array of words; nothing of an empty one.
  [[nodiscard]] static std::string words(const std::string& json) {
    rapidjson::Document list;
    list.Parse<rapidjson::kParseIterativeFlag>(json.data(), json.size());
    if (list.HasParseError() || !list.IsArray()) return {};
    std::string out;
    for (rapidjson::SizeType i = 0; i < std::min<std::size_t>(list.Size(), kMaxWords); ++i) {
      if (!list[i].IsString()) continue;
      out += (out.empty() ? "" : ", ") + std::string(list[i].GetString(), list[i].GetStringLength());
    }
    return out.empty() ? out : " (" + out + ")";
  }

  std::size_t language_;
};

}  // namespace

std::vector<std::string> why_languages() { return sentences().languages; }

Result<std::vector<std::string>> why_lines(const Explained& root, std::string_view language) {
  const std::vector<std::string>& known = sentences().languages;
  const auto found = std::find(known.begin(), known.end(), language);
  if (found == known.end()) {
    std::string names;
    for (const std::string& name : known) names += (names.empty() ? "" : ", ") + name;
    return Status(StatusCode::kInvalidArgument, "no sentences in this language; there are: " + names);
  }
  Teller teller(static_cast<std::size_t>(found - known.begin()));
  teller.tell(root);
  return std::move(teller.lines);
}

}  // namespace tertulia
