// tertulia doctor: is this installation whole? Bundle, libraries, a round trip from a conversation to a query and, where
// asked, a database. Says what is wrong and never prints conversation text. Test: tests/cli/test_doctor.py.
#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>
#include <sqlite3.h>
#include <unicode/uversion.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <optional>
#include <vector>

#include "bundle_path.h"
#include "command_line.h"
#include "output.h"
#include "store_options.h"
#include "tertulia/engine.h"
#include "tertulia/version.h"

namespace cli {
namespace {

struct Check {
  std::string name;
  bool ok;
  std::string note;  // a version, or what is wrong
};

// Invented. The number has a right check letter, so that it must be found.
constexpr const char* kSample =
    "{\"id\":\"1\",\"customer\":\"sample\",\"channel\":\"chat\",\"messages\":[{\"id\":\"1\",\"at\":\"2026-03-02T10:15:00Z\",\"from\":\"customer\","
    "\"text\":\"Hola, soy Ana y mi DNI es 12345678Z. Ya tenemos la parcela y el arquitecto, buscamos hipoteca para construir la casa.\"}]}\n";
constexpr const char* kSampleValue = "12345678Z";

class TemporaryDirectory {
 public:
  TemporaryDirectory() {
    std::error_code error;
    std::string pattern = (std::filesystem::temp_directory_path(error) / "tertulia-doctor-XXXXXX").string();
    if (!error && ::mkdtemp(pattern.data()) != nullptr) path_ = pattern;
  }
  TemporaryDirectory(const TemporaryDirectory&) = delete;
  TemporaryDirectory& operator=(const TemporaryDirectory&) = delete;
  ~TemporaryDirectory() {
    std::error_code error;
    if (!path_.empty()) std::filesystem::remove_all(path_, error);
  }
  [[nodiscard]] const std::string& path() const { return path_; }  // empty: could not be made

 private:
  std::string path_;
};

std::string first_value(const tertulia::Store& store, const std::string& sql) {
  const tertulia::Result<tertulia::Table> table = store.query(sql);
  return table.ok() && !table->rows.empty() ? table->rows[0][0].value_or("") : "";
}

bool holds(const std::string& path, const std::string& value) {
  std::ifstream file(path, std::ios::binary);
  const std::string bytes((std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>());
  return bytes.find(value) != std::string::npos;
}

// Mines the sample into a new store, asks it, and searches its bytes for the sample's personal value.
std::vector<Check> round_trip(const tertulia::Engine& engine) {
  const TemporaryDirectory directory;
  if (directory.path().empty()) return {{"temporary directory", false, "cannot be written"}};
  const std::string feed = directory.path() + "/sample.jsonl", db = directory.path() + "/s.db";
  if (const tertulia::Status written = write_file(feed, kSample); !written.ok()) return {{"temporary directory", false, written.message()}};
  tertulia::Result<tertulia::Vault> vault = tertulia::Vault::open(directory.path() + "/v.db", {});
  if (!vault.ok()) return {{"vault", false, vault.status().message()}};
  tertulia::Result<tertulia::Store> store = tertulia::Store::open(db, {});
  if (!store.ok()) return {{"store", false, store.status().message()}};
  std::vector<Check> out = {{"sqlite", true, first_value(*store, "SELECT sqlite_version()")}};
  const tertulia::Result<tertulia::BatchReport> report = engine.mine({feed}, *store, *vault, {});
  if (!report.ok() || report->stored.messages_new != 1) {
    out.push_back({"round trip", false, report.ok() ? "the sample message was not stored" : report.status().message()});
    return out;
  }
  const std::string events = first_value(*store, "SELECT count(*) FROM customer_event");
  out.push_back({"round trip", events != "" && events != "0", events == "0" ? "the sample's life event was not heard" : ""});
  const bool leaked = holds(db, kSampleValue) || holds(db + "-wal", kSampleValue);
  out.push_back({"no personal value in the store", !leaked, leaked ? "the sample's number is in the bytes" : ""});
  return out;
}

// The first value of a PRAGMA, asked as any host may ask: a Store answers SELECT alone.
std::string pragma(const std::string& path, const char* sql) {
  sqlite3* db = nullptr;
  std::string out;
  if (sqlite3_open_v2(path.c_str(), &db, SQLITE_OPEN_READONLY, nullptr) == SQLITE_OK) {
    const auto keep = [](void* text, int columns, char** values, char**) {
      std::string& first = *static_cast<std::string*>(text);
      if (first.empty() && columns > 0 && values[0] != nullptr) first = values[0];
      return 0;
    };
    sqlite3_exec(db, sql, keep, &out, nullptr);
  }
  sqlite3_close(db);
  return out;
}

std::vector<Check> check_database(const CommandLine& line) {
  const tertulia::Result<tertulia::Store> store = open_store(line, Access::kRead);
  if (!store.ok()) return {{"database", false, store.status().message()}};
  const std::string sound = pragma(line.get("db"), "PRAGMA integrity_check");
  const bool writable = ::access(line.get("db").c_str(), W_OK) == 0;
  return {{"database", true, "version " + pragma(line.get("db"), "PRAGMA user_version")},
          {"database integrity", sound == "ok", sound == "ok" ? "" : "PRAGMA integrity_check does not answer ok"},
          {"database can be written", writable, writable ? "" : "no right to write"}};
}

}  // namespace

int doctor(const Arguments& arguments) {
  CommandLine line("doctor", "[--db DB]",
                   "Checks the bundle against its manifest, the libraries, a round trip of an invented conversation through a store of\n"
                   "its own and, with --db, a database. Exit code 3 when something is wrong.",
                   "tertulia doctor --db segments.db");
  add_store(line);
  line.add()("json", "a JSON list of the checks");
  line.add_models();
  if (const std::optional<int> end = line.parse(arguments)) return *end;
  if (!line.words().empty()) return line.wrong("unexpected word");

  std::vector<Check> checks = {{"tertulia", true, TERTULIA_VERSION}};
  UVersionInfo icu{};
  u_getVersion(icu);
  const bool same = icu[0] == U_ICU_VERSION_MAJOR_NUM;
  checks.push_back({"icu", same, std::to_string(icu[0]) + "." + std::to_string(icu[1]) + (same ? "" : ", built for " U_ICU_VERSION)});
  const tertulia::Result<tertulia::Engine> engine = tertulia::Engine::open(bundle_path(line));
  checks.push_back({"bundle", engine.ok(), engine.ok() ? engine->model_id().substr(0, 16) : engine.status().message()});
  if (engine.ok()) {
    for (Check& check : round_trip(*engine)) checks.push_back(std::move(check));
  }
  if (line.has("db")) {
    for (Check& check : check_database(line)) checks.push_back(std::move(check));
  }

  bool ok = true;
  std::string text;
  rapidjson::StringBuffer buffer;
  rapidjson::Writer<rapidjson::StringBuffer> json(buffer);
  json.StartArray();
  for (const Check& check : checks) {
    ok = ok && check.ok;
    text += std::string(check.ok ? "ok     " : "WRONG  ") + check.name + (check.note.empty() ? "" : ": " + check.note) + "\n";
    json.StartObject();
    json.Key("check");
    json.String(check.name.c_str());
    json.Key("ok");
    json.Bool(check.ok);
    json.Key("note");
    json.String(check.note.c_str());
    json.EndObject();
  }
  json.EndArray();
  if (!write_out(line.has("json") ? std::string(buffer.GetString(), buffer.GetSize()) + "\n" : text)) return kCannotRun;
  return ok ? kDone : kCannotRun;
}

}  // namespace cli
