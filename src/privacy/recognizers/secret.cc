// Passwords, PINs, CVVs and one-time codes, by the words that announce them: the value alone.
//
// lists/secret_cues.tsv says what each phrase announces: `word` (a password: the next chunk, ordinary words set aside),
// `key` (the same for a word with other meanings, so that a figure or a capital is needed), `digits` (3 to 8 figures, a letter
// may be among them), `code` (the same, but only where a `near` word stands near, or the other side has asked). Between the
// announcement and the value stand words of lists/secret_links.tsv alone, or any few words of the same clause up to a copula
// ("mi pin de la sim es 2580"); `not` words there make it another code. `told` is a thing with a code or a key ("el wifi es …",
// "el candado: 912"): the value stands right behind a copula or a colon. `enter` words are what one does with a code ("marca 4471",
// "se quita con 4471"): figures behind one are a secret where a `place` word ("alarma", "portal") stands near. `login` words lead to a
// user and a password ("log in with ana and X!7"). lists/secret_stop.tsv may not be the value. The value may
// stand in front as well ("2580 es mi pin"). Test: tests/privacy/recognizer_table_test.cc and types_test.cc.
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
constexpr std::size_t kMaxBack = 4;       // words between a value in front and its cue
constexpr std::size_t kLeastWord = 4;     // letters of a password
constexpr std::size_t kLeastTold = 6;     // characters of a key that only "the wifi is" announces
constexpr std::size_t kActWords = 4;      // words between an act ("marca") and the figures
constexpr std::size_t kPlaceWords = 8;    // words between an act and its place ("alarma")

class Secret final : public Recognizer {
 public:
  Status load(const std::string& dir) {
    const std::string path = dir + "/privacy/lists/secret_cues.tsv";
    Result<std::vector<TableRow>> rows = load_table(path, 2, 2);
    if (!rows.ok()) return rows.status();
    static const std::map<std::string, Kind> kKinds = {{"word", Kind::kWord}, {"key", Kind::kKey}, {"digits", Kind::kDigits}, {"code", Kind::kCode}, {"told", Kind::kTold}, {"enter", Kind::kEnter}, {"login", Kind::kLogin}, {"none", Kind::kNone}};
    for (const TableRow& row : *rows) {
      if (row.fields[1] == "near") {
        near_.add(row.fields[0]);
      } else if (row.fields[1] == "place") {
        places_.add(row.fields[0]);
      } else if (row.fields[1] == "not") {
        other_.add(row.fields[0]);
      } else if (const auto kind = kKinds.find(row.fields[1]); kind != kKinds.end()) {
        cues_.add(row.fields[0]);
        kinds_[cue_phrase(row.fields[0])] = kind->second;
      } else {
        return Status(StatusCode::kInvalidData, path + ":" + std::to_string(row.line) + ": expected word, key, digits, code, told, none, near, enter, place, login or not");
      }
    }
    const std::string links = dir + "/privacy/lists/secret_links.tsv";
    if (rows = load_table(links, 1, 2); !rows.ok()) return rows.status();
    for (const TableRow& row : *rows) {
      links_.insert(fold_for_scan(row.fields[0]));
      if (row.fields.size() > 1 && row.fields[1] == "copula") copulas_.insert(fold_for_scan(row.fields[0]));
    }
    if (rows = load_table(dir + "/privacy/lists/secret_stop.tsv", 1, 1); !rows.ok()) return rows.status();
    for (const TableRow& row : *rows) stop_.insert(fold_for_scan(row.fields[0]));
    return units_.add_file(dir, "units");
  }

