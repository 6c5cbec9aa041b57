// Numbers said aloud: phones first, and with a cue, a question or a check digit NIF, NIE, plates, cards, accounts, social
// security, passports, codes and postal codes.
//
// spoken_digits reads the runs, spoken_letters what is spelled before and behind them; here the count of figures, the
// numbering plan, check digits and cues decide. A run of a few groups of digits without a filler is left to the recognizers of
// digits. Cues: lists/spoken_cues.tsv. Test: tests/privacy/spoken_number_test.cc.
#include <algorithm>
#include <map>

#include "data/table_file.h"
#include "privacy/checksums.h"
#include "privacy/cue_list.h"
#include "privacy/recognizer_table.h"
#include "privacy/spoken_digits.h"
#include "privacy/spoken_letters.h"

namespace tertulia {
namespace {

constexpr std::size_t kLeastSaid = 4;     // items of a run wholly in digits: "4 5 6 7" was dictated, "612 345" was typed
constexpr std::size_t kWindow = 10;       // words before the run in which a cue counts
constexpr std::size_t kMaxLetters = 4;    // spelled in one go
constexpr std::size_t kMaxChain = 48;     // characters of one value

// Figures and letters that follow each other without other words: "pe a de siete siete uno", "veintidós zero zero q c".
struct Chain {
  std::size_t first_word = 0, last_word = 0;
  std::string value;
  std::size_t figures = 0;
};

class SpokenNumber final : public Recognizer {
 public:
  Status load(const std::string& dir) {
    if (Status s = digits_.load(dir); !s.ok()) return s;
    if (Status s = letters_.load(dir); !s.ok()) return s;
    const std::string path = dir + "/privacy/lists/spoken_cues.tsv";
    Result<std::vector<TableRow>> rows = load_table(path, 2, 2);
    if (!rows.ok()) return rows.status();
    for (const TableRow& row : *rows) {
      cues_.add(row.fields[0]);
      types_[fold_for_scan(row.fields[0])] = row.fields[1];
    }
    if (Status s = units_.add_file(dir, "units"); !s.ok()) return s;
    return against_.add_file(dir, "other_numbers");
  }

  void find(const Document& document, const RecognizerContext& context, std::vector<Entity>& found) const override {
    const ScanScope scope(document, context);
    const ScanText& scan = *scope;
    const std::vector<SpokenRun> runs = digits_.find(scan);
    std::size_t free_from = 0;
    for (std::size_t i = 0; i < runs.size(); ++i) {
      if (runs[i].items.front().first_word < free_from) continue;
      judge(scan, runs, i, context, free_from, found);
    }
  }

 private:
  static void add(const ScanText& scan, std::size_t first, std::size_t last, const std::string& type, double score, std::vector<std::string> why,
                  std::vector<Entity>& found) {
    found.push_back({type, scan.to_original(scan.words()[first].begin, scan.words()[last].end), score, "spoken_number", std::move(why)});
  }

  static bool phone(std::string_view n) {
    if (n.size() == 11 && n.substr(0, 2) == "34") n.remove_prefix(2);
    if (n.size() == 13 && n.substr(0, 4) == "0034") n.remove_prefix(4);
    if (n.size() != 9 || n[0] < '6' || n.substr(3) == "000000") return false;  // "610 millones"
    if ((n[0] == '8' || n[0] == '9') && (n[1] == '0' || n[1] == '9')) return false;  // service lines
    return true;
  }

  static bool service_line(std::string_view n) {
    return n.size() >= 3 && (n[0] == '8' || n[0] == '9') && n[1] == '0';
  }

  static bool consonants(std::string_view letters) { return letters.find_first_of("aeiouq") == std::string_view::npos; }

  // "9.200 y 13.000": points inside figures.
  static bool amounts(const ScanText& scan, const SpokenRun& run) {
    for (std::size_t i = 1; i < run.items.size(); ++i) {
      const std::size_t from = scan.words()[run.items[i - 1].last_word].end, to = scan.words()[run.items[i].first_word].begin;
      if (to == from + 1 && (scan.text()[from] == '.' || scan.text()[from] == ',') && run.items[i].digits.size() > 2) return true;
    }
    return false;
  }

