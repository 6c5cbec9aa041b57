// E-mail addresses said or written in words: "pepe punto ruiz arroba gmail punto com", "ana (at) ejemplo . es".
//
// From the word for @ (lists/email_words.tsv) it reads rightwards to the domain's end and leftwards to the words that
// introduce an address. Each such word costs a bounded look to both sides. Test: tests/privacy/spoken_email_test.cc.
#include <map>
#include <set>

#include "data/table_file.h"
#include "privacy/recognizer_table.h"
#include "privacy/scan_text.h"
#include "privacy/spoken_digits.h"
#include "privacy/word_filter.h"

namespace tertulia {
namespace {

constexpr std::size_t kMaxLeft = 14, kMaxRight = 12, kMaxPlain = 3;  // words

class SpokenEmail final : public Recognizer {
 public:
  Status load(const std::string& dir) {
    const std::string path = dir + "/privacy/lists/email_words.tsv";
    Result<std::vector<TableRow>> rows = load_table(path, 2, 2);
    if (!rows.ok()) return rows.status();
    for (const TableRow& row : *rows) {
      kinds_[row.fields[0]].insert(row.fields[1]);
      if (row.fields[1] == "at") filter_.add(row.fields[0]);
    }
    return digits_.load(dir);
  }

  void find(const Document& document, const RecognizerContext& context, std::vector<Entity>& found) const override {
    const ScanScope scope(document, context);
    const ScanText& scan = *scope;
    for (std::size_t i = 1; i + 1 < scan.words().size(); ++i) {
      const bool sign = between(scan, i - 1).find('@') != std::string_view::npos && between(scan, i - 1).size() <= 3;
      if (sign && i + 1 < scan.words().size()) {  // "pepe@gmail punto com"
        if (is(scan.word(i + 1), "dot")) {
          if (const std::size_t last = read_right(scan, i - 1); last != 0) {
            const std::size_t first = read_left(scan, i);
            found.push_back({"EMAIL_ADDRESS", scan.to_original(scan.words()[first].begin, scan.words()[last].end), 0.9, "spoken_email", {"sign and words"}});
            i = last;
          }
        }
        continue;
      }
      if (!filter_.may_hold(scan.word(i)) || !is(scan.word(i), "at")) continue;
      const std::size_t last = read_right(scan, i);
      if (last == 0) continue;
      const std::size_t first = read_left(scan, i);
      if (first == i) continue;
      found.push_back({"EMAIL_ADDRESS", scan.to_original(scan.words()[first].begin, scan.words()[last].end), 0.9, "spoken_email", {"said in words"}});
      i = last;
    }
  }

 private:
  [[nodiscard]] bool is(std::string_view word, const char* kind) const {
    const auto found = kinds_.find(word);
    return found != kinds_.end() && found->second.count(kind) != 0;
  }

  // The characters between two neighbouring words.
  static std::string_view between(const ScanText& scan, std::size_t left) {
    return scan.text().substr(scan.words()[left].end, scan.words()[left + 1].begin - scan.words()[left].end);
  }

  static bool near(const ScanText& scan, std::size_t left) {
    return left + 1 < scan.words().size() && between(scan, left).size() <= 4 && between(scan, left).find('\n') == std::string_view::npos;
  }

  // A dot between two words, as a sign.
  static bool dotted(const ScanText& scan, std::size_t left) {
    const std::string_view gap = between(scan, left);
    return gap == "." || gap == " . " || gap == " .";
  }

  // Last word of the domain, or 0.
  [[nodiscard]] std::size_t read_right(const ScanText& scan, std::size_t at) const {
    const std::size_t count = scan.words().size();
    if (!near(scan, at)) return 0;
    std::size_t word = at + 1, last = 0;
    if (scan.word(at) == "at" && is(scan.word(word), "stop") && !is(scan.word(word), "provider") && !(near(scan, word) && dotted(scan, word))) return 0;  // "look at this dot com firm"
    if (is(scan.word(word), "provider") && scan.word(at) != "at") last = word;
    std::size_t plain = 0;  // words of a domain said with blanks: "clinica san jose punto es"
    for (std::size_t step = 0; step < kMaxRight; ++step) {
      if (word + 1 >= count || !near(scan, word)) break;
      std::size_t next = 0;
      if (dotted(scan, word)) next = word + 1;
      else if (is(scan.word(word + 1), "dot") && word + 2 < count && near(scan, word + 1)) next = word + 2;
      else if ((is(scan.word(word + 1), "dash")) && word + 2 < count && near(scan, word + 1)) next = word + 2;
      else if (between(scan, word) == "-") next = word + 1;
      if (next == 0 && last == 0 && plain < kMaxPlain && between(scan, word) == " " && !is(scan.word(word + 1), "at") && !is(scan.word(word + 1), "stop")) {
        ++plain;
        next = word + 1;
        word = next;
        continue;
      }
      if (next == 0 && last == word && scan.word(word + 1) == "com" && between(scan, word) == " ") return word + 1;  // "gmail com"
      if (next == 0) break;
      if (is(scan.word(next), "tld")) last = next;
      word = next;
    }
    return last;
  }

