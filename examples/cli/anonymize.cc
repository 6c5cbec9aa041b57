// tertulia anonymize: text or JSON lines to the same with personal data replaced by policy. Test: tests/cli/test_anonymize.py.
#include <rapidjson/document.h>
#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

#include <optional>

#include "bundle_path.h"
#include "command_line.h"
#include "line_job.h"
#include "output.h"
#include "tertulia/engine.h"
#include "tertulia/privacy.h"

namespace cli {
namespace {

using tertulia::Engine;

std::string stopped(const Line& line, const tertulia::Status& status) {
  return line.where + (status.code() == tertulia::StatusCode::kLeak ? ": stopped: a personal value was still found after rewriting"
                                                                    : ": could not be anonymized");
}

// The known fields alone: another one may hold a name.
LineAnswer json_line(const Engine& engine, const Line& line) {
  const auto bad = [](const std::optional<std::string>& id, const std::string& words) {
    return LineAnswer{tertulia::error_to_json(id, words) + "\n", words, 0};
  };
  if (line.too_long) return bad(std::nullopt, line.where + ": line longer than " + std::to_string(kMaxLineBytes) + " bytes");
  if (line.text.find_first_not_of(" \t") == std::string_view::npos) return {};
  const tertulia::InputLine input = tertulia::parse_input_line(line.text, line.where);
  if (!input.status.ok()) return bad(input.id, input.status.message());
  const tertulia::Result<tertulia::Analysis> clean = engine.anonymize(input.input);
  if (!clean.ok()) return bad(input.id, stopped(line, clean.status()));
  rapidjson::StringBuffer buffer;
  rapidjson::Writer<rapidjson::StringBuffer> json(buffer);
  const auto put = [&json](const char* key, const std::string& value) {
    if (value.empty() && std::string_view(key) != "text") return;
    json.Key(key);
    json.String(value.data(), static_cast<rapidjson::SizeType>(value.size()));
  };
  json.StartObject();
  put("id", input.input.id);
  put("text", clean->anonymized);
  put("channel", input.input.channel);
  put("lang", input.input.language);
  put("at", input.input.at ? tertulia::format_timestamp(*input.input.at) : "");
  json.EndObject();
  return {std::string(buffer.GetString(), buffer.GetSize()) + "\n", "", input.repaired_utf8};
}

// A line that cannot be cleaned leaves an empty one: the count of lines stays and nothing gets through.
LineAnswer text_line(const Engine& engine, const Line& line) {
  const std::string end = line.end.empty() ? "\n" : std::string(line.end);
  if (line.too_long) return {end, line.where + ": line longer than " + std::to_string(kMaxLineBytes) + " bytes", 0};
  tertulia::TextInput input;
  input.text = line.text;
  const tertulia::Result<tertulia::Analysis> clean = engine.anonymize(input);
  if (!clean.ok()) return {end, stopped(line, clean.status()), 0};
  return {clean->anonymized + end, "", clean->repaired_utf8};
}

}  // namespace

int anonymize(const Arguments& arguments) {
  CommandLine line("anonymize", "[OPTIONS] [FILE…]",
                   "Writes the input with personal data replaced. Lines that begin with { are read as JSON {\"id\",\"text\",…} and\n"
                   "keep id, channel, lang and at; other lines are text. --format settles it for all lines.",
                   "echo 'soy Ana, mi DNI es 12345678Z' | tertulia anonymize");
  line.add()("policy", CommandLine::text()->value_name("FILE"), "JSON: which operator applies to which type of data")
            ("format", CommandLine::text()->value_name("F"), "text or jsonl (default: seen from each line)")
            ("json", "the same as --format jsonl");
  line.add_threads();
  line.add_models();
  if (const std::optional<int> end = line.parse(arguments)) return *end;
  const std::string format = line.has("json") ? "jsonl" : line.get("format");
  if (!format.empty() && format != "text" && format != "jsonl") return line.wrong("--format: expected text or jsonl");
  tertulia::EngineOptions options;
  if (line.has("policy")) {
    const tertulia::Result<tertulia::Policy> policy = tertulia::Policy::load(line.get("policy"));
    if (!policy.ok()) return fail(policy.status());
    options.anonymizer.policy = *policy;
  }
  const tertulia::Result<Engine> engine = Engine::open(bundle_path(line), options);
  if (!engine.ok()) return fail(engine.status());
  return run_lines(line.words(), line.threads(), [&](const Line& l) {
    const bool json = format.empty() ? l.text.substr(0, 1) == "{" : format == "jsonl";
    return json ? json_line(*engine, l) : text_line(*engine, l);
  });
}

}  // namespace cli
