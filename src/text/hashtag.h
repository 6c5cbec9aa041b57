// The words inside a hashtag.
#ifndef TERTULIA_SRC_TEXT_HASHTAG_H_
#define TERTULIA_SRC_TEXT_HASHTAG_H_

#include <string_view>
#include <vector>

#include "tertulia/span.h"
#include "text/char_table.h"

namespace tertulia {

// Appends the parts by CamelCase, digits and '_': "#BodaEnMayo2025" → Boda, En, Mayo, 2025; "#HTMLFacil" → HTML, Facil.
// `hashtag` is valid UTF-8 with its '#'; the spans are bytes of it. Linear.
void split_hashtag(std::string_view hashtag, const CharTable& chars, std::vector<Span>& parts);

}  // namespace tertulia

#endif  // TERTULIA_SRC_TEXT_HASHTAG_H_