  // First word of the local part; `at` when there is none.
  [[nodiscard]] std::size_t read_left(const ScanText& scan, std::size_t at) const {
    std::size_t first = at;
    bool joined = true;  // the next word to the left belongs to it
    for (std::size_t step = 0; step < kMaxLeft && first > 0; ++step) {
      const std::size_t word = first - 1;
      if (!near(scan, word)) break;
      const std::string_view said = scan.word(word);
      const std::string_view gap = between(scan, word);
      const bool said_dot = is(said, "dot") || is(said, "dash") || is(scan.word(first), "dot") || is(scan.word(first), "dash") || first == at;
      if (gap.find_first_of(";!?\"") != std::string_view::npos || (gap.find(',') != std::string_view::npos && !said_dot && !(is(scan.word(first), "whole") && first < at)) || (gap.find(". ") != std::string_view::npos && !joined)) break;
      const bool part_word = is(said, "dot") || is(said, "dash") || is(said, "low");
      if (part_word || is(said, "whole")) {
        joined = true;
        first = word;
        continue;
      }
      const bool tight = gap.size() == 1 && (gap[0] == '.' || gap[0] == '-');
      const bool inside_number = said == "y" && word > 0 && digits_.is_number_word(scan.word(first)) && digits_.is_number_word(scan.word(word - 1));
      if (inside_number) {  // "ochenta y dos"
        first = word;
        joined = true;
        continue;
      }
      if (joined && first != at && said.size() == 1) {  // "s dot gil"
        first = word;
        joined = false;
        continue;
      }
      // "m de maría punto lopez"
      if (said == "de" && word > 0 && scan.word(word - 1).size() == 1 && scan.word(first)[0] == scan.word(word - 1)[0] && between(scan, word - 1) == " ") {
        first = word - 1;
        continue;
      }
      // One letter after the other: "pe e pe e arroba …", "jota garcia".
      const bool spelled = said.size() == 1 && first != at && !(is(said, "stop") && word > 0 && !(scan.word(first).size() <= 2));
      if (spelled && (scan.word(first).size() <= 2 || !is(said, "stop"))) {
        first = word;
        continue;
      }
      // Whatever stands before the sign is the box's name: "contacto arroba …".
      if (is(said, "stop") && !tight && !(first == at && said.size() > 3 && scan.word(at) != "at")) break;
      if (!joined && !tight && !digits_.is_number_word(scan.word(first)) && !is_digit(scan.word(first)[0])) {
        // Two plain words in a row: part of the address only as a second name right behind an introducing word, or where a letter's
        // name goes before.
        if (word > 0 && !is(scan.word(word - 1), "stop") && said.size() > 2 && !is(said, "letter")) break;
      }
      first = word;
      joined = false;
    }
    // It may not begin with "punto".
    while (first < at && (is(scan.word(first), "dot") || is(scan.word(first), "dash") || is(scan.word(first), "low"))) ++first;
    return first;
  }

  WordFilter filter_;  // of the words for @
  std::map<std::string, std::set<std::string>, std::less<>> kinds_;
  SpokenDigits digits_;
};

Result<std::unique_ptr<Recognizer>> make(const std::string& bundle_dir) {
  auto made = std::make_unique<SpokenEmail>();
  if (Status s = made->load(bundle_dir); !s.ok()) return s;
  return std::unique_ptr<Recognizer>(std::move(made));
}

constexpr const char* kExamples[] = {
    "mi correo es «pepe punto ruiz arroba gmail punto com»", "apunte «ana guion bajo lopez arroba hotmail punto es» por favor", "«pepe arroba gmail»",
    "al correo «maria ochenta y dos arroba yahoo punto es»", "«ana.ruiz arroba gmail.com»", "escríbeme a «ana (at) ejemplo.com»", "«luis [arroba] ejemplo [punto] com»",
    "el email es «ana maria arroba gmail punto com»", "it is «john dot smith at gmail dot com»", "«PEPE ARROBA GMAIL PUNTO COM»", "«pepe@gmail punto com»", "mi correo es «marisol todo junto arroba gmail punto com»",
    "es «rosa, punto, vidal, arroba, gmail, punto, com»", "mi mail es «pe e pe e arroba gmail punto com»", "al correo «administracion arroba clinica san jose punto es»", "«marta guió baix vila arrova uab punt cat»", nullptr};
constexpr const char* kCounterExamples[] = {"pesa una arroba de patatas", "la arroba no me sale en el teclado", "look at gmail", "had a go at me", "me at home dot", "arroba", "arroba arroba arroba", "look at this dot com company", "at gmail they said no", nullptr};

}  // namespace

extern const RecognizerEntry spoken_email_entry;
const RecognizerEntry spoken_email_entry = {"spoken_email", "EMAIL_ADDRESS", &make, kExamples, kCounterExamples};

}  // namespace tertulia
