// Letters and digits are drawn one by one over the shape of the original; what passes some check of checksums.h is drawn anew.
// A value that was spoken has no shape of its own and takes the usual one of its type. Test: tests/privacy/surrogates_test.cc.
#include "privacy/surrogates.h"

#include <algorithm>

#include "base/utf8.h"
#include "data/table_file.h"
#include "privacy/checksums.h"
#include "privacy/generalise.h"
#include "privacy/keyed_stream.h"
#include "privacy/scan_text.h"

namespace tertulia {
namespace {

constexpr std::size_t kMaxDraws = 64;
constexpr std::size_t kLeastChecked = 7;  // letters and digits of a value that a check could hold for
constexpr std::size_t kSpokenExcess = 3;  // letters beyond those of the usual shape: words, not a value
constexpr std::string_view kConsonants = "bcdfghjklmnpqrstvwxyz";

struct Usual {
  const char* type;
  const char* shape;  // 0: a digit, other letters and digits: one of their kind
};

constexpr Usual kUsual[] = {
    {"ES_NIF", "00000000A"}, {"ES_NIE", "X0000000A"}, {"ES_CIF", "B00000000"}, {"ES_NUSS", "00 0000000000"}, {"ES_PASSPORT", "AAA000000"},
    {"ES_CUPS", "ES0000000000000000AA"}, {"IBAN_CODE", "ES00 0000 0000 0000 0000 0000"}, {"ES_CCC", "0000 0000 00 0000000000"},
    {"CREDIT_CARD", "0000 0000 0000 0000"}, {"PHONE_NUMBER", "600 00 00 00"}, {"POSTAL_CODE", "00000"}, {"LICENSE_PLATE", "0000 AAA"},
    {"CADASTRAL_REFERENCE", "0000000AA0000A0000AA"}, {"EMAIL_ADDRESS", "aaaaa.aaaaaa@example.com"}, {"IP_ADDRESS", "192.0.2.1"}, {"URL", "https://example.com/aaaaaa"}};

const char* usual_shape(const std::string& type) {
  const auto* found = std::find_if(std::begin(kUsual), std::end(kUsual), [&](const Usual& usual) { return type == usual.type; });
  return found == std::end(kUsual) ? nullptr : found->shape;
}

std::size_t letters_of(std::string_view compact) { return static_cast<std::size_t>(std::count_if(compact.begin(), compact.end(), is_letter)); }

// Some identifier's check holds.
bool passes_a_check(std::string_view compact) {
  if (compact.size() < kLeastChecked) return false;
  for (const char* name : {"dni", "nie", "klm", "cif", "nuss", "ccc", "iban", "luhn", "card", "cadastral", "cups", "curp", "rfc", "cuit", "rut",
                           "nit_co", "ruc_pe", "cedula_ec", "cedula_do", "ci_uy", "cpf", "nif_pt", "nhs", "clabe"}) {
    const NamedChecksum* checksum = find_checksum(name);
    if (checksum != nullptr && checksum->check(compact)) return true;
  }
  return false;
}

// Walks over a shape and draws one character for each letter and digit; `choose` may say which letters or digits are to be
// had at a place (index among letters and digits), or "=" to keep what stands there.
template <typename Choose>
std::string draw(std::string_view shape, KeyedStream& stream, const Choose& choose) {
  std::string out;
  std::size_t index = 0;
  for (std::size_t at = 0; at < shape.size();) {
    const CodePoint point = decode_utf8(shape, at);
    const char folded = fold_for_scan(point.value);
    if (is_digit(folded) || is_letter(folded)) {
      std::string_view from = choose(index++, folded);
      if (from.empty()) from = is_digit(folded) ? std::string_view("0123456789") : kConsonants;
      char drawn = from == "=" ? folded : stream.one_of(from);
      if (is_letter(drawn) && point.value >= 'A' && point.value <= 'Z') drawn = static_cast<char>(drawn - 32);
      out += drawn;
    } else if (folded != 0 && point.value < 0x80) {
      out += static_cast<char>(point.value);
    } else if (folded == ' ' || folded == '-' || folded == '.' || folded == '/') {
      out += folded;
    }
    at += point.size;
  }
  return out;
}

// Figures of the country code at the head of an international number: ITU-T E.164, annex on the zones.
std::size_t calling_code_size(std::string_view digits) {
  if (digits.empty() || digits[0] == '1' || digits[0] == '7') return 1;
  constexpr std::string_view kTwo = "20 27 30 31 32 33 34 36 39 40 41 43 44 45 46 47 48 49 51 52 53 54 55 56 57 58 60 61 62 63 64 65 66 81 82 84 86 90 91 92 93 94 95 98";
  const std::size_t at = kTwo.find(digits.substr(0, 2));
  return at != std::string_view::npos && at % 3 == 0 ? 2 : 3;
}

std::string phone(std::string_view shape, std::string_view normal, KeyedStream& stream) {
  const std::string compact = compact_value(shape);
  std::size_t lead = 0;  // figures that say the country and stay
  const bool abroad = shape.find('+') != std::string_view::npos || compact.substr(0, 2) == "00";
  if (compact.size() > normal.size() && compact.size() - normal.size() <= 4) lead = compact.size() - normal.size();  // of Spain
  else if (abroad) lead = compact.substr(0, 2) == "00" ? 2 + calling_code_size(std::string_view(compact).substr(2)) : calling_code_size(compact);
  const bool spain = compact.size() - lead == 9;
  const bool doubled = !abroad && lead < compact.size() && compact[lead] == '0';  // 07700 900123
  return draw(shape, stream, [&](std::size_t i, char) -> std::string_view {
    if (i < lead || (doubled && i == lead)) return "=";
    if (i == lead + (doubled ? 1u : 0u)) return spain || doubled ? "4" : "0";  // no subscriber's number begins so
    return {};
  });
}

std::string ip(std::string_view value, KeyedStream& stream) {
  static constexpr const char* kBlocks[] = {"192.0.2.", "198.51.100.", "203.0.113."};
  constexpr std::string_view kHex = "0123456789abcdef";
  if (value.find(':') == std::string_view::npos && value.find('.') != std::string_view::npos) {
    return kBlocks[stream.below(3)] + std::to_string(1 + stream.below(254));
  }
  const auto colons = std::count(value.begin(), value.end(), ':'), dashes = std::count(value.begin(), value.end(), '-');
  if ((colons == 5 || dashes == 5) && value.size() == 17) {  // a network card, locally administered
    return draw(value, stream, [&](std::size_t i, char) -> std::string_view { return i == 0 ? "0" : (i == 1 ? "2" : kHex); });
  }
  std::string out = "2001:db8:";
  for (int group = 0; group < 2; ++group) {
    out += ':';
    out += stream.one_of(kHex.substr(1));
    for (int i = 0; i < 3; ++i) out += stream.one_of(kHex);
  }
  return out;
}

std::string internet(const std::string& type, std::string_view value, KeyedStream& stream) {
  const auto any = [](std::size_t, char) -> std::string_view { return {}; };
  if (type == "EMAIL_ADDRESS") {
    const std::size_t at = value.find('@');
    if (at == std::string_view::npos || at == 0) return draw("aaaaa.aaaaaa", stream, any) + "@example.com";
    return draw(value.substr(0, std::min<std::size_t>(at, 64)), stream, any) + "@example.com";
  }
  const std::size_t scheme = value.find("://");
  return (scheme == std::string_view::npos || scheme > 8 ? std::string() : std::string(value.substr(0, scheme + 3))) + "example.com/" + draw("aaaaaaaa", stream, any);
}

}  // namespace

Status Surrogates::load(const std::string& bundle_dir) {
  const std::string path = bundle_dir + "/privacy/operators/surrogate_names.tsv";
  Result<std::vector<TableRow>> rows = load_table(path, 2, 2);
  if (!rows.ok()) return rows.status();
  for (const TableRow& row : *rows) {
    if (row.fields[0] == "given") given_.push_back(row.fields[1]);
    else if (row.fields[0] == "surname") surnames_.push_back(row.fields[1]);
    else if (row.fields[0] == "street") streets_.push_back(row.fields[1]);
    else return Status(StatusCode::kInvalidData, path + ":" + std::to_string(row.line) + ": expected given, surname or street");
  }
  if (given_.empty() || surnames_.empty() || streets_.empty()) return Status(StatusCode::kInvalidData, path + ": expected given names, surnames and streets");
  return {};
}

const std::string& Surrogates::name(const Key& key, const std::string& scope, std::string_view word, bool given, std::size_t attempt) const {
  KeyedStream stream(key, scope, std::string(word) + (given ? "/given/" : "/surname/") + std::to_string(attempt));
  const std::vector<std::string>& names = given ? given_ : surnames_;
  return names[stream.below(names.size())];
}

std::string Surrogates::make(const Key& key, const std::string& scope, const std::string& type, std::string_view value, std::string_view normal,
                             std::size_t attempt, const DateReader& dates) const {
  KeyedStream stream(key, scope, std::string(normal) + "/" + std::to_string(attempt));
  if (is_date_type(type)) {
    const std::optional<DateValue> read = dates.read(value);
    if (!read) return {};
    const CivilDate& date = read->date();  // one for all spellings
    stream = KeyedStream(key, scope, std::to_string(date.year) + "-" + std::to_string(date.month) + "-" + std::to_string(date.day) + "/" + std::to_string(attempt));
    const int year = 1940 + static_cast<int>(stream.below(60)), month = 1 + static_cast<int>(stream.below(12));
    return read->write({year, month, 1 + static_cast<int>(stream.below(28))});
  }
  if (type == "STREET_ADDRESS") return streets_[stream.below(streets_.size())] + " " + std::to_string(1 + stream.below(199));
  if (type == "EMAIL_ADDRESS" || type == "URL") return internet(type, value, stream);
  if (type == "IP_ADDRESS") return ip(value, stream);

  std::string_view shape = value;
  if (const char* usual = usual_shape(type); usual != nullptr && letters_of(compact_value(value)) > letters_of(compact_value(usual)) + kSpokenExcess) shape = usual;
  const std::string compact = compact_value(shape), original = compact_value(value);
  if (compact.empty()) return {};
  const bool spanish = type.compare(0, 3, "ES_") == 0;
  const std::size_t prefix = type == "IBAN_CODE" || (spanish && compact.size() > 9 && compact.compare(0, 2, "es") == 0) ? 2 : 0;
  const auto choose = [&](std::size_t i, char c) -> std::string_view {
    if (i < prefix) return "=";
    if (i == prefix) {
      if (type == "ES_NIE" && is_letter(c)) return "xyz";
      if (type == "ES_NIF" && is_letter(c)) return "klm";
      if (type == "ES_CIF" && is_letter(c)) return "abcdefghjnpqrsuvw";
      if (type == "CREDIT_CARD") return "=";
      if (type == "POSTAL_CODE" && compact.size() == 5) return "6789";
    }
    if (type == "LICENSE_PLATE" && is_letter(c)) return "aeiou";
    return {};
  };
  for (std::size_t n = 0; n < kMaxDraws; ++n) {
    std::string out = type == "PHONE_NUMBER" ? phone(shape, normal, stream) : draw(shape, stream, choose);
    const std::string drawn = compact_value(out);
    if (drawn.find(original) == std::string::npos && (type == "PHONE_NUMBER" || !passes_a_check(drawn))) return out;
  }
  return {};
}

}  // namespace tertulia
