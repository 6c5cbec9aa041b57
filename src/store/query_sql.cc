// Each leaf becomes one correlated scalar subquery (1, 0 or NULL), each inner node one expression around those of its
// parts, so the text grows linearly with the tree. Where some belief must be open for the root to be true, the customers
// to look at come from the index of open beliefs instead of the whole table. Test: tests/store/query_sql_test.cc
// (random trees on random data against query_eval).
#include "store/query_sql.h"

#include <rapidjson/document.h>

#include <algorithm>
#include <optional>
#include <utility>

#include "store/schema.h"

namespace tertulia {
namespace {

// Confidence after decay of row b under attribute a; ?1 is now. As decayed() in query_eval, operation for operation.
constexpr std::string_view kHalfLife = "(a.half_life_days * 86400000000)";
std::string decayed_sql() {
  const std::string h(kHalfLife);
  const std::string part = "(CAST((?1 - b.last_seen) % " + h + " AS REAL) / " + h + ")";
  return "(CASE WHEN ?1 <= b.last_seen THEN b.mass / 1e6 WHEN (?1 - b.last_seen) / " + h + " >= 60 THEN 0.0 "
         "ELSE CAST(CAST(b.mass AS REAL) / (1 << ((?1 - b.last_seen) / " + h + ")) * "
         "(1.0 - " + part + " / 2 + " + part + " * (1.0 - " + part + ") * (0.03962 * " + part + " - 0.19168)) + 0.5 AS INTEGER) / 1e6 END)";
}

// A value kept as text that is_number_text() takes for a number.
constexpr std::string_view kIsNumber =
    "(length(b.value) BETWEEN 1 AND 15 AND b.value NOT GLOB '*[^0-9.-]*' AND b.value GLOB '*[0-9]' "
    "AND substr(b.value, 2) NOT GLOB '*-*' AND b.value NOT GLOB '*.*.*')";

constexpr std::string_view kCounts = "b.sys_to IS NULL AND (b.valid_to IS NULL OR b.closed_reason = 'contradicted')";

// The belief leaves of which one must have an open row for the node to be true; absent: no such set.
std::optional<std::vector<const SegmentNode*>> anchors(const SegmentNode& node) {
  if (asks_beliefs(node.kind)) return std::vector<const SegmentNode*>{&node};
  std::optional<std::vector<const SegmentNode*>> out;
  if (node.kind == NodeKind::kAll) {
    for (const SegmentNode& child : node.children) {
      auto found = anchors(child);
      if (found && (!out || found->size() < out->size())) out = std::move(found);
    }
  } else if (node.kind == NodeKind::kAny || node.kind == NodeKind::kAtLeast) {
    out.emplace();
    for (const SegmentNode& child : node.children) {
      const auto found = anchors(child);
      if (!found) return std::nullopt;
      out->insert(out->end(), found->begin(), found->end());
    }
  }
  return out;
}

constexpr int kMaxWeight = 8;

class Compiler {
 public:
  Compiler(const SegmentNode& root, Timestamp now, const HostTable* host) : root_(root), host_(host) {
    query_.values.emplace_back(now);
    for (const SegmentNode* leaf : leaves(root)) {
      if (leaf->kind == NodeKind::kHost) host_column(leaf->name);
    }
  }

  CompiledQuery compile() {
    std::string with = "WITH candidate AS MATERIALIZED " + candidates_sql();
    from_ = "\nFROM candidate k JOIN customer c ON c.id = k.id";
    if (!columns_.empty()) {
      with += ",\nhosted AS MATERIALIZED (SELECT i.customer AS id";
      for (std::size_t i = 0; i < columns_.size(); ++i) {
        with += ", h." + quoted_identifier(host_->columns.at(columns_[i])) + " AS c" + std::to_string(i);
      }
      with += " FROM identity.pair i JOIN host." + quoted_identifier(host_->table) + " h ON h." +
              quoted_identifier(host_->key) + " = i.host_id)";
      from_ += " LEFT JOIN hosted h ON h.id = k.id";
    }
    const std::string condition = node_sql(root_, 0);
    std::string columns;
    for (const Leaf& leaf : leaves_) columns += ",\n  " + leaf.verdict + ",\n  " + leaf.row;
    // ?1 stands here too, for a question that asks nothing of time.
    query_.sql = with + cuts_ + "\nSELECT c.id, c.ref" + columns + from_ + "\nWHERE ?1 IS NOT NULL AND " + condition + "\nORDER BY c.ref";
    return std::move(query_);
  }

