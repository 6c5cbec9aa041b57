// The longest name on the list wins, then "de" or "as in" and a word that begins with the letter belong to it as well. Looks
// ahead a bounded number of words. Names: models/privacy/lists/spoken_letters.tsv. Test: tests/privacy/spoken_letters_test.cc.
#include "privacy/spoken_letters.h"

#include <algorithm>

#include "data/table_file.h"

namespace tertulia {
namespace {

constexpr std::size_t kMaxLinks = 3;    // words between two letters
constexpr std::size_t kMaxGap = 4;      // characters between two words
constexpr std::size_t kMaxBefore = 14;  // words that read_before() looks back

bool near(const ScanText& scan, std::size_t word) {
  if (word == 0 || word >= scan.words().size()) return false;
  const std::size_t from = scan.words()[word - 1].end;
  const std::string_view gap = scan.text().substr(from, scan.words()[word].begin - from);
  return gap.size() <= kMaxGap && gap.find_first_of("\n!?") == std::string_view::npos;
}

bool blank(const ScanText& scan, std::size_t word) {
  return word > 0 && word < scan.words().size() && scan.words()[word].begin - scan.words()[word - 1].end == 1 &&
         scan.text()[scan.words()[word - 1].end] == ' ';
}

}  // namespace

Status LetterNames::load(const std::string& bundle_dir) {
  const std::string path = bundle_dir + "/privacy/lists/spoken_letters.tsv";
  Result<std::vector<TableRow>> rows = load_table(path, 2, 3);
  if (!rows.ok()) return rows.status();
  for (const TableRow& row : *rows) {
    const ScanText scan(row.fields[0]);
    if (scan.words().empty() || row.fields[1].empty()) return Status(StatusCode::kInvalidData, path + ":" + std::to_string(row.line) + ": expected a name and a letter");
    if (row.fields[1] == "link") {
      links_.insert(std::string(scan.word(0)));
      continue;
    }
    Name name;
    for (std::size_t i = 1; i < scan.words().size(); ++i) name.rest.emplace_back(scan.word(i));
    name.letter = row.fields[1][0];
    name.weak = row.fields.size() > 2 && row.fields[2] == "weak";
    names_[std::string(scan.word(0))].push_back(std::move(name));
  }
  for (auto& [word, names] : names_) {
    std::stable_sort(names.begin(), names.end(), [](const Name& a, const Name& b) { return a.rest.size() > b.rest.size(); });
  }
  return {};
}

std::optional<SpokenLetter> LetterNames::read(const ScanText& scan, std::size_t word) const {
  const std::size_t count = scan.words().size();
  if (word >= count) return std::nullopt;
  const std::string_view said = scan.word(word);
  SpokenLetter out;
  std::size_t last = word;
  if (const auto found = names_.find(said); found != names_.end()) {
    for (const Name& name : found->second) {
      if (word + name.rest.size() >= count) continue;
      bool same = true;
      for (std::size_t i = 0; same && i < name.rest.size(); ++i) same = blank(scan, word + 1 + i) && scan.word(word + 1 + i) == name.rest[i];
      if (!same) continue;
      out.letter = name.letter;
      out.weak = name.weak;
      last = word + name.rest.size();
      break;
    }
  }
  const std::size_t said_end = scan.words()[word].end;
  const bool abbreviation = said_end < scan.text().size() && scan.text()[said_end] == ScanText::kOrdinal;  // "nº"
  if (out.letter == 0 && said.size() == 1 && is_letter(said[0]) && !abbreviation) {
    out.letter = said[0];
    out.weak = said[0] == 'a' || said[0] == 'e' || said[0] == 'i' || said[0] == 'o' || said[0] == 'u' || said[0] == 'y';
    if (out.weak && scan.is_upper(scan.words()[word].begin) && !(said[0] == 'i' || said[0] == 'a')) out.weak = false;
  }
  if (out.letter == 0) return std::nullopt;
  // "de dedo", "as in dog", "for delta", "como dado".
  std::size_t at = last + 1;
  if (blank(scan, at) && at + 1 < count) {
    const std::string_view link = scan.word(at);
    std::size_t word_at = 0;
    if (link == "de" || link == "for" || link == "como" || link == "d") word_at = at + 1;
    else if (link == "as" && scan.word(at + 1) == "in") word_at = at + 2;
    if (word_at != 0 && word_at < count && near(scan, word_at)) {
      const std::string_view example = scan.word(word_at);
      const char begins = example[0];
      const bool fits = example.size() > 2 && (begins == out.letter || (out.letter == 'x' && example.find('x') != std::string_view::npos) ||
                                               (out.letter == 'b' && begins == 'v') || (out.letter == 'v' && begins == 'b'));
      if (fits) {
        last = word_at;
        out.weak = false;
      }
    }
  }
  out.last_word = last;
  return out;
}

SpokenLetters LetterNames::read_all(const ScanText& scan, std::size_t word, std::size_t most) const {
  SpokenLetters out;
  std::size_t at = word;
  while (out.letters.size() < most) {
    std::size_t next = at, links = 0;
    std::optional<SpokenLetter> letter;
    for (; links <= kMaxLinks && near(scan, next); ++links, ++next) {
      // "de la letra zeta": a word that also links is a letter only if no other letter comes behind it.
      const bool link = links_.count(scan.word(next)) != 0;
      letter = read(scan, next);
      if (letter && link && letter->weak && near(scan, next + 1)) {
        const std::optional<SpokenLetter> after = read(scan, next + 1);
        if (links_.count(scan.word(next + 1)) != 0 || (after && out.letters.empty() && most == 1)) letter.reset();
      }
      if (letter || !link) break;
    }
    if (!letter) break;
    if (out.letters.empty()) out.first_word = next;
    out.letters += letter->letter;
    out.last_word = letter->last_word;
    out.weak = letter->weak && blank(scan, letter->last_word + 1);
    at = letter->last_word + 1;
  }
  return out;
}

SpokenLetters LetterNames::read_before(const ScanText& scan, std::size_t word, std::size_t from, std::size_t most) const {
  SpokenLetters best;
  if (word == 0 || !near(scan, word)) return best;
  const std::size_t lowest = std::max(from, word > kMaxBefore ? word - kMaxBefore : 0);
  for (std::size_t start = word; start-- > lowest;) {
    SpokenLetters here;
    here.first_word = start;
    std::size_t at = start;
    bool whole = true;
    while (at < word) {
      const std::optional<SpokenLetter> letter = at == start || near(scan, at) ? read(scan, at) : std::nullopt;
      if (!letter || letter->last_word >= word || here.letters.size() == most) {
        whole = false;
        break;
      }
      here.letters += letter->letter;
      here.weak = here.weak || (letter->weak && at == start);
      at = letter->last_word + 1;
    }
    if (!whole) continue;
    here.last_word = word - 1;
    // A weak word at the head is a word: "cuenta e …" but "y griega".
    if (here.weak && !best.letters.empty() && here.letters.size() > best.letters.size()) continue;
    if (here.letters.size() >= best.letters.size()) best = here;
  }
  return best;
}

}  // namespace tertulia
