// tertulia restore: the sealed values of the operator `token` put back by whoever has the vault. Test: tests/cli/test_anonymize.py.
#include <rapidjson/document.h>
#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

#include <optional>

#include "command_line.h"
#include "line_job.h"
#include "output.h"
#include "tertulia/privacy.h"
#include "tertulia/vault.h"

namespace cli {
namespace {

// Of a JSON line the strings of the object are restored, so that quotes in a value stay escaped.
LineAnswer restored(const std::string& key, const Line& line) {
  const std::string end = line.end.empty() ? "\n" : std::string(line.end);
  if (line.too_long) return {end, line.where + ": line longer than " + std::to_string(kMaxLineBytes) + " bytes", 0};
  std::size_t closed = 0;
  const auto open = [&](std::string_view text) {
    const tertulia::Result<tertulia::RestoredText> done = tertulia::restore_tokens(text, key);
    if (!done.ok()) return std::string(text);  // the key's length is right: it came from a vault
    closed += done->closed;
    return done->text;
  };
  std::string out;
  rapidjson::Document json;
  if (line.text.substr(0, 1) == "{" && !json.Parse<rapidjson::kParseIterativeFlag>(line.text.data(), line.text.size()).HasParseError() && json.IsObject()) {
    for (auto& member : json.GetObject()) {
      if (!member.value.IsString()) continue;
      const std::string text = open({member.value.GetString(), member.value.GetStringLength()});
      member.value.SetString(text.data(), static_cast<rapidjson::SizeType>(text.size()), json.GetAllocator());
    }
    rapidjson::StringBuffer buffer;
    rapidjson::Writer<rapidjson::StringBuffer> writer(buffer);
    json.Accept(writer);
    out.assign(buffer.GetString(), buffer.GetSize());
  } else {
    out = open(line.text);
  }
  return {out + end, closed == 0 ? "" : line.where + ": " + std::to_string(closed) + " tokens that this key does not open", 0};
}

}  // namespace

int restore(const Arguments& arguments) {
  CommandLine line("restore", "--vault V [OPTIONS] [FILE…]",
                   "Puts back what `anonymize` sealed with the operator token. Only the vault that sealed them opens tokens; others stay and\n"
                   "give exit code 1. The output is personal again.",
                   "tertulia restore --vault vault.db clean.txt");
  line.add()("vault", CommandLine::text()->value_name("V"), "the vault whose key sealed the values")
            ("key-file", CommandLine::text()->value_name("FILE"), "the vault's key, where it is not kept inside")
            ("json", "accepted as everywhere; JSON lines are seen from their form");
  line.add_threads();
  line.require({"vault"});
  if (const std::optional<int> end = line.parse(arguments)) return *end;
  tertulia::VaultOptions options;
  options.key_file = line.get("key-file");
  options.create = false;
  options.read_only = true;
  const tertulia::Result<tertulia::Vault> vault = tertulia::Vault::open(line.get("vault"), options);
  if (!vault.ok()) return fail(vault.status());
  const std::string key = vault->anonymizer_key();
  return run_lines(line.words(), line.threads(), [&](const Line& l) { return restored(key, l); });
}

}  // namespace cli
