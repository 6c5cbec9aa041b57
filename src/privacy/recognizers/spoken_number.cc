// Numbers said aloud: phones first, and with a cue or a question before them NIF, cards, IBAN, codes and postal codes.
//
// spoken_digits reads the runs; here their count of figures, the numbering plan, check digits and cues decide.
// A run of a few groups of digits without a filler is left to the recognizers of digits. Cues: lists/spoken_cues.tsv.
// Test: tests/privacy/spoken_number_test.cc.
#include <algorithm>
#include <map>

#include "data/table_file.h"
#include "privacy/checksums.h"
#include "privacy/cue_list.h"
#include "privacy/recognizer_table.h"
#include "privacy/spoken_digits.h"

namespace tertulia {
namespace {

constexpr std::size_t kLeastSaid = 4;  // items of a run wholly in digits: "4 5 6 7" was dictated, "612 345" was typed
constexpr std::size_t kWindow = 8;  // words before the run in which a cue counts

class SpokenNumber final : public Recognizer {
 public:
  Status load(const std::string& dir) {
    if (Status s = digits_.load(dir); !s.ok()) return s;
    const std::string path = dir + "/privacy/lists/spoken_cues.tsv";
    Result<std::vector<TableRow>> rows = load_table(path, 2, 2);
    if (!rows.ok()) return rows.status();
    for (const TableRow& row : *rows) {
      cues_.add(row.fields[0]);
      types_[fold_for_scan(row.fields[0])] = row.fields[1];
    }
    return against_.add_file(dir, "other_numbers");
  }

  void find(const Document& document, const RecognizerContext& context, std::vector<Entity>& found) const override {
    const ScanScope scope(document, context);
    const ScanText& scan = *scope;
    for (const SpokenRun& run : digits_.find(scan)) judge(scan, run, context, found);
  }

 private:
  static void add(const ScanText& scan, std::size_t first, std::size_t last, const char* type, double score, std::vector<std::string> why,
                  std::vector<Entity>& found) {
    found.push_back({type, scan.to_original(scan.words()[first].begin, scan.words()[last].end), score, "spoken_number", std::move(why)});
  }

  static bool phone(std::string_view n) {
    if (n.size() == 11 && n.substr(0, 2) == "34") n.remove_prefix(2);
    if (n.size() == 13 && n.substr(0, 4) == "0034") n.remove_prefix(4);
    if (n.size() != 9 || n[0] < '6') return false;
    if ((n[0] == '8' || n[0] == '9') && (n[1] == '0' || n[1] == '9')) return false;  // service lines
    return true;
  }

  void judge(const ScanText& scan, const SpokenRun& run, const RecognizerContext& context, std::vector<Entity>& found) const {
    std::string digits = run.digits();
    const std::size_t first = run.items.front().first_word, last = run.items.back().last_word;
    const bool mixed = last - first + 1 > run.items.size();
    // Digits alone were typed and are another recognizer's, unless they come one or two at a time.
    const bool said = run.any_words() || mixed;
    const bool dictated = run.items.size() >= kLeastSaid &&
                          std::all_of(run.items.begin(), run.items.end(), [](const SpokenItem& item) { return item.digits.size() <= 2; });
    if (!said && !dictated) return;
    const std::size_t begin = scan.words()[first].begin;
    std::string type = context.expected_type;
    std::vector<std::string> why = {"said aloud"};
    const std::optional<CueHit> cue = cues_.before(scan, begin, kWindow);
    const std::optional<CueHit> against = against_.before(scan, begin, 4);
    if (cue) {
      type = types_.at(cue->phrase);
      why.push_back("cue: " + cue->phrase);
    } else if (!type.empty()) {
      why.emplace_back("asked for");
    }
    if (against && (!cue || against->distance < cue->distance)) return;

    if (!said && (type.empty() || type == "PHONE_NUMBER")) return;
    const bool plain = type.empty() || type == "PHONE_NUMBER";
    if (plain && phone(digits)) {
      add(scan, first, last, "PHONE_NUMBER", type.empty() ? 0.85 : 0.95, why, found);
      return;
    }
    const std::size_t n = digits.size();
    if (n >= 7 && n <= 8 && !run.letter.empty() && (type == "ES_NIF" || check_dni(digits + run.letter))) {
      if (check_dni(digits + run.letter)) why.emplace_back("check holds: dni");
      add(scan, first, run.letter_word, "ES_NIF", type == "ES_NIF" ? 0.95 : 0.7, why, found);
      return;
    }
    if (type == "ES_NIF" && n >= 7 && n <= 8) return add(scan, first, last, "ES_NIF", 0.85, why, found);
    if (type == "CREDIT_CARD" && n >= 13 && n <= 19) return add(scan, first, last, "CREDIT_CARD", 0.9, why, found);
    if (type == "IBAN_CODE" && n >= 18 && n <= 26) return add(scan, first, last, "IBAN_CODE", 0.9, why, found);
    if (type == "SECRET" && n >= 3 && n <= 8) return add(scan, first, last, "SECRET", 0.85, why, found);
    if (type == "POSTAL_CODE" && n == 5 && digits < "53") return add(scan, first, last, "POSTAL_CODE", 0.8, why, found);
    if (type == "ES_NUSS" && (n == 11 || n == 12)) return add(scan, first, last, "ES_NUSS", 0.85, why, found);
    // A phone inside a longer run: "tengo dos, el seis cinco cuatro …". A start and an end are tried at every item once.
    for (std::size_t i = 0; plain && i < run.items.size(); ++i) {
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

  SpokenDigits digits_;
  CueList cues_, against_;
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
    "mil novecientos ochenta y cuatro", "pedido seis cinco cuatro tres dos uno cero nueve ocho", "uno dos tres probando", "612345678", nullptr};

}  // namespace

extern const RecognizerEntry spoken_number_entry;
const RecognizerEntry spoken_number_entry = {"spoken_number", "PHONE_NUMBER", &make, kExamples, kCounterExamples};

}  // namespace tertulia
