// Person names: given names, surnames, pet names, initials and inverted order, in any case.
// Method: runs of listed or cued words (privacy/person_runs) get features from their lists, letters and surroundings, and a linear
// score decides (privacy/person_score). A second pass uses the names that the first one was sure of, so that a name said once is
// known throughout. Lists and weights: models/privacy/names. Test: tests/privacy/person_name_test.cc.
#include <algorithm>
#include <memory>
#include <utility>

#include "privacy/person_names.h"
#include "privacy/person_runs.h"
#include "privacy/person_score.h"
#include "privacy/person_words.h"
#include "privacy/recognizer_table.h"

namespace tertulia {
namespace {

constexpr double kThreshold = 0.5, kSure = 0.8;
constexpr std::size_t kShortAnswer = 5;  // words of an answer to "¿su nombre?"

struct Candidate {
  NameRun run;
  NameFeatures features;
  double score = 0;
};

// One document under examination.
class Examination {
 public:
  Examination(const NameWords& words, const NameTable& table, const NameScorer& scorer, const std::vector<std::string>& participants,
              const std::vector<std::string>& known, const std::vector<std::string>& seen, bool expected)
      : words_(words), scorer_(scorer), participants_(participants), seen_(seen), runs_(words, table, known), expected_(expected) {}

  std::vector<Candidate> run() const {
    std::vector<Candidate> found;
    for (std::size_t i = 0; i < words_.words.size();) {
      Candidate candidate;
      // Only names, capitals that nobody knows and whatever follows a strong cue can start one.
      const bool open = runs_.name(i) || runs_.initial(i) || runs_.unknown(i);
      const std::uint32_t cues = open ? cues_before(i) : 0;
      const bool any = open && (cues & (kRoleNamed | kRoleTitle | kRoleSoy | kRoleKin | kRoleGreet | kRoleIntro | kRoleSign)) != 0 &&
                       (runs_.unknown_capital(i) || (cues & kRoleNamed) != 0 || runs_.name(i));
      const bool answer = expected_ && words_.words.size() <= kShortAnswer && open;
      if (!runs_.form(i, any || answer, &candidate.run)) {
        ++i;
        continue;
      }
      const bool beside = !found.empty() && joined(found.back().run.last, i);
      describe(cues, beside, candidate);
      candidate.score = scorer_.score(candidate.features);
      // A doubtful first word may have spoilt a good rest; a street or a shop spoils all of it.
      if (candidate.score < kThreshold) {
        i = candidate.features.has(NameFeature::kNearPlaceOrCompany) || candidate.features.has(NameFeature::kSaint) ||
                    candidate.features.has(NameFeature::kCompanyAfter) || candidate.features.has(NameFeature::kStop)
                ? candidate.run.last + 1
                : i + 1;
        continue;
      }
      i = candidate.run.last + 1;
      found.push_back(std::move(candidate));
    }
    return found;
  }

 private:
  // Roles that reach word i over what stands between it and the words before.
  std::uint32_t reach(std::size_t i) const {
    if (i == 0 || !words_.words[i - 1].word) return 0;
    std::uint32_t mask = 0;
    switch (words_.words[i].gap) {
      case WordGap::kSpace: case WordGap::kGlued: mask = ~0u; break;
      case WordGap::kDot: mask = kRoleTitle | kRoleGuard | kRoleGuardOf | kRoleIntro | kRoleSaint | kRoleRank | kRoleSign; break;
      case WordGap::kComma: mask = kRoleGreet | kRoleKin | kRoleSign | kRoleIntro; break;
      case WordGap::kColon: mask = kRoleIntro | kRoleNamed | kRoleSign | kRoleKin | kRoleTitle; break;
      case WordGap::kSlash: mask = kRoleGuard | kRoleGuardOf; break;
      case WordGap::kLine: mask = kRoleSign; break;
      case WordGap::kOther: mask = kRoleSign | kRoleGuard; break;
      case WordGap::kStart: return 0;
    }
    const std::uint32_t title = words_.words[i].gap == WordGap::kDot && words_.key(i - 1) == "d" ? kRoleTitle : 0u;
    return (runs_.roles_ending(i - 1) & mask) | title;
  }

