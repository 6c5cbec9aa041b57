// Words, word pairs, character 2- to 5-grams within words, and lexicon labels, hashed with FNV-1a (64 bit).
// The set follows what linear models of short talk gain from (see docs/decisions.md). Test: tests/intent/features_test.cc.
#include "intent/features.h"

#include <algorithm>
#include <array>
#include <filesystem>

#include "base/utf8.h"
#include "data/table_file.h"

namespace tertulia {
namespace {

constexpr std::size_t kMaxWords = 4000;         // of one message; the rest is not read
constexpr std::size_t kMaxWordBytes = 64;       // longer "words" are cut for features
constexpr std::size_t kWindowWords = 28;        // a window of sentences aims at this many words
constexpr std::size_t kMaxPairedConcepts = 14;  // distinct concepts of a text whose pairs are features
constexpr std::string_view kFirstOldYear = "1930", kLastOldYear = "2021";
constexpr std::string_view kConcept = "concept:";
constexpr std::size_t kLongMessageWords = 34;   // shorter messages are read whole only

constexpr std::uint64_t kFnvOffset = 14695981039346656037ull, kFnvPrime = 1099511628211ull;

std::uint64_t hash_more(std::uint64_t hash, std::string_view bytes) noexcept {
  for (const char c : bytes) hash = (hash ^ static_cast<unsigned char>(c)) * kFnvPrime;
  return hash;
}

std::uint64_t hash_tagged(char tag, std::string_view bytes) noexcept {
  return hash_more((kFnvOffset ^ static_cast<unsigned char>(tag)) * kFnvPrime, bytes);
}

// "<n1>" … "<n9>": the number of digits before the decimal mark says more than the digits do. A year that is long over
// has a word of its own.
std::string number_word(std::string_view folded) {
  if (folded.size() == 4 && folded >= kFirstOldYear && folded <= kLastOldYear && folded.find_first_not_of("0123456789") == std::string_view::npos) {
    return "<old_year>";
  }
  std::size_t digits = 0, since_mark = 0;
  bool mark = false;
  for (const char c : folded) {
    if (c >= '0' && c <= '9') {
      ++digits;
      if (mark) ++since_mark;
    } else if (c == '.' || c == ',') {
      mark = true;
      since_mark = 0;
    }
  }
  if (mark && since_mark != 3 && digits > since_mark) digits -= since_mark;  // decimals; three digits are thousands
  return "<n" + std::to_string(std::clamp<std::size_t>(digits, 1, 9)) + ">";
}

// "⟨PERSON_1⟩" → "<person>"
std::string placeholder_word(std::string_view raw) {
  std::string out = "<";
  for (const char c : raw) {
    if (c >= 'A' && c <= 'Z') out += static_cast<char>(c - 'A' + 'a');
    else if (c == '_' && out.size() > 1 && out.back() != '_') out += '_';
    else if (c >= '0' && c <= '9') break;
  }
  while (!out.empty() && out.back() == '_') out.pop_back();
  return out + ">";
}

}  // namespace

std::uint64_t word_hash(std::string_view word) noexcept { return hash_tagged('w', word); }

Result<FeatureExtractor> FeatureExtractor::open(const std::string& bundle_dir) {
  namespace fs = std::filesystem;
  FeatureExtractor extractor;
  const fs::path directory = fs::path(bundle_dir) / "intent" / "phrases";
  std::error_code error;
  std::vector<std::string> files;
  for (fs::directory_iterator it(directory, error), end; !error && it != end; it.increment(error)) {
    if (it->path().extension() == ".tsv") files.push_back(it->path().string());
  }
  if (error) return Status(StatusCode::kNotFound, directory.string() + ": " + error.message());
  std::sort(files.begin(), files.end());
  for (const std::string& file : files) {
    Result<std::vector<TableRow>> rows = load_table(file, 3, 3);
    if (!rows.ok()) return rows.status();
    const std::string event = fs::path(file).stem().string();
    for (const TableRow& row : *rows) {
      const std::string& strength = row.fields[1];
      if (strength != "strong" && strength != "weak") {
        return Status(StatusCode::kInvalidData, file + ":" + std::to_string(row.line) + ": expected strong or weak");
      }
      extractor.lexicon_.add(row.fields[0], "event:" + event + ":" + strength);
    }
  }
  for (const auto& [name, prefix] : {std::pair{"cues.tsv", "cue:"}, std::pair{"concepts.tsv", "concept:"}}) {
    Result<std::vector<TableRow>> rows = load_table(bundle_dir + "/intent/" + name, 3, 3);
    if (!rows.ok()) return rows.status();
    for (const TableRow& row : *rows) extractor.lexicon_.add(row.fields[0], prefix + row.fields[1]);
  }
  extractor.lexicon_.build();
  return extractor;
}

std::vector<ModelWord> FeatureExtractor::words(const Document& document) const {
  std::vector<ModelWord> out;
  const std::vector<Token>& tokens = document.tokens();
  std::size_t hashtag = 0;  // of Document::hashtag_words()
  for (std::uint32_t i = 0; i < tokens.size() && out.size() < kMaxWords; ++i) {
    const Token& token = tokens[i];
    const auto put = [&](std::string text, bool is_word) {
      if (text.size() > kMaxWordBytes) {
        std::size_t end = kMaxWordBytes;
        while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) --end;
        text.resize(end);
      }
      if (!text.empty()) out.push_back({std::move(text), i, is_word});
    };
    switch (token.kind) {
      case TokenKind::kNumber: put(number_word(document.folded(token)), false); break;
      case TokenKind::kMention: put("<mention>", false); break;
      case TokenKind::kUrl: put("<url>", false); break;
      case TokenKind::kEmail: put("<email>", false); break;
      case TokenKind::kPlaceholder: put(placeholder_word(document.raw(token)), false); break;
      case TokenKind::kPunctuation: {
        const char mark = document.raw(token).empty() ? ' ' : document.raw(token).front();
        if (mark == '?' || mark == '!') put(std::string(1, mark), false);
        break;
      }
      case TokenKind::kSymbol: put(std::string(document.folded(token)), false); break;
      case TokenKind::kEmoji:
      case TokenKind::kEmoticon: put(std::string(document.folded(token)), false); break;
      case TokenKind::kHashtag:
        while (hashtag < document.hashtag_words().size() && document.hashtag_words()[hashtag].token <= i) {
          put(std::string(document.folded(document.hashtag_words()[hashtag++])), true);
        }
        break;
      case TokenKind::kWord: put(std::string(document.folded(token)), true); break;
    }
  }
  return out;
}

