// tertulia anonymize: text or JSON lines to the same with personal data replaced by policy. Test: tests/cli/test_anonymize.py.
#include <rapidjson/document.h>
#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

#include <fstream>
#include <optional>

#include "bundle_path.h"
#include "command_line.h"
#include "line_job.h"
#include "output.h"
#include "tertulia/engine.h"
#include "tertulia/privacy.h"
#include "tertulia/vault.h"

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
  input.id = line.where;  // each line is a conversation of its own
  input.text = line.text;
  const tertulia::Result<tertulia::Analysis> clean = engine.anonymize(input);
  if (!clean.ok()) return {end, stopped(line, clean.status()), 0};
  return {clean->anonymized + end, "", clean->repaired_utf8};
}

// Why, and why not: of a line of either form, as JSON or in words. Nothing of the line itself.
LineAnswer explained_line(const Engine& engine, const Line& line, bool json_in, bool json_out) {
  const auto bad = [&](const std::optional<std::string>& id, const std::string& words) {
    return LineAnswer{json_out ? tertulia::error_to_json(id, words) + "\n" : "", words, 0};
  };
  if (line.too_long) return bad(std::nullopt, line.where + ": line longer than " + std::to_string(kMaxLineBytes) + " bytes");
  tertulia::TextInput input;
  std::size_t repaired = 0;
  if (json_in) {
    if (line.text.find_first_not_of(" \t") == std::string_view::npos) return {};
    tertulia::InputLine read = tertulia::parse_input_line(line.text, line.where);
    if (!read.status.ok()) return bad(read.id, read.status.message());
    input = std::move(read.input);
    repaired = read.repaired_utf8;
  } else {
    input.id = line.where;
    input.text = line.text;
  }
  const tertulia::Result<tertulia::Analysis> clean = engine.explain(input);
  if (!clean.ok()) return bad(input.id, stopped(line, clean.status()));
  repaired += clean->repaired_utf8;
  if (json_out) return {tertulia::explanation_to_json(*clean, tertulia::OffsetUnit::kCodePoints) + "\n", "", repaired};
  std::string out;
  const auto put = [&](const char* what, const std::string& type, tertulia::Span span, const std::string& recognizer) {
    out += line.where + ": " + what + " " + type + " bytes " + std::to_string(span.begin) + "-" + std::to_string(span.end) + " by " + recognizer + ": ";
  };
  for (const tertulia::Entity& entity : clean->entities) {
    put("found", entity.type, entity.span, entity.recognizer);
    for (const std::string& why : entity.why) out += (&why == entity.why.data() ? "" : "; ") + why;
    out += "\n";
  }
  for (const tertulia::Rejection& rejection : clean->rejected) {
    put("let go", rejection.type, rejection.span, rejection.recognizer);
    out += rejection.reason + "\n";
  }
  return {out, "", repaired};
}

// One value a line; with `types`, a tab and its entity type behind. Blank lines and # are skipped.
tertulia::Status read_list(const std::string& path, bool types, tertulia::AnonymizerOptions& options) {
  std::ifstream file(path);
  if (!file) return {tertulia::StatusCode::kNotFound, path + ": cannot be read"};
  std::string row;
  for (std::size_t number = 1; std::getline(file, row); ++number) {
    if (!row.empty() && row.back() == '\r') row.pop_back();
    if (row.empty() || row[0] == '#') continue;
    const std::size_t tab = row.find('\t');
    if (!types) options.allow.push_back(row);
    else if (tab == std::string::npos || tab == 0 || tab + 1 == row.size()) {
      return {tertulia::StatusCode::kInvalidData, path + ":" + std::to_string(number) + ": expected a value, a tab and an entity type"};
    } else {
      options.deny[row.substr(0, tab)] = row.substr(tab + 1);
    }
  }
  return {};
}

// The anonymizer's options of the command line. A value: the verb ends with it.
std::optional<int> read_options(const CommandLine& line, tertulia::AnonymizerOptions& options) {
  if (line.has("policy")) {
    const tertulia::Result<tertulia::Policy> policy = tertulia::Policy::load(line.get("policy"));
    if (!policy.ok()) return fail(policy.status());
    options.policy = *policy;
  }
  for (const bool types : {false, true}) {
    const char* name = types ? "deny" : "allow";
    if (!line.has(name)) continue;
    if (const tertulia::Status s = read_list(line.get(name), types, options); !s.ok()) return fail(s);
  }
  options.extra_patterns = line.get("patterns");
  options.tenant = line.get("tenant");
  if (options.policy.needs_key() && !line.has("vault")) return line.wrong("this policy needs a key: --vault is missing");
  if (line.has("vault")) {
    tertulia::VaultOptions vault_options;
    vault_options.key_file = line.get("key-file");
    const tertulia::Result<tertulia::Vault> vault = tertulia::Vault::open(line.get("vault"), vault_options);
    if (!vault.ok()) return fail(vault.status());
    options.key = vault->anonymizer_key();
  }
  return std::nullopt;
}

}  // namespace

int anonymize(const Arguments& arguments) {
  CommandLine line("anonymize", "[OPTIONS] [FILE…]",
                   "Writes the input with personal data replaced. Lines that begin with { are read as JSON {\"id\",\"text\",…} and\n"
                   "keep id, channel, lang and at; other lines are text. --format settles it for all lines.",
                   "echo 'soy Ana, mi DNI es 12345678Z' | tertulia anonymize");
  line.add()("policy", CommandLine::text()->value_name("FILE"), "JSON: which operator applies to which type of data")
            ("format", CommandLine::text()->value_name("F"), "text or jsonl (default: seen from each line)")
            ("vault", CommandLine::text()->value_name("V"), "the key of hash, pseudonym, token, surrogate and shift; made where there is none")
            ("key-file", CommandLine::text()->value_name("FILE"), "the vault's key, 64 hexadecimal digits (default: kept in the vault)")
            ("tenant", CommandLine::text()->value_name("NAME"), "mixed into keyed values: another tenant gets others")
            ("allow", CommandLine::text()->value_name("FILE"), "values that stay, one a line; /…/ is an RE2 expression")
            ("deny", CommandLine::text()->value_name("FILE"), "values that are replaced wherever they stand: value, tab, TYPE")
            ("patterns", CommandLine::text()->value_name("DIR"), "a directory of further pattern files")
            ("explain", "instead of the text: why each value was found, and near misses with the reason; never a value")
            ("json", "the same as --format jsonl; with --explain the answers alone are JSON");
  line.add_threads();
  line.add_models();
  if (const std::optional<int> end = line.parse(arguments)) return *end;
  const bool explain = line.has("explain");
  const std::string format = line.has("json") && !explain ? "jsonl" : line.get("format");
  if (!format.empty() && format != "text" && format != "jsonl") return line.wrong("--format: expected text or jsonl");
  tertulia::EngineOptions options;
  if (const std::optional<int> end = read_options(line, options.anonymizer)) return *end;
  const tertulia::Result<Engine> engine = Engine::open(bundle_path(line), options);
  if (!engine.ok()) return fail(engine.status());
  return run_lines(line.words(), line.threads(), [&](const Line& l) {
    const bool json = format.empty() ? l.text.substr(0, 1) == "{" : format == "jsonl";
    if (explain) return explained_line(*engine, l, json, line.has("json"));
    return json ? json_line(*engine, l) : text_line(*engine, l);
  });
}

}  // namespace cli
