// A clean document as the models see it: words, and weighted sparse features.
//
// The trainer and the runtime share this file; any change of what it gives raises kFeaturesVersion (data/bundle.h).
// Immutable; any number of threads.
#ifndef TERTULIA_SRC_INTENT_FEATURES_H_
#define TERTULIA_SRC_INTENT_FEATURES_H_

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "data/lexicon.h"
#include "tertulia/span.h"
#include "tertulia/status.h"
#include "tertulia/text.h"

namespace tertulia {

// One word of a document in model form, and the document's token that it came from.
struct ModelWord {
  std::string text;         // folded word, "<n5>" for a number of five digits, "<person>" for a placeholder, "?"
  std::uint32_t token = 0;  // index of Document::tokens()
  bool is_word = false;     // letters: gives character n-grams and may explain
};

// One feature occurrence: hash of the feature and, for explanations, the word that it hangs on.
struct FeatureHit {
  std::uint64_t hash;
  std::uint32_t word;    // index of the ModelWord
};

// Four blocks, each weighted and normalised on its own: words and word pairs, characters, lexicon labels, pairs of concepts.
struct FeatureBlocks {
  std::vector<FeatureHit> words, characters, lexicon, pairs;
  [[nodiscard]] std::array<const std::vector<FeatureHit>*, 4> all() const { return {&words, &characters, &lexicon, &pairs}; }
};

// The hash of a word on its own, as FeatureBlocks::words holds it.
[[nodiscard]] std::uint64_t word_hash(std::string_view word) noexcept;

// Lexicon labels seen in a document, with the words covered.
struct LabelHit {
  std::string_view label;       // "event:home_building:strong", "cue:negation"
  std::uint32_t first, count;   // ModelWords
  std::string_view phrase;
};

class FeatureExtractor {
 public:
  // Reads intent/phrases/*.tsv (phrase, strength, language), intent/cues.tsv (phrase, kind, language) and
  // intent/concepts.tsv (phrase, concept, language).
  static Result<FeatureExtractor> open(const std::string& bundle_dir);

  [[nodiscard]] std::vector<ModelWord> words(const Document& document) const;
  [[nodiscard]] std::vector<LabelHit> labels(const std::vector<ModelWord>& words) const;
  // Features of words[first, first + count).
  [[nodiscard]] FeatureBlocks features(const std::vector<ModelWord>& words, const std::vector<LabelHit>& labels,
                                       std::size_t first, std::size_t count) const;
  // One line for fastText, blanks between words; label prefixes in the talk are broken up.
  [[nodiscard]] static std::string line(const std::vector<ModelWord>& words, std::size_t first, std::size_t count);
  // Ranges of words to read on their own: sentences, short ones joined, of a message too long for one breath.
  // Empty for short messages.
  [[nodiscard]] static std::vector<std::pair<std::size_t, std::size_t>> windows(const Document& document,
                                                                                const std::vector<ModelWord>& words);

 private:
  Lexicon lexicon_;
};

}  // namespace tertulia

#endif  // TERTULIA_SRC_INTENT_FEATURES_H_
