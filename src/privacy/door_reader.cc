// Floor and door as Correos' addressing guide writes them and as people write and say them: part after part, each a word of
// lists/door_words.tsv with what it counts, an ordinal, a short number or a letter. Test: tests/privacy/door_reader_test.cc.
#include "privacy/door_reader.h"

#include "data/table_file.h"

namespace tertulia {
namespace {

constexpr std::size_t kMaxDoorParts = 12;
constexpr std::size_t kMaxAreaWords = 4;

std::string_view gap(const ScanText& scan, std::size_t right) {
  const std::size_t left_end = right == 0 ? 0 : scan.words()[right - 1].end;
  return scan.text().substr(left_end, scan.words()[right].begin - left_end);
}

char char_at(const ScanText& scan, std::size_t at) { return at < scan.text().size() ? scan.text()[at] : '\n'; }

bool only(std::string_view between, std::string_view allowed) { return between.find_first_not_of(allowed) == std::string_view::npos; }

// A word goes on right behind `end`.
bool talk_goes_on(const ScanText& scan, std::size_t end) {
  return char_at(scan, end) == ' ' && end + 1 < scan.text().size() && is_word_byte(scan.text()[end + 1]);
}

// One letter as a door; "a", "e", "o" and "y" are words unless written as a capital or at the end of the text part.
bool single_letter(const ScanText& scan, std::size_t word, bool behind_floor) {
  const std::string_view said = scan.word(word);
  if (said.size() != 1 || !is_letter(said[0])) return false;
  if (said[0] == 'c' && char_at(scan, scan.words()[word].end) == '/') return false;  // "c/ Mayor"
  const char letter = said[0];
  if (scan.is_upper(scan.words()[word].begin)) {
    // "8 2 IZQ Y SE ME CAE": in a shout a capital says nothing.
    const std::size_t next = scan.words()[word].end + 1;
    const bool shout = talk_goes_on(scan, next - 1) && scan.is_upper(next) && next + 1 < scan.text().size() && scan.is_upper(next + 1);
    return !shout || (letter != 'y' && letter != 'e' && letter != 'o' && letter != 'a');
  }
  if (letter == 'y' || letter == 'e' || letter == 'o' || letter == 'a' || letter == 'i' || letter == 'u') return !talk_goes_on(scan, scan.words()[word].end);
  return behind_floor || letter <= 'j';
}

std::size_t figures_of(std::string_view word) {
  std::size_t figures = 0;
  while (figures < word.size() && is_digit(word[figures])) ++figures;
  return figures;
}

bool ordinal_tail(std::string_view tail) {
  for (const std::string_view known : {"st", "nd", "rd", "th", "er", "ero", "era", "ro", "ra", "do", "da", "to", "ta", "mo", "ma", "vo", "va", "no", "na", "o", "n", "r", "t", "e"}) {
    if (tail == known) return true;
  }
  return false;
}

}  // namespace

Status DoorReader::load(const std::string& bundle_dir) {
  static const std::map<std::string, Kind> kKinds = {{"floor", Kind::kFloor}, {"side", Kind::kSide}, {"unit", Kind::kUnit},
                                                     {"both", Kind::kBoth},   {"area", Kind::kArea}, {"road", Kind::kRoad}};
  const std::string path = bundle_dir + "/privacy/lists/door_words.tsv";
  Result<std::vector<TableRow>> rows = load_table(path, 2, 2);
  if (!rows.ok()) return rows.status();
  for (const TableRow& row : *rows) {
    const auto kind = kKinds.find(row.fields[1]);
    if (kind == kKinds.end()) {
      return Status(StatusCode::kInvalidData, path + ":" + std::to_string(row.line) + ": expected floor, side, unit, both, area or road");
    }
    doors_[fold_for_scan(row.fields[0])] = kind->second;
  }
  if (Status s = digits_.load(bundle_dir); !s.ok()) return s;
  if (Status s = letters_.load(bundle_dir); !s.ok()) return s;
  return units_.add_file(bundle_dir, "units");
}

bool DoorReader::is(std::string_view word, Kind kind) const {
  const auto found = doors_.find(word);
  return found != doors_.end() && found->second == kind;
}

bool DoorReader::amount_follows(const ScanText& scan, std::size_t end) const {
  const std::size_t word = scan.word_at(end);
  return word < scan.words().size() && scan.words()[word].begin <= end + 1 && units_.starting(scan, word).has_value();
}

// End of what a unit counts: "4", "4C", "B", "be", "once", "izquierda"; 0: nothing.
std::size_t DoorReader::value_end(const ScanText& scan, std::size_t word) const {
  if (word >= scan.words().size()) return 0;
  const std::string_view between = gap(scan, word);
  const std::string_view said = scan.word(word);
  if (between.size() > 4 || !only(between, std::string_view(" .:-#\xBA\""))) return 0;
  const std::size_t end = scan.words()[word].end;
  const std::size_t figures = figures_of(said);
  if (figures > 0) {
    if (figures > 4 || said.size() - figures > 2) return 0;
    if (!amount_follows(scan, end) || said.size() > figures) return end;
    return 0;
  }
  if (said.size() == 1) {
    const bool figure = char_at(scan, end) == ' ' && is_digit(char_at(scan, end + 1)) && is_letter(said[0]);  // "esc a 4 d"
    return figure || single_letter(scan, word, true) ? end : 0;
  }
  if (said == "i" || said == "ii" || said == "iii" || said == "iv") return scan.is_upper(scan.words()[word].begin) ? end : 0;  // "fase II"
  if (said.size() <= 3 && is_digit(said.back()) && said.find('_') == std::string_view::npos) return end;  // "B2"
  if (const auto known = doors_.find(said); known != doors_.end()) return known->second == Kind::kFloor || known->second == Kind::kSide ? end : 0;
  SpokenItem item;
  if (digits_.read_item(scan, word, item) && item.digits.size() <= 3) return scan.words()[item.last_word].end;
  if (const std::optional<SpokenLetter> letter = letters_.read(scan, word)) {
    const std::size_t letter_end = scan.words()[letter->last_word].end;
    if (!letter->weak || !talk_goes_on(scan, letter_end)) return letter_end;
  }
  return 0;
}

std::size_t DoorReader::counted(const ScanText& scan, std::size_t word) const {
  const auto known = word < scan.words().size() ? doors_.find(scan.word(word)) : doors_.end();
  if (known == doors_.end() || (known->second != Kind::kUnit && known->second != Kind::kBoth)) return 0;
  const std::size_t end = value_end(scan, word + 1);
  return end == 0 ? 0 : scan.word_at(end - 1) + 1;
}

// "col. Crédito Constructor", "urb. La Moraleja": capitals and the small words between them.
std::size_t DoorReader::area_end(const ScanText& scan, std::size_t word) const {
  std::size_t end = 0;
  for (std::size_t step = 0; step < kMaxAreaWords && word < scan.words().size(); ++step, ++word) {
    if (!only(gap(scan, word), " .") || gap(scan, word).size() > 2) break;
    if (step > 0 && gap(scan, word).find('.') != std::string_view::npos && scan.words()[word - 1].size() > 3) break;  // a sentence's end
    if (scan.is_upper(scan.words()[word].begin)) end = scan.words()[word].end;
    else if (scan.word(word) != "de" && scan.word(word) != "del" && scan.word(word) != "la" && scan.word(word) != "los" && scan.word(word) != "las") break;
  }
  return end;
}

// End of the part that begins with this word, or 0.
std::size_t DoorReader::part_end(const ScanText& scan, std::size_t word, std::string_view between, bool apart, bool door, bool& after_floor) const {
  const std::string_view said = scan.word(word);
  const std::size_t word_end = scan.words()[word].end;
  const auto known = doors_.find(said);
  const std::size_t figures = figures_of(said);
  const std::string_view tail = said.substr(figures);
  if (known != doors_.end()) {
    const Kind kind = known->second;
    if (kind == Kind::kArea) return apart ? area_end(scan, word + 1) : 0;
    if (kind == Kind::kRoad) {
      std::size_t end = value_end(scan, word + 1);
      if (end == 0) return 0;
      if (char_at(scan, end) == ',' && is_digit(char_at(scan, end + 1))) {
        ++end;
        while (is_digit(char_at(scan, end))) ++end;
      }
      return end;
    }
    if (kind == Kind::kUnit || kind == Kind::kBoth) {
      const bool sign = said != "es" || char_at(scan, word_end) == ':';  // "Es:1" of a register, not the verb
      const std::size_t end = sign ? value_end(scan, word + 1) : 0;
      if (end != 0) {
        after_floor = true;
        return end;
      }
      // "edif sevilla 2", "edificio Torre Norte"
      if (end == 0 && (said == "edif" || said == "edificio" || said == "torre" || said == "residencial")) {
        const std::size_t figure = word + 2;
        if (figure < scan.words().size() && gap(scan, word + 1).size() <= 2 && gap(scan, figure) == " " && !is_digit(scan.word(word + 1)[0]) && figures_of(scan.word(figure)) == scan.words()[figure].size() &&
            scan.words()[figure].size() <= 2 && !amount_follows(scan, scan.words()[figure].end)) {
          return scan.words()[figure].end;
        }
        if (const std::size_t named = apart ? area_end(scan, word + 1) : 0; named != 0) return named;
      }
      // "1ª planta", "3rd floor", "segundo piso"; "int." alone.
      const bool stands = (after_floor && sign && only(between, std::string_view(" .\xBA"))) || (kind == Kind::kBoth && (after_floor || apart || door));
      return stands ? word_end : 0;
    }
    if (kind == Kind::kSide && !after_floor && !apart && !door) return 0;
    after_floor = true;
    return word_end;
  }
  if (figures > 0 && figures <= 2 && tail.empty() && char_at(scan, word_end) == ScanText::kOrdinal) {
    after_floor = true;
    // "3ºB": the letter is glued to the sign.
    if (is_letter(char_at(scan, word_end + 1)) && !is_word_byte(char_at(scan, word_end + 2))) return word_end + 2;
    return word_end + 1;
  }
  if (figures > 0 && figures <= 3 && !tail.empty()) {
    const bool letter = tail.size() == 1 && is_letter(tail[0]) && !(tail[0] == 'h' && between == " ") && !(tail[0] == 'm');
    const bool fits = letter || ordinal_tail(tail) || (doors_.count(tail) != 0 && !is(tail, Kind::kUnit));
    if (!fits || (figures == 3 && !apart)) return 0;
    after_floor = true;
    return word_end;
  }
  if (figures == said.size() && figures <= 2 && figures > 0) {
    if (amount_follows(scan, word_end) || char_at(scan, word_end) == ':' || char_at(scan, word_end) == '%') return 0;
    if (apart || (after_floor && between == " ")) {
      after_floor = true;
      return word_end;
    }
    if (between == " " && word + 1 < scan.words().size() && gap(scan, word + 1).size() <= 2) {
      // "12 3 b", "7 2 izq"
      const bool side = is(scan.word(word + 1), Kind::kSide) && gap(scan, word + 1) == " ";
      if (side || (scan.word(word + 1).size() == 1 && single_letter(scan, word + 1, false))) {
        after_floor = true;
        return scan.words()[word + 1].end;
      }
    }
    return 0;
  }
  if (said.size() == 1 && is_letter(said[0])) {
    const bool dash = between == "-" && scan.is_upper(scan.words()[word].begin);  // "42-B"
    if ((!after_floor && !dash) || !single_letter(scan, word, true)) return 0;
    if (said[0] == 'c' && char_at(scan, word_end) == '.' && char_at(scan, word_end + 1) == 'p') return 0;  // "C.P."
    after_floor = dash;
    return word_end;
  }
  // "P02", "Pt3"
  const std::size_t letters = said.find_first_of("0123456789");
  if (letters != std::string_view::npos && letters > 0 && letters <= 3 && figures_of(said.substr(letters)) == said.size() - letters && said.size() <= letters + 2 &&
      (is(said.substr(0, letters), Kind::kUnit) || said.substr(0, letters) == "p")) {
    after_floor = true;
    return word_end;
  }
  if (after_floor && between.size() <= 2 && !scan.is_upper(scan.words()[word].begin)) {  // "segundo ce", "tercero uno"
    if (const std::optional<SpokenLetter> letter = letters_.read(scan, word)) {
      const std::size_t end = scan.words()[letter->last_word].end;
      if (!letter->weak || !talk_goes_on(scan, end)) {
        after_floor = false;
        return end;
      }
    }
    SpokenItem item;
    if (said != "una" && said != "uno" && digits_.read_item(scan, word, item) && item.in_words && item.digits.size() <= 2) {
      const std::size_t end = scan.words()[item.last_word].end;
      if (!amount_follows(scan, end) && !talk_goes_on(scan, end)) return end;
    }
  }
  return 0;
}

// What may stand at the head of the next line of an address: "3º B", "esc. B", "portal 2", "bajo".
bool DoorReader::opens_line(const ScanText& scan, std::size_t word) const {
  const std::string_view said = scan.word(word);
  const std::size_t figures = figures_of(said);
  if (figures > 0) return figures <= 2 && ((figures == said.size() && char_at(scan, scan.words()[word].end) == ScanText::kOrdinal) || (figures < said.size() && ordinal_tail(said.substr(figures))));
  const auto known = doors_.find(said);
  if (known == doors_.end()) return false;
  return known->second == Kind::kFloor || ((known->second == Kind::kUnit || known->second == Kind::kBoth) && said.size() > 1 && value_end(scan, word + 1) != 0);
}

std::size_t DoorReader::read(const ScanText& scan, std::size_t end, bool& door) const {
  const std::string_view text = scan.text();
  bool after_floor = false;  // a single letter may follow
  for (std::size_t part = 0; part < kMaxDoorParts; ++part) {
    const std::size_t word = scan.word_at(end);
    if (word >= scan.words().size()) break;
    const std::string_view between = text.substr(end, scan.words()[word].begin - end);
    if (between.size() > 4 || !only(between, std::string_view(" ,-/.()\xBA\"\n"))) break;
    if (between.find('\n') != std::string_view::npos && !opens_line(scan, word)) break;
    const bool apart = between.find_first_of(",-/(") != std::string_view::npos;
    if (part == 0 && between.find(ScanText::kOrdinal) != std::string_view::npos) after_floor = true;  // the number was a floor
    if (between.find('.') != std::string_view::npos && !after_floor) break;
    const std::size_t next = part_end(scan, word, between, apart, door, after_floor);
    if (next == 0) break;
    end = next;
    door = true;
    if (char_at(scan, end) == '"' && text[scan.words()[word].begin - 1] == '"') ++end;
    if (char_at(scan, end) == ScanText::kOrdinal) ++end;
    if (char_at(scan, end) == '.' && char_at(scan, end + 1) == ScanText::kOrdinal) end += 2;  // "1.º"
    if (is_letter(char_at(scan, end)) && text[end - 1] == ScanText::kOrdinal && !is_word_byte(char_at(scan, end + 1))) ++end;
  }
  return end;
}

}  // namespace tertulia