 private:
  struct Leaf {
    std::string verdict, row;
  };

  std::string bind(std::string_view text) { return parameter(std::string(text)); }
  template <typename T>
  std::string parameter(T value) {
    query_.values.emplace_back(std::move(value));
    return "?" + std::to_string(query_.values.size());
  }
  std::string whole(std::int64_t value) { return parameter(value); }
  std::string days_ago(std::int64_t days) { return "(?1 - " + whole(days * kDayMicros) + ")"; }

  std::string host_column(const std::string& name) {
    const auto found = std::find(columns_.begin(), columns_.end(), name);
    const auto index = static_cast<std::size_t>(found - columns_.begin());
    if (found == columns_.end()) columns_.push_back(name);
    return "h.c" + std::to_string(index);
  }

  std::string candidates_sql() {
    const auto found = anchors(root_);
    // Beyond a few hundred parts of a UNION the table is as good (and SQLite's limit is 500).
    if (!found || found->size() > 64) return "(SELECT id FROM customer)";
    std::string sql;
    for (const SegmentNode* leaf : *found) {
      if (!sql.empty()) sql += " UNION ";
      sql += "SELECT b.customer AS id FROM belief b WHERE b.kind = " + bind(belief_kind(leaf->kind));
      if (leaf->kind != NodeKind::kOpinion) sql += " AND b.attribute = " + bind(leaf->name);
      sql += " AND b.valid_to IS NULL AND b.sys_to IS NULL";
    }
    return "(SELECT DISTINCT id FROM (" + sql + "))";
  }

  // As deep as the checked tree. Leaves come in the order of leaves(). SQLite's parser has a stack of 100 entries: what
  // nests deeper than `weight` allows becomes a table expression of its own, beside the others.
  std::string node_sql(const SegmentNode& node, int weight) {
    if (is_leaf(node.kind)) {
      leaves_.push_back(leaf_sql(node));
      return leaves_.back().verdict;
    }
    if (weight > kMaxWeight) {
      const std::string inside = node_sql(node, 0);
      const std::string name = "cut" + std::to_string(cut_count_++);
      cuts_ += ",\n" + name + " AS MATERIALIZED (SELECT k.id AS id, " + inside + " AS v" + from_ + ")";
      return "(SELECT x.v FROM " + name + " x WHERE x.id = k.id)";
    }
    const int inner = weight + (node.kind == NodeKind::kAtLeast ? 4 : 1);  // about three entries of the stack each
    switch (node.kind) {
      case NodeKind::kAll: return joined(node, " AND ", inner);
      case NodeKind::kAny: return joined(node, " OR ", inner);
      case NodeKind::kNot: return "(NOT " + node_sql(node.children.front(), inner) + ")";
      case NodeKind::kAbsent: return "(" + node_sql(node.children.front(), inner) + " IS NULL)";
      default: break;
    }
    std::string parts;
    for (const SegmentNode& child : node.children) {
      const bool first = parts.empty();
      parts += (first ? "SELECT " : " UNION ALL SELECT ") + node_sql(child, inner) + (first ? " AS v" : "");
    }
    const std::string k = whole(node.number);
    return "(SELECT CASE WHEN total(t.v) >= " + k + " THEN 1 WHEN total(t.v) + sum(t.v IS NULL) < " + k + " THEN 0 END FROM (" +
           parts + ") t)";
  }

  std::string joined(const SegmentNode& node, std::string_view joint, int weight) {
    std::string out = "(";
    for (const SegmentNode& child : node.children) {
      if (out.size() > 1) out += joint;
      out += node_sql(child, weight);
    }
    return out + ")";
  }

  Leaf leaf_sql(const SegmentNode& leaf) {
    switch (leaf.kind) {
      case NodeKind::kConsented: return {consent_sql(leaf), "NULL"};
      case NodeKind::kHost: return {host_sql(leaf), "NULL"};
      case NodeKind::kRandomBucket: return {bucket_sql(leaf), "NULL"};
      default: return belief_sql(leaf);
    }
  }

