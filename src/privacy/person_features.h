// What the decision about a word's being part of a person's name looks at: the word and its neighbours as hashed features.
//
// Features are made of what the lists say (privacy/person_names), how the word is written, what stands around it, and
// what has been decided for the word before. The same code serves the training and the reading.
#ifndef TERTULIA_SRC_PRIVACY_PERSON_FEATURES_H_
#define TERTULIA_SRC_PRIVACY_PERSON_FEATURES_H_

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "privacy/person_words.h"

namespace tertulia {

// Raised whenever the same text gives other features: trained weights depend on it.
inline constexpr std::uint32_t kNameFeaturesVersion = 1;

// What a word was decided to be: the first word of a name, a further one, or none.
enum class NameTag : std::uint8_t { kNone, kBegin, kInside };

// What a feature speaks of; explanations sum the weights of each.
enum class NameEvidence : std::uint8_t { kWord, kLists, kLetters, kBefore, kAfter, kPrevious, kCount };

struct NameFeature {
  std::uint32_t hash = 0;
  NameEvidence evidence = NameEvidence::kWord;
};

// One document's words, with everything read once that several features use. Linear in the words.
class NameFeatureReader {
 public:
  // Both must outlive this object.
  NameFeatureReader(const NameWords& words, const NameTable& table);

  // Can the word be part of a name at all? Words of ordinary talk cannot, unless the word before is part of one.
  [[nodiscard]] bool candidate(std::size_t i, NameTag before) const noexcept;
  // Appends the features of word i, but those of the decision before it.
  void read(std::size_t i, std::vector<NameFeature>& out) const;
  // Appends the features of word i that depend on what was decided for the word before it.
  void read_previous(std::size_t i, NameTag before, std::vector<NameFeature>& out) const;

  // The record of `count` words from `first` on, taken as one phrase ("de la fuente"); nullptr when the lists do not have it.
  [[nodiscard]] const NameRecord* phrase(std::size_t first, std::size_t count) const;
  // Roles (NameRole) of the longest phrases that end at word i, of up to four words.
  [[nodiscard]] std::uint32_t roles_ending(std::size_t i) const noexcept { return words_seen_[i].roles_ending; }

 private:
  struct Seen {
    std::uint32_t key = 0;            // hash of the folded word
    std::uint32_t roles_ending = 0, roles_starting = 0;
    std::uint32_t chain_first = 0, chain_last = 0;  // words of the row of capitals it stands in; itself where there is none
    std::uint8_t lists = 0;           // exact: frequencies of given name, pet name and surname
    std::uint8_t kind = 0;            // coarse: NameKind
    std::uint8_t guard = 0;           // NameGuard in force
    std::uint8_t letters = 0;         // WordCase, or kShouted within a text in capitals
    std::uint8_t gap = 0;             // WordGap before it
  };
  void read_chains();
  [[nodiscard]] std::uint32_t phrase_roles(std::size_t first, std::size_t count) const;

  const NameWords& words_;
  const NameTable& table_;
  std::vector<Seen> words_seen_;
};

}  // namespace tertulia

#endif  // TERTULIA_SRC_PRIVACY_PERSON_FEATURES_H_
