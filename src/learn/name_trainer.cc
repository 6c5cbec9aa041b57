// Two logistic models over the features of words: is the word part of a name, and does it begin one? The decision before a
// word is the true one while training. Test: tests/learn/name_trainer_test.cc.
#include "learn/name_trainer.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>

#include "base/utf8.h"
#include "learn/linear_trainer.h"

namespace tertulia {
namespace {

struct TaggedWord {
  std::vector<std::uint32_t> features;  // hashes, sorted, once each
  NameTag tag = NameTag::kNone;
};

// The true tag of every word.
std::vector<NameTag> true_tags(const NameWords& words, const LabelledText& text) {
  std::vector<std::size_t> bytes;  // of each code point, and the end
  for (std::size_t at = 0; at < text.text.size(); at += decode_utf8(text.text, at).size) bytes.push_back(at);
  bytes.push_back(text.text.size());
  std::vector<NameTag> tags(words.words.size(), NameTag::kNone);
  for (const auto& [begin, end, type] : text.spans) {
    if (type != "PERSON" || end >= bytes.size()) continue;
    const Span span{bytes[begin], bytes[end]};
    for (std::size_t i = 0; i < tags.size(); ++i) {
      if (words.words[i].span.overlaps(span)) tags[i] = words.words[i].span.begin <= span.begin ? NameTag::kBegin : NameTag::kInside;
    }
  }
  return tags;
}

void read_text(const LabelledText& text, const Analyzer& analyzer, const NameTable& table, std::vector<TaggedWord>* out) {
  const Document document = analyzer.analyze(text.text, text.lang);
  const NameWords words = name_words(document, table);
  const NameFeatureReader reader(words, table);
  const std::vector<NameTag> tags = true_tags(words, text);
  std::vector<NameFeature> features;
  for (std::size_t i = 0; i < words.words.size(); ++i) {
    const NameTag before = i == 0 ? NameTag::kNone : tags[i - 1];
    if (!reader.candidate(i, before)) continue;
    features.clear();
    reader.read(i, features);
    reader.read_previous(i, before, features);
    TaggedWord word;
    word.tag = tags[i];
    for (const NameFeature& feature : features) word.features.push_back(feature.hash);
    std::sort(word.features.begin(), word.features.end());
    word.features.erase(std::unique(word.features.begin(), word.features.end()), word.features.end());
    out->push_back(std::move(word));
  }
}

}  // namespace

NameTagger train_names(const std::vector<LabelledText>& texts, const Analyzer& analyzer, const NameTable& table,
                       const NameTrainerOptions& options) {
  std::vector<TaggedWord> words;
  for (const LabelledText& text : texts) read_text(text, analyzer, table, &words);
  std::map<std::uint32_t, std::size_t> counts;
  for (const TaggedWord& word : words) {
    for (const std::uint32_t hash : word.features) ++counts[hash];
  }
  std::map<std::uint32_t, std::uint32_t> rows;
  for (const auto& [hash, count] : counts) {
    if (count >= options.least_count) rows.emplace(hash, static_cast<std::uint32_t>(rows.size()));
  }
  std::vector<std::vector<WeightedRow>> examples;
  std::vector<bool> part, begins;
  std::vector<std::uint32_t> all(words.size()), names;
  std::iota(all.begin(), all.end(), 0u);
  for (std::uint32_t i = 0; i < words.size(); ++i) {
    std::vector<WeightedRow> example;
    for (const std::uint32_t hash : words[i].features) {
      if (const auto row = rows.find(hash); row != rows.end()) example.push_back({row->second, 1.0f});
    }
    examples.push_back(std::move(example));
    part.push_back(words[i].tag != NameTag::kNone);
    begins.push_back(words[i].tag == NameTag::kBegin);
    if (part.back()) names.push_back(i);
  }
  const LogisticTrainer trainer(examples, rows.size());
  const LogisticOptions logistic{options.cost, false, 0};
  const LogisticFit is_part = trainer.fit(all, part, logistic), is_first = trainer.fit(names, begins, logistic);
  std::vector<NameEntry> entries;
  for (const auto& [hash, row] : rows) {
    const NameWeights weights{is_part.weights[row], is_first.weights[row]};
    constexpr float kNothing = 1e-4f;
    if (std::abs(weights.part) > kNothing || std::abs(weights.begins) > kNothing) entries.push_back({hash, weights});
  }
  const auto shift = static_cast<float>(std::log(options.least_probability / (1 - options.least_probability)));
  return NameTagger::make(std::move(entries), {is_part.bias - shift, is_first.bias});
}

}  // namespace tertulia