  Leaf belief_sql(const SegmentNode& leaf) {
    std::string rows = "FROM belief b JOIN attribute a ON a.kind = b.kind AND a.id = b.attribute WHERE b.customer = k.id AND b.kind = " +
                       bind(belief_kind(leaf.kind));
    if (leaf.kind != NodeKind::kOpinion) rows += " AND b.attribute = " + bind(leaf.name);
    rows += " AND " + std::string(kCounts);
    const std::string verdict = row_sql(leaf);
    return {"(SELECT CASE WHEN max(t.v) = 1 THEN 1 WHEN count(*) > 0 AND count(t.v) = count(*) THEN 0 END FROM (SELECT " +
                verdict + " AS v " + rows + ") t)",
            "(SELECT json_array(b.attribute, b.event, b.value, " + decayed_sql() +
                " , b.first_seen, b.last_seen, b.evidence_count, b.explicit, b.why) " + rows + " AND " + verdict + " = 1 ORDER BY " +
                decayed_sql() + " DESC, b.event, b.attribute LIMIT 1)"};
  }

  // 1, 0 or NULL of one row.
  std::string row_sql(const SegmentNode& leaf) {
    std::string out = "(b.valid_to IS NULL";
    if (!leaf.stage.empty()) {
      out += " AND CASE b.value";
      for (int i = 1; i <= kStages; ++i) out += " WHEN '" + std::string(stage_name(i)) + "' THEN " + std::to_string(i);
      out += std::string(" END ") + (leaf.stage_or_later ? ">= " : "= ") + whole(stage_order(leaf.stage));
    }
    if (leaf.kind == NodeKind::kOpinion) out += " AND b.value = " + bind(leaf.name);
    if (leaf.kind == NodeKind::kFact) out += " AND " + fact_sql(leaf);
    if (leaf.kind == NodeKind::kHasBeen) out += " AND nullif(b.first_seen, 0) <= " + days_ago(leaf.number);
    if (leaf.count) out += " AND b.evidence_count >= " + whole(*leaf.count);
    if (leaf.confidence) out += " AND CASE WHEN " + decayed_sql() + " >= " + parameter(*leaf.confidence) + " THEN 1 END";
    if (leaf.seen_within_days) out += " AND nullif(b.last_seen, 0) >= " + days_ago(*leaf.seen_within_days);
    if (leaf.is_explicit) out += " AND b.explicit = 1";
    return out + ")";
  }

  std::string fact_sql(const SegmentNode& leaf) {
    const QueryValue& value = leaf.values.front();
    if (const auto* text = std::get_if<std::string>(&value)) return "b.value = " + bind(*text);
    // Both sides are read by the same CAST, so equal decimals are equal numbers.
    return "CASE WHEN " + std::string(kIsNumber) + " THEN CAST(b.value AS REAL) " + std::string(compare_symbol(leaf.compare)) +
           " CAST(" + bind(number_text(std::get<double>(value))) + " AS REAL) END";
  }

  std::string consent_sql(const SegmentNode& leaf) {
    const std::string purpose = bind(leaf.name), channel = bind(leaf.channel);
    const std::string mine = "e.customer = k.id AND e.purpose = " + purpose + " AND (" + channel + " = '' OR e.channel IN ('', " + channel + "))";
    return "(CASE WHEN EXISTS(SELECT 1 FROM consent_event e WHERE " + mine +
           " AND e.action IN ('given', 'renewed') AND (e.expires IS NULL OR e.expires > ?1) AND NOT EXISTS("
           "SELECT 1 FROM consent_event l WHERE l.customer = e.customer AND l.purpose = e.purpose AND (l.at, l.id) > (e.at, e.id) "
           "AND l.channel IN ('', e.channel, " + channel + "))) THEN 1 "
           "WHEN EXISTS(SELECT 1 FROM consent_event e WHERE " + mine + ") THEN 0 END)";
  }

