// Street addresses from the street type to the door, in Spanish, Catalan, Galician, Basque and English; the postal code
// behind one as well.
//
// A grammar over the words of the scan: type, name, house number, floor and door. Types stand in lists/street_types.tsv
// (strong: an address by itself; weak: needs a comma, "nº", a capital or a door; suffix: stands behind the name), doors are read by
// door_reader, words that no street name holds in lists/street_stop.tsv. A street without a number is no
// personal data. Each type word costs a bounded look ahead. Test: tests/privacy/street_address_test.cc.
#include <map>
#include <set>

#include "data/table_file.h"
#include "privacy/cue_list.h"
#include "privacy/door_reader.h"
#include "privacy/recognizer_table.h"
#include "privacy/scan_text.h"
#include "privacy/spoken_digits.h"

namespace tertulia {
namespace {

constexpr std::size_t kMaxName = 9;       // words of a street's name, "de la" and the like included
constexpr std::size_t kMaxSmallWords = 4;  // of a name without a capital, "de la" and the like not counted

using Words = std::set<std::string, std::less<>>;

class StreetAddress final : public Recognizer {
 public:
  Status load(const std::string& dir) {
    const std::string path = dir + "/privacy/lists/street_types.tsv";
    Result<std::vector<TableRow>> rows = load_table(path, 2, 2);
    if (!rows.ok()) return rows.status();
    for (const TableRow& row : *rows) {
      if (row.fields[1] != "strong" && row.fields[1] != "weak" && row.fields[1] != "suffix" && row.fields[1] != "number_first") {
        return Status(StatusCode::kInvalidData, path + ":" + std::to_string(row.line) + ": expected strong, weak, suffix or number_first");
      }
      types_.add(row.fields[0]);
      kinds_[joined(row.fields[0])] = row.fields[1];
    }
    if (Status s = doors_.load(dir); !s.ok()) return s;
    struct List { const char* name; Words* into; };
    for (const List& list : {List{"street_stop", &stop_}, List{"name_connectors", &connectors_}, List{"months", &months_}}) {
      if (rows = load_table(dir + "/privacy/lists/" + list.name + ".tsv", 1, 1); !rows.ok()) return rows.status();
      for (const TableRow& row : *rows) list.into->insert(fold_for_scan(row.fields[0]));
    }
    if (Status s = cues_.add_file(dir, "address_cues"); !s.ok()) return s;
    if (Status s = units_.add_file(dir, "units"); !s.ok()) return s;
    return digits_.load(dir);
  }

  void find(const Document& document, const RecognizerContext& context, std::vector<Entity>& found) const override {
    const ScanScope scope(document, context);
    const ScanText& scan = *scope;
    const bool asked = context.expected_type == "STREET_ADDRESS";
    std::size_t free_from = 0;  // words before belong to an address already
    for (std::size_t i = 0; i < scan.words().size(); ++i) {
      if (i < free_from) continue;
      Reading reading;
      if (const std::optional<CueHit> type = types_.starting(scan, i)) {
        const std::string& kind = kinds_.at(type->phrase);
        const std::size_t type_end = scan.word_at(type->end - 1);
        if (kind == "suffix") reading = behind_name(scan, i, free_from);
        else if (kind == "number_first") reading = number_first(scan, i, free_from);
        else if (opens(scan, i)) reading = from_type(scan, i, type_end + 1, kind == "weak", asked, type->phrase == "gran via" ? 1 : 0);
      } else if (asked && i == first_content_word(scan)) {
        reading = from_type(scan, i, i, false, true, 0);
      } else if (i > 0 && scan.is_upper(scan.words()[i].begin) && cues_.ending(scan, i - 1)) {
        reading = from_type(scan, i, i, false, true, 0);  // "vivo en Uría 23, 4º B": no type, but a cue, a capital and a door
        if (!reading.door) reading.end = 0;
      }
      if (reading.end == 0) continue;
      Entity entity{"STREET_ADDRESS", scan.to_original(reading.begin, reading.end), reading.door ? 0.95 : 0.85, "street_address", {reading.why}};
      if (asked) entity.why.emplace_back("asked for");
      found.push_back(std::move(entity));
      postal_code(scan, reading.end, found);
      free_from = scan.word_at(reading.end - 1) + 1;
    }
  }

