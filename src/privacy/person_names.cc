// Lists of names to one table. Method: all files into a sorted map while loading, then keys into one pool and an index of
// FNV-1a hashes at a load of at most one half (own layout). Test: tests/privacy/person_name_test.cc.
#include "privacy/person_names.h"

#include <algorithm>
#include <array>
#include <functional>
#include <map>
#include <utility>

#include "base/utf8.h"
#include "data/table_file.h"

namespace tertulia {
namespace {

using Records = std::map<std::string, NameRecord>;

constexpr std::array<std::pair<std::string_view, NameRole>, 23> kRoles = {{
    {"named", kRoleNamed}, {"intro", kRoleIntro}, {"soy", kRoleSoy}, {"title", kRoleTitle}, {"kin", kRoleKin},
    {"greet", kRoleGreet}, {"sign", kRoleSign}, {"prep", kRolePrep}, {"article", kRoleArticle}, {"guard", kRoleGuard},
    {"saint", kRoleSaint}, {"rank", kRoleRank}, {"company", kRoleCompany}, {"say", kRoleSay}, {"voc", kRoleVocative},
    {"car", kRoleCar}, {"stop", kRoleStop}, {"guardof", kRoleGuardOf}, {"guardcap", kRoleGuardCapital}, {"in", kRoleIn}, {"particle", kRoleParticle}, {"compounder", kRoleCompounder}, {"and", kRoleAnd}}};

constexpr std::array<std::pair<std::string_view, NameGuard>, 8> kGuards = {{
    {"mild", NameGuard::kMild}, {"plain", NameGuard::kPlain}, {"word", NameGuard::kWord}, {"adjective", NameGuard::kAdjective},
    {"place", NameGuard::kPlace}, {"month", NameGuard::kMonth}, {"brand", NameGuard::kBrand}, {"function", NameGuard::kFunction}}};

// Base letters of U+00E0…U+00FF; '\0' keeps the character.
constexpr char kLatin1[] = "aaaaaaa\0eeeeiiii\0\0ooooo\0ouuuuy\0y";
// Base letters of U+0100…U+017F (small ones; capitals do not occur in lower-case text).
constexpr char kExtendedA[] =
    "aaaaaaccccccccddddeeeeeeeeeegggggggghhhhiiiiiiiiiiiijjkkkllllllllllnnnnnnnnnoooooooorrrrrrssssssssttttttuuuuuuuuuuuuwwyyyzzzzzzs";

std::string folded_name(std::string_view text) {
  std::string lower, out;
  for (std::size_t at = 0; at < text.size();) {
    CodePoint c = decode_utf8(text, at);
    at += c.size;
    if ((c.value >= 'A' && c.value <= 'Z') || (c.value >= 0xC0 && c.value <= 0xDE && c.value != 0xD7)) c.value += 0x20;
    append_utf8(c.value, lower);
  }
  append_folded_name(lower, out);
  return out;
}

Status bad(const std::string& path, const TableRow& row, const std::string& expected) {
  return Status(StatusCode::kInvalidData, path + ":" + std::to_string(row.line) + ": expected " + expected);
}

Status read_names(const std::string& path, std::uint8_t NameRecord::* member, Records& records) {
  Result<std::vector<TableRow>> rows = load_table(path, 2, 3);
  if (!rows.ok()) return rows.status();
  for (const TableRow& row : *rows) {
    const std::string& frequency = row.fields[1];
    const int value = frequency == "common" ? 3 : frequency == "known" ? 2 : frequency == "rare" ? 1 : 0;
    if (value == 0 || row.fields[0].empty()) return bad(path, row, "a name and common, known or rare");
    const std::string key = folded_name(row.fields[0]);
    NameRecord& record = records[key];
    record.*member = std::max(record.*member, static_cast<std::uint8_t>(value));
    if (key.size() < row.fields[0].size()) record.accented = true;
    // "Munoz", "Nunez": keyboards without ñ. Only the endings that make no other word.
    if (key.size() > 4 && (key.ends_with("ez") || key.ends_with("oz"))) {
      if (const std::size_t tilde = key.find("ñ"); tilde != std::string::npos) {
        std::string plain = key;
        plain.replace(tilde, std::string_view("ñ").size(), "n");
        records[plain].*member = static_cast<std::uint8_t>(value);
      }
    }
  }
  return {};
}

template <typename Value, std::size_t kSize>
const Value* value_of(const std::array<std::pair<std::string_view, Value>, kSize>& table, std::string_view word) {
  for (const auto& [key, value] : table)
    if (key == word) return &value;
  return nullptr;
}

Status read_rest(const std::string& dir, Records& records) {
  const std::string compounds = dir + "compounds.tsv", homographs = dir + "homographs.tsv", context = dir + "context.tsv",
                    ordinary = dir + "ordinary.tsv";
  Result<std::vector<TableRow>> rows = load_table(compounds, 1, 1);
  if (!rows.ok()) return rows.status();
  for (const TableRow& row : *rows) records[folded_name(row.fields[0])].compound = true;
  rows = load_table(homographs, 2, 2);
  if (!rows.ok()) return rows.status();
  for (const TableRow& row : *rows) {
    const NameGuard* guard = value_of(kGuards, row.fields[1]);
    if (guard == nullptr) return bad(homographs, row, "a class of homographs");
    records[folded_name(row.fields[0])].guard = *guard;
  }
  rows = load_table(context, 2, 2);
  if (!rows.ok()) return rows.status();
  for (const TableRow& row : *rows) {
    const NameRole* role = value_of(kRoles, row.fields[0]);
    if (role == nullptr) return bad(context, row, "a role");
    const std::string key = folded_name(row.fields[1]);
    records[key].roles |= *role;
    if (const std::size_t blank = key.rfind(' '); blank != std::string::npos) records[key.substr(blank + 1)].roles |= kRolePhraseEnd;
  }
  rows = load_table(ordinary, 1, 1);
  if (!rows.ok()) return rows.status();
  for (const TableRow& row : *rows) records[folded_name(row.fields[0])].ordinary = true;
  return {};
}

std::uint32_t hash_of(std::string_view key) noexcept {
  std::uint32_t hash = 2166136261u;
  for (const char c : key) hash = (hash ^ static_cast<unsigned char>(c)) * 16777619u;
  return hash ^ (hash >> 15);
}

}  // namespace

void append_folded_name(std::string_view lower, std::string& out) {
  for (std::size_t at = 0; at < lower.size();) {
    const unsigned char lead = static_cast<unsigned char>(lower[at]);
    if (lead < 0x80) {
      out += lower[at++];
      continue;
    }
    const CodePoint c = decode_utf8(lower, at);
    at += c.size;
    if (c.value >= 0x300 && c.value < 0x370) continue;  // a mark that has no composed form
    if (c.value == 0xF1 || c.value == 0xE7) {
      append_utf8(c.value, out);
    } else if (c.value == 0xDF) {
      out += "ss";
    } else if (c.value >= 0xE0 && c.value <= 0xFF && kLatin1[c.value - 0xE0] != '\0') {
      out += kLatin1[c.value - 0xE0];
    } else if (c.value >= 0x100 && c.value <= 0x17F) {
      out += kExtendedA[c.value - 0x100];
    } else if (c.value >= 0x218 && c.value <= 0x21B) {
      out += c.value < 0x21A ? 's' : 't';
    } else {
      append_utf8(c.value, out);
    }
  }
}

Result<NameTable> NameTable::load(const std::string& bundle_dir) {
  static_assert(sizeof(kExtendedA) == 0x80 + 1 && sizeof(kLatin1) == 0x20 + 1, "one base letter for each code point");
  const std::string dir = bundle_dir + "/privacy/names/";
  Records records;
  Status status = read_names(dir + "given.tsv", &NameRecord::given, records);
  if (status.ok()) status = read_names(dir + "surnames.tsv", &NameRecord::surname, records);
  if (status.ok()) status = read_names(dir + "nicknames.tsv", &NameRecord::nickname, records);
  if (status.ok()) status = read_rest(dir, records);
  if (!status.ok()) return status;

  NameTable table;
  std::size_t slots = 16;
  while (slots < records.size() * 2) slots *= 2;
  table.slots_.resize(slots);
  for (const auto& [key, record] : records) {
    table.begins_.push_back(static_cast<std::uint32_t>(table.pool_.size()));
    table.pool_ += key;
    table.records_.push_back(record);
    const std::uint32_t hash = hash_of(key);
    std::size_t slot = hash & (slots - 1);
    while (table.slots_[slot].entry != 0) slot = (slot + 1) & (slots - 1);
    table.slots_[slot] = {hash, static_cast<std::uint32_t>(table.records_.size())};
  }
  table.begins_.push_back(static_cast<std::uint32_t>(table.pool_.size()));
  return table;
}

const NameRecord* NameTable::find(std::string_view folded) const noexcept {
  const std::size_t mask = slots_.size() - 1;
  const std::uint32_t hash = hash_of(folded);
  for (std::size_t slot = hash & mask; slots_[slot].entry != 0; slot = (slot + 1) & mask) {
    const std::size_t index = slots_[slot].entry - 1;
    if (slots_[slot].hash == hash && key(index) == folded) return &records_[index];
  }
  return nullptr;
}

std::size_t NameTable::memory() const noexcept {
  return pool_.capacity() + begins_.capacity() * sizeof(std::uint32_t) + records_.capacity() * sizeof(NameRecord) +
         slots_.capacity() * sizeof(Slot);
}

}  // namespace tertulia
