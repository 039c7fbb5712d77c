#!/usr/bin/env python3
"""Measures single functions (perf/micro, Google Benchmark), and graphql-js on the same texts.

usage: micro.py [--filter REGEX] [--rounds N] [--json FILE]

The program makes its inputs itself: the same bytes everywhere. Figures are the least processor time
of some rounds, on one thread; graphql-js after a round in which its code gets compiled. Exits with 1
where a goal is missed. graphql-js comes from tests/node, and is left out where that is not installed.
"""
import argparse
import json
import pathlib
import subprocess
import sys
import tempfile

from measure import ROOT, Goal, build_release, print_goals

MICRO = ROOT / "build" / "release" / "perf" / "perf_micro"
PACKAGE = ROOT / "tests" / "node" / "node_modules" / "graphql"
# Long enough that the timer does not matter, short enough that all benchmarks take half a minute.
ROUND_S = 0.1


def measure_ours(pattern, rounds):
    """Benchmark -> the best of its rounds, with times in microseconds."""
    command = [MICRO, "--benchmark_format=json", f"--benchmark_filter={pattern}",
               f"--benchmark_min_time={ROUND_S}", f"--benchmark_repetitions={rounds}"]
    output = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    best = {}
    for run in json.loads(output)["benchmarks"] if output.strip() else []:
        if run["run_type"] == "iteration":
            if "error_occurred" in run:
                sys.exit(f"{run['run_name']}: {run['error_message']}")
            known = best.get(run["run_name"])
            if known is None or run["cpu_time"] < known["cpu_time"]:
                best[run["run_name"]] = run
    return best


def measure_theirs():
    """Milliseconds that graphql-js takes for what benchmarks of the same name do."""
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run([MICRO, "--write-inputs", folder], check=True)
        command = ["node", ROOT / "perf" / "micro" / "graphql_js.mjs", PACKAGE,
                   pathlib.Path(folder) / "schema.graphql", pathlib.Path(folder) / "documents.json"]
        return json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


def amount_of(run):
    """How much of something a second, in the unit that is easiest to read."""
    if "bytes_per_second" in run:
        return f"{run['bytes_per_second'] / 1e6:10.1f} MB/s"
    if "items_per_second" in run:
        return f"{run['items_per_second'] / 1e6:10.2f} M/s "
    return " " * 15


def print_figures(ours, theirs):
    group = ""
    for name, run in ours.items():
        if name.split("/")[0] != group:
            group = name.split("/")[0]
            print(f"\n{group}")
        short = name.partition("/")[2]
        beside = f"   graphql-js {theirs[short]:8.1f} ms, {1000 * theirs[short] / run['cpu_time']:6.1f} x" \
            if group == "graphql" and short in theirs else ""
        print(f"  {short:26} {run['cpu_time']:12.1f} us {amount_of(run)}{beside}")


def goals_of(ours, theirs):
    """Those whose benchmarks ran."""
    def has(*names):
        return all(name in ours for name in names)

    def speed(name):
        return ours[name]["bytes_per_second"] / 1e6

    goals = []
    if has("graphql/lex_schema"):
        goals.append(Goal("lexing", speed("graphql/lex_schema"), 500, "MB/s", at_least=True))
    if has("graphql/lex_schema", "graphql/load_schema"):
        times = ours["graphql/load_schema"]["cpu_time"] / ours["graphql/lex_schema"]["cpu_time"]
        goals.append(Goal("a schema that was checked, of lexing", times, 5, "x"))
    if has("graphql/print_documents"):
        goals.append(Goal("printing", speed("graphql/print_documents"), 200, "MB/s", at_least=True))
    if has("graphql/validate_documents") and theirs:
        times = 1000 * theirs["validate_documents"] / ours["graphql/validate_documents"]["cpu_time"]
        goals.append(Goal("validating: graphql-js", times, 50, "x", at_least=True))
    return goals


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--filter", default=".", help="of benchmarks, by `group/name`")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--json", type=pathlib.Path)
    given = parser.parse_args()
    build_release("perf_micro")
    ours = measure_ours(given.filter, given.rounds)
    if not ours:
        parser.error(f"no benchmark matches {given.filter!r}")
    theirs = measure_theirs() if PACKAGE.exists() and any(name.startswith("graphql/") for name in ours) else {}
    print_figures(ours, theirs)
    if {"scanner/tag_scanner", "tree_sitter/read_documents"} <= ours.keys():
        times = ours["tree_sitter/read_documents"]["cpu_time"] / ours["scanner/tag_scanner"]["cpu_time"]
        print(f"\nthe tag scanner is {times:.1f} x as fast as tree-sitter on these files")
    if given.json:
        given.json.write_text(json.dumps({"benchmarks": ours, "graphql_js": theirs}, indent=2) + "\n")
    is_well = print_goals(goals_of(ours, theirs))
    if theirs and theirs["errors"] != ours.get("graphql/validate_documents", theirs)["errors"]:
        sys.exit("the two do not find equally many errors")
    sys.exit(0 if is_well else 1)


if __name__ == "__main__":
    main()
