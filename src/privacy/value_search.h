// Finds many known values in a text, however they are spelled there: without case, accents and separators.
//
// Serves twice: to hide further mentions of a value before the rewriting, and to prove that none is left after it.
// Aho and Corasick (1975): linear in the values plus the text, whatever their number.
#ifndef TERTULIA_SRC_PRIVACY_VALUE_SEARCH_H_
#define TERTULIA_SRC_PRIVACY_VALUE_SEARCH_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "privacy/scan_text.h"

namespace tertulia {

// How strictly a value is recognised.
enum class ValueMatch {
  kAnyCase,   // "maria lopez" wherever it stands
  kCapital    // only where its first letter is a capital: a surname that is also a word
};

struct ValueHit {
  std::size_t value = 0;  // number that add() was given
  Span span;              // of ScanText::text()
};

class ValueSearch {
 public:
  // Values under three letters, or four characters where there are digits only, are too short to be told and ignored.
  // Values beyond 512 characters are searched by their first 512.
  void add(std::string_view value, std::size_t number, ValueMatch match = ValueMatch::kAnyCase);
  void build();
  // Hits end at borders (no digit goes on beside a digit, no letter beside a letter); between two digits of a value may
  // stand up to three separators. Hits of different values may overlap.
  [[nodiscard]] std::vector<ValueHit> find(const ScanText& scan) const;
  [[nodiscard]] bool empty() const noexcept { return values_.empty(); }

 private:
  struct Node {
    std::uint32_t first_child = 0, sibling = 0, fail = 0, output = 0;  // output: nearest node of a value on the fail path
    std::uint32_t value = 0;                                           // index of values_ + 1
    char byte = 0;
  };
  struct Value {
    std::size_t number = 0;
    std::size_t size = 0, words = 0;
    bool digits = false;
    ValueMatch match = ValueMatch::kAnyCase;
  };
  [[nodiscard]] std::uint32_t child(std::uint32_t node, char byte) const;

  std::vector<Node> nodes_ = std::vector<Node>(1);
  std::vector<Value> values_;
};

}  // namespace tertulia

#endif  // TERTULIA_SRC_PRIVACY_VALUE_SEARCH_H_