 private:
  struct Reading {
    std::size_t begin = 0, end = 0;  // bytes of the scan; end 0: no address
    bool door = false;
    const char* why = "street type and number";
  };

  static std::string joined(std::string_view phrase) {
    const ScanText scan(phrase);
    std::string out;
    for (std::size_t i = 0; i < scan.words().size(); ++i) {
      if (i > 0) out += ' ';
      out += scan.word(i);
    }
    return out;
  }

  static bool all_digits(std::string_view word) { return word.find_first_not_of("0123456789") == std::string_view::npos; }

  static std::string_view gap(const ScanText& scan, std::size_t right) {
    const std::size_t left_end = right == 0 ? 0 : scan.words()[right - 1].end;
    return scan.text().substr(left_end, scan.words()[right].begin - left_end);
  }

  // "c" and "pg" are types only as "c/", "c." with a name, "pº": one letter needs its mark.
  static bool opens(const ScanText& scan, std::size_t word) {
    const std::string_view said = scan.word(word);
    const std::size_t end = scan.words()[word].end;
    const char next = end < scan.text().size() ? scan.text()[end] : '\n';
    if (said == "placa") {  // "plaça": the cedilla tells it from a plate
      const std::string_view raw = scan.to_original(scan.words()[word].begin, end).of(scan.original());
      return raw.find("\u00e7") != std::string_view::npos || raw.find("\u00c7") != std::string_view::npos;
    }
    if (said == "c") return next == '/' || next == '.' || next == ScanText::kOrdinal;
    if (said == "p") return next == ScanText::kOrdinal;
    if (said == "s") return false;
    return true;
  }

  std::size_t first_content_word(const ScanText& scan) const {
    std::size_t i = 0;
    while (i < scan.words().size() && i < 6 && stop_.count(scan.word(i)) != 0) ++i;
    return i;
  }