  // What is dictated from the letters before run `at` to the letters behind the last run that letters alone part from it.
  Chain chain(const ScanText& scan, const std::vector<SpokenRun>& runs, std::size_t at, const SpokenLetters& left) const {
    Chain out;
    out.first_word = left.letters.empty() ? runs[at].items.front().first_word : left.first_word;
    out.value = left.letters;
    for (std::size_t i = at; i < runs.size() && out.value.size() < kMaxChain; ++i) {
      const std::string digits = runs[i].digits();
      out.value += digits;
      out.figures += digits.size();
      out.last_word = runs[i].items.back().last_word;
      const SpokenLetters right = letters_.read_all(scan, out.last_word + 1, kMaxLetters);
      if (right.letters.empty()) break;
      const bool more = i + 1 < runs.size() && runs[i + 1].items.front().first_word == right.last_word + 1;
      if (right.weak && !more) break;
      out.value += right.letters;
      out.last_word = right.last_word;
      if (!more) break;
    }
    return out;
  }

  void judge(const ScanText& scan, const std::vector<SpokenRun>& runs, std::size_t at, const RecognizerContext& context, std::size_t& free_from,
             std::vector<Entity>& found) const {
    const SpokenRun& run = runs[at];
    std::string digits = run.digits();
    const std::size_t first = run.items.front().first_word, last = run.items.back().last_word;
    const bool mixed = last - first + 1 > run.items.size();
    // Digits alone were typed and are another recognizer's, unless they come one or two at a time.
    const bool said = run.any_words() || mixed;
    const bool dictated = run.items.size() >= kLeastSaid &&
                          std::all_of(run.items.begin(), run.items.end(), [](const SpokenItem& item) { return item.digits.size() <= 2; });
    SpokenLetters left = letters_.read_before(scan, first, free_from, kMaxLetters);
    // "C.I.F.: B 1234…": what spells the cue is no part of the value.
    if (const std::optional<CueHit> near = left.letters.empty() ? std::nullopt : cues_.before(scan, scan.words()[first].begin, kMaxLetters);
        near && near->end > scan.words()[left.first_word].begin) {
      left = letters_.read_before(scan, first, scan.word_at(near->end - 1) + 1, kMaxLetters);
    }
    const std::size_t begin = scan.words()[left.letters.empty() ? first : left.first_word].begin;
    const std::string loose = run.loose_digits();

    std::string type = context.expected_type;
    std::vector<std::string> why = {"said aloud"};
    std::optional<CueHit> cue = cues_.before(scan, begin, kWindow);
    if (!cue && !left.letters.empty()) cue = cues_.before(scan, scan.words()[first].begin, kWindow);
    const std::optional<CueHit> against = against_.before(scan, begin, 4);
    if (cue) {
      type = types_.at(cue->phrase);
      why.push_back("cue: " + cue->phrase);
    } else if (!type.empty()) {
      why.emplace_back("asked for");
    }
    // Three letters spelled out behind typed figures: "4107 ge be zeta".
    const SpokenLetters right = letters_.read_all(scan, last + 1, kMaxLetters);
    const bool spelled = !right.letters.empty() && right.last_word - right.first_word + 1 >= right.letters.size();
    if (!run.any_words() && amounts(scan, run)) return;
    if (!said && !dictated && !(spelled && !right.weak) && !(left.letters.size() > 1)) return;
    // Check digits prove without a cue.
    const bool plain = type.empty() || type == "PHONE_NUMBER";
    for (const std::string& reading : {digits, loose}) {
      if (!checked(scan, reading, left, right, first, last, type, why, free_from, found)) continue;
      return;
    }
    // "e ese …" and 22 figures: an account, whatever its check says.
    if (digits.size() == 22 && !left.letters.empty() && left.letters.back() == 's' && left.letters.size() <= 2) {
      free_from = last + 1;
      why.emplace_back("checksum fails");
      return add(scan, country_before(scan, left.first_word), last, "IBAN_CODE", 0.8, why, found);
    }
    if (against && (!cue || against->distance < cue->distance)) return;
    if (said || dictated) {
      if (plain || type == "SECRET") {
        for (const std::string& reading : {digits, loose}) {
          if (!phone(reading) || (!said && type.empty())) continue;
          if (type == "SECRET" && cue && cue->distance < 4) break;
          if (!said) return;  // typed: the numbering plan of another recognizer
          const std::size_t from = plus_before(scan, first);
          free_from = last + 1;
          return add(scan, from, last, "PHONE_NUMBER", type.empty() ? 0.85 : 0.95, why, found);
        }
      }
    }
    if (said && plain && digits.size() >= 9 && digits.size() <= 15 && !service_line(digits)) {
      if (const std::size_t from = plus_before(scan, first); from != first && (scan.word(from) == "plus" || digits.size() > 10)) {
        free_from = last + 1;
        return add(scan, from, last, "PHONE_NUMBER", 0.9, why, found);
      }
    }
    // Eight figures and a letter by its name were a DNI with a slip of the tongue.
    if (said && type.empty() && (digits.size() == 8 || loose.size() == 8) && right.letters.size() == 1 && !right.weak && run.items.size() >= kLeastSaid) {
      free_from = right.last_word + 1;
      why.emplace_back("checksum fails");
      return add(scan, first, right.last_word, "ES_NIF", 0.65, why, found);
    }
    if (by_cue(scan, runs, at, left, right, type, cue, why, free_from, found)) return;
    if (!said || !plain) return;
    if (amount_behind(scan, last)) return;
    // A phone inside a longer run: "tengo dos, el seis cinco cuatro …". A start and an end are tried at every item once.
    for (std::size_t i = 0; i < run.items.size(); ++i) {
      std::string part;
      for (std::size_t k = i; k < run.items.size() && part.size() < 9; ++k) {
        part += run.items[k].digits;
        if (part.size() == 9 && phone(part)) {
          bool words = false;
          for (std::size_t j = i; j <= k; ++j) words = words || run.items[j].in_words;
          if (!words) break;
          add(scan, run.items[i].first_word, run.items[k].last_word, "PHONE_NUMBER", type.empty() ? 0.7 : 0.9, why, found);
          i = k;
          break;
        }
      }
    }
  }

