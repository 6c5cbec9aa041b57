// Phone numbers in digits: Spanish ones in every grouping, foreign ones behind + or 00.
//
// Groups of digits are gathered first (one pass), then read against the numbering plan (Plan Nacional de Numeración
// Telefónica, RD 2296/2004: nine digits from 6, 7, 8 or 9) and the shapes in which people write them. Lines of
// companies and services (lists/public_lines.tsv), amounts, dates and pieces of longer numbers are left.
// Country codes and lengths: lists/country_codes.tsv. Test: tests/privacy/phone_number_test.cc.
#include <algorithm>
#include <array>
#include <map>
#include <set>

#include "data/table_file.h"
#include "privacy/cue_list.h"
#include "privacy/recognizer_table.h"
#include "privacy/scan_text.h"

namespace tertulia {
namespace {

struct Group {
  std::size_t begin = 0, end = 0;
  [[nodiscard]] std::size_t size() const { return end - begin; }
};

struct Reading {
  std::size_t groups = 0;  // used; 0: none
  double score = 0;
  const char* why = "";
};

constexpr std::size_t kMaxGroups = 15;  // looked at from one start

class PhoneNumber final : public Recognizer {
 public:
  Status load(const std::string& dir) {
    Result<std::vector<TableRow>> lines = load_table(dir + "/privacy/lists/public_lines.tsv", 2, 3);
    if (!lines.ok()) return lines.status();
    for (const TableRow& row : *lines) public_lines_.insert(compact_value(row.fields[0]));
    Result<std::vector<TableRow>> codes = load_table(dir + "/privacy/lists/country_codes.tsv", 4, 4);
    if (!codes.ok()) return codes.status();
    for (const TableRow& row : *codes) {
      codes_[row.fields[0]] = {static_cast<std::size_t>(std::atoi(row.fields[1].c_str())), static_cast<std::size_t>(std::atoi(row.fields[2].c_str()))};
    }
    if (Status s = cues_.add_file(dir, "phone_cues"); !s.ok()) return s;
    Result<std::vector<TableRow>> glued = load_table(dir + "/privacy/lists/phone_cues.tsv", 1, 1);
    if (!glued.ok()) return glued.status();
    for (const TableRow& row : *glued) glued_.insert(fold_for_scan(row.fields[0]));
    if (Status s = against_.add_file(dir, "other_numbers"); !s.ok()) return s;
    return units_.add_file(dir, "units");
  }

  void find(const Document& document, const RecognizerContext& context, std::vector<Entity>& found) const override {
    const ScanScope scope(document, context);
    const ScanText& scan = *scope;
    const std::string_view text = scan.text();
    const std::vector<Group> groups = gather(text);
    for (std::size_t i = 0; i < groups.size();) {
      const std::size_t used = read(scan, groups, i, context, found);
      i += std::max<std::size_t>(1, used);
    }
  }

 private:
  static std::vector<Group> gather(std::string_view text) {
    std::vector<Group> groups;
    for (std::size_t i = 0; i < text.size();) {
      if (!is_digit(text[i])) {
        ++i;
        continue;
      }
      std::size_t end = i + 1;
      while (end < text.size() && is_digit(text[end])) ++end;
      groups.push_back({i, end});
      i = end;
    }
    return groups;
  }

  // What stands between two groups lets them be one number: up to three of blank . - / ( ).
  // `comma`: a comma and a blank as well ("6 1 2, 40 40 19").
  static bool joined(std::string_view text, const Group& a, const Group& b, bool comma) {
    if (b.begin - a.end > 3) return false;
    for (std::size_t i = a.end; i < b.begin; ++i) {
      if (std::string_view(" .-/()").find(text[i]) == std::string_view::npos && !(text[i] == ',' && comma && i == a.end && b.begin - a.end == 2) && !(b.begin - a.end == 1 && (text[i] == '_' || text[i] == ScanText::kOther))) return false;
    }
    return true;
  }

  static bool blanks_only(std::string_view text, const std::vector<Group>& groups, std::size_t first, std::size_t last) {
    for (std::size_t i = first; i < last; ++i) {
      if (groups[i + 1].begin - groups[i].end != 1 || text[groups[i].end] != ' ') return false;
    }
    return true;
  }

