// A trie over words: each node maps a whole word, a word beginning (sorted, searched by every prefix length that
// occurs) or any token to the next node. Search walks from every token, so its cost is bounded by tokens times the
// longest phrase times the branching of wildcards. Test: tests/data/lexicon_test.cc.
#include "data/lexicon.h"

#include <algorithm>
#include <map>
#include <unordered_map>

namespace tertulia {
namespace {

struct WordHash {
  using is_transparent = void;
  std::size_t operator()(std::string_view word) const noexcept { return std::hash<std::string_view>{}(word); }
};

template <typename Value>
using WordMap = std::unordered_map<std::string, Value, WordHash, std::equal_to<>>;

struct Node {
  WordMap<std::uint32_t> exact;
  WordMap<std::uint32_t> beginnings;           // without the '*'
  std::vector<std::size_t> beginning_lengths;  // distinct byte lengths of `beginnings`, made by build()
  std::uint32_t any = 0;                       // 0: none (the root is never a target)
  struct End {
    std::uint32_t label, phrase;
    float weight;
  };
  std::vector<End> ends;
};

}  // namespace

struct Lexicon::Impl {
  std::vector<Node> nodes = std::vector<Node>(1);
  std::vector<std::string> labels, phrases;
  std::map<std::string, std::uint32_t, std::less<>> label_ids;

  std::uint32_t step(std::uint32_t from, std::string_view word) {
    const auto next = static_cast<std::uint32_t>(nodes.size());
    std::uint32_t target = 0;
    if (word == "*") {
      if (nodes[from].any == 0) nodes[from].any = next;
      target = nodes[from].any;
    } else if (word.size() > 1 && word.back() == '*') {
      target = nodes[from].beginnings.try_emplace(std::string(word.substr(0, word.size() - 1)), next).first->second;
    } else {
      target = nodes[from].exact.try_emplace(std::string(word), next).first->second;
    }
    if (target == next) nodes.emplace_back();
    return target;
  }

  void walk(std::uint32_t at, const std::vector<std::string_view>& tokens, std::size_t first, std::size_t next,
            std::vector<LexiconHit>& hits) const {
    const Node& node = nodes[at];
    for (const Node::End& end : node.ends) {
      hits.push_back({end.label, end.phrase, static_cast<std::uint32_t>(first), static_cast<std::uint32_t>(next - first), end.weight});
    }
    if (next >= tokens.size()) return;
    const std::string_view word = tokens[next];
    if (const auto found = node.exact.find(word); found != node.exact.end()) walk(found->second, tokens, first, next + 1, hits);
    for (const std::size_t length : node.beginning_lengths) {
      if (length > word.size()) break;
      if (const auto found = node.beginnings.find(word.substr(0, length)); found != node.beginnings.end()) {
        walk(found->second, tokens, first, next + 1, hits);
      }
    }
    if (node.any != 0) walk(node.any, tokens, first, next + 1, hits);
  }
};

Lexicon::Lexicon() : impl_(std::make_unique<Impl>()) {}
Lexicon::Lexicon(Lexicon&&) noexcept = default;
Lexicon& Lexicon::operator=(Lexicon&&) noexcept = default;
Lexicon::~Lexicon() = default;

void Lexicon::add(std::string_view phrase, std::string_view label, float weight) {
  std::uint32_t at = 0;
  std::string_view rest = phrase;
  while (!rest.empty()) {
    const std::size_t blank = rest.find(' ');
    const std::string_view word = rest.substr(0, blank);
    if (!word.empty()) at = impl_->step(at, word);
    rest.remove_prefix(blank == std::string_view::npos ? rest.size() : blank + 1);
  }
  if (at == 0) return;  // an empty phrase says nothing
  const auto label_id = impl_->label_ids.try_emplace(std::string(label), static_cast<std::uint32_t>(impl_->labels.size())).first->second;
  if (label_id == impl_->labels.size()) impl_->labels.emplace_back(label);
  impl_->nodes[at].ends.push_back({label_id, static_cast<std::uint32_t>(impl_->phrases.size()), weight});
  impl_->phrases.emplace_back(phrase);
}

void Lexicon::build() {
  for (Node& node : impl_->nodes) {
    node.beginning_lengths.clear();
    for (const auto& [word, target] : node.beginnings) node.beginning_lengths.push_back(word.size());
    std::sort(node.beginning_lengths.begin(), node.beginning_lengths.end());
    node.beginning_lengths.erase(std::unique(node.beginning_lengths.begin(), node.beginning_lengths.end()), node.beginning_lengths.end());
  }
}

std::vector<LexiconHit> Lexicon::find(const std::vector<std::string_view>& folded_tokens) const {
  std::vector<LexiconHit> hits;
  for (std::size_t first = 0; first < folded_tokens.size(); ++first) impl_->walk(0, folded_tokens, first, first, hits);
  std::sort(hits.begin(), hits.end(), [](const LexiconHit& a, const LexiconHit& b) {
    if (a.first != b.first) return a.first < b.first;
    if (a.count != b.count) return a.count > b.count;
    return a.phrase < b.phrase;
  });
  return hits;
}

const std::vector<std::string>& Lexicon::labels() const { return impl_->labels; }
const std::vector<std::string>& Lexicon::phrases() const { return impl_->phrases; }
std::size_t Lexicon::size() const { return impl_->phrases.size(); }

}  // namespace tertulia
