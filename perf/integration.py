#!/usr/bin/env python3
"""Measures the whole program: on fixtures, on projects of several sizes, and over a thousand builds.

usage: integration.py [--parts fixtures,sizes,stability] [--files 1000,10000,100000] [--threads N]
                      [--folder DIR] [--json FILE] [--html FILE [--with PEERS]]

  fixtures   every scenario of perf-builder on each fixture
  sizes      cold builds, runs that find nothing to do and edits, on generated projects: throughput,
             latency and memory of each size, and how they grow from size to size
  stability  1,000 builds of a project of 1,000 files, of which every tenth finds an edit: time and
             saved state must not grow; then builds after an edit of 5 % of the documents

perf-builder does the measuring, and fails where outputs are not those of a clean build. Goals are
judged at 10,000 files, where that size is asked for; growth from the smallest to the largest size.
Exits with 1 where a goal is missed. DIR is where projects are built, in memory by default where there
is room. Generating 100,000 files takes minutes, once. --html writes perf-builder's page about the
sizes; PEERS is a file of perf/comparison.py --json.
"""
import argparse
import json
import math
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import time

from generate_project import Options, ensure_project
from measure import BUILDER, ROOT, WORK, Goal, Spread, build_release, names_of, print_goals, run

PERF_BUILDER = ROOT / "build" / "release" / "perf" / "perf-builder"
PARTS = ("fixtures", "sizes", "stability")
FIXTURES = ("small-app", "medium-app", "large-app", "tagged-app")
SIZE_SCENARIOS = ("cold", "noop", "restart", "leaf-edit", "fanout-edit")
# For sizes at which each takes so long that only growth is asked for.
GROWTH_SCENARIOS = ("cold", "noop", "leaf-edit")
JUDGED_FILES = 10_000
BUILDS = 1_000
# One in so many finds an edit.
EDIT_EVERY = 10
MEGABYTE = 1e6


def options_of(files):
    """What perf-builder is asked for: less where each run takes long."""
    if files > JUDGED_FILES:
        return ["--scenario", ",".join(GROWTH_SCENARIOS), "--iterations", 2, "--warmup", 0, "--no-floor"]
    return ["--scenario", ",".join(SIZE_SCENARIOS), "--iterations", 7 if files <= 1_000 else 5]


def measure(fixture, options, given):
    """The metrics of perf-builder; ends here where it fails."""
    # Its own number of runs is what a figure needs here; repetitions are for comparisons.
    command = [PERF_BUILDER, "--fixture", fixture, "--threads", given.threads, "--min-time", "0", "--json", *options]
    command += ["--work-dir", given.folder] if given.folder else []
    done = subprocess.run([str(part) for part in command], capture_output=True, text=True)
    if done.returncode != 0:
        sys.exit(f"{' '.join(map(str, command))}\nfailed with {done.returncode}:\n{done.stderr[-3000:]}")
    return json.loads(done.stdout)


def median(metrics, scenario, figure):
    return metrics["scenarios"][scenario][figure]["p50"]


def floor_ratio(metrics, scenario, figure):
    """The builder's time as a multiple of the floor's; None where no pair was kept."""
    for floor in metrics["scenarios"][scenario].get("floors", []):
        if floor["kept"] > 0:
            return floor[figure]["p50"]
    return None


def growth(sizes, values):
    """The exponent of a power law through the points: 1 is linear, 0 is flat."""
    xs, ys = [math.log(size) for size in sizes], [math.log(value) for value in values]
    mean_x, mean_y = sum(xs) / len(xs), sum(ys) / len(ys)
    return sum((x - mean_x) * (y - mean_y) for x, y in zip(xs, ys)) / sum((x - mean_x) ** 2 for x in xs)


def run_fixtures(given):
    print(f"\n{'fixture':12} {'files':>5} {'defs':>5} {'cold ms':>8} {'noop ms':>8} {'restart ms':>10} {'leaf ms':>8} "
          f"{'fan-out ms':>10} {'schema ms':>9} {'peak MB':>8}")
    figures = {}
    for fixture in FIXTURES:
        metrics = measure(fixture, ["--iterations", 5], given)
        figures[fixture] = metrics
        walls = [median(metrics, scenario, "wallMs")
                 for scenario in ("cold", "noop", "restart", "leaf-edit", "fanout-edit", "schema-edit")]
        peak = max(one["peakMemoryBytes"]["max"] for one in metrics["scenarios"].values()) / MEGABYTE
        print(f"{fixture:12} {metrics['project']['files']:5} {metrics['project']['definitions']:5} {walls[0]:8.1f} "
              f"{walls[1]:8.2f} {walls[2]:10.2f} {walls[3]:8.2f} {walls[4]:10.2f} {walls[5]:9.2f} {peak:8.1f}", flush=True)
    return figures, []