  void find(const Document& document, const RecognizerContext& context, std::vector<Entity>& found) const override {
    const ScanScope scope(document, context);
    const ScanText& scan = *scope;
    const bool asked = context.expected_type == "SECRET";
    const bool figures = scan.text().find_first_of("0123456789") != std::string_view::npos;
    for (std::size_t i = 0; i < scan.words().size(); ++i) {
      const std::optional<CueHit> cue = cues_.starting(scan, i);
      if (!cue) continue;
      const std::size_t last = scan.word_at(cue->end - 1);
      const Kind kind = kinds_.at(cue->phrase);
      if (kind == Kind::kEnter || kind == Kind::kLogin) {
        if (figures && kind == Kind::kEnter) entered(scan, *cue, found);
        if (figures && kind == Kind::kLogin) logged_in(scan, *cue, found);
        continue;
      }
      if (kind == Kind::kNone) {
        i = last;
        continue;
      }
      const bool proven = kind != Kind::kCode || asked || near_.before(scan, cue->begin, 10) || near_.after(scan, cue->end, 10);
      if (!proven) continue;
      std::size_t end = ahead(scan, last + 1, kind, *cue, found);
      if (end == 0) in_front(scan, i, kind, *cue, found);
      // "la antigua era lola1975 y la nueva Lola1976"
      for (std::size_t word = scan.word_at(end), step = 0; end != 0 && word < scan.words().size() && step < 6; ++step, ++word) {
        if (other_one(scan.word(word))) {
          ahead(scan, word + 1, kind, *cue, found);
          break;
        }
      }
      if (end != 0) i = last;  // else a shorter phrase inside may announce it: "la clave", "clave del wifi"
    }
    if (asked) whole_answer(scan, found);
  }

 private:
  enum class Kind { kWord, kKey, kDigits, kCode, kTold, kEnter, kLogin, kNone };
  struct Value {
    std::size_t begin = 0, end = 0;
    std::size_t digits = 0, letters = 0;
    bool strong = false;  // no ordinary word or number looks like this
  };

  static bool other_one(std::string_view word) {
    for (const std::string_view known : {"nueva", "nuevo", "antigua", "antiguo", "vieja", "viejo", "anterior", "otra", "otro", "new", "old", "nova", "vella"}) {
      if (word == known) return true;
    }
    return false;
  }

  // What may follow a password without making it talk.
  static bool closes(std::string_view word) {
    for (const std::string_view known : {"y", "i", "e", "pero", "no", "gracias", "and", "but", "o", "si", "porque", "por", "vale"}) {
      if (word == known) return true;
    }
    return false;
  }

  static void add(const ScanText& scan, std::size_t begin, std::size_t end, double score, const CueHit& cue, std::vector<Entity>& found) {
    const Span span = scan.to_original(begin, end);
    for (const Entity& known : found) {
      if (known.recognizer == "secret" && known.span.begin < span.end && span.begin < known.span.end) return;
    }
    found.push_back({"SECRET", span, score, "secret", {"cue: " + cue.phrase}});
  }

  static std::string_view gap(const ScanText& scan, std::size_t word) {
    const std::size_t left = word == 0 ? 0 : scan.words()[word - 1].end;
    return scan.text().substr(left, scan.words()[word].begin - left);
  }

