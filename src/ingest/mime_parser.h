// One mail, fed line by line, to its header fields and its text. Attachments pass by without being held.
#ifndef TERTULIA_SRC_INGEST_MIME_PARSER_H_
#define TERTULIA_SRC_INGEST_MIME_PARSER_H_

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ingest/mail_header.h"
#include "tertulia/message.h"

namespace tertulia {

struct ParsedMail {
  std::string message_id;               // without angle brackets, may be empty
  std::vector<std::string> references;  // References, then In-Reply-To; at most 32
  std::string in_reply_to;
  std::string subject;
  std::vector<MailAddress> from, to;    // at most 1 and 16 (To and Cc)
  std::optional<Timestamp> at;          // Date, else the last Received
  std::string plain;                    // inline text/plain parts, decoded; format=flowed is joined
  std::string html;                     // of the first inline text/html part
  bool has_plain = false;
  bool too_large = false;               // a text part was over the limit; plain and html are not complete
  std::size_t attachments = 0;
};

class MimeParser {
 public:
  static constexpr std::size_t kMaxDepth = 16;        // deeper multiparts are passed over
  static constexpr std::size_t kMaxField = 64u << 10; // longer header fields are cut
  static constexpr std::size_t kMaxParts = 1000;      // text parts of one mail

  // With `header_only` the body is passed over.
  MimeParser(std::size_t max_part_bytes, bool header_only) : max_part_bytes_(max_part_bytes), header_only_(header_only) {}

  void line(std::string_view raw);
  // In place of a line that was too long to be held: it spoils a text part, and nothing else.
  void long_line();
  // After the last line; the parser is then as new.
  [[nodiscard]] ParsedMail finish(std::size_t* repaired);

 private:
  enum class State { kHeader, kBody, kSkip };
  struct PartHeader {
    std::string type = "text/plain", charset, encoding, boundary;
    bool flowed = false, delete_space = false, attachment = false;
  };

  void end_field();
  void start_body();
  void end_part();
  bool boundary(std::string_view raw);

  std::size_t max_part_bytes_;
  bool header_only_;
  State state_ = State::kHeader;
  bool top_ = true;                       // the header of the mail itself
  std::string field_;                     // the header field that is being unfolded
  std::string received_, date_;
  PartHeader part_;
  std::vector<std::string> boundaries_;   // of the open multiparts, outermost first
  std::string body_;
  std::size_t parts_ = 0, repaired_ = 0;
  ParsedMail mail_;
};

}  // namespace tertulia

#endif  // TERTULIA_SRC_INGEST_MIME_PARSER_H_