  static bool spanish_shape(const std::vector<std::size_t>& sizes, bool proven) {
    static constexpr std::array<std::string_view, 7> kUsual = {"9", "333", "3222", "2322", "36", "27", "234"};
    static constexpr std::array<std::string_view, 12> kRare = {"12222", "1233", "2223", "22221", "45", "54", "342", "63", "324", "3321", "3312", "111111111"};
    std::string shape;
    for (const std::size_t size : sizes) shape += static_cast<char>('0' + size);
    if (std::find(kUsual.begin(), kUsual.end(), shape) != kUsual.end()) return true;
    if (shape == "111111111") return true;
    return proven && std::find(kRare.begin(), kRare.end(), shape) != kRare.end();
  }

  std::size_t read(const ScanText& scan, const std::vector<Group>& groups, std::size_t first, const RecognizerContext& context,
                   std::vector<Entity>& found) const {
    const std::string_view text = scan.text();
    std::size_t begin = groups[first].begin;
    if (begin > 0 && is_word_byte(text[begin - 1]) && !glued_cue(text, begin)) return 0;
    // A piece of a longer number: "1.612345678", "12/612…".
    if (begin > 1 && std::string_view(".,/-:").find(text[begin - 1]) != std::string_view::npos && is_digit(text[begin - 2]) &&
        !(text[begin - 1] == '/' || text[begin - 1] == '-')) {
      return 0;
    }
    const auto before = [&](std::size_t back) { return begin >= back ? text[begin - back] : '\n'; };
    if (before(1) == ScanText::kEuro || before(1) == '$' || before(1) == '#') return 0;
    bool plus = before(1) == '+' || (before(1) == ' ' && before(2) == '+');
    const std::string_view head = groups[first].size() > 18 ? std::string_view() : text.substr(begin, groups[first].size());
    const std::optional<CueHit> cue_before = cues_.before(scan, begin, 8);
    const bool cue_after = cues_.after(scan, groups[first].end, 6).has_value();
    const bool asked = context.expected_type == "PHONE_NUMBER";
    const bool proven = cue_before || asked;

    std::string digits;
    std::vector<std::size_t> sizes;
    std::size_t skip = 0;       // digits of the prefix
    const bool zeros = head.size() >= 2 && head.substr(0, 2) == "00" && !plus;
    std::size_t best_groups = 0, best_digits = 0;
    bool best_spanish = false;
    for (std::size_t k = first; k < groups.size() && k - first < kMaxGroups; ++k) {
      if (k > first && !joined(text, groups[k - 1], groups[k], proven && digits.size() < 9)) break;
      if (groups[k].size() > 15) break;
      digits.append(text.substr(groups[k].begin, groups[k].size()));
      if (digits.size() > 18) break;
      const bool border = groups[k].end >= text.size() || !is_word_byte(text[groups[k].end]) || (text[groups[k].end] == '_' && k + 1 < groups.size() && groups[k + 1].begin == groups[k].end + 1);
      if (!border) break;
      std::string_view body(digits);
      if (plus || zeros) {
        skip = zeros ? 2 : 0;
        if (body.size() <= skip) continue;
        body.remove_prefix(skip);
        const std::size_t fits = foreign(body);
        if (fits != 0) {
          best_groups = k - first + 1;
          best_digits = digits.size();
          best_spanish = body.substr(0, 2) == "34";
          if (fits == 2) break;  // the longest that the country has
        }
        continue;
      }
      // "34 612 345 678" without a plus.
      sizes.push_back(groups[k].size());
      if (digits.size() == 11 && digits.compare(0, 2, "34") == 0 && national(body.substr(2)) && (sizes[0] == 2 || sizes.size() == 1)) {
        std::vector<std::size_t> rest(sizes.begin() + (sizes.size() == 1 ? 0 : 1), sizes.end());
        if (sizes.size() == 1) rest = {9};
        if (spanish_shape(rest, proven)) {
          best_groups = k - first + 1;
          best_digits = 11;
          best_spanish = true;
          break;
        }
      }
      const bool mobile = (body[0] == '6' || body[0] == '7') && ((sizes[0] >= 3 && sizes.size() <= 5 && blanks_only(text, groups, first, k)) || (sizes[0] == 1 && proven));
      if (digits.size() == 9 && national(body) && (spanish_shape(sizes, proven) || mobile)) {
        best_groups = k - first + 1;
        best_digits = 9;
        best_spanish = true;
        break;
      }
    }
    // "0049 1830 332210 3344 51": a bank's number and more of the account behind it.
    if (zeros && best_groups != 0 && first + best_groups < groups.size() && head.size() == 4 && joined(text, groups[first + best_groups - 1], groups[first + best_groups], false)) return 0;
    if (best_groups == 0) return announced(scan, groups, first, plus, cue_before, asked, found);
    const std::size_t last = first + best_groups - 1;
    const std::size_t end = groups[last].end;
    // Figures one by one with commas were dictated: another recognizer's.
    if (best_groups == 9 && text.substr(begin, end - begin).find(',') != std::string_view::npos) return 0;
    if (!ends_well(scan, groups, last)) return 0;
    std::string body = digits.substr(0, best_digits);
    if (plus || zeros) body = body.substr(skip);
    if (best_spanish && body.size() == 11) body = body.substr(2);
    if (best_spanish && is_public(body)) return best_groups;
    if (!plus && !zeros) {
      const std::optional<CueHit> against = against_.before(scan, begin, 4);
      if (against && !served(text, against->end, begin) && (!cue_before || cue_before->distance > against->distance)) return 0;
      if (body.compare(body.size() - 6, 6, "000000") == 0) return 0;  // a round sum
    }
    if (plus) {
      while (begin > 0 && (text[begin - 1] == ' ' || text[begin - 1] == '+')) --begin;
      while (text[begin] == ' ') ++begin;
    }
    const bool proven_or_spaced = proven || text[groups[last].begin - (groups[last].begin > 0 ? 1 : 0)] == ' ';
    const std::size_t endings = best_spanish && proven_or_spaced ? other_endings(text, end) : end;
    const std::size_t close = endings != end ? endings : extension(scan, end);
    if (begin > 0 && text[begin - 1] == '(') {  // "(+34) 612…" and "(91) 123…": the bracket belongs to the number
      const std::size_t shut = text.find(')', begin);
      if (shut != std::string_view::npos && shut < end) --begin;
    }
    Entity entity{"PHONE_NUMBER", scan.to_original(begin, close), 0.85, "phone_number", {"numbering plan"}};
    if (cue_before) entity.why.push_back("cue: " + cue_before->phrase);
    else if (asked) entity.why.emplace_back("asked for");
    if (plus || zeros) entity.why.emplace_back("country code");
    if (cue_before || asked || cue_after || plus) entity.score = 0.95;
    found.push_back(std::move(entity));
    return best_groups;
  }