  // The chunk that begins with this word: up to a blank, closing punctuation left out; figures in equal groups together.
  Value chunk(const ScanText& scan, std::size_t word) const {
    const std::string_view text = scan.text();
    Value value;
    value.begin = scan.words()[word].begin;
    const std::string_view between = gap(scan, word);
    // "*abc", "#Sol": a sign right before the word belongs to it.
    while (value.begin > scan.words()[word].begin - between.size() && std::string_view("#*$!&+%").find(text[value.begin - 1]) != std::string_view::npos) --value.begin;
    value.end = value.begin;
    while (value.end < text.size() && text[value.end] != ' ' && text[value.end] != '\n' && text[value.end] != ScanText::kHidden && value.end - value.begin < kMaxValue) ++value.end;
    const std::size_t whole = value.end;
    while (value.end > value.begin && std::string_view(".,;:?)\"'>]").find(text[value.end - 1]) != std::string_view::npos) --value.end;
    bool sign = false, inner_capital = false;
    for (std::size_t i = value.begin; i < value.end; ++i) {
      value.digits += is_digit(text[i]) ? 1 : 0;
      value.letters += is_letter(text[i]) ? 1 : 0;
      // A mark inside, not the one that ends a shout.
      sign = sign || (!is_word_byte(text[i]) && text[i] != '\'' && i + 1 < value.end) || text[i] == '_';
      inner_capital = inner_capital || (i > value.begin && is_letter(text[i]) && scan.is_upper(i) && !scan.is_upper(value.begin));
    }
    const bool slash = text.substr(value.begin, value.end - value.begin).find('/') != std::string_view::npos;
    value.strong = (value.digits > 0 && value.letters > 0) || (sign && value.letters > 0 && !slash) || inner_capital;
    if (value.letters == 0 && value.digits > 0) {
      // "482 913", "48 29 13"
      std::size_t group = word;
      const bool bare = whole == value.end;
      while (bare && group + 1 < scan.words().size() && value.digits < 8 && gap(scan, group + 1) == " " &&
             scan.words()[group + 1].size() == scan.words()[word].size() && scan.words()[word].size() > 1 &&
             scan.word(group + 1).find_first_not_of("0123456789") == std::string_view::npos) {
        ++group;
        value.digits += scan.words()[group].size();
        value.end = scan.words()[group].end;
      }
      // "77 4", "48 291 3": groups that add up to three or to six.
      if (bare && group == word && group + 1 < scan.words().size() && value.digits == 2 && gap(scan, group + 1) == " " && scan.words()[group + 1].size() == 1 &&
          is_digit(scan.word(group + 1)[0]) && (group + 2 >= scan.words().size() || !is_digit(scan.word(group + 2)[0]))) {
        ++group;
        ++value.digits;
        value.end = scan.words()[group].end;
      }
      // Figures one by one: "2 5 8 0".
      while (bare && scan.words()[word].size() == 1 && group + 1 < scan.words().size() && value.digits < 8 && gap(scan, group + 1) == " " &&
             scan.words()[group + 1].size() == 1 && is_digit(scan.word(group + 1)[0])) {
        ++group;
        ++value.digits;
        value.end = scan.words()[group].end;
      }
    }
    return value;
  }

  // Figures that are an amount, a date or an hour.
  bool amount(const ScanText& scan, const Value& value) const {
    const std::string_view text = scan.text(), piece = text.substr(value.begin, value.end - value.begin);
    if (value.letters > 0) return false;
    if (piece.find_first_of(",/:%\x80") != std::string_view::npos || piece.find('.') != std::string_view::npos) return true;
    const char next = value.end < text.size() ? text[value.end] : '\n';
    const char after = value.end + 1 < text.size() ? text[value.end + 1] : '\n';
    if (next == ScanText::kEuro || next == '%' || (next == ' ' && (after == ScanText::kEuro || after == '%'))) return true;
    if ((next == ',' || next == '.' || next == '/' || next == ':') && is_digit(after)) return true;
    const std::size_t word = scan.word_at(value.end);
    return word < scan.words().size() && scan.words()[word].begin <= value.end + 1 && units_.starting(scan, word).has_value();
  }

  [[nodiscard]] bool fits(const ScanText& scan, const Value& value, Kind kind) const {
    if (amount(scan, value) || stop_.count(scan.text().substr(value.begin, value.end - value.begin)) != 0) return false;
    if (kind == Kind::kTold) {
      if (value.letters == 0 || (value.letters <= 2 && value.digits >= 3)) return value.digits >= 3 && value.digits <= 8;
      return value.strong && value.digits > 0 && value.end - value.begin >= kLeastTold;
    }
    if (kind == Kind::kDigits || kind == Kind::kCode) {
      const std::size_t least = kind == Kind::kCode ? 4 : 3;
      return value.digits >= 3 && value.digits + value.letters >= least && value.digits <= 8 && value.letters <= 4;
    }
    if (value.letters == 0) return value.digits >= 4 && value.digits <= 12;
    return value.strong && value.end - value.begin >= kLeastWord;
  }

