#!/usr/bin/env python3
"""Finds messages of the corpus that say nearly the same: shared word trigrams over all of both (Jaccard), from --least on.

    models/corpus/near_duplicates.py [--least 0.6] [--drop] models/corpus

Prints one pair of ids a line with its score, those of two different splits first; never the text. With --drop the later of
the two is taken out of its file (of two splits, the one to train on). Exit code: 0 none, 1 some were found, 2 usage.
Test: tests/corpus/test_near_duplicates.py.
"""

import argparse
import collections
import json
import pathlib
import re
import sys
import unicodedata

SPLITS = {"test": 0, "dev": 1, "train": 2}  # what stays, first


def words(text):
    folded = unicodedata.normalize("NFD", text.lower())
    return re.findall(r"\w+", "".join(c for c in folded if not unicodedata.combining(c)))


def shingles(text):
    """Word trigrams; a text of one or two words is one shingle, and short talk ("vale gracias") may repeat."""
    tokens = words(text)
    return frozenset(zip(tokens, tokens[1:], tokens[2:])) if len(tokens) > 4 else frozenset()


def load(root):
    rows = []
    for path in sorted(root.rglob("*.jsonl")):
        if "customers" in path.parts:
            continue
        split = next((part for part in SPLITS if part in path.parts or path.stem == part), "train")
        kind = "pii" if "pii" in path.parts else "talk"
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            if line.strip():
                row = json.loads(line)
                rows.append((SPLITS[split], kind, path, number, row["id"], shingles(row["text"])))
    return sorted(rows, key=lambda row: (row[0], str(row[2]), row[3]))


def pairs(rows, least):
    by_shingle = collections.defaultdict(list)
    for index, row in enumerate(rows):
        shared = collections.Counter()
        for shingle in row[5]:
            seen = by_shingle[shingle]
            if len(seen) < 200:  # a phrase that everybody says tells nothing
                shared.update(other for other in seen if rows[other][1] == row[1])
                seen.append(index)
        for other, count in sorted(shared.items()):
            score = count / (len(row[5]) + len(rows[other][5]) - count)
            if score >= least:
                yield score, other, index


def main():
    parser = argparse.ArgumentParser(description="Near duplicates of the corpus")
    parser.add_argument("root", type=pathlib.Path)
    parser.add_argument("--least", type=float, default=0.6)
    parser.add_argument("--drop", action="store_true")
    options = parser.parse_args()
    if not options.root.is_dir():
        parser.error("not a directory")
    rows = load(options.root)
    found = sorted(pairs(rows, options.least), key=lambda p: (rows[p[1]][0] == rows[p[2]][0], -p[0], p[1], p[2]))
    for score, first, second in found:
        print(f"{score:.2f}\t{rows[first][4]}\t{rows[second][4]}")
    print(f"{len(found)} near duplicates among {len(rows)} messages", file=sys.stderr)
    if options.drop:
        gone = collections.defaultdict(set)
        for _, _, second in found:
            gone[rows[second][2]].add(rows[second][3])
        for path, numbers in gone.items():
            lines = path.read_text(encoding="utf-8").splitlines()
            path.write_text("".join(line + "\n" for number, line in enumerate(lines, 1) if number not in numbers), encoding="utf-8")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
