// The stages in their order: anonymizer, special-category guard, detector, mapper. Immutable; any number of threads.
#ifndef TERTULIA_SRC_ENGINE_PIPELINE_H_
#define TERTULIA_SRC_ENGINE_PIPELINE_H_

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "tertulia/engine.h"
#include "tertulia/intent.h"
#include "tertulia/privacy.h"
#include "tertulia/segment.h"
#include "tertulia/store.h"
#include "tertulia/vault.h"

namespace tertulia {

// What one conversation gives to the store.
struct MinedConversation {
  Status status;                          // kLeak, kInvalidData: nothing of the conversation is kept
  std::string customer_ref;
  std::vector<MessageEvidence> evidence;  // one a customer's message, also of those without updates
  std::size_t special_withheld = 0;
};

class Pipeline {
 public:
  static Result<Pipeline> open(const std::string& bundle_dir, const EngineOptions& options);

  // Everything understood of every message; messages of other roles than the customer are anonymized and not read.
  Result<std::vector<Analysis>> analyze(const Conversation& conversation, std::string_view language_hint) const;
  // The first stages alone.
  Result<std::vector<Analysis>> anonymize(const Conversation& conversation, std::string_view language_hint) const;
  // The same with the near misses.
  Result<std::vector<Analysis>> explain(const Conversation& conversation, std::string_view language_hint) const;
  // The evidence of one conversation; `undated` is the time of messages when the conversation has none at all.
  MinedConversation mine(const Conversation& conversation, const Vault& vault, Timestamp undated) const;

 private:
  Pipeline(Anonymizer anonymizer, EventDetector detector, Mapper mapper);
  Anonymizer anonymizer_;
  EventDetector detector_;
  Mapper mapper_;
};

}  // namespace tertulia

#endif  // TERTULIA_SRC_ENGINE_PIPELINE_H_
