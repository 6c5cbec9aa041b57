// Accounts on social networks: "@ana_ruiz", "mi insta es ana.ruiz", "en twitter soy anaruiz82".
//
// With @ the form is enough; without, a network's name (lists/networks.tsv) and a link word must lead to it, and it may not be
// an ordinary word (lists/handle_stop.tsv). Test: tests/privacy/social_handle_test.cc.
#include <set>

#include "data/table_file.h"
#include "privacy/recognizer_table.h"
#include "privacy/scan_text.h"
#include "privacy/word_filter.h"

namespace tertulia {
namespace {

constexpr std::size_t kMinSize = 2, kMaxSize = 30;
constexpr std::size_t kMaxLinks = 5;

bool handle_byte(char c) { return is_word_byte(c) || c == '.'; }

class SocialHandle final : public Recognizer {
 public:
  Status load(const std::string& dir) {
    struct List { const char* name; std::set<std::string, std::less<>>* into; };
    for (const List& list : {List{"networks", &networks_}, List{"handle_links", &links_}, List{"handle_stop", &stop_}}) {
      Result<std::vector<TableRow>> rows = load_table(dir + "/privacy/lists/" + list.name + ".tsv", 1, 2);
      if (!rows.ok()) return rows.status();
      for (const TableRow& row : *rows) {
        list.into->insert(fold_for_scan(row.fields[0]));
        if (row.fields.size() > 1 && row.fields[1] == "account") accounts_.insert(fold_for_scan(row.fields[0]));
      }
    }
    for (const std::string& name : networks_) filter_.add(name);
    return {};
  }

  void find(const Document& document, const RecognizerContext& context, std::vector<Entity>& found) const override {
    const ScanScope scope(document, context);
    with_sign(*scope, found);
    without_sign(*scope, found);
  }

 private:
  static void with_sign(const ScanText& scan, std::vector<Entity>& found) {
    const std::string_view text = scan.text();
    for (std::size_t at = text.find('@'); at != std::string_view::npos; at = text.find('@', at + 1)) {
      if (at > 0 && (handle_byte(text[at - 1]) || text[at - 1] == '-' || text[at - 1] == '+' || text[at - 1] == '@')) continue;
      std::size_t end = at + 1;
      while (end < text.size() && (handle_byte(text[end]) || (text[end] == '-' && end > at + 1 && end + 1 < text.size() && is_word_byte(text[end + 1])))) ++end;
      if (end < text.size() && text[end] == '@' && end > at + 1) {  // "@ana@mastodon.social"
        ++end;
        while (end < text.size() && handle_byte(text[end])) ++end;
      }
      while (end > at + 1 && (text[end - 1] == '.' || text[end - 1] == '@')) --end;
      const std::size_t size = end - at - 1;
      if (size < kMinSize || size > 2 * kMaxSize) continue;
      bool letters = false;
      for (std::size_t i = at + 1; i < end; ++i) letters = letters || is_letter(text[i]);
      if (letters) found.push_back({"SOCIAL_HANDLE", scan.to_original(at, end), 0.9, "social_handle", {"@ sign"}});
    }
  }

  // What may follow "mi insta es lauramartin" without making it talk.
  static bool goes_on(std::string_view word) { return word == "y" || word == "i" || word == "and" || word == "por" || word == "si" || word == "para"; }

