// The text of a mail part: HTML to lines, and the soft line ends of format=flowed.
#ifndef TERTULIA_SRC_INGEST_MAIL_TEXT_H_
#define TERTULIA_SRC_INGEST_MAIL_TEXT_H_

#include <string>
#include <string_view>

#include "ingest/marks.h"

namespace tertulia {

// What a reader would see: blocks as lines, no scripts and styles, entities decoded. Quoted mail (blockquote, and elements whose
// class or id is an html_quote or html_signature mark) is left out. Linear.
[[nodiscard]] std::string html_to_text(std::string_view html, const Marks& marks);

// RFC 3676: joins lines that end in a blank (which goes when `delete_space`) and takes the stuffed blank off.
[[nodiscard]] std::string join_flowed(std::string_view text, bool delete_space);

}  // namespace tertulia

#endif  // TERTULIA_SRC_INGEST_MAIL_TEXT_H_