  // The value behind the cue; its end, or 0.
  std::size_t ahead(const ScanText& scan, std::size_t from, Kind kind, const CueHit& cue, std::vector<Entity>& found) const {
    const std::string_view text = scan.text();
    bool linked = false, colon = false, only_links = true, copula_last = false, of = false, noun = false;
    for (std::size_t word = from; word < scan.words().size() && word - from <= kMaxLinks; ++word) {
      const std::string_view between = gap(scan, word);
      const std::string_view said = scan.word(word);
      if (between.size() > 8 || between.find_first_of("!?;\n") != std::string_view::npos || between.find(ScanText::kHidden) != std::string_view::npos) {
        if (!(between.find('\n') != std::string_view::npos && between.find(':') != std::string_view::npos)) return 0;
      }
      if (between.find(". ") != std::string_view::npos) return 0;
      if (between.find_first_of(":=") != std::string_view::npos) colon = copula_last = true;
      if (other_.starting(scan, word)) return 0;
      const bool near = kind == Kind::kTold ? copula_last : only_links || copula_last;
      const Value value = chunk(scan, word);
      const bool link = links_.count(said) != 0 && value.end == scan.words()[word].end;
      const bool year = value.letters == 0 && value.digits == 4 && said >= "1990" && said < "2036" && ((!copula_last && kind == Kind::kKey) || (kind == Kind::kTold && !colon));
      if (near && !link && !year && fits(scan, value, kind)) {
        std::size_t end = value.end;
        if (end < text.size() && (text[end] == '#' || text[end] == '*')) ++end;
        add(scan, value.begin, end, 0.9, cue, found);
        return end;
      }
      if (near && !link && (kind == Kind::kWord || kind == Kind::kKey)) {
        const std::size_t end = plain(scan, word, value, kind, cue, linked, colon, copula_last);
        if (end != 0) {
          add(scan, value.begin, end, 0.75, cue, found);
          return end;
        }
      }
      if (colon && !link) return 0;
      if (said == "no" || said == "not" || said == "que" || said == "pero" || said == "porque") {
        if (said != "que") return 0;
      }
      const bool copula = copulas_.count(said) != 0;
      linked = linked || copula;
      copula_last = copula || (copula_last && link);
      // "la contraseña de hacienda Romero57": one word behind "de" says whose it is.
      const bool whose = !link && of && !noun && between == " " && kind != Kind::kCode && kind != Kind::kTold && stop_.count(said) == 0 && !is_digit(said[0]);
      noun = noun || whose;
      of = said == "de" || said == "del" || said == "of" || said == "for" || (of && (said == "la" || said == "el" || said == "los" || said == "las" || said == "l" || said == "mi" || said == "the" || said == "my"));
      only_links = only_links && (link || whose);
      if (!link && is_digit(said[0])) return 0;
    }
    return 0;
  }

  // "la contraseña es mariposa", "contraseña: mariposa", "mi clave secreta es Tormenta", "con la contraseña girasol no entra".
  std::size_t plain(const ScanText& scan, std::size_t word, const Value& value, Kind kind, const CueHit& cue, bool linked, bool colon, bool copula) const {
    const std::string_view text = scan.text(), said = text.substr(value.begin, value.end - value.begin);
    if (value.letters < kLeastWord || value.digits > 0 || stop_.count(said) != 0 || said.find('/') != std::string_view::npos) return 0;
    const bool capital = scan.is_upper(value.begin) && !scan.is_upper(value.begin + 1);
    if (kind == Kind::kKey) {
      const std::size_t first = scan.word_at(cue.begin);
      const bool own = first > 0 && (scan.word(first - 1) == "mi" || scan.word(first - 1) == "my" || scan.word(first - 1) == "meva" || scan.word(first - 1) == "su" || scan.word(first - 1) == "tu");
      if (!own || !capital || !(copula || colon)) return 0;
    }
    const std::size_t next = scan.word_at(value.end);
    const bool goes_on = next < scan.words().size() && gap(scan, next) == " ";
    if (linked || colon) {
      // Nothing but an end, a comma or a small word behind it: else it is talk.
      if (!colon && goes_on && !closes(scan.word(next))) return 0;
      return value.end;
    }
    const std::size_t first = scan.word_at(cue.begin);
    const bool used = first >= 2 && word == scan.word_at(cue.end) && (scan.word(first - 2) == "con" || scan.word(first - 2) == "puse" || scan.word(first - 2) == "pongo");
    return used && goes_on && scan.word(next) == "no" ? value.end : 0;
  }

