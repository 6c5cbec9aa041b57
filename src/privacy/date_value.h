// A date as somebody wrote it: read to day, month and year, and written anew in the same layout.
//
// Figures in the Spanish order, or ISO's, or (where only that can be) the American one; months by name in Spanish, Catalan,
// Galician, English and Basque; days and years also in words. Lists: lists/date_words.tsv, spoken_numbers.tsv,
// operators/months_written.tsv.
#ifndef TERTULIA_SRC_PRIVACY_DATE_VALUE_H_
#define TERTULIA_SRC_PRIVACY_DATE_VALUE_H_

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "privacy/spoken_digits.h"
#include "tertulia/span.h"
#include "tertulia/status.h"

namespace tertulia {

// Parts that were not said are 0.
struct CivilDate {
  int year = 0, month = 0, day = 0;
};

class DateValue {
 public:
  [[nodiscard]] const CivilDate& date() const noexcept { return date_; }
  // The original with the parts replaced that it had.
  [[nodiscard]] std::string write(const CivilDate& date) const;

 private:
  friend class DateReader;
  struct Part {
    enum class Kind { kDay, kMonth, kYear } kind = Kind::kDay;
    Span span;                                     // of the original
    std::size_t width = 0;                         // figures, at least this many; 0: as many as it needs
    bool short_year = false, capital = false, shout = false;
    const std::vector<std::string>* names = nullptr;  // of months, where it is named; owned by the reader
  };
  std::string original_;
  std::vector<Part> parts_;
  CivilDate date_;
};

// Immutable; DateValues point into it.
class DateReader {
 public:
  // kNotFound, kInvalidData.
  Status load(const std::string& bundle_dir);
  // No date, or one that does not exist: nullopt.
  [[nodiscard]] std::optional<DateValue> read(std::string_view value) const;

 private:
  struct Number;
  std::map<std::string, int, std::less<>> months_, days_;
  std::vector<std::vector<std::string>> written_;  // twelve each
  std::map<std::string, std::size_t> written_row_;  // folded month → row of written_
  SpokenDigits digits_;
};

// `days` later; what has no year or day is counted as in a leap year and in the middle of the month or year.
[[nodiscard]] CivilDate moved(const CivilDate& date, int days);

}  // namespace tertulia

#endif  // TERTULIA_SRC_PRIVACY_DATE_VALUE_H_
