// Dates of birth: a date in any spelling, by the words that announce a birth.
//
// From each cue (lists/birth_cues.tsv) it looks for a date a few words ahead ("nacida en Lugo el 3 de abril de 1955"), or right
// before it ("el 3 de abril de 1955, fecha de mi nacimiento"). A date is day, month and year in figures or words, in Spanish,
// Catalan, Galician and English; the year may be left out where the cue is a birthday. Words: lists/date_words.tsv,
// spoken_numbers.tsv. Each cue costs a bounded look. Test: tests/privacy/recognizer_table_test.cc and types_test.cc.
#include <map>

#include "data/table_file.h"
#include "privacy/cue_list.h"
#include "privacy/recognizer_table.h"
#include "privacy/spoken_digits.h"

namespace tertulia {
namespace {

constexpr std::size_t kAhead = 12;       // words between the cue and the date
constexpr std::size_t kAheadLoose = 6;   // the same for a cue that needs its date close
constexpr std::size_t kYearless = 3;     // words between a cue and a date without a year
constexpr std::size_t kMaxGap = 5;       // characters between two words of a date

class BirthDate final : public Recognizer {
 public:
  Status load(const std::string& dir) {
    if (Status s = digits_.load(dir); !s.ok()) return s;
    const std::string words = dir + "/privacy/lists/date_words.tsv";
    Result<std::vector<TableRow>> rows = load_table(words, 3, 3);
    if (!rows.ok()) return rows.status();
    for (const TableRow& row : *rows) {
      const std::string& kind = row.fields[1];
      const int value = std::atoi(row.fields[2].c_str());
      if (kind == "month" && value >= 1 && value <= 12) months_[fold_for_scan(row.fields[0])] = value;
      else if (kind == "day" && value >= 1 && value <= 31) days_[fold_for_scan(row.fields[0])] = value;
      else if (kind == "link") links_[fold_for_scan(row.fields[0])] = 0;
      else return Status(StatusCode::kInvalidData, words + ":" + std::to_string(row.line) + ": expected month 1-12, day 1-31 or link");
    }
    const std::string path = dir + "/privacy/lists/birth_cues.tsv";
    rows = load_table(path, 2, 2);
    if (!rows.ok()) return rows.status();
    for (const TableRow& row : *rows) {
      const std::string& kind = row.fields[1];
      if (kind != "birth" && kind != "age" && kind != "birthday" && kind != "close" && kind != "against" && kind != "none") {
        return Status(StatusCode::kInvalidData, path + ":" + std::to_string(row.line) + ": expected birth, birthday, age, close, against or none");
      }
      if (kind == "against") {
        against_.add(row.fields[0]);
      } else {
        cues_.add(row.fields[0]);
        kinds_[cue_phrase(row.fields[0])] = kind;
      }
    }
    return {};
  }

  void find(const Document& document, const RecognizerContext& context, std::vector<Entity>& found) const override {
    const ScanScope scope(document, context);
    const ScanText& scan = *scope;
    const std::size_t count = scan.words().size();
    std::size_t free_from = 0;
    if (context.expected_type == "DATE_OF_BIRTH") ahead(scan, 0, 16, true, "asked for", free_from, found);
    for (std::size_t i = 0; i < count; ++i) {
      const std::optional<CueHit> cue = cues_.starting(scan, i);
      if (!cue) continue;
      const std::string& kind = kinds_.at(cue->phrase);
      if (kind == "age") {  // "cumple nueve años el 8 de marzo": only before a number
        SpokenItem years;
        std::size_t after = scan.word_at(cue->end - 1) + 1;
        if (after < count && (scan.word(after) == "los" || scan.word(after) == "els")) ++after;
        if (after >= count || !digits_.read_item(scan, after, years)) continue;
      }
      if (kind == "close" && against_.before(scan, cue->begin, 4)) continue;
      const std::size_t next = scan.word_at(cue->end - 1) + 1;
      if (kind == "none") {
        i = std::max(i, next - 1);
        continue;
      }
      const std::string why = "cue: " + cue->phrase;
      if (!ahead(scan, next, kind == "close" ? kAheadLoose : kAhead, kind == "birthday" || kind == "age", why, free_from, found) && kind == "birth") behind(scan, i, why, found);
      i = std::max(i, next - 1);
    }
  }

