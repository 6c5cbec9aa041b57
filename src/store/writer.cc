// One transaction a commit: message keys, evidence, then the beliefs of every attribute touched, drawn anew by
// store/beliefs and compared with what is held. Test: tests/store/writer_test.cc.
#include "store/writer.h"

#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

#include <algorithm>
#include <cmath>
#include <iterator>
#include <map>
#include <set>
#include <string_view>
#include <tuple>
#include <utility>

#include "base/utf8.h"
#include "store/beliefs.h"
#include "store/schema.h"

namespace tertulia {
namespace {

constexpr std::size_t kMaxText = 256;     // bytes of a key, value or word
constexpr std::size_t kMaxWords = 16;     // of one explanation
constexpr int kDefaultHalfLife = 365;     // of an attribute that nobody described

std::int64_t to_millionths(double score) { return std::llround(std::clamp(score, 0.0, 1.0) * 1e6); }

std::string json_array(const std::vector<std::string>& words) {
  rapidjson::StringBuffer buffer;
  rapidjson::Writer<rapidjson::StringBuffer> json(buffer);
  json.StartArray();
  for (std::size_t i = 0; i < std::min(words.size(), kMaxWords); ++i) {
    const std::string word = repair_utf8(words[i], nullptr);
    if (word.size() <= kMaxText) json.String(word.data(), static_cast<rapidjson::SizeType>(word.size()));
  }
  json.EndArray();
  return {buffer.GetString(), buffer.GetSize()};
}

Status check_text(const std::string& text, const char* what, bool may_be_empty) {
  if (text.size() > kMaxText) return {StatusCode::kInvalidArgument, std::string(what) + ": longer than 256 bytes"};
  if (!may_be_empty && text.empty()) return {StatusCode::kInvalidArgument, std::string(what) + ": empty"};
  const bool control = std::any_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20; });
  if (control || !is_valid_utf8(text)) return {StatusCode::kInvalidArgument, std::string(what) + ": expected UTF-8 without control characters"};
  return {};
}

Status check(const MessageEvidence& m) {
  const std::tuple<const std::string&, const char*, bool> texts[] = {{m.customer_ref, "customer_ref", false}, {m.conversation_ref, "conversation_ref", false},
      {m.message_ref, "message_ref", false}, {m.channel, "channel", true}, {m.language, "language", true}};
  for (const auto& [text, what, may_be_empty] : texts) {
    if (const Status status = check_text(text, what, may_be_empty); !status.ok()) return status;
  }
  for (const AttributeUpdate& u : m.updates) {
    const std::tuple<const std::string&, const char*, bool> parts[] = {
        {u.kind, "kind", false}, {u.attribute, "attribute", false}, {u.event, "event", true}, {u.value, "value", true}};
    for (const auto& [text, what, may_be_empty] : parts) {
      if (const Status status = check_text(text, what, may_be_empty); !status.ok()) return status;
    }
    if (!std::isfinite(u.confidence)) return {StatusCode::kInvalidArgument, "confidence: expected a number from 0 to 1"};
  }
  return {};
}

bool has_open(const std::vector<BeliefRow>& rows) {
  return std::any_of(rows.begin(), rows.end(), [](const BeliefRow& r) { return !r.valid_to; });
}

}  // namespace

struct Writer::GroupKey {
  std::int64_t customer;
  std::string kind, attribute, event;
  auto operator<=>(const GroupKey&) const = default;
};

struct Writer::HeldRow {
  BeliefRow row;
  std::int64_t sys_from;
};

struct Writer::Prepared {
  Statement find_customer, add_customer, find_conversation, add_conversation, add_message, add_attribute, add_evidence,
      groups_of_event, evidence, held, drop_belief, end_belief, add_belief;
  std::map<GroupKey, std::vector<EvidenceItem>> touched;    // by the commit at work; with the evidence itself for new customers
  std::int64_t first_new_customer = INT64_MAX;              // ids only grow: from here on all are of the commit at work
  std::set<std::pair<std::string, std::string>> attributes; // seen by the commit at work
  std::string last_customer, last_conversation;             // of the message before: most come in conversations
  std::int64_t last_customer_id = 0, last_conversation_id = 0;

  void forget() {
    touched.clear();
    first_new_customer = INT64_MAX;
    attributes.clear();
    last_customer.clear();
    last_conversation.clear();
  }