  void without_sign(const ScanText& scan, std::vector<Entity>& found) const {
    const std::string_view text = scan.text();
    const std::vector<Span>& words = scan.words();
    for (std::size_t i = 0; i < words.size(); ++i) {
      if (!filter_.may_hold(scan.word(i)) || networks_.count(scan.word(i)) == 0) continue;
      bool linked = false;
      std::size_t next = i + 1;
      while (next < words.size() && next - i <= kMaxLinks) {
        const std::string_view between = text.substr(words[next - 1].end, words[next].begin - words[next - 1].end);
        if (between.find('\n') != std::string_view::npos || between.find_first_of(".!?;@\"") != std::string_view::npos) next = words.size();
        else linked = linked || between.find(':') != std::string_view::npos;
        if (next >= words.size() || links_.count(scan.word(next)) == 0) break;
        linked = true;
        ++next;
      }
      // "mi insta de uñas es nails_by_yoha": what the account is for stands between.
      if (!linked && next == i + 1 && next + 2 < words.size() && scan.word(next) == "de" && (scan.word(next + 2) == "es" || scan.word(next + 2) == "is") && next + 3 < words.size() &&
          scan.word(next + 3).find('_') != std::string_view::npos) {
        linked = true;
        next += 3;
      }
      if (next >= words.size() || next - i > kMaxLinks) continue;
      const std::size_t begin = words[next].begin;
      std::size_t end = begin;
      while (end < text.size() && handle_byte(text[end])) ++end;
      while (end > begin && text[end - 1] == '.') --end;
      bool tagged = false;  // "sara#4821" of Discord
      if (end + 4 < text.size() + 0 && text[end] == '#' && is_digit(text[end + 1]) && is_digit(text[end + 2]) && is_digit(text[end + 3]) && is_digit(text[end + 4])) {
        end += 5;
        tagged = true;
      }
      const std::string_view value = text.substr(begin, end - begin);
      if (value.size() < 3 || value.size() > kMaxSize || stop_.count(value) != 0) continue;
      bool letters = false;
      for (const char c : value) letters = letters || is_letter(c);
      if (!letters) continue;
      std::size_t letter_count = 0;
      for (const char c : value) letter_count += is_letter(c) ? 1 : 0;
      const bool marked = tagged || value.find_first_of("0123456789_.") != std::string_view::npos;
      // "skype pepe_82" without a link: only what no word looks like. A word of any account ("mi usuario es") needs both.
      const bool sure = marked && letter_count >= 4 && value.size() >= 6 && value.back() != '.';
      if (!linked && !(sure && next == i + 1)) continue;
      // "usuario encarna_57 contraseña …": a link may be wanting where a password follows.
      const bool paired = next + 1 < words.size() && (scan.word(next + 1) == "contrasena" || scan.word(next + 1) == "clave" || scan.word(next + 1) == "pass" || scan.word(next + 1) == "password" || scan.word(next + 1) == "contrasenya" ||
                                                      (next + 2 < words.size() && (scan.word(next + 2) == "contrasena" || scan.word(next + 2) == "clave" || scan.word(next + 2) == "password" || scan.word(next + 2) == "contrasenya")));
      if (accounts_.count(scan.word(i)) != 0 && ((!linked && !paired) || !sure)) continue;
      // A plain word only right behind "mi insta es": with more words behind it, it is talk.
      if (!marked && next + 1 < words.size() && text.substr(end, words[next + 1].begin - end) == " " && !goes_on(scan.word(next + 1))) continue;
      found.push_back({"SOCIAL_HANDLE", scan.to_original(begin, end), marked ? 0.97 : 0.65, "social_handle", {"cue: " + std::string(scan.word(i))}});
    }
  }

  WordFilter filter_;  // of networks_
  std::set<std::string, std::less<>> networks_, accounts_, links_, stop_;
};

Result<std::unique_ptr<Recognizer>> make(const std::string& bundle_dir) {
  auto made = std::make_unique<SocialHandle>();
  if (Status s = made->load(bundle_dir); !s.ok()) return s;
  return std::unique_ptr<Recognizer>(std::move(made));
}

constexpr const char* kExamples[] = {
    "gracias «@ana_ruiz» y «@Pepe.82»!", "mi insta es «ana.ruiz»", "en twitter soy «anaruiz82», sígueme", "insta: «lauramartin»", "mi instagram es «lauramartin»",
    "«@ana@mastodon.social»", "(«@banco_ayuda»)", "my instagram is «jane_doe»", "skype: «pepe.ruiz82»", "mi usuario es «pepe_82»", "wallapop «carlos1982»", "perfil «@la-huerta»", "discord: «sara#4821»", nullptr};
constexpr const char* kCounterExamples[] = {"ana@gmail.com", "mi insta es privado", "lo vi en twitter y me gustó", "instagram no me deja entrar", "a las @ 5", "@", "@@@@", "@ ",
                                            "mi twitter es muy aburrido la verdad", "anuncio en Insta: \"Cambia de vida\"", "insta: cambia de vida", "tod@s contentos", "el usuario es administrador", "mi usuario es nuevo", nullptr};

}  // namespace

extern const RecognizerEntry social_handle_entry;
const RecognizerEntry social_handle_entry = {"social_handle", "SOCIAL_HANDLE", &make, kExamples, kCounterExamples};

}  // namespace tertulia
