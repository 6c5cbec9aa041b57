// The list of readers: one constant `<name>_entry` in each src/ingest/readers/<name>.cc.
//
// CMake lists the files (sorted) into generated/readers.inc, so that adding one touches no other file. Each entry carries its
// own test: a sample and what it must yield (tests/ingest/reader_table_test.cc).
#ifndef TERTULIA_SRC_INGEST_READER_TABLE_H_
#define TERTULIA_SRC_INGEST_READER_TABLE_H_

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

#include "ingest/line_source.h"
#include "ingest/marks.h"
#include "tertulia/reader.h"

namespace tertulia {

struct ReaderEntry {
  const char* id;  // "whatsapp": ReaderOptions::format
  // How sure it is, 0…100, by the file's name (folded to lower case) and its first bytes (at most 64 KiB). 0: not mine.
  int (*sniff)(std::string_view name, std::string_view head);
  Result<std::unique_ptr<Reader>> (*open)(std::unique_ptr<LineSource> source, const ReaderOptions& options, Marks marks);
  // A small file of this format, the name it would have, and its conversations as conversation_text() prints them.
  const char* sample_name;
  const char* sample;
  const char* expectation;
};

// All entries, sorted by file name.
[[nodiscard]] const ReaderEntry* const* reader_entries(std::size_t* count) noexcept;

// Opens a source whatever it is made of; open_reader() is this over a file.
[[nodiscard]] Result<std::unique_ptr<Reader>> open_reader(std::unique_ptr<LineSource> source, const ReaderOptions& options);

// One line for the conversation and one a message, for tests and debugging of samples:
//   chat-1 | customer C1 | whatsapp
//     1 2026-02-03T10:15:00Z agent Marta > 0: text with \n for line ends
[[nodiscard]] std::string conversation_text(const Conversation& conversation);

// Name of the file without folders and without the last suffix.
[[nodiscard]] std::string file_stem(const std::string& path);
// "id" for part 0 and 1, "id#2", … for the later ones.
[[nodiscard]] std::string part_id(const std::string& id, std::size_t part);

}  // namespace tertulia

#endif  // TERTULIA_SRC_INGEST_READER_TABLE_H_
