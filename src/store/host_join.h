// The host's own database beside the store: attached read-only, joined by pseudonym, gone afterwards.
//
//   Result<AttachedHost> host = AttachedHost::attach(connection, join, root);
//   run_query(connection, root, now, &host->table());
//
// The pairs of pseudonym and host id live in a database in memory, never in a file, as long as the object does.
// Not inside a transaction (SQLite attaches none there). kNotFound names the file, table or column that is missing.
#ifndef TERTULIA_SRC_STORE_HOST_JOIN_H_
#define TERTULIA_SRC_STORE_HOST_JOIN_H_

#include "segment/query_tree.h"
#include "store/connection.h"
#include "store/query_sql.h"
#include "tertulia/store.h"

namespace tertulia {

class AttachedHost {
 public:
  // `connection` outlives the object and stays where it is.
  static Result<AttachedHost> attach(Connection& connection, const HostJoin& join, const SegmentNode& root);
  AttachedHost(AttachedHost&& other) noexcept;
  AttachedHost& operator=(AttachedHost&&) = delete;
  ~AttachedHost();

  [[nodiscard]] const HostTable& table() const { return table_; }

 private:
  explicit AttachedHost(Connection& connection) : connection_(&connection) {}
  Status read_columns(const HostJoin& join, const SegmentNode& root);
  Status require_unique_key(const HostJoin& join);
  Status fill_identities(const HostJoin& join);

  Connection* connection_;
  HostTable table_;
};

}  // namespace tertulia

#endif  // TERTULIA_SRC_STORE_HOST_JOIN_H_
