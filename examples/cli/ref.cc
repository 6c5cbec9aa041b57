// tertulia ref: host customer ids to the pseudonyms by which the store knows them. Test: tests/cli/test_mine.py.
#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

#include <optional>

#include "command_line.h"
#include "output.h"
#include "tertulia/vault.h"

namespace cli {

int ref(const Arguments& arguments) {
  CommandLine line("ref", "--vault V [--db DB] ID…",
                   "Prints the pseudonym of each host customer id, one a line, in the order given. It is the same whether or not the\n"
                   "customer has been mined yet.",
                   "tertulia ref --db segments.db --vault vault.db customer-17");
  line.add()("db", CommandLine::text()->value_name("DB"), "the store; not needed, accepted so that verbs look alike")
            ("vault", CommandLine::text()->value_name("V"), "the vault")
            ("key-file", CommandLine::text()->value_name("FILE"), "the vault's key, where it is not kept inside")
            ("json", "one JSON object: id to pseudonym");
  line.require({"vault"});
  if (const std::optional<int> end = line.parse(arguments)) return *end;
  if (line.words().empty()) return line.wrong("ID is missing");
  tertulia::VaultOptions options;
  options.key_file = line.get("key-file");
  options.create = false;
  options.read_only = true;
  const tertulia::Result<tertulia::Vault> vault = tertulia::Vault::open(line.get("vault"), options);
  if (!vault.ok()) return fail(vault.status());
  std::string out;
  rapidjson::StringBuffer buffer;
  rapidjson::Writer<rapidjson::StringBuffer> json(buffer);
  json.StartObject();
  for (const std::string& id : line.words()) {
    const std::string pseudonym = vault->pseudonym("customer", id);
    out += pseudonym + "\n";
    json.Key(id.data(), static_cast<rapidjson::SizeType>(id.size()));
    json.String(pseudonym.data(), static_cast<rapidjson::SizeType>(pseudonym.size()));
  }
  json.EndObject();
  return print(line.has("json") ? std::string(buffer.GetString(), buffer.GetSize()) + "\n" : out);
}

}  // namespace cli
