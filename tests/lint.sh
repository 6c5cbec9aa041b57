#!/usr/bin/env bash
# Quick lint: no long files, no tabs, no trailing blanks, no words that do not belong. `full`: clang-tidy too.
set -euo pipefail
cd "$(dirname "$0")/.."
bad=0
fail() { echo "lint: $*" >&2; bad=1; }

while IFS= read -r file; do
  lines=$(wc -l < "$file")
  [ "$lines" -le 450 ] || fail "$file: $lines lines; split by idea"
done < <(git ls-files 'src/*.cc' 'src/*.h' 'include/*.h' 'examples/*.cc')
grep -nP '\t' $(git ls-files '*.cc' '*.h') && fail "tabs in C++ files"
grep -nP '[ \t]+$' $(git ls-files '*.cc' '*.h' '*.py' '*.sh' CMakeLists.txt '*.cmake') && fail "blanks at line ends"
grep -nE '\b(TODO|FIXME|XXX)\b' $(git ls-files '*.cc' '*.h' '*.py' '*.md' 'dev') && fail "unfinished work is marked"
grep -nE '/(root|home|work|tmp)/[a-z]' $(git ls-files '*.cc' '*.h' '*.md' '*.json' | grep -v '^models/corpus') && fail "a machine path"
python3 -B models/corpus/near_duplicates.py models/corpus || fail "near duplicates in the corpus"
for script in dev .ci/run tests/lint.sh examples/*.sh; do bash -n "$script" || fail "$script does not parse"; done
if [ "${1:-quick}" = full ]; then
  cmake --preset tidy >/dev/null && cmake --build --preset tidy || fail "clang-tidy"
fi
[ "$bad" = 0 ] && echo "lint: clean"
exit "$bad"
