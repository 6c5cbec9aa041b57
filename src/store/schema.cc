// Tables, migrations and views of segments.db. A released migration is never edited: a change is a further one.
//
// Decay at read: a belief loses half its confidence in each half-life h of its attribute. With age = n·h + f·h, 0 ≤ f < 1,
// 2^-(n+f) = 2^-n · 2^-f, and 2^-f is taken as the cubic 1 − f/2 + f (1 − f) (0.03962 f − 0.19168), fitted by us to the least
// greatest error: under 0.0001. So no pow() is needed, which a host's SQLite may lack.
// Nor do the views use json_…(): SQLite 3.40 calls those unsafe in a view when the reader has PRAGMA trusted_schema = OFF.
// Test: tests/store/schema_test.cc.
#include "store/schema.h"

#include <cassert>
#include <chrono>
#include <string_view>
#include <thread>
#include <utility>

namespace tertulia {
namespace {

struct Migration {
  int version;  // user_version after it
  std::string_view sql;
};

constexpr std::string_view kVersion1 = R"sql(
-- One call of begin_run … end_run. The only table in which mining the same input twice leaves a trace.
CREATE TABLE run(
  id INTEGER PRIMARY KEY,
  source TEXT NOT NULL,            -- digest of the input's bytes
  model TEXT NOT NULL,             -- sha256 of the bundle's manifest
  engine_version TEXT NOT NULL,
  purpose TEXT NOT NULL,
  legal_basis TEXT NOT NULL,
  started INTEGER NOT NULL,
  known INTEGER NOT NULL,          -- sys_from of what it writes: started, or the latest known before if the clock fell back
  ended INTEGER,                   -- null: killed, or still at work; the same input goes on under the same row
  messages_new INTEGER NOT NULL DEFAULT 0,
  messages_known INTEGER NOT NULL DEFAULT 0,
  evidence_new INTEGER NOT NULL DEFAULT 0
) STRICT;

-- The customer as the vault's pseudonym. Rows of other tables hold the short id.
CREATE TABLE customer(
  id INTEGER PRIMARY KEY,
  ref TEXT NOT NULL UNIQUE
) STRICT;

CREATE TABLE conversation(
  id INTEGER PRIMARY KEY,
  customer INTEGER NOT NULL REFERENCES customer(id) ON DELETE CASCADE,
  ref TEXT NOT NULL,
  UNIQUE(customer, ref)
) STRICT;

-- Which messages are known, so that none is added twice. No text.
CREATE TABLE message_ref(
  conversation INTEGER NOT NULL REFERENCES conversation(id) ON DELETE CASCADE,
  key TEXT NOT NULL,
  channel TEXT NOT NULL,
  language TEXT NOT NULL,
  at INTEGER NOT NULL,             -- 0: the export does not say
  run INTEGER NOT NULL REFERENCES run(id),
  PRIMARY KEY(conversation, key)
) STRICT, WITHOUT ROWID;

CREATE TABLE attribute(
  kind TEXT NOT NULL,              -- event | need | signal | fact | opinion | care
  id TEXT NOT NULL,
  half_life_days INTEGER NOT NULL CHECK(half_life_days > 0),
  least_confidence INTEGER NOT NULL,
  sensitivity TEXT NOT NULL,
  PRIMARY KEY(kind, id)
) STRICT, WITHOUT ROWID;

-- What one message says of one attribute. Append-only: erasure deletes, nothing updates.
CREATE TABLE evidence_row(
  customer INTEGER NOT NULL REFERENCES customer(id) ON DELETE CASCADE,
  kind TEXT NOT NULL,
  attribute TEXT NOT NULL,
  event TEXT NOT NULL,             -- the event that a need or fact belongs to, or ''
  conversation INTEGER NOT NULL,
  message TEXT NOT NULL,
  value TEXT NOT NULL,             -- stage, value of a fact, label of an opinion, or ''
  contradicts INTEGER NOT NULL,
  at INTEGER NOT NULL,
  score INTEGER NOT NULL,
  explicit INTEGER NOT NULL,
  weak INTEGER NOT NULL,
  why TEXT NOT NULL,               -- JSON array of vocabulary words
  run INTEGER NOT NULL REFERENCES run(id),
  PRIMARY KEY(customer, kind, attribute, event, conversation, message, value, contradicts),
  FOREIGN KEY(kind, attribute) REFERENCES attribute(kind, id)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER evidence_is_append_only BEFORE UPDATE ON evidence_row
  BEGIN SELECT RAISE(ABORT, 'evidence is append-only'); END;

-- What is held of a customer, in valid time (valid_from … valid_to, when it was so) and known time (sys_from … sys_to, when
-- the store held it). Open: both ends null. A row is never rewritten by a later run: it gets a sys_to and a successor.
CREATE TABLE belief(
  customer INTEGER NOT NULL REFERENCES customer(id) ON DELETE CASCADE,
  kind TEXT NOT NULL,
  attribute TEXT NOT NULL,
  event TEXT NOT NULL,
  value TEXT NOT NULL,
  stage_rank INTEGER NOT NULL,     -- of events 0 considering … 3 done; else 0
  mass INTEGER NOT NULL,           -- confidence before decay
  valid_from INTEGER NOT NULL,
  valid_to INTEGER,
  sys_from INTEGER NOT NULL,
  sys_to INTEGER,
  first_seen INTEGER NOT NULL,
  last_seen INTEGER NOT NULL,      -- of affirming evidence: decay counts from here
  evidence_count INTEGER NOT NULL,
  conversations INTEGER NOT NULL,
  explicit INTEGER NOT NULL,
  why TEXT NOT NULL,
  closed_reason TEXT NOT NULL,     -- '' | contradicted | advanced | superseded | completed
  PRIMARY KEY(customer, kind, attribute, event, valid_from, sys_from),
  FOREIGN KEY(kind, attribute) REFERENCES attribute(kind, id)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX belief_open ON belief(kind, attribute, event, customer) WHERE valid_to IS NULL AND sys_to IS NULL;

CREATE TABLE segment_def(
  id TEXT PRIMARY KEY,
  title TEXT NOT NULL,
  purpose TEXT NOT NULL,
  where_json TEXT NOT NULL,
  where_text TEXT NOT NULL,
  defined INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE segment_interval(
  segment TEXT NOT NULL REFERENCES segment_def(id) ON DELETE CASCADE,
  customer INTEGER NOT NULL REFERENCES customer(id) ON DELETE CASCADE,
  since INTEGER NOT NULL,
  until INTEGER,
  confidence INTEGER NOT NULL,
  why TEXT NOT NULL,               -- JSON array, one line a leaf of the question that holds
  PRIMARY KEY(segment, customer, since)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX segment_current ON segment_interval(segment, customer) WHERE until IS NULL;
CREATE INDEX segment_of_customer ON segment_interval(customer);

-- Outbox: who entered and left, for hosts that poll.
CREATE TABLE segment_event(
  id INTEGER PRIMARY KEY,
  segment TEXT NOT NULL,
  customer INTEGER NOT NULL REFERENCES customer(id) ON DELETE CASCADE,
  change TEXT NOT NULL CHECK(change IN ('entered', 'left')),
  at INTEGER NOT NULL
) STRICT;
CREATE INDEX segment_event_of_customer ON segment_event(customer);

-- Consent ledger after ISO/IEC TS 27560, append-only; the latest row of customer, purpose and channel counts.
CREATE TABLE consent_event(
  id INTEGER PRIMARY KEY,
  customer INTEGER NOT NULL REFERENCES customer(id) ON DELETE CASCADE,
  purpose TEXT NOT NULL,
  channel TEXT NOT NULL,           -- '': every channel
  action TEXT NOT NULL CHECK(action IN ('given', 'refused', 'withdrawn', 'expired', 'renewed')),
  at INTEGER NOT NULL,
  expires INTEGER,
  controller TEXT NOT NULL,
  notice TEXT NOT NULL,            -- digest of the notice's text
  language TEXT NOT NULL,
  method TEXT NOT NULL,
  basis TEXT NOT NULL
) STRICT;
CREATE INDEX consent_of_customer ON consent_event(customer, purpose, channel, at);
CREATE TRIGGER consent_is_append_only BEFORE UPDATE ON consent_event
  BEGIN SELECT RAISE(ABORT, 'the consent ledger is append-only'); END;

CREATE TABLE contact_event(
  id INTEGER PRIMARY KEY,
  customer INTEGER NOT NULL REFERENCES customer(id) ON DELETE CASCADE,
  channel TEXT NOT NULL,
  purpose TEXT NOT NULL,
  segment TEXT NOT NULL,
  outcome TEXT NOT NULL,
  at INTEGER NOT NULL
) STRICT;
CREATE INDEX contact_of_customer ON contact_event(customer, at);
)sql";

constexpr Migration kMigrations[] = {{1, kVersion1}};

// name, definition. @NOW@: microseconds; @F@: the started part of a half-life; @ISO(x)@: microseconds x as text, null when
// unknown; @Q(x)@: text x as a JSON string; @QISO(x)@: microseconds x as a JSON string or null; @K@: least group.
constexpr std::pair<std::string_view, std::string_view> kViews[] = {
    // The open beliefs with confidence decayed to now: what segment questions read.
    {"belief_current", R"sql(
SELECT b.customer, c.ref AS customer_ref, b.kind, b.attribute, b.event, b.value, b.stage_rank, b.mass,
  CASE WHEN @NOW@ <= b.last_seen THEN b.mass / 1e6
       WHEN (@NOW@ - b.last_seen) / (a.half_life_days * 86400000000) >= 60 THEN 0.0
       ELSE round(b.mass / 1e6 / (1 << ((@NOW@ - b.last_seen) / (a.half_life_days * 86400000000)))
         * (1 - @F@ / 2 + @F@ * (1 - @F@) * (0.03962 * @F@ - 0.19168)), 6) END AS confidence,
  b.valid_from, b.first_seen, b.last_seen, b.evidence_count, b.conversations, b.explicit, b.why
FROM belief b JOIN attribute a ON a.kind = b.kind AND a.id = b.attribute JOIN customer c ON c.id = b.customer
WHERE b.valid_to IS NULL AND b.sys_to IS NULL)sql"},

    {"customer_event", R"sql(
SELECT customer_ref, attribute AS event, value AS stage, confidence, explicit, @ISO(first_seen)@ AS first_seen,
  @ISO(last_seen)@ AS last_seen, evidence_count, why, conversations, @ISO(valid_from)@ AS stage_since
FROM belief_current WHERE kind = 'event')sql"},

    {"customer_need", R"sql(
SELECT customer_ref, attribute AS need, event, explicit, confidence, @ISO(last_seen)@ AS last_seen,
  @ISO(first_seen)@ AS first_seen, evidence_count, why
FROM belief_current WHERE kind = 'need')sql"},

    {"customer_signal", R"sql(
SELECT customer_ref, attribute AS signal, confidence, @ISO(last_seen)@ AS last_seen, evidence_count AS count,
  @ISO(first_seen)@ AS first_seen, why
FROM belief_current WHERE kind = 'signal')sql"},

    // The latest first: whoever wants one value of a fact takes the first row.
    {"customer_fact", R"sql(
SELECT customer_ref, attribute AS fact, value, event, confidence, @ISO(last_seen)@ AS last_seen,
  @ISO(first_seen)@ AS first_seen, evidence_count, why
FROM belief_current WHERE kind = 'fact'
ORDER BY customer_ref, attribute, belief_current.last_seen DESC, confidence DESC, event DESC)sql"},

    {"customer_opinion", R"sql(
SELECT customer_ref, attribute AS opinion, value, confidence, @ISO(first_seen)@ AS first_seen,
  @ISO(last_seen)@ AS last_seen, evidence_count, why
FROM belief_current WHERE kind = 'opinion')sql"},

    // Vulnerability: out of every marketing audience.
    {"customer_care", R"sql(
SELECT customer_ref, attribute AS care, confidence, @ISO(last_seen)@ AS last_seen, evidence_count
FROM belief_current WHERE kind = 'care')sql"},

    // JSON arrays. Values hold no control characters (the writer sees to it), so that quotes and backslashes are all to escape.
    {"customer_profile", R"sql(
SELECT c.ref AS customer_ref,
  (SELECT '[' || coalesce(group_concat('{"event":' || @Q(attribute)@ || ',"stage":' || @Q(value)@ || ',"confidence":' || round(confidence, 3)
     || ',"explicit":' || explicit || ',"last_seen":' || @QISO(last_seen)@ || ',"evidence":' || evidence_count || ',"why":' || why || '}'), '') || ']'
   FROM (SELECT * FROM belief_current WHERE customer = c.id AND kind = 'event' ORDER BY confidence DESC, attribute)) AS events,
  (SELECT '[' || coalesce(group_concat('{"need":' || @Q(attribute)@ || ',"event":' || @Q(event)@ || ',"confidence":' || round(confidence, 3)
     || ',"explicit":' || explicit || ',"last_seen":' || @QISO(last_seen)@ || ',"why":' || why || '}'), '') || ']'
   FROM (SELECT * FROM belief_current WHERE customer = c.id AND kind = 'need' ORDER BY confidence DESC, attribute, event)) AS needs,
  (SELECT '[' || coalesce(group_concat('{"signal":' || @Q(attribute)@ || ',"confidence":' || round(confidence, 3) || ',"count":' || evidence_count
     || ',"last_seen":' || @QISO(last_seen)@ || ',"why":' || why || '}'), '') || ']'
   FROM (SELECT * FROM belief_current WHERE customer = c.id AND kind = 'signal' ORDER BY confidence DESC, attribute)) AS signals,
  (SELECT '[' || coalesce(group_concat('{"fact":' || @Q(attribute)@ || ',"value":' || @Q(value)@ || ',"event":' || @Q(event)@
     || ',"confidence":' || round(confidence, 3) || ',"last_seen":' || @QISO(last_seen)@ || '}'), '') || ']'
   FROM (SELECT * FROM belief_current WHERE customer = c.id AND kind = 'fact' ORDER BY attribute, event)) AS facts,
  (SELECT '[' || coalesce(group_concat('{"opinion":' || @Q(attribute)@ || ',"value":' || @Q(value)@ || ',"confidence":' || round(confidence, 3)
     || ',"last_seen":' || @QISO(last_seen)@ || '}'), '') || ']'
   FROM (SELECT * FROM belief_current WHERE customer = c.id AND kind = 'opinion' ORDER BY attribute)) AS opinion,
  (SELECT '[' || coalesce(group_concat(@Q(attribute)@), '') || ']'
   FROM (SELECT attribute FROM belief_current WHERE customer = c.id AND kind = 'care' ORDER BY attribute)) AS care,
  (SELECT @ISO(min(nullif(m.at, 0)))@ FROM conversation v JOIN message_ref m ON m.conversation = v.id WHERE v.customer = c.id) AS first_seen,
  (SELECT @ISO(max(m.at))@ FROM conversation v JOIN message_ref m ON m.conversation = v.id WHERE v.customer = c.id) AS last_seen,
  (SELECT count(*) FROM conversation v WHERE v.customer = c.id) AS conversations,
  (SELECT '[' || coalesce(group_concat(@Q(channel)@), '') || ']' FROM (SELECT DISTINCT m.channel FROM conversation v JOIN message_ref m ON m.conversation = v.id
     WHERE v.customer = c.id AND m.channel <> '' ORDER BY 1)) AS channels
FROM customer c)sql"},

    {"attribute_history", R"sql(
SELECT c.ref AS customer_ref, b.kind, b.attribute, b.event, b.value, b.mass / 1e6 AS confidence,
  @ISO(b.valid_from)@ AS valid_from, @ISO(b.valid_to)@ AS valid_to, @ISO(b.sys_from)@ AS known_from, @ISO(b.sys_to)@ AS known_to,
  @ISO(b.first_seen)@ AS first_seen, @ISO(b.last_seen)@ AS last_seen, b.evidence_count, b.conversations, b.explicit,
  b.closed_reason, b.why
FROM belief b JOIN customer c ON c.id = b.customer)sql"},

    {"evidence", R"sql(
SELECT c.ref AS customer_ref, v.ref AS conversation_ref, e.message AS message_ref, m.channel, m.language, @ISO(e.at)@ AS at,
  e.kind, e.attribute, e.event, e.value, e.score / 1e6 AS confidence, e.explicit, e.contradicts, e.weak, e.why, e.run
FROM evidence_row e JOIN customer c ON c.id = e.customer JOIN conversation v ON v.id = e.conversation
  JOIN message_ref m ON m.conversation = e.conversation AND m.key = e.message)sql"},

    // All stays of all customers; the present ones have no until.
    {"segment_member", R"sql(
SELECT i.segment, c.ref AS customer_ref, @ISO(i.since)@ AS since, @ISO(i.until)@ AS until
FROM segment_interval i JOIN customer c ON c.id = i.customer)sql"},

    {"segment_why", R"sql(
SELECT i.segment, c.ref AS customer_ref, @ISO(i.since)@ AS since, i.confidence / 1e6 AS confidence, i.why
FROM segment_interval i JOIN customer c ON c.id = i.customer WHERE i.until IS NULL)sql"},

    {"segment_summary", R"sql(
SELECT d.id AS segment, d.title, d.purpose, d.where_text AS question,
  (SELECT CASE WHEN count(*) >= @K@ THEN count(*) END FROM segment_interval i WHERE i.segment = d.id AND i.until IS NULL) AS members,
  (SELECT CASE WHEN count(*) >= @K@ THEN round(avg(i.confidence) / 1e6, 2) END
   FROM segment_interval i WHERE i.segment = d.id AND i.until IS NULL) AS mean_confidence
FROM segment_def d)sql"},

    // The latest word a customer gave on each purpose and channel; granted is 0 once it has expired.
    {"consent_current", R"sql(
SELECT c.ref AS customer_ref, e.purpose, e.channel, e.action,
  e.action IN ('given', 'renewed') AND (e.expires IS NULL OR e.expires > @NOW@) AS granted,
  @ISO(e.at)@ AS at, @ISO(e.expires)@ AS expires, e.basis
FROM consent_event e JOIN customer c ON c.id = e.customer
WHERE e.id = (SELECT l.id FROM consent_event l WHERE l.customer = e.customer AND l.purpose = e.purpose AND l.channel = e.channel
              ORDER BY l.at DESC, l.id DESC LIMIT 1))sql"},

    {"contact_pressure", R"sql(
SELECT c.ref AS customer_ref, e.channel, count(CASE WHEN e.at > @NOW@ - 604800000000 THEN 1 END) AS contacts_7_days,
  count(CASE WHEN e.at > @NOW@ - 2592000000000 THEN 1 END) AS contacts_30_days, @ISO(max(e.at))@ AS last_contact
FROM contact_event e JOIN customer c ON c.id = e.customer GROUP BY e.customer, e.channel)sql"},
};

// "name(x)" → x, when the mark is one of that name.
std::optional<std::string> argument(std::string_view mark, std::string_view name) {
  if (!mark.starts_with(name) || mark.size() < name.size() + 2 || mark[name.size()] != '(' || mark.back() != ')') return std::nullopt;
  return std::string(mark.substr(name.size() + 1, mark.size() - name.size() - 2));
}

std::string iso(const std::string& time) { return "strftime('%Y-%m-%dT%H:%M:%SZ', nullif(" + time + ", 0) / 1000000, 'unixepoch')"; }

// The expression behind one mark.
std::string expression(std::string_view mark, const std::string& now) {
  if (mark == "NOW") return now;
  if (mark == "K") return std::to_string(kLeastGroup);
  if (mark == "F") return "(((" + now + " - b.last_seen) % (a.half_life_days * 86400000000)) / (a.half_life_days * 86400e6))";
  if (const auto time = argument(mark, "ISO")) return iso(*time);
  if (const auto time = argument(mark, "QISO")) return "coalesce('\"' || " + iso(*time) + " || '\"', 'null')";
  if (const auto text = argument(mark, "Q")) return "'\"' || replace(replace(" + *text + ", '\\', '\\\\'), '\"', '\\\"') || '\"'";
  assert(false);  // a view above has a mark that is none
  return {};
}

// Puts the expressions for the @…@ marks.
std::string expand(std::string_view sql, const std::string& now) {
  std::string out;
  for (std::size_t at = 0; at < sql.size();) {
    const std::size_t mark = sql.find('@', at);
    out += sql.substr(at, mark - at);
    if (mark == std::string_view::npos) break;
    const std::size_t end = sql.find('@', mark + 1);
    out += expression(sql.substr(mark + 1, end - mark - 1), now);
    at = end + 1;
  }
  return out;
}

std::string views_sql(const std::string& now, std::string_view create) {
  std::string sql;
  for (const auto& [name, body] : kViews) {
    sql += create;
    sql += ' ';
    sql += name;
    sql += " AS";
    sql += expand(body, now);
    sql += ";\n";
  }
  return sql;
}

// Of a file that may be anything: 0 for an empty one, the version of one of ours.
Result<std::int64_t> stored_version(Connection& connection) {
  const Result<FileMarks> marks = connection.marks();
  if (!marks.ok()) return marks.status();
  if (marks->empty()) return std::int64_t{0};
  if (marks->application_id != kStoreApplicationId) {
    return Status(StatusCode::kInvalidData,
                  connection.path() + ": not a Tertulia store (application_id " + std::to_string(marks->application_id) + ")");
  }
  const std::int64_t version = marks->user_version;
  if (version > kStoreVersion) {
    return Status(StatusCode::kUnsupportedVersion,
                  connection.path() + ": store version " + std::to_string(version) + ", this library knows up to " + std::to_string(kStoreVersion));
  }
  if (version < 1) return Status(StatusCode::kInvalidData, connection.path() + ": not a Tertulia store (no version)");
  return version;
}

// The switch needs the file alone for a moment, and SQLite does not wait for that where two programs could wait for each
// other: so we try again, up to about two seconds.
Status use_write_ahead_log(Connection& connection) {
  constexpr int kTries = 200;
  for (int i = 1;; ++i) {
    const Status status = connection.execute("PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL");
    if (status.code() != StatusCode::kBusy || i == kTries) return status;
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }
}

Status migrate(Connection& connection) {
  Result<Transaction> transaction = Transaction::begin(connection);
  if (!transaction.ok()) return transaction.status();
  // Read again under the lock: another process may have made the file meanwhile.
  const Result<std::int64_t> version = stored_version(connection);
  if (!version.ok()) return version.status();
  if (*version == kStoreVersion) return {};
  std::string sql;
  for (const auto& [name, body] : kViews) sql += "DROP VIEW IF EXISTS " + std::string(name) + ";\n";
  for (const Migration& migration : kMigrations) {
    if (migration.version > *version) sql += migration.sql;
  }
  sql += views_sql(now_sql(std::nullopt), "CREATE VIEW");
  sql += "PRAGMA application_id = " + std::to_string(kStoreApplicationId) + ";\n";
  sql += "PRAGMA user_version = " + std::to_string(kStoreVersion) + ";\n";
  if (const Status status = connection.execute(sql); !status.ok()) return status;
  return transaction->commit();
}

}  // namespace

std::string now_sql(std::optional<Timestamp> now) {
  // As a subquery it is reckoned once a statement, not once a row.
  return now ? std::to_string(*now) : std::string("(SELECT CAST(strftime('%s', 'now') AS INTEGER) * 1000000)");
}

Status prepare_store(Connection& connection, bool read_only) {
  const Result<std::int64_t> version = stored_version(connection);
  if (!version.ok()) return version.status();
  if (read_only) {
    if (*version == 0) return {StatusCode::kInvalidData, connection.path() + ": not a Tertulia store (empty)"};
    if (*version < kStoreVersion) return {StatusCode::kUnsupportedVersion, connection.path() + ": made by an older version; open it once for writing"};
    return {};
  }
  // After the check, so that a foreign file is never changed; secure_delete before the first write.
  if (const Status status = connection.execute("PRAGMA secure_delete = ON; PRAGMA cache_size = -32768"); !status.ok()) return status;
  if (const Status status = use_write_ahead_log(connection); !status.ok()) return status;
  return *version == kStoreVersion ? Status() : migrate(connection);
}

Status pin_now(Connection& connection, Timestamp now) {
  std::string sql;
  for (const auto& [name, body] : kViews) sql += "DROP VIEW IF EXISTS temp." + std::string(name) + ";\n";
  return connection.execute(sql + views_sql(now_sql(now), "CREATE TEMP VIEW"));
}

}  // namespace tertulia