  // Type at `begin`, name from `word` on; `name_words` is 1 for a type that is a name by itself ("Gran Vía 45").
  Reading from_type(const ScanText& scan, std::size_t begin, std::size_t word, bool weak, bool asked, std::size_t name_words) const {
    const std::string_view text = scan.text();
    const std::size_t count = scan.words().size();
    bool comma = false, capital = false, marked = false;
    for (std::size_t step = 0; step < kMaxName && word < count; ++step) {
      const std::string_view said = scan.word(word);
      const std::string_view between = gap(scan, word);
      const bool first = word == begin;
      const bool behind_comma = between.find(',') != std::string_view::npos && name_words > 0;
      if (!first && !name_gap(between, scan, word)) return {};
      comma = comma || between.find(',') != std::string_view::npos;
      if (between.find(',') != std::string_view::npos && name_words > 0 && types_.starting(scan, word) && opens(scan, word)) {
        const std::optional<CueHit> inner = types_.starting(scan, word);  // "urbanización X, calle Y, 7"
        const std::string& kind = kinds_.at(inner->phrase);
        if (kind == "strong" || kind == "weak") {
          word = scan.word_at(inner->end - 1) + 1;
          name_words = 0;
          continue;
        }
      }
      if (is_number_mark(said, scan, word)) {
        marked = true;
        ++word;
        continue;
      }
      std::size_t number_end = 0;
      if (said == "s" && word + 1 < count && scan.word(word + 1) == "n" && gap(scan, word + 1).size() <= 2) {
        number_end = scan.words()[word + 1].end;
      } else if (is_digit(said[0])) {
        if (name_words == 0 && !asked && !marked && !day_name(scan, word)) return {};
        if (day_name(scan, word)) {  // "calle 2 de mayo"
          word += 1;
          ++name_words;
          continue;
        }
        number_end = house_number(scan, word);
        if (number_end == 0) return {};
      } else if ((asked || cues_.before(scan, scan.words()[begin].begin, 5)) && name_words > 0 && digits_.is_number_word(said) && said != "una" && said != "uno") {
        number_end = spoken_house(scan, word);
        if (number_end == 0) return {};
      } else {
        if (doors_.counts_something(said) && name_words > 0 && word + 1 < count && is_digit(scan.word(word + 1)[0])) {
          Reading reading{scan.words()[begin].begin, scan.words()[word].begin, true};  // "urb. Los Pinos, parcela 12"
          reading.end = doors_.read(scan, scan.words()[word - 1].end, reading.door);
          return reading;
        }
        // Behind a comma comes the number, or it is no address; a long run of small words is talk.
        if (behind_comma || stop_.count(said) != 0 || (!capital && name_words >= kMaxSmallWords)) return {};
        if (connectors_.count(said) == 0) {
          ++name_words;
          capital = capital || scan.is_upper(scan.words()[word].begin);
        }
        // "N-340", "CV-35": the road's own number.
        if (said.size() <= 3 && word + 1 < count && gap(scan, word + 1) == "-" && all_digits(scan.word(word + 1))) ++word;
        ++word;
        continue;
      }
      if (number_end == 0) return {};
      Reading reading{scan.words()[begin].begin, number_end, false};
      reading.end = doors_.read(scan, number_end, reading.door);
      if (name_words == 0 && !marked && !asked) return {};
      const bool proven = marked || reading.door || asked || cues_.before(scan, scan.words()[begin].begin, 5).has_value();
      if (weak && !proven && !(capital && (!comma || !word_follows(scan, number_end)))) return {};
      if (!marked && !reading.door && doors_.amount_follows(scan, number_end)) return {};
      if (reading.end < text.size() && text[reading.end] == ScanText::kOrdinal) ++reading.end;
      return reading;
    }
    return {};
  }

  // What may stand between two words of a name: a blank, a comma, an abbreviation's point, an apostrophe, a slash.
  static bool name_gap(std::string_view between, const ScanText& scan, std::size_t word) {
    if (between.size() > 4) return false;
    for (const char c : between) {
      if (std::string_view(" ,'-/").find(c) == std::string_view::npos && c != '.' && c != ScanText::kOrdinal) return false;
    }
    const std::size_t dot = between.find('.');
    if (dot == std::string_view::npos) return true;
    // "Avda. Sta. María", "nº. 3": short words only; a sentence ends behind longer ones.
    return word > 0 && scan.words()[word - 1].size() <= 5;
  }

  static bool is_number_mark(std::string_view said, const ScanText& scan, std::size_t word) {
    if (said == "numero" || said == "num" || said == "nro" || said == "no" || said == "number") {
      return word + 1 < scan.words().size() && is_digit(scan.word(word + 1)[0]);
    }
    const std::size_t end = scan.words()[word].end;
    if (said == "n") {
      const char next = end < scan.text().size() ? scan.text()[end] : '\n';
      return (next == ScanText::kOrdinal || next == '.') && word + 1 < scan.words().size() && is_digit(scan.word(word + 1)[0]);
    }
    return said == "km" || said == "kilometro" || said == "pk";
  }

  // "2 de mayo", "12 d'octubre": digits that belong to the name.
  [[nodiscard]] bool day_name(const ScanText& scan, std::size_t word) const {
    if (!all_digits(scan.word(word)) || word + 2 >= scan.words().size()) return false;
    return (scan.word(word + 1) == "de" || scan.word(word + 1) == "d") && months_.count(scan.word(word + 2)) != 0;
  }