 private:
  struct Date {
    std::size_t first = 0, last = 0;  // words
    bool year = false, named_month = false;
  };

  static std::string_view gap(const ScanText& scan, std::size_t right) {
    const std::size_t left = right == 0 ? 0 : scan.words()[right - 1].end;
    return scan.text().substr(left, scan.words()[right].begin - left);
  }

  // All dates within `most` words of each other: "nacidos el 3/4/2011 y el 5/6/2014".
  bool ahead(const ScanText& scan, std::size_t from, std::size_t most, bool birthday, const std::string& why, std::size_t& free_from,
             std::vector<Entity>& found) const {
    bool any = false;
    std::size_t limit = std::min(scan.words().size(), from + most);
    for (std::size_t at = std::max(from, free_from); at < limit; ++at) {
      const std::string_view between = at > from ? gap(scan, at) : std::string_view();
      if (between.find_first_of("?!") != std::string_view::npos && any) break;
      if (against_.starting(scan, at)) break;
      Date date;
      if (!read(scan, at, date)) continue;
      if (!date.year && !birthday && (!date.named_month || at > from + kYearless)) continue;
      if (date.first > from && scan.word(date.first - 1) == "the") --date.first;
      found.push_back({"DATE_OF_BIRTH", scan.to_original(scan.words()[date.first].begin, scan.words()[date.last].end), 0.95, "birth_date", {why}});
      any = true;
      free_from = date.last + 1;
      // Another one only right behind an "y".
      if (free_from >= scan.words().size()) break;
      const std::string_view link = scan.word(free_from);
      if (link != "y" && link != "i" && link != "e" && link != "and") break;
      at = free_from;
      limit = std::min(scan.words().size(), at + 4);
    }
    return any;
  }

  void behind(const ScanText& scan, std::size_t cue, const std::string& why, std::vector<Entity>& found) const {
    for (std::size_t back = 3; back <= 12 && back <= cue; ++back) {
      Date date;
      if (!read(scan, cue - back, date) || !date.year || date.last + 4 < cue || date.last >= cue) continue;
      if (against_.before(scan, scan.words()[date.first].begin, 4)) return;
      found.push_back({"DATE_OF_BIRTH", scan.to_original(scan.words()[date.first].begin, scan.words()[date.last].end), 0.8, "birth_date", {why}});
      return;
    }
  }

  static bool all_digits(std::string_view word) { return !word.empty() && word.find_first_not_of("0123456789") == std::string_view::npos; }

  // A number from 1 to `most`, in figures ("12", "12th") or words; the word behind it.
  std::size_t small(const ScanText& scan, std::size_t word, long most) const {
    if (word >= scan.words().size()) return 0;
    const std::string_view said = scan.word(word);
    if (is_digit(said[0])) {
      std::size_t figures = 0;
      while (figures < said.size() && is_digit(said[figures])) ++figures;
      if (figures > 2) return 0;
      const std::string_view tail = said.substr(figures);
      if (!tail.empty() && tail != "st" && tail != "nd" && tail != "rd" && tail != "th" && tail != "o") return 0;
      const int value = std::atoi(std::string(said.substr(0, figures)).c_str());
      return value >= 1 && value <= most ? word + 1 : 0;
    }
    if (const auto day = days_.find(said); day != days_.end()) {
      // "twenty first"
      return day->second <= most ? word + 1 : 0;
    }
    SpokenItem item;
    if (!digits_.read_item(scan, word, item)) return 0;
    if (item.round_tens && item.last_word + 1 < scan.words().size()) {  // "twenty first", "trenta-unè"
      const auto day = days_.find(scan.word(item.last_word + 1));
      if (day != days_.end() && day->second < 10) return item.last_word + 2;
    }
    const long value = std::atol(item.digits.c_str());
    return value >= 1 && value <= most && item.digits.size() <= 2 ? item.last_word + 1 : 0;
  }

