// The words of report and panorama in one language, from <bundle>/report/strings.tsv (key, es, en, ca). Immutable.
#ifndef TERTULIA_SRC_ENGINE_REPORT_STRINGS_H_
#define TERTULIA_SRC_ENGINE_REPORT_STRINGS_H_

#include <map>
#include <string>
#include <string_view>

#include "tertulia/status.h"

namespace tertulia {

class ReportStrings {
 public:
  // kInvalidArgument: a language without a column. kNotFound, kInvalidData: of the file. The titles of life events stand
  // in the taxonomy and come from there.
  static Result<ReportStrings> load(const std::string& bundle_dir, const std::string& language);

  // The text of a key; a key without one gives itself, so that a missing word shows and breaks nothing.
  [[nodiscard]] std::string text(std::string_view key) const;
  // The title of an id of a kind ("need", "financing"); an id without one is shown with blanks for its underscores.
  [[nodiscard]] std::string title(std::string_view kind, std::string_view id) const;
  // A cue "planning: presupuesto" with its kind in this language; "rule: home_building planning" wholly.
  [[nodiscard]] std::string cue(std::string_view cue) const;
  // "<10" where a count is between 1 and k - 1.
  [[nodiscard]] static std::string k_safe(long long count, int k);

 private:
  std::map<std::string, std::string, std::less<>> texts_;
};

}  // namespace tertulia

#endif  // TERTULIA_SRC_ENGINE_REPORT_STRINGS_H_
