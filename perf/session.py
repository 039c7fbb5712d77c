#!/usr/bin/env python3
"""Measures what an edit costs in a session and in a new process, on projects of several sizes.

usage: session.py [--files 1000,10000] [--edits N] [--pairs N] [--threads N] [--folder DIR] [--keep]

For each size: a cold build; runs that find nothing to do, in turns with perf_unchanged, which is
the least that such a run must do; one edit, and an edit of 5 % of the documents, each in a new
process; and in a session the cases of perf/session/session.cpp. Prints tables, and which goals of
issue 5 are reached; those with a number of files are judged at 10,000 files alone. Exits with 1
where one is missed.

Projects are made in build/perf, or in DIR (a folder in memory leaves the disk out of it), and deleted
again above 10,000 files unless --keep is given.
"""
import argparse
import json
import os
import pathlib
import shutil
import statistics
import subprocess
import sys

from generate_project import Options, ensure_project
from measure import BUILDER, ROOT, WORK, Goal, Spread, between_floors, build_release, percentile, print_goals, run

UNCHANGED = ROOT / "build" / "release" / "perf" / "perf_unchanged"
SESSION = ROOT / "build" / "release" / "perf" / "perf_session"
BYTES_A_FILE = 5_000
JUDGED_FILES = 10_000
KEPT_FILES = 10_000
NAMES = {
    "comment": "comment",
    "leaf": "leaf edit",
    "fan_out": "fan-out edit",
    "schema": "schema description",
    "add": "add a file",
    "remove": "remove a file",
    "touch": "1,000 files touched",
}


def build(project, threads):
    """One run of the builder in a new process."""
    return run([BUILDER, "--cwd", project, "--threads", threads, "--quiet"])


def counters_of(project, threads):
    """The counters of a run that is not timed."""
    command = [BUILDER, "--cwd", project, "--threads", str(threads), "--format", "json"]
    output = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    return next(event for event in map(json.loads, output.splitlines()) if event["event"] == "build")["counts"]


def remove_outputs(project):
    for name in (".builder", ".cache"):
        shutil.rmtree(project / name, ignore_errors=True)


def measure_cold(project, threads, count):
    walls = []
    for _ in range(count):
        remove_outputs(project)
        walls.append(build(project, threads).wall_s)
    return statistics.median(walls)


def measure_unchanged(project, threads, pairs):
    """Walls of runs that find nothing to do, and their ratios to the floors beside them."""
    records = project.parent / "records.bin"
    records.unlink(missing_ok=True)
    floor = [UNCHANGED, project / "src", records, threads]
    run(floor)
    floors, builds = [], []
    for turn in range(2 * pairs + 1):
        (floors if turn % 2 == 0 else builds).append(run(floor) if turn % 2 == 0 else build(project, threads))
    ratios = [
        2 * one.wall_s / (before.wall_s + after.wall_s)
        for before, one, after in between_floors(floors, builds, "wall_s")
    ]
    return (Spread.of([one.wall_s for one in builds]).median, Spread.of([one.wall_s for one in floors]).median,
            ratios)


def add_field(text, number):
    brace = text.find("{", max(text.find("`"), 0))
    return text[: brace + 1] + f" alias{number}: __typename" + text[brace + 1 :]


def measure_edits(project, threads, share, count):
    """Walls of builds after an edit of a share of the documents; the sources are put back."""
    chunks = json.loads((project / ".builder" / "manifest.json").read_text())["chunks"]
    paths = [project / chunk["sourcePath"] for chunk in chunks]
    step = max(1, int(1 / share)) if share else len(paths)
    chosen = [path for path in paths[::step] if "subscription" not in path.read_text()]
    originals = {path: path.read_text() for path in chosen}
    walls = []
    for turn in range(count):
        for path, text in originals.items():
            path.write_text(add_field(text, turn))
        walls.append(build(project, threads).wall_s)
    for path, text in originals.items():
        path.write_text(text)
    build(project, threads)
    return statistics.median(walls), len(chosen), len(paths)


def measure_size(files, given):
    project = given.folder / f"session-{files}"
    made = ensure_project(project, Options(files, 0.15, 1_000_000, files * BYTES_A_FILE, 1))
    figures = {"files": files, "graphql_files": made["graphql_files"]}
    is_large = files > KEPT_FILES
    figures["cold_s"] = measure_cold(project, given.threads, 1 if is_large else 3)
    build(project, given.threads)
    figures["unchanged_s"], figures["floor_s"], figures["ratios"] = measure_unchanged(
        project, given.threads, given.pairs)
    counters = counters_of(project, given.threads)
    figures["hit_share"] = counters["hits"] / counters["filesScanned"]
    figures["edit_s"] = measure_edits(project, given.threads, 0, 3)[0]
    figures["targeted_s"], *figures["targeted"] = measure_edits(project, given.threads, 0.05, 3)
    remove_outputs(project)
    command = [str(SESSION), str(project), str(given.edits), str(given.threads)]
    output = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    figures["session"] = json.loads(output)
    remove_outputs(project)
    shutil.rmtree(project / ".builder-clean", ignore_errors=True)
    if is_large and not given.keep:
        shutil.rmtree(project)
    return figures


