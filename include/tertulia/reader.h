// A pull stream of conversations from one export.
//
//   auto reader = tertulia::open_reader("chats.jsonl", {});
//   if (!reader.ok()) …
//   for (;;) {
//     auto item = (*reader)->next();
//     if (!item.ok()) { report(item.status()); continue; }   // one bad record; the rest goes on
//     if (!*item) break;                                     // end
//     use(**item);
//   }
//
// A reader belongs to one thread. Memory is bounded by the largest conversation and by
// `ReaderOptions::max_line_bytes`.
#ifndef TERTULIA_READER_H_
#define TERTULIA_READER_H_

#include <cstddef>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "tertulia/export.h"
#include "tertulia/message.h"
#include "tertulia/status.h"

namespace tertulia {

struct ReaderOptions {
  // "jsonl", "csv", "whatsapp", "mbox"; empty: sniffed from the name and the first bytes.
  std::string format;
  // JSON file that says which CSV column holds which field; empty: the columns of the conversation
  // JSON by their own names (conversation, customer, channel, id, at, from, author, text, reply_to).
  std::string column_map;
  // WhatsApp and mail carry no host id: the customer of the whole file. Empty: the one author who is
  // not an agent gives it (his name or address is then the host's id).
  std::string customer;
  // Authors (display names or addresses, compared case-insensitively) who speak for the company.
  std::vector<std::string> agents;
  // Offset of the clock of exports without a zone, in minutes east of UTC.
  int utc_offset_minutes = 0;
  // Longer lines (JSON, CSV records, chat lines, mail parts) are refused with kResourceExhausted.
  std::size_t max_line_bytes = 8u << 20;
  // Conversations with more messages than this are split, never dropped.
  std::size_t max_messages = 10000;
};

// What a reader saw: counts without text. `skipped` maps a reason ("bad json", "system line") to a count.
struct ReadReport {
  std::size_t lines = 0;
  std::size_t conversations = 0;
  std::size_t messages = 0;
  std::size_t repaired_utf8 = 0;  // bytes replaced by U+FFFD
  std::map<std::string, std::size_t> skipped;
  std::vector<std::string> assumptions;  // "day before month", "clock taken as UTC"
};

class Reader {
 public:
  virtual ~Reader() = default;
  Reader(const Reader&) = delete;
  Reader& operator=(const Reader&) = delete;

  // The next conversation; nullopt at the end; a Status for one bad record ("file:line: …"), after
  // which next() goes on with the record behind it.
  virtual Result<std::optional<Conversation>> next() = 0;
  // So far.
  [[nodiscard]] virtual const ReadReport& report() const = 0;

 protected:
  Reader() = default;
};

// Opens one file, or standard input for "-". kNotFound, kUnreadable (a directory, no permission),
// kInvalidData (no known format), kInvalidArgument (unknown format name, bad column map).
[[nodiscard]] TERTULIA_EXPORT Result<std::unique_ptr<Reader>> open_reader(const std::string& path,
                                                                          const ReaderOptions& options);

// The ids that `ReaderOptions::format` accepts, sorted.
[[nodiscard]] TERTULIA_EXPORT std::vector<std::string> reader_formats();

}  // namespace tertulia

#endif  // TERTULIA_READER_H_
