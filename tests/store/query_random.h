// Random customers, as rows of a database and in memory at once, and random questions about them. From a seed alone.
#ifndef TERTULIA_TESTS_STORE_QUERY_RANDOM_H_
#define TERTULIA_TESTS_STORE_QUERY_RANDOM_H_

#include <doctest/doctest.h>

#include <random>
#include <string>
#include <vector>

#include "base/digest.h"
#include "segment/query_tree.h"
#include "store/connection.h"
#include "store/query_eval.h"
#include "store/schema.h"
#include "tertulia/store.h"

namespace tertulia {

inline constexpr Timestamp kRandomNow = 1'750'000'000 * kMillion;

class QueryRandom {
 public:
  explicit QueryRandom(unsigned seed) : random_(seed) {}

  int below(int n) { return static_cast<int>(random_() % static_cast<unsigned>(n)); }
  bool chance(int percent) { return below(100) < percent; }
  template <typename T>
  T pick(const std::vector<T>& of) {
    return of[static_cast<std::size_t>(below(static_cast<int>(of.size())))];
  }

  // Fills an empty store and an empty host database with the same people that it returns.
  std::vector<HeldCustomer> people(Connection& db, Connection& host, int count, HostJoin& join) {
    REQUIRE(db.execute("BEGIN").ok());
    for (const char* row : {"('event','a',100)", "('event','b',540)", "('event','c',30)", "('need','n',200)", "('need','m',60)",
                            "('signal','s',30)", "('signal','t',90)", "('fact','f',365)", "('fact','g',365)", "('opinion','mood',45)"}) {
      std::string values(row);
      values.insert(values.size() - 1, ",0,''");
      REQUIRE(db.execute("INSERT INTO attribute(kind,id,half_life_days,least_confidence,sensitivity) VALUES" + values).ok());
    }
    const bool number_key = chance(50);
    REQUIRE(host.execute(std::string("BEGIN; CREATE TABLE \"the customers\"(\"Id\" ") + (number_key ? "INTEGER" : "TEXT") +
                         " PRIMARY KEY, num REAL, txt TEXT COLLATE NOCASE, \"we\"\"ird col\", \"Order\" INTEGER)").ok());
    join.table = "The Customers";
    join.key = "id";
    std::vector<HeldCustomer> out;
    for (int i = 1; i <= count; ++i) {
      HeldCustomer person;
      person.ref = keyed_hash(Key{}, "person", std::to_string(i) + "/" + std::to_string(below(1 << 30)));
      REQUIRE(db.prepare("INSERT INTO customer(id, ref) VALUES(?1, ?2)")->bind(1, i).bind(2, person.ref).run().ok());
      add_beliefs(db, i, person);
      add_consents(db, i, person);
      const std::string host_id = number_key ? std::to_string(i) : "C-" + std::to_string(i);
      add_host(host, host_id, person);
      if (chance(95)) join.identities.emplace_back(person.ref, host_id);
      else person.host.reset();
      out.push_back(std::move(person));
    }
    REQUIRE(db.execute("COMMIT").ok());
    REQUIRE(host.execute("COMMIT").ok());
    return out;
  }

  SegmentNode tree(int depth) {
    SegmentNode node;
    if (depth == 0 || chance(30)) return leaf();
    node.kind = pick<NodeKind>({NodeKind::kAll, NodeKind::kAny, NodeKind::kNot, NodeKind::kAtLeast, NodeKind::kAbsent});
    const int parts = node.kind == NodeKind::kNot || node.kind == NodeKind::kAbsent ? 1 : 2 + below(3);
    for (int i = 0; i < parts; ++i) node.children.push_back(tree(depth - 1));
    if (node.kind == NodeKind::kAtLeast) node.number = 1 + below(parts);
    return node;
  }

 private:
  static inline const std::vector<std::string> kEvents = {"a", "b", "c"}, kNeeds = {"n", "m"}, kSignals = {"s", "t"}, kFacts = {"f", "g"},
                                                kStagesAnd = {"considering", "planning", "underway", "done", ""},
                                                kMoods = {"negative", "neutral", "positive"}, kChannels = {"", "email", "phone"},
                                                kValues = {"12", "12.5", "-3", "0", "abc", "", "1e5", "1.2.3", "0012", "0.1", "Gijón", "5-5", "12."};
  static inline const std::vector<double> kNumbers = {12, 12.5, -3, 0, 0.1, 100000};
  static inline const std::vector<int> kDays = {1, 30, 100, 400};

