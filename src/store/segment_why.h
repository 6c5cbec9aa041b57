// Why a customer belongs to a segment, in words: one line a leaf that bears the verdict, as in
// "construye su casa: fase planificación, confianza 0,93 (parcela, arquitecto)".
// The sentences are models/segments/why.tsv, the names models/segments/titles.tsv, both built into the library. A line
// holds names of the taxonomy, words of the model's vocabulary, kept facts and the question itself; no host value.
#ifndef TERTULIA_SRC_STORE_SEGMENT_WHY_H_
#define TERTULIA_SRC_STORE_SEGMENT_WHY_H_

#include <string>
#include <string_view>
#include <vector>

#include "store/query_eval.h"
#include "tertulia/status.h"

namespace tertulia {

// kInvalidArgument: a language without sentences; names those there are.
[[nodiscard]] Result<std::vector<std::string>> why_lines(const Explained& root, std::string_view language);
// The languages of the tables, in their order.
[[nodiscard]] std::vector<std::string> why_languages();

}  // namespace tertulia

#endif  // TERTULIA_SRC_STORE_SEGMENT_WHY_H_