  // Cues before word i, also over an article or a title ("soy la Juani", "mi jefe don Luis").
  std::uint32_t cues_before(std::size_t i) const {
    std::uint32_t roles = reach(i);
    std::size_t at = i;
    std::uint32_t step = roles;
    for (int steps = 0; steps < 2 && at > 0; ++steps) {
      // Catalan "soc en Pau"; but "el notario en Triana" is Spanish and no title.
      const bool personal = words_.words[at].gap == WordGap::kSpace && (words_.key(at - 1) == "en" || words_.key(at - 1) == "na");
      if ((step & (kRoleArticle | kRoleTitle)) == 0 && !personal) break;
      --at;
      step = reach(at);
      roles |= step & (kRoleNamed | kRoleIntro | kRoleSoy | kRoleKin | kRoleGreet | kRoleSign | (personal ? 0u : std::uint32_t{kRoleTitle}));
    }
    return roles;
  }

  // A street, shop, school … is named before word i, over particles and ranks.
  bool place_before(std::size_t i) const {
    std::uint32_t roles = reach(i);
    if ((roles & (kRoleGuard | kRoleGuardOf)) != 0) return true;
    if ((roles & kRoleGuardCapital) != 0 && (words_.capital(i - 1) || (i > 1 && words_.capital(i - 2)))) return true;
    bool over_particle = false, over_of = false;
    for (int steps = 0; steps < 4 && i > 0; ++steps) {
      const std::string_view key = words_.key(i - 1);
      const bool particle = key == "de" || key == "del" || key == "la" || key == "el" || key == "los" || key == "las" || key == "d" ||
                            key == "l" || key == "dels" || key == "do" || key == "da";
      if (!particle && (roles & kRoleRank) == 0) return false;
      // "la de Ana" is no place, "de la" is.
      const bool article = key == "la" || key == "el" || key == "los" || key == "las";
      if (article && over_of) return false;
      over_of = over_of || key == "de" || key == "del";
      if (words_.words[i].gap != WordGap::kSpace && words_.words[i].gap != WordGap::kDot) return false;
      over_particle = over_particle || particle;
      --i;
      roles = reach(i);
      if ((roles & kRoleGuardOf) != 0 || (!over_particle && (roles & kRoleGuard) != 0)) return true;
    }
    return false;
  }

  bool joined(std::size_t last, std::size_t next) const {
    if (next != last + 2 || words_.words[next].gap != WordGap::kSpace || words_.words[next - 1].gap != WordGap::kSpace) return false;
    const NameRecord* record = words_.words[next - 1].record;
    return record != nullptr && (record->roles & kRoleAnd) != 0;
  }

  bool listed(const std::vector<std::string>& list, std::size_t i) const {
    return std::binary_search(list.begin(), list.end(), words_.key(i), std::less<>());
  }

  NameFeature evidence(std::size_t i) const {
    const NameRecord& record = *words_.words[i].record;
    const bool given = record.given != 0, first = record.first();
    switch (runs_.guard(i)) {
      case NameGuard::kNone:
        if (given) return record.given > 1 ? NameFeature::kGivenCommon : NameFeature::kGivenRare;
        if (first) return record.nickname > 2 ? NameFeature::kNickCommon : NameFeature::kNickRare;
        return record.surname > 1 ? NameFeature::kSurnameCommon : NameFeature::kSurnameRare;
      case NameGuard::kMild: return first ? NameFeature::kGivenMild : NameFeature::kSurnameMild;
      case NameGuard::kWord: return first ? NameFeature::kGivenWord : NameFeature::kSurnameWord;
      case NameGuard::kAdjective: return first ? NameFeature::kGivenAdjective : NameFeature::kSurnameAdjective;
      case NameGuard::kPlace: return first ? NameFeature::kGivenPlace : NameFeature::kSurnamePlace;
      case NameGuard::kMonth: return first ? NameFeature::kGivenMonth : NameFeature::kSurnameMonth;
      case NameGuard::kBrand: return first ? NameFeature::kGivenBrand : NameFeature::kSurnameBrand;
      default: return first ? NameFeature::kGivenFunction : NameFeature::kSurnameFunction;
    }
  }

