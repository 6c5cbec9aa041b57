// Person names: given names, surnames, pet names, initials and inverted order, in any case, of people of anywhere.
// Method: a learnt tagger decides word by word (privacy/person_tagger) over what the lists of models/privacy/names, the letters
// and the words around say (privacy/person_features). Test: tests/privacy/person_name_test.cc.
#include <algorithm>
#include <memory>
#include <numeric>
#include <utility>

#include "privacy/person_features.h"
#include "privacy/person_names.h"
#include "privacy/person_tagger.h"
#include "privacy/person_words.h"
#include "privacy/recognizer_table.h"

namespace tertulia {
namespace {

constexpr std::size_t kShortAnswer = 5;      // words of an answer to "¿su nombre?"
constexpr float kAskedFor = 2.5f;            // logits that the question adds to each word of such an answer
constexpr float kParticipant = 4.0f;         // that a word gains by standing in a sender's name
constexpr float kSeen = 2.0f;                // and by standing in another name of the same text
constexpr double kSure = 0.8;                // a name that others may gain from
constexpr std::size_t kLeastLetters = 3;     // of a word that may gain
constexpr std::size_t kMostReasons = 4;
constexpr std::uint32_t kShownCues = kRoleNamed | kRoleIntro | kRoleSoy | kRoleTitle | kRoleKin | kRoleGreet | kRoleSign;

// A word of the lists of cues may be shown; no other word may, since it could be anybody's.
std::string cue_before(const NameWords& words, std::size_t first) {
  if (first == 0) return {};
  const NameRecord* record = words.words[first - 1].record;
  if (record == nullptr || record->name() || (record->roles & kShownCues) == 0) return "context before";
  return "cue: " + std::string(words.key(first - 1));
}

std::vector<std::string> reasons(const NameWords& words, const NameRun& run) {
  bool given = false, pet = false, surname = false, inverted = false, capital = false;
  for (std::size_t i = run.first; i <= run.last; ++i) {
    const NameRecord* record = words.words[i].record;
    given = given || (record != nullptr && record->given != 0);
    pet = pet || (record != nullptr && record->given == 0 && record->nickname != 0);
    surname = surname || (record != nullptr && record->surname != 0);
    inverted = inverted || (i > run.first && words.words[i].gap == WordGap::kComma);
    capital = capital || words.capital(i);
  }
  std::vector<std::size_t> order(run.evidence.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return run.evidence[a] > run.evidence[b]; });
  std::vector<std::string> out;
  const auto add = [&out](std::string reason) {
    if (!reason.empty() && out.size() < kMostReasons && std::find(out.begin(), out.end(), reason) == out.end()) out.push_back(std::move(reason));
  };
  for (const std::size_t i : order) {
    if (run.evidence[i] <= 0) break;
    switch (static_cast<NameEvidence>(i)) {
      case NameEvidence::kLists:
        if (given) add("given name");
        if (pet) add("pet name");
        if (surname) add("surname");
        break;
      case NameEvidence::kLetters: add(capital ? "capital" : ""); break;
      case NameEvidence::kBefore: add(cue_before(words, run.first)); break;
      case NameEvidence::kAfter: add("context behind"); break;
      case NameEvidence::kWord: add(given || pet || surname ? "" : "form of the word"); break;
      default: break;
    }
  }
  if (inverted) add("surnames, given name");
  return out;
}

class PersonName final : public Recognizer {
 public:
  PersonName(NameTable table, NameTagger tagger) : table_(std::move(table)), tagger_(std::move(tagger)) {}