std::vector<LabelHit> FeatureExtractor::labels(const std::vector<ModelWord>& words) const {
  std::vector<std::string_view> texts;
  texts.reserve(words.size());
  for (const ModelWord& word : words) texts.push_back(word.text);
  std::vector<LabelHit> out;
  for (const LexiconHit& hit : lexicon_.find(texts)) {
    out.push_back({lexicon_.labels()[hit.label], hit.first, hit.count, lexicon_.phrases()[hit.phrase]});
  }
  return out;
}

FeatureBlocks FeatureExtractor::features(const std::vector<ModelWord>& words, const std::vector<LabelHit>& labels,
                                         std::size_t first, std::size_t count) const {
  FeatureBlocks blocks;
  const std::size_t end = std::min(first + count, words.size());
  std::uint64_t previous = 0;
  for (std::size_t i = first; i < end; ++i) {
    const std::string& text = words[i].text;
    const auto at = static_cast<std::uint32_t>(i);
    blocks.words.push_back({word_hash(text), at});
    if (i > first) blocks.words.push_back({hash_more(previous, text), at});
    previous = hash_more(hash_tagged('b', text), " ");
    if (!words[i].is_word) continue;
    // " word " in code points; each n-gram of two to five characters
    std::array<std::size_t, kMaxWordBytes + 4> starts{};
    std::string padded = " " + text + " ";
    std::size_t points = 0;
    for (std::size_t byte = 0; byte < padded.size();) {
      starts[points++] = byte;
      byte += decode_utf8(padded, byte).size;
    }
    starts[points] = padded.size();
    for (std::size_t from = 0; from < points; ++from) {
      for (std::size_t length = 2; length <= 5 && from + length <= points; ++length) {
        blocks.characters.push_back({hash_tagged('c', std::string_view(padded).substr(starts[from], starts[from + length] - starts[from])), at});
      }
    }
  }
  std::vector<std::pair<std::string_view, std::uint32_t>> concepts;  // distinct ones, by name
  for (const LabelHit& hit : labels) {
    if (hit.first < first || hit.first + hit.count > end) continue;
    blocks.lexicon.push_back({hash_tagged('l', hit.label), hit.first});
    if (hit.label.substr(0, kConcept.size()) == kConcept) concepts.emplace_back(hit.label, hit.first);
  }
  std::sort(concepts.begin(), concepts.end());
  concepts.erase(std::unique(concepts.begin(), concepts.end(), [](const auto& a, const auto& b) { return a.first == b.first; }), concepts.end());
  if (concepts.size() > kMaxPairedConcepts) concepts.resize(kMaxPairedConcepts);
  for (std::size_t i = 0; i < concepts.size(); ++i) {
    for (std::size_t j = i + 1; j < concepts.size(); ++j) {
      blocks.pairs.push_back({hash_more(hash_more(hash_tagged('p', concepts[i].first), " "), concepts[j].first), concepts[i].second});
    }
  }
  return blocks;
}

std::string FeatureExtractor::line(const std::vector<ModelWord>& words, std::size_t first, std::size_t count) {
  std::string out;
  for (std::size_t i = first; i < std::min(first + count, words.size()); ++i) {
    if (!out.empty()) out += ' ';
    if (words[i].text.compare(0, 2, "__") == 0) out += '.';
    out += words[i].text;
  }
  return out;
}

std::vector<std::pair<std::size_t, std::size_t>> FeatureExtractor::windows(const Document& document,
                                                                           const std::vector<ModelWord>& words) {
  std::vector<std::pair<std::size_t, std::size_t>> out;
  if (words.size() < kLongMessageWords) return out;
  std::size_t first = 0;
  std::uint32_t sentence = document.tokens()[words[0].token].sentence;
  for (std::size_t i = 0; i < words.size(); ++i) {
    const std::uint32_t current = document.tokens()[words[i].token].sentence;
    const bool sentence_break = current != sentence && i - first >= kWindowWords / 2;
    if (sentence_break || i - first >= kWindowWords) {
      out.emplace_back(first, i - first);
      // unpunctuated talk is cut anywhere: the next window takes some words along
      first = sentence_break ? i : i - kWindowWords / 4;
    }
    sentence = current;
  }
  if (first < words.size()) out.emplace_back(first, words.size() - first);
  return out;
}

}  // namespace tertulia