  static Result<std::unique_ptr<Prepared>> make(const Connection& db) {
    constexpr std::string_view kSql[] = {
        "SELECT id FROM customer WHERE ref = ?1",
        "INSERT INTO customer(ref) VALUES(?1)",
        "SELECT id FROM conversation WHERE customer = ?1 AND ref = ?2",
        "INSERT INTO conversation(customer, ref) VALUES(?1, ?2)",
        "INSERT INTO message_ref(conversation, key, channel, language, at, run) VALUES(?1, ?2, ?3, ?4, ?5, ?6) ON CONFLICT DO NOTHING",
        "INSERT INTO attribute(kind, id, half_life_days, least_confidence, sensitivity) VALUES(?1, ?2, ?3, 0, 'normal') ON CONFLICT DO NOTHING",
        "INSERT INTO evidence_row(customer, kind, attribute, event, conversation, message, value, contradicts, at, score, explicit, weak, why, run) "
        "VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)",
        "SELECT DISTINCT kind, attribute FROM evidence_row WHERE customer = ?1 AND event = ?2",
        // The second half: that an event is off speaks against the needs and facts that belong to it.
        "SELECT at, conversation, message, value, score, explicit, contradicts, weak, why FROM evidence_row "
        "WHERE customer = ?1 AND kind = ?2 AND attribute = ?3 AND event = ?4 UNION ALL "
        "SELECT at, conversation, message, value, score, explicit, contradicts, weak, why FROM evidence_row "
        "WHERE ?4 <> '' AND customer = ?1 AND kind = 'event' AND attribute = ?4 AND event = '' AND contradicts = 1",
        "SELECT value, stage_rank, mass, valid_from, valid_to, first_seen, last_seen, evidence_count, conversations, explicit, why, closed_reason, sys_from "
        "FROM belief WHERE customer = ?1 AND kind = ?2 AND attribute = ?3 AND event = ?4 AND sys_to IS NULL",
        "DELETE FROM belief WHERE customer = ?1 AND kind = ?2 AND attribute = ?3 AND event = ?4 AND valid_from = ?5 AND sys_from = ?6",
        "UPDATE belief SET sys_to = ?7 WHERE customer = ?1 AND kind = ?2 AND attribute = ?3 AND event = ?4 AND valid_from = ?5 AND sys_from = ?6",
        "INSERT INTO belief(customer, kind, attribute, event, valid_from, sys_from, value, stage_rank, mass, valid_to, first_seen, last_seen, "
        "evidence_count, conversations, explicit, why, closed_reason) VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17)",
    };
    std::vector<Statement> made;
    for (const std::string_view sql : kSql) {
      Result<Statement> statement = db.prepare(sql);
      if (!statement.ok()) return statement.status();
      made.push_back(std::move(*statement));
    }
    std::size_t i = 0;
    const auto next = [&]() -> Statement&& { return std::move(made[i++]); };
    // Braces are evaluated from left to right: the order of the members.
    return std::make_unique<Prepared>(Prepared{next(), next(), next(), next(), next(), next(), next(), next(), next(), next(), next(), next(), next(),
                                               {}, INT64_MAX, {}, {}, {}, 0, 0});
  }
};

Writer::Writer(Connection& connection) : connection_(connection) {}
Writer::~Writer() = default;

Status Writer::begin_run(const RunInfo& info, Timestamp now) {
  if (run_) return {StatusCode::kInvalidArgument, "begin_run: the run before has not ended"};
  if (!prepared_) {
    Result<std::unique_ptr<Prepared>> made = Prepared::make(connection_);
    if (!made.ok()) return made.status();
    prepared_ = std::move(*made);
  }
  Result<Transaction> transaction = Transaction::begin(connection_);
  if (!transaction.ok()) return transaction.status();
  const Timestamp started = info.started != 0 ? info.started : now;

  Result<Statement> last = connection_.prepare(
      "SELECT id, known, ended IS NULL AND source = ?1 AND source <> '' AND model = ?2 AND purpose = ?3 FROM run ORDER BY id DESC LIMIT 1");
  if (!last.ok()) return last.status();
  last->bind(1, info.source).bind(2, info.model).bind(3, info.purpose);
  const Result<bool> row = last->step();
  if (!row.ok()) return row.status();
  if (*row && last->integer(2) != 0) {
    run_ = last->integer(0);
    known_ = last->integer(1);
    return {};
  }
  const Timestamp known = *row ? std::max(started, last->integer(1)) : started;
  last->reset();

  Result<Statement> insert = connection_.prepare(
      "INSERT INTO run(source, model, engine_version, purpose, legal_basis, started, known) VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7)");
  if (!insert.ok()) return insert.status();
  insert->bind(1, info.source).bind(2, info.model).bind(3, info.engine_version).bind(4, info.purpose).bind(5, info.legal_basis).bind(6, started).bind(7, known);
  if (const Status status = insert->run(); !status.ok()) return status;
  const std::int64_t id = connection_.last_id();
  if (const Status status = transaction->commit(); !status.ok()) return status;
  run_ = id;
  known_ = known;
  return {};
}

