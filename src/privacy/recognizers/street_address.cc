// Street addresses from the street type to the door, in Spanish, Catalan, Galician, Basque and English, and as Latin America writes
// them; the postal code behind one as well.
//
// A grammar over the words of the scan: type, name, house number, floor and door. Types stand in lists/street_types.tsv
// (strong: an address by itself; weak: needs a comma, "nº", a capital or a door; suffix: stands behind the name; number_first, french,
// grid, box, block: the orders of English, French, Colombian, post box and Peruvian addresses), doors are read by door_reader, words that
// no street name holds in lists/street_stop.tsv. A street without a number is no personal data. Without a type an address
// needs a cue (lists/address_cues.tsv; label: "dirección:", live: "vivo en"). Each type word costs a bounded look ahead.
// Test: tests/privacy/recognizer_table_test.cc.
#include <map>
#include <set>

#include "data/table_file.h"
#include "privacy/cue_list.h"
#include "privacy/door_reader.h"
#include "privacy/recognizer_table.h"
#include "privacy/scan_text.h"
#include "privacy/spoken_digits.h"
#include "privacy/street_orders.h"
#include "privacy/street_words.h"

namespace tertulia {
namespace {

using street::all_digits, street::counts_things, street::gap, street::house_number, street::name_gap, street::plot, street::postal_code, street::proper,
    street::Reading, street::roman, street::word_follows, street::Words;

constexpr std::size_t kMaxName = 11;      // words of a street's name, "de la" and the like included
constexpr std::size_t kMaxSmallWords = 4;  // of a name without a capital, "de la" and the like not counted
constexpr std::size_t kMaxBareWords = 3;   // the same where neither type nor capital says that it is a name
constexpr std::size_t kMaxNested = 1;      // streets behind an estate in one address
constexpr long kMaxSaidNumber = 999;       // a house number in words

class StreetAddress final : public Recognizer {
 public:
  Status load(const std::string& dir) {
    const std::string path = dir + "/privacy/lists/street_types.tsv";
    Result<std::vector<TableRow>> rows = load_table(path, 2, 2);
    if (!rows.ok()) return rows.status();
    static const std::map<std::string, Kind> kKinds = {{"strong", Kind::kStrong}, {"either", Kind::kEither}, {"weak", Kind::kWeak}, {"suffix", Kind::kSuffix}, {"number_first", Kind::kNumberFirst},
                                                       {"french", Kind::kFrench}, {"grid", Kind::kGrid},     {"box", Kind::kBox},   {"block", Kind::kBlock}};
    for (const TableRow& row : *rows) {
      const auto kind = kKinds.find(row.fields[1]);
      if (kind == kKinds.end()) {
        return Status(StatusCode::kInvalidData, path + ":" + std::to_string(row.line) + ": expected strong, either, weak, suffix, number_first, french, grid, box or block");
      }
      types_.add(row.fields[0]);
      kinds_[cue_phrase(row.fields[0])] = kind->second;
    }
    if (Status s = doors_.load(dir); !s.ok()) return s;
    struct List { const char* name; Words* into; };
    for (const List& list : {List{"street_stop", &stop_}, List{"name_connectors", &connectors_}, List{"months", &months_}}) {
      if (rows = load_table(dir + "/privacy/lists/" + list.name + ".tsv", 1, 1); !rows.ok()) return rows.status();
      for (const TableRow& row : *rows) list.into->insert(fold_for_scan(row.fields[0]));
    }
    if (rows = load_table(dir + "/privacy/lists/address_cues.tsv", 2, 2); !rows.ok()) return rows.status();
    for (const TableRow& row : *rows) {
      cues_.add(row.fields[0]);
      if (row.fields[1] == "label") labels_.insert(cue_phrase(row.fields[0]));
    }
    if (Status s = units_.add_file(dir, "units"); !s.ok()) return s;
    return digits_.load(dir);
  }

