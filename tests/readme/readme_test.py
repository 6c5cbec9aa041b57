#!/usr/bin/env python3
"""Runs what the documents show: console blocks (commands and their output, … stands for anything), C++ and CMake blocks.

usage: readme_test.py BUILD_DIR FILE…
"""
import os
import pathlib
import re
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```", re.M | re.S)


def matches(expected, printed):
    pattern = "".join(".*" if part == "…" else re.escape(part) for part in re.split("(…)", expected.strip()))
    return re.fullmatch(pattern, printed.strip(), re.S) is not None


def run_console(text, build, work):
    faults = []
    for step in re.split(r"^\$ ", text, flags=re.M)[1:]:
        command, _, expected = step.partition("\n")
        if command == "./dev demo":  # what `dev` runs once the build is there
            command = f"cd {ROOT} && examples/demo.sh {build}"
        env = {**os.environ, "PATH": f"{build}{os.pathsep}{os.environ['PATH']}"}
        done = subprocess.run(["bash", "-c", command], cwd=work, env=env, capture_output=True, text=True, timeout=300)
        printed = re.sub(r"\x1b\[[0-9;]*m", "", done.stdout + done.stderr)
        if done.returncode != 0 or not matches(expected, printed):
            faults.append(f"$ {command}\n  expected: {expected.strip()}\n  exit {done.returncode}, printed: {printed.strip()}")
    return faults


def run_cpp(number, text, build, work):
    source = work / f"snippet{number}.cc"
    source.write_text(text, encoding="utf-8")
    third = "-lfasttext -lre2 -lsodium -lsqlite3 -licui18n -licuuc -licudata -pthread".split()
    flags = ["-std=c++17", f"-I{ROOT}/include", f"-I{build}/include"]
    done = subprocess.run(["c++", *flags, str(source), f"-L{build}", "-ltertulia", *third, "-o", str(work / "snippet")], capture_output=True, text=True)
    if done.returncode != 0:
        return [f"the C++ block does not compile: {done.stderr[:800]}"]
    done = subprocess.run([str(work / "snippet"), f"{build}/bundle"], capture_output=True, text=True, timeout=60)
    return [] if done.returncode == 0 and done.stdout.strip() else [f"the C++ block ends with {done.returncode}: {done.stderr[:400]}"]


def main():
    build = pathlib.Path(sys.argv[1]).resolve()
    faults, blocks = [], 0
    for name in sys.argv[2:]:
        document = (ROOT / name).read_text(encoding="utf-8")
        for link in re.findall(r"\]\(([^)#:]+)\)", document):
            if not ((ROOT / name).parent / link).exists():
                faults.append(f"{name}: {link} is not there")
        with tempfile.TemporaryDirectory() as scratch:
            work = pathlib.Path(scratch)
            (work / "conversations.jsonl").symlink_to(ROOT / "examples/data/conversations.jsonl")
            for number, (language, text) in enumerate(BLOCK.findall(document)):
                if language == "console":
                    blocks += 1
                    faults += [f"{name}: {fault}" for fault in run_console(text, build, work)]
                elif language == "cpp":
                    blocks += 1
                    faults += [f"{name}: {fault}" for fault in run_cpp(number, text, build, work)]
    for fault in faults:
        print(fault)
    print(f"{blocks} blocks run, {len(faults)} faults")
    return 1 if faults or blocks == 0 else 0


if __name__ == "__main__":
    sys.exit(main())