  // The announcement has had its number already: "ICCID 8934071100276980483, número 634 118 820".
  static bool served(std::string_view text, std::size_t from, std::size_t to) {
    std::size_t figures = 0;
    for (std::size_t i = from; i < to; ++i) {
      if (is_digit(text[i])) ++figures;
      else if (figures >= 4 && (text[i] == ',' || text[i] == ';' || text[i] == '\n')) return true;
    }
    return false;
  }

  // "600 11 22 33 / 44", "634 11 88 20/21/22": other endings of the same number; the end of the last, or `end` itself.
  static std::size_t other_endings(std::string_view text, std::size_t end) {
    const auto at = [&](std::size_t i) { return i < text.size() ? text[i] : '\n'; };
    for (std::size_t step = 0; step < 4; ++step) {
      std::size_t from = end;
      if (at(from) == ' ') ++from;
      if (at(from) != '/') return end;
      ++from;
      if (at(from) == ' ') ++from;
      std::size_t close = from;
      while (is_digit(at(close))) ++close;
      if (close - from < 1 || close - from > 3 || is_word_byte(at(close)) || (std::string_view(" /.,-").find(at(close)) != std::string_view::npos && is_digit(at(close + 1)) && at(close) != '/')) return end;
      end = close;
    }
    return end;
  }

  // "tel612345678": the cue glued to the number.
  [[nodiscard]] bool glued_cue(std::string_view text, std::size_t begin) const {
    std::size_t from = begin;
    while (from > 0 && begin - from < 12 && is_letter(text[from - 1])) --from;
    return begin - from > 2 && (from == 0 || !is_word_byte(text[from - 1])) && glued_.count(text.substr(from, begin - from)) != 0;
  }

