// Check digits. Spain: Orden INT/2058/2008 (NIF letters), RD 338/1990 (CIF), TGSS (NUSS), Banco de España (CCC), ISO
// 13616 (IBAN), Dirección General del Catastro, RD 1074/2015 (CUPS). Cards: ISO/IEC 7812-1. Others: the tax and civil
// registry offices of each country. Every formula is tried on published samples: tests/privacy/checksums_test.cc.
#include "privacy/checksums.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <iterator>

namespace tertulia {
namespace {

constexpr std::string_view kNifLetters = "trwagmyfpdxbnjzsqvhlcke";

bool digit(char c) { return c >= '0' && c <= '9'; }
bool letter(char c) { return c >= 'a' && c <= 'z'; }
bool all_digits(std::string_view v) { return !v.empty() && std::all_of(v.begin(), v.end(), digit); }
int value(char c) { return c - '0'; }

std::uint64_t number(std::string_view digits) {
  std::uint64_t n = 0;
  for (const char c : digits) n = n * 10 + static_cast<std::uint64_t>(value(c));
  return n;
}

// Sum of weight times digit, weights from the left.
template <std::size_t N>
int weighted(std::string_view v, const int (&weights)[N]) {
  int sum = 0;
  for (std::size_t i = 0; i < N && i < v.size(); ++i) sum += weights[i] * value(v[i]);
  return sum;
}

bool repeated(std::string_view v) { return v.find_first_not_of(v[0]) == std::string_view::npos; }

// ISO 7064 mod 97-10 over letters and digits.
int mod97(std::string_view v) {
  int rest = 0;
  for (const char c : v) {
    if (digit(c)) {
      rest = (rest * 10 + value(c)) % 97;
    } else {
      rest = (rest * 100 + (c - 'a' + 10)) % 97;
    }
  }
  return rest;
}

}  // namespace

bool check_dni(std::string_view v) {
  if (v.substr(0, 2) == "es") v.remove_prefix(2);
  if (v.size() < 8 || v.size() > 9 || !all_digits(v.substr(0, v.size() - 1))) return false;  // 7 digits: the zero was lost
  return v.back() == kNifLetters[number(v.substr(0, v.size() - 1)) % 23];
}

bool check_nie(std::string_view v) {
  if (v.substr(0, 2) == "es") v.remove_prefix(2);
  if (v.size() == 10 && v[0] == 'x' && v[1] == '0') {  // old form with eight digits
    return all_digits(v.substr(1, 8)) && v.back() == kNifLetters[number(v.substr(1, 8)) % 23];
  }
  if (v.size() != 9 || v[0] < 'x' || v[0] > 'z' || !all_digits(v.substr(1, 7))) return false;
  const std::uint64_t n = static_cast<std::uint64_t>(v[0] - 'x') * 10000000u + number(v.substr(1, 7));
  return v.back() == kNifLetters[n % 23];
}

bool check_klm(std::string_view v) {
  if (v.size() != 9 || v[0] < 'k' || v[0] > 'm' || !all_digits(v.substr(1, 7))) return false;
  return v.back() == kNifLetters[number(v.substr(1, 7)) % 23];
}

bool check_cif(std::string_view v) {
  if (v.substr(0, 2) == "es" && v.size() == 11) v.remove_prefix(2);
  if (v.size() != 9 || std::string_view("abcdefghjnpqrsuvw").find(v[0]) == std::string_view::npos || !all_digits(v.substr(1, 7))) return false;
  int sum = 0;
  for (std::size_t i = 1; i <= 7; ++i) {
    const int d = value(v[i]);
    sum += i % 2 == 0 ? d : (2 * d) / 10 + (2 * d) % 10;
  }
  const int control = (10 - sum % 10) % 10;
  const bool as_digit = v[8] == static_cast<char>('0' + control);
  const bool as_letter = v[8] == "jabcdefghi"[control];
  if (std::string_view("abeh").find(v[0]) != std::string_view::npos) return as_digit;
  if (std::string_view("pqrsnw").find(v[0]) != std::string_view::npos) return as_letter;
  return as_digit || as_letter;
}

bool check_nuss(std::string_view v) {
  if ((v.size() != 11 && v.size() != 12) || !all_digits(v)) return false;
  const std::uint64_t province = number(v.substr(0, 2));
  if (province == 0 || (province > 53 && province != 66)) return false;
  const std::uint64_t inner = number(v.substr(2, v.size() - 4)), control = number(v.substr(v.size() - 2));
  const std::uint64_t joined = inner < 10000000u ? province * 10000000u + inner : province * 100000000u + inner;
  return joined % 97 == control || number(v.substr(0, v.size() - 2)) % 97 == control;
}

bool check_ccc(std::string_view v) {
  if (v.size() != 20 || !all_digits(v) || repeated(v)) return false;
  constexpr int kWeights[10] = {1, 2, 4, 8, 5, 10, 9, 7, 3, 6};
  const auto control = [](int sum) { const int r = 11 - sum % 11; return r == 10 ? 1 : (r == 11 ? 0 : r); };
  int first = 0;
  for (std::size_t i = 0; i < 8; ++i) first += kWeights[i + 2] * value(v[i]);  // "00" in front
  return control(first) == value(v[8]) && control(weighted(v.substr(10), kWeights)) == value(v[9]);
}

std::size_t iban_length(std::string_view country) noexcept {
  // SWIFT IBAN registry, release 99 (2024).
  struct Length { char code[3]; std::uint8_t length; };
  static constexpr Length kLengths[] = {
      {"ad", 24}, {"ae", 23}, {"al", 28}, {"at", 20}, {"az", 28}, {"ba", 20}, {"be", 16}, {"bg", 22}, {"bh", 22}, {"bi", 27}, {"br", 29},
      {"by", 28}, {"ch", 21}, {"cr", 22}, {"cy", 28}, {"cz", 24}, {"de", 22}, {"dj", 27}, {"dk", 18}, {"do", 28}, {"ee", 20}, {"eg", 29},
      {"es", 24}, {"fi", 18}, {"fk", 18}, {"fo", 18}, {"fr", 27}, {"gb", 22}, {"ge", 22}, {"gi", 23}, {"gl", 18}, {"gr", 27}, {"gt", 28},
      {"hr", 21}, {"hu", 28}, {"ie", 22}, {"il", 23}, {"iq", 23}, {"is", 26}, {"it", 27}, {"jo", 30}, {"kw", 30}, {"kz", 20}, {"lb", 28},
      {"lc", 32}, {"li", 21}, {"lt", 20}, {"lu", 20}, {"lv", 21}, {"ly", 25}, {"mc", 27}, {"md", 24}, {"me", 22}, {"mk", 19}, {"mn", 20},
      {"mr", 27}, {"mt", 31}, {"mu", 30}, {"ni", 28}, {"nl", 18}, {"no", 15}, {"om", 23}, {"pk", 24}, {"pl", 28}, {"ps", 29}, {"pt", 25},
      {"qa", 29}, {"ro", 24}, {"rs", 22}, {"ru", 33}, {"sa", 24}, {"sc", 31}, {"sd", 18}, {"se", 24}, {"si", 19}, {"sk", 24}, {"sm", 27},
      {"so", 23}, {"st", 25}, {"sv", 28}, {"tl", 23}, {"tn", 24}, {"tr", 26}, {"ua", 29}, {"va", 22}, {"vg", 24}, {"xk", 20}, {"ye", 30}};
  for (const Length& entry : kLengths) {
    if (country == std::string_view(entry.code, 2)) return entry.length;
  }
  return 0;
}

bool check_iban(std::string_view v) {
  if (v.size() < 15 || !letter(v[0]) || !letter(v[1]) || !all_digits(v.substr(2, 2))) return false;
  if (iban_length(v.substr(0, 2)) != v.size()) return false;
  std::array<char, 40> turned{};
  std::size_t used = 0;
  for (const char c : v.substr(4)) turned[used++] = c;
  for (const char c : v.substr(0, 4)) turned[used++] = c;
  for (std::size_t i = 0; i < used; ++i) {
    if (!digit(turned[i]) && !letter(turned[i])) return false;
  }
  if (mod97({turned.data(), used}) != 1) return false;
  return v.substr(0, 2) != "es" || check_ccc(v.substr(4));
}

bool check_luhn(std::string_view v) {
  if (!all_digits(v) || repeated(v)) return false;
  int sum = 0;
  for (std::size_t i = 0; i < v.size(); ++i) {
    int d = value(v[v.size() - 1 - i]);
    if (i % 2 == 1 && (d *= 2) > 9) d -= 9;
    sum += d;
  }
  return sum % 10 == 0;
}

bool check_card(std::string_view v) {
  const std::size_t n = v.size();
  if (n < 12 || n > 19 || !all_digits(v)) return false;
  const auto begins = [&](std::size_t digits, std::uint64_t low, std::uint64_t high) {
    const std::uint64_t start = number(v.substr(0, digits));
    return start >= low && start <= high;
  };
  const bool known = (v[0] == '4' && (n == 13 || n == 16 || n == 19)) ||                                // Visa
                     (n == 16 && (begins(2, 51, 55) || begins(4, 2221, 2720))) ||                       // Mastercard, 2-series too
                     (n == 15 && (begins(2, 34, 34) || begins(2, 37, 37))) ||                           // American Express
                     (n == 14 && (begins(3, 300, 305) || begins(2, 36, 36) || begins(2, 38, 39))) ||    // Diners
                     (n >= 16 && (begins(4, 6011, 6011) || begins(3, 644, 659) || begins(2, 62, 62) || begins(4, 3528, 3589))) ||
                     begins(2, 50, 50) || begins(2, 56, 69);                                            // Maestro
  return known && check_luhn(v);
}

bool check_cadastral(std::string_view v) {
  if (v.size() != 20 || !all_digits(v.substr(0, 5))) return false;
  constexpr int kWeights[11] = {13, 15, 12, 5, 4, 17, 9, 21, 3, 7, 1};
  const auto weight = [](char c) { return digit(c) ? value(c) : (c - 'a' + 1 + (c > 'n' ? 1 : 0)); };  // Ñ stands after N
  int sums[2] = {0, 0};
  for (std::size_t half = 0; half < 2; ++half) {
    for (std::size_t i = 0; i < 11; ++i) sums[half] += kWeights[i] * weight(i < 7 ? v[half * 7 + i] : v[14 + i - 7]);
  }
  constexpr std::string_view kControl = "mqwertyuiopasdfghjklbzx";
  return v[18] == kControl[static_cast<std::size_t>(sums[0] % 23)] && v[19] == kControl[static_cast<std::size_t>(sums[1] % 23)];
}

bool check_cups(std::string_view v) {
  if ((v.size() != 20 && v.size() != 22) || v.substr(0, 2) != "es" || !all_digits(v.substr(2, 16))) return false;
  const std::uint64_t rest = number(v.substr(2, 16)) % 529;
  if (v[18] != kNifLetters[rest / 23] || v[19] != kNifLetters[rest % 23]) return false;
  return v.size() == 20 || (digit(v[20]) && std::string_view("fprcxyz").find(v[21]) != std::string_view::npos);
}

bool check_curp(std::string_view v) {
  if (v.size() != 18 || !digit(v[17])) return false;
  constexpr std::string_view kStates =
      "as bc bs cc cl cm cs ch df dg gt gr hg jc mc mn ms nt nl oc pl qt qr sp sl sr tc ts tl vz yn zs ne";
  if (!all_digits(v.substr(4, 6)) || (v[10] != 'h' && v[10] != 'm')) return false;
  if (kStates.find(v.substr(11, 2)) % 3 != 0) return false;  // npos % 3 is 0 as well: next line
  if (kStates.find(v.substr(11, 2)) == std::string_view::npos) return false;
  const auto weight = [](char c) { return digit(c) ? value(c) : c - 'a' + 10 + (c > 'n' ? 1 : 0); };
  int sum = 0;
  for (std::size_t i = 0; i < 17; ++i) sum += weight(v[i]) * (18 - static_cast<int>(i));
  return (10 - sum % 10) % 10 == value(v[17]);
}

bool check_rfc(std::string_view v) {
  if (v.size() != 12 && v.size() != 13) return false;
  const std::size_t letters = v.size() - 9;
  for (std::size_t i = 0; i < letters; ++i) {
    if (!letter(v[i])) return false;
  }
  if (!all_digits(v.substr(letters, 6))) return false;
  // Alphabet 0-9 A-N & O-Z blank Ñ; a firm's three letters are led by a blank (37).
  const auto weight = [](char c) { return digit(c) ? value(c) : c - 'a' + 10 + (c > 'n' ? 1 : 0); };
  int sum = v.size() == 12 ? 37 * 13 : 0;
  const std::size_t lead = v.size() == 12 ? 1 : 0;
  for (std::size_t i = 0; i + 1 < v.size(); ++i) sum += weight(v[i]) * (13 - static_cast<int>(i + lead));
  const int control = (11 - sum % 11) % 11;
  return v.back() == (control == 10 ? 'a' : static_cast<char>('0' + control));
}

bool check_cuit(std::string_view v) {
  if (v.size() != 11 || !all_digits(v)) return false;
  constexpr int kPrefixes[] = {20, 23, 24, 27, 30, 33, 34, 50, 51, 55};
  if (std::find(std::begin(kPrefixes), std::end(kPrefixes), static_cast<int>(number(v.substr(0, 2)))) == std::end(kPrefixes)) return false;
  constexpr int kWeights[10] = {5, 4, 3, 2, 7, 6, 5, 4, 3, 2};
  const int r = 11 - weighted(v, kWeights) % 11;
  return (r == 11 ? 0 : (r == 10 ? 9 : r)) == value(v[10]);
}

bool check_rut(std::string_view v) {
  if (v.size() < 8 || v.size() > 9 || !all_digits(v.substr(0, v.size() - 1))) return false;
  int sum = 0, weight = 2;
  for (std::size_t i = v.size() - 1; i-- > 0;) {
    sum += weight * value(v[i]);
    weight = weight == 7 ? 2 : weight + 1;
  }
  const int r = 11 - sum % 11;
  return v.back() == (r == 11 ? '0' : (r == 10 ? 'k' : static_cast<char>('0' + r)));
}

bool check_nit_co(std::string_view v) {
  constexpr int kWeights[15] = {3, 7, 13, 17, 19, 23, 29, 37, 41, 43, 47, 53, 59, 67, 71};
  if (v.size() < 9 || v.size() > 11 || !all_digits(v)) return false;
  int sum = 0;
  for (std::size_t i = 0; i + 1 < v.size(); ++i) sum += kWeights[i] * value(v[v.size() - 2 - i]);
  const int r = sum % 11;
  return (r < 2 ? r : 11 - r) == value(v.back());
}

bool check_ruc_pe(std::string_view v) {
  if (v.size() != 11 || !all_digits(v)) return false;
  const std::uint64_t kind = number(v.substr(0, 2));
  if (kind != 10 && kind != 15 && kind != 16 && kind != 17 && kind != 20) return false;
  constexpr int kWeights[10] = {5, 4, 3, 2, 7, 6, 5, 4, 3, 2};
  return (11 - weighted(v, kWeights) % 11) % 10 == value(v[10]);
}

bool check_cedula_ec(std::string_view v) {
  if (v.size() != 10 || !all_digits(v)) return false;
  const std::uint64_t province = number(v.substr(0, 2));
  if (province == 0 || (province > 24 && province != 30) || v[2] > '5') return false;
  return check_luhn(v);  // doubled odd positions of nine digits and a check digit: Luhn
}

bool check_cedula_do(std::string_view v) { return v.size() == 11 && check_luhn(v); }

bool check_ci_uy(std::string_view v) {
  if ((v.size() != 7 && v.size() != 8) || !all_digits(v)) return false;
  constexpr int kWeights[7] = {2, 9, 8, 7, 6, 3, 4};
  int sum = 0;
  const std::size_t lead = 8 - v.size();
  for (std::size_t i = 0; i + 1 < v.size(); ++i) sum += kWeights[i + lead] * value(v[i]);
  return (10 - sum % 10) % 10 == value(v.back());
}

bool check_cpf(std::string_view v) {
  if (v.size() != 11 || !all_digits(v) || repeated(v)) return false;
  for (std::size_t n = 9; n <= 10; ++n) {
    int sum = 0;
    for (std::size_t i = 0; i < n; ++i) sum += static_cast<int>(n + 1 - i) * value(v[i]);
    const int r = 11 - sum % 11;
    if ((r >= 10 ? 0 : r) != value(v[n])) return false;
  }
  return true;
}

bool check_nif_pt(std::string_view v) {
  if (v.size() != 9 || !all_digits(v) || v[0] == '0' || v[0] == '4') return false;
  constexpr int kWeights[8] = {9, 8, 7, 6, 5, 4, 3, 2};
  const int r = 11 - weighted(v, kWeights) % 11;
  return (r >= 10 ? 0 : r) == value(v[8]);
}

bool check_nino(std::string_view v) {
  if (v.size() != 9 || !letter(v[0]) || !letter(v[1]) || !all_digits(v.substr(2, 6)) || v[8] < 'a' || v[8] > 'd') return false;
  if (std::string_view("dfiquv").find(v[0]) != std::string_view::npos || std::string_view("dfioquv").find(v[1]) != std::string_view::npos) return false;
  constexpr std::string_view kUnused[] = {"bg", "gb", "kn", "nk", "nt", "tn", "zz"};
  return std::find(std::begin(kUnused), std::end(kUnused), v.substr(0, 2)) == std::end(kUnused);
}

bool check_ssn(std::string_view v) {
  if (v.size() != 9 || !all_digits(v)) return false;
  return v.substr(0, 3) != "000" && v.substr(0, 3) != "666" && v[0] != '9' && v.substr(3, 2) != "00" && v.substr(5) != "0000";
}

bool check_nhs(std::string_view v) {
  if (v.size() != 10 || !all_digits(v) || repeated(v)) return false;
  constexpr int kWeights[9] = {10, 9, 8, 7, 6, 5, 4, 3, 2};
  const int r = 11 - weighted(v, kWeights) % 11;
  return r != 10 && (r == 11 ? 0 : r) == value(v[9]);
}

bool check_clabe(std::string_view v) {
  if (v.size() != 18 || !all_digits(v)) return false;
  constexpr int kWeights[3] = {3, 7, 1};
  int sum = 0;
  for (std::size_t i = 0; i < 17; ++i) sum += kWeights[i % 3] * value(v[i]) % 10;
  return (10 - sum % 10) % 10 == value(v[17]);
}

bool check_ipv6(std::string_view v) {
  v = v.substr(0, v.find('/'));  // "2001:db8::/32"
  int groups = 0;
  bool shortened = false;
  std::size_t digits = 0, at = 0;
  if (v.substr(0, 2) == "::") {
    shortened = true;
    at = 2;
  }
  for (; at < v.size(); ++at) {
    if (v[at] != ':') {
      if (!digit(v[at]) && !(v[at] >= 'a' && v[at] <= 'f')) return false;
      if (++digits > 4) return false;
      if (digits == 1) ++groups;
      continue;
    }
    if (digits == 0) {  // a second colon in a row
      if (shortened) return false;
      shortened = true;
    } else if (at + 1 == v.size()) {
      return false;  // ends in one colon
    }
    digits = 0;
  }
  const bool loopback = v == "::1";
  return shortened ? loopback || (groups >= 2 && groups <= 7) : groups == 8;
}

bool check_date(std::string_view v) {
  std::uint64_t parts[3] = {0, 0, 0};
  std::size_t sizes[3] = {0, 0, 0}, part = 0;
  for (std::size_t i = 0; i < v.size(); ++i) {
    if (digit(v[i])) {
      if (part > 2) return false;
      parts[part] = parts[part] * 10 + static_cast<std::uint64_t>(value(v[i]));
      if (++sizes[part] > 4) return false;
    } else if (i > 0 && digit(v[i - 1])) {
      ++part;
    }
  }
  if (sizes[2] == 0) return false;
  if (sizes[0] == 4) std::swap(parts[0], parts[2]);
  if (parts[0] > 12 && parts[1] > 12) return false;
  return parts[0] >= 1 && parts[0] <= 31 && parts[1] >= 1 && parts[1] <= 31;
}

const NamedChecksum* find_checksum(std::string_view name) noexcept {
  static constexpr NamedChecksum kAll[] = {
      {"dni", check_dni, 0.043}, {"nie", check_nie, 0.043}, {"klm", check_klm, 0.043}, {"cif", check_cif, 0.1}, {"nuss", check_nuss, 0.015},
      {"ccc", check_ccc, 0.01}, {"iban", check_iban, 0.01}, {"luhn", check_luhn, 0.1}, {"card", check_card, 0.05},
      {"cadastral", check_cadastral, 0.002}, {"cups", check_cups, 0.002}, {"curp", check_curp, 0.1}, {"rfc", check_rfc, 0.09},
      {"cuit", check_cuit, 0.1}, {"rut", check_rut, 0.09}, {"nit_co", check_nit_co, 0.09}, {"ruc_pe", check_ruc_pe, 0.1},
      {"cedula_ec", check_cedula_ec, 0.1}, {"cedula_do", check_cedula_do, 0.1}, {"ci_uy", check_ci_uy, 0.1}, {"cpf", check_cpf, 0.01},
      {"nif_pt", check_nif_pt, 0.1}, {"nino", check_nino, 0.5}, {"ssn", check_ssn, 0.8}, {"nhs", check_nhs, 0.09},
      {"clabe", check_clabe, 0.1}, {"ipv6", check_ipv6, 0.1}, {"date", check_date, 0.3}};
  for (const NamedChecksum& entry : kAll) {
    if (name == entry.name) return &entry;
  }
  return nullptr;
}

}  // namespace tertulia
