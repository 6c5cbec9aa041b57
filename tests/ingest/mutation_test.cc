// The samples of all readers, changed by a seeded generator: no crash, no hang, valid UTF-8 and non-empty ids whatever comes.
#include <doctest/doctest.h>

#include <filesystem>
#include <random>
#include <set>
#include <string>
#include <vector>

#include "base/utf8.h"
#include "data/json_file.h"
#include "reading.h"

using namespace tertulia;

namespace {

class Mutator {
 public:
  explicit Mutator(std::vector<std::string> seeds) : seeds_(std::move(seeds)) {}

  std::string next() {
    std::string text = seeds_[below(seeds_.size())];
    for (std::size_t changes = 1 + below(8); changes > 0 && !text.empty(); --changes) {
      const std::size_t at = below(text.size()), size = below(40);
      switch (below(8)) {
        case 0: text[at] = static_cast<char>(below(256)); break;
        case 1: text.erase(at, size); break;
        case 2: text.insert(at, text.substr(below(text.size()), size)); break;
        case 3: text.insert(at, kTokens[below(std::size(kTokens))]); break;
        case 4: text.resize(at); break;
        case 5: text[at] = static_cast<char>(text[at] ^ (1 << below(8))); break;
        case 6: text.insert(at, size * 20, text[at]); break;
        default: {
          const std::string& other = seeds_[below(seeds_.size())];
          text.insert(at, other, below(other.size()), size * 4);
        }
      }
    }
    return text;
  }
  // Not std::uniform_int_distribution: its numbers differ between libraries.
  std::size_t below(std::size_t bound) { return static_cast<std::size_t>(random_()) % bound; }

 private:
  static constexpr const char* kTokens[] = {"\"", "\n", "\r\n", "{", "}", "[", "]", "\\u0000", "\\ud800", ":", ": ", " - ", "\xEF\xBB\xBF", "\xE2\x80\x8E",
                                            "--b", "=?utf-8?B?", "?=", "From ", "\nFrom x Mon Mar  3 10:12:00 2025\n", "<blockquote>", "<!--", "&#", ";", ",,", "1,23E+17",
                                            "31/12/99, 25:61 - ", "Content-Type: multipart/mixed; boundary=b\n\n--b\n", "Content-Transfer-Encoding: base64\n", "\n\n", "> ", "-- \n"};
  std::vector<std::string> seeds_;
  std::mt19937_64 random_{20260302};
};

}  // namespace

TEST_CASE("5,000 broken files") {
  std::vector<std::string> seeds;
  std::size_t count = 0;
  const ReaderEntry* const* entries = reader_entries(&count);
  for (std::size_t i = 0; i < count; ++i) seeds.emplace_back(entries[i]->sample);
  const std::string dir = std::string(TERTULIA_SOURCE_DIR) + "/tests/data/ingest";
  std::set<std::string> files;  // sorted: directories have no order
  for (const auto& file : std::filesystem::directory_iterator(dir)) files.insert(file.path().string());
  for (const std::string& file : files) seeds.push_back(read_file(file).value());

  Mutator mutator(seeds);
  std::size_t conversations = 0, errors = 0;
  for (int i = 0; i < 5000; ++i) {
    ReaderOptions options;
    options.max_line_bytes = 4096;
    options.max_messages = 1 + mutator.below(4);
    if (mutator.below(4) > 0) options.format = entries[mutator.below(count)]->id;
    if (mutator.below(2) > 0) options.customer = "H";
    const std::string text = mutator.next();
    CAPTURE(i);
    Result<std::unique_ptr<Reader>> reader = open_reader(LineSource::from_memory(text, "m.txt", options.max_line_bytes), options);
    if (!reader.ok()) {
      ++errors;
      continue;
    }
    std::size_t calls = 0, messages = 0, found = 0;
    for (;; ++calls) {
      REQUIRE(calls <= text.size() + 10);  // else it would never end
      Result<std::optional<Conversation>> item = (*reader)->next();
      if (!item.ok()) {
        ++errors;
        continue;
      }
      if (!*item) break;
      const Conversation& conversation = **item;
      ++found;
      messages += conversation.messages.size();
      REQUIRE(!conversation.id.empty());
      REQUIRE(!conversation.customer.empty());
      REQUIRE(is_valid_utf8(conversation.id + conversation.customer));
      REQUIRE(!conversation.messages.empty());
      REQUIRE(conversation.messages.size() <= options.max_messages);
      std::set<std::string> ids;
      for (const Message& message : conversation.messages) {
        REQUIRE(!message.id.empty());
        REQUIRE(ids.insert(message.id).second);
        REQUIRE(is_valid_utf8(message.text));
        REQUIRE(is_valid_utf8(message.author + message.id + message.reply_to));
        REQUIRE(message.text.find('\0') == std::string::npos);
      }
    }
    REQUIRE((*reader)->report().messages == messages);
    REQUIRE((*reader)->report().conversations == found);
    conversations += found;
  }
  // The generator must neither break everything nor nothing.
  CHECK(conversations > 1000);
  CHECK(errors > 1000);
}
