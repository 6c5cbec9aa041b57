// Definitions, evaluation and membership of segments. Entering and leaving are rows of segment_interval (since … until)
// and of the outbox segment_event; who stays keeps the since. Test: tests/store/segments_test.cc.
#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

#include <cmath>
#include <map>
#include <optional>
#include <utility>

#include "store/host_join.h"
#include "store/query_eval.h"
#include "store/query_sql.h"
#include "store/segment_why.h"
#include "store/store_impl.h"

namespace tertulia {
namespace {

struct Found {
  std::int64_t id = 0;
  SegmentMember member;
};

Result<std::vector<Found>> find_members(Connection& db, const SegmentNode& root, Timestamp now, const std::string& language,
                                        const HostJoin* join) {
  std::optional<AttachedHost> host;
  if (uses_host(root)) {
    if (join == nullptr) {
      return Status(StatusCode::kInvalidArgument, "the segment asks for columns of the host, and no host database is given");
    }
    Result<AttachedHost> attached = AttachedHost::attach(db, *join, root);
    if (!attached.ok()) return attached.status();
    host.emplace(std::move(*attached));
  }
  Result<std::vector<MatchedCustomer>> matches = run_query(db, root, now, host ? &host->table() : nullptr);
  if (!matches.ok()) return matches.status();
  std::vector<Found> out;
  out.reserve(matches->size());
  for (const MatchedCustomer& match : *matches) {
    const Explained explained = combine(root, match.answers);
    if (explained.verdict != Verdict::kTrue) {
      return Status(StatusCode::kInternal, "the database and the evaluator answer a segment question differently");
    }
    Result<std::vector<std::string>> why = why_lines(explained, language);
    if (!why.ok()) return why.status();
    out.push_back({match.id, {match.ref, now, explained.confidence, std::move(*why)}});
  }
  return out;
}

std::string json_list(const std::vector<std::string>& lines) {
  rapidjson::StringBuffer buffer;
  rapidjson::Writer<rapidjson::StringBuffer> writer(buffer);
  writer.StartArray();
  for (const std::string& line : lines) writer.String(line.data(), static_cast<rapidjson::SizeType>(line.size()));
  writer.EndArray();
  return {buffer.GetString(), buffer.GetSize()};
}

// Customer id to since, of those inside now.
Result<std::map<std::int64_t, Timestamp>> inside(const Connection& db, const std::string& segment) {
  Result<Statement> select = db.prepare("SELECT customer, since FROM segment_interval WHERE segment = ?1 AND until IS NULL");
  if (!select.ok()) return select.status();
  select->bind(1, segment);
  std::map<std::int64_t, Timestamp> out;
  for (;;) {
    const Result<bool> row = select->step();
    if (!row.ok()) return row.status();
    if (!*row) return out;
    out.emplace(select->integer(0), select->integer(1));
  }
}

Status announce(Statement& event, const std::string& segment, std::int64_t customer, const char* change, Timestamp at) {
  return event.bind(1, segment).bind(2, customer).bind(3, change).bind(4, at).run();
}

// Brings the recorded stays to `found`, whose since becomes the recorded one.
Status record(Connection& db, const std::string& segment, Timestamp now, std::vector<Found>& found) {
  Result<std::map<std::int64_t, Timestamp>> before = inside(db, segment);
  if (!before.ok()) return before.status();
  // Who left and comes back at one and the same moment goes on with the old stay.
  Result<Statement> enter = db.prepare(
      "INSERT INTO segment_interval(segment, customer, since, until, confidence, why) VALUES(?1, ?2, ?3, NULL, ?4, ?5) "
      "ON CONFLICT(segment, customer, since) DO UPDATE SET until = NULL, confidence = excluded.confidence, why = excluded.why");
  if (!enter.ok()) return enter.status();
  Result<Statement> stay = db.prepare(
      "UPDATE segment_interval SET confidence = ?3, why = ?4 WHERE segment = ?1 AND customer = ?2 AND until IS NULL "
      "AND (confidence <> ?3 OR why <> ?4)");
  if (!stay.ok()) return stay.status();
  Result<Statement> leave = db.prepare(
      "UPDATE segment_interval SET until = max(since, ?3) WHERE segment = ?1 AND customer = ?2 AND until IS NULL");
  if (!leave.ok()) return leave.status();
  Result<Statement> event = db.prepare("INSERT INTO segment_event(segment, customer, change, at) VALUES(?1, ?2, ?3, ?4)");
  if (!event.ok()) return event.status();

  for (Found& each : found) {
    const std::int64_t confidence = std::llround(each.member.confidence * 1e6);
    const std::string why = json_list(each.member.why);
    if (const auto old = before->find(each.id); old != before->end()) {
      each.member.since = old->second;
      before->erase(old);
      if (Status status = stay->bind(1, segment).bind(2, each.id).bind(3, confidence).bind(4, why).run(); !status.ok()) return status;
      continue;
    }
    if (Status status = enter->bind(1, segment).bind(2, each.id).bind(3, now).bind(4, confidence).bind(5, why).run(); !status.ok()) return status;
    if (Status status = announce(*event, segment, each.id, "entered", now); !status.ok()) return status;
  }
  for (const auto& [customer, since] : *before) {
    if (Status status = leave->bind(1, segment).bind(2, customer).bind(3, now).run(); !status.ok()) return status;
    if (Status status = announce(*event, segment, customer, "left", now); !status.ok()) return status;
  }
  return {};
}

Result<Segment> stored_segment(const Statement& row) {
  const std::string id(row.text(0));
  Result<SegmentQuery> where = SegmentQuery::from_json(row.text(3));
  if (!where.ok()) return where.status().within("segment " + id);
  return Segment{id, std::string(row.text(1)), std::string(row.text(2)), std::move(*where)};
}

std::vector<SegmentMember> members_of(std::vector<Found> found) {
  std::vector<SegmentMember> out;
  out.reserve(found.size());
  for (Found& each : found) out.push_back(std::move(each.member));
  return out;
}

}  // namespace

Status Store::define(const Segment& segment) {
  if (Status status = impl_->writable(); !status.ok()) return status;
  if (segment.id.empty() || segment.purpose.empty()) {
    return {StatusCode::kInvalidArgument, "a segment needs an id and a purpose"};
  }
  // The same definition again writes nothing.
  Result<Statement> upsert = impl_->db.prepare(
      "INSERT INTO segment_def(id, title, purpose, where_json, where_text, defined) VALUES(?1, ?2, ?3, ?4, ?5, ?6) "
      "ON CONFLICT(id) DO UPDATE SET title = excluded.title, purpose = excluded.purpose, where_json = excluded.where_json, "
      "where_text = excluded.where_text, defined = excluded.defined "
      "WHERE (title, purpose, where_json) <> (excluded.title, excluded.purpose, excluded.where_json)");
  if (!upsert.ok()) return upsert.status();
  return upsert->bind(1, segment.id).bind(2, segment.title).bind(3, segment.purpose).bind(4, segment.where.json())
      .bind(5, segment.where.text()).bind(6, impl_->now()).run();
}

Result<std::vector<Segment>> Store::segments() const {
  Result<Statement> select = impl_->db.prepare("SELECT id, title, purpose, where_json FROM segment_def ORDER BY id");
  if (!select.ok()) return select.status();
  std::vector<Segment> out;
  for (;;) {
    const Result<bool> row = select->step();
    if (!row.ok()) return row.status();
    if (!*row) return out;
    Result<Segment> segment = stored_segment(*select);
    if (!segment.ok()) return segment.status();
    out.push_back(std::move(*segment));
  }
}

Result<std::vector<SegmentMember>> Store::refresh(const std::string& segment_id, const std::string& language, const HostJoin* host) {
  if (Status status = impl_->writable(); !status.ok()) return status;
  Connection& db = impl_->db;
  std::optional<Segment> segment;
  {
    Result<Statement> select = db.prepare("SELECT id, title, purpose, where_json FROM segment_def WHERE id = ?1");
    if (!select.ok()) return select.status();
    const Result<bool> row = select->bind(1, segment_id).step();
    if (!row.ok()) return row.status();
    if (!*row) return Status(StatusCode::kNotFound, "no segment \"" + segment_id + "\"");
    Result<Segment> stored = stored_segment(*select);
    if (!stored.ok()) return stored.status();
    segment.emplace(std::move(*stored));
  }
  const Timestamp now = impl_->now();
  Result<std::vector<Found>> found = find_members(db, segment->where.root(), now, language, host);
  if (!found.ok()) return found.status();
  Result<Transaction> transaction = Transaction::begin(db);
  if (!transaction.ok()) return transaction.status();
  if (Status status = record(db, segment_id, now, *found); !status.ok()) return status;
  if (Status status = transaction->commit(); !status.ok()) return status;
  return members_of(std::move(*found));
}

Result<std::vector<SegmentMember>> Store::members(const SegmentQuery& where, const std::string& language, const HostJoin* host) const {
  Result<std::vector<Found>> found = find_members(impl_->db, where.root(), impl_->now(), language, host);
  if (!found.ok()) return found.status();
  return members_of(std::move(*found));
}

}  // namespace tertulia
