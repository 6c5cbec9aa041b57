// tertulia evaluate: a bundle's figures on a labelled file. Test: tests/cli/test_train.py.
#include <cstdlib>
#include <optional>

#include "bundle_path.h"
#include "command_line.h"
#include "output.h"
#include "tertulia/train.h"

namespace cli {

int evaluate(const Arguments& arguments) {
  CommandLine line("evaluate", "--file FILE [--kind intents|pii|customers]",
                   "Measures the bundle on a labelled file (docs/labels.md) and prints its errors as figures.",
                   "tertulia evaluate --file models/corpus/test.jsonl --kind intents");
  line.add()("file", CommandLine::text()->value_name("FILE"), "labelled JSON lines")
            ("kind", CommandLine::text()->value_name("KIND"), "intents, pii or customers (default: seen from the first line)")
            ("show", CommandLine::text()->value_name("N"), "names that many wrong lines by id")
            ("json", "one JSON object with the figures");
  line.add_models();
  line.require({"file"});
  if (const std::optional<int> end = line.parse(arguments)) return *end;
  if (!line.words().empty()) return line.wrong("unexpected word");
  tertulia::EvaluateOptions options;
  options.bundle_dir = bundle_path(line);
  options.kind = line.get("kind");
  if (!options.kind.empty() && options.kind != "intents" && options.kind != "pii" && options.kind != "customers") {
    return line.wrong("--kind: expected intents, pii or customers");
  }
  if (line.has("show")) options.show_errors = static_cast<std::size_t>(std::max(0, std::atoi(line.get("show").c_str())));
  const tertulia::Result<tertulia::Evaluation> evaluation = tertulia::evaluate(line.get("file"), options);
  if (!evaluation.ok()) {
    const int code = fail(evaluation.status());
    return evaluation.status().code() == tertulia::StatusCode::kInvalidData ? kSomeBad : code;
  }
  return print(line.has("json") ? evaluation->json + "\n" : evaluation->text);
}

}  // namespace cli
