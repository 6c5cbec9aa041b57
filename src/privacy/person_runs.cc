// From words to runs: given names and surnames that stand together, with particles, initials and inverted order.
// Every step looks at a bounded number of words. Test: tests/privacy/person_name_test.cc.
#include "privacy/person_runs.h"

namespace tertulia {
namespace {

constexpr std::size_t kLongestRun = 9;     // words
constexpr std::size_t kLongestPhrase = 4;  // words of a cue

bool particle(const NameRecord* record) noexcept { return record != nullptr && (record->roles & kRoleParticle) != 0; }

}  // namespace

NameGuard NameRuns::guard(std::size_t i) const {
  const NameWord& word = words_.words[i];
  if (word.record == nullptr) return NameGuard::kNone;
  // "iría", "daría": a verb, where the name Iria has no accent.
  if (word.accent && !word.record->accented && word.letters == WordCase::kLower && word.record->first()) return NameGuard::kFunction;
  if (word.record->guard == NameGuard::kPlain) return word.accent ? NameGuard::kNone : NameGuard::kFunction;
  return word.record->guard;
}

bool NameRuns::unknown(std::size_t i) const {
  const NameWord& word = words_.words[i];
  if (!word.word || word.span.size() < 2) return false;
  const NameRecord* record = word.record;
  return record == nullptr || (!record->name() && !record->ordinary && record->guard == NameGuard::kNone &&
                               (record->roles & ~kRolePhraseEnd) == 0);
}

bool NameRuns::unknown_capital(std::size_t i) const {
  return words_.words[i].letters == WordCase::kTitle && !words_.upper_text && words_.words[i].span.size() > 2 && unknown(i);
}

std::string NameRuns::phrase(std::size_t first, std::size_t count) const {
  std::string text(words_.key(first));
  for (std::size_t i = first + 1; i < first + count; ++i) {
    const WordGap gap = words_.words[i].gap;
    if (gap != WordGap::kSpace && gap != WordGap::kDot && gap != WordGap::kGlued) return {};
    const bool glued = gap == WordGap::kDot && words_.words[i].span.begin == words_.words[i - 1].span.end + 1;
    text += glued ? '.' : ' ';
    text += words_.key(i);
  }
  return text;
}

std::uint32_t NameRuns::roles_ending(std::size_t i) const {
  const NameRecord* record = words_.words[i].record;
  if (record == nullptr) return 0;
  std::uint32_t roles = record->roles & ~kRolePhraseEnd;
  if ((record->roles & kRolePhraseEnd) == 0) return roles;
  for (std::size_t count = 2; count <= kLongestPhrase && count <= i + 1; ++count) {
    if (words_.words[i + 2 - count].gap != WordGap::kSpace) break;
    record = table_.find(phrase(i + 1 - count, count));
    if (record != nullptr) roles |= record->roles;
  }
  return roles;
}

std::uint32_t NameRuns::roles_starting(std::size_t i) const {
  if (i >= words_.words.size()) return 0;
  const NameRecord* record = words_.words[i].record;
  std::uint32_t roles = record == nullptr ? 0 : record->roles;
  for (std::size_t count = 2; count <= 3 && i + count <= words_.words.size(); ++count) {
    record = table_.find(phrase(i, count));
    if (record != nullptr) roles |= record->roles;
  }
  return roles;
}

bool NameRuns::adjacent(std::size_t i) const {
  if (i >= words_.words.size() || !words_.words[i].word) return false;
  const WordGap gap = words_.words[i].gap;
  return gap == WordGap::kSpace || (gap == WordGap::kGlued && words_.key(i) == "ª") ||
         (gap == WordGap::kDot && words_.words[i - 1].letters == WordCase::kInitial) ||
         (gap == WordGap::kDot && words_.key(i - 1) == "mª");
}

bool NameRuns::may_start(std::size_t i, bool any) const {
  const NameWord& word = words_.words[i];
  if (!word.word) return false;
  if (known(i)) return true;
  const bool next = adjacent(i + 1);
  if (word.record != nullptr && word.record->name()) {
    // "don Julio", "mi tito Curro", "Calle March": the word is at work there.
    constexpr std::uint32_t kAtWork =
        kRoleTitle | kRoleKin | kRoleGreet | kRoleGuard | kRoleGuardOf | kRoleRank | kRoleArticle | kRoleSaint;
    const bool at_work = (word.record->roles & kAtWork) != 0 && next && (name(i + 1) || unknown_capital(i + 1));
    if (guard(i) >= NameGuard::kWord && at_work) return false;
    if (guard(i) != NameGuard::kFunction || any) return true;
    return capital(i) && next && name(i + 1) && capital(i + 1) && guard(i + 1) != NameGuard::kFunction;
  }
  if (initial(i) && words_.key(i) == "d" && next && name(i + 1)) return false;  // "D. Juan"
  if (initial(i)) return next && (initial(i + 1) || (capital(i + 1) && (surname(i + 1) || unknown_capital(i + 1))));
  if (unknown_capital(i))
    return any || (next && surname(i + 1) && words_.words[i + 1].letters == WordCase::kTitle && guard(i + 1) <= NameGuard::kMild &&
                   !word.starts);
  return any && unknown(i) && word.letters == WordCase::kLower;
}

std::size_t NameRuns::particle_surname(std::size_t first, std::size_t last) const {
  std::size_t at = last + 1, taken = 0;
  while (taken < 3 && adjacent(at) && particle(words_.words[at].record)) ++at, ++taken;
  if (taken == 0 || !adjacent(at) || words_.words[at].letters == WordCase::kInitial) return 0;
  const NameRecord* whole = table_.find(phrase(last + 1, taken + 1));
  const bool cased = capital(first) && capital(at);
  if (whole != nullptr && whole->compound && first_name(last)) return taken + 1;
  const std::string_view particle_key = words_.key(last + 1);
  // "Medina del Campo": behind a place it is more of the place.
  if (!first_name(first) && !initial(first) && guard(first) > NameGuard::kMild) return 0;
  const bool only_de = taken == 1 && particle_key == "de";
  if (whole != nullptr && whole->surname != 0 && guard(at) != NameGuard::kPlace &&
      (cased || (!capital(at) && guard(first) == NameGuard::kNone && (!only_de || guard(at) == NameGuard::kNone))) &&
      (!only_de || !first_name(at) || surname(at)))
    return taken + 1;
  if (!cased || particle_key == "la" || particle_key == "los" || particle_key == "las" || particle_key == "al" || particle_key == "les") return 0;
  // "Ana de Castro", "Jan van Persie": a capital surname that is no place and no second person.
  if (particle_key == "van" || particle_key == "von" || particle_key == "der" || particle_key == "da" || particle_key == "do")
    return (surname(at) || unknown_capital(at)) && guard(at) != NameGuard::kFunction ? taken + 1 : 0;
  if (particle_key == "el" || particle_key == "ben" || particle_key == "bin" || particle_key == "ait")
    return capital(last + 1) && (name(at) || unknown_capital(at)) ? taken + 1 : 0;
  return surname(at) && !first_name(at) && guard(at) <= NameGuard::kMild ? taken + 1 : 0;
}

// May word last + 1 be of the same person as [first, last]?
bool NameRuns::joins(std::size_t first, std::size_t last) const {
  const std::size_t next = last + 1;
  if (!adjacent(next)) return false;
  const NameWord& word = words_.words[next];
  if (words_.key(next) == "ª") return word.gap != WordGap::kSpace;
  if (words_.words[last].possessive) return false;
  bool has_surname = false, has_first = false;
  std::size_t surnames = 0;
  for (std::size_t i = first; i <= last; ++i) {
    if (first_name(i) || (initial(i) && i == first)) has_first = true;
    if (i > first && (surname(i) || unknown(i)) && (!first_name(i) || i > first + 1)) ++surnames;
    if (i == first && !first_name(i) && surname(i)) ++surnames;
  }
  has_surname = surnames != 0;
  if (surnames >= 3) return false;
  if (word.letters == WordCase::kInitial && capital(first))
    return (word.dotted || (words_.line_ends[next] != 0 && !name(next))) && words_.words[last].letters != WordCase::kLower;
  if (words_.words[last].letters == WordCase::kInitial) return capital(next) && (name(next) || unknown_capital(next));
  const NameGuard doubt = known(next) ? NameGuard::kNone : guard(next);
  const bool loud = shouted(first) && shouted(next);
  const bool cased = capital(first) && capital(next);
  const NameRecord* const last_record = words_.words[last].record;
  const bool last_compounds = last_record != nullptr && (last_record->roles & kRoleCompounder) != 0;
  if (known(next) && !(word.record != nullptr && word.record->name())) return has_first && surnames < 2 && same_case(first, next);
  if (!name(next)) {
    // "Pedro Unzué": a capital that no list knows; "pedro zubirez" by its ending.
    if (unknown_capital(next)) return cased && has_first && surnames < 2 && words_.words[last].letters == WordCase::kTitle && !word.starts;
    return has_first && !has_surname && !capital(next) && unknown(next) && words_.key(next).size() > 5 && words_.key(next).ends_with("ez");
  }
  if (!same_case(first, next) && !(words_.words[first].starts && !words_.upper_text && !capital(next))) return false;
  const bool as_surname = surname(next) && (has_first || surnames != 0);
  const bool as_first = first_name(next);
  if (doubt == NameGuard::kNone || doubt == NameGuard::kMild) {
    if (as_first && !has_surname && has_first) return as_surname || cased || last_compounds || guard(last) <= NameGuard::kMild;
    if (as_first && !as_surname) return (loud && has_surname && !has_first) || (cased && !has_first && surnames == 2);
    return as_surname;
  }
  const bool backed = adjacent(next + 1) && surname(next + 1) && guard(next + 1) <= NameGuard::kAdjective && same_case(next, next + 1);
  if (as_first && has_first && !has_surname && (last_compounds || cased)) return doubt != NameGuard::kFunction || cased;
  if (!as_surname) return as_first && loud && has_surname && !has_first;
  switch (doubt) {
    case NameGuard::kAdjective: case NameGuard::kPlace: return has_first || cased;
    case NameGuard::kWord: return (cased && !words_.upper_text) || loud || backed || (has_surname && guard(last) <= NameGuard::kMild);
    case NameGuard::kBrand: case NameGuard::kMonth: return cased;
    default: return cased && !words_.words[next].starts;
  }
}

std::size_t NameRuns::extend(std::size_t first) const {
  std::size_t last = first;
  while (last + 1 < words_.words.size() && last - first + 1 < kLongestRun) {
    if (name(first) || last > first) {
      const std::size_t taken = particle_surname(first, last);
      if (taken != 0) {
        last += taken;
        continue;
      }
      // Catalan "Puig i Cadafalch": surnames, both capital, behind a given name.
      if (adjacent(last + 1) && words_.key(last + 1) == "i" && adjacent(last + 2) && last > first && surname(last) && capital(last) &&
          surname(last + 2) && !first_name(last + 2) && capital(last + 2)) {
        last += 2;
        continue;
      }
    }
    if (!joins(first, last)) break;
    ++last;
  }
  return last;
}

bool NameRuns::invert(NameRun* run) const {
  const std::size_t next = run->last + 1;
  if (next >= words_.words.size() || words_.words[next].gap != WordGap::kComma || !words_.words[next].word) return false;
  for (std::size_t i = run->first; i <= run->last; ++i)
    if (name(i) && !surname(i)) return false;
  if (!first_name(next) || guard(next) == NameGuard::kFunction) return false;
  const bool loud = shouted(run->first) && shouted(next);
  const WordGap gap = words_.words[run->first].gap;
  const bool opens = gap == WordGap::kStart || gap == WordGap::kLine || gap == WordGap::kColon ||
                     (run->first > 0 && (roles_ending(run->first - 1) & (kRoleIntro | kRoleNamed)) != 0);
  if (!loud && !opens) return false;
  if (!loud && !same_case(run->first, next)) return false;
  const std::size_t last = extend(next);
  for (std::size_t i = next; i <= last; ++i)
    if (surname(i) && !first_name(i)) return false;  // "García, Ana López" are two
  const bool closed = words_.line_ends[last] != 0 || last + 1 == words_.words.size() || words_.words[last + 1].gap != WordGap::kSpace ||
                      !words_.words[last + 1].word || loud;
  if (!closed) return false;
  run->last = last;
  run->inverted = true;
  return true;
}

bool NameRuns::form(std::size_t i, bool any, NameRun* run) const {
  if (!may_start(i, any)) return false;
  run->first = i;
  run->last = i;
  run->inverted = false;
  // A lone guarded surname behind the unknown word must not be all that it rests on.
  run->last = extend(i);
  // Initials alone are none, but "G. H." under a letter.
  bool initials = true;
  for (std::size_t at = i; at <= run->last; ++at) initials = initials && words_.words[at].letters == WordCase::kInitial;
  if (initials && (run->last == i || !any)) return false;
  // A word that is no name and got no company needs a cue.
  if (!name(i) && !initial(i) && run->last == i && !any) return false;
  (void)invert(run);
  return true;
}

}  // namespace tertulia
