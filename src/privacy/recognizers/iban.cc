// IBANs of every country: country code, check digits and then exactly as many characters as the country has, however
// they are grouped. ISO 13616; lengths in checksums.cc. A Spanish one whose check fails is a typing mistake, not a
// decoy: kept with a lower score. Test: tests/privacy/iban_test.cc.
#include <memory>

#include "privacy/checksums.h"
#include "privacy/cue_list.h"
#include "privacy/recognizer_table.h"
#include "privacy/scan_text.h"

namespace tertulia {
namespace {

constexpr std::size_t kLeastTruncated = 10;  // figures of an account cut short

class Iban final : public Recognizer {
 public:
  Status load(const std::string& dir) { return cues_.add_file(dir, "iban_cues"); }

  void find(const Document& document, const RecognizerContext& context, std::vector<Entity>& found) const override {
    const ScanScope scope(document, context);
    const ScanText& scan = *scope;
    const std::string_view text = scan.text();
    for (std::size_t i = 0; i < scan.words().size(); ++i) {
      const Span word = scan.words()[i];
      if (word.size() < 2 || !is_letter(text[word.begin]) || !is_letter(text[word.begin + 1])) continue;
      if (word.size() > 2 && !is_digit(text[word.begin + 2])) continue;
      const std::size_t length = iban_length(text.substr(word.begin, 2));
      if (length == 0) continue;
      std::string value;
      const std::size_t end = gather(text, word.begin, length, value);
      if (end == 0) {
        truncated(scan, i, context, found);
        continue;
      }
      const bool asked = context.expected_type == "IBAN_CODE";
      const bool glued = word.size() > 2;
      Entity entity{"IBAN_CODE", {}, 0, "iban", {}};
      if (check_iban(value)) {
        entity.score = 0.99;
        entity.why = {"check holds: iban"};
      } else if (glued ? value.compare(0, 2, "es") == 0 || asked || cues_.before(scan, word.begin, 6) : bool(cues_.before(scan, word.begin, 6))) {
        if (value.find_first_not_of("0123456789", 2) != std::string::npos && value.compare(0, 2, "es") == 0) continue;
        entity.score = 0.65;
        entity.why = {"form of the country", "checksum fails"};
      } else {
        continue;
      }
      entity.span = scan.to_original(word.begin, end);
      found.push_back(std::move(entity));
      while (i + 1 < scan.words().size() && scan.words()[i + 1].begin < end) ++i;
    }
  }

 private:
  // `length` letters and digits with at most two separators between two of them; 0: there are fewer, or it goes on.
  static std::size_t gather(std::string_view text, std::size_t begin, std::size_t length, std::string& value) {
    std::size_t at = begin, gap = 0;
    for (; at < text.size() && value.size() < length; ++at) {
      const char c = text[at];
      if (is_digit(c) || is_letter(c)) {
        if (value.size() == 2 || value.size() == 3) {
          if (!is_digit(c)) return 0;  // check digits
        }
        value += c;
        gap = 0;
      } else if ((c == ' ' || c == '-' || c == '.' || c == '/') && ++gap <= 2) {
        continue;
      } else {
        return 0;
      }
    }
    if (value.size() < length || (at < text.size() && is_word_byte(text[at]))) return 0;
    return at;
  }

  // "ES79 2100 0813 61…": a Spanish account cut short, told by its grouping in fours or by a cue.
  void truncated(const ScanText& scan, std::size_t i, const RecognizerContext& context, std::vector<Entity>& found) const {
    const std::string_view text = scan.text();
    const Span word = scan.words()[i];
    if (text.substr(word.begin, 2) != "es" || word.size() < 4 || scan.word(i).find_first_not_of("0123456789", 2) != std::string_view::npos) return;
    std::size_t figures = word.size() - 2, last = i;
    while (last + 1 < scan.words().size() && last - i < 8) {
      const Span next = scan.words()[last + 1];
      const std::string_view between = text.substr(scan.words()[last].end, next.begin - scan.words()[last].end);
      if ((between != " " && between != "-" && between != ".") || next.size() > 12 || scan.word(last + 1).find_first_not_of("0123456789") != std::string_view::npos) break;
      figures += next.size();
      ++last;
    }
    if (figures < kLeastTruncated || figures >= 22) return;
    const bool fours = word.size() == 4 && last > i + 1 && scan.words()[i + 1].size() == 4 && scan.is_upper(word.begin);
    if (!fours && context.expected_type != "IBAN_CODE" && !cues_.before(scan, word.begin, 6)) return;
    found.push_back({"IBAN_CODE", scan.to_original(word.begin, scan.words()[last].end), 0.6, "iban", {"form of the country", "cut short"}});
  }

  CueList cues_;
};

Result<std::unique_ptr<Recognizer>> make(const std::string& bundle_dir) {
  auto made = std::make_unique<Iban>();
  if (Status s = made->load(bundle_dir); !s.ok()) return s;
  return std::unique_ptr<Recognizer>(std::move(made));
}

constexpr const char* kExamples[] = {
    "mi iban es «ES91 2100 0418 4502 0005 1332»", "«ES9121000418450200051332»", "IBAN: «es91 2100 0418 45 0200051332» gracias",
    "«ES91-2100-0418-4502-0005-1332»", "cuenta alemana «DE89 3704 0044 0532 0130 00» desde enero", "«GB29NWBK60161331926819»",
    "«FR14 2004 1010 0505 0001 3M02 606»", "«ＥＳ９１ 2100 0418 4502 0005 1332»", "«ES91\u00a02100\u00a00418\u00a04502\u00a00005\u00a01332»",
    "ingresa en «ES91 2100 0418 4502 0005 1333» porfa", "«PT50 0002 0123 1234 5678 9015 4»", "mi cuenta empieza por «ES79 2100 0813»", "IBAN «ES7921000813610123»", nullptr};
constexpr const char* kCounterExamples[] = {"es 12 de mayo de 2024", "es el 21 de enero", "ES91 2100", "de 20 a 30 personas hay 40 que 50 y 60 o 70 si 80 no",
                                            "pedido DE8937040044053201300", "ES91210004184502000513321", nullptr};

}  // namespace

extern const RecognizerEntry iban_entry;
const RecognizerEntry iban_entry = {"iban", "IBAN_CODE", &make, kExamples, kCounterExamples};

}  // namespace tertulia
