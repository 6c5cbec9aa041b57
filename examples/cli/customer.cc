// tertulia customer: the panoramic view of one customer. Test: tests/cli/test_store_verbs.py.
#include <optional>

#include "bundle_path.h"
#include "command_line.h"
#include "output.h"
#include "store_options.h"
#include "tertulia/engine.h"

namespace cli {

int customer(const Arguments& arguments) {
  CommandLine line("customer", "--db DB [--lang es|en|ca] REF",
                   "Prints what the store holds of one customer, every attribute with its why. REF is the pseudonym that `ref` gives.",
                   "tertulia customer --db segments.db $(tertulia ref --vault vault.db customer-17)");
  add_store(line);
  line.add()("lang", CommandLine::text()->value_name("L"), "es (default), en or ca")("json", "one JSON object");
  line.add_models();
  line.require({"db"});
  if (const std::optional<int> end = line.parse(arguments)) return *end;
  if (line.words().size() != 1) return line.wrong("expected one REF");
  tertulia::PanoramaOptions options;
  options.bundle_dir = bundle_path(line);
  options.customer_ref = line.words()[0];
  if (line.has("lang")) options.language = line.get("lang");
  const tertulia::Result<tertulia::Store> store = open_store(line, Access::kRead);
  if (!store.ok()) return fail(store.status());
  const tertulia::Result<tertulia::PanoramaText> panorama = tertulia::render_panorama(*store, options);
  if (!panorama.ok()) {
    const int code = fail(panorama.status());
    return panorama.status().code() == tertulia::StatusCode::kNotFound ? kSomeBad : code;
  }
  return print(line.has("json") ? panorama->json + "\n" : panorama->text);
}

}  // namespace cli
