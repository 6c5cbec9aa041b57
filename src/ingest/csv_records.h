// Records of a CSV file (RFC 4180, with quoted line ends) over a LineSource.
#ifndef TERTULIA_SRC_INGEST_CSV_RECORDS_H_
#define TERTULIA_SRC_INGEST_CSV_RECORDS_H_

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "ingest/line_source.h"

namespace tertulia {

// The delimiter (';', ',' or tab) that stands most often outside of quotes in the first line of `head`; '\0' when none does.
[[nodiscard]] char sniff_delimiter(std::string_view head);

class CsvRecords {
 public:
  enum class Kind { kRecord, kBad, kEnd };
  static constexpr std::size_t kMaxFields = 1024;

  // The source must be seekable. Fields are kept as they are, without the quotes around them and with doubled ones halved.
  CsvRecords(LineSource& source, char delimiter) : source_(&source), delimiter_(delimiter) {}

  // The next record that is not an empty line. A quoted field that is not closed within max_line_bytes or the file spoils its
  // own first line only: reading goes on behind that line (in the first 16 such cases of a file, so that the work stays
  // linear; later ones spoil all that they have swallowed).
  Kind next();
  [[nodiscard]] const std::vector<std::string>& fields() const { return fields_; }
  [[nodiscard]] std::size_t line() const { return line_; }  // where the record begins
  [[nodiscard]] const Status& failure() const { return failure_; }
  void restart();  // after the source was set elsewhere

 private:
  bool add_line(std::string_view line);
  Kind unclosed();

  LineSource* source_;
  char delimiter_;
  std::vector<std::string> fields_;
  std::size_t size_ = 0, line_ = 0;
  int retries_left_ = 16;
  LineSource::Position behind_first_;
  bool in_quotes_ = false, after_quotes_ = false, ended_ = false;
  Status failure_;
};

}  // namespace tertulia

#endif  // TERTULIA_SRC_INGEST_CSV_RECORDS_H_
