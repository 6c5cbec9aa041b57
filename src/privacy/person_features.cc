// Hashed features of words for the tagging of names. Method: a linear tagger's features in the manner of the named-entity
// recognizers of CoNLL-2002 (windows of words, classes and letter shapes, the previous decision). Test: tests/privacy/person_features_test.cc.
#include "privacy/person_features.h"

#include <algorithm>
#include <bit>
#include <string>

namespace tertulia {
namespace {

constexpr std::size_t kLongestPhrase = 4;  // words of a cue
constexpr std::uint8_t kShouted = 4;       // beyond WordCase: capitals in a text of capitals
constexpr int kBeforeWindow = 3, kAfterWindow = 2, kPairedWindow = 2;
constexpr std::size_t kMostWords = 6, kMostLetters = 9;
constexpr std::size_t kMostLinks = 2;  // small words within a row of capitals

// Coarse kind of a word, as a bit set: may be a given name, may be a surname; else one of the rest.
enum NameKind : std::uint8_t { kOrdinary = 0, kFirst = 1, kSurname = 2, kFirstOrSurname = 3, kUnlisted = 4, kNoWord = 5, kEdge = 6 };

// One number for each kind of feature; never reused for another meaning.
enum Template : std::uint32_t {
  kBiasOfWord, kWordItself, kListed, kGuarded, kListedGuarded, kListedGuardedShape, kWordShape, kOrdinaryShape, kAccented, kSuffix, kPrefix,
  kLength, kGapBefore, kGapAfter, kGaps, kPossessive, kDotted, kBeforeEdge, kBeforeWord, kBeforeKind, kBeforeWordKind, kBeforeKindKind,
  kBeforeKindGuard, kBeforeRole, kBeforeRoleKind, kBeforeRoleGuard, kAfterEdge, kAfterWord, kAfterKind, kAfterKindKind, kAfterKindGuard,
  kAfterRole, kAfterRoleKind, kAround, kAroundKinds, kTextLength, kTag, kTagKind, kTagGuard, kTagWord, kTagAfter,
  kBeforeWordGap, kChainLength, kChainFirst, kChainFirstRole, kChainLast, kChainLastRole
};

std::uint32_t hash_bytes(std::string_view bytes) noexcept {
  std::uint32_t h = 2166136261u;
  for (const char c : bytes) h = (h ^ static_cast<unsigned char>(c)) * 16777619u;
  return h;
}

// Mixes the atoms of a feature (after MurmurHash3's finaliser, A. Appleby, public domain).
template <typename... Atoms>
std::uint32_t mix(Template kind, Atoms... atoms) noexcept {
  std::uint64_t h = 0x9E3779B97F4A7C15ull * (static_cast<std::uint64_t>(kind) + 1);
  ((h ^= static_cast<std::uint32_t>(atoms), h *= 0xFF51AFD7ED558CCDull, h ^= h >> 32), ...);
  return static_cast<std::uint32_t>(h ^ (h >> 29));
}

}  // namespace

NameFeatureReader::NameFeatureReader(const NameWords& words, const NameTable& table) : words_(words), table_(table) {
  words_seen_.resize(words.words.size());
  for (std::size_t i = 0; i < words.words.size(); ++i) {
    const NameWord& word = words.words[i];
    Seen& seen = words_seen_[i];
    seen.gap = static_cast<std::uint8_t>(word.gap);
    seen.letters = words.upper_text && word.letters == WordCase::kUpper ? kShouted : static_cast<std::uint8_t>(word.letters);
    if (!word.word) {
      seen.kind = kNoWord;
      seen.key = hash_bytes("#");
      continue;
    }
    seen.key = hash_bytes(words.key(i));
    const NameRecord* record = word.record;
    if (record == nullptr) {
      seen.kind = kUnlisted;
      continue;
    }
    seen.lists = static_cast<std::uint8_t>(record->given * 16 + record->nickname * 4 + record->surname);
    seen.kind = static_cast<std::uint8_t>((record->first() ? kFirst : 0) + (record->surname != 0 ? kSurname : 0));
    // "iría", "daría": a verb, where the name Iria has no accent.
    NameGuard guard = record->guard;
    if (word.accent && !record->accented && word.letters == WordCase::kLower && record->first()) guard = NameGuard::kFunction;
    else if (guard == NameGuard::kPlain) guard = word.accent ? NameGuard::kNone : NameGuard::kFunction;
    seen.guard = static_cast<std::uint8_t>(guard);
    seen.roles_ending = record->roles & ~kRolePhraseEnd;
    if ((record->roles & kRolePhraseEnd) != 0) {
      for (std::size_t count = 2; count <= kLongestPhrase && count <= i + 1; ++count) {
        if (words.words[i + 2 - count].gap != WordGap::kSpace) break;
        seen.roles_ending |= phrase_roles(i + 1 - count, count);
      }
    }
    seen.roles_starting = record->roles & ~kRolePhraseEnd;
    for (std::size_t count = 2; count <= 3 && i + count <= words.words.size(); ++count) seen.roles_starting |= phrase_roles(i, count);
    if (seen.kind == kOrdinary && !record->ordinary && seen.roles_ending == 0 && record->guard == NameGuard::kNone) seen.kind = kUnlisted;
  }
  read_chains();
}

// Capitalised words in a row, over particles ("Hospital Ramón y Cajal"): what the first and the last say goes for all.
void NameFeatureReader::read_chains() {
  const std::vector<NameWord>& words = words_.words;
  const auto capital = [&](std::size_t i) { return words[i].word && words[i].letters != WordCase::kLower; };
  const auto near = [&](std::size_t i) { return words[i].gap <= WordGap::kDot; };
  const auto linking = [&](std::size_t i) {
    return words[i].word && words[i].letters == WordCase::kLower && words[i].record != nullptr && (words[i].record->roles & (kRoleParticle | kRoleAnd)) != 0;
  };
  for (std::size_t i = 0; i < words.size();) {
    std::size_t last = i;
    if (capital(i)) {
      for (std::size_t next = i + 1; next < words.size() && next <= last + kMostLinks + 1 && near(next); ++next) {
        if (capital(next)) last = next;
        else if (!linking(next)) break;
      }
    }
    for (std::size_t at = i; at <= last; ++at) {
      words_seen_[at].chain_first = static_cast<std::uint32_t>(i);
      words_seen_[at].chain_last = static_cast<std::uint32_t>(last);
    }
    i = last + 1;
  }
}

const NameRecord* NameFeatureReader::phrase(std::size_t first, std::size_t count) const {
  std::string text(words_.key(first));
  for (std::size_t i = first + 1; i < first + count; ++i) {
    const NameWord& word = words_.words[i];
    if (word.gap != WordGap::kSpace && word.gap != WordGap::kDot && word.gap != WordGap::kGlued) return nullptr;
    text += word.gap == WordGap::kDot && word.span.begin == words_.words[i - 1].span.end + 1 ? '.' : ' ';
    text += words_.key(i);
  }
  return table_.find(text);
}

std::uint32_t NameFeatureReader::phrase_roles(std::size_t first, std::size_t count) const {
  const NameRecord* record = phrase(first, count);
  return record == nullptr ? 0 : record->roles & ~kRolePhraseEnd;
}

bool NameFeatureReader::candidate(std::size_t i, NameTag before) const noexcept {
  const NameWord& word = words_.words[i];
  if (!word.word) return false;
  if (before != NameTag::kNone) return true;
  const Seen& seen = words_seen_[i];
  if ((seen.kind & kFirstOrSurname) != 0 && seen.kind < kUnlisted) return true;
  if (word.letters != WordCase::kLower && !words_.upper_text) return true;
  return seen.kind == kUnlisted && words_.words[i].span.size() > 1;
}

void NameFeatureReader::read(std::size_t i, std::vector<NameFeature>& out) const {
  const NameWord& word = words_.words[i];
  const Seen& me = words_seen_[i];
  const std::size_t count = words_.words.size();
  const auto add = [&out](NameEvidence evidence, std::uint32_t hash) { out.push_back({hash, evidence}); };
  using E = NameEvidence;
  const std::uint32_t shape = me.letters * 2u + (word.starts ? 1 : 0);
  add(E::kWord, mix(kBiasOfWord));
  add(E::kWord, mix(kWordItself, me.key));
  add(E::kWord, mix(kWordShape, me.key, me.letters));
  add(E::kLists, mix(kListed, me.lists, me.kind));
  add(E::kLists, mix(kGuarded, me.guard));
  add(E::kLists, mix(kListedGuarded, me.lists, me.kind, me.guard));
  add(E::kLists, mix(kListedGuardedShape, me.lists, me.kind, me.guard, shape));
  if (word.record != nullptr && word.record->ordinary) add(E::kLists, mix(kOrdinaryShape, shape));
  if (word.accent) add(E::kLetters, mix(kAccented, word.record != nullptr && word.record->accented));
  if (me.kind == kOrdinary || me.kind == kUnlisted) {
    const std::string_view key = words_.key(i);
    for (std::size_t size = 2; size <= 4 && size < key.size(); ++size) add(E::kWord, mix(kSuffix, hash_bytes(key.substr(key.size() - size))));
    add(E::kWord, mix(kPrefix, hash_bytes(key.substr(0, 3))));
    add(E::kLetters, mix(kLength, std::min(key.size(), kMostLetters), shape));
  }
  // Beyond WordGap: the text ends; an ending line counts with what stands behind.
  const std::uint32_t behind = (i + 1 < count ? words_seen_[i + 1].gap : 15u) * 2u + (words_.line_ends[i] != 0 ? 1 : 0);
  add(E::kBefore, mix(kGapBefore, me.gap, me.letters));
  add(E::kAfter, mix(kGapAfter, behind, me.letters));
  add(E::kLetters, mix(kGaps, me.gap, behind, me.kind, me.letters));
  if (word.possessive) add(E::kAfter, mix(kPossessive));
  if (word.dotted) add(E::kLetters, mix(kDotted, me.letters));
  const auto cased_kind = [this](const Seen& seen, const NameWord& other) {
    return seen.kind * 2u + (other.letters != WordCase::kLower && !words_.upper_text ? 1 : 0);
  };
  for (int back = 1; back <= kBeforeWindow; ++back) {
    if (i < static_cast<std::size_t>(back)) {
      add(E::kBefore, mix(kBeforeEdge, back));
      break;
    }
    const Seen& other = words_seen_[i - back];
    const std::uint32_t gap = words_seen_[i - back + 1].gap, kind = cased_kind(other, words_.words[i - back]);
    add(E::kBefore, mix(kBeforeWord, back, other.key));
    add(E::kBefore, mix(kBeforeKind, back, kind, gap));
    if (back == 1) add(E::kBefore, mix(kBeforeWordGap, other.key, gap, me.letters));
    if (back > kPairedWindow) continue;
    add(E::kBefore, mix(kBeforeWordKind, back, other.key, me.kind, me.letters));
    add(E::kBefore, mix(kBeforeKindKind, back, kind, gap, me.kind, me.letters));
    add(E::kBefore, mix(kBeforeKindGuard, back, kind, me.guard, me.letters));
    for (std::uint32_t left = other.roles_ending; left != 0; left &= left - 1) {
      const std::uint32_t role = static_cast<std::uint32_t>(std::countr_zero(left));
      add(E::kBefore, mix(kBeforeRole, back, role, gap));
      add(E::kBefore, mix(kBeforeRoleKind, back, role, gap, me.kind, me.letters));
      add(E::kBefore, mix(kBeforeRoleGuard, back, role, me.kind, me.guard, me.letters));
    }
  }
  for (int ahead = 1; ahead <= kAfterWindow; ++ahead) {
    if (i + ahead >= count) {
      add(E::kAfter, mix(kAfterEdge, ahead));
      break;
    }
    const Seen& other = words_seen_[i + ahead];
    const std::uint32_t kind = cased_kind(other, words_.words[i + ahead]);
    add(E::kAfter, mix(kAfterWord, ahead, other.key));
    add(E::kAfter, mix(kAfterKind, ahead, kind, other.gap));
    add(E::kAfter, mix(kAfterKindKind, ahead, kind, other.gap, me.kind, me.letters));
    add(E::kAfter, mix(kAfterKindGuard, ahead, kind, other.gap, me.guard, me.letters));
    if (ahead > 1) continue;
    for (std::uint32_t left = other.roles_starting; left != 0; left &= left - 1) {
      const std::uint32_t role = static_cast<std::uint32_t>(std::countr_zero(left));
      add(E::kAfter, mix(kAfterRole, role, other.gap));
      add(E::kAfter, mix(kAfterRoleKind, role, other.gap, me.kind, me.letters));
    }
  }
  if (i > 0 && i + 1 < count) {
    const Seen& before = words_seen_[i - 1];
    const Seen& after = words_seen_[i + 1];
    add(E::kBefore, mix(kAround, before.key, after.key, me.kind));
    add(E::kLetters, mix(kAroundKinds, before.kind, before.letters, me.kind, me.letters, after.kind, after.letters));
  }
  if (me.chain_first != me.chain_last) {
    const Seen& first = words_seen_[me.chain_first];
    const Seen& last = words_seen_[me.chain_last];
    const std::uint32_t place = (i == me.chain_first ? 1u : 0u) + (i == me.chain_last ? 2u : 0u);
    add(E::kLetters, mix(kChainLength, std::min<std::size_t>(me.chain_last - me.chain_first, kMostWords), place, me.kind));
    if (i != me.chain_first) {
      add(E::kBefore, mix(kChainFirst, first.key));
      add(E::kBefore, mix(kChainFirst, first.kind, first.guard, me.kind));
      for (std::uint32_t left = first.roles_ending; left != 0; left &= left - 1) add(E::kBefore, mix(kChainFirstRole, std::countr_zero(left), me.kind));
    }
    if (i != me.chain_last) {
      add(E::kAfter, mix(kChainLast, last.key));
      add(E::kAfter, mix(kChainLast, last.kind, last.guard, me.kind));
      for (std::uint32_t left = last.roles_starting; left != 0; left &= left - 1) add(E::kAfter, mix(kChainLastRole, std::countr_zero(left), me.kind));
    }
  }
  add(E::kLetters, mix(kTextLength, std::min(count, kMostWords)));
}

void NameFeatureReader::read_previous(std::size_t i, NameTag before, std::vector<NameFeature>& out) const {
  const Seen& me = words_seen_[i];
  const std::uint32_t tag = i == 0 ? 3u : static_cast<std::uint32_t>(before);
  const auto add = [&out](std::uint32_t hash) { out.push_back({hash, NameEvidence::kPrevious}); };
  add(mix(kTag, tag, me.gap));
  add(mix(kTagKind, tag, me.gap, me.kind, me.letters));
  add(mix(kTagGuard, tag, me.guard, me.letters));
  add(mix(kTagWord, tag, me.gap, me.key));
  if (i + 1 < words_seen_.size()) add(mix(kTagAfter, tag, me.gap, me.kind, me.letters, words_seen_[i + 1].kind, words_seen_[i + 1].letters));
}

}  // namespace tertulia
