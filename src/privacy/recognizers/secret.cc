// Passwords, PINs, CVVs and one-time codes, by the words that announce them: the value alone.
//
// lists/secret_cues.tsv says what each phrase announces: `word` (a password: the next chunk, ordinary words set aside),
// `key` (the same for a word with other meanings, so that a figure
// is needed), `digits` (3 to 8 figures), `code` (figures too, but only where sms, verification or the like stand near, or the other
// side has asked). lists/secret_links.tsv may stand between, lists/secret_stop.tsv may not be the value.
// Test: tests/privacy/secret_test.cc.
#include <map>
#include <set>

#include "data/table_file.h"
#include "privacy/cue_list.h"
#include "privacy/recognizer_table.h"
#include "privacy/scan_text.h"

namespace tertulia {
namespace {

constexpr std::size_t kMaxLinks = 9;      // words between the cue and its value
constexpr std::size_t kMaxValue = 64;     // bytes

class Secret final : public Recognizer {
 public:
  Status load(const std::string& dir) {
    const std::string path = dir + "/privacy/lists/secret_cues.tsv";
    Result<std::vector<TableRow>> rows = load_table(path, 2, 2);
    if (!rows.ok()) return rows.status();
    for (const TableRow& row : *rows) {
      if (row.fields[1] != "word" && row.fields[1] != "key" && row.fields[1] != "digits" && row.fields[1] != "code" && row.fields[1] != "near") {
        return Status(StatusCode::kInvalidData, path + ":" + std::to_string(row.line) + ": expected word, key, digits, code or near");
      }
      if (row.fields[1] == "near") {
        near_.add(row.fields[0]);
      } else {
        cues_.add(row.fields[0]);
        kinds_[fold_for_scan(row.fields[0])] = row.fields[1];
      }
    }
    struct List { const char* name; std::set<std::string, std::less<>>* into; };
    for (const List& list : {List{"secret_links", &links_}, List{"secret_stop", &stop_}}) {
      if (rows = load_table(dir + "/privacy/lists/" + list.name + ".tsv", 1, 2); !rows.ok()) return rows.status();
      for (const TableRow& row : *rows) list.into->insert(fold_for_scan(row.fields[0]));
    }
    return {};
  }

  void find(const Document& document, const RecognizerContext& context, std::vector<Entity>& found) const override {
    const ScanScope scope(document, context);
    const ScanText& scan = *scope;
    const bool asked = context.expected_type == "SECRET";
    for (std::size_t i = 0; i < scan.words().size(); ++i) {
      const std::optional<CueHit> cue = cues_.starting(scan, i);
      if (!cue) continue;
      const std::size_t last = scan.word_at(cue->end - 1);
      const std::string& kind = kinds_.at(cue->phrase);
      if (kind == "word" || kind == "key") {
        if (!figures(scan, last, *cue, 4, 8, found)) word(scan, last, *cue, kind == "key", found);
      } else {
        if (kind == "code" && !asked && !near_.before(scan, cue->begin, 10) && !near_.after(scan, cue->end, 10)) continue;
        figures(scan, last, *cue, kind == "code" ? 4 : 3, 8, found);
      }
    }
    if (asked) whole_answer(scan, found);
  }

 private:
  static void add(const ScanText& scan, std::size_t begin, std::size_t end, double score, std::string why, std::vector<Entity>& found) {
    found.push_back({"SECRET", scan.to_original(begin, end), score, "secret", {std::move(why)}});
  }

  // Digits in one or two groups ("482 913", "48-29-13") after link words only.
  bool figures(const ScanText& scan, std::size_t last, const CueHit& cue, std::size_t least, std::size_t most, std::vector<Entity>& found) const {
    const std::string_view text = scan.text();
    for (std::size_t word = last + 1; word < scan.words().size() && word - last <= kMaxLinks; ++word) {
      const std::string_view gap = text.substr(scan.words()[word - 1].end, scan.words()[word].begin - scan.words()[word - 1].end);
      if (gap.size() > 6 || gap.find_first_of("!?;") != std::string_view::npos) return false;
      const std::string_view said = scan.word(word);
      if (!is_digit(said[0])) {
        // "G-482913": a short head before the dash.
        const bool head = said.size() <= 2 && word + 1 < scan.words().size() && text[scan.words()[word].end] == '-' && is_digit(scan.word(word + 1)[0]);
        if (head || links_.count(said) != 0) continue;
        return false;
      }
      std::size_t begin = scan.words()[word].begin, end = scan.words()[word].end, digits = 0;
      std::size_t group = word;
      for (;; ++group) {
        const std::string_view run = scan.word(group);
        if (run.find_first_not_of("0123456789") != std::string_view::npos) return false;
        digits += run.size();
        end = scan.words()[group].end;
        const bool more = group + 1 < scan.words().size() && digits < most && scan.words()[group + 1].begin - end == 1 &&
                          (text[end] == ' ' || text[end] == '-') && is_digit(scan.word(group + 1)[0]) && scan.word(group + 1).size() == run.size();
        if (!more) break;
      }
      if (digits < least || digits > most) return false;
      const char next = end < text.size() ? text[end] : '\n';
      if ((next == ',' || next == '.' || next == '/' || next == ':') && end + 1 < text.size() && is_digit(text[end + 1])) return false;  // a date, an amount
      if (next == ScanText::kEuro || next == '%' || text.substr(end, 2) == " \x80") return false;
      if (begin >= 2 && text[begin - 1] == '-' && is_letter(text[begin - 2])) {
        while (begin > 0 && (is_word_byte(text[begin - 1]) || text[begin - 1] == '-')) --begin;
      }
      add(scan, begin, end, 0.9, "cue: " + cue.phrase, found);
      return true;
    }
    return false;
  }

