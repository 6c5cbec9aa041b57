// Greedy linear tagging. File: magic, features' version, count, bias, entries sorted by hash; little endian.
// Test: tests/privacy/person_tagger_test.cc.
#include "privacy/person_tagger.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <fstream>

#include "data/json_file.h"

namespace tertulia {
namespace {

constexpr char kMagic[4] = {'T', 'N', 'A', 'M'};

struct Header {
  char magic[4];
  std::uint32_t version = 0, count = 0;
  NameWeights bias;
};
static_assert(sizeof(Header) == 20 && sizeof(NameEntry) == 12, "the file's layout");

// May a name go on over what stands before word i? Lines, colons and brackets end it; a comma only where surnames stand
// before a given name ("García Pérez, Ana").
bool name_goes_on(const NameWords& words, std::size_t i) {
  const WordGap gap = words.words[i].gap;
  if (gap < WordGap::kComma) return true;
  const NameRecord* record = words.words[i].record;
  return gap == WordGap::kComma && (record == nullptr || record->first());
}

// "D. Pablo": the title is not the name's.
bool only_title(const NameWords& words, std::size_t i) {
  const NameWord& word = words.words[i];
  if (word.dotted && words.key(i) == "d") return true;
  return word.record != nullptr && (word.record->roles & kRoleTitle) != 0 && !word.record->name();
}

// "José María del segundo": a name does not end in a particle.
bool only_particle(const NameWords& words, std::size_t i) {
  const NameRecord* record = words.words[i].record;
  return record != nullptr && (record->roles & kRoleParticle) != 0 && !record->name() && words.words[i].letters == WordCase::kLower;
}

// "Engracia Domínguez de la Torre": the last word of the name that ends at `last`, with the particles and the surname behind it.
std::size_t over_particles(const NameWords& words, const NameFeatureReader& features, std::size_t first, std::size_t last) {
  constexpr std::size_t kMostParticles = 3;
  const auto adjacent = [&](std::size_t i) { return i < words.words.size() && words.words[i].word && words.words[i].gap == WordGap::kSpace; };
  std::size_t at = last + 1;
  while (at - last <= kMostParticles && adjacent(at) && words.words[at].record != nullptr && (words.words[at].record->roles & kRoleParticle) != 0) ++at;
  if (at == last + 1 || !adjacent(at)) return last;
  const NameRecord* whole = features.phrase(last + 1, at - last);
  const bool cased = words.capital(last) == words.capital(at);
  if (whole != nullptr && cased && (whole->compound || (whole->surname != 0 && words.capital(at)))) return at;
  if (!words.capital(last) || !words.capital(at)) return last;
  const NameRecord* record = words.words[at].record;
  // Behind a whole name a surname may also be a word ("Ruiz de la Torre"); behind a given name alone it may be a place.
  return record != nullptr && record->surname != 0 && record->guard <= (last > first ? NameGuard::kWord : NameGuard::kMild) ? at : last;
}

}  // namespace

void NameTagger::index() {
  std::size_t size = 16;
  while (size < entries_.size() * 2) size *= 2;
  slots_.assign(size, 0);
  for (std::size_t i = 0; i < entries_.size(); ++i) {
    std::size_t at = entries_[i].hash & (size - 1);
    while (slots_[at] != 0) at = (at + 1) & (size - 1);
    slots_[at] = static_cast<std::uint32_t>(i + 1);
  }
}

const NameWeights* NameTagger::find(std::uint32_t hash) const noexcept {
  std::size_t at = hash & (slots_.size() - 1);
  while (slots_[at] != 0) {
    const NameEntry& entry = entries_[slots_[at] - 1];
    if (entry.hash == hash) return &entry.weights;
    at = (at + 1) & (slots_.size() - 1);
  }
  return nullptr;
}

NameTagger NameTagger::make(std::vector<NameEntry> entries, NameWeights bias) {
  NameTagger tagger;
  std::sort(entries.begin(), entries.end(), [](const NameEntry& a, const NameEntry& b) { return a.hash < b.hash; });
  tagger.entries_ = std::move(entries);
  tagger.bias_ = bias;
  tagger.index();
  return tagger;
}

Result<NameTagger> NameTagger::load(const std::string& path) {
  Result<std::string> bytes = read_file(path);
  if (!bytes.ok()) return bytes.status();
  Header header;
  if (bytes->size() < sizeof header) return Status(StatusCode::kInvalidData, path + ": no model of names");
  std::memcpy(&header, bytes->data(), sizeof header);
  if (std::memcmp(header.magic, kMagic, sizeof kMagic) != 0 || bytes->size() != sizeof header + std::size_t{header.count} * sizeof(NameEntry))
    return Status(StatusCode::kInvalidData, path + ": no model of names");
  if (header.version != kNameFeaturesVersion) return Status(StatusCode::kInvalidData, path + ": made for other features; train again");
  NameTagger tagger;
  tagger.bias_ = header.bias;
  tagger.entries_.resize(header.count);
  std::memcpy(static_cast<void*>(tagger.entries_.data()), bytes->data() + sizeof header, header.count * sizeof(NameEntry));
  for (std::size_t i = 1; i < tagger.entries_.size(); ++i) {
    if (tagger.entries_[i - 1].hash >= tagger.entries_[i].hash) return Status(StatusCode::kInvalidData, path + ": entries out of order");
  }
  tagger.index();
  return tagger;
}

Status NameTagger::save(const std::string& path) const {
  Header header;
  std::memcpy(header.magic, kMagic, sizeof kMagic);
  header.version = kNameFeaturesVersion;
  header.count = static_cast<std::uint32_t>(entries_.size());
  header.bias = bias_;
  std::ofstream out(path, std::ios::binary | std::ios::trunc);
  out.write(reinterpret_cast<const char*>(&header), sizeof header);
  out.write(reinterpret_cast<const char*>(entries_.data()), static_cast<std::streamsize>(entries_.size() * sizeof(NameEntry)));
  out.close();
  return out ? Status() : Status(StatusCode::kUnreadable, path + ": cannot be written");
}

std::vector<NameRun> NameTagger::tag(const NameWords& words, const NameFeatureReader& features, const std::vector<float>& prior) const {
  std::vector<NameRun> runs;
  std::vector<NameFeature> here;
  NameTag before = NameTag::kNone;
  float surest = 0;
  for (std::size_t i = 0; i < words.words.size(); ++i) {
    NameTag tag = NameTag::kNone;
    const float extra = prior.empty() ? 0.0f : prior[i];
    if (features.candidate(i, before) || (extra > 0 && words.words[i].word)) {
      here.clear();
      features.read(i, here);
      features.read_previous(i, before, here);
      NameWeights sum = bias_;
      sum.part += extra;
      std::array<float, static_cast<std::size_t>(NameEvidence::kCount)> evidence{};
      for (const NameFeature& feature : here) {
        const NameWeights* weights = find(feature.hash);
        if (weights == nullptr) continue;
        sum.part += weights->part;
        sum.begins += weights->begins;
        evidence[static_cast<std::size_t>(feature.evidence)] += weights->part;
      }
      if (sum.part > 0) {
        const bool begins = before == NameTag::kNone || sum.begins > 0 || !name_goes_on(words, i);
        tag = begins ? NameTag::kBegin : NameTag::kInside;
        if (begins) {
          runs.push_back({i, i, 0, {}});
          surest = 0;
        }
        runs.back().last = i;
        if (sum.part > surest) {
          surest = sum.part;
          runs.back().score = 1.0 / (1.0 + std::exp(-static_cast<double>(sum.part)));
          runs.back().evidence = evidence;
        }
      }
    }
    before = tag;
  }
  for (NameRun& run : runs) {
    while (run.first < run.last && only_title(words, run.first)) ++run.first;
    while (run.last > run.first && only_particle(words, run.last)) --run.last;
  }
  // A name that reaches over its particles takes what begins there.
  std::vector<NameRun> out;
  for (NameRun& run : runs) {
    if (!out.empty() && run.first <= out.back().last) {
      out.back().last = std::max(out.back().last, run.last);
      continue;
    }
    run.last = std::max(run.last, over_particles(words, features, run.first, run.last));
    out.push_back(run);
  }
  return out;
}

}  // namespace tertulia