  // "2580 es mi pin", "482913 is the code"
  void in_front(const ScanText& scan, std::size_t cue_word, Kind kind, const CueHit& cue, std::vector<Entity>& found) const {
    bool copula = false;
    for (std::size_t back = 1; back <= kMaxBack && back <= cue_word; ++back) {
      const std::size_t word = cue_word - back;
      if (gap(scan, word + 1).find_first_of("!?;\n.") != std::string_view::npos) return;
      const std::string_view said = scan.word(word);
      if (copula && (is_digit(said[0]) || is_digit(said.back()))) {
        const Value value = chunk(scan, word);
        if (value.digits >= 4 && fits(scan, value, kind) && value.end <= scan.words()[word].end) add(scan, value.begin, value.end, 0.85, cue, found);
        return;
      }
      if (said == "es" || said == "is" || said == "era" || said == "was" || said == "como" || said == "as" || said == "de") copula = true;
      else if (links_.count(said) == 0) return;
    }
  }

  // "marca 4471# en el teclado", "la alarma se quita con 4471", "enter 448120 to verify": an act, figures, and a place near.
  void entered(const ScanText& scan, const CueHit& act, std::vector<Entity>& found) const {
    const std::size_t from = scan.word_at(act.end - 1) + 1;
    for (std::size_t word = from; word < scan.words().size() && word - from < kActWords; ++word) {
      const std::string_view between = gap(scan, word), said = scan.word(word);
      if (between.size() > 4 || between.find_first_of("!?;\n") != std::string_view::npos || between.find(". ") != std::string_view::npos) return;
      if (other_.starting(scan, word)) return;
      if (is_digit(said[0])) {
        const Value value = chunk(scan, word);
        const bool figures = value.letters == 0 && value.digits >= 4 && value.digits <= 8;
        const bool year = value.digits == 4 && said >= "1950" && said < "2036";
        if (!figures || year || amount(scan, value)) return;
        if (!places_.before(scan, act.begin, kPlaceWords) && !places_.after(scan, value.end, kPlaceWords)) return;
        std::size_t end = value.end;
        if (end < scan.text().size() && (scan.text()[end] == '#' || scan.text()[end] == '*')) ++end;
        add(scan, value.begin, end, 0.8, act, found);
        return;
      }
      if (links_.count(said) == 0 && !places_.starting(scan, word)) return;
    }
  }

  // "log in with staff.temp and Heron!Lock72", "login: maria.g / Gato2024!": a user, a link or a bar, and what no word looks like.
  void logged_in(const ScanText& scan, const CueHit& act, std::vector<Entity>& found) const {
    const std::string_view text = scan.text();
    std::size_t word = scan.word_at(act.end - 1) + 1;
    if (word >= scan.words().size() || gap(scan, word).size() > 3 || gap(scan, word).find('\n') != std::string_view::npos) return;
    std::size_t user_end = scan.words()[word].begin;
    while (user_end < text.size() && text[user_end] != ' ' && text[user_end] != '\n' && text[user_end] != ',' && text[user_end] != '/' && user_end - scan.words()[word].begin < kMaxValue) ++user_end;
    word = scan.word_at(user_end);
    if (word >= scan.words().size()) return;
    bool linked = gap(scan, word).find_first_of("/,|\n+") != std::string_view::npos;
    const std::string_view said = scan.word(word);
    if (said == "y" || said == "i" || said == "and" || said == "con" || said == "amb" || said == "with") {
      linked = true;
      ++word;
    }
    if (!linked || word >= scan.words().size() || gap(scan, word).size() > 4) return;
    const Value value = chunk(scan, word);
    const std::string_view piece = text.substr(value.begin, value.end - value.begin);
    if (!value.strong || value.digits == 0 || value.letters < 2 || value.end - value.begin < kLeastTold || piece.find('@') != std::string_view::npos) return;
    bool mixed = piece.find_first_of("!#$*_&+-") != std::string_view::npos;
    for (std::size_t i = value.begin; i < value.end; ++i) mixed = mixed || (is_letter(text[i]) && scan.is_upper(i));
    if (mixed) add(scan, value.begin, value.end, 0.75, act, found);
  }

  // Asked for a code: the figures of a short answer.
  void whole_answer(const ScanText& scan, std::vector<Entity>& found) const {
    if (scan.words().size() > 8) return;
    for (std::size_t i = 0; i < scan.words().size(); ++i) {
      if (!is_digit(scan.word(i)[0])) continue;
      const Value value = chunk(scan, i);
      if (value.digits < 3 || value.digits > 8 || value.letters > 2 || amount(scan, value)) continue;
      found.push_back({"SECRET", scan.to_original(value.begin, value.end), 0.85, "secret", {"asked for"}});
      return;
    }
  }