  // Values that prove themselves: a form and a check digit.
  bool checked(const ScanText& scan, const std::string& digits, const SpokenLetters& left, const SpokenLetters& right, std::size_t first,
               std::size_t last, const std::string& type, std::vector<std::string> why, std::size_t& free_from, std::vector<Entity>& found) const {
    const std::size_t n = digits.size();
    const auto take = [&](std::size_t from, std::size_t to, const char* as, double score, const char* check) {
      why.emplace_back(std::string("check holds: ") + check);
      add(scan, from, to, as, score, why, found);
      free_from = to + 1;
      return true;
    };
    const std::string letter = right.letters.substr(0, 1);
    const std::size_t letter_word = right.letters.size() == 1 ? right.last_word : right.first_word;
    const char before = left.letters.empty() ? '\0' : left.letters.back();
    if (n >= 6 && n <= 8 && (before == 'x' || before == 'y' || before == 'z') && !letter.empty() && check_nie(before + digits + letter)) {
      return take(left.first_word, letter_word, "ES_NIE", 0.9, "nie");
    }
    if (n >= 7 && n <= 8 && !letter.empty() && check_dni(digits + letter) && (type == "ES_NIF" || type == "ES_NIE" || !right.weak)) {
      return take(first, letter_word, "ES_NIF", type == "ES_NIF" ? 0.95 : 0.8, "dni");
    }
    if (n == 22 && check_iban("es" + digits)) return take(country_before(scan, left.letters.empty() ? first : left.first_word), last, "IBAN_CODE", 0.97, "iban");
    if (n >= 14 && n <= 19 && check_card(digits)) return take(first, last, "CREDIT_CARD", 0.93, "card");
    if (n == 20 && check_ccc(digits)) return take(first, last, "ES_CCC", 0.93, "ccc");
    if (n == 12 && check_nuss(digits)) return take(first, last, "ES_NUSS", type == "ES_NUSS" ? 0.95 : 0.75, "nuss");
    if (n == 8 && left.letters.size() == 1 && type == "ES_CIF" && check_cif(left.letters + digits)) {
      return take(left.first_word, last, "ES_CIF", 0.95, "cif");
    }
    return false;
  }

