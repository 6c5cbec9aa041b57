// Folding by a table for U+0000..024F that is generated from ICU at load (lower case, canonical decomposition, marks
// dropped but for ñ and ç); what lies beyond goes through ICU's normaliser, a token at a time. Elongation is cut by
// letter class, not by bytes: three and more of one letter, whatever its case or accent, become two (pysentimiento and
// ekphrasis do the same on ASCII). Test: tests/text/normalizer_test.cc.
#include "text/normalizer.h"

#include <unicode/uchar.h>
#include <unicode/unorm2.h>
#include <unicode/ustring.h>

#include <algorithm>

#include "base/utf8.h"
#include "data/table_file.h"

namespace tertulia {
namespace {

constexpr char32_t kEnye = 0xF1, kCedilla = 0xE7;
constexpr char32_t kVariation15 = 0xFE0E, kVariation16 = 0xFE0F, kKeycap = 0x20E3;
constexpr std::size_t kMaxMarks = 3;  // "!!!!!!" says no more than "!!!"

bool is_skin_tone(char32_t c) { return c >= 0x1F3FB && c <= 0x1F3FF; }
bool is_vowel(char32_t c) { return c == 'a' || c == 'e' || c == 'i' || c == 'o' || c == 'u'; }
bool is_ascii_letter(unsigned char c) { return static_cast<unsigned char>((c | 0x20) - 'a') < 26; }

std::string_view head(std::string_view raw) {
  if (raw.size() <= kMaxTokenBytes) return raw;
  std::size_t end = kMaxTokenBytes;
  while ((static_cast<unsigned char>(raw[end]) & 0xC0u) == 0x80u) --end;
  return raw.substr(0, end);
}

// The cluster without variation selectors and skin tones: the key of emoji.tsv.
std::string emoji_key(std::string_view raw) {
  std::string key;
  for (std::size_t at = 0; at < raw.size();) {
    const CodePoint c = next_char(raw, at);
    if (c.value != kVariation15 && c.value != kVariation16 && !is_skin_tone(c.value)) key.append(raw.substr(at, c.size));
    at += c.size;
  }
  return key;
}

// The mark that a keyboard without typography would write, or 0.
char32_t plain_mark(char32_t c) {
  switch (c) {
    case 0x201C: case 0x201D: case 0x201E: case 0xAB: case 0xBB: case 0x2033: return '"';
    case 0x2018: case 0x2019: case 0x201A: case 0xB4: case 0x60: case 0x2032: case 0x2BC: return '\'';
    case 0x2010: case 0x2011: case 0x2012: case 0x2013: case 0x2014: case 0x2015: case 0x2212: return '-';
    default: return c >= 0xFF01 && c <= 0xFF5E ? c - 0xFEE0 : 0;  // full-width
  }
}

bool is_apostrophe(char32_t c) { return c == '\'' || c == 0x2019 || c == 0x2BC || c == 0x2018; }

// Full-width, mathematical and ligature letters are letters in fancy dress.
bool is_compatibility_form(char32_t c) {
  return (c >= 0xFF01 && c <= 0xFFEF) || (c >= 0x1D400 && c <= 0x1D7FF) || (c >= 0xFB00 && c <= 0xFB06) ||
         (c >= 0x2100 && c <= 0x214F);
}

}  // namespace

// A word as characters; at most kMaxTokenBytes of them.
class Normalizer::Letters {
 public:
  void add(char32_t lower, char32_t folded) {
    if (count_ < kMaxTokenBytes) items_[count_++] = {lower, folded};
  }
  void append_to(std::string& lower, std::string& folded) const {
    for (std::size_t i = 0; i < count_; ++i) {
      append_utf8(items_[i].lower, lower);
      if (items_[i].folded != 0) append_utf8(items_[i].folded, folded);
    }
  }

  void cut_elongation(bool upper_case) {
    if (upper_case && is_roman_numeral()) return;
    std::size_t kept = 0, run = 0;
    char32_t last = 0;
    for (std::size_t i = 0; i < count_; ++i) {
      const char32_t c = items_[i].folded;
      if (c != 0) {
        run = c == last ? run + 1 : 1;
        last = c;
      }
      const bool letter = c >= 'a' && c != 0xB7;
      if (!letter || run <= 2) items_[kept++] = items_[i];
    }
    count_ = kept;
  }