def print_size(figures):
    session = figures["session"]
    print(f"\n{figures['files']:,} files, {figures['graphql_files']:,} with GraphQL, "
          f"{session['definitions']:,} definitions; the fragment of the fan-out has "
          f"{session['fan_out']['users']} users")
    print(f"  {'in a session':22} {'min':>8} {'median':>8} {'p95':>8} {'max':>8} ms  {'settle':>8} ms"
          f"  {'compiled':>8} {'chunks':>6}")
    for case, name in NAMES.items():
        one = session["cases"][case]
        update = [value / 1000 for value in one["update_us"]]
        settle = statistics.median(one["settle_us"]) / 1000
        print(f"  {name:22} {min(update):8.2f} {statistics.median(update):8.2f} {percentile(update, 0.95):8.2f} "
              f"{max(update):8.2f}     {settle:8.2f}     {one['compiled']:8} {one['chunks_changed']:6}")
    print(f"  memory {session['memory_mb']:.0f} MB, at its peak {session['peak_memory_mb']:.0f} MB")
    ratios = figures["ratios"]
    print(f"  in a new process: cold {figures['cold_s']:.3f} s; nothing changed {figures['unchanged_s'] * 1000:.0f} ms, "
          f"floor {figures['floor_s'] * 1000:.0f} ms ({len(ratios)} pairs kept); one edit {figures['edit_s'] * 1000:.0f} ms; "
          f"{figures['targeted'][0]} of {figures['targeted'][1]} documents {figures['targeted_s'] * 1000:.0f} ms")


def median_ms(figures, case):
    return statistics.median(figures["session"]["cases"][case]["update_us"]) / 1000


def goals_of(all_figures):
    goals = []
    judged = next((one for one in all_figures if one["files"] == JUDGED_FILES), None)
    if judged is not None:
        goals += [
            Goal("leaf edit, median", median_ms(judged, "leaf"), 2, "ms"),
            Goal("fan-out edit, median", median_ms(judged, "fan_out"), 10, "ms"),
            Goal("memory of a session", judged["session"]["memory_mb"], 80, "MB"),
        ]
        if judged["ratios"]:
            goals.append(Goal("nothing changed, x floor", statistics.median(judged["ratios"]), 1.5, "x"))
        goals += [
            Goal("repeat build, of cold", 100 * judged["unchanged_s"] / judged["cold_s"], 40, "%"),
            Goal("targeted rebuild, of cold", 100 * judged["targeted_s"] / judged["cold_s"], 35, "%"),
        ]
    smallest, largest = all_figures[0], all_figures[-1]
    if smallest is not largest:
        growth = median_ms(largest, "leaf") / median_ms(smallest, "leaf")
        goals.append(Goal(f"leaf edit, {smallest['files']:,} to {largest['files']:,} files", growth, 1.5, "x"))
    cases = [case for one in all_figures for case in one["session"]["cases"].values()]
    same = sum(case["chunks_same"] for case in cases)
    kept = sum(case["chunks_kept"] for case in cases)
    goals.append(Goal("unchanged chunks not touched", 100 * kept / same, 100, "%", at_least=True))
    hits = min(one["hit_share"] for one in all_figures)
    goals.append(Goal("cache hits after warm-up", 100 * hits, 100, "%", at_least=True))
    equal = min(one["session"]["equality"]["equal"] / one["session"]["equality"]["outputs"] for one in all_figures)
    goals.append(Goal("outputs equal to a clean build's", 100 * equal, 100, "%", at_least=True))
    return goals


def parsed_arguments():
    parser = argparse.ArgumentParser(description="Measures edits in sessions and in new processes.")
    parser.add_argument("--files", default="1000,10000", help="sizes, by commas, ascending")
    parser.add_argument("--edits", type=int, default=50)
    parser.add_argument("--pairs", type=int, default=9)
    parser.add_argument("--threads", type=int, default=os.cpu_count())
    parser.add_argument("--folder", type=pathlib.Path, default=WORK, help="where projects are made")
    parser.add_argument("--keep", action="store_true", help="keep projects of more than 10,000 files")
    return parser.parse_args()


def main():
    given = parsed_arguments()
    build_release("builder_cli", "perf_unchanged", "perf_session")
    given.folder.mkdir(parents=True, exist_ok=True)
    all_figures = []
    for files in map(int, given.files.split(",")):
        all_figures.append(measure_size(files, given))
        print_size(all_figures[-1])
    sys.exit(0 if print_goals(goals_of(all_figures)) else 1)


if __name__ == "__main__":
    main()