  // End of "12", "12B", "12-14", "12 bis", "340,5"; 0: no house number.
  static std::size_t house_number(const ScanText& scan, std::size_t word) {
    const std::string_view said = scan.word(word), text = scan.text();
    std::size_t figures = 0;
    while (figures < said.size() && is_digit(said[figures])) ++figures;
    if (figures > 4 || said.size() - figures > 1) return 0;
    std::size_t end = scan.words()[word].end;
    const auto at = [&](std::size_t i) { return i < text.size() ? text[i] : '\n'; };
    if ((at(end) == ':' || at(end) == '.') && is_digit(at(end + 1))) return 0;            // an hour, an amount
    if (at(end) == ScanText::kEuro || at(end) == '%' || (at(end) == ' ' && (at(end + 1) == ScanText::kEuro || at(end + 1) == '%'))) return 0;
    if (figures == 4 && figures == said.size() && said >= "1900" && said < "2100") return 0;  // a year
    if (word + 1 < scan.words().size() && scan.word(word + 1) == "bis" && gap(scan, word + 1).size() == 1) end = scan.words()[word + 1].end;
    return end;
  }

  std::size_t spoken_house(const ScanText& scan, std::size_t word) const {
    std::size_t last = word;
    while (last + 1 < scan.words().size() && last - word < 4 && gap(scan, last + 1) == " " &&
           (digits_.is_number_word(scan.word(last + 1)) || (scan.word(last + 1) == "y" && last + 2 < scan.words().size() && digits_.is_number_word(scan.word(last + 2))))) {
      ++last;
    }
    const bool amount = last + 1 < scan.words().size() && units_.starting(scan, last + 1).has_value();
    return amount ? 0 : scan.words()[last].end;
  }

  static bool word_follows(const ScanText& scan, std::size_t end) {
    return end + 1 < scan.text().size() && scan.text()[end] == ' ' && is_letter(scan.text()[end + 1]);
  }

  // "12 Baker Street", "221B Baker St, Flat 3".
  Reading number_first(const ScanText& scan, std::size_t word, std::size_t free_from) const {
    for (std::size_t back = 1; back <= 4 && back <= word - std::min(word, free_from); ++back) {
      const std::size_t at = word - back;
      const std::string_view said = scan.word(at);
      if (gap(scan, at + 1) != " " && gap(scan, at + 1) != ", ") return {};
      if (is_digit(said[0])) {
        if (back < 2 || house_number(scan, at) == 0) return {};
        bool capital = false;
        for (std::size_t i = at + 1; i < word; ++i) capital = capital || scan.is_upper(scan.words()[i].begin);
        if (!capital && !cues_.before(scan, scan.words()[at].begin, 5)) return {};
        Reading reading{scan.words()[at].begin, scan.words()[word].end, false};
        reading.end = doors_.read(scan, reading.end, reading.door);
        return reading;
      }
      if (stop_.count(said) != 0) return {};
    }
    return {};
  }

  // Basque: "Gran Vía kalea 12", "Askatasunaren etorbidea, 5".
  Reading behind_name(const ScanText& scan, std::size_t word, std::size_t free_from) const {
    if (word == free_from || word + 1 >= scan.words().size() || !is_digit(scan.word(word + 1)[0])) return {};
    const std::string_view between = gap(scan, word + 1);
    if (between != " " && between != ", ") return {};
    const std::size_t number_end = house_number(scan, word + 1);
    if (number_end == 0) return {};
    std::size_t first = word - 1;
    if (gap(scan, word) != " " || stop_.count(scan.word(first)) != 0) return {};
    while (first > free_from && word - first < 3 && gap(scan, first) == " " && scan.is_upper(scan.words()[first - 1].begin) && stop_.count(scan.word(first - 1)) == 0) --first;
    Reading reading{scan.words()[first].begin, number_end, false};
    reading.end = doors_.read(scan, number_end, reading.door);
    return reading;
  }

