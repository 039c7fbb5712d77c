#!/usr/bin/env python3
"""Runs clang-tidy over our sources, on those alone whose text changed since it last found nothing.

clang-tidy takes 5 to 20 seconds a file, so a run over everything is minutes. What it says is a
function of its version, its options, the compile command and the preprocessed text; a file is
skipped when a hash over these is remembered as clean. Preprocessing takes a tenth of the time.

The preset compiles the files of a layer together, ten at a time, so that their headers are walked
once: a seventh of the time of one after the other. Findings name the file that they are in.

usage: tidy.py [--jobs N] [--tests] [--deep] [FILE...]
  FILE      these alone, with those that are compiled together with them
  --tests   the tests too, which take half as long again and are checked before a release
  --deep    follow paths as far as the static analyzer does by itself: thrice the time
"""
import argparse
import concurrent.futures
import hashlib
import json
import os
import pathlib
import re
import shlex
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
BUILD = ROOT / "build" / "tidy"
STAMPS = BUILD / "tidy-clean"
TIDY = "clang-tidy-14"
# States of one function that the static analyzer looks at. Of its own accord it takes 225,000, and
# most of all time for them; what it finds here it finds among the first ones.
ANALYZER_STATES = 4_000


def sources_of(path):
    """What CMake compiles together under that name; a source file is alone."""
    if not path.is_relative_to(BUILD):
        return {path}
    return {pathlib.Path(name).resolve() for name in re.findall(r'^#include "(.+)"$', path.read_text(), re.M)}


def entries(wanted, with_tests):
    commands = json.loads((BUILD / "compile_commands.json").read_text())
    for entry in commands:
        path = pathlib.Path(entry["directory"], entry["file"]).resolve()
        if path.suffix not in (".cpp", ".cxx") or not path.is_relative_to(ROOT):
            continue
        sources = sources_of(path)
        is_test = any(source.is_relative_to(ROOT / "tests") for source in sources)
        if sources & wanted or (not wanted and (with_tests or not is_test)):
            yield path, entry


def command_of(is_deep):
    # The analyzer passes over included files of its own accord, and here all of ours are.
    words = ["-analyzer-opt-analyze-headers"]
    words += [] if is_deep else ["-analyzer-config", f"max-nodes={ANALYZER_STATES}"]
    extra = [f"--extra-arg={part}" for word in words for part in ("-Xclang", word)]
    return [TIDY, "-p", str(BUILD), "--quiet", *extra]


def key_of(entry, settings):
    """Nothing if the file does not compile: then clang-tidy shall say why."""
    arguments = shlex.split(entry["command"])
    output = arguments.index("-o")
    del arguments[output : output + 2]
    # -C keeps comments: NOLINT is one.
    arguments = [a for a in arguments if a != "-c"] + ["-E", "-C"]
    done = subprocess.run(arguments, cwd=entry["directory"], capture_output=True)
    if done.returncode != 0:
        return None
    return hashlib.sha256(settings + entry["command"].encode() + done.stdout).hexdigest()


def tidy(path, entry, command, settings):
    """The complaints about one file, or an empty text."""
    key = key_of(entry, settings)
    if key and (STAMPS / key).exists():
        return ""
    done = subprocess.run([*command, str(path)], cwd=ROOT, capture_output=True, text=True)
    if done.returncode != 0:
        # Standard error only counts what was suppressed, unless clang-tidy itself failed.
        return done.stdout or done.stderr
    if key:
        (STAMPS / key).touch()
    return ""


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--jobs", type=int, default=os.cpu_count())
    parser.add_argument("--tests", action="store_true")
    parser.add_argument("--deep", action="store_true")
    parser.add_argument("files", nargs="*")
    options = parser.parse_args()

    STAMPS.mkdir(parents=True, exist_ok=True)
    version = subprocess.run([TIDY, "--version"], check=True, capture_output=True).stdout
    configs = [ROOT / folder / ".clang-tidy" for folder in ("", "tests")]
    command = command_of(options.deep)
    settings = version + " ".join(command).encode() + b"".join(config.read_bytes() for config in configs)
    wanted = {pathlib.Path(name).resolve() for name in options.files}
    failed = 0
    with concurrent.futures.ThreadPoolExecutor(options.jobs) as pool:
        work = [pool.submit(tidy, path, entry, command, settings) for path, entry in entries(wanted, options.tests)]
        for task in concurrent.futures.as_completed(work):
            if task.result():
                failed += 1
                print(task.result(), flush=True)
    if failed:
        print(f"clang-tidy: {failed} files with findings")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
