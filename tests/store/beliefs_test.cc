#include "store/beliefs.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <numeric>
#include <random>
#include <sstream>

using namespace tertulia;

namespace {

constexpr Timestamp kDay = 86'400'000'000;

// "3 a planning 0.8": day, conversation, value or '-', score; flags: w weak, x contradicts, i implied.
std::vector<EvidenceItem> evidence_of(const std::vector<std::string>& lines) {
  std::vector<EvidenceItem> items;
  for (const std::string& line : lines) {
    std::istringstream in(line);
    EvidenceItem item;
    double day = 0, score = 0;
    std::string conversation, flags;
    in >> day >> conversation >> item.value >> score >> flags;
    if (item.value == "-") item.value.clear();
    item.at = static_cast<Timestamp>(day * static_cast<double>(kDay));
    item.conversation = conversation[0];
    item.message = "m" + std::to_string(items.size());
    item.score = static_cast<int>(score * 1e6 + 0.5);
    item.weak = flags.find('w') != std::string::npos;
    item.contradicts = flags.find('x') != std::string::npos;
    item.is_explicit = flags.find('i') == std::string::npos;
    item.why = "[\"" + item.message + "\"]";
    items.push_back(item);
  }
  return items;
}

// "planning 3-9 advanced n2 c1 0.800000", rows separated by " | ".
std::string text_of(const std::vector<BeliefRow>& rows) {
  std::string text;
  for (const BeliefRow& row : rows) {
    if (!text.empty()) text += " | ";
    text += (row.value.empty() ? "-" : row.value) + " " + std::to_string(row.valid_from / kDay) + "-";
    if (row.valid_to) text += std::to_string(*row.valid_to / kDay) + " " + row.closed_reason;
    else text += "now";
    text += " n" + std::to_string(row.evidence_count) + " c" + std::to_string(row.conversations) + " " + std::to_string(row.mass) + (row.is_explicit ? "" : " implied");
  }
  return text;
}

struct Row {
  BeliefRule rule;
  std::vector<std::string> evidence;
  const char* beliefs;
};

const BeliefRule S = BeliefRule::kStaged, P = BeliefRule::kPresence, L = BeliefRule::kLatest;

const Row kRows[] = {
    {S, {}, ""},
    {S, {"1 a planning 0.8"}, "planning 1-now n1 c1 800000"},
    // Ten messages of one conversation are one proof; two conversations are two.
    {S, {"1 a planning 0.8", "1 a planning 0.7", "2 a planning 0.6"}, "planning 1-now n3 c1 800000"},
    {S, {"1 a planning 0.8", "2 b planning 0.5"}, "planning 1-now n2 c2 900000"},
    // Weak evidence adds, and never opens alone.
    {S, {"1 a planning 0.3 w", "2 b planning 0.4 w"}, ""},
    {S, {"1 a planning 0.5 w", "2 b planning 0.8"}, "planning 2-now n2 c2 900000"},
    // Weak evidence moves no stage, nor does evidence under one half.
    {S, {"1 a planning 0.8", "2 b done 0.9 w", "3 b done 0.49"}, "planning 1-now n3 c2 980000"},
    // Forward only; each step is a row of its own, with what was known by then.
    {S, {"1 a considering 0.6", "5 b planning 0.5", "9 c considering 0.5"},
     "considering 1-5 advanced n1 c1 600000 | planning 5-now n3 c3 900000"},
    {S, {"1 a underway 0.6", "5 b planning 0.9"}, "underway 1-now n2 c2 960000"},
    // At one moment the furthest counts, and the moment makes one row.
    {S, {"1 a considering 0.6", "1 a planning 0.7"}, "planning 1-now n2 c1 700000"},
    // Nothing firm: the best score, then the later.
    {S, {"1 a planning 0.4", "2 a considering 0.45"}, "considering 1-now n2 c1 450000"},
    {S, {"1 a planning 0.4", "2 a considering 0.4"}, "considering 1-now n2 c1 400000"},
    // Contradiction closes what came before it in time, and only that.
    {S, {"1 a planning 0.8", "4 b planning 0.9 x"}, "planning 1-4 contradicted n1 c1 800000"},
    {S, {"4 a planning 0.8", "1 b planning 0.9 x"}, "planning 4-now n1 c1 800000"},
    {S, {"4 a planning 0.8", "4 b planning 0.9 x"}, "planning 4-now n1 c1 800000"},
    {S, {"1 a done 0.8", "4 b - 0.9 x", "6 c considering 0.7"}, "done 1-4 contradicted n1 c1 800000 | considering 6-now n1 c1 700000"},
    {S, {"1 a planning 0.8", "4 b planning 0.9 x", "5 b planning 0.9 x"}, "planning 1-4 contradicted n1 c1 800000"},
    // A weak or unsure contradiction closes nothing.
    {S, {"1 a planning 0.8", "4 b planning 0.9 xw", "4 b planning 0.4 x"}, "planning 1-now n1 c1 800000"},
    // A contradiction alone is no belief, and what was only weakly heard before it is gone.
    {S, {"4 b planning 0.9 x"}, ""},
    {S, {"1 a planning 0.4 w", "4 b planning 0.9 x", "5 c planning 0.8"}, "planning 5-now n1 c1 800000"},
    // More than a year after "done", an earlier stage is a new undertaking.
    {S, {"1 a done 0.8", "300 b considering 0.8"}, "done 1-now n2 c2 960000"},
    {S, {"1 a done 0.8", "400 b considering 0.8"}, "done 1-366 completed n1 c1 800000 | considering 400-now n1 c1 800000"},
    // A stage that nobody knows is the first one.
    {S, {"1 a whatever 0.8", "2 a planning 0.8"}, "whatever 1-2 advanced n1 c1 800000 | planning 2-now n2 c1 800000"},

    {P, {"1 a - 0.8 i", "2 b - 0.5 i"}, "- 1-now n2 c2 900000 implied"},
    {P, {"1 a - 0.8 i", "2 b - 0.5"}, "- 1-now n2 c2 900000"},
    {P, {"1 a - 0.8", "3 b - 0.7 x", "9 a - 0.6"}, "- 1-3 contradicted n1 c1 800000 | - 9-now n1 c1 600000"},

    {L, {"1 a 150000 0.9", "5 b 180000 0.6"}, "150000 1-5 superseded n1 c1 900000 | 180000 5-now n1 c1 600000"},
    {L, {"5 a 150000 0.9", "5 b 180000 0.6"}, "150000 5-now n1 c1 900000"},
    {L, {"5 a 150000 0.6", "5 b 180000 0.6"}, "180000 5-now n1 c1 600000"},
    {L, {"1 a Siero 0.8", "5 b Siero 0.5", "7 c Gijón 0.3 w"}, "Siero 1-now n2 c2 900000"},
    {L, {"1 a Siero 0.8", "5 b Gijón 0.8", "7 c Siero 0.8"},
     "Siero 1-5 superseded n1 c1 800000 | Gijón 5-7 superseded n1 c1 800000 | Siero 7-now n1 c1 800000"},
    {L, {"1 a Siero 0.8", "5 b - 0.8 x"}, "Siero 1-5 contradicted n1 c1 800000"},
};

}  // namespace

