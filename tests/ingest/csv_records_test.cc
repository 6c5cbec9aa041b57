#include "ingest/csv_records.h"

#include <doctest/doctest.h>

using namespace tertulia;

namespace {

// "line:field|field" a record, "line!" for a bad one.
std::string records_of(const std::string& text, char delimiter, std::size_t max = 1000) {
  auto source = LineSource::from_memory(text, "m", max);
  CsvRecords records(*source, delimiter);
  std::string out;
  for (;;) {
    const CsvRecords::Kind kind = records.next();
    if (kind == CsvRecords::Kind::kEnd) return out;
    if (kind == CsvRecords::Kind::kBad) {
      out += records.failure().message() + "\n";
      continue;
    }
    out += std::to_string(records.line()) + ":";
    for (std::size_t i = 0; i < records.fields().size(); ++i) out += (i > 0 ? "|" : "") + records.fields()[i];
    out += "\n";
  }
}

}  // namespace

TEST_CASE("records") {
  struct Row {
    std::string text, records;
  };
  const Row rows[] = {
      {"", ""},
      {"a", "1:a\n"},
      {"a;b\r\n;\n\nc;d", "1:a|b\n2:|\n4:c|d\n"},
      {"\"a;b\";c\n", "1:a;b|c\n"},
      {"\"a\nb\r\nc\";d\ne\n", "1:a\nb\nc|d\n4:e\n"},
      {"\"\"\"x\"\" y\";\"\"\n", "1:\"x\" y|\n"},
      {"5\" pipe;x\n", "1:5\" pipe|x\n"},
      {"\"a\"b;c\n", "1:ab|c\n"},
      {"\"a\"\"\n\";c\n", "1:a\"\n|c\n"},
      {"a;\"b\nc;d\ne;f\n", "m:1: a quoted field is not closed\n2:c|d\n3:e|f\n"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.text);
    CHECK(records_of(row.text, ';') == row.records);
  }
  CHECK(records_of("a\tb;c\n", '\t') == "1:a|b;c\n");
}

TEST_CASE("unclosed quotes cost no more than a fixed number of second looks") {
  std::string text;
  for (int i = 0; i < 20'000; ++i) text += "x;\"open;" + std::to_string(i) + "\";\"\n";  // every line opens one more
  const std::string got = records_of(text, ';', 1u << 20);
  CHECK(!got.empty());
  CHECK(records_of("\"" + std::string(2000, 'x') + "\n\"a\nb\n", ';', 1000).find("m:1: longer than 1000 bytes\n") == 0);
  std::string lines = "\"a";
  for (int i = 0; i < 600; ++i) lines += "\nb";
  CHECK(records_of(lines, ';', 1000).substr(0, 40) == "m:1: a quoted field is not closed\n2:b\n3:");
}

TEST_CASE("too many fields") {
  CHECK(records_of(std::string(5000, ';') + "\na\n", ';', 10'000) == "m:1: more than 1024 fields\n2:a\n");
}

TEST_CASE("delimiters") {
  struct Row {
    const char* head;
    char delimiter;
  };
  const Row rows[] = {{"a;b,c;d\nx,,,,", ';'}, {"a,b", ','}, {"a\tb\tc,d", '\t'}, {"\"a,b,c\";d", ';'}, {"abc", '\0'}, {"", '\0'}, {"sep=|\na|b", '|'}, {"a;b,c", ';'}};
  for (const Row& row : rows) {
    CAPTURE(row.head);
    CHECK(sniff_delimiter(row.head) == row.delimiter);
  }
}
