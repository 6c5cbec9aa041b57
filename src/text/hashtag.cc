// Splits where lower case meets upper case, before the last capital of a run that goes on in lower case, and where
// letters meet digits. Test: tests/text/hashtag_test.cc.
#include "text/hashtag.h"

#include <unicode/uchar.h>

namespace tertulia {

void split_hashtag(std::string_view hashtag, const CharTable& chars, std::vector<Span>& parts) {
  enum Kind { kNone, kUpper, kLower, kDigit };
  std::size_t begin = 0, last_begin = 0;  // of the part, and of the character before
  Kind last = kNone;
  const auto close = [&](std::size_t end) {
    if (last != kNone && end > begin) parts.push_back({begin, end});
  };
  std::size_t at = hashtag.empty() ? 0 : next_char(hashtag, 0).size;  // the '#'
  begin = at;
  while (at < hashtag.size()) {
    const CodePoint c = next_char(hashtag, at);
    const CharClass k = chars.of(c.value);
    if (k == CharClass::kLetter || k == CharClass::kDigit) {
      const Kind kind = k == CharClass::kDigit ? kDigit : u_isupper(static_cast<UChar32>(c.value)) ? kUpper : kLower;
      std::size_t border = hashtag.size();
      if (last == kNone) {
        begin = at;
      } else if ((kind == kUpper && last == kLower) || (kind == kDigit) != (last == kDigit)) {
        border = at;
      } else if (kind == kLower && last == kUpper && last_begin > begin) {
        border = last_begin;
      }
      if (border != hashtag.size()) {
        close(border);
        begin = border;
      }
      last = kind;
      last_begin = at;
    } else if (k == CharClass::kPunctuation && c.value != 0xB7) {
      close(at);
      last = kNone;
    }
    at += c.size;
  }
  close(hashtag.size());
}

}  // namespace tertulia
