// Bytes of a declared charset to UTF-8.
#ifndef TERTULIA_SRC_INGEST_CHARSET_H_
#define TERTULIA_SRC_INGEST_CHARSET_H_

#include <cstddef>
#include <string>
#include <string_view>

namespace tertulia {

// NUL bytes, which no later stage should meet, become U+FFFD and are added to *repaired.
[[nodiscard]] std::string replace_nul(std::string text, std::size_t* repaired);

// The 5 bytes that Windows-1252 leaves undefined become U+FFFD and are added to *repaired.
[[nodiscard]] std::string windows_1252_to_utf8(std::string_view bytes, std::size_t* repaired);

// Text of a mail part. Charsets lie: what is called us-ascii, latin1 or nothing at all is taken as UTF-8 when it is valid
// UTF-8, else as Windows-1252 (WHATWG Encoding Standard, 4.2, gives both Latin-1 labels to windows-1252). A charset that ICU does
// not know is treated the same way. The answer is valid UTF-8 without NUL bytes.
[[nodiscard]] std::string to_utf8(std::string_view bytes, std::string_view charset, std::size_t* repaired);

}  // namespace tertulia

#endif  // TERTULIA_SRC_INGEST_CHARSET_H_
