// The one owner of segments.db: evidence in, beliefs and segments out.
//
// Evidence is append-only and keyed, so that the same message twice changes nothing. Beliefs are drawn from the
// whole evidence of a customer whatever its order of arrival, capped per conversation, and kept with valid time and
// known time. No text, no name and no host id is ever written. Hosts read the views of docs/store.md with plain SQL.
// One writer at a time (others get kBusy after the busy timeout); a Store belongs to one thread.
#ifndef TERTULIA_STORE_H_
#define TERTULIA_STORE_H_

#include <cstddef>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "tertulia/export.h"
#include "tertulia/message.h"
#include "tertulia/segment.h"
#include "tertulia/status.h"

namespace tertulia {

struct StoreOptions {
  bool create = true;
  bool read_only = false;
  int busy_timeout_ms = 5000;
  // The moment that "now" means in everything computed at read; absent: the clock of the machine.
  std::optional<Timestamp> now;
};

// What belongs to every row that one run writes.
struct RunInfo {
  std::string source;         // digest of the input's bytes
  std::string model;          // sha256 of the bundle manifest
  std::string engine_version;
  std::string purpose = "profiling";
  std::string legal_basis = "unspecified";
  Timestamp started = 0;
};

// The evidence of one message. All keys are pseudonyms of the vault.
struct MessageEvidence {
  std::string customer_ref;
  std::string conversation_ref;
  std::string message_ref;
  std::string channel;
  std::string language;
  Timestamp at = 0;
  std::vector<AttributeUpdate> updates;
};

struct CommitReport {
  std::size_t messages_new = 0, messages_known = 0;
  std::size_t evidence_new = 0;
  std::size_t beliefs_opened = 0, beliefs_changed = 0, beliefs_closed = 0;
};

// One row of an ad-hoc query, all values as text.
struct Table {
  std::vector<std::string> columns;
  std::vector<std::vector<std::optional<std::string>>> rows;
};

// Where the host keeps its own columns, for segments with `host` terms.
struct HostJoin {
  std::string database;   // path of the host's SQLite file, attached read-only as "host"
  std::string table;      // "customer"
  std::string key;        // column with the host's customer id
  // (customer_ref, host id) as the vault knows them.
  std::vector<std::pair<std::string, std::string>> identities;
};

struct SegmentMember {
  std::string customer_ref;
  Timestamp since = 0;
  double confidence = 0;
  std::vector<std::string> why;   // one line a leaf of the question that holds, in the asked language
};

class TERTULIA_EXPORT Store {
 public:
  // kUnsupportedVersion: made by a newer library. kInvalidData: not a database, or another program's.
  static Result<Store> open(const std::string& path, const StoreOptions& options);
  Store(Store&&) noexcept;
  Store& operator=(Store&&) noexcept;
  ~Store();

  // Tells half-lives and least confidences (Mapper::attributes). Once after open is enough; writes only what differs.
  // An attribute that nobody described has a half-life of 365 days.
  Status describe(const std::vector<AttributeInfo>& attributes);

  // --- writing: begin_run, add*, commit* (each commit is one transaction), end_run ---
  // Goes on under the last run when that one had the same source, model and purpose and never ended (it was killed).
  Status begin_run(const RunInfo& run);
  // Buffered; also for messages without updates (they count as seen). kInvalidArgument: an empty key, a score that is no
  // number, or a value over 256 bytes.
  Status add(const MessageEvidence& evidence);
  // Evidence and the beliefs of the customers touched, or nothing at all: kBusy, kResourceExhausted on a full disk. The
  // buffer outlives a failure, so that commit can be called again.
  Result<CommitReport> commit();
  Status end_run();                              // commits what is still buffered

  // --- segments ---
  Status define(const Segment& segment);         // replaces a definition of the same id
  Result<std::vector<Segment>> segments() const;
  // Evaluates a stored segment now, records entering and leaving in segment_member and segment_event.
  Result<std::vector<SegmentMember>> refresh(const std::string& segment_id, const std::string& language,
                                             const HostJoin* host = nullptr);
  // Evaluates a question without recording anything.
  Result<std::vector<SegmentMember>> members(const SegmentQuery& where, const std::string& language,
                                             const HostJoin* host = nullptr) const;

  // --- reading ---
  // One SELECT, read-only whatever it says; kInvalidArgument for anything that would write.
  Result<Table> query(const std::string& sql) const;

 private:
  struct Impl;
  explicit Store(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace tertulia

#endif  // TERTULIA_STORE_H_