def print_size(files, metrics):
    project = metrics["project"]
    scenarios = metrics["scenarios"]
    cold, noop = scenarios["cold"], scenarios["noop"]
    wall, cpu = cold["wallMs"]["p50"], cold["cpuMs"]["p50"]
    print(f"\n{files:,} files, {project['bytes'] / MEGABYTE:.1f} MB, {project['definitions']:,} definitions")
    print(f"  cold        {wall:10.1f} ms wall, {cpu:.1f} ms CPU; {project['bytes'] / wall / 1e3:.1f} MB/s, "
          f"{files / wall * 1e3:,.0f} files/s; peak {cold['peakMemoryBytes']['max'] / MEGABYTE:.1f} MB")
    print(f"  noop        {noop['wallMs']['p50']:10.2f} ms, {files / noop['wallMs']['p50'] * 1e3:,.0f} files/s")
    if "restart" in scenarios:
        print(f"  restart     {median(metrics, 'restart', 'wallMs'):10.2f} ms")
    for name in ("leaf-edit", "fanout-edit"):
        if name not in scenarios:
            continue
        one = scenarios[name]
        users = f", {one['fanoutUsers']} users" if one.get("fanoutUsers") else ""
        print(f"  {name:11} {one['wallMs']['p50']:10.2f} ms, p95 {one['wallMs']['p95']:.2f}; settling "
              f"{one['settleMs']['p50']:.1f} ms; peak {one['peakMemoryBytes']['max'] / MEGABYTE:.1f} MB{users}")
    sys.stdout.flush()


def size_goals(by_files):
    """Of issue 7 and of design.md: those of one size, and growth."""
    goals = []
    judged = by_files.get(JUDGED_FILES)
    if judged:
        goals += [
            Goal("leaf edit at 10,000 files", median(judged, "leaf-edit", "wallMs"), 1, "ms"),
            Goal("fan-out edit at 10,000 files", median(judged, "fanout-edit", "wallMs"), 5, "ms"),
            Goal("peak memory of a cold build", judged["scenarios"]["cold"]["peakMemoryBytes"]["p50"] / MEGABYTE, 100, "MB"),
            Goal("peak memory of a session", judged["scenarios"]["leaf-edit"]["peakMemoryBytes"]["p50"] / MEGABYTE, 60, "MB"),
            Goal("nothing changed, of cold", 100 * median(judged, "noop", "wallMs") / median(judged, "cold", "wallMs"), 40, "%"),
        ]
        for name, scenario, figure, limit in (("cold CPU, of its floor", "cold", "cpuRatio", 2.5),
                                              ("nothing changed, of its floor", "noop", "wallRatio", 1.5)):
            ratio = floor_ratio(judged, scenario, figure)
            if ratio is not None:
                goals.append(Goal(name, ratio, limit, "x"))
    sizes = sorted(by_files)
    if len(sizes) > 1:
        span = f"{sizes[0]:,} to {sizes[-1]:,} files"
        cold = [median(by_files[size], "cold", "cpuMs") for size in sizes]
        leaf = [median(by_files[size], "leaf-edit", "wallMs") for size in sizes]
        goals += [
            Goal(f"cold CPU, exponent, {span}", growth(sizes, cold), 1.1, ""),
            Goal(f"leaf edit, {span}", leaf[-1] / leaf[0], 1.5, "x"),
        ]
    return goals


def write_page(path, sizes, peers):
    """perf-builder's page: the metrics of each size, and what peers took."""
    with tempfile.TemporaryDirectory() as folder:
        files = []
        for name, metrics in sizes.items():
            files.append(pathlib.Path(folder) / f"{name}.json")
            files[-1].write_text(json.dumps(metrics))
        files += [peers] if peers else []
        command = [PERF_BUILDER, "--html", path, *(part for file in files for part in ("--with", file))]
        subprocess.run([str(part) for part in command], check=True)


def print_growth(by_files):
    """Exponents of each scenario that was measured at two sizes or more."""
    if len(by_files) < 2:
        return
    print("\ngrowth, as an exponent (1: linear; 0: flat); processor time of edits is with settling")
    for scenario in SIZE_SCENARIOS:
        sizes = [size for size, metrics in sorted(by_files.items()) if scenario in metrics["scenarios"]]
        if len(sizes) < 2:
            continue
        exponents = [growth(sizes, [median(by_files[size], scenario, figure) for size in sizes])
                     for figure in ("wallMs", "cpuMs", "peakMemoryBytes")]
        print(f"  {scenario:12} wall {exponents[0]:5.2f}   CPU {exponents[1]:5.2f}   memory {exponents[2]:5.2f}   "
              f"({sizes[0]:,} to {sizes[-1]:,} files)")


