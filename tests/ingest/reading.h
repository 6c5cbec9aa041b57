// Reads a whole export of a test into text.
#ifndef TERTULIA_TESTS_INGEST_READING_H_
#define TERTULIA_TESTS_INGEST_READING_H_

#include <string>

#include "ingest/reader_table.h"

struct Reading {
  std::string text;    // conversation_text() of each
  std::string errors;  // one message a line, an error of opening too
  tertulia::ReadReport report;
  bool opened = false;
  std::size_t calls = 0;
};

inline Reading read_all(tertulia::Result<std::unique_ptr<tertulia::Reader>> reader) {
  Reading out;
  if (!reader.ok()) {
    out.errors = reader.status().message() + "\n";
    return out;
  }
  out.opened = true;
  for (;; ++out.calls) {
    tertulia::Result<std::optional<tertulia::Conversation>> item = (*reader)->next();
    if (!item.ok()) {
      out.errors += item.status().message() + "\n";
      continue;
    }
    if (!*item) break;
    out.text += tertulia::conversation_text(**item);
  }
  out.report = (*reader)->report();
  return out;
}

inline Reading read_text(const std::string& bytes, const std::string& name, const tertulia::ReaderOptions& options) {
  return read_all(tertulia::open_reader(tertulia::LineSource::from_memory(bytes, name, options.max_line_bytes), options));
}

#endif  // TERTULIA_TESTS_INGEST_READING_H_
