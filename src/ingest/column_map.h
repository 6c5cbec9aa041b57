// Which CSV column holds which field, and what its words mean.
#ifndef TERTULIA_SRC_INGEST_COLUMN_MAP_H_
#define TERTULIA_SRC_INGEST_COLUMN_MAP_H_

#include <array>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ingest/export_time.h"
#include "tertulia/message.h"
#include "tertulia/status.h"

namespace tertulia {

enum class Column { kConversation, kCustomer, kChannel, kId, kAt, kFrom, kAuthor, kText, kReplyTo };
inline constexpr std::size_t kColumns = 9;
// Name of the field in the map, and of the column where the map does not say: "conversation", "customer", …
[[nodiscard]] const char* column_name(Column column);

class ColumnMap {
 public:
  // `path` empty: columns by their own names. kNotFound, kInvalidArgument (an unknown key, field, role or date format).
  static Result<ColumnMap> load(const std::string& path);

  // Finds the columns in the header. kInvalidData names a column that is missing; conversation and text are needed, and any
  // that the map names.
  Status bind(const std::vector<std::string>& header, const std::string& where);
  // nullptr when the file has no such column or the record ends before it.
  [[nodiscard]] const std::string* cell(const std::vector<std::string>& record, Column column) const;
  [[nodiscard]] bool has(Column column) const { return index_[static_cast<std::size_t>(column)].has_value(); }
  // By the map, else by our own names of roles; compared folded.
  [[nodiscard]] bool role(std::string_view word, Role* role) const;

  [[nodiscard]] const std::string& channel() const { return channel_; }
  [[nodiscard]] std::optional<DayOrder> day_order() const { return day_order_; }
  [[nodiscard]] char delimiter() const { return delimiter_; }  // '\0': sniff

 private:
  std::array<std::string, kColumns> names_;
  std::array<std::optional<std::size_t>, kColumns> index_;
  std::map<std::string, Role, std::less<>> roles_;
  std::string channel_;
  std::optional<DayOrder> day_order_;
  char delimiter_ = '\0';
};

// "1,23E+17": a long number that a spreadsheet has rounded. It is no id any more.
[[nodiscard]] bool is_rounded_number(std::string_view cell);
// The cell without the quote that exports put before = + - @ so that a spreadsheet does not run it.
[[nodiscard]] std::string_view without_formula_guard(std::string_view cell);

}  // namespace tertulia

#endif  // TERTULIA_SRC_INGEST_COLUMN_MAP_H_
