// The language of a text, by function words and character n-grams: "es", "en", "ca" or "other".
#ifndef TERTULIA_SRC_TEXT_LANGUAGE_ID_H_
#define TERTULIA_SRC_TEXT_LANGUAGE_ID_H_

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "tertulia/status.h"
#include "tertulia/text.h"
#include "text/normalizer.h"

namespace tertulia {

class LanguageId {
 public:
  // Reads function_words.tsv and ngrams.tsv of `language_dir`.
  static Result<LanguageId> load(const std::string& language_dir, const CharTable& chars);

  // Judges the words among `tokens`; `lower` and `folded` hold their forms. Under three words the hint decides, or
  // Spanish, unless the evidence is strong. A text in another script is "other". Looks at the first kMaxWords words.
  [[nodiscard]] std::string_view detect(std::string_view lower, std::string_view folded, const std::vector<Token>& tokens,
                                        std::string_view hint) const;

 private:
  static constexpr std::size_t kLanguages = 12;
  static constexpr std::size_t kMaxWords = 200;
  using Scores = std::array<float, kLanguages>;

  [[nodiscard]] static std::size_t index_of(std::string_view language) noexcept;  // kLanguages when unknown
  void add_words(std::string_view lower, std::string_view folded, Scores& scores) const;
  void add_grams(std::string_view lower, Scores& scores) const;

  CharTable chars_;
  WordMap<Scores> words_;
  // N-grams of up to eight bytes, packed into their key: open addressing, the size a power of two, key 0 for free.
  struct Gram {
    std::uint64_t key = 0;
    std::array<std::int16_t, kLanguages> weights{};
  };
  [[nodiscard]] std::size_t slot_of(std::uint64_t key) const noexcept;  // where the key is, or would be
  std::vector<Gram> grams_;
  std::size_t longest_word_ = 0;
};

}  // namespace tertulia

#endif  // TERTULIA_SRC_TEXT_LANGUAGE_ID_H_
