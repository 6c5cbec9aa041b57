// tertulia query: one SELECT over the views of the store. Test: tests/cli/test_store_verbs.py.
#include <optional>

#include "command_line.h"
#include "output.h"
#include "store_options.h"
#include "table_print.h"

namespace cli {

int query(const Arguments& arguments) {
  CommandLine line("query", "--db DB SQL",
                   "Prints the answer of one SELECT over the views of docs/store.md. The store is opened for reading alone.",
                   "tertulia query --db segments.db \"SELECT event, count(*) FROM customer_event GROUP BY event\"");
  add_store(line);
  line.add()("json", "a JSON list of objects");
  line.require({"db"});
  if (const std::optional<int> end = line.parse(arguments)) return *end;
  if (line.words().size() != 1) return line.wrong("expected one SQL statement");
  const tertulia::Result<tertulia::Store> store = open_store(line, Access::kRead);
  if (!store.ok()) return fail(store.status());
  const tertulia::Result<tertulia::Table> table = store->query(line.words()[0]);
  if (!table.ok()) return fail(table.status());
  return print(line.has("json") ? table_json(*table) : table_text(*table));
}

}  // namespace cli
