// RFC 4180 by one pass over the characters. Lenient where it is harmless: a quote inside of an unquoted field, or text behind a
// closing quote, is kept as it stands. Test: tests/ingest/csv_records_test.cc.
#include "ingest/csv_records.h"

namespace tertulia {

char sniff_delimiter(std::string_view head) {
  head = head.substr(0, head.find('\n'));
  if (head.size() >= 5 && (head.substr(0, 4) == "sep=" || head.substr(0, 4) == "SEP=")) return head[4];
  std::size_t counts[3] = {0, 0, 0};
  constexpr char delimiters[3] = {';', ',', '\t'};
  bool in_quotes = false;
  for (const char c : head) {
    if (c == '"') in_quotes = !in_quotes;
    for (int i = 0; i < 3; ++i) counts[i] += !in_quotes && c == delimiters[i];
  }
  int best = 0;
  for (int i = 1; i < 3; ++i) {
    if (counts[i] > counts[best]) best = i;
  }
  return counts[best] > 0 ? delimiters[best] : '\0';
}

void CsvRecords::restart() {
  ended_ = false;
  retries_left_ = 16;
}

CsvRecords::Kind CsvRecords::next() {
  for (;;) {
    if (ended_) return Kind::kEnd;
    fields_.assign(1, {});
    size_ = 0;
    in_quotes_ = after_quotes_ = false;
    bool begun = false;
    for (;;) {
      const LineKind kind = source_->next();
      if (kind == LineKind::kEnd || kind == LineKind::kFailed) {
        ended_ = true;
        if (kind == LineKind::kFailed) {
          failure_ = source_->failure();
          return Kind::kBad;
        }
        return begun ? unclosed() : Kind::kEnd;
      }
      if (!begun) line_ = source_->number();
      if (kind == LineKind::kTooLong) {
        if (begun) return unclosed();
        failure_ = source_->failure();
        return Kind::kBad;
      }
      const std::string_view text = source_->line();
      if (!begun) {
        behind_first_ = source_->after_line();
        if (text.empty()) break;
      }
      begun = true;
      if (!add_line(text)) {
        failure_ = Status(StatusCode::kInvalidData, source_->where(line_) + ": more than " + std::to_string(kMaxFields) + " fields");
        return Kind::kBad;
      }
      if (!in_quotes_) return Kind::kRecord;
      size_ += text.size() + 1;
      if (size_ > source_->max_line_bytes()) return unclosed();
      fields_.back() += '\n';
    }
  }
}

// Adds one line to the record. False: too many fields.
bool CsvRecords::add_line(std::string_view line) {
  for (std::size_t at = 0; at < line.size(); ++at) {
    const char c = line[at];
    if (in_quotes_) {
      if (c != '"') {
        fields_.back() += c;
      } else if (at + 1 < line.size() && line[at + 1] == '"') {
        fields_.back() += '"';
        ++at;
      } else {
        in_quotes_ = false;
        after_quotes_ = true;
      }
    } else if (c == delimiter_) {
      if (fields_.size() == kMaxFields) return false;
      fields_.emplace_back();
      after_quotes_ = false;
    } else if (c == '"' && fields_.back().empty() && !after_quotes_) {
      in_quotes_ = true;
    } else {
      fields_.back() += c;
    }
  }
  return true;
}

CsvRecords::Kind CsvRecords::unclosed() {
  failure_ = Status(StatusCode::kInvalidData, source_->where(line_) + ": a quoted field is not closed");
  if (retries_left_ > 0) {
    --retries_left_;
    ended_ = false;
    if (const Status status = source_->seek(behind_first_); !status.ok()) {
      failure_ = status;
      ended_ = true;
    }
  }
  return Kind::kBad;
}

}  // namespace tertulia
