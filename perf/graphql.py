#!/usr/bin/env python3
"""Measures the graphql layer on a generated project, and graphql-js on the same texts.

usage: graphql.py [--files N --bytes N --share S --schema-bytes N --seed N]

Needs a release build of `builder_cli` and `perf_micro`, and the packages of tests/node. The
documents are the operations of the project's artifact, each with the fragments that it needs.
Exits with 1 where a goal is missed.
"""
import argparse
import json
import pathlib
import subprocess
import sys

from generate_project import Options, ensure_project

ROOT = pathlib.Path(__file__).resolve().parent.parent
WORK = ROOT / "build" / "perf"
BUILDER = ROOT / "build" / "release" / "cli" / "builder"
MICRO = ROOT / "build" / "release" / "perf" / "perf_micro"
PACKAGE = ROOT / "tests" / "node" / "node_modules" / "graphql"
ROUNDS = 3


def make_inputs(options):
    """The schema's file, and one with the documents."""
    project = WORK / "graphql-project"
    ensure_project(project, options)
    subprocess.run([BUILDER, "--quiet"], cwd=project, check=True)
    elements = json.loads((project / ".builder" / "artifact.json").read_text())["elements"]
    texts = [
        element["prebuild"]["document"]
        for element in elements.values()
        if element["type"] == "operation"
    ]
    documents = WORK / "documents.json"
    documents.write_text(json.dumps(texts))
    return project / "schema.graphql", documents, len(texts), sum(len(text) for text in texts)


def measure_ours(schema, documents):
    """Milliseconds and bytes a second of each benchmark, the best of some rounds."""
    command = [MICRO, schema, documents, "--benchmark_format=json", f"--benchmark_repetitions={ROUNDS}"]
    output = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    best = {}
    for run in json.loads(output)["benchmarks"]:
        if run["run_type"] == "iteration":
            known = best.get(run["run_name"])
            if known is None or run["cpu_time"] < known["cpu_time"]:
                best[run["run_name"]] = run
    return best


def measure_theirs(schema, documents):
    command = ["node", ROOT / "perf" / "micro" / "graphql_js.mjs", PACKAGE, schema, documents]
    return json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--files", type=int, default=10_000)
    parser.add_argument("--bytes", type=int, default=50_000_000)
    parser.add_argument("--share", type=float, default=0.15)
    parser.add_argument("--schema-bytes", type=int, default=1_200_000)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    for program in (BUILDER, MICRO):
        if not program.exists():
            sys.exit(f"{program} is missing: cmake --build --preset release --target builder_cli perf_micro")
    options = Options(
        arguments.files, arguments.share, arguments.schema_bytes, arguments.bytes, arguments.seed
    )
    schema, documents, count, size = make_inputs(options)
    ours = measure_ours(schema, documents)
    theirs = measure_theirs(schema, documents)
    print(f"schema {schema.stat().st_size:,} bytes; {count:,} documents, {size:,} bytes")
    for name, run in ours.items():
        beside = f"{theirs[name]:10.1f} ms graphql-js, {theirs[name] / run['cpu_time']:6.1f} x" if name in theirs else ""
        print(f"{name:22} {run['cpu_time']:9.2f} ms {run['bytes_per_second'] / 1e6:8.1f} MB/s  {beside}")
    goals = {
        "lexing >= 500 MB/s": ours["lex_schema"]["bytes_per_second"] / 1e6 >= 500,
        "schema ready <= 5 x lexing": ours["load_schema"]["cpu_time"] <= 5 * ours["lex_schema"]["cpu_time"],
        "printing >= 200 MB/s": ours["print_documents"]["bytes_per_second"] / 1e6 >= 200,
        "validating >= 50 x graphql-js": theirs["validate_documents"] >= 50 * ours["validate_documents"]["cpu_time"],
    }
    print(f"schema ready: {ours['load_schema']['cpu_time'] / ours['lex_schema']['cpu_time']:.2f} x lexing")
    for goal, is_met in goals.items():
        print(f"{'met' if is_met else 'MISSED'}: {goal}")
    if theirs["errors"] != ours["validate_documents"]["errors"]:
        sys.exit("the two do not find equally many errors")
    return 0 if all(goals.values()) else 1


if __name__ == "__main__":
    sys.exit(main())