TEST_CASE("evidence becomes belief by the stated rule, whatever its order") {
  std::mt19937 random(7);
  for (const Row& row : kRows) {
    CAPTURE(row.evidence.size());
    CAPTURE(row.beliefs);
    std::vector<EvidenceItem> items = evidence_of(row.evidence);
    const std::vector<BeliefRow> drawn = draw_beliefs(row.rule, items);
    CHECK(text_of(drawn) == row.beliefs);
    for (int i = 0; i < 24; ++i) {
      std::shuffle(items.begin(), items.end(), random);
      CHECK(draw_beliefs(row.rule, items) == drawn);
    }
  }
}

TEST_CASE("random evidence: every order agrees, rows do not overlap, only the last is open") {
  std::mt19937 random(11);
  const char* const stages[] = {"considering", "planning", "underway", "done"};
  for (int round = 0; round < 400; ++round) {
    std::vector<EvidenceItem> items;
    const int count = 1 + static_cast<int>(random() % 12);
    for (int i = 0; i < count; ++i) {
      EvidenceItem item;
      item.at = static_cast<Timestamp>(random() % 6) * 100 * kDay;  // many ties
      item.conversation = random() % 3;
      item.message = std::to_string(random() % 5);
      item.value = stages[random() % 4];
      item.score = static_cast<int>(random() % 11) * 100'000;
      item.is_explicit = random() % 2 == 0;
      item.weak = random() % 4 == 0;
      item.contradicts = random() % 5 == 0;
      item.why = random() % 2 == 0 ? "[]" : "[\"w" + std::to_string(random() % 3) + "\"]";
      items.push_back(item);
    }
    for (const BeliefRule rule : {S, P, L}) {
      const std::vector<BeliefRow> drawn = draw_beliefs(rule, items);
      for (std::size_t i = 0; i < drawn.size(); ++i) {
        CHECK(drawn[i].valid_to.has_value() == !drawn[i].closed_reason.empty());
        if (drawn[i].valid_to) CHECK(*drawn[i].valid_to > drawn[i].valid_from);
        if (i + 1 < drawn.size()) {
          REQUIRE(drawn[i].valid_to.has_value());
          CHECK(*drawn[i].valid_to <= drawn[i + 1].valid_from);
        }
        CHECK(drawn[i].mass >= 0);
        CHECK(drawn[i].mass <= 1'000'000);
      }
      for (int i = 0; i < 6; ++i) {
        std::shuffle(items.begin(), items.end(), random);
        REQUIRE(draw_beliefs(rule, items) == drawn);
      }
    }
  }
}

TEST_CASE("the explanation is that of the best strong and explained evidence") {
  std::vector<EvidenceItem> items = evidence_of({"1 a planning 0.9 w", "2 b planning 0.8", "3 c planning 0.7"});
  CHECK(draw_beliefs(S, items)[0].why == "[\"m1\"]");
  items[1].why = "[]";
  CHECK(draw_beliefs(S, items)[0].why == "[\"m2\"]");
}

TEST_CASE("a hundred thousand pieces of evidence take no more than linear logarithmic time") {
  std::vector<EvidenceItem> items(100'000);
  for (std::size_t i = 0; i < items.size(); ++i) {
    items[i].at = static_cast<Timestamp>(i) * 1000;
    items[i].conversation = static_cast<std::int64_t>(i);
    items[i].value = i % 2 == 0 ? "a" : "b";
    items[i].score = 600'000;
    items[i].why = "[]";
  }
  CHECK(draw_beliefs(L, items).size() == items.size());
  CHECK(draw_beliefs(S, items).back().mass == 1'000'000);
}
