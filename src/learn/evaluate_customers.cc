// Whole customers: conversations are mined into a store of their own, and its views are held against what a careful
// reader expects. `accept` lists answers that could be defended: neither right nor wrong. Test: tests/learn/evaluator_test.cc.
#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <set>

#include "data/json_lines.h"
#include "learn/evaluate.h"
#include "tertulia/engine.h"

#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

namespace tertulia {
namespace {

namespace fs = std::filesystem;

struct ExpectedCustomer {
  std::string id;
  std::map<std::string, std::string> events;
  std::set<std::string> absent_events, needs, signals, accepted_events, accepted_needs, accepted_signals;
  std::map<std::string, std::set<std::string>> accepted_stages, accepted_facts;
  std::map<std::string, std::string> facts;
};

std::string value_text(const rapidjson::Value& value) {
  if (value.IsString()) return value.GetString();
  rapidjson::StringBuffer buffer;
  rapidjson::Writer<rapidjson::StringBuffer> writer(buffer);
  value.Accept(writer);
  return buffer.GetString();
}

void read_set(const rapidjson::Value& object, const char* key, std::set<std::string>* out) {
  const auto member = object.FindMember(key);
  if (member == object.MemberEnd() || !member->value.IsArray()) return;
  for (const auto& item : member->value.GetArray()) {
    if (item.IsString()) out->insert(item.GetString());
  }
}

// {"key":["a","b"]} or {"key":"a"}
void read_sets(const rapidjson::Value& object, const char* key, std::map<std::string, std::set<std::string>>* out) {
  const auto member = object.FindMember(key);
  if (member == object.MemberEnd() || !member->value.IsObject()) return;
  for (const auto& entry : member->value.GetObject()) {
    if (entry.value.IsArray()) {
      for (const auto& item : entry.value.GetArray()) (*out)[entry.name.GetString()].insert(value_text(item));
    } else {
      (*out)[entry.name.GetString()].insert(value_text(entry.value));
    }
  }
}

ExpectedCustomer read_expected(const rapidjson::Value& row) {
  ExpectedCustomer out;
  out.id = row["id"].GetString();
  const rapidjson::Value& want = row["expected"];
  if (const auto events = want.FindMember("events"); events != want.MemberEnd() && events->value.IsArray()) {
    for (const auto& item : events->value.GetArray()) out.events[item["event"].GetString()] = item["stage"].GetString();
  }
  read_set(want, "absent_events", &out.absent_events);
  read_set(want, "needs", &out.needs);
  read_set(want, "signals", &out.signals);
  if (const auto facts = want.FindMember("facts"); facts != want.MemberEnd() && facts->value.IsObject()) {
    for (const auto& fact : facts->value.GetObject()) {
      std::string name = fact.name.GetString();
      if (name == "household") name = "household_children";
      if (name != "age") out.facts[name] = value_text(fact.value);
    }
  }
  if (const auto accept = want.FindMember("accept"); accept != want.MemberEnd() && accept->value.IsObject()) {
    read_set(accept->value, "events", &out.accepted_events);
    read_set(accept->value, "needs", &out.accepted_needs);
    read_set(accept->value, "signals", &out.accepted_signals);
    read_sets(accept->value, "stage", &out.accepted_stages);
    read_sets(accept->value, "facts", &out.accepted_facts);
    if (auto household = out.accepted_facts.extract("household"); !household.empty()) {
      household.key() = "household_children";
      out.accepted_facts.insert(std::move(household));
    }
  }
  return out;
}

void write_conversations(const rapidjson::Value& row, std::ofstream& out) {
  for (const auto& conversation : row["conversations"].GetArray()) {
    rapidjson::StringBuffer buffer;
    rapidjson::Writer<rapidjson::StringBuffer> writer(buffer);
    writer.StartObject();
    writer.Key("id");
    conversation["id"].Accept(writer);
    writer.Key("customer");
    row["id"].Accept(writer);
    writer.Key("channel");
    conversation["channel"].Accept(writer);
    writer.Key("messages");
    writer.StartArray();
    std::size_t number = 0;
    for (const auto& turn : conversation["turns"].GetArray()) {
      writer.StartObject();
      writer.Key("id");
      writer.String((std::string(conversation["id"].GetString()) + "-" + std::to_string(number++)).c_str());
      for (const char* key : {"at", "from", "text"}) {
        writer.Key(key);
        turn[key].Accept(writer);
      }
      writer.EndObject();
    }
    writer.EndArray();
    writer.EndObject();
    out << buffer.GetString() << '\n';
  }
}

bool well_formed(const rapidjson::Value& row) {
  if (!row.IsObject() || !row.HasMember("id") || !row["id"].IsString() || !row.HasMember("expected") || !row["expected"].IsObject() ||
      !row.HasMember("conversations") || !row["conversations"].IsArray()) {
    return false;
  }
  for (const auto& conversation : row["conversations"].GetArray()) {
    if (!conversation.IsObject() || !conversation.HasMember("id") || !conversation["id"].IsString() || !conversation.HasMember("channel") ||
        !conversation.HasMember("turns") || !conversation["turns"].IsArray()) {
      return false;
    }
    for (const auto& turn : conversation["turns"].GetArray()) {
      if (!turn.IsObject() || !turn.HasMember("at") || !turn.HasMember("from") || !turn.HasMember("text")) return false;
    }
  }
  return true;
}

bool same_value(const std::string& given, const std::string& wanted) {
  char* end_given = nullptr;
  char* end_wanted = nullptr;
  const double a = std::strtod(given.c_str(), &end_given), b = std::strtod(wanted.c_str(), &end_wanted);
  if (!given.empty() && !wanted.empty() && *end_given == '\0' && *end_wanted == '\0') return std::fabs(a - b) <= 0.05 * std::fabs(b) + 1e-9;
  return given == wanted;
}

using ByCustomer = std::map<std::string, std::map<std::string, std::string>>;

Result<ByCustomer> read_view(const Store& store, const std::string& sql) {
  Result<Table> table = store.query(sql);
  if (!table.ok()) return table.status();
  ByCustomer out;
  for (const auto& row : table->rows) out[row[0].value_or("")].emplace(row[1].value_or(""), row.size() > 2 ? row[2].value_or("") : "");
  return out;
}

void count(const std::set<std::string>& gold, const std::map<std::string, std::string>& got, const std::set<std::string>& accepted, Counts* out) {
  for (const std::string& item : gold) ++(got.count(item) ? out->hit : out->missed);
  for (const auto& [item, value] : got) out->wrong += gold.count(item) == 0 && accepted.count(item) == 0;
}

// A directory of its own that goes with the object.
class ScratchDirectory {
 public:
  ScratchDirectory() {
    std::string pattern = (fs::temp_directory_path() / "tertulia-XXXXXX").string();
    if (mkdtemp(pattern.data()) != nullptr) path_ = pattern;
  }
  ~ScratchDirectory() {
    std::error_code error;
    if (!path_.empty()) fs::remove_all(path_, error);
  }
  ScratchDirectory(const ScratchDirectory&) = delete;
  ScratchDirectory& operator=(const ScratchDirectory&) = delete;
  [[nodiscard]] const std::string& path() const { return path_; }