  CueList cues_, near_, other_, units_, places_;
  std::map<std::string, Kind> kinds_;
  std::set<std::string, std::less<>> links_, copulas_, stop_;
};

Result<std::unique_ptr<Recognizer>> make(const std::string& bundle_dir) {
  auto made = std::make_unique<Secret>();
  if (Status s = made->load(bundle_dir); !s.ok()) return s;
  return std::unique_ptr<Recognizer>(std::move(made));
}

constexpr const char* kExamples[] = {
    "mi contraseña es «Perro2020!»", "la clave es «4821»", "pin «1234»", "el cvv es «123»", "CVV: «123»", "código sms «482913»", "me ha llegado el código «482913» por sms",
    "el código de verificación es «G-482913»", "contraseña: «mariposa»", "mi contraseña es «mariposa».", "password is «hunter2»", "mi pin de la tarjeta es «2580»",
    "clave de acceso: «abcD9876»", "usuario ana contraseña «Tr3s#Gatos»", "el código que me habéis mandado por sms es «48 29 13»", "la contrasenya és «gos1234»", "mi pin de la sim es «2580»", "la clave de la wifi «gatonegro33»", "la clave del wifi es «casa_azul_77»", "la clave del portal es «7719A»",
    "la contraseña que tenía era «Girasol.1961» y ya no vale", "me ha llegado un sms con el «482913»", "my PIN's «4418»", "el codi que m'ha arribat és «482913»", "los tres numeritos de detrás son «904»",
    "el código de la alarma es «4418#»", "la contraseña antigua era «lola1975» y la nueva «Lola1976»", "mi clave secreta es «Tormenta»", "the code you texted me is «119204»", "la firma electrónica es «8821»",
    "la coordenada B4 es «771»", "«2580» es mi pin", "con la contraseña «girasol» no entra", "I typed «773019» as the code from the text message", "la combinación de la caja es «8830»", "the passcode is «4418»", "pwd=«A7x!q2»", "el wifi es «gatopardo88»", "Wi-Fi: «lasgaviotas21»", "el candado es «912»",
    "la alarma se quita con «4471»", "marca «4471#» en el teclado del portal", "enter «448120» to verify", "introduzco «4471» y dice pin incorrecto", "log in with staff.temp and «Heron!Lock72»",
    "login: maria.g / «Gato2024!»", "el cvv es «77 4»", "la contraseña de hacienda «Romero57»", "el pin del buzón «4410»", "memorable word: «marching»", "el garaje se abre marcando «4410»", nullptr};
constexpr const char* kCounterExamples[] = {
    "mi contraseña no funciona", "la contraseña es incorrecta", "la clave es tener paciencia", "la clave del éxito es ahorrar", "código postal 28013", "código de descuento VERANO20",
    "código CNAE 4711", "he puesto el pin 3 veces", "el código 482913 del pedido", "tarjeta acabada en 1234", "caduca el 12/27", "cambiad la contraseña por favor", "olvidé mi contraseña y la clave",
    "mi contraseña es la misma de siempre", "clave: la paciencia", "el pin", "el código de error es 482913", "código promocional 482913",
    "el código postal es 28013", "la contraseña tiene que tener 8 caracteres", "el pin son 4 cifras", "la clave es que no suban la cuota", "esa es la clave del asunto", "password must be 8 characters",
    "código de cliente 884213, me llegó un sms", "la clave está en 2024", "palabras clave 2024", "el wifi es lento", "el wifi es de 600 megas", "la alarma es de 2019", "el portal se abre con llave", "marca 3 o 4 cosas",
    "pongo 4471 euros en la alarma", "entra con Ana y Pepe", "la alarma sonó 3 veces", "el wifi 5 y el wifi 6", nullptr};

}  // namespace

extern const RecognizerEntry secret_entry;
const RecognizerEntry secret_entry = {"secret", "SECRET", &make, kExamples, kCounterExamples};

}  // namespace tertulia