  std::string host_sql(const SegmentNode& leaf) {
    const std::string column = host_column(leaf.name);
    if (leaf.compare == Compare::kIsNull) {
      return "(CASE WHEN h.id IS NOT NULL THEN typeof(" + column + ") IN ('null', 'blob') END)";
    }
    std::string numbers, texts;
    for (const QueryValue& value : leaf.values) {
      const auto* text = std::get_if<std::string>(&value);
      std::string& list = text != nullptr ? texts : numbers;
      list += (list.empty() ? "" : ", ") + (text != nullptr ? bind(*text) : parameter(std::get<double>(value)));
    }
    const std::string symbol(leaf.compare == Compare::kIn ? "IN" : compare_symbol(leaf.compare));
    const auto right = [&](const std::string& list) { return leaf.compare == Compare::kIn ? "(" + list + ")" : list; };
    std::string out = "(CASE typeof(" + column + ")";
    if (!numbers.empty()) {
      for (const char* type : {"integer", "real"}) out += std::string(" WHEN '") + type + "' THEN +" + column + " " + symbol + " " + right(numbers);
    }
    if (!texts.empty()) out += " WHEN 'text' THEN +" + column + " COLLATE BINARY " + symbol + " " + right(texts);
    return out + " END)";
  }

  std::string bucket_sql(const SegmentNode& leaf) {
    std::string number;
    for (int i = 0; i < kBucketDigits; ++i) {
      const std::string digit = "max(instr('0123456789abcdef', nullif(substr(c.ref, " + std::to_string(i + 1) + ", 1), '')) - 1, 0)";
      number += (i > 0 ? " + " : "") + ("coalesce(" + digit + ", 0) * " + std::to_string(std::int64_t{1} << (4 * (kBucketDigits - 1 - i))));
    }
    const BucketFactors factors = bucket_factors(leaf.name);
    const std::string prime = std::to_string(kBucketPrime);
    return "(((" + number + ") % " + prime + " * " + whole(factors.multiply) + " + " + whole(factors.add) + ") % " + prime + " % " +
           whole(leaf.number) + " BETWEEN " + whole(leaf.first_bucket) + " AND " + whole(leaf.last_bucket) + ")";
  }

  const SegmentNode& root_;
  const HostTable* host_;
  CompiledQuery query_;
  std::vector<Leaf> leaves_;
  std::string from_, cuts_;
  int cut_count_ = 0;
  std::vector<std::string> columns_;  // the question's names of host columns; hosted.c0, c1, …
};

Verdict verdict_of(const Statement& row, int column) {
  if (row.is_null(column)) return Verdict::kUnknown;
  return row.integer(column) != 0 ? Verdict::kTrue : Verdict::kFalse;
}

// Of the JSON array that belief_sql makes.
std::optional<LeafRow> leaf_row(std::string_view json) {
  rapidjson::Document row;
  row.Parse(json.data(), json.size());
  if (row.HasParseError() || !row.IsArray() || row.Size() != 9) return std::nullopt;
  const auto text = [&](rapidjson::SizeType i) { return std::string(row[i].GetString(), row[i].GetStringLength()); };
  return LeafRow{text(0), text(1), text(2), row[3].GetDouble(), row[4].GetInt64(), row[5].GetInt64(), row[6].GetInt64(),
                 row[7].GetInt64() != 0, text(8)};
}

}  // namespace

std::string quoted_identifier(std::string_view name) {
  std::string out = "\"";
  for (const char c : name) {
    if (c == '"') out += '"';
    out += c;
  }
  return out + '"';
}

CompiledQuery compile_query(const SegmentNode& root, Timestamp now, const HostTable* host) {
  return Compiler(root, now, host).compile();
}

Result<std::vector<MatchedCustomer>> run_query(const Connection& connection, const SegmentNode& root, Timestamp now,
                                               const HostTable* host) {
  const CompiledQuery query = compile_query(root, now, host);
  Result<Statement> statement = connection.prepare(query.sql);
  if (!statement.ok()) return statement.status();
  for (std::size_t i = 0; i < query.values.size(); ++i) {
    std::visit([&](const auto& value) { statement->bind(static_cast<int>(i + 1), value); }, query.values[i]);
  }
  const std::size_t leaf_count = leaves(root).size();
  std::vector<MatchedCustomer> out;
  for (;;) {
    const Result<bool> row = statement->step();
    if (!row.ok()) return row.status();
    if (!*row) return out;
    MatchedCustomer& customer = out.emplace_back();
    customer.id = statement->integer(0);
    customer.ref = statement->text(1);
    for (std::size_t i = 0; i < leaf_count; ++i) {
      const int column = static_cast<int>(2 + 2 * i);
      LeafAnswer& answer = customer.answers.emplace_back();
      answer.verdict = verdict_of(*statement, column);
      if (!statement->is_null(column + 1)) answer.row = leaf_row(statement->text(column + 1));
    }
  }
}

}  // namespace tertulia
