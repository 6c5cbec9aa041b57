// Texts whose personal data is marked: one JSON line a message (docs/labels.md).
#ifndef TERTULIA_SRC_LEARN_LABELLED_TEXT_H_
#define TERTULIA_SRC_LEARN_LABELLED_TEXT_H_

#include <cstddef>
#include <set>
#include <string>
#include <tuple>
#include <vector>

#include "tertulia/status.h"

namespace tertulia {

using TypedSpan = std::tuple<std::size_t, std::size_t, std::string>;  // begin, end in code points, entity type

struct LabelledText {
  std::string id, lang, channel, text;
  std::string decoy;  // what looks like personal data and is none; empty: nothing does
  std::set<TypedSpan> spans;
};

// The intents' corpus is marked in part: a line without "spans" says nothing of names.
enum class UnmarkedLines { kRefuse, kSkip };

// Every *.jsonl of a directory, or one file. kInvalidData names file and line; kNotFound also when there is none.
[[nodiscard]] Result<std::vector<LabelledText>> load_labelled_texts(const std::string& path, UnmarkedLines unmarked = UnmarkedLines::kRefuse);

}  // namespace tertulia

#endif  // TERTULIA_SRC_LEARN_LABELLED_TEXT_H_