  void describe(std::uint32_t cues, bool beside, Candidate& candidate) const {
    NameFeatures& features = candidate.features;
    const std::size_t first = candidate.run.first, last = candidate.run.last;
    bool any_first = false, any_surname = false, clear = false, capital_mid = false, capital = false, unknown = false, seen = false;
    std::size_t firsts = 0, surnames = 0;
    NameGuard least = NameGuard::kFunction;
    NameFeature best = NameFeature::kUnknown;
    double best_weight = -1e9;
    for (std::size_t i = first; i <= last; ++i) {
      if (words_.capital(i)) {
        capital = true;
        capital_mid = capital_mid || !words_.words[i].starts;
      }
      if (runs_.initial(i)) features.add(NameFeature::kInitials);
      if (listed(participants_, i)) features.add(NameFeature::kParticipant);
      seen = seen || listed(seen_, i);
      if (!(words_.words[i].record != nullptr && words_.words[i].record->name())) {
        unknown = unknown || (runs_.unknown(i) && words_.key(i).size() > 2);
        continue;
      }
      const NameFeature feature = evidence(i);
      NameFeatures single;
      single.add(feature);
      const double weight = scorer_.score(single);
      if (weight > best_weight) {
        best_weight = weight;
        best = feature;
      }
      least = std::min(least, runs_.guard(i));
      clear = clear || runs_.guard(i) <= NameGuard::kMild;
      const bool is_first = runs_.first_name(i) && (surnames == 0 || candidate.run.inverted) && (firsts == 0 || !runs_.surname(i));
      firsts += is_first ? 1 : 0;
      surnames += is_first ? 0 : 1;
    }
    any_first = firsts != 0;
    any_surname = surnames != 0 || (unknown && any_first);
    const bool nothing = firsts + surnames == 0;
    features.add(best);
    if (nothing && !capital) features.add(NameFeature::kUnknownLower);
    const bool guarded = !nothing && !clear;
    if (seen) features.add(guarded ? NameFeature::kSeenGuarded : NameFeature::kSeen);
    if (any_first && any_surname)
      features.add(clear ? NameFeature::kGivenSurname : capital ? NameFeature::kGuardedPairCapital : NameFeature::kGuardedPairLower);
    else if (firsts > 1)
      features.add(NameFeature::kGivenGiven);
    else if (surnames > 1)
      features.add(NameFeature::kSurnameSurname);
    if (unknown && surnames != 0 && firsts == 0) features.add(NameFeature::kSurnameSurname);
    if (candidate.run.inverted) features.add(NameFeature::kInverted);
    if (capital) {
      const bool no_case = guarded && least >= NameGuard::kPlace;
      if (capital_mid)
        features.add(no_case ? NameFeature::kCapitalMidPlace : guarded ? NameFeature::kCapitalMidGuarded : NameFeature::kCapitalMid);
      else
        features.add(guarded ? NameFeature::kCapitalStartGuarded : NameFeature::kCapitalStart);
    } else if (guarded) {
      features.add(NameFeature::kLowerGuarded);
    } else if (least == NameGuard::kMild) {
      features.add(NameFeature::kLowerMild);
    }
    surroundings(cues, guarded, nothing, any_first, least, candidate);
    const bool coming = last + 2 < words_.words.size() && joined(last, last + 2) && runs_.first_name(last + 2) &&
                        runs_.guard(last + 2) == NameGuard::kNone;
    if ((beside || coming) && any_first && least != NameGuard::kFunction)
      features.add(guarded ? NameFeature::kBesideNameGuarded : NameFeature::kBesideName);
  }

