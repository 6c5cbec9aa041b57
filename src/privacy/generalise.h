// A value made less exact: the decade of a birth, the province of a postal code, the country of an account or a phone.
#ifndef TERTULIA_SRC_PRIVACY_GENERALISE_H_
#define TERTULIA_SRC_PRIVACY_GENERALISE_H_

#include <map>
#include <set>
#include <string>
#include <string_view>

#include "privacy/date_value.h"
#include "tertulia/privacy.h"
#include "tertulia/status.h"

namespace tertulia {

class Generaliser {
 public:
  // operators/postal_provinces.tsv, lists/country_codes.tsv, and what DateReader reads. kNotFound, kInvalidData.
  Status load(const std::string& bundle_dir);
  // Empty: this value has no coarser form. `normal` as normal_value() gives it.
  [[nodiscard]] std::string coarse(const std::string& type, std::string_view value, std::string_view normal, Coarseness to) const;
  [[nodiscard]] const DateReader& dates() const noexcept { return dates_; }

 private:
  [[nodiscard]] std::string coarse_date(bool birth, std::string_view value, Coarseness to) const;
  [[nodiscard]] std::string phone_country(std::string_view value, std::string_view normal) const;
  DateReader dates_;
  std::map<std::string, std::string, std::less<>> provinces_;  // "28" → "Madrid"
  std::set<std::string, std::less<>> countries_;               // calling codes, "34"
};

// What the name of a type says of its values: "DATE_OF_BIRTH" and a user's own "DATE" or "CONTRACT_DATE".
[[nodiscard]] bool is_date_type(const std::string& type);

}  // namespace tertulia

#endif  // TERTULIA_SRC_PRIVACY_GENERALISE_H_
