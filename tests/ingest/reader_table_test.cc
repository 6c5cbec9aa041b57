#include "ingest/reader_table.h"

#include <doctest/doctest.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <string>

#include "data/json_file.h"
#include "reading.h"

using namespace tertulia;

namespace {

const std::string kSamples = std::string(TERTULIA_SOURCE_DIR) + "/tests/data/ingest/";

// Paths in errors would differ from machine to machine.
std::string without(std::string text, const std::string& part) {
  for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at)) text.erase(at, part.size());
  return text;
}

std::string fresh_dir() {
  std::string name = std::filesystem::temp_directory_path().string() + "/tertulia-ingest-XXXXXX";
  REQUIRE(mkdtemp(name.data()) != nullptr);
  return name;
}

}  // namespace

TEST_CASE("every entry's sample yields its expectation, sniffed and named") {
  std::size_t count = 0;
  const ReaderEntry* const* entries = reader_entries(&count);
  REQUIRE(count >= 4);
  for (std::size_t i = 0; i < count; ++i) {
    const ReaderEntry& entry = *entries[i];
    CAPTURE(entry.id);
    const Reading sniffed = read_text(entry.sample, entry.sample_name, {});
    CHECK(sniffed.text == entry.expectation);
    CHECK(sniffed.errors == "");
    ReaderOptions options;
    options.format = entry.id;
    CHECK(read_text(entry.sample, entry.sample_name, options).text == entry.expectation);
    for (std::size_t j = 0; j < count; ++j) {
      if (i != j) CHECK(entries[j]->sniff(entry.sample_name, entry.sample) < entry.sniff(entry.sample_name, entry.sample));
    }
    // Messages of one conversation, split at every limit, are the same messages.
    for (std::size_t most = 1; most < 4; ++most) {
      ReaderOptions split;
      split.max_messages = most;
      const Reading parts = read_text(entry.sample, entry.sample_name, split);
      CHECK(parts.report.messages == sniffed.report.messages);
      CHECK(parts.report.conversations >= sniffed.report.conversations);
    }
  }
}

TEST_CASE("sample files") {
  struct Row {
    const char* file;
    const char* column_map;
  };
  const Row rows[] = {{"android_12h.txt", ""}, {"excel.csv", "excel_columns.json"}, {"outlook.eml", ""}, {"bandeja.mbox", ""}};
  for (const Row& row : rows) {
    CAPTURE(row.file);
    ReaderOptions options;
    if (*row.column_map != '\0') options.column_map = kSamples + row.column_map;
    const Reading reading = read_all(open_reader(kSamples + row.file, options));
    CHECK(reading.text + without(reading.errors, kSamples) == read_file(kSamples + row.file + ".expected").value());
  }
}

TEST_CASE("an iOS chat is called by its first message, since every one is _chat.txt") {
  const Reading reading = read_all(open_reader(kSamples + "_chat.txt", {}));
  CHECK(reading.errors == "");
  CHECK(reading.text.substr(0, 6) == "_chat-");
  CHECK(reading.text.substr(18) ==
        " | customer Iker | whatsapp\n"
        "  2026-02-03T10:15:09Z/1 2026-02-03T10:15:09Z customer Iker: ¿Me podéis llamar?\n"
        "  2026-02-03T10:16:00Z/1 2026-02-03T10:16:00Z agent Banco Sur: Claro\n"
        "  2026-02-03T10:17:00Z/1 2026-02-03T10:17:00Z customer Iker: 600 €, más o menos\n"
        "  2026-02-14T08:00:00Z/1 2026-02-14T08:00:00Z customer Iker: ok:\n");
}

TEST_CASE("what cannot be opened says why") {
  const std::string dir = fresh_dir();
  const std::string empty = dir + "/empty.txt", odd = dir + "/odd.bin";
  std::fclose(std::fopen(empty.c_str(), "w"));
  std::FILE* file = std::fopen(odd.c_str(), "w");
  std::fputs("nothing known\nat all\n", file);
  std::fclose(file);
  CHECK(open_reader(dir, {}).status().code() == StatusCode::kUnreadable);
  CHECK(open_reader(dir + "/none.jsonl", {}).status().code() == StatusCode::kNotFound);
  CHECK(open_reader(odd, {}).status().code() == StatusCode::kInvalidData);
  ReaderOptions options;
  options.format = "fax";
  CHECK(open_reader(odd, options).status().code() == StatusCode::kInvalidArgument);
  options = {};
  options.max_messages = 0;
  CHECK(open_reader(odd, options).status().code() == StatusCode::kInvalidArgument);
  for (const std::string& format : reader_formats()) {
    options = {};
    options.format = format;
    const Reading reading = read_all(open_reader(empty, options));
    CHECK(reading.opened);
    CHECK(reading.text + reading.errors == "");
    CHECK(reading.report.conversations == 0);
  }
  if (geteuid() != 0) {
    std::filesystem::permissions(odd, std::filesystem::perms::none);
    CHECK(open_reader(odd, {}).status().code() == StatusCode::kUnreadable);
  }
  std::filesystem::remove_all(dir);
}

TEST_CASE("formats and names") {
  CHECK(reader_formats() == std::vector<std::string>{"csv", "jsonl", "mbox", "whatsapp"});
  CHECK(file_stem("/a/b.c/Chat de Ana.txt") == "Chat de Ana");
  CHECK(file_stem("x.tar.gz") == "x.tar");
  CHECK(file_stem(".hidden") == ".hidden");
  CHECK(part_id("c", 1) == "c");
  CHECK(part_id("c", 2) == "c#2");
}

TEST_CASE("lists of a directory take the place of those compiled in") {
  const std::string dir = fresh_dir();
  std::FILE* file = std::fopen((dir + "/agent_names.tsv").c_str(), "w");
  std::fputs("panadería\n", file);
  std::fclose(file);
  ReaderOptions options;
  options.lists_dir = dir;
  const std::string chat = "13/2/26, 10:15 - Ana: hola\n13/2/26, 10:16 - Panaderia Pepe: dígame\n";
  CHECK(read_text(chat, "c.txt", options).text ==
        "c | customer Ana | whatsapp\n"
        "  2026-02-13T10:15:00Z/1 2026-02-13T10:15:00Z customer Ana: hola\n"
        "  2026-02-13T10:16:00Z/1 2026-02-13T10:16:00Z agent Panaderia Pepe: dígame\n");
  CHECK(read_text(chat, "c.txt", {}).errors.find("2 authors are not known as agents") != std::string::npos);
  file = std::fopen((dir + "/mail_marks.tsv").c_str(), "w");
  std::fputs("# comment\nsignature\t\n", file);
  std::fclose(file);
  CHECK(open_reader(LineSource::from_memory(chat, "c.txt", 1000), options).status().message() ==
        dir + "/mail_marks.tsv:2: expected a kind and a phrase");
  std::filesystem::remove_all(dir);
}