  // Values that their announcement proves.
  bool by_cue(const ScanText& scan, const std::vector<SpokenRun>& runs, std::size_t at, const SpokenLetters& left, const SpokenLetters& right,
              const std::string& type, const std::optional<CueHit>& cue, const std::vector<std::string>& why, std::size_t& free_from,
              std::vector<Entity>& found) const {
    const SpokenRun& run = runs[at];
    const std::size_t first = run.items.front().first_word, last = run.items.back().last_word;
    const std::size_t n = run.digits().size(), loose = run.loose_digits().size();
    const auto take = [&](std::size_t from, std::size_t to, double score) {
      add(scan, from, to, type, score, why, found);
      free_from = to + 1;
      return true;
    };
    const auto within = [&](std::size_t least, std::size_t most) { return (n >= least && n <= most) || (loose >= least && loose <= most); };
    const std::size_t from = left.letters.empty() ? first : left.first_word;
    // A plate needs no cue when four figures and three consonants are spelled.
    if (n == 4 && right.letters.size() == 3 && consonants(right.letters) && (type == "LICENSE_PLATE" || type.empty())) {
      add(scan, from, right.last_word, "LICENSE_PLATE", type.empty() ? 0.8 : 0.93, why, found);
      free_from = right.last_word + 1;
      return true;
    }
    if (type.empty() || amount_behind(scan, last)) return false;
    const bool close = !cue || cue->distance < 6 || (run.items.size() > 3 && cue->distance < 9);
    if (type == "ES_NIF" && within(6, 9)) {
      if (!left.letters.empty() && n <= 8 && left.letters.size() < 4) return take(from, right.letters.empty() ? last : right.last_word, 0.85);
      const bool letter = !right.letters.empty() && (!right.weak || right.letters.size() == 1);
      const std::size_t letter_word = right.letters.size() == 1 ? right.last_word : right.first_word;  // "20448817-q, f.nac.": one letter is its own
      return take(first, letter && !right.weak ? letter_word : last, 0.9);
    }
    if (type == "ES_NIE" && within(5, 9)) return take(from, right.letters.empty() || right.weak ? last : right.last_word, 0.9);
    if (type == "CREDIT_CARD" && within(12, 20)) return take(first, last, 0.9);
    if (type == "IBAN_CODE" && within(12, 30)) {
      const Chain whole = chain(scan, runs, at, left);
      return take(country_before(scan, whole.first_word), whole.last_word, 0.9);
    }
    if (type == "SECRET" && close && within(3, 8)) {
      // "siete siete uno nueve a": the letter behind belongs to it.
      return take(first, right.letters.size() == 1 && !right.weak ? right.last_word : last, 0.85);
    }
    if (type == "POSTAL_CODE" && close && (n == 5 || n == 4)) return take(first, last, 0.85);
    if (type == "ES_NUSS" && within(10, 13)) return take(first, last, 0.88);
    if (type == "PHONE_NUMBER" && cue && (cue->distance < 5 || (run.items.size() > 6 && within(9, 11))) && within(7, 15) && !service_line(run.digits()) && run.items.size() > 2) {
      return take(plus_before(scan, first), last, 0.85);
    }
    if (type == "LICENSE_PLATE" && n >= 2 && n <= 6) {
      const Chain whole = chain(scan, runs, at, left.weak ? SpokenLetters{} : left);
      if (whole.value.size() >= 5 && whole.value.size() > whole.figures) return take(whole.first_word, whole.last_word, 0.9);
      return false;
    }
    if (type == "ES_CIF" && within(7, 8)) return take(from, right.letters.size() == 1 && !right.weak ? right.last_word : last, 0.85);
    if (type == "ES_PASSPORT" || type == "FOREIGN_ID" || type == "CADASTRAL_REFERENCE" || type == "ES_CUPS") {
      const Chain whole = chain(scan, runs, at, left);
      if (whole.value.size() >= 7 && whole.figures >= 5 && whole.value.size() <= kMaxChain) return take(whole.first_word, whole.last_word, 0.85);
    }
    return false;
  }

