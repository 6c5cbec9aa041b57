// Floor and door as Correos' addressing guide writes them and as people do. Test: tests/privacy/door_reader_test.cc.
#include "privacy/door_reader.h"

#include "data/table_file.h"

namespace tertulia {
namespace {

constexpr std::size_t kMaxDoorParts = 10;

std::string_view gap(const ScanText& scan, std::size_t right) {
  const std::size_t left_end = right == 0 ? 0 : scan.words()[right - 1].end;
  return scan.text().substr(left_end, scan.words()[right].begin - left_end);
}

// One letter as a door; "a", "e", "o" and "y" are words unless written as a capital or at the end of the text part.
bool single_letter(const ScanText& scan, std::size_t word, bool behind_floor) {
  const char letter = scan.word(word)[0];
  if (!is_letter(letter)) return false;
  if (scan.is_upper(scan.words()[word].begin)) return true;
  const std::size_t end = scan.words()[word].end;
  const bool alone = end + 1 >= scan.text().size() || !(scan.text()[end] == ' ' && is_word_byte(scan.text()[end + 1]));
  if (letter == 'y' || letter == 'e' || letter == 'o' || letter == 'a') return alone;
  return behind_floor || letter <= 'j';
}

}  // namespace

Status DoorReader::load(const std::string& bundle_dir) {
  const std::string path = bundle_dir + "/privacy/lists/door_words.tsv";
  Result<std::vector<TableRow>> rows = load_table(path, 2, 2);
  if (!rows.ok()) return rows.status();
  for (const TableRow& row : *rows) {
    if (row.fields[1] != "floor" && row.fields[1] != "side" && row.fields[1] != "unit") {
      return Status(StatusCode::kInvalidData, path + ":" + std::to_string(row.line) + ": expected floor, side or unit");
    }
    doors_[fold_for_scan(row.fields[0])] = row.fields[1];
  }
  return units_.add_file(bundle_dir, "units");
}

bool DoorReader::counts_something(std::string_view word) const {
  const auto found = doors_.find(word);
  return found != doors_.end() && found->second == "unit";
}

bool DoorReader::amount_follows(const ScanText& scan, std::size_t end) const {
  const std::size_t word = scan.word_at(end);
  return word < scan.words().size() && scan.words()[word].begin <= end + 1 && units_.starting(scan, word).has_value();
}

std::size_t DoorReader::read(const ScanText& scan, std::size_t end, bool& door) const {
  const std::string_view text = scan.text();
  const std::size_t count = scan.words().size();
  const auto at = [&](std::size_t i) { return i < text.size() ? text[i] : '\n'; };
  bool after_floor = false;  // a single letter may follow
  for (std::size_t part = 0; part < kMaxDoorParts; ++part) {
    const std::size_t word = scan.word_at(end);
    if (word >= count) break;
    const std::string_view between = text.substr(end, scan.words()[word].begin - end);
    if (between.size() > 3) break;
    bool fits = true, apart = false;
    for (const char c : between) {
      fits = fits && (c == ' ' || c == ',' || c == '-' || c == '/' || c == '.' || c == ScanText::kOrdinal);
      apart = apart || c == ',' || c == '-' || c == '/';
    }
    const std::size_t point = between.find('.');
    if (point != std::string_view::npos && !after_floor) fits = false;
    if (!fits) break;
    const std::string_view said = scan.word(word);
    const std::size_t word_end = scan.words()[word].end;
    const auto known = doors_.find(said);
    std::size_t figures = 0;
    while (figures < said.size() && is_digit(said[figures])) ++figures;
    const std::string_view tail = said.substr(figures);
    if (known != doors_.end()) {
      if (known->second == "unit") {
        // "piso 3", "puerta B": with what it counts, else not a door.
        if (word + 1 >= count || gap(scan, word + 1).size() > 2 || gap(scan, word + 1).find('\n') != std::string_view::npos) break;
        const std::string_view value = scan.word(word + 1);
        const bool counted = (is_digit(value[0]) && value.size() <= 4) || (value.size() == 1 && single_letter(scan, word + 1, true)) ||
                             (doors_.count(value) != 0 && doors_.at(std::string(value)) != "unit");
        if (!counted) break;
        end = scan.words()[word + 1].end;
      } else {
        if (known->second == "side" && !after_floor && !apart && !door) break;
        end = word_end;
      }
      after_floor = true;
      door = true;
    } else if (figures > 0 && figures <= 2 && at(word_end) == ScanText::kOrdinal && tail.empty()) {
      end = word_end + 1;
      after_floor = door = true;
      // "3ºB": the letter is glued to the sign.
      if (is_letter(at(end)) && !is_word_byte(at(end + 1))) ++end;
      continue;
    } else if (figures > 0 && figures <= 2 && !tail.empty() && (tail.size() == 1 || doors_.count(tail) != 0 || tail == "er" || tail == "ro" || tail == "do")) {
      if (tail == "h" || tail == "m") break;
      end = word_end;
      after_floor = door = true;
      continue;
    } else if (figures == said.size() && figures <= 2 && (apart || (after_floor && between == " " )) && !amount_follows(scan, word_end) && !(at(word_end) == ':' || at(word_end) == '%')) {
      if (!apart && !after_floor) break;
      end = word_end;
      after_floor = door = true;
      continue;
    } else if (figures == said.size() && figures <= 2 && figures > 0 && between == " " && word + 1 < count && scan.word(word + 1).size() == 1 &&
               gap(scan, word + 1).size() <= 2 && single_letter(scan, word + 1, false)) {
      end = scan.words()[word + 1].end;  // "12 3 b"
      after_floor = door = true;
      continue;
    } else if (said.size() == 1 && is_letter(said[0]) && after_floor && single_letter(scan, word, true)) {
      end = word_end;
      door = true;
      after_floor = false;
      continue;
    } else {
      break;
    }
    if (at(end) == ScanText::kOrdinal) ++end;
    if (end < text.size() && text[end] == ScanText::kOrdinal) ++end;
    if (is_letter(at(end)) && end > 0 && text[end - 1] == ScanText::kOrdinal && !is_word_byte(at(end + 1))) ++end;
  }
  return end;
}

}  // namespace tertulia