  void find(const Document& document, const RecognizerContext& context, std::vector<Entity>& found) const override {
    const ScanScope scope(document, context);
    const ScanText& scan = *scope;
    const bool asked = context.expected_type == "STREET_ADDRESS";
    const bool figures = scan.text().find_first_of("0123456789") != std::string_view::npos;
    std::size_t free_from = 0;  // words before belong to an address already
    for (std::size_t i = 0; i < scan.words().size(); ++i) {
      if (i < free_from) continue;
      Reading reading;
      if (const std::optional<CueHit> type = types_.starting(scan, i)) {
        const Kind kind = kinds_.at(type->phrase);
        const std::size_t next = scan.word_at(type->end - 1) + 1;
        switch (kind) {
          case Kind::kSuffix: reading = street::behind_name(scan, i, free_from, doors_, stop_); break;
          case Kind::kNumberFirst:
            if (!type_goes_on(scan, next)) reading = number_first(scan, i, next - 1, free_from);
            break;
          case Kind::kFrench:
            if (const std::size_t number = street::french_number(scan, i, free_from); number != i) reading = street::french(scan, number, i, next, doors_);
            else if (i > free_from) reading = from_type(scan, i, next, false, false, 0);  // "rue Victor Hugo 8"
            break;
          case Kind::kBox: reading = street::box(scan, i, next); break;
          case Kind::kBlock: reading = street::block(scan, i, next, types_); break;
          case Kind::kStrong: case Kind::kEither: case Kind::kWeak: case Kind::kGrid:
            if (!opens(scan, i)) {
              // "c amor de dios 12 2 d": without its mark only at the head of a message and with a door.
              if (scan.word(i) == "c" && i == 0) reading = from_type(scan, i, next, true, false, 0);
              if (!reading.door) reading = {};
              break;
            }
            reading = street::grid(scan, i, next, doors_);
            if (reading.end == 0) reading = street::number_before(scan, i, next, free_from, doors_, cues_, connectors_, stop_);
            if (reading.end == 0) reading = from_type(scan, i, next, kind == Kind::kWeak || kind == Kind::kGrid, asked, type->phrase == "gran via" ? 1 : 0);
            if (reading.end == 0 && kind == Kind::kEither) reading = number_first(scan, i, next - 1, free_from);
            break;
        }
      }
      if (reading.end == 0 && asked && i == first_content_word(scan)) reading = from_type(scan, i, i, false, true, 0);
      if (reading.end == 0 && i > 0 && i >= free_from) reading = behind_cue(scan, i);
      if (reading.end == 0 && figures && i >= free_from && scan.is_upper(scan.words()[i].begin)) reading = bare(scan, i);
      if (reading.end == 0) continue;
      // "Flat 3, Calle Mayor 14"
      if (const std::size_t first = scan.word_at(reading.begin); first >= free_from + 2 && gap(scan, first) == ", " && doors_.counted(scan, first - 2) == first && is_digit(scan.word(first - 1)[0])) {
        reading.begin = scan.words()[first - 2].begin;
      }
      Entity entity{"STREET_ADDRESS", scan.to_original(reading.begin, reading.end), reading.door ? 0.995 : 0.98, "street_address", {reading.why}};
      if (asked) entity.why.emplace_back("asked for");
      found.push_back(std::move(entity));
      postal_code(scan, reading.end, found);
      free_from = scan.word_at(reading.end - 1) + 1;
    }
  }

 private:
  enum class Kind { kStrong, kEither, kWeak, kSuffix, kNumberFirst, kFrench, kGrid, kBox, kBlock };
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
    if (said == "p" && word + 1 < scan.words().size() && scan.word(word + 1) == "i" && next == '.') return true;  // "P.I."
    if (said == "p" || said == "b") return next == ScanText::kOrdinal;
    if (said == "s") return false;
    return true;
  }

  std::size_t first_content_word(const ScanText& scan) const {
    std::size_t i = 0;
    while (i < scan.words().size() && i < 6 && stop_.count(scan.word(i)) != 0) ++i;
    return i;
  }

  // "vivo en Uría 23, 4º B", "vivo en mayor 14 3b": no type, but a cue and a door; "Dirección: Pintor Sorolla, 4": a label and a capital.
  Reading behind_cue(const ScanText& scan, std::size_t i) const {
    std::optional<CueHit> cue = cues_.ending(scan, i - 1);
    if (!cue) return {};
    const bool article = i + 1 < scan.words().size() && scan.is_upper(scan.words()[i].begin) && scan.is_upper(scan.words()[i + 1].begin);  // "Los Chopos 15"
    if (const Reading named = number_and_name(scan, i); named.end != 0 && (labels_.count(cue->phrase) != 0 || cue->phrase == "live at" || cue->phrase == "moved to" || cue->phrase == "living at" || cue->phrase == "lives at")) return named;
    if (doors_.counts_something(scan.word(i)) || is_digit(scan.word(i)[0])) return {};
    if (!article && (connectors_.count(scan.word(i)) != 0 || stop_.count(scan.word(i)) != 0)) return {};
    Reading reading = from_type(scan, i, i, false, true, 0);
    if (reading.end == 0) return reading;
    const bool capital = scan.is_upper(scan.words()[i].begin);
    if (!reading.door && !(capital && labels_.count(cue->phrase) != 0)) return {};
    if (!capital) {
      std::size_t words = 0;
      for (std::size_t k = i; k < scan.words().size() && !is_digit(scan.word(k)[0]); ++k) words += connectors_.count(scan.word(k)) == 0 ? 1 : 0;
      if (words > kMaxBareWords) return {};
    }
    reading.why = "cue and number";
    return reading;
  }