  // "más treinta y cuatro", "plus four four".
  static std::size_t plus_before(const ScanText& scan, std::size_t first) {
    if (first == 0) return first;
    const std::string_view word = scan.word(first - 1);
    return word == "plus" || word == "mas" || word == "mes" ? first - 1 : first;
  }

  // "e ese cero tres …", "España cero tres …": where the account begins.
  static std::size_t country_before(const ScanText& scan, std::size_t first) {
    if (first == 0 || scan.words()[first].begin - scan.words()[first - 1].end > 2) return first;
    const std::string_view word = scan.word(first - 1), here = scan.word(first);
    if (word == "espana" || word == "espanya" || word == "spain") return first - 1;
    if ((word == "e" || word == "i") && (here == "ese" || here == "essa" || here == "s")) return first - 1;
    // "cuenta es es noventa y uno": the second one is the country.
    if (word == "es" && scan.is_upper(scan.words()[first - 1].begin) && scan.is_upper(scan.words()[first - 1].begin + 1)) return first - 1;
    if (word == "es" && first > 1 && (scan.word(first - 2) == "es")) return first - 1;
    return first;
  }

  [[nodiscard]] bool amount_behind(const ScanText& scan, std::size_t last) const {
    std::size_t next = last + 1;
    if (next < scan.words().size() && scan.word(next) == "de") ++next;
    return next < scan.words().size() && scan.words()[next].begin - scan.words()[last].end <= 4 && scan.words()[next].size() > 1 && units_.starting(scan, next).has_value();
  }

  SpokenDigits digits_;
  LetterNames letters_;
  CueList cues_, against_, units_;
  std::map<std::string, std::string> types_;
};

Result<std::unique_ptr<Recognizer>> make(const std::string& bundle_dir) {
  auto made = std::make_unique<SpokenNumber>();
  if (Status s = made->load(bundle_dir); !s.ok()) return s;
  return std::unique_ptr<Recognizer>(std::move(made));
}

constexpr const char* kExamples[] = {
    "es el «seis cinco cuatro tres dos uno cero nueve ocho»", "«seiscientos doce treinta y cuatro cincuenta y seis setenta y ocho»",
    "apunte: «seis cinco cuatro, eh, treinta y dos, diez, noventa y ocho» gracias", "«seis doce treinta y cuatro cincuenta y seis setenta y ocho»",
    "«654 eh 32 y luego 10 98»", "«6 cinco 4 tres 2 uno 0 nueve 8»", "mi fijo es el «noventa y uno ciento veintitrés cuarenta y cinco sesenta y siete»",
    "és el «sis cinc quatre tres dos u zero nou vuit»", "it's «six five four three two one oh nine eight»", "«SEIS CINCO CUATRO TRES DOS UNO CERO NUEVE OCHO»",
    "«seis doble cinco cuatro tres dos uno cero nueve»", nullptr};
constexpr const char* kCounterExamples[] = {
    "necesito ciento ochenta mil euros", "somos seis o siete", "de cinco a seis personas", "llamé al novecientos doscientos treinta cuatrocientos",
    "mil novecientos ochenta y cuatro", "por ventanas y gotelé: 9.200 y 13.000", "pedido seis cinco cuatro tres dos uno cero nueve ocho", "uno dos tres probando", "612345678", "una inversión de 610 millones", nullptr};

}  // namespace

extern const RecognizerEntry spoken_number_entry;
const RecognizerEntry spoken_number_entry = {"spoken_number", "PHONE_NUMBER", &make, kExamples, kCounterExamples};

}  // namespace tertulia