  void surroundings(std::uint32_t cues, bool guarded, bool nothing, bool any_first, NameGuard least, Candidate& candidate) const {
    NameFeatures& features = candidate.features;
    const std::size_t first = candidate.run.first, last = candidate.run.last;
    const bool several = last > first;
    // A guarded word gains by a cue only as a given name; "soy rubio", "mi hija mayor" say nothing.
    const bool open = !guarded || ((any_first || several) && least != NameGuard::kFunction);
    if ((cues & kRoleNamed) != 0) features.add(NameFeature::kCueNamed);
    if ((cues & kRoleIntro) != 0 && (open || words_.capital(first)))
      features.add(nothing ? NameFeature::kCueIntroUnknown : guarded ? NameFeature::kCueIntroGuarded : NameFeature::kCueIntro);
    if ((cues & kRoleSoy) != 0)
      features.add(!guarded ? NameFeature::kCueSoy
                   : open && least != NameGuard::kAdjective && least != NameGuard::kMonth ? NameFeature::kCueSoyGuarded
                                                                                         : NameFeature::kCueSoyAdjective);
    if ((cues & kRoleTitle) != 0) features.add(guarded ? NameFeature::kCueTitleGuarded : NameFeature::kCueTitle);
    if ((cues & kRoleKin) != 0 && open && (!nothing || words_.words[first].gap == WordGap::kSpace))
      features.add(nothing ? NameFeature::kCueKinUnknown : guarded ? NameFeature::kCueKinGuarded : NameFeature::kCueKin);
    const bool line_end = words_.line_ends[last] != 0;
    if ((cues & kRoleGreet) != 0 && open && !line_starts(first))
      features.add(nothing ? NameFeature::kCueGreetUnknown : guarded ? NameFeature::kCueGreetGuarded : NameFeature::kCueGreet);
    if ((cues & kRoleSign) != 0 && line_end && words_.words[first].gap >= WordGap::kDot) features.add(NameFeature::kCueSign);
    const std::uint32_t direct = reach(first);
    // "la luna", "el pilar": an article speaks for the word, unless it has a capital ("la Neus").
    const bool doubtful = guarded || (least == NameGuard::kMild && !several && !words_.capital(first));
    if ((direct & kRolePrep) != 0) features.add(doubtful ? NameFeature::kCuePrepGuarded : NameFeature::kCuePrep);
    if ((direct & kRoleArticle) != 0)
      features.add(!doubtful                    ? NameFeature::kArticle
                   : words_.capital(first) && any_first ? NameFeature::kArticleCapital
                                                : NameFeature::kArticleGuarded);
    if (words_.words[last].possessive) features.add(NameFeature::kPossessive);
    const bool more = last + 1 < words_.words.size();
    const WordGap behind = more ? words_.words[last + 1].gap : WordGap::kStart;
    const std::uint32_t after = runs_.roles_starting(last + 1);
    if (more && behind == WordGap::kSpace && (after & kRoleSay) != 0)
      features.add(guarded ? NameFeature::kAfterSayGuarded : NameFeature::kAfterSay);
    // "Pérez SA", "Ruiz, S.L."; but "na Neus, sa meva dona".
    const bool firm = more && (words_.upper_text || words_.capital(last + 1) || words_.words[last + 1].dotted ||
                               (behind == WordGap::kSpace && words_.key(last + 1) != "sa" && words_.key(last + 1) != "cb"));
    if (firm && (behind == WordGap::kSpace || behind == WordGap::kComma) && (after & kRoleCompany) != 0)
      features.add(NameFeature::kCompanyAfter);
    const WordGap before = words_.words[first].gap;
    const bool opened = before == WordGap::kComma || before >= WordGap::kOther, closed = line_end || (more && behind >= WordGap::kComma);
    if (opened && closed && (before == WordGap::kComma || behind == WordGap::kComma) && (!guarded || (any_first && words_.capital(first))))
      features.add(guarded ? NameFeature::kVocativeGuarded : NameFeature::kVocative);
    if (expected_ && words_.words.size() <= kShortAnswer) features.add(NameFeature::kExpected);
    if (place_before(first)) features.add(NameFeature::kNearPlaceOrCompany);
    if ((direct & kRoleIn) != 0 && !several && (words_.capital(first) || guarded)) features.add(NameFeature::kInPlace);
    if ((direct & kRoleSaint) != 0) features.add(NameFeature::kSaint);
    if (least == NameGuard::kBrand && near_car(first, last)) features.add(NameFeature::kCar);
    if (stopped(first, last)) features.add(NameFeature::kStop);
  }

  bool line_starts(std::size_t i) const { return words_.words[i].gap == WordGap::kLine; }

