// tertulia train: rules, lexicons and corpus to a bundle. Test: tests/cli/test_train.py.
#include "tertulia/train.h"

#include <optional>

#include "command_line.h"
#include "output.h"

namespace cli {

int train(const Arguments& arguments) {
  CommandLine line("train", "--models DIR --out DIR",
                   "Trains on the corpus under DIR and writes a bundle: the rules and lexicons of DIR, the trained files and a manifest.\n"
                   "The same DIR and seed give the same bytes. An existing bundle is replaced when the training has succeeded.",
                   "tertulia train --models models --out build/bundle");
  line.add()("models", CommandLine::text()->value_name("DIR"), "the source tree of rules, lexicons and corpus")
            ("out", CommandLine::text()->value_name("DIR"), "the bundle")
            ("seed", CommandLine::text()->value_name("N"), "for shuffling (default: fixed)")
            ("quiet", "no line a step")
            ("json", "accepted as everywhere; there is no data to print");
  line.require({"models", "out"});
  if (const std::optional<int> end = line.parse(arguments)) return *end;
  if (!line.words().empty()) return line.wrong("unexpected word");
  tertulia::TrainOptions options;
  options.models_dir = line.get("models");
  options.bundle_dir = line.get("out");
  if (line.has("seed")) {
    const std::string seed = line.get("seed");
    if (seed.empty() || seed.size() > 18 || seed.find_first_not_of("0123456789") != std::string::npos) return line.wrong("--seed: expected a number");
    options.seed = std::stoull(seed);
  }
  if (!line.has("quiet")) options.progress = [](const std::string& step) { say(step); };
  const tertulia::Status status = tertulia::train(options);
  return status.ok() ? kDone : fail(status);
}

}  // namespace cli