  Timestamp moment() {
    switch (below(6)) {
      case 0: return 0;
      case 1: return kRandomNow;
      case 2: return kRandomNow - pick(kDays) * kDayMicros;  // on the edge of a window
      case 3: return kRandomNow - pick(kDays) * kDayMicros - 1;
      case 4: return kRandomNow + below(1000) * kMillion;
      default: return kRandomNow - static_cast<Timestamp>(below(900)) * kDayMicros - below(1'000'000);
    }
  }

  void add_beliefs(Connection& db, int id, HeldCustomer& person) {
    const auto each = [&](const std::string& kind, const std::vector<std::string>& names, const std::vector<std::string>& values) {
      for (const std::string& name : names) {
        for (const std::string event : {"", "a"}) {
          if ((kind == "event" || kind == "opinion") && !event.empty()) continue;
          for (int version = 0; version < 3; ++version) {
            if (chance(60)) add_belief(db, id, person, kind, name, event, pick(values), version);
          }
        }
      }
    };
    each("event", kEvents, kStagesAnd);
    each("need", kNeeds, {""});
    each("signal", kSignals, {""});
    each("fact", kFacts, kValues);
    each("opinion", {"mood"}, kMoods);
  }

  // Version 0 open now, 1 contradicted before, 2 of no weight any more.
  void add_belief(Connection& db, int id, HeldCustomer& person, const std::string& kind, const std::string& name, const std::string& event,
                  const std::string& value, int version) {
    HeldBelief row;
    row.kind = kind;
    row.attribute = name;
    row.event = event;
    row.value = value;
    row.mass = pick<std::int64_t>({0, 250000, 500000, 600000, 999999, 1000000, below(1000000)});
    row.first_seen = moment();
    row.last_seen = moment();
    row.evidence_count = 1 + below(4);
    row.is_explicit = chance(50);
    row.contradicted = version == 1;
    row.why = "[\"" + name + "\"]";
    const bool replaced = version == 2 && chance(50);  // known once, held no more
    Result<Statement> half_life = db.prepare("SELECT half_life_days FROM attribute WHERE kind = ?1 AND id = ?2");
    REQUIRE(half_life.ok());
    REQUIRE(*half_life->bind(1, kind).bind(2, name).step());
    row.half_life_days = half_life->integer(0);
    half_life->reset();
    Result<Statement> insert = db.prepare(
        "INSERT INTO belief VALUES(?1,?2,?3,?4,?5,0,?6,?7,?8,?9,?10,?11,?12,?13,1,?14,?15,?16)");
    REQUIRE(insert.ok());
    insert->bind(1, id).bind(2, kind).bind(3, name).bind(4, event).bind(5, value).bind(6, row.mass).bind(7, version);
    if (version == 0 || replaced) insert->bind(8, nullptr);
    else insert->bind(8, version);
    insert->bind(9, 1);
    if (replaced) insert->bind(10, 2);
    else insert->bind(10, nullptr);
    insert->bind(11, row.first_seen).bind(12, row.last_seen).bind(13, row.evidence_count).bind(14, row.is_explicit ? 1 : 0).bind(15, row.why);
    insert->bind(16, version == 0 || replaced ? "" : version == 1 ? "contradicted" : "superseded");
    REQUIRE(insert->run().ok());
    if (version < 2) person.beliefs.push_back(row);
  }

  void add_consents(Connection& db, int id, HeldCustomer& person) {
    for (int i = below(5); i > 0; --i) {
      HeldConsent row;
      row.purpose = pick<std::string>({"p", "q"});
      row.channel = pick(kChannels);
      row.at = kRandomNow - below(4) * kMillion;  // many of one moment
      const std::string action = pick<std::string>({"given", "refused", "withdrawn", "expired", "renewed"});
      Result<Statement> insert = db.prepare("INSERT INTO consent_event VALUES(NULL,?1,?2,?3,?4,?5,?6,'','','','','')");
      REQUIRE(insert.ok());
      insert->bind(1, id).bind(2, row.purpose).bind(3, row.channel).bind(4, action).bind(5, row.at);
      const int expiry = below(3);
      if (expiry == 0) insert->bind(6, nullptr);
      else insert->bind(6, expiry == 1 ? kRandomNow : kRandomNow + 1);
      REQUIRE(insert->run().ok());
      row.id = db.last_id();
      row.granted = (action == "given" || action == "renewed") && expiry != 1;
      person.consents.push_back(row);
    }
  }