  // "118 Deansgate", "Flat 3, 118 Deansgate", "3 Tanner's Yard": behind an English cue, up to a comma or an end.
  [[nodiscard]] Reading number_and_name(const ScanText& scan, std::size_t i) const {
    const std::size_t count = scan.words().size();
    std::size_t number = i;
    if (const std::size_t flat = doors_.counted(scan, i); flat != 0 && flat < count && gap(scan, flat) == ", ") number = flat;
    if (number + 1 >= count || !is_digit(scan.word(number)[0]) || house_number(scan, number) == 0) return {};
    std::size_t last = number;
    while (last + 1 < count && last - number < 4 && (gap(scan, last + 1) == " " || gap(scan, last + 1) == "'") && (proper(scan, last + 1) || scan.word(last + 1) == "s")) ++last;
    if (last == number || scan.words()[last].size() < 2) return {};
    const std::size_t end = scan.words()[last].end;
    if (word_follows(scan, end) || stop_.count(scan.word(number + 1)) != 0 || months_.count(scan.word(number + 1)) != 0) return {};
    // "3 Bridge Cottages, Mill Lane": the street comes behind the house's name.
    for (std::size_t at = last + 1; at < count && at <= last + 3 && (gap(scan, at) == " " || gap(scan, at) == ", "); ++at) {
      const std::optional<CueHit> type = types_.starting(scan, at);
      if (type && kinds_.at(type->phrase) == Kind::kNumberFirst) return {};
    }
    Reading reading{scan.words()[i].begin, end, number != i, "cue and number"};
    reading.end = doors_.read(scan, end, reading.door);
    return reading;
  }

  // "en Novoa Santos 7, portal 2", "Alcalá, 388, 4º C": neither type nor cue, but a name, a number and a door of two parts at least.
  [[nodiscard]] Reading bare(const ScanText& scan, std::size_t i) const {
    const bool open = i == 0 || scan.text()[scan.words()[i].begin - 1] == '\n';
    if (!open && (scan.words()[i - 1].size() > 2 || gap(scan, i) != " " || (scan.word(i - 1) != "en" && scan.word(i - 1) != "a" && scan.word(i - 1) != "at" && scan.word(i - 1) != "al"))) return {};
    if (!proper(scan, i) || stop_.count(scan.word(i)) != 0 || doors_.counts_something(scan.word(i))) return {};
    std::size_t word = i, names = 0;
    while (word < scan.words().size() && word - i < 6 && !is_digit(scan.word(word)[0])) {
      if (word > i && gap(scan, word) != " ") return {};
      const bool connector = connectors_.count(scan.word(word)) != 0 && word > i;
      if (!connector && !proper(scan, word)) return {};
      if (!connector && months_.count(scan.word(word)) != 0) return {};
      names += connector ? 0 : 1;
      ++word;
    }
    if (names == 0 || names > 4 || word >= scan.words().size() || word - i >= 6 || (gap(scan, word) != " " && gap(scan, word) != ", ")) return {};
    if (!all_digits(scan.word(word)) || scan.word(word).size() > 3) return {};
    const std::size_t number_end = house_number(scan, word);
    if (number_end == 0) return {};
    Reading reading{scan.words()[i].begin, number_end, false, "name, number and door"};
    reading.end = doors_.read(scan, number_end, reading.door);
    if (!reading.door || doors_.amount_follows(scan, reading.end)) return {};
    const std::string_view door = scan.text().substr(number_end, reading.end - number_end);
    std::size_t parts = 0;
    for (std::size_t at = word + 1; at < scan.words().size() && scan.words()[at].end <= reading.end; ++at) ++parts;
    const bool sign = door.find(ScanText::kOrdinal) != std::string_view::npos;
    const bool letter = sign && is_letter(door.back());
    return (parts > 1 && (sign || door[0] == ',')) || letter ? reading : Reading{};
  }

