// Small tests over the words of a scan, each constant in time. Test: tests/privacy/street_words_test.cc.
#include "privacy/street_words.h"

#include <string>

namespace tertulia::street {

bool all_digits(std::string_view word) { return word.find_first_not_of("0123456789") == std::string_view::npos; }

std::string_view gap(const ScanText& scan, std::size_t right) {
  const std::size_t left_end = right == 0 ? 0 : scan.words()[right - 1].end;
  return scan.text().substr(left_end, scan.words()[right].begin - left_end);
}

bool proper(const ScanText& scan, std::size_t word) {
  const Span at = scan.words()[word];
  return scan.is_upper(at.begin) && at.size() > 1 && !scan.is_upper(at.begin + 1);
}

bool roman(const ScanText& scan, std::size_t word) {
  const Span at = scan.words()[word];
  if (at.size() > 6) return false;
  for (std::size_t i = at.begin; i < at.end; ++i) {
    if (std::string_view("ivx").find(scan.text()[i]) == std::string_view::npos || !scan.is_upper(i)) return false;
  }
  return true;
}

bool name_gap(std::string_view between, const ScanText& scan, std::size_t word) {
  if (between.size() > 4) return false;
  for (const char c : between) {
    if (std::string_view(" ,'-/()#").find(c) == std::string_view::npos && c != '.' && c != ':' && c != ScanText::kOrdinal) return false;
  }
  const std::size_t dot = between.find('.');
  if (dot == std::string_view::npos) return true;
  // "Avda. Sta. María", "nº. 3": short words only; a sentence ends behind longer ones.
  return word > 0 && scan.words()[word - 1].size() <= 5;
}

std::size_t house_number(const ScanText& scan, std::size_t word) {
  const std::string_view said = scan.word(word), text = scan.text();
  std::size_t figures = 0;
  while (figures < said.size() && is_digit(said[figures])) ++figures;
  if (figures > 4 || said.size() - figures > 1) return 0;
  std::size_t end = scan.words()[word].end;
  const auto at = [&](std::size_t i) { return i < text.size() ? text[i] : '\n'; };
  const bool road = word > 0 && (scan.word(word - 1) == "km" || scan.word(word - 1) == "pk" || scan.word(word - 1) == "kilometro");
  if (road && (at(end) == ',' || at(end) == '.') && is_digit(at(end + 1))) {
    ++end;
    while (is_digit(at(end))) ++end;
    return end;
  }
  if ((at(end) == ':' || at(end) == '.') && is_digit(at(end + 1))) return 0;            // an hour, an amount
  if (at(end) == ScanText::kEuro || at(end) == '%' || (at(end) == ' ' && (at(end + 1) == ScanText::kEuro || at(end + 1) == '%'))) return 0;
  if (figures == 4 && figures == said.size() && said >= "1990" && said < "2035" && !(at(end) == ',' || at(end) == ' ')) return 0;  // a year
  if (figures == 4 && figures == said.size() && said >= "1990" && said < "2035" && at(end) == ' ' && !is_digit(at(end + 1))) return 0;
  if (word + 1 < scan.words().size() && scan.word(word + 1) == "bis" && gap(scan, word + 1).size() == 1) end = scan.words()[word + 1].end;
  return end;
}

bool counts_things(const ScanText& scan, std::size_t end) {
  const std::size_t word = scan.word_at(end);
  if (word >= scan.words().size() || scan.words()[word].begin != end + 1 || scan.text()[end] != ' ') return false;
  const std::string_view said = scan.word(word);
  return said.size() >= 5 && said.back() == 's' && !scan.is_upper(scan.words()[word].begin);
}

bool word_follows(const ScanText& scan, std::size_t end) {
  return end + 1 < scan.text().size() && scan.text()[end] == ' ' && is_letter(scan.text()[end + 1]);
}

void postal_code(const ScanText& scan, std::size_t end, std::vector<Entity>& found) {
  std::size_t word = scan.word_at(end);
  for (std::size_t i = 0; i < 5 && word < scan.words().size(); ++i, ++word) {
    if (gap(scan, word).size() > 4) return;
    const std::string_view said = scan.word(word);
    if (said == "cp" || said == "c" || said == "p" || said == "d" || said == "codigo" || said == "postal" || said == "en" || said == "de" || said == "l") continue;
    if (said.size() != 5 || !all_digits(said)) {
      if (i < 4 && said.size() > 2 && !is_digit(said[0]) && scan.is_upper(scan.words()[word].begin)) continue;  // the town
      if (i < 2 && said.size() > 2 && !is_digit(said[0])) continue;
      return;
    }
    if (said < "01000") return;
    const std::size_t close = scan.words()[word].end;
    if (close < scan.text().size() && scan.text()[close] == ScanText::kEuro) return;
    if (close + 1 < scan.text().size() && scan.text()[close] == ' ' && scan.text()[close + 1] == ScanText::kEuro) return;
    if (close + 5 < scan.text().size() && scan.text().substr(close, 5) == " euro") return;
    found.push_back({"POSTAL_CODE", scan.to_original(scan.words()[word].begin, close), 0.9, "street_address", {"behind an address"}});
    return;
  }
}

}  // namespace tertulia::street
