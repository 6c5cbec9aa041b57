#include "store/query_sql.h"

#include <doctest/doctest.h>

#include <map>
#include <set>
#include <string>

#include "query_random.h"
#include "scratch.h"
#include "segment/query_check.h"
#include "segment/query_parser.h"
#include "segment/query_print.h"
#include "store/host_join.h"
#include "tertulia/segment.h"

using namespace tertulia;

TEST_CASE("the database and the evaluator in memory give equal sets, verdicts and confidences") {
  int trees = 0, members = 0, empty = 0, full = 0;
  for (unsigned seed = 1; seed <= 8; ++seed) {
    const Scratch scratch("query_sql" + std::to_string(seed));
    Result<Connection> db = Connection::open(scratch.path("segments.db"), {});
    REQUIRE(db.ok());
    REQUIRE(prepare_store(*db, false).ok());
    HostJoin join;
    join.database = scratch.path("crm 100% ?#.db");
    QueryRandom random(seed);
    std::vector<HeldCustomer> people;
    {
      Result<Connection> host = Connection::open(join.database, {});
      REQUIRE(host.ok());
      people = random.people(*db, *host, 40, join);
    }
    const SegmentNode columns = *parse_query_text("host num = 1 or host txt = 1 or host \"we\\\"ird col\" = 1 or host \"Order\" = 1");
    Result<AttachedHost> host = AttachedHost::attach(*db, join, columns);
    REQUIRE_MESSAGE(host.ok(), host.status().message());
    for (int i = 0; i < 320; ++i) {
      SegmentNode tree = random.tree(1 + random.below(i % 40 == 0 ? 6 : 4));
      normalize(tree);
      const std::string text = print_query_text(tree);
      CAPTURE(text);
      REQUIRE(expect_size(tree).empty());
      // What the generator makes is a question that both forms can say.
      const Result<SegmentNode> parsed = parse_query_text(text);
      REQUIRE_MESSAGE(parsed.ok(), parsed.status().message());
      REQUIRE(*parsed == tree);
      REQUIRE(*parse_query_json(print_query_json(tree)) == tree);
      const Result<std::vector<MatchedCustomer>> found = run_query(*db, tree, kRandomNow, &host->table());
      REQUIRE_MESSAGE(found.ok(), found.status().message());
      std::map<std::string, const MatchedCustomer*> by_ref;
      for (const MatchedCustomer& match : *found) CHECK(by_ref.emplace(match.ref, &match).second);
      for (const HeldCustomer& person : people) {
        const Explained expected = evaluate(tree, person, kRandomNow);
        const auto match = by_ref.find(person.ref);
        CAPTURE(person.ref);
        REQUIRE((match != by_ref.end()) == (expected.verdict == Verdict::kTrue));
        if (match == by_ref.end()) continue;
        const std::vector<const SegmentNode*> asked = leaves(tree);
        for (std::size_t k = 0; k < asked.size(); ++k) {
          const LeafAnswer answer = answer_leaf(*asked[k], person, kRandomNow);
          REQUIRE(match->second->answers[k].verdict == answer.verdict);
          REQUIRE(match->second->answers[k].row.has_value() == answer.row.has_value());
          if (!answer.row) continue;
          const LeafRow& row = *match->second->answers[k].row;
          CHECK(row.confidence == doctest::Approx(answer.row->confidence).epsilon(1e-12));
          CHECK(row.value == answer.row->value);
          CHECK(row.event == answer.row->event);
          CHECK(row.evidence_count == answer.row->evidence_count);
          CHECK(row.why == answer.row->why);
        }
        CHECK(combine(tree, match->second->answers).confidence == doctest::Approx(expected.confidence).epsilon(1e-12));
      }
      ++trees;
      members += static_cast<int>(found->size());
      empty += found->empty() ? 1 : 0;
      full += found->size() == people.size() ? 1 : 0;
    }
  }
  CHECK(trees >= 2000);
  // The comparison says something: most questions split the people.
  CHECK(members > 10000);
  CHECK(empty < trees / 2);
  CHECK(full < trees / 3);
}

TEST_CASE("decay agrees with the view that hosts read") {
  const Scratch scratch("query_decay");
  Result<Connection> db = Connection::open(scratch.path("segments.db"), {});
  REQUIRE(db.ok());
  REQUIRE(prepare_store(*db, false).ok());
  {
    Result<Connection> host = Connection::open(scratch.path("crm.db"), {});
    HostJoin join;
    QueryRandom(99).people(*db, *host, 40, join);
  }
  REQUIRE(pin_now(*db, kRandomNow).ok());
  Result<Statement> rows = db->prepare(
      "SELECT v.mass, a.half_life_days, v.last_seen, v.confidence FROM belief_current v JOIN attribute a ON a.kind = v.kind AND a.id = v.attribute");
  REQUIRE(rows.ok());
  int count = 0;
  for (; *rows->step(); ++count) {
    CHECK(decayed(rows->integer(0), rows->integer(1), rows->integer(2), kRandomNow) == doctest::Approx(rows->real(3)).epsilon(0.000002));
  }
  CHECK(count > 100);
}