  bool near_car(std::size_t first, std::size_t last) const {
    const std::size_t begin = first < 4 ? 0 : first - 4, end = std::min(words_.words.size(), last + 6);
    for (std::size_t i = begin; i < end; ++i) {
      const NameRecord* record = words_.words[i].record;
      if (record != nullptr && (record->roles & kRoleCar) != 0) return true;
    }
    return false;
  }

  bool stopped(std::size_t first, std::size_t last) const {
    std::uint32_t roles = runs_.roles_starting(first) | runs_.roles_starting(last);
    if (first > 0 && words_.words[first].gap == WordGap::kSpace) roles |= runs_.roles_starting(first - 1);
    if (last > first) roles |= runs_.roles_ending(last);
    return (roles & kRoleStop) != 0;
  }

  const NameWords& words_;
  const NameScorer& scorer_;
  const std::vector<std::string>& participants_;
  const std::vector<std::string>& seen_;
  NameRuns runs_;
  bool expected_;
};

std::vector<std::string> sorted(std::vector<std::string> words) {
  std::sort(words.begin(), words.end());
  words.erase(std::unique(words.begin(), words.end()), words.end());
  return words;
}

class PersonName final : public Recognizer {
 public:
  PersonName(NameTable table, NameScorer scorer) : table_(std::move(table)), scorer_(std::move(scorer)) {}

  void find(const Document& document, const RecognizerContext& context, std::vector<Entity>& found) const override;

 private:
  NameTable table_;
  NameScorer scorer_;
};

void PersonName::find(const Document& document, const RecognizerContext& context, std::vector<Entity>& found) const {
  const NameWords words = name_words(document, table_);
  const bool expected = context.expected_type == "PERSON";
  if (!words.any_name && context.participants.empty() && !expected) return;
  std::vector<std::string> participants;
  for (const std::string& name : context.participants) {
    std::string key;
    append_folded_name(name, key);
    const NameRecord* record = table_.find(key);
    // Particles and "la" of a sender field are no names.
    if (key.size() > 2 && (record == nullptr || record->name() || record->roles == 0)) participants.push_back(std::move(key));
  }
  participants = sorted(std::move(participants));
  std::vector<Candidate> candidates = Examination(words, table_, scorer_, participants, participants, {}, expected).run();

  std::vector<std::string> seen;
  bool news = false;
  for (const Candidate& candidate : candidates) {
    const bool cued = candidate.features.has(NameFeature::kCueNamed) || candidate.features.has(NameFeature::kCueSoyGuarded) ||
                      candidate.features.has(NameFeature::kCueKinGuarded) || candidate.features.has(NameFeature::kCueTitleGuarded);
    if (candidate.score < kSure && !cued) continue;
    for (std::size_t i = candidate.run.first; i <= candidate.run.last; ++i) {
      const NameRecord* record = words.words[i].record;
      if (words.key(i).size() < 3 || (record != nullptr && (record->guard == NameGuard::kFunction || !record->name()))) continue;
      seen.emplace_back(words.key(i));
      news = news || record == nullptr || record->guard != NameGuard::kNone;
    }
  }
  if (news) {
    seen = sorted(std::move(seen));
    std::vector<std::string> known = participants;
    known.insert(known.end(), seen.begin(), seen.end());
    known = sorted(std::move(known));
    candidates = Examination(words, table_, scorer_, participants, known, seen, expected).run();
  }
  for (const Candidate& candidate : candidates) {
    Entity entity;
    entity.type = "PERSON";
    entity.span = {words.words[candidate.run.first].span.begin, words.words[candidate.run.last].span.end};
    entity.score = candidate.score;
    entity.recognizer = "person_name";
    entity.why = scorer_.why(candidate.features);
    found.push_back(std::move(entity));
  }
}

Result<std::unique_ptr<Recognizer>> make(const std::string& bundle_dir) {
  Result<NameTable> table = NameTable::load(bundle_dir);
  if (!table.ok()) return table.status();
  Result<NameScorer> scorer = NameScorer::load(bundle_dir + "/privacy/names/scoring.tsv");
  if (!scorer.ok()) return scorer.status();
  return std::unique_ptr<Recognizer>(std::make_unique<PersonName>(std::move(table).value(), std::move(scorer).value()));
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