  // The chunk behind "contraseña es" or "contraseña:".
  void word(const ScanText& scan, std::size_t last, const CueHit& cue, bool key, std::vector<Entity>& found) const {
    const std::string_view text = scan.text();
    std::size_t at = scan.words()[last].end;
    bool linked = false, colon = false;
    for (std::size_t links = 0; links <= kMaxLinks; ++links) {
      while (at < text.size() && (text[at] == ' ' || text[at] == ':' || text[at] == '=' || text[at] == '"' || text[at] == '\'' || text[at] == '-' || text[at] == '>')) {
        if (text[at] == ':' || text[at] == '=') colon = true;
        ++at;
      }
      std::size_t end = at;
      while (end < text.size() && is_word_byte(text[end])) ++end;
      const std::string_view said = text.substr(at, end - at);
      const bool link = links_.count(said) != 0 && end < text.size() && (text[end] == ' ' || text[end] == ':' || text[end] == '=');
      if (!link || colon) break;
      linked = linked || said == "es" || said == "era" || said == "is" || said == "was" || said == "seria";
      at = end;
    }
    std::size_t end = at;
    while (end < text.size() && text[end] != ' ' && text[end] != '\n' && text[end] != ScanText::kHidden && end - at < kMaxValue) ++end;
    while (end > at && std::string_view(".,;:?)\"'").find(text[end - 1]) != std::string_view::npos) --end;
    const std::string_view value = text.substr(at, end - at);
    if (value.size() < 4 || stop_.count(value) != 0) return;
    bool digit = false, letter = false, sign = false, inner_capital = false;
    for (std::size_t i = 0; i < value.size(); ++i) {
      digit = digit || is_digit(value[i]);
      letter = letter || is_letter(value[i]);
      sign = sign || (!is_word_byte(value[i]) && value[i] != '\'');
      inner_capital = inner_capital || (i > 0 && is_letter(value[i]) && scan.is_upper(at + i) && !scan.is_upper(at));
    }
    sign = sign && value.back() != '!' ;
    if (!letter && !digit) return;
    const bool strong = (digit && letter) || (sign && letter && value.find('/') == std::string_view::npos) || inner_capital;
    if (digit && !letter && value.size() < 4) return;
    const bool plain_word = !key && (colon || linked);
    if (!strong && !plain_word && !(digit && (linked || colon))) return;
    if (!strong && !colon) {  // "la contraseña es mariposa": nothing but an end or a comma behind it
      const std::size_t next = scan.word_at(end);
      if (next < scan.words().size() && text.substr(end, scan.words()[next].begin - end) == " " && stop_.count(scan.word(next)) == 0) return;
    }
    if (!linked && !colon && !strong) return;
    add(scan, at, end, strong ? 0.9 : 0.7, "cue: " + cue.phrase, found);
  }

  // Asked for a code: the figures of a short answer.
  void whole_answer(const ScanText& scan, std::vector<Entity>& found) const {
    if (scan.words().size() > 8) return;
    for (std::size_t i = 0; i < scan.words().size(); ++i) {
      const std::string_view said = scan.word(i);
      if (said.size() >= 3 && said.size() <= 8 && said.find_first_not_of("0123456789") == std::string_view::npos) {
        add(scan, scan.words()[i].begin, scan.words()[i].end, 0.85, "asked for", found);
        return;
      }
    }
  }

  CueList cues_, near_;
  std::map<std::string, std::string> kinds_;
  std::set<std::string, std::less<>> links_, stop_;
};

Result<std::unique_ptr<Recognizer>> make(const std::string& bundle_dir) {
  auto made = std::make_unique<Secret>();
  if (Status s = made->load(bundle_dir); !s.ok()) return s;
  return std::unique_ptr<Recognizer>(std::move(made));
}

constexpr const char* kExamples[] = {
    "mi contraseña es «Perro2020!»", "la clave es «4821»", "pin «1234»", "el cvv es «123»", "CVV: «123»", "código sms «482913»", "me ha llegado el código «482913» por sms",
    "el código de verificación es «G-482913»", "contraseña: «mariposa»", "mi contraseña es «mariposa».", "password is «hunter2»", "mi pin de la tarjeta es «2580»",
    "clave de acceso: «abcD9876»", "usuario ana contraseña «Tr3s#Gatos»", "el código que me habéis mandado por sms es «48 29 13»", "la contrasenya és «gos1234»", nullptr};
constexpr const char* kCounterExamples[] = {
    "mi contraseña no funciona", "la contraseña es incorrecta", "la clave es tener paciencia", "la clave del éxito es ahorrar", "código postal 28013", "código de descuento VERANO20",
    "código CNAE 4711", "he puesto el pin 3 veces", "el código 482913 del pedido", "tarjeta acabada en 1234", "caduca el 12/27", "cambiad la contraseña por favor", "olvidé mi contraseña y la clave",
    "mi contraseña es la misma de siempre", "clave: la paciencia", "el pin", nullptr};

}  // namespace

extern const RecognizerEntry secret_entry;
const RecognizerEntry secret_entry = {"secret", "SECRET", &make, kExamples, kCounterExamples};

}  // namespace tertulia