Status Writer::add(const MessageEvidence& evidence) {
  if (!run_) return {StatusCode::kInvalidArgument, "add: begin_run first"};
  if (const Status status = check(evidence); !status.ok()) return status;
  buffer_.push_back(evidence);
  return {};
}

Result<std::int64_t> Writer::customer_id(const std::string& ref) {
  Prepared& p = *prepared_;
  if (ref == p.last_customer) return p.last_customer_id;
  const Result<bool> found = p.find_customer.bind(1, ref).step();
  if (!found.ok()) return found.status();
  std::int64_t id = 0;
  if (*found) {
    id = p.find_customer.integer(0);
    p.find_customer.reset();
  } else {
    if (const Status status = p.add_customer.bind(1, ref).run(); !status.ok()) return status;
    id = connection_.last_id();
    p.first_new_customer = std::min(p.first_new_customer, id);
  }
  p.last_customer = ref;
  p.last_customer_id = id;
  p.last_conversation.clear();
  return id;
}

Result<std::int64_t> Writer::conversation_id(std::int64_t customer, const std::string& ref) {
  Prepared& p = *prepared_;
  if (ref == p.last_conversation) return p.last_conversation_id;
  const Result<bool> found = p.find_conversation.bind(1, customer).bind(2, ref).step();
  if (!found.ok()) return found.status();
  std::int64_t id = 0;
  if (*found) {
    id = p.find_conversation.integer(0);
    p.find_conversation.reset();
  } else {
    if (const Status status = p.add_conversation.bind(1, customer).bind(2, ref).run(); !status.ok()) return status;
    id = connection_.last_id();
  }
  p.last_conversation = ref;
  p.last_conversation_id = id;
  return id;
}

Status Writer::insert(const MessageEvidence& message, CommitReport& report) {
  const Result<std::int64_t> customer = customer_id(message.customer_ref);
  if (!customer.ok()) return customer.status();
  const Result<std::int64_t> conversation = conversation_id(*customer, message.conversation_ref);
  if (!conversation.ok()) return conversation.status();
  Statement& add = prepared_->add_message;
  add.bind(1, *conversation).bind(2, message.message_ref).bind(3, message.channel).bind(4, message.language).bind(5, message.at).bind(6, *run_);
  if (const Status status = add.run(); !status.ok()) return status;
  if (connection_.changes() == 0) {
    ++report.messages_known;
    return {};
  }
  ++report.messages_new;
  return insert_evidence(*customer, *conversation, message, report);
}

Status Writer::insert_evidence(std::int64_t customer, std::int64_t conversation, const MessageEvidence& message, CommitReport& report) {
  if (message.updates.empty()) return {};
  // One message is one proof of one thing: the strongest of equal updates counts.
  using Key = std::tuple<std::string_view, std::string_view, std::string_view, std::string_view, bool>;
  std::map<Key, AttributeUpdate> merged;
  for (const AttributeUpdate& u : message.updates) {
    const auto [slot, fresh] = merged.try_emplace(Key(u.kind, u.attribute, u.event, u.value, u.contradicts), u);
    if (fresh) continue;
    AttributeUpdate& kept = slot->second;
    if (u.confidence > kept.confidence) {
      kept.confidence = u.confidence;
      kept.why = u.why;
    }
    kept.is_explicit |= u.is_explicit;
    kept.weak &= u.weak;
  }
  Prepared& p = *prepared_;
  for (const auto& [key, u] : merged) {
    if (p.attributes.emplace(u.kind, u.attribute).second) {
      if (const Status status = p.add_attribute.bind(1, u.kind).bind(2, u.attribute).bind(3, kDefaultHalfLife).run(); !status.ok()) return status;
    }
    std::string why = json_array(u.why);
    p.add_evidence.bind(1, customer).bind(2, u.kind).bind(3, u.attribute).bind(4, u.event).bind(5, conversation).bind(6, message.message_ref)
        .bind(7, u.value).bind(8, u.contradicts).bind(9, message.at).bind(10, to_millionths(u.confidence)).bind(11, u.is_explicit)
        .bind(12, u.weak).bind(13, why).bind(14, *run_);
    if (const Status status = p.add_evidence.run(); !status.ok()) return status;
    ++report.evidence_new;
    std::vector<EvidenceItem>& group = p.touched[{customer, u.kind, u.attribute, u.event}];
    if (customer >= p.first_new_customer) {
      group.push_back({message.at, conversation, message.message_ref, u.value, static_cast<int>(to_millionths(u.confidence)), u.is_explicit,
                       u.contradicts, u.weak, std::move(why)});
      continue;  // all that a contradiction could touch is in `touched` as well
    }
    if (u.kind != "event" || !u.contradicts || u.weak || to_millionths(u.confidence) < kFirmScore) continue;
    p.groups_of_event.bind(1, customer).bind(2, u.attribute);
    for (;;) {
      const Result<bool> row = p.groups_of_event.step();
      if (!row.ok()) return row.status();
      if (!*row) break;
      p.touched[{customer, std::string(p.groups_of_event.text(0)), std::string(p.groups_of_event.text(1)), u.attribute}];
    }
  }
  return {};
}

