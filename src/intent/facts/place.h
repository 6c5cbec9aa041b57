// Town, province or country of the project: models/intent/facts/places.tsv (folded name, official name, province or
// country, kind town | province | country | common). `common` names are also plain words and need a capital and a preposition.
#ifndef TERTULIA_SRC_INTENT_FACTS_PLACE_H_
#define TERTULIA_SRC_INTENT_FACTS_PLACE_H_

#include <optional>
#include <string>
#include <vector>

#include "data/lexicon.h"
#include "intent/facts/fact_words.h"
#include "tertulia/finding.h"
#include "tertulia/text.h"

namespace tertulia {

class PlaceReader {
 public:
  static Result<PlaceReader> open(const std::string& facts_dir);
  [[nodiscard]] std::optional<Fact> read(const Document& document, const FactTokens& tokens) const;

 private:
  struct Place {
    std::string name;
    bool town = false, common = false;
  };
  std::vector<Place> places_;
  Lexicon names_;  // label: index of places_
};

}  // namespace tertulia

#endif  // TERTULIA_SRC_INTENT_FACTS_PLACE_H_
