// Test: tests/cli/test_store_verbs.py.
#include "host_join.h"

#include <rapidjson/document.h>

#include <fstream>
#include <sstream>

#include "tertulia/vault.h"

namespace cli {

using tertulia::Status;
using tertulia::StatusCode;

void add_host(CommandLine& line) {
  line.add()("host", CommandLine::text()->value_name("CRM"), "the host's own SQLite database, opened for reading")
            ("host-map", CommandLine::text()->value_name("FILE"), "JSON: {\"table\":\"customer\",\"key\":\"id\"}")
            ("vault", CommandLine::text()->value_name("V"), "the vault, to join by; needed with --host")
            ("key-file", CommandLine::text()->value_name("FILE"), "the vault's key, where it is not kept inside");
}

tertulia::Result<std::optional<tertulia::HostJoin>> host_join(const CommandLine& line) {
  if (!line.has("host")) return std::optional<tertulia::HostJoin>();
  if (!line.has("host-map") || !line.has("vault")) return Status(StatusCode::kInvalidArgument, "--host needs --host-map and --vault");
  const std::string path = line.get("host-map");
  std::ifstream file(path);
  if (!file) return Status(StatusCode::kNotFound, path + ": cannot be read");
  std::stringstream text;
  text << file.rdbuf();
  rapidjson::Document map;
  map.Parse<rapidjson::kParseIterativeFlag>(text.str().c_str());
  const auto text_of = [&map](const char* key) -> std::string {
    const auto member = map.FindMember(key);
    return member != map.MemberEnd() && member->value.IsString() ? member->value.GetString() : std::string();
  };
  tertulia::HostJoin join;
  join.database = line.get("host");
  if (!map.HasParseError() && map.IsObject()) {
    join.table = text_of("table");
    join.key = text_of("key");
  }
  if (join.table.empty() || join.key.empty()) {
    return Status(StatusCode::kInvalidArgument, path + ": expected {\"table\":\"…\",\"key\":\"…\"}");
  }
  tertulia::VaultOptions options;
  options.key_file = line.get("key-file");
  options.create = false;
  options.read_only = true;
  const tertulia::Result<tertulia::Vault> vault = tertulia::Vault::open(line.get("vault"), options);
  if (!vault.ok()) return vault.status();
  tertulia::Result<std::vector<std::pair<std::string, std::string>>> identities = vault->all();
  if (!identities.ok()) return identities.status();
  join.identities = std::move(*identities);
  return std::optional<tertulia::HostJoin>(std::move(join));
}

}  // namespace cli
