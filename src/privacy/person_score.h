// What speaks for and against a run of words being a person, and the decision: a sum of weights through the logistic curve.
//
// The features are names and no more; their weights stand in models/privacy/names/scoring.tsv, so that a trained file can take
// the place of the one set by hand.
#ifndef TERTULIA_SRC_PRIVACY_PERSON_SCORE_H_
#define TERTULIA_SRC_PRIVACY_PERSON_SCORE_H_

#include <array>
#include <bitset>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "tertulia/status.h"

namespace tertulia {

// id in scoring.tsv, reason shown in Entity::why ("" when it is not shown).
#define TERTULIA_NAME_FEATURES(X) \
  X(kBias, "bias", "") \
  X(kGivenCommon, "given.common", "given name") X(kGivenRare, "given.rare", "given name") \
  X(kNickCommon, "nick.common", "pet name") X(kNickRare, "nick.rare", "pet name") \
  X(kSurnameCommon, "surname.common", "surname") X(kSurnameRare, "surname.rare", "surname") \
  X(kGivenMild, "given.mild", "given name") X(kGivenWord, "given.word", "given name, also a word") \
  X(kGivenAdjective, "given.adjective", "given name, also a word") X(kGivenPlace, "given.place", "given name, also a place") \
  X(kGivenMonth, "given.month", "given name, also a date word") X(kGivenBrand, "given.brand", "given name, also a brand") \
  X(kGivenFunction, "given.function", "given name, also a word") \
  X(kSurnameMild, "surname.mild", "surname") X(kSurnameWord, "surname.word", "surname, also a word") \
  X(kSurnameAdjective, "surname.adjective", "surname, also a word") X(kSurnamePlace, "surname.place", "surname, also a place") \
  X(kSurnameMonth, "surname.month", "surname, also a date word") X(kSurnameBrand, "surname.brand", "surname, also a brand") \
  X(kSurnameFunction, "surname.function", "surname, also a word") \
  X(kUnknown, "unknown", "unknown word") X(kUnknownLower, "unknown.lower", "") \
  X(kGivenSurname, "pair.given_surname", "given name and surname") \
  X(kGuardedPairCapital, "pair.guarded.capital", "given name and surname") X(kGuardedPairLower, "pair.guarded.lower", "") \
  X(kGivenGiven, "pair.given_given", "compound given name") X(kSurnameSurname, "pair.surname_surname", "two surnames") \
  X(kInitials, "initials", "initial") X(kInverted, "inverted", "surnames, given name") \
  X(kCapitalMid, "capital.mid", "capital") X(kCapitalStart, "capital.start", "") \
  X(kCapitalMidGuarded, "capital.mid.guarded", "capital") X(kCapitalStartGuarded, "capital.start.guarded", "") \
  X(kCapitalMidPlace, "capital.mid.place", "") X(kLowerMild, "lower.mild", "") X(kLowerGuarded, "lower.guarded", "") \
  X(kCueNamed, "cue.named", "cue: me llamo") X(kCueIntro, "cue.intro", "cue: a nombre de") X(kCueIntroGuarded, "cue.intro.guarded", "cue: a nombre de") \
  X(kCueSoy, "cue.soy", "cue: soy") X(kCueSoyGuarded, "cue.soy.guarded", "cue: soy") X(kCueSoyAdjective, "cue.soy.adjective", "") \
  X(kCueTitle, "cue.title", "cue: title") X(kCueTitleGuarded, "cue.title.guarded", "cue: title") \
  X(kCueKin, "cue.kin", "cue: relation") X(kCueKinGuarded, "cue.kin.guarded", "cue: relation") X(kCueKinUnknown, "cue.kin.unknown", "cue: relation") \
  X(kCueGreet, "cue.greet", "cue: greeting") X(kCueGreetGuarded, "cue.greet.guarded", "cue: greeting") X(kCueGreetUnknown, "cue.greet.unknown", "") \
  X(kCueIntroUnknown, "cue.intro.unknown", "") \
  X(kCueSign, "cue.sign", "signature") X(kCuePrep, "cue.prep", "") X(kCuePrepGuarded, "cue.prep.guarded", "") \
  X(kArticle, "article", "") X(kArticleGuarded, "article.guarded", "") X(kArticleCapital, "article.capital", "") \
  X(kAfterSay, "after.say", "verb behind") X(kAfterSayGuarded, "after.say.guarded", "verb behind") \
  X(kVocative, "vocative", "vocative") X(kVocativeGuarded, "vocative.guarded", "vocative") X(kPossessive, "possessive", "") \
  X(kBesideName, "beside.name", "beside a name") X(kBesideNameGuarded, "beside.name.guarded", "beside a name") \
  X(kParticipant, "participant", "participant") X(kSeen, "seen", "named before") X(kSeenGuarded, "seen.guarded", "named before") X(kExpected, "expected", "asked for") \
  X(kNearPlaceOrCompany, "guard.before", "") X(kSaint, "guard.saint", "") X(kCompanyAfter, "guard.company", "") \
  X(kCar, "guard.car", "") X(kInPlace, "guard.in", "") X(kStop, "guard.stop", "")

enum class NameFeature : std::uint8_t {
#define X(id, name, why) id,
  TERTULIA_NAME_FEATURES(X)
#undef X
};

inline constexpr std::size_t kNameFeatures = 0
#define X(id, name, why) +1
    TERTULIA_NAME_FEATURES(X)
#undef X
    ;

class NameFeatures {
 public:
  void add(NameFeature feature) noexcept { set_.set(static_cast<std::size_t>(feature)); }
  [[nodiscard]] bool has(NameFeature feature) const noexcept { return set_.test(static_cast<std::size_t>(feature)); }
  [[nodiscard]] bool has(std::size_t feature) const noexcept { return set_.test(feature); }

 private:
  std::bitset<kNameFeatures> set_;
};

class NameScorer {
 public:
  // scoring.tsv: every feature once, with its weight. kNotFound, kInvalidData (file and line).
  static Result<NameScorer> load(const std::string& path);
  // 0…1.
  [[nodiscard]] double score(const NameFeatures& features) const noexcept;
  // Reasons of the features that spoke for it, strongest first, at most four.
  [[nodiscard]] std::vector<std::string> why(const NameFeatures& features) const;

 private:
  std::array<double, kNameFeatures> weights_{};
};

}  // namespace tertulia

#endif  // TERTULIA_SRC_PRIVACY_PERSON_SCORE_H_