  void find(const Document& document, const RecognizerContext& context, std::vector<Entity>& found) const override {
    const NameWords words = name_words(document, table_);
    const NameFeatureReader features(words, table_);
    const bool asked = context.expected_type == "PERSON" && words.words.size() <= kShortAnswer;
    const std::vector<std::string> participants = names_of(context.participants);
    std::vector<float> prior;
    if (asked || !participants.empty()) {
      for (std::size_t i = 0; i < words.words.size(); ++i)
        prior.push_back(std::binary_search(participants.begin(), participants.end(), words.key(i), std::less<>()) ? kParticipant : asked ? kAskedFor : 0.0f);
    }
    std::vector<NameRun> runs = tagger_.tag(words, features, prior);
    if (add_seen(words, features, runs, &prior)) runs = tagger_.tag(words, features, prior);
    for (const NameRun& run : runs) {
      Entity entity;
      entity.type = "PERSON";
      entity.span = {words.words[run.first].span.begin, words.words[run.last].span.end};
      // "Lucía M.": the dot is the initial's.
      if (words.words[run.last].letters == WordCase::kInitial && words.words[run.last].dotted) ++entity.span.end;
      entity.score = run.score;
      entity.recognizer = "person_name";
      entity.why = reasons(words, run);
      if (asked) entity.why.emplace_back("asked for");
      else if (!prior.empty() && prior[run.first] >= kParticipant) entity.why.emplace_back("participant");
      else if (!prior.empty() && prior[run.first] > 0) entity.why.emplace_back("named before");
      found.push_back(std::move(entity));
    }
  }

 private:
  // Folded words of senders' names; particles and "la" among them are no names.
  [[nodiscard]] std::vector<std::string> names_of(const std::vector<std::string>& participants) const {
    std::vector<std::string> out;
    for (const std::string& name : participants) {
      std::string key;
      append_folded_name(name, key);
      const NameRecord* record = table_.find(key);
      if (key.size() >= kLeastLetters && (record == nullptr || record->name() || record->roles == 0)) out.push_back(std::move(key));
    }
    std::sort(out.begin(), out.end());
    return out;
  }

  // A name said once is known throughout the text: its other mentions gain. False when there is none.
  // "Calle Ana Orantes" gains nothing.
  static bool add_seen(const NameWords& words, const NameFeatureReader& features, const std::vector<NameRun>& runs, std::vector<float>* prior) {
    std::vector<std::string_view> seen;
    std::vector<bool> taken(words.words.size(), false);
    for (const NameRun& run : runs) {
      for (std::size_t i = run.first; i <= run.last; ++i) {
        taken[i] = true;
        const NameRecord* record = words.words[i].record;
        const bool nameless = record != nullptr && (record->guard == NameGuard::kFunction || (!record->name() && (record->ordinary || record->roles != 0)));
        if (run.score >= kSure && words.key(i).size() >= kLeastLetters && !nameless) seen.push_back(words.key(i));
      }
    }
    std::sort(seen.begin(), seen.end());
    bool any = false;
    for (std::size_t i = 0; i < words.words.size(); ++i) {
      if (taken[i] || !words.words[i].word || !std::binary_search(seen.begin(), seen.end(), words.key(i))) continue;
      if (i > 0 && (features.roles_ending(i - 1) & (kRoleGuard | kRoleGuardOf | kRoleSaint)) != 0) continue;
      if (prior->empty()) prior->resize(words.words.size(), 0.0f);
      (*prior)[i] += kSeen;
      any = true;
    }
    return any;
  }

  NameTable table_;
  NameTagger tagger_;
};

Result<std::unique_ptr<Recognizer>> make(const std::string& bundle_dir) {
  Result<NameTable> table = NameTable::load(bundle_dir);
  if (!table.ok()) return table.status();
  Result<NameTagger> tagger = NameTagger::load(bundle_dir + "/privacy/person_names.bin");
  if (!tagger.ok()) return tagger.status();
  return std::unique_ptr<Recognizer>(std::make_unique<PersonName>(std::move(table).value(), std::move(tagger).value()));
}

constexpr const char* kExamples[] = {
    "soy «maria jose», la de la hipoteca",
    "Hola, me llamo «Zbigniew Kowalczyk»",
    "Titular: «GARCIA PEREZ, ANTONIO»",
    "mi cuñado «paco» dice que sí",
    "Un saludo,\n«Ana de la Fuente»",
    nullptr};

constexpr const char* kCounterExamples[] = {
    "vivo en la calle Alfonso X el Sabio",
    "nos vemos el domingo en Santiago de Compostela",
    "me he comprado un mercedes de segunda mano",
    "la luz y el sol de abril",
    "Talleres Martínez me arregló el coche",
    nullptr};

}  // namespace

extern const RecognizerEntry person_name_entry;
const RecognizerEntry person_name_entry = {"person_name", "PERSON", make, kExamples, kCounterExamples};

}  // namespace tertulia
