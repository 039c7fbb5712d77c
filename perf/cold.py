#!/usr/bin/env python3
"""Measures a cold build of a generated project next to the least that such a build must do.

usage: cold.py [--pairs N] [--threads N] [--files N --bytes N --share S --schema-bytes N --seed N]

The builder and perf/floor run in turns: floor, builder, floor, builder, floor. Each run starts
without outputs and without a cache; the files themselves are in the page cache after the first run.
A run of the builder is compared with the two floors beside it. Where these differ by more than 15 %
the machine was busy with something else: the run is discarded, and counted.
"""
import argparse
import dataclasses
import os
import pathlib
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

from generate_project import Options, ensure_project

ROOT = pathlib.Path(__file__).resolve().parent.parent
WORK = ROOT / "build" / "perf"
BUILDER = ROOT / "build" / "release" / "cli" / "builder"
FLOOR = ROOT / "build" / "release" / "perf" / "perf_floor"
MAX_FLOOR_DIFFERENCE = 0.15


@dataclasses.dataclass
class Run:
    cpu_s: float
    wall_s: float
    peak_mb: float


def run(command):
    """Runs a program to its end; stops here if it fails."""
    with tempfile.TemporaryFile() as output:
        actions = [(os.POSIX_SPAWN_DUP2, output.fileno(), 1), (os.POSIX_SPAWN_DUP2, output.fileno(), 2)]
        begin = time.perf_counter()
        child = os.posix_spawn(command[0], command, os.environ, file_actions=actions)
        _, status, usage = os.wait4(child, 0)
        wall = time.perf_counter() - begin
        output.seek(0)
        if os.waitstatus_to_exitcode(status) != 0:
            text = output.read().decode("utf-8", "replace")
            sys.exit(f"{' '.join(command)}\nfailed with {os.waitstatus_to_exitcode(status)}:\n{text[-3000:]}")
    return Run(usage.ru_utime + usage.ru_stime, wall, usage.ru_maxrss / 1024)


def remove_outputs(project):
    for folder in (project / ".builder", project / ".cache", WORK / "floor-out"):
        shutil.rmtree(folder, ignore_errors=True)


def list_outputs(project, listing):
    """Writes what the builder wrote, sizes and names, for the floor to write the same."""
    out = project / ".builder"
    files = sorted(path for path in out.rglob("*") if path.is_file())
    lines = [f"{path.stat().st_size} {path.relative_to(out)}\n" for path in files]
    listing.write_text("".join(lines))
    return len(files), sum(path.stat().st_size for path in files)


def measure(project, listing, pairs, threads):
    """The floors and the builder's runs between them: one floor more than runs."""
    floor = [str(FLOOR), str(project / "src"), str(project / "schema.graphql"), str(listing),
             str(WORK / "floor-out"), str(threads)]
    builder = [str(BUILDER), "--cwd", str(project), "--threads", str(threads), "--quiet"]
    floors, builds = [], []
    for turn in range(2 * pairs + 1):
        remove_outputs(project)
        (floors if turn % 2 == 0 else builds).append(run(floor if turn % 2 == 0 else builder))
    remove_outputs(project)
    return floors, builds


def report(floors, builds):
    kept = []
    for before, build, after in zip(floors, builds, floors[1:]):
        lower, higher = sorted([before.cpu_s, after.cpu_s])
        if higher <= lower * (1 + MAX_FLOOR_DIFFERENCE):
            kept.append((before, build, after))
    print(f"pairs: {len(kept)} kept, {len(builds) - len(kept)} discarded")
    if not kept:
        sys.exit("no pair is usable: the machine is too busy")
    print(f"{'':10} {'floor':>10} {'builder':>10} {'ratio':>7}  (lowest to highest)")
    for name, field in (("CPU, s", "cpu_s"), ("wall, s", "wall_s"), ("peak, MB", "peak_mb")):
        least = [(getattr(a, field) + getattr(b, field)) / 2 for a, _, b in kept]
        built = [getattr(build, field) for _, build, _ in kept]
        ratios = [mine / other for mine, other in zip(built, least)]
        print(f"{name:10} {statistics.median(least):10.3f} {statistics.median(built):10.3f} "
              f"{statistics.median(ratios):7.2f}  ({min(ratios):.2f} to {max(ratios):.2f})")


def parsed_arguments():
    parser = argparse.ArgumentParser(description="Measures a cold build next to its floor.")
    parser.add_argument("--pairs", type=int, default=7)
    parser.add_argument("--threads", type=int, default=os.cpu_count())
    parser.add_argument("--files", type=int, default=10_000)
    parser.add_argument("--share", type=float, default=0.15)
    parser.add_argument("--schema-bytes", type=int, default=1_000_000)
    parser.add_argument("--bytes", type=int, default=50_000_000)
    parser.add_argument("--seed", type=int, default=1)
    return parser.parse_args()


def main():
    given = parsed_arguments()
    options = Options(given.files, given.share, given.schema_bytes, given.bytes, given.seed)
    subprocess.run([ROOT / "tools/build", "release", "builder_cli", "perf_floor"],
                   check=True, stdout=subprocess.DEVNULL)
    WORK.mkdir(parents=True, exist_ok=True)
    name = f"project-{given.files}-{given.bytes}-{given.share}-{given.schema_bytes}-{given.seed}"
    project, listing = WORK / name, WORK / "outputs.txt"
    made = ensure_project(project, options)
    print(f"project: {made['source_files']} files, {made['source_bytes'] / 1e6:.1f} MB, "
          f"{made['graphql_files']} with GraphQL ({made['operations']} operations, "
          f"{made['fragments']} fragments), schema {made['schema_bytes'] / 1e6:.2f} MB")
    remove_outputs(project)
    run([str(BUILDER), "--cwd", str(project), "--threads", str(given.threads), "--quiet"])
    count, size = list_outputs(project, listing)
    print(f"outputs: {count} files, {size / 1e6:.1f} MB; {given.threads} threads")
    report(*measure(project, listing, given.pairs, given.threads))


if __name__ == "__main__":
    main()
