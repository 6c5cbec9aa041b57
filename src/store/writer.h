// Evidence in, beliefs out: the one writer of evidence_row and belief.
//
// Allowed order: begin_run, (add*, commit)*, end_run. Each commit is one transaction, and what it leaves behind depends on
// the set of evidence alone, not on its order nor on how it was cut into commits (within a run).
#ifndef TERTULIA_SRC_STORE_WRITER_H_
#define TERTULIA_SRC_STORE_WRITER_H_

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "store/beliefs.h"
#include "store/connection.h"
#include "tertulia/status.h"
#include "tertulia/store.h"

namespace tertulia {

class Writer {
 public:
  // `connection` outlives the writer and stays where it is.
  explicit Writer(Connection& connection);
  Writer(const Writer&) = delete;
  Writer& operator=(const Writer&) = delete;
  ~Writer();

  // Goes on under the last run when that one has the same input and model and never ended. `now` stands for an
  // info.started of 0.
  Status begin_run(const RunInfo& info, Timestamp now);
  Status add(const MessageEvidence& evidence);
  Result<CommitReport> commit();
  Status end_run(Timestamp now);

  // Replaces half-lives and least confidences; writes nothing when they are as they were.
  Status describe(const std::vector<AttributeInfo>& attributes);

 private:
  struct GroupKey;  // customer, kind, attribute, event: what one belief is of
  struct HeldRow;
  struct Prepared;
  Result<std::int64_t> customer_id(const std::string& ref);
  Result<std::int64_t> conversation_id(std::int64_t customer, const std::string& ref);
  Status insert(const MessageEvidence& message, CommitReport& report);
  Status insert_evidence(std::int64_t customer, std::int64_t conversation, const MessageEvidence& message, CommitReport& report);
  Status read_evidence(const GroupKey& key, std::vector<EvidenceItem>& evidence);
  Status read_held(const GroupKey& key, std::vector<HeldRow>& held);
  Status redraw(CommitReport& report);

  Connection& connection_;
  std::unique_ptr<Prepared> prepared_;
  std::vector<MessageEvidence> buffer_;
  std::optional<std::int64_t> run_;  // id of the open run
  Timestamp known_ = 0;              // sys_from of this run
};

}  // namespace tertulia

#endif  // TERTULIA_SRC_STORE_WRITER_H_
