// Generalisation by type. What is left is coarse, not anonymous: who alone was born in a decade and lives in a province is
// still told by both together. Test: tests/privacy/generalise_test.cc.
#include "privacy/generalise.h"

#include <cstdlib>

#include "data/table_file.h"
#include "privacy/checksums.h"
#include "privacy/scan_text.h"

namespace tertulia {
namespace {

constexpr std::size_t kMaxCallingCode = 4;

bool digits_only(std::string_view v) { return !v.empty() && v.find_first_not_of("0123456789") == std::string_view::npos; }

std::string band(int value) {
  const int first = value / 10 * 10;
  return std::to_string(first) + "-" + std::to_string(first + 9);
}

std::string upper(std::string_view text) {
  std::string out(text);
  for (char& c : out) c = c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c;
  return out;
}

}  // namespace

bool is_date_type(const std::string& type) {
  for (std::size_t at = type.find("DATE"); at != std::string::npos; at = type.find("DATE", at + 1)) {
    if ((at == 0 || type[at - 1] == '_') && (at + 4 == type.size() || type[at + 4] == '_')) return true;
  }
  return false;
}

Status Generaliser::load(const std::string& bundle_dir) {
  if (Status s = dates_.load(bundle_dir); !s.ok()) return s;
  const std::string provinces = bundle_dir + "/privacy/operators/postal_provinces.tsv";
  Result<std::vector<TableRow>> rows = load_table(provinces, 2, 2);
  if (!rows.ok()) return rows.status();
  for (const TableRow& row : *rows) {
    if (row.fields[0].size() != 2 || !digits_only(row.fields[0])) return Status(StatusCode::kInvalidData, provinces + ":" + std::to_string(row.line) + ": expected two figures");
    provinces_[row.fields[0]] = row.fields[1];
  }
  if (rows = load_table(bundle_dir + "/privacy/lists/country_codes.tsv", 4, 4); !rows.ok()) return rows.status();
  for (const TableRow& row : *rows) countries_.insert(row.fields[0]);
  return {};
}

std::string Generaliser::coarse_date(bool birth, std::string_view value, Coarseness to) const {
  const std::optional<DateValue> read = dates_.read(value);
  if (!read || read->date().year == 0) return {};
  const CivilDate& date = read->date();
  if (to == Coarseness::kUsual) to = birth ? Coarseness::kDecade : Coarseness::kMonth;
  if (to == Coarseness::kMonth && date.month > 0) return std::to_string(date.year) + (date.month < 10 ? "-0" : "-") + std::to_string(date.month);
  if (to == Coarseness::kDecade) return band(date.year);
  return std::to_string(date.year);
}

std::string Generaliser::phone_country(std::string_view value, std::string_view normal) const {
  std::string compact = compact_value(value);
  const bool plus = value.find('+') != std::string_view::npos;
  if (!plus && compact.substr(0, 2) == "00") compact.erase(0, 2);
  else if (!plus) return normal.size() == 9 && digits_only(normal) ? "+34" : "";
  for (std::size_t size = kMaxCallingCode; size > 0; --size) {
    const std::string code = compact.substr(0, size);
    if (countries_.count(code) != 0) return "+" + code;
  }
  return {};
}

std::string Generaliser::coarse(const std::string& type, std::string_view value, std::string_view normal, Coarseness to) const {
  if (type == "AGE") {
    const std::string compact = compact_value(value);
    std::size_t count = 0;
    while (count < compact.size() && is_digit(compact[count])) ++count;
    return count >= 1 && count <= 3 ? band(std::atoi(compact.substr(0, count).c_str())) : "";
  }
  if (is_date_type(type)) return coarse_date(type.find("BIRTH") != std::string::npos, value, to);
  if (type == "POSTAL_CODE") {
    if (normal.size() != 5 || !digits_only(normal)) return {};
    const auto province = provinces_.find(normal.substr(0, 2));
    return province == provinces_.end() ? "" : province->second;
  }
  if (type == "IBAN_CODE") {
    if (normal.size() < 8 || iban_length(normal.substr(0, 2)) == 0) return {};
    const std::string country = upper(normal.substr(0, 2));
    return to == Coarseness::kBank && country == "ES" && digits_only(normal.substr(4, 4)) ? country + " " + std::string(normal.substr(4, 4)) : country;
  }
  if (type == "ES_CCC") {
    if (normal.size() != 20 || !digits_only(normal)) return {};
    return to == Coarseness::kBank ? "ES " + std::string(normal.substr(0, 4)) : "ES";
  }
  if (type == "PHONE_NUMBER") return phone_country(value, normal);
  return {};
}

}  // namespace tertulia
