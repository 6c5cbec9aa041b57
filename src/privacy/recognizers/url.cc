// Web addresses: with a scheme, with www., or bare where the top-level domain leaves no doubt.
//
// A bare domain whose ending is also a word or a file type ("es", "de", "py": lists/tlds.tsv, confusable) needs a path:
// "hola.chao" and "rpc.py" are none. One pass over chunks between blanks. Test: tests/privacy/url_test.cc.
#include <algorithm>
#include <map>

#include "data/table_file.h"
#include "privacy/cue_list.h"
#include "privacy/recognizer_table.h"
#include "privacy/scan_text.h"

namespace tertulia {
namespace {

constexpr std::size_t kMaxHost = 253, kMaxLabel = 63;  // RFC 1035
constexpr std::size_t kCueWindow = 3, kLeastCued = 7, kSureCued = 13;

class Url final : public Recognizer {
 public:
  Status load(const std::string& dir) {
    const std::string path = dir + "/privacy/lists/tlds.tsv";
    Result<std::vector<TableRow>> rows = load_table(path, 2, 2);
    if (!rows.ok()) return rows.status();
    for (const TableRow& row : *rows) {
      if (row.fields[1] != "plain" && row.fields[1] != "confusable") {
        return Status(StatusCode::kInvalidData, path + ":" + std::to_string(row.line) + ": expected plain or confusable");
      }
      tlds_[row.fields[0]] = row.fields[1] == "plain";
    }
    return cues_.add_file(dir, "url_cues");
  }

  void find(const Document& document, const RecognizerContext& context, std::vector<Entity>& found) const override {
    const ScanScope scope(document, context);
    const ScanText& scan = *scope;
    const std::string_view text = scan.text();
    std::size_t dot = text.find_first_of(".:");
    while (dot != std::string_view::npos) {
      std::size_t begin = dot;
      while (begin > 0 && !parts(text[begin - 1])) --begin;
      std::size_t end = dot;
      while (end < text.size() && !parts(text[end])) ++end;
      chunk(scan, begin, end, found);
      dot = text.find_first_of(".:", end);
    }
  }

 private:
  static bool parts(char c) { return c == ' ' || c == '\n' || c == '"' || c == '<' || c == '>' || c == ScanText::kHidden; }

  void chunk(const ScanText& scan, std::size_t begin, std::size_t end, std::vector<Entity>& found) const {
    std::string_view piece = scan.text().substr(begin, end - begin);
    const char* why = "scheme";
    std::size_t start = std::string_view::npos;
    for (const std::string_view scheme : {"https://", "http://", "ftp://"}) start = std::min(start, piece.find(scheme));
    std::size_t host = start == std::string_view::npos ? start : piece.find("://") + 3;
    if (start == std::string_view::npos) {
      start = 0;
      while (start < piece.size() && !is_word_byte(piece[start])) ++start;
      if (start > 0 && start < piece.size() && piece[start - 1] == '@') return;  // a handle
      if (piece.substr(start, 4) == "www.") {
        host = start + 4;
        why = "www";
      }
    }
    // What ends a sentence, or closes a bracket that was opened outside, is not part of it.
    std::size_t stop = piece.size();
    const std::string_view rest = piece.substr(std::min(start, piece.size()));
    const auto opened = std::count(rest.begin(), rest.end(), '(');
    auto closed = std::count(rest.begin(), rest.end(), ')');
    while (stop > start) {
      const char c = piece[stop - 1];
      if (c == ')' && opened > 0 && closed <= opened) break;
      if (c == ')') --closed;
      if (is_word_byte(c) || c == '/' || c == '=' || c == '#' || c == '-' || c == '&' || c == '%' || c == '+' || c == ScanText::kOther) break;
      --stop;
    }
    while (stop > start && piece[stop - 1] == ScanText::kOther) --stop;
    if (host != std::string_view::npos) {
      if (stop <= host || !is_word_byte(piece[host])) return;
      if (why[0] == 'w' && piece.substr(host, stop - host).find('.') == std::string_view::npos) return;
    } else {
      why = "top-level domain";
      // After a colon or a bracket inside the chunk: "web:ejemplo.com".
      const std::size_t colon = piece.find(':');
      if (colon != std::string_view::npos && colon + 1 < stop && is_letter(piece[colon + 1]) && piece.substr(0, colon).find('.') == std::string_view::npos) start = colon + 1;
      const bool cued = piece.find('.') != std::string_view::npos && cues_.before(scan, begin + start, kCueWindow).has_value() &&
                         (stop - start >= kSureCued || end + 1 >= scan.text().size() || !is_letter(scan.text()[end + 1]) || scan.is_upper(end + 1));
      if (!bare(piece.substr(start, stop - start), cued)) return;
    }
    found.push_back({"URL", scan.to_original(begin + start, begin + stop), 0.97, "url", {why}});
  }

