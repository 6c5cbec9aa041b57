// Check digits of identifiers, by name: a pattern file says "checksum": "dni".
//
// Every function takes the compact value: lower-case ASCII letters and digits without separators. True: the value has
// the right form and its check holds. Formulas and their sources stand beside each function in checksums.cc.
#ifndef TERTULIA_SRC_PRIVACY_CHECKSUMS_H_
#define TERTULIA_SRC_PRIVACY_CHECKSUMS_H_

#include <cstddef>
#include <string_view>

namespace tertulia {

using Checksum = bool (*)(std::string_view compact);

struct NamedChecksum {
  const char* name;
  Checksum check;
  double chance;  // share of random candidates of the right form that pass
};

// nullptr: there is none of this name.
[[nodiscard]] const NamedChecksum* find_checksum(std::string_view name) noexcept;

// Characters of an IBAN that begins with this country code (two lower-case letters); 0: no such country.
[[nodiscard]] std::size_t iban_length(std::string_view country) noexcept;

bool check_dni(std::string_view v);         // 7 or 8 digits + letter; "es" in front allowed
bool check_nie(std::string_view v);         // x, y, z
bool check_klm(std::string_view v);         // k, l, m: NIF of persons without DNI or NIE
bool check_cif(std::string_view v);
bool check_nuss(std::string_view v);        // 11 or 12 digits, both rules
bool check_ccc(std::string_view v);
bool check_iban(std::string_view v);        // exact length, mod 97; for ES the inner CCC as well
bool check_luhn(std::string_view v);
bool check_card(std::string_view v);        // issuer range, length and Luhn
bool check_cadastral(std::string_view v);   // 20 characters
bool check_cups(std::string_view v);        // 20 or 22 characters
bool check_curp(std::string_view v);
bool check_rfc(std::string_view v);
bool check_cuit(std::string_view v);
bool check_rut(std::string_view v);         // Chile
bool check_nit_co(std::string_view v);      // with its check digit
bool check_ruc_pe(std::string_view v);
bool check_cedula_ec(std::string_view v);
bool check_cedula_do(std::string_view v);
bool check_ci_uy(std::string_view v);
bool check_cpf(std::string_view v);
bool check_nif_pt(std::string_view v);
bool check_nino(std::string_view v);
bool check_ssn(std::string_view v);
bool check_nhs(std::string_view v);
bool check_clabe(std::string_view v);
bool check_ipv6(std::string_view v);        // with its colons
bool check_date(std::string_view v);        // 1-31, 1-12, year in 2 or 4 digits; separators kept

}  // namespace tertulia

#endif  // TERTULIA_SRC_PRIVACY_CHECKSUMS_H_