Status Writer::read_evidence(const GroupKey& key, std::vector<EvidenceItem>& evidence) {
  Statement& s = prepared_->evidence;
  s.bind(1, key.customer).bind(2, key.kind).bind(3, key.attribute).bind(4, key.event);
  for (;;) {
    const Result<bool> row = s.step();
    if (!row.ok()) return row.status();
    if (!*row) return {};
    EvidenceItem& item = evidence.emplace_back();
    item.at = s.integer(0);
    item.conversation = s.integer(1);
    item.message = s.text(2);
    item.value = s.text(3);
    item.score = static_cast<int>(s.integer(4));
    item.is_explicit = s.integer(5) != 0;
    item.contradicts = s.integer(6) != 0;
    item.weak = s.integer(7) != 0;
    item.why = s.text(8);
  }
}

Status Writer::read_held(const GroupKey& key, std::vector<HeldRow>& held) {
  Statement& s = prepared_->held;
  s.bind(1, key.customer).bind(2, key.kind).bind(3, key.attribute).bind(4, key.event);
  for (;;) {
    const Result<bool> row = s.step();
    if (!row.ok()) return row.status();
    if (!*row) return {};
    BeliefRow b;
    b.value = s.text(0);
    b.stage_rank = static_cast<int>(s.integer(1));
    b.mass = static_cast<int>(s.integer(2));
    b.valid_from = s.integer(3);
    b.valid_to = s.integer_or_null(4);
    b.first_seen = s.integer(5);
    b.last_seen = s.integer(6);
    b.evidence_count = s.integer(7);
    b.conversations = s.integer(8);
    b.is_explicit = s.integer(9) != 0;
    b.why = s.text(10);
    b.closed_reason = s.text(11);
    held.push_back({std::move(b), s.integer(12)});
  }
}

Status Writer::redraw(CommitReport& report) {
  Prepared& p = *prepared_;
  for (const auto& [key, fresh] : p.touched) {
    const auto bind_key = [&key = key](Statement& s) -> Statement& {
      return s.bind(1, key.customer).bind(2, key.kind).bind(3, key.attribute).bind(4, key.event);
    };
    std::vector<EvidenceItem> evidence;
    std::vector<HeldRow> held;
    if (key.customer >= p.first_new_customer) {  // the same as the statements below would read, without asking
      evidence = fresh;
      const auto event = key.event.empty() ? p.touched.end() : p.touched.find({key.customer, "event", key.event, ""});
      if (event != p.touched.end()) {
        std::copy_if(event->second.begin(), event->second.end(), std::back_inserter(evidence), [](const EvidenceItem& e) { return e.contradicts; });
      }
    } else {
      if (const Status status = read_evidence(key, evidence); !status.ok()) return status;
      if (const Status status = read_held(key, held); !status.ok()) return status;
    }
    const std::vector<BeliefRow> drawn = draw_beliefs(rule_of_kind(key.kind), std::move(evidence));

    // Both are small (a handful of rows) but for values that keep changing: matched by valid_from, which is unique in each.
    std::map<Timestamp, const BeliefRow*> wanted;
    for (const BeliefRow& row : drawn) wanted.emplace(row.valid_from, &row);
    bool was_open = false, changed = false;
    for (const HeldRow& old : held) {
      was_open |= !old.row.valid_to;
      const auto same = wanted.find(old.row.valid_from);
      if (same != wanted.end() && *same->second == old.row) {
        wanted.erase(same);
        continue;
      }
      changed = true;
      // What this very run wrote was never known otherwise: it is replaced. Older knowledge gets its end.
      Statement& end = old.sys_from == known_ ? p.drop_belief : p.end_belief;
      bind_key(end).bind(5, old.row.valid_from).bind(6, old.sys_from);
      if (old.sys_from != known_) end.bind(7, known_);
      if (const Status status = end.run(); !status.ok()) return status;
    }
    for (const auto& [from, row] : wanted) {
      changed = true;
      bind_key(p.add_belief).bind(5, from).bind(6, known_).bind(7, row->value).bind(8, row->stage_rank).bind(9, row->mass).bind(10, row->valid_to)
          .bind(11, row->first_seen).bind(12, row->last_seen).bind(13, row->evidence_count).bind(14, row->conversations).bind(15, row->is_explicit)
          .bind(16, row->why).bind(17, row->closed_reason);
      if (const Status status = p.add_belief.run(); !status.ok()) return status;
    }
    const bool is_open = has_open(drawn);
    if (!was_open && is_open) ++report.beliefs_opened;
    else if (was_open && !is_open) ++report.beliefs_closed;
    else if (changed) ++report.beliefs_changed;
  }
  return {};
}

