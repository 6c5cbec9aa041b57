// Texts with marked names to the weights of the tagger of names (privacy/person_tagger).
#ifndef TERTULIA_SRC_LEARN_NAME_TRAINER_H_
#define TERTULIA_SRC_LEARN_NAME_TRAINER_H_

#include <vector>

#include "learn/labelled_text.h"
#include "privacy/person_tagger.h"
#include "tertulia/text.h"

namespace tertulia {

struct NameTrainerOptions {
  double cost = 0.5;                // liblinear's C
  std::size_t least_count = 2;      // a feature must have been seen so often
  // A word is taken for part of a name from this probability on: a name left in clear weighs more than a word lost.
  double least_probability = 0.35;
};

// Deterministic: the same texts give the same bytes.
[[nodiscard]] NameTagger train_names(const std::vector<LabelledText>& texts, const Analyzer& analyzer, const NameTable& table,
                                     const NameTrainerOptions& options = {});

}  // namespace tertulia

#endif  // TERTULIA_SRC_LEARN_NAME_TRAINER_H_
