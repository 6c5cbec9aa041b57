// Bounded looks ahead and back over the words of the scan. Test: tests/privacy/recognizer_table_test.cc.
#include "privacy/street_orders.h"

#include <string_view>

#include "privacy/street_words.h"

namespace tertulia::street {

std::size_t plot(const ScanText& scan, std::size_t word) {
  if (word + 1 >= scan.words().size() || gap(scan, word).size() > 3) return 0;
  const std::string_view said = scan.word(word);
  if (said != "parcela" && said != "parcelas" && said != "parc" && said != "nave" && said != "parcel") return 0;
  return all_digits(scan.word(word + 1)) && scan.word(word + 1).size() < 6 ? scan.words()[word + 1].end : 0;
}

std::size_t french_number(const ScanText& scan, std::size_t type, std::size_t free_from) {
  std::size_t number = type;
  if (number <= free_from) return type;
  --number;
  if ((scan.word(number) == "bis" || scan.word(number) == "ter") && number > free_from) --number;
  return is_digit(scan.word(number)[0]) && house_number(scan, number) != 0 ? number : type;
}

Reading french(const ScanText& scan, std::size_t number, std::size_t type, std::size_t word, const DoorReader& doors) {
  if (gap(scan, type) != " " && gap(scan, type) != ", ") return {};
  std::size_t end = 0, names = 0;
  for (std::size_t i = word; i < scan.words().size() && i < word + 7 && names < 3; ++i) {
    const std::string_view between = gap(scan, i), said = scan.word(i);
    if (between != " " && between != "'" && between != "-" && between != "\xB7") break;
    if (said == "de" || said == "du" || said == "des" || said == "la" || said == "le" || said == "les" || said == "d" || said == "l") continue;
    if (is_digit(said[0]) || !scan.is_upper(scan.words()[i].begin)) break;
    end = scan.words()[i].end;
    ++names;
  }
  if (end == 0) return {};
  Reading reading{scan.words()[number].begin, end, false, "number before the street"};
  reading.end = doors.read(scan, end, reading.door);
  return reading;
}

Reading grid(const ScanText& scan, std::size_t begin, std::size_t word, const DoorReader& doors) {
  const std::size_t count = scan.words().size();
  const auto number = [&](std::size_t at) {
    if (at >= count || !is_digit(scan.word(at)[0]) || scan.word(at).size() > 5) return false;
    std::size_t figures = 0;
    while (figures < scan.word(at).size() && is_digit(scan.word(at)[figures])) ++figures;
    return figures <= 3 && scan.word(at).size() - figures <= 2;
  };
  if (!number(word) || gap(scan, word).size() > 2) return {};
  std::size_t at = word + 1;
  for (std::size_t step = 0; step < 2 && at < count; ++step) {
    const std::string_view said = scan.word(at);
    const bool side = said == "sur" || said == "norte" || said == "este" || said == "oeste" || said == "bis" || (said.size() == 1 && is_letter(said[0]) && said[0] != 'n');
    if (!side || gap(scan, at).size() != 1) break;
    ++at;
  }
  if (at + 1 < count && scan.word(at) == "con") ++at;
  bool mark = at < count && gap(scan, at).find('#') != std::string_view::npos && gap(scan, at).size() <= 4;
  if (!mark && at < count && (scan.word(at) == "no" || scan.word(at) == "n" || scan.word(at) == "nro" || scan.word(at) == "numero" || scan.word(at) == "num")) {
    mark = true;
    ++at;
  }
  if (!number(at) || gap(scan, at).size() > 4) return {};
  std::size_t second = at + 1;
  const std::string_view side = second < count ? scan.word(second) : std::string_view();
  if (side == "sur" || side == "norte" || side == "este" || side == "oeste") ++second;  // "# 18 sur - 135"
  const bool dash = second < count && (gap(scan, second) == "-" || gap(scan, second) == " - ") && number(second);
  if (!mark && !dash) return {};
  Reading reading{scan.words()[begin].begin, scan.words()[dash ? second : at].end, false, "street grid and number"};
  reading.end = doors.read(scan, reading.end, reading.door);
  return reading;
}

Reading box(const ScanText& scan, std::size_t begin, std::size_t word) {
  if (word < scan.words().size() && (scan.word(word) == "n" || scan.word(word) == "no" || scan.word(word) == "numero")) ++word;
  if (word >= scan.words().size() || gap(scan, word).size() > 3 || !all_digits(scan.word(word)) || scan.word(word).size() > 6) return {};
  return {scan.words()[begin].begin, scan.words()[word].end, false, "post box"};
}

Reading block(const ScanText& scan, std::size_t begin, std::size_t word, const CueList& types) {
  const std::size_t count = scan.words().size();
  if (word + 2 >= count || scan.word(word).size() > 3) return {};
  const std::string_view lot = scan.word(word + 1);
  if ((lot != "lt" && lot != "lote" && lot != "l") || !is_digit(scan.word(word + 2)[0]) || gap(scan, word + 2).size() > 3) return {};
  Reading reading{scan.words()[begin].begin, scan.words()[word + 2].end, false, "block and lot"};
  const std::size_t next = word + 3;
  if (next < count && gap(scan, next).size() <= 3 && scan.is_upper(scan.words()[next].begin)) {
    std::size_t last = next;
    while (last + 1 < count && last - next < 4 && gap(scan, last + 1).size() <= 2 && scan.is_upper(scan.words()[last + 1].begin)) ++last;
    if (types.starting(scan, next)) reading.end = scan.words()[last].end;
  }
  return reading;
}

Reading number_before(const ScanText& scan, std::size_t type, std::size_t word, std::size_t free_from, const DoorReader& doors,
                      const CueList& cues, const Words& connectors, const Words& stop) {
  std::size_t at = type;
  while (at > free_from && type - at < 2 && (scan.word(at - 1) == "de" || scan.word(at - 1) == "la" || scan.word(at - 1) == "del" || scan.word(at - 1) == "el")) --at;
  if (at == type || at < 2 || at - 1 < free_from || word >= scan.words().size()) return {};
  const std::size_t number = at - 1;
  const std::string_view said = scan.word(number), lead = scan.word(number - 1);
  if (!all_digits(said) || said.size() > 3) return {};
  const bool marked = lead == "numero" || lead == "num" || lead == "n";
  if (!marked && lead != "el" && lead != "al" && lead != "del") return {};
  if (!marked && !cues.before(scan, scan.words()[number].begin, 4)) return {};
  std::size_t last = word;
  std::size_t names = 0;
  for (std::size_t i = word; i < scan.words().size() && i < word + 6; ++i) {
    const std::string_view between = gap(scan, i);
    if (between != " " && between != ". ") break;
    if (connectors.count(scan.word(i)) != 0) continue;
    if (names > 0 && !scan.is_upper(scan.words()[i].begin)) break;
    if (stop.count(scan.word(i)) != 0 || is_digit(scan.word(i)[0])) break;
    last = i;
    ++names;
  }
  if (names == 0) return {};
  Reading reading{scan.words()[marked ? number - 1 : number].begin, scan.words()[last].end, false, "number before the street"};
  reading.end = doors.read(scan, reading.end, reading.door);
  return reading;
}

Reading behind_name(const ScanText& scan, std::size_t word, std::size_t free_from, const DoorReader& doors, const Words& stop) {
  if (word == free_from || word + 1 >= scan.words().size() || !is_digit(scan.word(word + 1)[0])) return {};
  const std::string_view between = gap(scan, word + 1);
  if (between != " " && between != ", ") return {};
  const std::size_t number_end = house_number(scan, word + 1);
  if (number_end == 0) return {};
  std::size_t first = word - 1;
  if (gap(scan, word) != " " || stop.count(scan.word(first)) != 0) return {};
  while (first > free_from && word - first < 3 && gap(scan, first) == " " && scan.is_upper(scan.words()[first - 1].begin) && stop.count(scan.word(first - 1)) == 0) --first;
  Reading reading{scan.words()[first].begin, number_end, false};
  reading.end = doors.read(scan, number_end, reading.door);
  return reading;
}

}  // namespace tertulia::street
