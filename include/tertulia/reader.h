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
// A reader belongs to one thread. It streams: memory is bounded by the largest conversation, by
// `ReaderOptions::max_line_bytes`, and by one id a conversation (jsonl, csv) or one index entry a mail (mbox). CSV,
// WhatsApp and mail files are read twice (day order and grouping are decided over the whole file); when they come through a
// pipe they are held in memory, at most 256 MiB of them.
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
  // {"columns":{"text":"Mensaje",…},"roles":{"Cliente":"customer","Gestor":"agent"},"channel":"chat",
  //  "date_format":"dd/mm/yyyy","delimiter":";"}; every key is optional, date_format says the order of day, month and year.
  std::string column_map;
  // WhatsApp and mail carry no host id: the customer of the whole file. Empty: the one author who is
  // not an agent gives it (his name or address is then the host's id).
  std::string customer;
  // Display name or address of the author who is the customer, when `customer` is an id that the export does not know and
  // more than one author is not an agent. Empty: the author called as `customer`, else the only one who is not an agent.
  std::string customer_author;
  // Authors (display names or addresses, compared without case and accents) who speak for the company; "@banco.example" means
  // every address of that domain. Names with a word of models/ingest/agent_names.tsv need not be listed.
  std::vector<std::string> agents;
  // Offset of the clock of exports without a zone, in minutes east of UTC.
  int utc_offset_minutes = 0;
  // Longer lines (JSON, CSV records, chat lines, mail parts) are refused with kResourceExhausted.
  std::size_t max_line_bytes = 8u << 20;
  // Conversations with more messages than this are split, never dropped: the parts after the first are called "id#2",
  // "id#3", … A CSV whose conversations are interleaved holds at most 16 times as many messages open; the conversation
  // that has been open longest is then split as well.
  std::size_t max_messages = 10000;
  // Directory with whatsapp_marks.tsv, mail_marks.tsv, agent_names.tsv, html_entities.tsv and channels.json that take the
  // place of the compiled-in lists of the same names (those of models/). Files that are not there keep the compiled-in list.
  std::string lists_dir;
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
