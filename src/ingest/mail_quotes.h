// A person's own words out of a mail: quotes, signatures and legal notices left out.
#ifndef TERTULIA_SRC_INGEST_MAIL_QUOTES_H_
#define TERTULIA_SRC_INGEST_MAIL_QUOTES_H_

#include <string>
#include <string_view>

#include "ingest/marks.h"

namespace tertulia {

// Leaves out: lines that begin with '>'; the line or lines that announce a quote ("El lun, 3 mar 2025 a las 10:12, X
// escribió:"), with all that follows unless the quote is marked with '>'; what follows an old mail's separator or header
// block, the signature mark "-- " or a legal notice; lines such as "Enviado desde mi iPhone". Linear.
[[nodiscard]] std::string own_words(std::string_view text, const Marks& marks);

// The subject without "Re:", "RV:", "[lista]" and the like; *is_reply tells whether a reply or forward prefix was there.
[[nodiscard]] std::string bare_subject(std::string_view subject, const Marks& marks, bool* is_reply);

}  // namespace tertulia

#endif  // TERTULIA_SRC_INGEST_MAIL_QUOTES_H_
