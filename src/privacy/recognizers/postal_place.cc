// Postal codes told by the town beside them: "28013 Madrid", "Oviedo (33001)", "Springfield, IL 62704".
//
// Five figures of the Spanish range stand at the head of a line, behind a comma, bracket, colon or "en" and before a capital, or
// behind a town of lists/provinces.tsv; a state of lists/us_states.tsv between commas and figures does the same for a ZIP.
// Test: tests/privacy/recognizer_table_test.cc.
#include <set>

#include "data/table_file.h"
#include "privacy/cue_list.h"
#include "privacy/recognizer_table.h"
#include "privacy/scan_text.h"

namespace tertulia {
namespace {

class PostalPlace final : public Recognizer {
 public:
  Status load(const std::string& dir) {
    if (Status s = towns_.add_file(dir, "provinces"); !s.ok()) return s;
    if (Status s = units_.add_file(dir, "units"); !s.ok()) return s;
    if (Status s = against_.add_file(dir, "other_numbers"); !s.ok()) return s;
    Result<std::vector<TableRow>> rows = load_table(dir + "/privacy/lists/us_states.tsv", 1, 1);
    if (!rows.ok()) return rows.status();
    for (const TableRow& row : *rows) states_.insert(fold_for_scan(row.fields[0]));
    return {};
  }

  void find(const Document& document, const RecognizerContext& context, std::vector<Entity>& found) const override {
    const ScanScope scope(document, context);
    const ScanText& scan = *scope;
    for (std::size_t i = 0; i < scan.words().size(); ++i) {
      const std::string_view said = scan.word(i);
      if (said.size() != 5 || said.find_first_not_of("0123456789") != std::string_view::npos) continue;
      const Span at = scan.words()[i];
      const char next = char_at(scan, at.end), after = char_at(scan, at.end + 1);
      if ((std::string_view(".,:/-").find(next) != std::string_view::npos && is_digit(after)) || next == ScanText::kEuro || after == ScanText::kEuro || next == '%') continue;
      if (at.begin > 1 && std::string_view(".,:/").find(scan.text()[at.begin - 1]) != std::string_view::npos && is_digit(scan.text()[at.begin - 2])) continue;
      if (against_.before(scan, at.begin, 3)) continue;
      if (i + 1 < scan.words().size() && scan.words()[i + 1].begin <= at.end + 2 && units_.starting(scan, i + 1)) continue;
      const char* why = nullptr;
      if (said >= "01000" && said < "53000" && before_town(scan, i)) why = "before a town";
      else if (said >= "01000" && said < "53000" && behind_town(scan, i)) why = "behind a town";
      else if (behind_state(scan, i)) why = "behind a state";
      if (why != nullptr) found.push_back({"POSTAL_CODE", scan.to_original(at.begin, at.end), 0.8, "postal_place", {why}});
    }
  }

 private:
  static char char_at(const ScanText& scan, std::size_t at) { return at < scan.text().size() ? scan.text()[at] : '\n'; }

  static std::string_view gap(const ScanText& scan, std::size_t word) {
    const std::size_t left = word == 0 ? 0 : scan.words()[word - 1].end;
    return scan.text().substr(left, scan.words()[word].begin - left);
  }

  static bool before_town(const ScanText& scan, std::size_t i) {
    if (i + 1 >= scan.words().size() || !scan.is_upper(scan.words()[i + 1].begin) || scan.words()[i + 1].size() < 2) return false;
    const std::string_view behind = gap(scan, i + 1);
    if (behind != " " && behind != ", " && behind != " (" && behind != " - " && behind != "-") return false;
    if (i == 0 || (behind == " (" && gap(scan, i) == " ")) return true;
    const std::string_view lead = gap(scan, i), word = scan.word(i - 1);
    if (lead.find_first_of("\n,:(") != std::string_view::npos || lead == " - " || (lead == "-" && word.size() == 1)) return true;
    if (lead == " " && i > 1 && scan.is_upper(scan.words()[i - 1].begin)) return true;
    return lead == " " && (word == "en" || word == "cp" || word == "es" || word == "e" || word == "para");
  }

  [[nodiscard]] bool behind_town(const ScanText& scan, std::size_t i) const {
    if (i == 0 || !scan.is_upper(scan.words()[i - 1].begin)) return false;
    const std::string_view lead = gap(scan, i);
    if (lead != " " && lead != ", " && lead != " (" && lead != " - ") return false;
    if (!towns_.ending(scan, i - 1)) return false;
    const std::size_t end = scan.words()[i].end;
    return !(char_at(scan, end) == ' ' && is_letter(char_at(scan, end + 1)) && !scan.is_upper(end + 1));
  }

  [[nodiscard]] bool behind_state(const ScanText& scan, std::size_t i) const {
    if (i < 2 || gap(scan, i) != " ") return false;
    const Span state = scan.words()[i - 1], town = scan.words()[i - 2];
    if (gap(scan, i - 1) != ", ") {  // "Austin TX 78704": a state that is no word, behind a town
      const std::string_view word = scan.word(i - 1);
      const bool word_too = word == "de" || word == "la" || word == "al" || word == "me" || word == "in" || word == "or" || word == "ok" || word == "hi" || word == "id" || word == "oh" || word == "pa";
      if (gap(scan, i - 1) != " " || word_too || town.size() < 3 || scan.is_upper(town.begin + 1)) return false;
    }
    return state.size() == 2 && scan.is_upper(state.begin) && scan.is_upper(state.begin + 1) && states_.count(scan.word(i - 1)) != 0 && scan.is_upper(scan.words()[i - 2].begin);
  }

  CueList towns_, units_, against_;
  std::set<std::string, std::less<>> states_;
};

Result<std::unique_ptr<Recognizer>> make(const std::string& bundle_dir) {
  auto made = std::make_unique<PostalPlace>();
  if (Status s = made->load(bundle_dir); !s.ok()) return s;
  return std::unique_ptr<Recognizer>(std::move(made));
}

constexpr const char* kExamples[] = {"«28013» Madrid", "vivo en «28013», Madrid", "Visc al carrer Nou, «17600» Figueres.", "Madrid, «28013»", "Oviedo («33001»)", "Springfield, IL «62704»", "Apt 7, Austin TX «78704»", "es en «05420» Sotillo", nullptr};
constexpr const char* kCounterExamples[] = {"28013", "33209 euros exactos", "pedido 28013 Madrid", "gané 35000 Madrid lo sabe", "en Madrid 30000 personas", "15000 Euros", "en 12345 votos", "Madrid 28013 veces", "12.345,67", nullptr};

}  // namespace

extern const RecognizerEntry postal_place_entry;
const RecognizerEntry postal_place_entry = {"postal_place", "POSTAL_CODE", &make, kExamples, kCounterExamples};

}  // namespace tertulia