  // The word behind a year, or 0. Two figures are enough where a link ("del", "'") or a separator led here.
  std::size_t year(const ScanText& scan, std::size_t word) const {
    if (word >= scan.words().size() || gap(scan, word).size() > kMaxGap) return 0;
    const std::string_view said = scan.word(word);
    if (is_digit(said[0])) {
      if (!all_digits(said)) return 0;
      if (said.size() == 2) return word + 1;
      return said.size() == 4 && said >= "1890" && said < "2040" ? word + 1 : 0;
    }
    SpokenItem item;
    if (!digits_.read_item(scan, word, item)) return 0;
    const long value = std::atol(item.digits.c_str());
    if ((value >= 1890 && value < 2040) || (value >= 0 && value < 100 && item.digits.size() == 2) || (item.digits.size() == 1)) {
      // "nineteen eighty two", "veinte cero tres"; "setenta y dos" stands alone.
      const bool head = value == 19 || value == 20;
      SpokenItem rest;
      if (head && item.last_word + 1 < scan.words().size() && gap(scan, item.last_word + 1) == " " && digits_.read_item(scan, item.last_word + 1, rest) &&
          rest.digits.size() <= 2) {
        if (rest.digits.size() == 1 && rest.last_word + 1 < scan.words().size() && gap(scan, rest.last_word + 1) == " ") {
          SpokenItem unit;  // "oh five", "cero cinco"
          if (rest.digits == "0" && digits_.read_item(scan, rest.last_word + 1, unit) && unit.digits.size() == 1) return unit.last_word + 1;
        }
        return rest.last_word + 1;
      }
      return item.last_word + 1;
    }
    // "nineteen hundred and five": 1905 read as a hundred.
    return 0;
  }

  std::size_t skip_links(const ScanText& scan, std::size_t word, std::size_t most) const {
    while (most-- > 0 && word < scan.words().size() && links_.count(scan.word(word)) != 0 && gap(scan, word).size() <= kMaxGap) ++word;
    return word;
  }

  [[nodiscard]] bool month_at(const ScanText& scan, std::size_t word) const {
    return word < scan.words().size() && gap(scan, word).size() <= kMaxGap && months_.count(scan.word(word)) != 0;
  }

  bool read(const ScanText& scan, std::size_t word, Date& date) const {
    const std::size_t count = scan.words().size();
    date = {word, word, false, false};
    const std::string_view said = scan.word(word);
    const auto finish = [&](std::size_t behind_month) {
      date.named_month = true;
      date.last = behind_month - 1;
      const std::size_t at = skip_links(scan, behind_month, 3);
      if (at >= count) return true;
      const std::string_view between = gap(scan, at);
      if (between.find('\n') != std::string_view::npos) return true;
      if (const std::size_t end = year(scan, at); end != 0) {
        date.last = end - 1;
        date.year = true;
      }
      return true;
    };
    // "12051980", "1980-05-12", "12 05 1980"
    if (all_digits(said) && said.size() == 8) {
      const auto number = [&](std::size_t at, std::size_t size) { return std::atoi(std::string(said.substr(at, size)).c_str()); };
      const bool forward = number(0, 2) >= 1 && number(0, 2) <= 31 && number(2, 2) >= 1 && number(2, 2) <= 12 && number(4, 4) > 1890 && number(4, 4) < 2040;
      const bool backward = number(0, 4) > 1890 && number(0, 4) < 2040 && number(4, 2) >= 1 && number(4, 2) <= 12 && number(6, 2) >= 1 && number(6, 2) <= 31;
      date.year = true;
      return forward || backward;
    }
    if (all_digits(said) && said.size() == 4 && word + 2 < count && all_digits(scan.word(word + 1)) && all_digits(scan.word(word + 2))) {
      if (said < "1890" || said > "2040" || small(scan, word + 1, 12) == 0 || small(scan, word + 2, 31) == 0) return false;
      if (gap(scan, word + 1).size() > 3 || gap(scan, word + 2).size() > 3) return false;
      date.last = word + 2;
      date.year = true;
      return true;
    }
    // "May 12th, 1980"
    if (months_.count(said) != 0) {
      std::size_t at = word + 1;
      if (at < count && scan.word(at) == "the") ++at;
      const std::size_t day = at < count && gap(scan, at).size() <= kMaxGap ? small(scan, at, 31) : 0;
      if (day == 0) return false;
      // "mayo del 80" is no day.
      return finish(day);
    }
    const std::size_t day = small(scan, word, 31);
    if (day == 0 || day >= count) return false;
    const std::string_view separator = gap(scan, day);
    if (separator.size() > kMaxGap) return false;
    const std::size_t at = skip_links(scan, day, 4);
    if (month_at(scan, at)) return finish(at + 1);
    // "12/05/1980", "12 5 80", "doce del cinco del ochenta"
    const std::size_t month = at < count && gap(scan, at).size() <= kMaxGap ? small(scan, at, 12) : 0;
    if (month == 0 || month >= count) return false;
    const std::size_t third = skip_links(scan, month, 4);
    if (third >= count || gap(scan, third).size() > kMaxGap || gap(scan, third).find_first_of(":,") != std::string_view::npos) return false;
    if (separator.find_first_of(":,") != std::string_view::npos) return false;
    const std::size_t end = year(scan, third);
    if (end == 0) return false;
    // Figures alone want one separator throughout, or a link.
    if (is_digit(said[0]) && at == day && separator == " " && gap(scan, third) != " ") return false;
    date.last = end - 1;
    date.year = true;
    return true;
  }