 private:
  std::string path_;
};

}  // namespace

Result<Evaluation> evaluate_customers(const std::string& file, const EvaluateOptions& options) {
  Result<Engine> engine = Engine::open(options.bundle_dir);
  if (!engine.ok()) return engine.status();
  const ScratchDirectory scratch;
  if (scratch.path().empty()) return Status(StatusCode::kUnreadable, "no temporary directory can be made");
  const std::string feed = scratch.path() + "/conversations.jsonl";
  std::vector<ExpectedCustomer> rows;
  {
    std::ofstream out(feed, std::ios::binary);
    const Status status = read_json_lines(file, [&](const rapidjson::Value& value, const std::string& where) -> Status {
      if (!well_formed(value)) return Status(StatusCode::kInvalidData, where + ": not a labelled customer");
      rows.push_back(read_expected(value));
      write_conversations(value, out);
      return {};
    });
    if (!status.ok()) return status;
  }
  Result<Store> store = Store::open(scratch.path() + "/segments.db", {});
  if (!store.ok()) return store.status();
  Result<Vault> vault = Vault::open(scratch.path() + "/vault.db", {});
  if (!vault.ok()) return vault.status();
  MineOptions mine;
  mine.reader.format = "jsonl";
  Result<BatchReport> report = engine->mine({feed}, *store, *vault, mine);
  if (!report.ok()) return report.status();

  Result<ByCustomer> events = read_view(*store, "SELECT customer_ref, event, stage FROM customer_event");
  if (!events.ok()) return events.status();
  Result<ByCustomer> needs = read_view(*store, "SELECT customer_ref, need, '' FROM customer_need");
  if (!needs.ok()) return needs.status();
  Result<ByCustomer> signals = read_view(*store, "SELECT customer_ref, signal, '' FROM customer_signal");
  if (!signals.ok()) return signals.status();
  Result<ByCustomer> facts = read_view(*store, "SELECT customer_ref, fact, value FROM customer_fact");
  if (!facts.ok()) return facts.status();

  Counts event_counts, need_counts, signal_counts;
  std::map<std::string, Counts> by_event;
  std::map<std::string, Share> fact_shares;
  Share stages, all_facts, absent;
  std::string errors;
  std::size_t shown = 0;
  for (const ExpectedCustomer& row : rows) {
    const std::string ref = vault->pseudonym("customer", row.id);
    std::set<std::string> gold;
    for (const auto& [event, stage] : row.events) gold.insert(event);
    const auto& got = (*events)[ref];
    count(gold, got, row.accepted_events, &event_counts);
    for (const std::string& event : gold) ++(got.count(event) ? by_event[event].hit : by_event[event].missed);
    for (const auto& [event, stage] : got) {
      if (gold.count(event) == 0 && row.accepted_events.count(event) == 0) ++by_event[event].wrong;
    }
    for (const auto& [event, stage] : row.events) {
      const auto found = got.find(event);
      if (found == got.end()) continue;
      const auto also = row.accepted_stages.find(event);
      stages.add(found->second == stage || (also != row.accepted_stages.end() && also->second.count(found->second) > 0));
    }
    count(row.needs, (*needs)[ref], row.accepted_needs, &need_counts);
    std::set<std::string> accepted_signals = row.accepted_signals;
    accepted_signals.insert({"stop_contact", "rights_request"});
    count(row.signals, (*signals)[ref], accepted_signals, &signal_counts);
    for (const auto& [fact, wanted] : row.facts) {
      const auto found = (*facts)[ref].find(fact);
      bool right = false;
      if (found != (*facts)[ref].end()) {
        right = same_value(found->second, wanted);
        if (const auto also = row.accepted_facts.find(fact); also != row.accepted_facts.end()) {
          for (const std::string& other : also->second) right = right || same_value(found->second, other);
        }
      }
      all_facts.add(right);
      fact_shares[fact].add(right);
    }
    for (const std::string& event : row.absent_events) absent.add(got.count(event) > 0);
    std::set<std::string> got_events;
    for (const auto& [event, stage] : got) got_events.insert(event);
    if (got_events != gold && shown < options.show_errors) {
      ++shown;
      errors += row.id + ": expected";
      for (const std::string& event : gold) errors += " " + event;
      errors += ", got";
      for (const std::string& event : got_events) errors += " " + event;
      errors += "\n";
    }
  }
  Figures figures;
  figures.header({"customers", "event precision", "event recall", "event F1", "stage right", "facts right", "absent events asserted"});
  figures.row({std::to_string(rows.size()), decimal(event_counts.precision()), decimal(event_counts.recall()), decimal(event_counts.f1()),
               decimal(stages.value()), decimal(all_facts.value()), percent(absent.value())});
  figures.title("Events of customers");
  figures.counts("event", by_event);
  figures.title("Facts of customers");
  figures.header({"fact", "customers", "right", "share"});
  for (const auto& [fact, share] : fact_shares) figures.row({fact, std::to_string(share.all), std::to_string(share.held), percent(share.value())});
  if (!errors.empty()) {
    figures.title("Errors");
    figures.line(errors);
  }
  figures.figure("events_f1", event_counts.f1());
  figures.figure("events_p", event_counts.precision());
  figures.figure("events_r", event_counts.recall());
  figures.figure("stage_acc", stages.value());
  figures.figure("needs_f1", need_counts.f1());
  figures.figure("signals_f1", signal_counts.f1());
  figures.figure("facts_acc", all_facts.value());
  figures.figure("absent_asserted", absent.value());
  figures.figure("n", rows.size());
  return figures.finish();
}

}  // namespace tertulia
