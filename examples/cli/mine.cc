// tertulia mine: conversations of any known export into a store. Test: tests/cli/test_mine.py.
#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>
#include <unistd.h>

#include <cstdlib>
#include <optional>

#include "bundle_path.h"
#include "command_line.h"
#include "output.h"
#include "store_options.h"
#include "tertulia/engine.h"
#include "tertulia/reader.h"
#include "tertulia/vault.h"

namespace cli {
namespace {

using tertulia::BatchReport;

std::string summary_json(const BatchReport& report) {
  rapidjson::StringBuffer buffer;
  rapidjson::Writer<rapidjson::StringBuffer> json(buffer);
  const auto put = [&json](const char* key, std::size_t count) {
    json.Key(key);
    json.Uint64(count);
  };
  json.StartObject();
  put("conversations", report.read.conversations);
  put("messages", report.read.messages);
  put("bad_records", report.bad_records);
  put("repaired_utf8", report.read.repaired_utf8);
  put("messages_new", report.stored.messages_new);
  put("messages_known", report.stored.messages_known);
  put("evidence_new", report.stored.evidence_new);
  put("beliefs_opened", report.stored.beliefs_opened);
  put("beliefs_changed", report.stored.beliefs_changed);
  put("beliefs_closed", report.stored.beliefs_closed);
  put("special_withheld", report.special_withheld);
  put("stopped_by_leak", report.stopped_by_leak);
  json.Key("skipped");
  json.StartObject();
  for (const auto& [reason, count] : report.read.skipped) put(reason.c_str(), count);
  json.EndObject();
  json.Key("assumptions");
  json.StartArray();
  for (const std::string& assumption : report.read.assumptions) json.String(assumption.c_str());
  json.EndArray();
  json.EndObject();
  return std::string(buffer.GetString(), buffer.GetSize()) + "\n";
}

std::string summary_text(const BatchReport& report) {
  const auto n = [](std::size_t count) { return std::to_string(count); };
  std::string out = n(report.read.messages) + " messages of " + n(report.read.conversations) + " conversations; customers' messages: " +
                    n(report.stored.messages_new) + " new, " + n(report.stored.messages_known) + " known; evidence: " +
                    n(report.stored.evidence_new) + " new; attributes: " + n(report.stored.beliefs_opened) + " opened, " +
                    n(report.stored.beliefs_changed) + " changed, " + n(report.stored.beliefs_closed) + " closed";
  if (report.special_withheld > 0) out += "; withheld (special categories): " + n(report.special_withheld);
  if (report.stopped_by_leak > 0) out += "; stopped (personal data left): " + n(report.stopped_by_leak);
  if (report.bad_records > 0) out += "; bad records: " + n(report.bad_records);
  if (report.read.repaired_utf8 > 0) out += "; bytes that were not UTF-8: " + n(report.read.repaired_utf8);
  return out;
}

}  // namespace

int mine(const Arguments& arguments) {
  CommandLine line("mine", "--db DB --vault V [OPTIONS] FILE…",
                   "Reads conversations from exports (" + [] {
                     std::string names;
                     for (const std::string& name : tertulia::reader_formats()) names += (names.empty() ? "" : ", ") + name;
                     return names;
                   }() + "; - is stdin) into the store. The same file twice changes nothing; a\nrun that was killed goes on where it was. Says one line of figures at the end.",
                   "tertulia mine --db segments.db --vault vault.db chats.jsonl");
  add_store(line);
  line.add()("vault", CommandLine::text()->value_name("V"), "the vault: key and host ids, a file of its own")
            ("key-file", CommandLine::text()->value_name("FILE"), "the vault's key, 64 hexadecimal digits (default: kept in the vault)")
            ("format", CommandLine::text()->value_name("F"), "the export's format (default: seen from the file)")
            ("column-map", CommandLine::text()->value_name("FILE"), "JSON: which CSV column holds which field")
            ("customer", CommandLine::text()->value_name("ID"), "host id of the customer, for exports that carry none")
            ("agent", boost::program_options::value<std::vector<std::string>>()->value_name("NAME"), "author who speaks for the company; may be repeated")
            ("purpose", CommandLine::text()->value_name("P"), "purpose of this run (default: profiling)")
            ("legal-basis", CommandLine::text()->value_name("B"), "legal basis of this run")
            ("commit-every", CommandLine::text()->value_name("N"), "conversations a transaction (default: 2000)")
            ("json", "the figures as one JSON object on stdout");
  line.add_threads();
  line.add_models();
  line.require({"db", "vault"});
  if (const std::optional<int> end = line.parse(arguments)) return *end;
  if (line.words().empty()) return line.wrong("FILE is missing");
  const tertulia::Result<tertulia::Timestamp> now = now_of(line);
  if (!now.ok()) return fail(now.status());

  const tertulia::Result<tertulia::Engine> engine = tertulia::Engine::open(bundle_path(line));
  if (!engine.ok()) return fail(engine.status());
  tertulia::VaultOptions vault_options;
  vault_options.key_file = line.get("key-file");
  tertulia::Result<tertulia::Vault> vault = tertulia::Vault::open(line.get("vault"), vault_options);
  if (!vault.ok()) return fail(vault.status());
  tertulia::Result<tertulia::Store> store = open_store(line, Access::kCreate);
  if (!store.ok()) return fail(store.status());

  tertulia::MineOptions options;
  options.reader.format = line.get("format");
  options.reader.column_map = line.get("column-map");
  options.reader.customer = line.get("customer");
  options.reader.agents = line.all("agent");
  options.threads = line.threads();
  options.run.started = *now;
  if (line.has("purpose")) options.run.purpose = line.get("purpose");
  if (line.has("legal-basis")) options.run.legal_basis = line.get("legal-basis");
  if (line.has("commit-every")) {
    const int every = std::atoi(line.get("commit-every").c_str());
    if (every < 1) return line.wrong("--commit-every: expected a number from 1");
    options.commit_every = static_cast<std::size_t>(every);
  }
  const bool terminal = ::isatty(STDERR_FILENO) == 1;
  options.on_bad_record = [terminal](const tertulia::Status& status) { say((terminal ? "\r\x1b[K" : "") + status.message()); };
  if (terminal) {
    options.on_progress = [](std::size_t messages) {
      const std::string bar = "\r\x1b[K" + std::to_string(messages) + " messages";
      (void)!::write(STDERR_FILENO, bar.data(), bar.size());
    };
  }
  const tertulia::Result<BatchReport> report = engine->mine(line.words(), *store, *vault, options);
  if (terminal) (void)!::write(STDERR_FILENO, "\r\x1b[K", 4);
  if (!report.ok()) return fail(report.status());
  if (line.has("json")) {
    if (!write_out(summary_json(*report))) return kCannotRun;
  } else {
    say(summary_text(*report));
  }
  return report->bad_records > 0 ? kSomeBad : kDone;
}

}  // namespace cli
