#!/usr/bin/env python3
"""Measures a cold build of a generated project next to the least that such a build must do.

usage: cold.py [--pairs N] [--threads N] [--files N --bytes N --share S --schema-bytes N --seed N]

The builder and perf/floor run in turns: floor, builder, floor, builder, floor. Each run starts
without outputs and without a cache; the files themselves are in the page cache after the first run.
A run of the builder is compared with the two floors beside it. Where these differ by more than 15 %
the machine was busy with something else: the run is discarded, and counted.
"""
import argparse
import os
import shutil
import sys

from generate_project import Options, ensure_project
from measure import BUILDER, ROOT, WORK, Spread, between_floors, build_release, run

FLOOR = ROOT / "build" / "release" / "perf" / "perf_floor"


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
    floor = [FLOOR, project / "src", project / "schema.graphql", listing, WORK / "floor-out", threads]
    builder = [BUILDER, "--cwd", project, "--threads", threads, "--quiet"]
    floors, builds = [], []
    for turn in range(2 * pairs + 1):
        remove_outputs(project)
        (floors if turn % 2 == 0 else builds).append(run(floor if turn % 2 == 0 else builder))
    remove_outputs(project)
    return floors, builds


def report(floors, builds):
    kept = between_floors(floors, builds)
    print(f"pairs: {len(kept)} kept, {len(builds) - len(kept)} discarded")
    if not kept:
        sys.exit("no pair is usable: the machine is too busy")
    print(f"{'':10} {'floor':>10} {'builder':>10}  ratio (lowest to highest)")
    for name, field in (("CPU, s", "cpu_s"), ("wall, s", "wall_s"), ("peak, MB", "peak_mb")):
        least = [(getattr(a, field) + getattr(b, field)) / 2 for a, _, b in kept]
        built = [getattr(build, field) for _, build, _ in kept]
        ratio = Spread.of([mine / other for mine, other in zip(built, least)])
        print(f"{name:10} {Spread.of(least).median:10.3f} {Spread.of(built).median:10.3f}  {ratio}")


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
    build_release("builder_cli", "perf_floor")
    WORK.mkdir(parents=True, exist_ok=True)
    name = f"project-{given.files}-{given.bytes}-{given.share}-{given.schema_bytes}-{given.seed}"
    project, listing = WORK / name, WORK / "outputs.txt"
    made = ensure_project(project, options)
    print(f"project: {made['source_files']} files, {made['source_bytes'] / 1e6:.1f} MB, "
          f"{made['graphql_files']} with GraphQL ({made['operations']} operations, "
          f"{made['fragments']} fragments), schema {made['schema_bytes'] / 1e6:.2f} MB")
    remove_outputs(project)
    run([BUILDER, "--cwd", project, "--threads", given.threads, "--quiet"])
    count, size = list_outputs(project, listing)
    print(f"outputs: {count} files, {size / 1e6:.1f} MB; {given.threads} threads")
    report(*measure(project, listing, given.pairs, given.threads))


if __name__ == "__main__":
    main()