  [[nodiscard]] bool bare(std::string_view piece, bool cued) const {
    const std::size_t host_end = std::min(piece.find_first_of("/?#:"), piece.size());
    const std::string_view host = piece.substr(0, host_end);
    if (host.size() > kMaxHost || piece.substr(0, host_end).find('@') != std::string_view::npos) return false;
    std::size_t labels = 0, from = 0;
    std::string_view last;
    while (from <= host.size()) {
      const std::size_t dot = std::min(host.find('.', from), host.size());
      last = host.substr(from, dot - from);
      if (last.empty() || last.size() > kMaxLabel || last.front() == '-' || last.back() == '-') return false;
      for (const char c : last) {
        if (!is_letter(c) && !is_digit(c) && c != '-') return false;
      }
      ++labels;
      from = dot + 1;
    }
    if (labels < 2) return false;
    const auto tld = tlds_.find(last);
    if (tld == tlds_.end()) return false;
    const bool path = host_end + 1 < piece.size() && (piece[host_end] == '/' || piece[host_end] == '?');
    if (labels > 2) {  // "agencia.gob.es": a registry's own second level
      const std::size_t second_end = host.size() - last.size() - 1;
      const std::size_t second = host.rfind('.', second_end - 1) + 1;
      const std::string_view level = host.substr(second, second_end - second);
      for (const std::string_view known : {"com", "org", "gob", "edu", "nom", "co", "net"}) {
        if (level == known) return true;
      }
    }
    // "casa-rural.es": no two words run together with a dash; a cue says the same.
    const bool dashed = host.find('-') != std::string_view::npos;
    return tld->second || path || ((cued || dashed) && labels == 2 && host.size() >= kLeastCued);
  }

  CueList cues_;
  std::map<std::string, bool, std::less<>> tlds_;  // true: plain
};

Result<std::unique_ptr<Recognizer>> make(const std::string& bundle_dir) {
  auto made = std::make_unique<Url>();
  if (Status s = made->load(bundle_dir); !s.ok()) return s;
  return std::unique_ptr<Recognizer>(std::move(made));
}

constexpr const char* kExamples[] = {
    "mira «https://ejemplo.es/perfil?id=7».", "(«http://blog.ejemplo.com/a_(b)»)", "entra en «www.ejemplo.es»!", "está en «linkedin.com/in/ana-ruiz», dice",
    "«t.me/anaruiz»", "mi blog: «anaruiz.blogspot.com»", "«instagram.com/ana.ruiz»", "web:«anaruiz.com»", "«sede.agencia.gob.es»", "«HTTPS://EJEMPLO.ES/X»", "mi web «lapajaylapiedra.es»", "la web es «casa-rural-lola.es»", "«mi-tienda.shop»", nullptr};
constexpr const char* kCounterExamples[] = {"hola.chao", "la web es lenta.es un horror", "he abierto rpc.py y main.rs", "vale.de acuerdo", "la casa.es bonita", "ana@gmail.com", "12.345,67", "p.ej. esto",
                                            "S.L.U.", "a las 10:30", "nota: todo bien", "............", "http://", "www.", nullptr};

}  // namespace

extern const RecognizerEntry url_entry;
const RecognizerEntry url_entry = {"url", "URL", &make, kExamples, kCounterExamples};

}  // namespace tertulia
