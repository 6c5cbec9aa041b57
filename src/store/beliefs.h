// The rule by which evidence becomes belief: a pure function of a set, so that order of arrival, shards and batches do not
// matter. docs/store.md says the same in words.
//
// 1. Evidence stands in order of its own time. A contradiction (not weak, score ≥ 0.5) closes what was affirmed before it
//    in time; what is affirmed at the same moment or later begins anew. Evidence after a closing counts alone.
// 2. An attribute is believed once it has affirming evidence that is not weak. Weak evidence only adds.
// 3. Confidence (before decay) is the noisy-or over conversations of each conversation's best score: ten messages of one
//    conversation are not ten proofs.
// 4. Staged (events): the stage is the furthest among affirming evidence that is not weak and has score ≥ 0.5; where
//    there is none, that of the best score, ties by the later time, then the furthest. Each step forward closes a row
//    ("advanced") and opens the next. Talk of an earlier stage more than a year after "done" is a new undertaking
//    ("completed" closes the old one).
// 5. Latest (facts, opinions): the value of the latest evidence that is not weak, ties by the higher score, then by the
//    value's bytes; another value closes the row ("superseded"). Confidence counts the evidence of that value alone.
// 6. Explicit if any affirming evidence is.
#ifndef TERTULIA_SRC_STORE_BELIEFS_H_
#define TERTULIA_SRC_STORE_BELIEFS_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "tertulia/message.h"

namespace tertulia {

inline constexpr int kFirmScore = 500'000;  // millionths: the least score that moves a stage or contradicts

enum class BeliefRule { kStaged, kPresence, kLatest };
[[nodiscard]] BeliefRule rule_of_kind(std::string_view kind);

// considering 0, planning 1, underway 2, done 3; an unknown word 0.
[[nodiscard]] int stage_rank(std::string_view stage);

struct EvidenceItem {
  Timestamp at = 0;
  std::int64_t conversation = 0;  // only its equality counts
  std::string message;            // settles ties of the explanation
  std::string value;
  int score = 0;                  // millionths
  bool is_explicit = true, contradicts = false, weak = false;
  std::string why;                // JSON array
};

// One row of the table belief, without its key and its known time.
struct BeliefRow {
  std::string value;
  int stage_rank = 0;
  int mass = 0;                   // millionths
  Timestamp valid_from = 0;
  std::optional<Timestamp> valid_to;
  Timestamp first_seen = 0, last_seen = 0;
  std::int64_t evidence_count = 0, conversations = 0;
  bool is_explicit = false;
  std::string why;                // of the evidence with the best score
  std::string closed_reason;      // "" while open
  bool operator==(const BeliefRow&) const = default;
};

// The history of one attribute of one customer, ordered by valid_from; only the last row can be open.
[[nodiscard]] std::vector<BeliefRow> draw_beliefs(BeliefRule rule, std::vector<EvidenceItem> evidence);

}  // namespace tertulia

#endif  // TERTULIA_SRC_STORE_BELIEFS_H_