  SpokenDigits digits_;
  CueList cues_, against_;
  std::map<std::string, std::string> kinds_;
  std::map<std::string, int, std::less<>> months_, days_, links_;
};

Result<std::unique_ptr<Recognizer>> make(const std::string& bundle_dir) {
  auto made = std::make_unique<BirthDate>();
  if (Status s = made->load(bundle_dir); !s.ok()) return s;
  return std::unique_ptr<Recognizer>(std::move(made));
}

constexpr const char* kExamples[] = {
    "nací el «doce de mayo de mil novecientos ochenta»", "vaig néixer el «tres de gener del cinquanta-u»", "born on «May 12, 1980»", "nacida en Lugo el «3 de abril de 1955»",
    "fecha de nacimiento: «12-5-80»", "fecha de nacimiento «doce del cinco del ochenta»", "I was born on «the twelfth of May nineteen eighty»", "DOB «05/12/1980»",
    "nascut el «vint-i-tres d'abril de mil nou-cents seixanta-dos»", "mi cumple es el «4 de julio»", "nacidos el «3/4/2011» y el «5/6/2014»", "fecha de nacimiento «12051980»",
    "nació el «veintitrés de febrero de mil novecientos ochenta y uno»", "soy del «12 de mayo de 1980»", "F. Nac: «1980-05-12»", "born «12th May 1980»", "born on «July 4th»", "nací el «uno de enero de dos mil tres»",
    "nacimiento: «12/MAYO/1980»", "nacida el «22-III-1961»", "mi nieta es del «22 de marzo de 2011»", "my birthday is «the fourth of July 1985»", "cumple 9 años el «8 de marzo»", "cumple dieciocho el mes que viene (es del «23/10/06»)", nullptr};
constexpr const char* kCounterExamples[] = {
    "quedamos el 12/05/2024", "mi dni caduca el 12/05/2030", "nací en 1980", "fecha de nacimiento: pendiente", "el 31/12", "nacimiento 99/99/1980", "me casé el 4 de julio de 2010",
    "mi hija nació en mayo", "nació hace 3 meses", "nací en Cuenca y firmé el 12 de mayo de 2010", "cumplo los 40 en 3 meses", "nací el 58", "born in 1980 in Leeds", "soy del Madrid de 12 a 3", "prestación por nacimiento desde el 12 de mayo de 2024", "el contrato es del 12/05/2019", "no cumple el contrato del 12/05/2019", "cumple 2 años de contrato el 3 de mayo", nullptr};

}  // namespace

extern const RecognizerEntry birth_date_entry;
const RecognizerEntry birth_date_entry = {"birth_date", "DATE_OF_BIRTH", &make, kExamples, kCounterExamples};

}  // namespace tertulia
