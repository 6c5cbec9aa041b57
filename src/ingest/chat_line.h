// One line of a WhatsApp export: its header, its author, and what WhatsApp itself wrote into the text.
#ifndef TERTULIA_SRC_INGEST_CHAT_LINE_H_
#define TERTULIA_SRC_INGEST_CHAT_LINE_H_

#include <cstddef>
#include <string>
#include <string_view>

#include "ingest/export_time.h"
#include "ingest/marks.h"

namespace tertulia {

struct ChatHeader {
  WrittenTime time;
  bool bracket = false;     // "[3/2/26, 10:15:07] " (iOS), else "3/2/26, 10:15 - " (Android)
  std::string_view rest;    // what follows the header

  // Same for all headers of one export: a line of another shape is pasted text.
  [[nodiscard]] int shape() const;
};

[[nodiscard]] bool scan_chat_header(std::string_view line, ChatHeader* out);

// Splits "Ana: hola" into author and text. False: a system line ("Ana cambió el asunto a "Obra: fase 2"").
[[nodiscard]] bool split_author(std::string_view rest, const Marks& marks, std::string_view* author, std::string_view* text);

enum class ChatText { kWords, kMedia, kDeleted, kNotice, kEmpty };
// Takes media marks (a caption stays), the edited suffix and direction marks off a whole message.
[[nodiscard]] ChatText clean_chat_text(std::string_view text, const Marks& marks, std::string* out);

}  // namespace tertulia

#endif  // TERTULIA_SRC_INGEST_CHAT_LINE_H_