  // The end of ", ext. 204" behind a number, or `end` itself.
  static std::size_t extension(const ScanText& scan, std::size_t end) {
    const std::size_t word = scan.word_at(end);
    if (word + 1 >= scan.words().size() || scan.words()[word].begin - end > 3) return end;
    const std::string_view said = scan.word(word), number = scan.word(word + 1);
    if (said != "ext" && said != "extension" && said != "extensio" && said != "x" && said != "anexo" && said != "interno") return end;
    const bool figures = number.size() <= 6 && number.find_first_not_of("0123456789") == std::string_view::npos;
    return figures && scan.words()[word + 1].begin - scan.words()[word].end <= 3 ? scan.words()[word + 1].end : end;
  }

  // What follows "mi celular es" is a number, whatever plan it belongs to: 7 to 12 figures that are no date and no amount.
  std::size_t announced(const ScanText& scan, const std::vector<Group>& groups, std::size_t first, bool international, const std::optional<CueHit>& cue,
                        bool asked, std::vector<Entity>& found) const {
    const std::string_view text = scan.text();
    const bool mobile_head = text[groups[first].begin] == '6' && groups[first].size() == 3 && cue && scan.word_at(groups[first].begin) > 0;  // "es el 611 204 87 35"
    if (!international && !asked && (!cue || cue->distance > (mobile_head ? 8u : 4u))) return 0;
    std::string digits;
    std::size_t last = first, points = 0;
    for (std::size_t k = first; k < groups.size() && k - first < kMaxGroups; ++k) {
      if (k > first) {
        if (!joined(text, groups[k - 1], groups[k], false)) break;
        if (text.substr(groups[k - 1].end, groups[k].begin - groups[k - 1].end).find('/') != std::string_view::npos) return 0;
        points += text[groups[k - 1].end] == '.' ? 1 : 0;
      }
      if (groups[k].end < text.size() && is_word_byte(text[groups[k].end])) break;
      if (digits.size() + groups[k].size() > 15) break;
      digits.append(text.substr(groups[k].begin, groups[k].size()));
      last = k;
    }
    const std::size_t count = last - first + 1;
    if (digits.size() < (international ? 8u : 7u) || (!international && digits.size() > 12) || (points > 0 && points == count - 1 && digits.size() < 9)) return 0;
    if (!international && is_public(digits)) return count;
    if (!ends_well(scan, groups, last) || (digits.size() > 6 && digits.compare(digits.size() - 6, 6, "000000") == 0)) return 0;
    if (count == 3 && groups[last].size() == 4 && groups[first].size() <= 2 && digits.compare(digits.size() - 4, 2, "21") < 0 && digits.compare(digits.size() - 4, 2, "18") > 0) return 0;  // a date
    if (count == 1 && digits.size() == 8 && (digits.compare(0, 2, "20") == 0 || digits.compare(0, 2, "19") == 0) && digits.compare(4, 2, "13") < 0) return 0;
    const std::optional<CueHit> against = against_.before(scan, groups[first].begin, 4);
    if (against && !served(text, against->end, groups[first].begin) && (!cue || cue->distance > against->distance)) return 0;
    std::size_t begin = groups[first].begin;
    while (begin > 0 && (text[begin - 1] == '+' || text[begin - 1] == '(')) --begin;
    Entity entity{"PHONE_NUMBER", scan.to_original(begin, extension(scan, groups[last].end)), 0.8, "phone_number", {"figures behind a cue"}};
    if (cue) entity.why.push_back("cue: " + cue->phrase);
    else if (asked) entity.why.emplace_back("asked for");
    else entity.why.emplace_back("country code");
    found.push_back(std::move(entity));
    return count;
  }

  // Neither the first part of a longer number nor an amount.
  bool ends_well(const ScanText& scan, const std::vector<Group>& groups, std::size_t last) const {
    const std::string_view text = scan.text();
    const std::size_t end = groups[last].end;
    const auto at = [&](std::size_t i) { return i < text.size() ? text[i] : '\n'; };
    if ((at(end) == ',' || at(end) == '.' || at(end) == ':') && is_digit(at(end + 1))) return false;
    if ((at(end) == '-' || at(end) == '/') && is_digit(at(end + 1)) && groups[last + 1].size() < 7 && text[groups[last + 1].begin] < '6' && groups[last].size() != groups[last + 1].size()) return false;
    const char next = at(end) == ' ' ? at(end + 1) : at(end);
    if (next == ScanText::kEuro || next == '%' || next == '$') return false;
    const std::size_t word = scan.word_at(end);
    if (word < scan.words().size() && scan.words()[word].begin <= end + 1 && units_.starting(scan, word)) return false;
    return true;
  }