Result<CommitReport> Writer::commit() {
  if (!run_) return Status(StatusCode::kInvalidArgument, "commit: begin_run first");
  CommitReport report;
  if (buffer_.empty()) return report;
  Result<Transaction> transaction = Transaction::begin(connection_);
  if (!transaction.ok()) return transaction.status();
  prepared_->forget();
  for (const MessageEvidence& message : buffer_) {
    if (const Status status = insert(message, report); !status.ok()) return status;
  }
  if (const Status status = redraw(report); !status.ok()) return status;
  Result<Statement> count = connection_.prepare(
      "UPDATE run SET messages_new = messages_new + ?2, messages_known = messages_known + ?3, evidence_new = evidence_new + ?4 WHERE id = ?1");
  if (!count.ok()) return count.status();
  count->bind(1, *run_).bind(2, report.messages_new).bind(3, report.messages_known).bind(4, report.evidence_new);
  if (const Status status = count->run(); !status.ok()) return status;
  if (const Status status = transaction->commit(); !status.ok()) return status;
  buffer_.clear();
  return report;
}

Status Writer::end_run(Timestamp now) {
  if (!run_) return {StatusCode::kInvalidArgument, "end_run: begin_run first"};
  if (const Result<CommitReport> rest = commit(); !rest.ok()) return rest.status();
  Result<Statement> end = connection_.prepare("UPDATE run SET ended = ?2 WHERE id = ?1");
  if (!end.ok()) return end.status();
  if (const Status status = end->bind(1, *run_).bind(2, now).run(); !status.ok()) return status;
  run_.reset();
  // Best effort: readers may hold the log, and then it is emptied by a later run.
  const Status emptied = connection_.execute("PRAGMA wal_checkpoint(TRUNCATE)");
  (void)emptied;
  return {};
}

Status Writer::describe(const std::vector<AttributeInfo>& attributes) {
  Result<Transaction> transaction = Transaction::begin(connection_);
  if (!transaction.ok()) return transaction.status();
  Result<Statement> put = connection_.prepare(
      "INSERT INTO attribute(kind, id, half_life_days, least_confidence, sensitivity) VALUES(?1, ?2, ?3, ?4, ?5) "
      "ON CONFLICT DO UPDATE SET half_life_days = ?3, least_confidence = ?4, sensitivity = ?5 "
      "WHERE half_life_days <> ?3 OR least_confidence <> ?4 OR sensitivity <> ?5");
  if (!put.ok()) return put.status();
  for (const AttributeInfo& a : attributes) {
    for (const auto& [text, what] : {std::pair(&a.kind, "kind"), std::pair(&a.id, "attribute"), std::pair(&a.sensitivity, "sensitivity")}) {
      if (const Status status = check_text(*text, what, false); !status.ok()) return status;
    }
    if (a.half_life_days < 1 || !std::isfinite(a.least_confidence)) {
      return {StatusCode::kInvalidArgument, a.kind + " " + a.id + ": expected a half-life of a day or more and a least confidence from 0 to 1"};
    }
    put->bind(1, a.kind).bind(2, a.id).bind(3, a.half_life_days).bind(4, to_millionths(a.least_confidence)).bind(5, a.sensitivity);
    if (const Status status = put->run(); !status.ok()) return status;
  }
  return transaction->commit();
}

}  // namespace tertulia