def run_sizes(given):
    by_files = {}
    for files in given.files:
        by_files[files] = measure(f"generated:files={files},graphql=0.15,seed=1", options_of(files), given)
        print_size(files, by_files[files])
    print_growth(by_files)
    return {str(files): metrics for files, metrics in by_files.items()}, size_goals(by_files)


def add_field(text, number):
    """The first template with one more field, if it is an operation's: a root type has `__typename`."""
    return re.sub(r"(`\s*(?:query|mutation)\b[^{]*\{)", rf"\1 alias{number}: __typename", text, count=1)


def documents_of(project):
    """Source files with an operation that add_field() can edit."""
    chunks = json.loads((project / ".builder" / "manifest.json").read_text())["chunks"]
    paths = [project / chunk["sourcePath"] for chunk in chunks]
    return [path for path in paths if add_field(path.read_text(), 0) != path.read_text()]


def state_bytes(project):
    return sum(path.stat().st_size for path in (project / ".cache").rglob("*") if path.is_file())


def stability_goals(runs, states):
    """`runs` that found nothing to do and `states` after every build, both in the order of builds."""
    tenth = max(1, len(runs) // 10)
    first, last = (Spread.of([one.cpu_s for one in part]).median for part in (runs[:tenth], runs[-tenth:]))
    # A log of changes may be a third of what it changes before it is folded in.
    settled = max(states[: len(states) // 10])
    return [
        Goal(f"nothing changed, last {tenth} of {len(runs)} to the first", last / first, 1.1, "x"),
        Goal("largest saved state, of that in the first tenth", max(states) / settled, 1.5, "x"),
    ]


def run_stability(given):
    source = WORK / "project-1000"
    ensure_project(source, Options(1_000, 0.15, 1_000_000, 5_000_000, 1))
    project = (given.folder or WORK) / "stability"
    shutil.rmtree(project, ignore_errors=True)
    shutil.copytree(source, project)
    command = [BUILDER, "--cwd", project, "--threads", given.threads, "--quiet"]
    cold = run(command)
    paths = documents_of(project)
    originals = {path: path.read_text() for path in paths}
    runs, states, edits = [], [], []
    for number in range(BUILDS):
        if number % EDIT_EVERY == 0:
            path = paths[number // EDIT_EVERY % len(paths)]
            path.write_text(add_field(originals[path], number))
        (edits if number % EDIT_EVERY == 0 else runs).append(run(command))
        states.append(state_bytes(project))
    count = max(1, len(paths) // 20)
    targeted = []
    for turn in range(5):
        for path in paths[:count]:
            path.write_text(add_field(originals[path], BUILDS + turn))
        targeted.append(run(command))
    share = 100 * Spread.of([one.wall_s for one in targeted]).median / cold.wall_s
    unchanged, edited = (Spread.of([1000 * one.wall_s for one in part]) for part in (runs, edits))
    print(f"\n{BUILDS:,} builds of 1,000 files: nothing changed {unchanged} ms, one edit {edited} ms; "
          f"saved state {states[0] / MEGABYTE:.2f} to {max(states) / MEGABYTE:.2f} MB")
    print(f"{count} of {len(paths)} documents edited: {share:.0f} % of a cold build")
    shutil.rmtree(project)
    figures = {"unchanged_ms": unchanged.median, "edit_ms": edited.median, "state_bytes": states, "targeted_percent": share}
    return figures, stability_goals(runs, states)


def parsed_arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--parts", type=names_of(PARTS), default=PARTS)
    parser.add_argument("--files", type=lambda text: sorted(map(int, text.split(","))), default=[1_000, 10_000, 100_000])
    parser.add_argument("--threads", type=int, default=os.cpu_count())
    parser.add_argument("--folder", type=pathlib.Path, help="where projects are built")
    parser.add_argument("--json", type=pathlib.Path)
    parser.add_argument("--html", type=pathlib.Path)
    parser.add_argument("--with", dest="peers", type=pathlib.Path)
    return parser.parse_args()


def main():
    given = parsed_arguments()
    build_release("builder_cli", "perf_builder", "perf_floor", "perf_unchanged")
    for folder in (WORK, given.folder):
        if folder:
            folder.mkdir(parents=True, exist_ok=True)
    figures, goals = {}, []
    for name in (name for name in PARTS if name in given.parts):
        begin = time.monotonic()
        part = {"fixtures": run_fixtures, "sizes": run_sizes, "stability": run_stability}[name]
        figures[name], more = part(given)
        goals += more
        print(f"{name}: {time.monotonic() - begin:.0f} s", flush=True)
    if given.json:
        given.json.write_text(json.dumps(figures, indent=1) + "\n")
    if given.html and "sizes" in figures:
        write_page(given.html, figures["sizes"], given.peers)
    sys.exit(0 if print_goals(goals) else 1)


if __name__ == "__main__":
    main()
