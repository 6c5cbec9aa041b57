// Runs of words that may be one person's name, before any judgement.
#ifndef TERTULIA_SRC_PRIVACY_PERSON_RUNS_H_
#define TERTULIA_SRC_PRIVACY_PERSON_RUNS_H_

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "privacy/person_words.h"

namespace tertulia {

// Words [first, last] of NameWords.
struct NameRun {
  std::size_t first = 0, last = 0;
  bool inverted = false;  // "APELLIDOS, NOMBRE"
};

// What is known of one document while its names are sought.
class NameRuns {
 public:
  // All three must outlive this object. `known` holds folded words of known names, sorted.
  NameRuns(const NameWords& words, const NameTable& table, const std::vector<std::string>& known)
      : words_(words), table_(table), known_(known) {}

  [[nodiscard]] bool known(std::size_t i) const {
    return !known_.empty() && words_.words[i].word && std::binary_search(known_.begin(), known_.end(), words_.key(i), std::less<>());
  }
  // How doubtful the word is as a name: kNone also for words of known names.
  [[nodiscard]] NameGuard guard(std::size_t i) const;
  [[nodiscard]] bool name(std::size_t i) const { return known(i) || (words_.words[i].record != nullptr && words_.words[i].record->name()); }
  [[nodiscard]] bool first_name(std::size_t i) const { return words_.words[i].record != nullptr && words_.words[i].record->first(); }
  [[nodiscard]] bool surname(std::size_t i) const { return words_.words[i].record != nullptr && words_.words[i].record->surname != 0; }
  // A capitalised word that no list knows and ordinary talk does not have.
  [[nodiscard]] bool unknown_capital(std::size_t i) const;
  // Not in the lists, in any case.
  [[nodiscard]] bool unknown(std::size_t i) const;
  [[nodiscard]] bool initial(std::size_t i) const { return words_.words[i].letters == WordCase::kInitial && words_.words[i].dotted; }
  // Roles of the longest phrases that end at (start at) word i, of up to four (three) words, and of single words.
  [[nodiscard]] std::uint32_t roles_ending(std::size_t i) const;
  [[nodiscard]] std::uint32_t roles_starting(std::size_t i) const;

  // The run that starts at word i; `any` lets an unknown word start it (a cue stands before). False when none can.
  [[nodiscard]] bool form(std::size_t i, bool any, NameRun* run) const;

 private:
  [[nodiscard]] bool capital(std::size_t i) const { return words_.capital(i); }
  [[nodiscard]] bool same_case(std::size_t a, std::size_t b) const { return capital(a) == capital(b); }
  [[nodiscard]] bool shouted(std::size_t i) const { return words_.upper_text || words_.words[i].letters == WordCase::kUpper; }
  [[nodiscard]] bool adjacent(std::size_t i) const;
  [[nodiscard]] bool may_start(std::size_t i, bool any) const;
  // Words taken by a particle and a surname behind word `last` ("de la fuente"); 0 for none.
  [[nodiscard]] std::size_t particle_surname(std::size_t first, std::size_t last) const;
  [[nodiscard]] bool joins(std::size_t first, std::size_t last) const;
  [[nodiscard]] std::size_t extend(std::size_t first) const;
  [[nodiscard]] bool invert(NameRun* run) const;
  [[nodiscard]] std::string phrase(std::size_t first, std::size_t count) const;

  const NameWords& words_;
  const NameTable& table_;
  const std::vector<std::string>& known_;
};

}  // namespace tertulia

#endif  // TERTULIA_SRC_PRIVACY_PERSON_RUNS_H_