TEST_CASE("no word of a question reaches the SQL text") {
  const std::vector<std::string> hostile = {"x'); DROP TABLE belief; --", "\" OR 1=1 --", "' OR ''='", "a'||load_extension('x')||'", "?1", "\\", "%",
                                            "x\"\"y", "]", "/*", "👩‍👧'"};
  const Scratch scratch("query_hostile");
  Result<Connection> db = Connection::open(scratch.path("segments.db"), {});
  REQUIRE(db.ok());
  REQUIRE(prepare_store(*db, false).ok());
  REQUIRE(db->execute("INSERT INTO customer(id, ref) VALUES(1, '00')").ok());
  for (const std::string& word : hostile) {
    SegmentNode root;
    root.kind = NodeKind::kAny;
    for (const NodeKind kind : {NodeKind::kEvent, NodeKind::kNeed, NodeKind::kSignal, NodeKind::kFact, NodeKind::kOpinion, NodeKind::kHasBeen,
                                NodeKind::kConsented, NodeKind::kRandomBucket}) {
      SegmentNode& leaf = root.children.emplace_back();
      leaf.kind = kind;
      leaf.name = word;
      leaf.channel = kind == NodeKind::kConsented ? word : "";
      leaf.number = 3;
      leaf.first_bucket = leaf.last_bucket = 3;  // out of reach
      if (kind == NodeKind::kFact) leaf.values = {word};
    }
    const CompiledQuery query = compile_query(root, kRandomNow, nullptr);
    if (word.size() > 3) CHECK(query.sql.find(word) == std::string::npos);
    const Result<std::vector<MatchedCustomer>> found = run_query(*db, root, kRandomNow, nullptr);
    REQUIRE_MESSAGE(found.ok(), found.status().message());
    CHECK(found->empty());
  }
  CHECK(*db->integer("SELECT count(*) FROM customer") == 1);
  CHECK(*db->integer("SELECT count(*) FROM sqlite_schema WHERE name = 'belief'") == 1);
}

TEST_CASE("the largest question still compiles") {
  const Scratch scratch("query_large");
  Result<Connection> db = Connection::open(scratch.path("segments.db"), {});
  REQUIRE(db.ok());
  REQUIRE(prepare_store(*db, false).ok());
  for (const NodeKind kind : {NodeKind::kAll, NodeKind::kAny, NodeKind::kAtLeast}) {
    SegmentNode root;
    root.kind = kind;
    root.number = 200;
    for (std::size_t i = 0; i < kMaxQueryLeaves; ++i) {
      SegmentNode& leaf = root.children.emplace_back();
      leaf.kind = i % 3 == 0 ? NodeKind::kFact : i % 3 == 1 ? NodeKind::kEvent : NodeKind::kConsented;
      leaf.name = "n" + std::to_string(i);
      if (i % 3 == 0) leaf.values = {1.0};
      if (i % 3 == 1) leaf.confidence = 0.5;
    }
    const auto found = run_query(*db, root, kRandomNow, nullptr);
    CHECK_MESSAGE(found.ok(), found.status().message());
  }
  // As deep as a tree may be, of each kind and with the longest leaf inside; an even number of `not` changes nothing.
  REQUIRE(db->execute("INSERT INTO customer(id, ref) VALUES(1, '00'), (2, '01')").ok());
  for (const NodeKind kind : {NodeKind::kAll, NodeKind::kAny, NodeKind::kAtLeast, NodeKind::kNot, NodeKind::kAbsent}) {
    for (const char* leaf : {"random_bucket(\"a\", 9) in 0..8", "fact a = 7 confidence >= 0 seen within 3 days"}) {
      CAPTURE(static_cast<int>(kind));
      SegmentNode deep = *parse_query_text(leaf);
      const SegmentNode flat = deep;
      for (int i = 1; i < kMaxQueryDepth; ++i) {
        SegmentNode outer;
        outer.kind = i == 1 ? NodeKind::kNot : kind;
        outer.number = 1;
        outer.children.push_back(deep);
        if (kind <= NodeKind::kAny && i > 1) outer.children.push_back(flat);
        deep = outer;
      }
      REQUIRE(expect_size(deep).empty());
      const auto found = run_query(*db, deep, kRandomNow, nullptr);
      REQUIRE_MESSAGE(found.ok(), found.status().message());
      HeldCustomer nobody;
      nobody.ref = "00";
      CHECK(found->size() == (evaluate(deep, nobody, kRandomNow).verdict == Verdict::kTrue ? 2 : 0));
    }
  }
}
