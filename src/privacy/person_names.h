// The lists of models/privacy/names in one compact table: what a folded word or phrase says about a name.
//
// given.tsv, surnames.tsv, nicknames.tsv, compounds.tsv, homographs.tsv, context.tsv, ordinary.tsv. All keys lie sorted in
// one pool; a flat index of slots finds one in a step or two. Immutable after load(); any number of threads.
#ifndef TERTULIA_SRC_PRIVACY_PERSON_NAMES_H_
#define TERTULIA_SRC_PRIVACY_PERSON_NAMES_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "tertulia/status.h"

namespace tertulia {

// What a name also is once capitals and accents are off; from harmless to hopeless.
enum class NameGuard : std::uint8_t { kNone, kMild, kPlain, kWord, kAdjective, kPlace, kMonth, kBrand, kFunction };

// Roles of phrases around names (context.tsv), as bits of NameRecord::roles.
enum NameRole : std::uint32_t {
  kRoleNamed = 1u << 0,    // "me llamo": whatever comes is a name
  kRoleIntro = 1u << 1,    // "a nombre de"
  kRoleSoy = 1u << 2,      // "soy", "I'm"
  kRoleTitle = 1u << 3,    // "doña", "Mr"
  kRoleKin = 1u << 4,      // "cuñado", "boss"
  kRoleGreet = 1u << 5,    // "hola", "dear"
  kRoleSign = 1u << 6,     // "un saludo", before a line that is a name
  kRolePrep = 1u << 7,     // "con", "with"
  kRoleArticle = 1u << 8,  // "la", "my"
  kRoleGuard = 1u << 9,    // "calle", "colegio", "talleres"
  kRoleSaint = 1u << 10,   // "san"
  kRoleRank = 1u << 11,    // "general", between a guard and a name
  kRoleCompany = 1u << 12, // behind: "S.L.", "e hijos", "Street"
  kRoleSay = 1u << 13,     // behind: "dice", "says"
  kRoleVocative = 1u << 14,// behind a comma: "por favor"
  kRoleCar = 1u << 15,     // near a make that is also a name
  kRoleStop = 1u << 16,    // "cruz roja": never a person
  kRoleGuardOf = 1u << 17, // "calle de", "hospital de": a guard also over "de"
  kRoleGuardCapital = 1u << 18,  // "Casa", "Hijos de": a guard where it has a capital
  kRoleIn = 1u << 19,            // "en", "near": a place follows rather than a person
  kRoleParticle = 1u << 20,      // "de", "del", "van" within a name
  kRoleCompounder = 1u << 21,    // "maria", "jose": takes a second given name
  kRoleAnd = 1u << 22,           // "y", "and" between two persons
  kRolePhraseEnd = 1u << 30      // set while loading: last word of a phrase of several words
};

// Frequencies are 0 (not one), 1 rare, 2 known, 3 common.
struct NameRecord {
  std::uint8_t given = 0, surname = 0, nickname = 0;
  bool compound = false;  // "del carmen", behind a given name
  bool accented = false;  // the name is written with an accent
  bool ordinary = false;  // an ordinary word: its capital says nothing
  NameGuard guard = NameGuard::kNone;
  std::uint32_t roles = 0;

  [[nodiscard]] bool first() const noexcept { return given != 0 || nickname != 0; }
  [[nodiscard]] bool name() const noexcept { return first() || surname != 0; }
};

class NameTable {
 public:
  // Reads the files of <bundle_dir>/privacy/names. kNotFound, kInvalidData (file and line).
  static Result<NameTable> load(const std::string& bundle_dir);

  // The record of a folded word, or of words joined by one blank; nullptr when the lists do not have it.
  [[nodiscard]] const NameRecord* find(std::string_view folded) const noexcept;
  [[nodiscard]] std::size_t size() const noexcept { return records_.size(); }
  // Bytes held.
  [[nodiscard]] std::size_t memory() const noexcept;

 private:
  [[nodiscard]] std::string_view key(std::size_t index) const noexcept {
    return std::string_view(pool_).substr(begins_[index], begins_[index + 1] - begins_[index]);
  }
  std::string pool_;                   // the keys, sorted, one behind the other
  std::vector<std::uint32_t> begins_;  // of each key, and the pool's end
  std::vector<NameRecord> records_;    // of each key
  struct Slot {
    std::uint32_t hash = 0, entry = 0;  // entry: index + 1, or 0
  };
  std::vector<Slot> slots_;            // open addressing
};

// Appends the letters of a lower-case NFC word without accents; ñ, ç and the middle dot stay. The key form of the table.
void append_folded_name(std::string_view lower, std::string& out);

}  // namespace tertulia

#endif  // TERTULIA_SRC_PRIVACY_PERSON_NAMES_H_
