// Header fields of a mail: encoded words, addresses, parameters, dates, message ids.
#ifndef TERTULIA_SRC_INGEST_MAIL_HEADER_H_
#define TERTULIA_SRC_INGEST_MAIL_HEADER_H_

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "tertulia/message.h"

namespace tertulia {

// Decodes the encoded words of RFC 2047 (B and Q) in an unfolded value; raw bytes over 127 are taken as UTF-8 or Windows-1252.
[[nodiscard]] std::string decode_header(std::string_view value, std::size_t* repaired);

struct MailAddress {
  std::string name;     // decoded display name, may be empty
  std::string address;  // lower case, may be empty
};
// At most `most` addresses of a list: `"García, Ana" <ana@x.es>, luis@x.es (Luis)`. Groups are passed over.
[[nodiscard]] std::vector<MailAddress> parse_addresses(std::string_view value, std::size_t most, std::size_t* repaired);

// `text/plain; charset="utf-8"; boundary=x`: the type in lower case, and one parameter.
[[nodiscard]] std::string media_type(std::string_view value);
[[nodiscard]] std::string parameter(std::string_view value, std::string_view name);

// "Mon, 3 Mar 2025 10:12:00 +0100 (CET)" of RFC 5322, section 3.3, with the obsolete zones of section 4.3.
[[nodiscard]] std::optional<Timestamp> parse_mail_date(std::string_view value);

// The ids between angle brackets, without them; the last `most` ones.
[[nodiscard]] std::vector<std::string> message_ids(std::string_view value, std::size_t most);

// RFC 2045, section 6.7 (`header`: the Q encoding of RFC 2047, where _ is a blank) and 6.8; both pass over what is malformed.
[[nodiscard]] std::string decode_quoted_printable(std::string_view text, bool header);
[[nodiscard]] std::string decode_base64(std::string_view text);

}  // namespace tertulia

#endif  // TERTULIA_SRC_INGEST_MAIL_HEADER_H_