  // A word that belongs to a name although it is a small one: "Ramón y Cajal", "de les Corts", "O'Higgins", "Juan Carlos I".
  [[nodiscard]] bool within_name(const ScanText& scan, std::size_t word, std::size_t name_words, bool capital) const {
    const std::string_view said = scan.word(word);
    const bool next_capital = word + 1 < scan.words().size() && gap(scan, word + 1).size() <= 2 && scan.is_upper(scan.words()[word + 1].begin);
    if (roman(scan, word) && capital && name_words > 0) return true;
    if ((said == "en" || said == "na") && word > 0 && scan.word(word - 1) == "d") return true;  // "carrer d'en Bosc"
    if (stop_.count(said) == 0) return true;
    if (connectors_.count(said) != 0 && (next_capital || word + 1 >= scan.words().size())) return next_capital && (capital || name_words == 0);
    if (word + 1 < scan.words().size() && said.size() == 1 && gap(scan, word + 1) == "'" && next_capital) return true;
    return proper(scan, word) && (capital || name_words == 0);
  }

  // Type at `begin`, name from `word` on; `name_words` is 1 for a type that is a name by itself ("Gran Vía 45").
  Reading from_type(const ScanText& scan, std::size_t begin, std::size_t word, bool weak, bool asked, std::size_t name_words,
                    std::size_t nested = 0) const {
    const std::string_view text = scan.text();
    const std::size_t count = scan.words().size();
    bool comma = false, capital = name_words > 0, marked = false;
    for (std::size_t step = 0; step < kMaxName && word < count; ++step) {
      const std::string_view said = scan.word(word);
      const std::string_view between = gap(scan, word);
      const bool first = word == begin;
      const bool behind_comma = between.find(',') != std::string_view::npos && name_words > 0;
      if (!first && !name_gap(between, scan, word)) return {};
      if (!first && between.find(':') != std::string_view::npos && name_words > 0 && !(marked && is_digit(said[0]))) return {};
      if (!first && between.find(':') != std::string_view::npos && name_words == 0 && step == 0) begin = word;  // "Calle: Mayor, 3"
      marked = marked || (between.find('#') != std::string_view::npos && is_digit(said[0]) && name_words > 0);
      comma = comma || between.find(',') != std::string_view::npos;
      if (!first && step == 0 && name_words == 0 && comma && begin != word) return {};  // "en la misma calle, número once"
      if (behind_comma && doors_.counted(scan, word) == 0 && types_.starting(scan, word) && opens(scan, word)) {
        const std::optional<CueHit> inner = types_.starting(scan, word);  // "urbanización X, calle Y, 7"
        const Kind kind = kinds_.at(inner->phrase);
        if (kind == Kind::kStrong || kind == Kind::kWeak || kind == Kind::kGrid) {
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
      } else if (said == "sn" && (comma || name_words > 0) && word + 1 >= count) {
        number_end = scan.words()[word].end;
      } else if (is_digit(said[0])) {
        if (name_words == 0 && all_digits(said) && plot(scan, word + 1) != 0) {  // "Polígono 14, parcela 203"
          Reading reading{scan.words()[begin].begin, plot(scan, word + 1), true, "plot"};
          reading.end = doors_.read(scan, reading.end, reading.door);
          return reading;
        }
        if (name_words == 0 && !asked && !marked && !day_name(scan, word)) return {};
        if (day_name(scan, word)) {  // "calle 2 de mayo"
          word += 1;
          ++name_words;
          continue;
        }
        number_end = house_number(scan, word);
        if (number_end == 0) return {};
      } else if ((name_words > 0 || marked) && digits_.is_number_word(said) && said != "una" && said != "uno" && said != "un" && !said_name(scan, word) && (marked || !proper(scan, word))) {
        const bool cued = asked || marked || cues_.before(scan, scan.words()[begin].begin, 5).has_value();
        number_end = spoken_house(scan, word, cued || (!weak && behind_comma));
        if (number_end == 0) return {};
      } else {
        const bool storey = (said == "planta" || said == "piso" || said == "pis" || said == "pl") && !(word + 1 < count && is_digit(scan.word(word + 1)[0]));  // "carrer Ample, planta baixa": no number yet
        if (doors_.counts_something(said) && name_words > 0 && !storey && doors_.counted(scan, word) != 0) {
          Reading reading{scan.words()[begin].begin, scan.words()[word].begin, true};  // "urb. Los Pinos, parcela 12"
          reading.end = doors_.read(scan, scan.words()[word - 1].end, reading.door);
          if (reading.end <= scan.words()[word].begin) return {};
          // "Pol. Ind. Fuente, fase 2, c/ Sevilla nº 12"
          const std::size_t next = scan.word_at(reading.end);
          const std::optional<CueHit> inner = next < count && gap(scan, next) == ", " ? types_.starting(scan, next) : std::nullopt;
          if (inner && nested < kMaxNested && opens(scan, next) && kinds_.at(inner->phrase) == Kind::kStrong) {
            const Reading rest = from_type(scan, next, scan.word_at(inner->end - 1) + 1, false, asked, 0, nested + 1);
            if (rest.end != 0) reading.end = rest.end;
          }
          return reading;
        }
        // Edificio Torre Blanca, 7º D: a floor in place of a number is read as one above. Behind a comma comes the number, or it
        // is no address; a long run of small words is talk.
        const bool road = said.size() <= 3 && word + 1 < count && gap(scan, word + 1) == "-" && all_digits(scan.word(word + 1));
        const bool before_figure = connectors_.count(said) != 0 && !roman(scan, word) && word + 1 < count && is_digit(scan.word(word + 1)[0]);  // "calle Serrano el 12"
        if (behind_comma || (before_figure && !day_name(scan, word + 1)) || (!road && !within_name(scan, word, name_words, capital)) || (!capital && name_words >= kMaxSmallWords)) return {};
        if (connectors_.count(said) == 0) {
          ++name_words;
          capital = capital || scan.is_upper(scan.words()[word].begin);
        }
        // "N-340", "CV-35": the road's own number.
        if (road) ++word;
        ++word;
        continue;
      }
      if (number_end == 0) return {};
      Reading reading{scan.words()[begin].begin, number_end, false};
      reading.end = doors_.read(scan, number_end, reading.door);
      if (name_words == 0 && !marked && !asked) return {};
      if (name_words == 0 && asked && word == begin) return {};
      const bool proven = marked || reading.door || asked || cues_.before(scan, scan.words()[begin].begin, 5).has_value();
      if (weak && !proven && !(capital && (!comma || !word_follows(scan, number_end)))) return {};
      if (!marked && !reading.door && (doors_.amount_follows(scan, number_end) || (!proven && counts_things(scan, number_end)))) return {};
      if (reading.end < text.size() && text[reading.end] == ScanText::kOrdinal) ++reading.end;
      return reading;
    }
    return {};
  }

  // "calle dos de mayo": a number in words that belongs to the name.
  [[nodiscard]] bool said_name(const ScanText& scan, std::size_t word) const {
    return word + 2 < scan.words().size() && scan.word(word + 1) == "de" && months_.count(scan.word(word + 2)) != 0;
  }

  [[nodiscard]] bool is_number_mark(std::string_view said, const ScanText& scan, std::size_t word) const {
    const bool digit = word + 1 < scan.words().size() && is_digit(scan.word(word + 1)[0]);
    if (said == "numero" || said == "num" || said == "nro" || said == "number" || said == "nombre") {
      return digit || (word + 1 < scan.words().size() && digits_.is_number_word(scan.word(word + 1)));
    }
    if (said == "no" || said == "nr" || said == "nn") return digit;
    const std::size_t end = scan.words()[word].end;
    if (said == "n") {
      const char next = end < scan.text().size() ? scan.text()[end] : '\n';
      return (next == ScanText::kOrdinal || next == '.' || next == ' ') && digit;
    }
    return (said == "km" || said == "kilometro" || said == "pk") && (digit || (word + 1 < scan.words().size() && digits_.is_number_word(scan.word(word + 1))));
  }

  // "2 de mayo", "12 d'octubre": digits that belong to the name.
  [[nodiscard]] bool day_name(const ScanText& scan, std::size_t word) const {
    if (!all_digits(scan.word(word)) || word + 2 >= scan.words().size()) return false;
    return (scan.word(word + 1) == "de" || scan.word(word + 1) == "d") && months_.count(scan.word(word + 2)) != 0;
  }

  // The end of a house number in words; without a cue only where the sentence ends behind it.
  std::size_t spoken_house(const ScanText& scan, std::size_t word, bool cued) const {
    SpokenItem item;
    if (!digits_.read_item(scan, word, item) || std::atol(item.digits.c_str()) > kMaxSaidNumber || item.digits.size() > 3) return 0;
    const std::size_t end = scan.words()[item.last_word].end;
    if (item.last_word + 1 < scan.words().size() && gap(scan, item.last_word + 1).size() <= 2 && units_.starting(scan, item.last_word + 1)) return 0;
    if (cued) return end;
    bool door = false;
    return doors_.read(scan, end, door) != end && door ? end : 0;
  }

  // "44 Harbour View Road": the type is the last of them.
  [[nodiscard]] bool type_goes_on(const ScanText& scan, std::size_t next) const {
    if (next >= scan.words().size() || gap(scan, next) != " " || !scan.is_upper(scan.words()[next].begin)) return false;
    const std::optional<CueHit> more = types_.starting(scan, next);
    return more && kinds_.at(more->phrase) == Kind::kNumberFirst;
  }

  // "12 Baker Street", "221B Baker St, Flat 3", "Flat 3, 27 Ashgrove Road".
  Reading number_first(const ScanText& scan, std::size_t word, std::size_t type_end, std::size_t free_from) const {
    bool the = false;
    for (std::size_t back = 1; back <= 5 && back <= word - std::min(word, free_from); ++back) {
      const std::size_t at = word - back;
      const std::string_view said = scan.word(at);
      const std::string_view between = gap(scan, at + 1);
      if (between != " " && between != ", " && between != "'" && !(between == ". " && scan.word(at).size() <= 3)) return {};
      if (is_digit(said[0])) {
        if ((back < 2 && !the) || house_number(scan, at) == 0) return {};
        bool capital = false;
        for (std::size_t i = at + 1; i <= word; ++i) capital = capital || (scan.is_upper(scan.words()[i].begin) && (i < word || the));
        if (!capital && !cues_.before(scan, scan.words()[at].begin, 5)) return {};
        Reading reading{scan.words()[at].begin, scan.words()[type_end].end, false};
        if (at >= free_from + 2 && doors_.counted(scan, at - 2) == at && gap(scan, at).size() <= 2) {
          reading.begin = scan.words()[at - 2].begin;
          reading.door = true;
        } else if (at > free_from && gap(scan, at) == " " && doors_.counted(scan, at - 1) == at + 1 && gap(scan, at + 1) == ", ") {
          reading.begin = scan.words()[at - 1].begin;  // "Unit 4, Kirkstall Industrial Park"
        } else if (const std::size_t from = house_name(scan, at, free_from); from != at) {
          reading.begin = scan.words()[from].begin;
        }
        reading.end = doors_.read(scan, reading.end, reading.door);
        return reading;
      }
      the = the || (said == "the" && back == 1 && scan.is_upper(scan.words()[at].begin));
      if (stop_.count(said) != 0 && !the && !proper(scan, at)) return {};
    }
    return {};
  }

  // "Apt 12, The Cooperage, 40 Bonham Street": the house's name and the flat in front of the number; the first word of them.
  [[nodiscard]] std::size_t house_name(const ScanText& scan, std::size_t number, std::size_t free_from) const {
    if (gap(scan, number) != ", " || number < free_from + 2) return number;
    std::size_t first = number;
    while (first > free_from && number - first < 4 && (first == number || gap(scan, first) == " ") && proper(scan, first - 1)) --first;
    if (first == number) return number;
    if (first >= free_from + 2 && gap(scan, first) == ", " && doors_.counted(scan, first - 2) == first) return first - 2;
    return scan.word(first) == "the" && number - first > 1 ? first : number;
  }

  CueList types_, cues_, units_;
  std::map<std::string, Kind> kinds_;
  std::set<std::string> labels_;
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
    "un bajo en el barrio de la alhondiga, 950", "la calle Serrano, 54 m2", "en la calle miguel de cervantes, ochenta y dos mil piden", "placa WLM 482", "voy por la calle Uría 23 veces al día", "vivimos en Gijón, 3 hijos y un perro", "vivo en Madrid desde 2019", "he sacado cita en la calle Serrano el 12", "mi puesto, casilla 22", "for 40 years. Whole street was out", "calle Florencio, piden 96",
    "la torre Arrayán, 19 pagos", "la nave del poligono el mirador pa guardar el material, 400", nullptr};

}  // namespace

extern const RecognizerEntry street_address_entry;
const RecognizerEntry street_address_entry = {"street_address", "STREET_ADDRESS", &make, kExamples, kCounterExamples};

}  // namespace tertulia
