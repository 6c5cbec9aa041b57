// tertulia segment: define, list, count, members, why. Test: tests/cli/test_store_verbs.py.
#include <optional>

#include "bundle_path.h"
#include "command_line.h"
#include "host_join.h"
#include "output.h"
#include "shipped_segments.h"
#include "store_options.h"
#include "table_print.h"
#include "tertulia/engine.h"

namespace cli {
namespace {

using tertulia::Table;

std::string joined(const std::vector<std::string>& lines) {
  std::string out;
  for (const std::string& line : lines) out += (out.empty() ? "" : "; ") + line;
  return out;
}

int print_table(const CommandLine& line, const Table& table) { return print(line.has("json") ? table_json(table) : table_text(table)); }

int list(const CommandLine& line, const tertulia::Store& store) {
  const tertulia::Result<std::vector<tertulia::Segment>> segments = store.segments();
  if (!segments.ok()) return fail(segments.status());
  Table table{{"segment", "title", "purpose", "question"}, {}};
  for (const tertulia::Segment& s : *segments) table.rows.push_back({s.id, s.title, s.purpose, s.where.text()});
  return print_table(line, table);
}

int define(const CommandLine& line, tertulia::Store& store, const std::string& file) {
  const tertulia::Result<tertulia::Segment> segment = tertulia::load_segment(file);
  if (!segment.ok()) {
    say("tertulia: " + segment.status().message());
    return kSomeBad;
  }
  if (const tertulia::Status status = store.define(*segment); !status.ok()) return fail(status);
  return print_table(line, {{"segment", "question"}, {{segment->id, segment->where.text()}}});
}

// members, count and why: the segment is evaluated now, and who entered or left since the last time is recorded.
int evaluate_segment(const CommandLine& line, tertulia::Store& store, const std::string& action, const std::vector<std::string>& words) {
  const tertulia::Result<std::optional<tertulia::HostJoin>> host = host_join(line);
  if (!host.ok()) return fail(host.status());
  const std::string language = line.has("lang") ? line.get("lang") : "es";
  const tertulia::Result<std::vector<tertulia::SegmentMember>> members =
      store.refresh(words[1], language, host->has_value() ? &**host : nullptr);
  if (!members.ok()) {
    const int code = fail(members.status());
    return members.status().code() == tertulia::StatusCode::kNotFound ? kSomeBad : code;
  }
  if (action == "count") return print_table(line, {{"segment", "members"}, {{words[1], std::to_string(members->size())}}});
  if (action == "members") {
    Table table{{"customer_ref", "since", "confidence", "why"}, {}};
    for (const tertulia::SegmentMember& m : *members) {
      table.rows.push_back({m.customer_ref, tertulia::format_timestamp(m.since), std::to_string(m.confidence).substr(0, 4), joined(m.why)});
    }
    return print_table(line, table);
  }
  Table table{{"why"}, {}};
  for (const tertulia::SegmentMember& m : *members) {
    if (m.customer_ref != words[2]) continue;
    for (const std::string& why : m.why) table.rows.push_back({why});
    return print_table(line, table);
  }
  say("tertulia: this customer is not in the segment");
  return kSomeBad;
}

}  // namespace

int segment(const Arguments& arguments) {
  CommandLine line("segment", "--db DB list | define FILE | members ID | count ID | why ID REF",
                   "Works with segments: questions over attributes, and over the host's own columns with --host. The segments that come\n"
                   "with the bundle are defined on first use.",
                   "tertulia segment --db segments.db members autopromotor_financing");
  add_store(line);
  line.add()("lang", CommandLine::text()->value_name("L"), "language of the whys: es (default), en or ca")("json", "a JSON list of objects");
  add_host(line);
  line.add_models();
  line.require({"db"});
  if (const std::optional<int> end = line.parse(arguments)) return *end;
  const std::vector<std::string>& words = line.words();
  const std::string action = words.empty() ? "" : words[0];
  const std::size_t wanted = action == "list" ? 1 : action == "define" || action == "members" || action == "count" ? 2 : action == "why" ? 3 : 0;
  if (wanted == 0) return line.wrong("expected list, define, members, count or why");
  if (words.size() != wanted) return line.wrong(action + ": expected " + std::to_string(wanted - 1) + " words behind it");
  tertulia::Result<tertulia::Store> store = open_store(line, Access::kWrite);
  if (!store.ok()) return fail(store.status());
  if (const tertulia::Status status = define_shipped(*store, bundle_path(line)); !status.ok()) return fail(status);
  if (action == "list") return list(line, *store);
  if (action == "define") return define(line, *store, words[1]);
  return evaluate_segment(line, *store, action, words);
}

}  // namespace cli
