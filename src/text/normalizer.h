// The two forms of a token: lower (NFC, accents kept) and folded (accents off but ñ and ç), and the word lists that
// stand behind the folded one (chat spellings, emoji, emoticons).
#ifndef TERTULIA_SRC_TEXT_NORMALIZER_H_
#define TERTULIA_SRC_TEXT_NORMALIZER_H_

#include <array>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "tertulia/status.h"
#include "text/char_table.h"

namespace tertulia {

// A hash that lets maps of strings be asked with views.
struct WordHash {
  using is_transparent = void;
  std::size_t operator()(std::string_view word) const noexcept { return std::hash<std::string_view>{}(word); }
};
template <typename Value>
using WordMap = std::unordered_map<std::string, Value, WordHash, std::equal_to<>>;

// Bytes of a token that are looked at; the rest of a longer one has no normalised form.
inline constexpr std::size_t kMaxTokenBytes = 256;

class Normalizer {
 public:
  // Builds the folding tables from ICU and reads slang.tsv, emoji.tsv and emoticons.tsv of `text_dir`.
  static Result<Normalizer> load(const std::string& text_dir);

  // Each appends to both strings. Words also lose elongation ("Holaaa" → "holaa") and laughter ("jajajaj" → "jaja").
  void append_word(std::string_view raw, std::string& lower, std::string& folded) const;
  // Case, accents and digits only: numbers, addresses, handles.
  void append_plain(std::string_view raw, std::string& lower, std::string& folded) const;
  // Marks: quotes and dashes in their ASCII form, runs cut to three.
  void append_mark(std::string_view raw, std::string& lower, std::string& folded) const;
  // folded: its word of emoji.tsv, the digit of a keycap, or "emoji".
  void append_emoji(std::string_view raw, std::string& lower, std::string& folded) const;
  // folded: its word of emoticons.tsv, or "emoticono".
  void append_emoticon(std::string_view raw, std::string& lower, std::string& folded) const;
  // folded: the type in lower case without its number, "⟨person⟩", so that a reader learns types and not counts.
  void append_placeholder(std::string_view raw, std::string& lower, std::string& folded) const;

  // What a folded word stands for in chat of that language, or empty. `beside_number`: the token before is a number
  // or touches one ("200k" is not "200 que").
  [[nodiscard]] std::string_view expansion(std::string_view folded, std::string_view language, bool beside_number) const;

  [[nodiscard]] const CharTable& chars() const noexcept { return chars_; }
  // The forms of emoticons.tsv, for the tokenizer.
  [[nodiscard]] const WordMap<std::string>& emoticons() const noexcept { return emoticons_; }

 private:
  struct Slang {
    std::string word;
    std::string languages;  // " es ca "
    bool not_by_number;
  };
  // One character after NFC and case, and after folding; kept side by side while elongation is cut.
  struct Letter {
    char32_t lower, folded;
  };
  class Letters;

  Status build_tables();
  Status read_lists(const std::string& text_dir);
  // `word`: '@' is a gendered ending, a dot the middle dot of "l·l".
  void add(std::string_view raw, bool word, Letters& letters) const;
  bool add_composed(std::string_view raw, Letters& letters) const;
  void add_plain(std::string_view raw, bool word, Letters& letters) const;
  [[nodiscard]] Letter fold(char32_t c) const noexcept;
  [[nodiscard]] bool needs_composing(std::string_view raw) const noexcept;

  static constexpr char32_t kTable = 0x250;
  CharTable chars_;
  std::array<char32_t, kTable> lower_of_{}, folded_of_{};
  WordMap<std::vector<Slang>> slang_;
  std::size_t longest_slang_ = 0;
  WordMap<std::string> emoji_, emoticons_;
};

}  // namespace tertulia

#endif  // TERTULIA_SRC_TEXT_NORMALIZER_H_