  void add_host(Connection& host, const std::string& host_id, HeldCustomer& person) {
    if (chance(20)) return;
    Result<Statement> insert = host.prepare("INSERT INTO \"the customers\" VALUES(?1,?2,?3,?4,?5)");
    REQUIRE(insert.ok());
    insert->bind(1, host_id);
    person.host.emplace();
    int column = 2;
    const auto add = [&](const std::string& name, HostValue value) {
      if (const auto* number = std::get_if<double>(&value)) insert->bind(column, *number);
      else if (const auto* text = std::get_if<std::string>(&value)) insert->bind(column, *text);
      else insert->bind(column, nullptr);
      ++column;
      (*person.host)[name] = std::move(value);
    };
    add("num", chance(25) ? HostValue() : HostValue(pick(kNumbers)));
    add("txt", chance(25) ? HostValue() : HostValue(pick<std::string>({"Gijón", "gijón", "12", "abc", "ABC", ""})));
    add("we\"ird col", chance(25) ? HostValue() : chance(50) ? HostValue(pick(kNumbers)) : HostValue(pick(kValues)));
    add("Order", chance(25) ? HostValue() : HostValue(static_cast<double>(below(5))));
    REQUIRE(insert->run().ok());
  }

  SegmentNode leaf() {
    SegmentNode out;
    out.kind = pick<NodeKind>({NodeKind::kEvent, NodeKind::kEvent, NodeKind::kNeed, NodeKind::kSignal, NodeKind::kFact, NodeKind::kOpinion,
                               NodeKind::kHasBeen, NodeKind::kConsented, NodeKind::kHost, NodeKind::kRandomBucket});
    const Compare order = pick<Compare>({Compare::kEqual, Compare::kLess, Compare::kLessEqual, Compare::kGreater, Compare::kGreaterEqual});
    switch (out.kind) {
      case NodeKind::kEvent:
        out.name = pick(kEvents);
        if (chance(60)) {
          out.stage = std::string(stage_name(1 + below(4)));
          out.stage_or_later = chance(60);
        }
        break;
      case NodeKind::kNeed: out.name = pick(kNeeds); break;
      case NodeKind::kSignal:
        out.name = pick(kSignals);
        if (chance(50)) out.count = 1 + below(4);
        break;
      case NodeKind::kFact:
        out.name = pick(kFacts);
        out.compare = order;
        if (order == Compare::kEqual && chance(50)) out.values = {pick(kValues)};
        else out.values = {pick(kNumbers)};
        break;
      case NodeKind::kOpinion: out.name = pick(kMoods); break;
      case NodeKind::kHasBeen:
        out.name = pick(kEvents);
        out.number = pick(kDays);
        break;
      case NodeKind::kConsented:
        out.name = pick<std::string>({"p", "q"});
        out.channel = pick(kChannels);
        break;
      case NodeKind::kHost:
        out.name = pick<std::string>({"num", "txt", "we\"ird col", "Order"});
        out.compare = chance(60) ? order : pick<Compare>({Compare::kNotEqual, Compare::kIn, Compare::kIsNull});
        for (int i = out.compare == Compare::kIsNull ? 0 : out.compare == Compare::kIn ? 1 + below(3) : 1; i > 0; --i) {
          out.values.push_back(chance(50) ? QueryValue(pick(kNumbers)) : QueryValue(pick<std::string>({"Gijón", "abc", "12"})));
        }
        return out;
      default:
        out.kind = NodeKind::kRandomBucket;
        out.name = pick<std::string>({"x", "y'\""});
        out.number = 1 + below(7);
        out.first_bucket = below(out.number);
        out.last_bucket = out.first_bucket + below(out.number - out.first_bucket);
        return out;
    }
    if (out.kind == NodeKind::kHasBeen || out.kind == NodeKind::kConsented) return out;
    if (chance(40)) out.confidence = pick<double>({0, 0.25, 0.5, 0.6, 1});
    if (chance(30)) out.seen_within_days = pick(kDays);
    if ((out.kind == NodeKind::kEvent || out.kind == NodeKind::kNeed) && chance(30)) out.is_explicit = true;
    return out;
  }

  std::mt19937 random_;
};

}  // namespace tertulia

#endif  // TERTULIA_TESTS_STORE_QUERY_RANDOM_H_
