// tertulia report: one self-contained HTML page. Test: tests/cli/test_report.py.
#include <cstdlib>
#include <optional>

#include "bundle_path.h"
#include "command_line.h"
#include "output.h"
#include "shipped_segments.h"
#include "store_options.h"
#include "tertulia/engine.h"

namespace cli {

int report(const Arguments& arguments) {
  CommandLine line("report", "--db DB --out FILE [--lang es|en|ca]",
                   "Writes one HTML page that loads nothing: figures where small counts are hidden, the segments, and the panorama of\n"
                   "one customer. Segments that need no columns of the host are evaluated first. --out - is stdout.",
                   "tertulia report --db segments.db --out report.html --lang en");
  add_store(line);
  line.add()("out", CommandLine::text()->value_name("FILE"), "the page")
            ("lang", CommandLine::text()->value_name("L"), "es (default), en or ca")
            ("customer", CommandLine::text()->value_name("REF"), "whose panorama (default: who has the most attributes)")
            ("k", CommandLine::text()->value_name("K"), "least count that is shown, 10 or more (default: 10)")
            ("json", "accepted as everywhere; the answer is a page");
  line.add_models();
  line.require({"db", "out"});
  if (const std::optional<int> end = line.parse(arguments)) return *end;
  if (!line.words().empty()) return line.wrong("unexpected word");
  tertulia::ReportOptions options;
  options.bundle_dir = bundle_path(line);
  options.customer_ref = line.get("customer");
  if (line.has("lang")) options.language = line.get("lang");
  if (line.has("k")) options.k = std::atoi(line.get("k").c_str());
  if (options.k < 10) return line.wrong("--k: expected a number from 10");

  tertulia::Result<tertulia::Store> store = open_store(line, Access::kWrite);
  if (!store.ok()) return fail(store.status());
  if (const tertulia::Status status = define_shipped(*store, options.bundle_dir); !status.ok()) return fail(status);
  const tertulia::Result<std::vector<tertulia::Segment>> segments = store->segments();
  if (!segments.ok()) return fail(segments.status());
  for (const tertulia::Segment& segment : *segments) {
    const auto refreshed = store->refresh(segment.id, options.language);
    // A segment over the host's columns cannot be evaluated here: it stays as it was last time.
    if (!refreshed.ok() && refreshed.status().code() != tertulia::StatusCode::kInvalidArgument &&
        refreshed.status().code() != tertulia::StatusCode::kFailedPrecondition) {
      return fail(refreshed.status());
    }
  }
  const tertulia::Result<std::string> page = tertulia::render_report(*store, options);
  if (!page.ok()) return fail(page.status());
  if (line.get("out") == "-") return print(*page);
  const tertulia::Status written = write_file(line.get("out"), *page);
  return written.ok() ? kDone : fail(written);
}

}  // namespace cli
