#!/usr/bin/env python3
"""Reads every #include of the project and fails on an edge that the drawing in CONTRIBUTING.md does not have."""
import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]

# folder: folders that it may include (itself always). Siblings never meet but in include/tertulia;
# store stands above segment, whose question tree it compiles to SQL.
MAY = {
    "base": set(),
    "data": {"base"},
    "text": {"base", "data"},
    "ingest": {"base", "data"},
    "privacy": {"base", "data", "text"},
    "intent": {"base", "data", "text"},
    "segment": {"base", "data"},
    "store": {"base", "data", "segment"},
    "engine": {"base", "data", "text", "ingest", "privacy", "intent", "segment", "store"},
    "learn": {"base", "data", "text", "privacy", "intent", "engine"},
    "capi": {"base", "engine"},
}
# Third parties that only these folders may name.
THIRD = {
    "fasttext/": {"intent", "learn"},
    "linear.h": {"learn"},
    "sqlite3.h": {"store"},
    "sodium.h": {"base"},
    "re2/": {"privacy"},
    "unicode/": {"text", "privacy", "ingest", "learn"},
}
INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^>"]+)[>"]', re.M)


def main():
    faults, edges, files = [], set(), 0
    for path in sorted((ROOT / "src").rglob("*")):
        if path.suffix not in (".h", ".cc"):
            continue
        files += 1
        folder = path.relative_to(ROOT / "src").parts[0]
        if folder not in MAY:
            faults.append(f"{path.relative_to(ROOT)}: folder {folder} is not in the drawing")
            continue
        for _, target in INCLUDE.findall(path.read_text(encoding="utf-8")):
            first = target.split("/")[0]
            if first in MAY and "/" in target:
                edges.add((folder, first))
                if first != folder and first not in MAY[folder]:
                    faults.append(f"{path.relative_to(ROOT)}: {folder} may not include {target}")
            for prefix, allowed in THIRD.items():
                if target.startswith(prefix) and folder not in allowed:
                    faults.append(f"{path.relative_to(ROOT)}: {folder} may not include <{target}>")
    for path in sorted((ROOT / "include").rglob("*.h")):
        files += 1
        for _, target in INCLUDE.findall(path.read_text(encoding="utf-8")):
            if "/" in target and not target.startswith("tertulia/"):
                faults.append(f"{path.relative_to(ROOT)}: public headers hold standard types only, not {target}")
    for folder in ("examples", "bindings"):
        for path in sorted((ROOT / folder).rglob("*")):
            if path.suffix not in (".h", ".cc", ".c"):
                continue
            files += 1
            for _, target in INCLUDE.findall(path.read_text(encoding="utf-8")):
                if target.split("/")[0] in MAY:
                    faults.append(f"{path.relative_to(ROOT)}: examples and bindings use include/tertulia only, not {target}")
    for fault in faults:
        print(fault)
    print(f"{files} files, {len(edges)} edges between folders, {len(faults)} faults")
    return 1 if faults or files < 50 else 0


if __name__ == "__main__":
    sys.exit(main())