  // "jajaja", "ajajaj", "jjajajja", "hahaha", "jajsjaja": two syllables of it.
  void cut_laughter() {
    if (count_ < 4) return;
    char32_t consonant = 0, vowel = 0, last = 0;
    std::size_t runs = 0;
    bool noise = false;
    for (std::size_t i = 0; i < count_; ++i) {
      const char32_t c = items_[i].folded;
      if (c == 0) continue;
      if (is_vowel(c)) {
        if (vowel == 0) vowel = c;
        if (vowel != c) return;
      } else if (c == 'j' || c == 'h') {
        if (consonant == 0) consonant = c;
      } else if (c == 's' || c == 'k' || c == 'd' || c == 'x') {
        noise = true;
        if (runs < 3) return;
      } else {
        return;
      }
      if (c != last) ++runs;
      last = c;
    }
    if (consonant == 0 || vowel == 0 || runs < (noise ? 5u : 4u)) return;
    count_ = 0;
    for (int i = 0; i < 2; ++i) {
      add(consonant, consonant);
      add(vowel, vowel);
    }
  }

 private:
  // "VIII", "XXIII": the three strokes mean three.
  [[nodiscard]] bool is_roman_numeral() const {
    std::size_t run = 0;
    for (std::size_t i = 0; i < count_; ++i) {
      const char32_t c = items_[i].folded;
      if (c != 'i' && c != 'v' && c != 'x' && c != 'l' && c != 'c' && c != 'd' && c != 'm') return false;
      run = i > 0 && items_[i - 1].folded == c ? run + 1 : 1;
      if (run > 3) return false;
    }
    return true;
  }

