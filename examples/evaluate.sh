#!/usr/bin/env bash
# Rebuilds EVALUATION.md from the test split: usage evaluate.sh BUILD_DIR. The split is opened for these figures only.
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
program=$root/$1/tertulia
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

part() {  # title, kind, file
  printf '\n## %s\n\n' "$1"
  "$program" evaluate --kind "$2" --file "$3"
}

count() { cat "$root/models/corpus/$1"/*.jsonl | wc -l; }
authors() { ls "$root/models/corpus/$1"/*.jsonl | wc -l; }

{
  cat <<HEAD
# Evaluation

Made by \`./dev eval\` with version $("$program" --version | tail -n 1); nothing in it is typed by hand. The corpus is split by author before any
training: $(count train) messages of $(authors train) authors to train on, $(count dev) of $(authors dev) to tune on, $(count test) of $(authors test) to report on. The test
split is opened for this page alone. A message counts as right when exactly its active events are given; a trap is a message in which
a keyword reader would see an event and there is none; an everyday message has neither.
HEAD
  for lang in es en ca; do
    cat "$root"/models/corpus/test/$lang-*.jsonl > "$scratch/$lang.jsonl"
  done
  part "Understanding: Spanish" intents "$scratch/es.jsonl"
  part "Understanding: English" intents "$scratch/en.jsonl"
  part "Understanding: Catalan" intents "$scratch/ca.jsonl"
  part "Personal data" pii "$root/models/corpus/pii/test.jsonl"
  if [ -f "$root/models/corpus/customers/test.jsonl" ]; then part "Customers" customers "$root/models/corpus/customers/test.jsonl"; fi
} > "$scratch/EVALUATION.md"
mv "$scratch/EVALUATION.md" "$root/EVALUATION.md"
sed -n '1,20p' "$root/EVALUATION.md"
