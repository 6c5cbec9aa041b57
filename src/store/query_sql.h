// Compiles a segment question to one bound SQL statement over the tables of segments.db, and runs it.
//
// No word of a question ever stands in the SQL text: names and values are bound; host columns are the host's own names
// (HostTable::columns, read from its schema) in double quotes. SQL's NULL is the unknown of three-valued logic, so AND,
// OR and NOT are the database's own. The statement gives customer, pseudonym, and per leaf its verdict and its surest row.
#ifndef TERTULIA_SRC_STORE_QUERY_SQL_H_
#define TERTULIA_SRC_STORE_QUERY_SQL_H_

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "segment/query_tree.h"
#include "store/connection.h"
#include "store/query_eval.h"
#include "tertulia/message.h"

namespace tertulia {

// The host's table as attached (schema "host"), joined by identity.pair(customer, host_id).
struct HostTable {
  std::string table, key;
  std::map<std::string, std::string> columns;  // of the question's name: the host's spelling
};

struct CompiledQuery {
  std::string sql;
  std::vector<std::variant<std::int64_t, double, std::string>> values;  // of ?1, ?2, …
};

// A host leaf needs `host` with its column.
[[nodiscard]] CompiledQuery compile_query(const SegmentNode& root, Timestamp now, const HostTable* host);

struct MatchedCustomer {
  std::int64_t id = 0;
  std::string ref;
  std::vector<LeafAnswer> answers;  // in the order of leaves(root)
};

// Ordered by ref.
[[nodiscard]] Result<std::vector<MatchedCustomer>> run_query(const Connection& connection, const SegmentNode& root,
                                                             Timestamp now, const HostTable* host);

// An SQL identifier in double quotes.
[[nodiscard]] std::string quoted_identifier(std::string_view name);

}  // namespace tertulia

#endif  // TERTULIA_SRC_STORE_QUERY_SQL_H_