  std::array<Letter, kMaxTokenBytes> items_;
  std::size_t count_ = 0;
};

Result<Normalizer> Normalizer::load(const std::string& text_dir) {
  Normalizer normalizer;
  Result<CharTable> chars = CharTable::build();
  if (!chars.ok()) return chars.status();
  normalizer.chars_ = std::move(*chars);
  if (Status status = normalizer.build_tables(); !status.ok()) return status;
  if (Status status = normalizer.read_lists(text_dir); !status.ok()) return status;
  return normalizer;
}

Status Normalizer::build_tables() {
  UErrorCode error = U_ZERO_ERROR;
  const UNormalizer2* nfd = unorm2_getNFDInstance(&error);
  if (U_FAILURE(error)) return Status(StatusCode::kInternal, std::string("ICU NFD: ") + u_errorName(error));
  for (char32_t c = 0; c < kTable; ++c) {
    const auto lower = static_cast<char32_t>(u_tolower(static_cast<UChar32>(c)));
    char32_t folded = lower;
    if (lower != kEnye && lower != kCedilla) {
      UChar parts[8];
      UErrorCode miss = U_ZERO_ERROR;
      const std::int32_t length = unorm2_getDecomposition(nfd, static_cast<UChar32>(lower), parts, 8, &miss);
      if (U_SUCCESS(miss) && length > 0) folded = parts[0];
    }
    lower_of_[c] = lower;
    folded_of_[c] = folded;
  }
  folded_of_[0xB2] = '2';
  folded_of_[0xB3] = '3';
  folded_of_[0xB9] = '1';
  return {};
}

Status Normalizer::read_lists(const std::string& text_dir) {
  const std::string slang_path = text_dir + "/slang.tsv";
  Result<std::vector<TableRow>> slang = load_table(slang_path, 3, 4);
  if (!slang.ok()) return slang.status();
  for (const TableRow& row : *slang) {
    const std::string& form = row.fields[0];
    const std::string& word = row.fields[1];
    const std::string where = slang_path + ":" + std::to_string(row.line) + ": ";
    if (form.empty() || word.empty() || word.find(' ') != std::string::npos) {
      return Status(StatusCode::kInvalidData, where + "expected one form and one word without blanks");
    }
    if (row.fields.size() == 4 && row.fields[3] != "not_by_number") {
      return Status(StatusCode::kInvalidData, where + "the fourth field is 'not_by_number' or absent");
    }
    slang_[form].push_back({word, " " + row.fields[2] + " ", row.fields.size() == 4});
    longest_slang_ = std::max(longest_slang_, form.size());
  }
  const auto read_words = [&](const char* name, WordMap<std::string>& into, bool emoji) -> Status {
    const std::string path = text_dir + "/" + name;
    Result<std::vector<TableRow>> rows = load_table(path, 2, 2);
    if (!rows.ok()) return rows.status();
    for (const TableRow& row : *rows) {
      const std::string key = emoji && is_valid_utf8(row.fields[0]) ? emoji_key(row.fields[0]) : row.fields[0];
      if (!is_valid_utf8(key) || key.empty() || row.fields[1].empty() || !into.emplace(key, row.fields[1]).second) {
        return Status(StatusCode::kInvalidData, path + ":" + std::to_string(row.line) + ": expected a new sign and its word");
      }
    }
    return {};
  };
  if (Status status = read_words("emoji.tsv", emoji_, true); !status.ok()) return status;
  return read_words("emoticons.tsv", emoticons_, false);
}

Normalizer::Letter Normalizer::fold(char32_t c) const noexcept {
  if (c < kTable) return {lower_of_[c], folded_of_[c]};
  if (chars_.of(c) == CharClass::kMark) return {c, u_getCombiningClass(static_cast<UChar32>(c)) != 0 || c == kVariation16 ? 0 : c};
  const auto lower = static_cast<char32_t>(u_tolower(static_cast<UChar32>(c)));
  if (const std::int32_t digit = u_charDigitValue(static_cast<UChar32>(c)); digit >= 0) {
    const auto ascii = static_cast<char32_t>('0' + digit);
    return chars_.of(c) == CharClass::kDigit ? Letter{ascii, ascii} : Letter{lower, ascii};
  }
  if (lower < kTable) return {lower_of_[lower], folded_of_[lower]};
  UErrorCode error = U_ZERO_ERROR;
  const UNormalizer2* nfd = unorm2_getNFDInstance(&error);
  UChar parts[8];
  const std::int32_t length = unorm2_getDecomposition(nfd, static_cast<UChar32>(lower), parts, 8, &error);
  if (U_FAILURE(error) || length < 2) return {lower, lower};
  UChar32 base = 0;
  std::int32_t at = 0;
  U16_NEXT(parts, at, length, base);
  while (at < length) {
    UChar32 mark = 0;
    U16_NEXT(parts, at, length, mark);
    if (u_getCombiningClass(mark) == 0) return {lower, lower};  // Hangul and others: not an accented letter
  }
  return {lower, static_cast<char32_t>(base)};
}

void Normalizer::add_plain(std::string_view raw, bool word, Letters& letters) const {
  for (std::size_t at = 0; at < raw.size();) {
    const CodePoint c = next_char(raw, at);
    at += c.size;
    if (is_apostrophe(c.value)) {
      letters.add('\'', '\'');
    } else if (word && c.value == '@') {
      letters.add('@', 'o');
    } else if (word && c.value == '.') {
      letters.add(0xB7, 0xB7);
    } else if (c.value < kTable) {
      if (c.value != 0xAD) letters.add(lower_of_[c.value], folded_of_[c.value]);
    } else if (chars_.of(c.value) != CharClass::kIgnorable) {
      const Letter letter = fold(c.value);
      letters.add(letter.lower, letter.folded);
    }
  }
}

bool Normalizer::needs_composing(std::string_view raw) const noexcept {
  for (std::size_t at = 0; at < raw.size();) {
    const CodePoint c = next_char(raw, at);
    at += c.size;
    if (c.value >= 0x300 && (is_compatibility_form(c.value) || chars_.of(c.value) == CharClass::kMark)) return true;
  }
  return false;
}

bool Normalizer::add_composed(std::string_view raw, Letters& letters) const {
  UErrorCode error = U_ZERO_ERROR;
  const UNormalizer2* nfc = unorm2_getNFCInstance(&error);
  const UNormalizer2* nfkc = unorm2_getNFKCInstance(&error);
  UChar wide[kMaxTokenBytes];
  std::int32_t wide_size = 0;
  // Zero-width characters go before composition: they would keep a letter from its accent.
  std::string visible;
  for (std::size_t at = 0; at < raw.size();) {
    const CodePoint c = next_char(raw, at);
    if (chars_.of(c.value) != CharClass::kIgnorable) visible.append(raw.substr(at, c.size));
    at += c.size;
  }
  u_strFromUTF8(wide, kMaxTokenBytes, &wide_size, visible.data(), static_cast<std::int32_t>(visible.size()), &error);
  UChar composed[3 * kMaxTokenBytes];  // NFC grows UTF-16 at most threefold (Unicode, UAX 15)
  const std::int32_t size = unorm2_normalize(nfc, wide, wide_size, composed, 3 * kMaxTokenBytes, &error);
  if (U_FAILURE(error)) return false;
  for (std::int32_t at = 0; at < size;) {
    UChar32 c = 0;
    U16_NEXT(composed, at, size, c);
    const auto point = static_cast<char32_t>(c);
    UChar parts[8];
    UErrorCode miss = U_ZERO_ERROR;
    const std::int32_t length = is_compatibility_form(point) ? unorm2_getDecomposition(nfkc, c, parts, 8, &miss) : -1;
    if (length <= 0 || U_FAILURE(miss)) {
      const Letter letter = is_apostrophe(point) ? Letter{'\'', '\''} : fold(point);
      letters.add(letter.lower, letter.folded);
      continue;
    }
    for (std::int32_t i = 0; i < length;) {
      U16_NEXT(parts, i, length, c);
      const Letter letter = fold(static_cast<char32_t>(c));
      letters.add(letter.lower, letter.folded);
    }
  }
  return true;
}

void Normalizer::add(std::string_view raw, bool word, Letters& letters) const {
  if (!needs_composing(raw) || !add_composed(raw, letters)) add_plain(raw, word, letters);
}

void Normalizer::append_word(std::string_view raw, std::string& lower, std::string& folded) const {
  raw = head(raw);
  // Plain ASCII without a triple and no candidate of laughter: copied as it is.
  bool plain = true, upper_case = true;
  unsigned char last = 0;
  std::size_t run = 0;
  for (const char ch : raw) {
    const auto c = static_cast<unsigned char>(ch);
    const auto small = static_cast<unsigned char>(c | 0x20);
    run = small == last ? run + 1 : 1;
    last = small;
    upper_case = upper_case && c >= 'A' && c <= 'Z';
    if (!is_ascii_letter(c) || run > 2) plain = false;
  }
  const auto is_laugh = [](char c) { return (c | 0x20) == 'j' || (c | 0x20) == 'h'; };
  if (plain && raw.size() >= 4 && (is_laugh(raw[0]) || is_laugh(raw[1])) && (is_laugh(raw[2]) || is_laugh(raw[3]))) plain = false;
  if (plain) {
    const std::size_t begin = lower.size();
    lower.append(raw);
    for (std::size_t i = begin; i < lower.size(); ++i) lower[i] = static_cast<char>(lower[i] | 0x20);
    folded.append(lower, begin, std::string::npos);
    return;
  }
  Letters letters;
  add(raw, true, letters);
  letters.cut_laughter();
  letters.cut_elongation(upper_case);
  letters.append_to(lower, folded);
}

void Normalizer::append_plain(std::string_view raw, std::string& lower, std::string& folded) const {
  Letters letters;
  add(head(raw), false, letters);
  letters.append_to(lower, folded);
}

void Normalizer::append_mark(std::string_view raw, std::string& lower, std::string& folded) const {
  const CodePoint first = next_char(raw, 0);
  const std::string_view kept = raw.substr(0, kMaxMarks * first.size);
  lower.append(kept);
  if (first.value == 0x2026) {
    folded.append("...");
  } else if (const char32_t plain = plain_mark(first.value); plain != 0) {
    for (std::size_t at = 0; at < kept.size(); at += first.size) append_utf8(plain, folded);
  } else {
    folded.append(kept);
  }
}

void Normalizer::append_emoji(std::string_view raw, std::string& lower, std::string& folded) const {
  raw = head(raw);
  lower.append(raw);
  if (raw.size() > 3 && next_char(raw, raw.size() - 3).value == kKeycap) {
    folded += raw.front();
    return;
  }
  auto found = emoji_.find(raw);
  if (found == emoji_.end() && raw.size() > 3) {
    found = emoji_.find(emoji_key(raw));
    if (found == emoji_.end()) found = emoji_.find(raw.substr(0, next_char(raw, 0).size));
  }
  folded.append(found == emoji_.end() ? std::string_view("emoji") : std::string_view(found->second));
}

void Normalizer::append_emoticon(std::string_view raw, std::string& lower, std::string& folded) const {
  raw = head(raw);
  lower.append(raw);
  // The tokenizer lets the last character repeat: ":)))" is ":)".
  auto found = emoticons_.find(raw);
  for (std::size_t size = raw.size(); found == emoticons_.end() && size > 2; --size) found = emoticons_.find(raw.substr(0, size - 1));
  folded.append(found == emoticons_.end() ? std::string_view("emoticono") : std::string_view(found->second));
}

void Normalizer::append_placeholder(std::string_view raw, std::string& lower, std::string& folded) const {
  lower.append(raw);
  std::string_view type = raw.substr(0, raw.size() - 3);  // without the closing bracket
  if (const std::size_t colon = type.find_first_of(":#"); colon != std::string_view::npos) {
    type = type.substr(0, colon);
  } else if (const std::size_t last = type.find_last_not_of("0123456789"); last != std::string_view::npos && type[last] == '_') {
    type = type.substr(0, last);
  }
  for (const char c : type) folded += c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c;
  append_utf8(0x27E9, folded);
}

std::string_view Normalizer::expansion(std::string_view folded, std::string_view language, bool beside_number) const {
  if (folded.empty() || folded.size() > longest_slang_) return {};
  const auto found = slang_.find(folded);
  if (found == slang_.end()) return {};
  for (const Slang& slang : found->second) {
    if (slang.not_by_number && beside_number) continue;
    const std::size_t at = slang.languages.find(language);
    if (at == std::string::npos || language.empty()) continue;
    if (slang.languages[at - 1] == ' ' && slang.languages[at + language.size()] == ' ') return slang.word;
  }
  return {};
}

}  // namespace tertulia