  // "…, 3ºB, 28013 Madrid"
  static void postal_code(const ScanText& scan, std::size_t end, std::vector<Entity>& found) {
    std::size_t word = scan.word_at(end);
    for (std::size_t i = 0; i < 4 && word < scan.words().size(); ++i, ++word) {
      if (gap(scan, word).size() > 4 && i == 0) return;
      const std::string_view said = scan.word(word);
      if (said == "cp" || said == "c" || said == "p" || said == "d" || said == "codigo" || said == "postal") continue;
      if (said.size() != 5 || !all_digits(said) || said < "01000" || said > "52999") {
        if (i < 2 && said.size() > 2 && !is_digit(said[0])) continue;  // the town
        return;
      }
      const std::size_t close = scan.words()[word].end;
      if (close < scan.text().size() && scan.text()[close] == ScanText::kEuro) return;
      if (close + 1 < scan.text().size() && scan.text()[close] == ' ' && scan.text()[close + 1] == ScanText::kEuro) return;
      found.push_back({"POSTAL_CODE", scan.to_original(scan.words()[word].begin, close), 0.9, "street_address", {"behind an address"}});
      return;
    }
  }

  CueList types_, cues_, units_;
  std::map<std::string, std::string> kinds_;
  DoorReader doors_;
  Words stop_, connectors_, months_;
  SpokenDigits digits_;
};

Result<std::unique_ptr<Recognizer>> make(const std::string& bundle_dir) {
  auto made = std::make_unique<StreetAddress>();
  if (Status s = made->load(bundle_dir); !s.ok()) return s;
  return std::unique_ptr<Recognizer>(std::move(made));
}

constexpr const char* kExamples[] = {
    "vivo en «C/ Mayor, 12, 3ºB», Madrid", "vivo en la «calle mayor 12 3b» de Siero", "«Avda. de la Constitución nº 5, 2º izq», 33001 Oviedo", "«calle Alcalá 123»",
    "«Plaza de España 3, bajo A»", "«urbanización Los Pinos, calle Olmo, 7»", "«carretera N-340 km 12» en Torredembarra", "«Camino Viejo s/n»", "«Pº de la Castellana, 100, 4º dcha».",
    "en el «carrer de Balmes 45, 2n 1a» de Barcelona", "«Rúa do Vilar, 8»", "«Askatasuna kalea 12, 3B»", "I live at «12 Baker Street», London", "«c/ San Juan nº 4»",
    "«calle 2 de mayo, 14»", "«Polígono Industrial El Sequero, nave 4»", "mi dirección es «calle mayor doce»", "«CALLE GRAN VIA 28 ATICO»", "«Ronda de Toledo, 4, escalera 2, piso 3, puerta B»",
    "«Avinguda Diagonal 300»", "«plaça Catalunya, 5»", "«travesía del Carmen 2, bj»", "«C/Alcalá nº123 1ºA esc. dcha»", "vivimos en «Uría 23, 4º B»", "Dirección: «Uría, 23, 4º B», Oviedo", "el piso de «Gran Vía 45» está a la venta", "se ha mudado a la «calle del Pez 9 2º A».", nullptr};
constexpr const char* kCounterExamples[] = {
    "vivo en la calle Mayor", "me quedé en la calle y llevo 3 meses", "plaza de garaje 12000 euros", "la vía telefónica 2 veces", "estoy en la calle a las 12",
    "de camino 2 cosas", "calle abajo", "en la plaza a las 8", "la calle está cortada 3 días", "la carretera está fatal", "c", "plaza 15", "la gran vía de Madrid", "un paseo de 20 minutos",
    "calle Mayor 12 €", "en la avenida nos vemos a las 10:30", "el camino de Santiago en 2019", "me fui de paseo 3 horas",
    "un bajo en el barrio de la alhondiga, 950", "la calle Serrano, 54 m2", "en la calle miguel de cervantes, ochenta y dos mil piden", "placa WLM 482", "voy por la calle Uría 23 veces al día", "vivimos en Gijón, 3 hijos y un perro", "vivo en Madrid desde 2019", "calle Florencio, piden 96",
    "la torre Arrayán, 19 pagos", "la nave del poligono el mirador pa guardar el material, 400", nullptr};

}  // namespace

extern const RecognizerEntry street_address_entry;
const RecognizerEntry street_address_entry = {"street_address", "STREET_ADDRESS", &make, kExamples, kCounterExamples};

}  // namespace tertulia
