// The labelled corpus: one JSON line a message (docs/labels.md), one file an author.
#ifndef TERTULIA_SRC_LEARN_CORPUS_H_
#define TERTULIA_SRC_LEARN_CORPUS_H_

#include <map>
#include <string>
#include <vector>

#include "tertulia/status.h"

namespace tertulia {

// An event that is talked of without being active.
struct HeardEvent {
  std::string event, stage, subject, assertion;
};

struct LabelledMessage {
  std::string id, author, lang, channel, text;
  std::map<std::string, std::string> events;  // active ones: event → stage
  std::vector<HeardEvent> heard;
  std::vector<std::string> needs, signals, special, vulnerability;
  std::string sentiment;                      // negative | neutral | positive
  std::string trap;                           // kind, or empty
};

// Every *.jsonl of a directory (or one file), in order of name. kInvalidData names file and line.
[[nodiscard]] Result<std::vector<LabelledMessage>> load_messages(const std::string& path);

}  // namespace tertulia

#endif  // TERTULIA_SRC_LEARN_CORPUS_H_