  static bool national(std::string_view n) {
    if (n.size() != 9) return false;
    if (n[0] == '6' || n[0] == '7') return true;
    return (n[0] == '8' || n[0] == '9') && n[1] != '9';
  }

  [[nodiscard]] bool is_public(const std::string& national_number) const {
    for (std::size_t n = 3; n <= national_number.size(); ++n) {
      if (public_lines_.count(national_number.substr(0, n)) != 0) return true;
    }
    return false;
  }

  // 0: no number of this country; 1: may be one, 2: cannot be longer.
  [[nodiscard]] std::size_t foreign(std::string_view body) const {
    for (std::size_t n = 1; n <= 3 && n < body.size(); ++n) {
      const auto code = codes_.find(std::string(body.substr(0, n)));
      if (code == codes_.end()) continue;
      std::size_t rest = body.size() - n;
      if (rest > code->second.second && body[n] == '0') --rest;  // "+44 (0)20 …": the trunk zero
      if (rest < code->second.first || rest > code->second.second) return 0;
      return rest == code->second.second ? 2 : 1;
    }
    return 0;
  }

  std::set<std::string> public_lines_;
  std::set<std::string, std::less<>> glued_;  // cues
  std::map<std::string, std::pair<std::size_t, std::size_t>> codes_;
  CueList cues_, against_, units_;
};

Result<std::unique_ptr<Recognizer>> make(const std::string& bundle_dir) {
  auto made = std::make_unique<PhoneNumber>();
  if (Status s = made->load(bundle_dir); !s.ok()) return s;
  return std::unique_ptr<Recognizer>(std::move(made));
}

constexpr const char* kExamples[] = {
    "llámame al «612345678»", "«612 345 678»", "mi número: «612 34 56 78», gracias", "«91 123 45 67»", "«611-22-33-44»", "«612.345.678»",
    "tel. «+34 612 34 56 78»", "«0034612345678»", "«(+34) 612 345 678» por favor", "«34 612345678»", "«９１１２３４５６７»",
    "«612\u00a0345\u00a0678»", "«612\u2009345\u2009678»", "«6️⃣1️⃣2️⃣3️⃣4️⃣5️⃣6️⃣7️⃣8️⃣»", "hazme un bizum al «654321987»", "«6 1 2 3 4 5 6 7 8»",
    "desde Francia «+33 6 12 34 56 78» o «+44 7911 123456»", "fijo «968/123456»", "móvil «6 12 34 56 78»", "«+351 912 345 678»",
    "apunta «612345678»/«913456789»", "el «722123456» es de mi madre", "«654 987 65 4»", "«912 345 678, extensión 33»", "tel«612345678»", "móvil «612·345·678»",
    "móvil «612_345_678»", "mi celular es «310 555 1234»", "teléfono: «2345 6789» (Guatemala)", "celular «0991234567»", "ring me on «020 7946 0958»", "«+44 (0)20 7946 0958»", "móviles «600 11 22 33 / 44»", "tel «634 11 88 20/21/22»",
    "el móvil de mi fontanero, «6 1 2, 40 40 19»", "ICCID 8934071100276980483, número «634 118 820»", "cambié el teléfono el otro día, ahora es el «611 204 87 35»", nullptr};
constexpr const char* kCounterExamples[] = {
    "llama al 900 123 456", "el 902 20 20 20 es de pago", "marca el 112 o el 016", "pedido 612345678", "nº de expediente 987654321",
    "cuesta 650.000.000 €", "son 612345678 euros", "el 9.12.2024 18:30", "12/05/1980", "1612345678901", "2024-06-12 10:15:30", "IMEI 356938035643809",
    "612345678,50", "la referencia es 678123456", "800 500 600", "Ley 38/1999", "+34 900 123 456", "llámame el 12 05 2024", "mi móvil es del 2019", "el teléfono me costó 1.200.000 pesos", "teléfono 900 811 300", "avería 00448-2281, llevo 4 días sin fijo", "consumo de 678 123 456 kWh", "", nullptr};

}  // namespace

extern const RecognizerEntry phone_number_entry;
const RecognizerEntry phone_number_entry = {"phone_number", "PHONE_NUMBER", &make, kExamples, kCounterExamples};

}  // namespace tertulia
