// tertulia analyze: JSON lines {"id","text",["channel","lang","at"]} to one JSON answer each. Test: tests/cli/test_analyze.py.
#include <optional>

#include "bundle_path.h"
#include "command_line.h"
#include "line_job.h"
#include "output.h"
#include "tertulia/engine.h"

namespace cli {
namespace {

using tertulia::OffsetUnit;

std::optional<OffsetUnit> unit_of(const std::string& name) {
  if (name.empty() || name == "codepoints") return OffsetUnit::kCodePoints;
  if (name == "bytes") return OffsetUnit::kBytes;
  if (name == "utf16") return OffsetUnit::kUtf16;
  return std::nullopt;
}

LineAnswer bad(const std::optional<std::string>& id, const std::string& words) {
  return {tertulia::error_to_json(id, words) + "\n", words, 0};
}

LineAnswer answer_line(const tertulia::Engine& engine, OffsetUnit unit, const Line& line) {
  if (line.too_long) return bad(std::nullopt, line.where + ": line longer than " + std::to_string(kMaxLineBytes) + " bytes");
  if (line.text.find_first_not_of(" \t") == std::string_view::npos) return {};
  const tertulia::InputLine input = tertulia::parse_input_line(line.text, line.where);
  if (!input.status.ok()) return bad(input.id, input.status.message());
  const tertulia::Result<tertulia::Analysis> analysis = engine.analyze(input.input);
  if (!analysis.ok()) {
    return bad(input.id, line.where + (analysis.status().code() == tertulia::StatusCode::kLeak
                                           ? ": stopped: a personal value was still found after rewriting"
                                           : ": could not be analysed"));
  }
  return {tertulia::to_json(*analysis, unit) + "\n", "", input.repaired_utf8};
}

}  // namespace

int analyze(const Arguments& arguments) {
  CommandLine line("analyze", "[OPTIONS] [FILE…]",
                   "Reads messages as JSON lines {\"id\",\"text\",[\"channel\",\"lang\",\"at\"]} from the files or stdin and writes\n"
                   "one JSON answer each, in the same order. A bad line gives {\"id\",\"error\"} and exit code 1 at the end.",
                   "echo '{\"id\":\"1\",\"text\":\"ya tenemos la parcela y buscamos hipoteca\"}' | tertulia analyze");
  line.add()("offsets", CommandLine::text()->value_name("UNIT"), "bytes, codepoints (default) or utf16")
            ("json", "accepted as everywhere; the answers are JSON anyway");
  line.add_threads();
  line.add_models();
  if (const std::optional<int> end = line.parse(arguments)) return *end;
  const std::optional<OffsetUnit> unit = unit_of(line.get("offsets"));
  if (!unit) return line.wrong("--offsets: expected bytes, codepoints or utf16");
  const tertulia::Result<tertulia::Engine> engine = tertulia::Engine::open(bundle_path(line));
  if (!engine.ok()) return fail(engine.status());
  return run_lines(line.words(), line.threads(), [&](const Line& l) { return answer_line(*engine, *unit, l); });
}

}  // namespace cli
