// Invented values of the same shape: "12345678Z" → "40917362B", whose check letter is wrong on purpose.
//
// Nobody's: check digits fail, phones begin where no number does, postal codes with a province that is not there, mail and
// web addresses are of example.com (RFC 2606), IP addresses of the documentation blocks (RFC 5737, RFC 3849), plates have
// vowels. Passports and secrets have no such mark: theirs are merely drawn. Names and streets: operators/surrogate_names.tsv.
#ifndef TERTULIA_SRC_PRIVACY_SURROGATES_H_
#define TERTULIA_SRC_PRIVACY_SURROGATES_H_

#include <string>
#include <string_view>
#include <vector>

#include "base/digest.h"
#include "privacy/date_value.h"
#include "tertulia/status.h"

namespace tertulia {

class Surrogates {
 public:
  // kNotFound, kInvalidData.
  Status load(const std::string& bundle_dir);
  // A value for `value`, of which `normal` settles what is drawn, with key, scope and attempt. Another `attempt` gives
  // another one. Empty: none can be made. Dates need `dates`; names of persons have their own function.
  [[nodiscard]] std::string make(const Key& key, const std::string& scope, const std::string& type, std::string_view value,
                                 std::string_view normal, std::size_t attempt, const DateReader& dates) const;
  // What stands for one folded word of a name.
  [[nodiscard]] const std::string& name(const Key& key, const std::string& scope, std::string_view word, bool given, std::size_t attempt) const;

 private:
  std::vector<std::string> given_, surnames_, streets_;
};

}  // namespace tertulia

#endif  // TERTULIA_SRC_PRIVACY_SURROGATES_H_
