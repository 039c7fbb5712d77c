"""See tools/profile, which runs this."""
import argparse
import collections
import dataclasses
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
sys.path.append(str(ROOT / "perf"))

# Those of perf/ and of this folder; the path comes first.
from generate_project import Options, ensure_project  # noqa: E402
from measure import BUILDER, Trash, build_release  # noqa: E402

import callgrind  # noqa: E402
import instructions  # noqa: E402
import stacks  # noqa: E402
from flame_graph import flame_graph  # noqa: E402

CACHE = ROOT / ".cache" / "profile"
FIXTURES = ("small-app", "medium-app", "large-app", "tagged-app")
# What takes so much of the whole is worth a look.
NOTABLE = 0.10
SAMPLES_A_SECOND = 3_989
WANTED_SAMPLES = 2_000
MOST_ROUNDS = 20


@dataclasses.dataclass
class Subject:
    """What is profiled: one command, in a project of its own."""

    project: pathlib.Path
    scenario: str
    threads: int
    trash: Trash

    def command(self):
        return [str(BUILDER), "--cwd", str(self.project), "--threads", str(self.threads), "--quiet"]

    def prepare(self):
        """Before each run: the outputs of an earlier one go where a cold build is wanted."""
        if self.scenario == "cold":
            for name in (".builder", ".cache"):
                self.trash.take(self.project / name)

    def run(self, *before, after=()):
        """Runs it, perhaps below another program. Diagnostics are no failure: fixtures have some."""
        self.prepare()
        done = subprocess.run([*before, *self.command(), *after], capture_output=True, text=True)
        if done.returncode not in (0, 1):
            sys.exit(f"{' '.join([*before, *self.command()])}\nfailed with {done.returncode}:\n{done.stderr[-2000:]}")
        return done


def project_of(fixture):
    """A copy of the fixture, or a generated project."""
    if fixture.startswith("generated:"):
        given = dict(part.split("=") for part in fixture.removeprefix("generated:").split(","))
        files, share = int(given.get("files", 2_000)), float(given.get("graphql", 0.15))
        schema, seed = int(given.get("schema", 1_000_000)), int(given.get("seed", 1))
        project = CACHE / f"generated-{files}-{share}-{schema}-{seed}"
        ensure_project(project, Options(files, share, schema, files * 5_000, seed))
        return project
    source = ROOT / "fixtures" / fixture if fixture in FIXTURES else pathlib.Path(fixture)
    if not source.is_dir():
        sys.exit(f"there is no fixture {fixture}: {', '.join(FIXTURES)}, a folder, or generated:files=N")
    project = CACHE / source.name
    shutil.rmtree(project, ignore_errors=True)
    shutil.copytree(source, project, ignore=shutil.ignore_patterns(".builder", ".cache", "node_modules"), symlinks=True)
    return project


def perf_is_usable():
    if shutil.which("perf") is None:
        return False
    probe = CACHE / "probe.data"
    is_usable = subprocess.run(["perf", "record", "-o", probe, "true"], capture_output=True).returncode == 0
    probe.unlink(missing_ok=True)
    return is_usable


def profile_with_perf(subject, folder):
    """Rounds until there are enough samples."""
    data, profile = folder / "perf.data", collections.Counter()
    for _ in range(MOST_ROUNDS):
        # Stacks by the tables that exceptions need: a release program has no frame pointers.
        subject.run("perf", "record", "-F", str(SAMPLES_A_SECOND), "--call-graph", "dwarf,16384", "-o", str(data), "--")
        command = ["perf", "script", "-i", data, "--no-inline", "-F", "comm,pid,tid,time,event,ip,sym,dso"]
        told = subprocess.run(command, capture_output=True, text=True, errors="replace", check=True).stdout
        profile += stacks.fold_perf(told.splitlines())
        if stacks.total_of(profile) >= WANTED_SAMPLES:
            break
    for name in ("perf.data", "perf.data.old"):
        (folder / name).unlink(missing_ok=True)
    return profile, "samples"


def profile_with_callgrind(subject, folder):
    out = folder / "callgrind.out"
    subject.run("valgrind", "--tool=callgrind", f"--callgrind-out-file={out}")
    with out.open(errors="replace") as lines:
        return callgrind.profile_of(callgrind.read_calls(lines)), "instructions"


def phase_times(trace):
    """Phase -> milliseconds of all threads that it took itself, without the phases inside of it."""
    own = collections.Counter()
    events = sorted((event for event in trace["traceEvents"] if event["ph"] == "X"),
                    key=lambda event: (event["tid"], event["ts"], -event["dur"]))
    open_events = []
    for event in events:
        while open_events and (open_events[-1]["tid"] != event["tid"]
                               or open_events[-1]["ts"] + open_events[-1]["dur"] <= event["ts"]):
            open_events.pop()
        own[event["name"]] += event["dur"] / 1000
        if open_events:
            own[open_events[-1]["name"]] -= event["dur"] / 1000
        open_events.append(event)
    return own


def table_of_shares(title, costs, unit):
    """The largest first; a star marks those that take a tenth or more."""
    total = sum(costs.values()) or 1
    digits = 1 if unit == "ms" else 0
    lines = [f"{title:60} {unit:>12} {'share':>7}"]
    for name, cost in sorted(costs.items(), key=lambda one: -one[1]):
        if cost / total >= 0.005:
            lines.append(f"{'*' if cost / total >= NOTABLE else ' '} {name[:58]:58} {cost:12,.{digits}f} {100 * cost / total:6.1f} %")
    return "\n".join(lines)


def table_of_functions(profile, count):
    """By what functions cost themselves; and which cost a tenth or more with all that they call."""
    total = stacks.total_of(profile) or 1
    costs = stacks.function_costs(profile)
    lines = [f"{'function':70} {'itself':>8} {'with callees':>13}"]
    by_own = sorted(costs.items(), key=lambda one: (-one[1][0], one[0]))[:count]
    for name, (own, whole) in by_own:
        mark = "*" if own / total >= NOTABLE else " "
        lines.append(f"{mark} {name[:68]:68} {100 * own / total:6.1f} % {100 * whole / total:11.1f} %")
    notable = [one for one in costs.items() if one[1][1] / total >= NOTABLE and stacks.layer_of(one[0]) != "kernel"]
    lines.append(f"\n{'a tenth or more with callees':70} {'itself':>8} {'with callees':>13}")
    for name, (own, whole) in sorted(notable, key=lambda one: (-one[1][1], one[0])):
        lines.append(f"  {name[:68]:68} {100 * own / total:6.1f} % {100 * whole / total:11.1f} %")
    return "\n".join(lines)


def run_profile(given, subject):
    folder = given.out.resolve()
    folder.mkdir(parents=True, exist_ok=True)
    subject.run()
    trace_path = folder / "trace.json"
    subject.run(after=("--trace", str(trace_path)))
    trace = json.loads(trace_path.read_text())
    tool = given.tool or ("perf" if perf_is_usable() else "callgrind")
    profile, unit = (profile_with_perf if tool == "perf" else profile_with_callgrind)(subject, folder)
    title = f"{given.fixture}, {given.scenario}, {subject.threads} threads, by {tool}"
    text = "\n\n".join([
        title,
        table_of_shares("phase (from one run's trace, all threads)", phase_times(trace), "ms"),
        table_of_shares(f"layer (from {stacks.total_of(profile):,.0f} {unit})", stacks.layer_costs(profile), unit),
        table_of_shares("function of ours, with library and kernel below it", stacks.blamed_costs(profile), unit),
        table_of_functions(profile, 30),
    ]) + "\n"
    (folder / "functions.txt").write_text(text)
    (folder / "stacks.txt").write_text(stacks.folded_text(profile))
    (folder / "flame.svg").write_text(flame_graph(profile, title, unit))
    print(text)
    print(f"written: {', '.join(name for name in ('flame.svg', 'functions.txt', 'stacks.txt', 'trace.json'))} in {folder}")


def parsed_arguments():
    parser = argparse.ArgumentParser(prog="tools/profile", description="Shows what a build spends its time on.")
    parser.add_argument("--fixture")
    parser.add_argument("--scenario", choices=("cold", "unchanged"), default="cold")
    parser.add_argument("--with", dest="tool", choices=("perf", "callgrind"))
    parser.add_argument("--threads", type=int)
    parser.add_argument("--out", type=pathlib.Path, default=CACHE)
    parser.add_argument("--instructions", action="store_true")
    parser.add_argument("--save", type=pathlib.Path)
    parser.add_argument("--baseline", type=pathlib.Path)
    parser.add_argument("--limit", type=float, default=1.0)
    given = parser.parse_args()
    if not given.instructions and (given.save or given.baseline):
        parser.error("--save and --baseline are those of --instructions")
    if given.baseline and not given.baseline.is_file():
        parser.error(f"there is no {given.baseline}; --save makes one")
    given.fixture = given.fixture or \
        ("generated:files=100,schema=100000" if given.instructions else "generated:files=2000")
    return given


def main():
    given = parsed_arguments()
    CACHE.mkdir(parents=True, exist_ok=True)
    build_release("builder_cli")
    project = project_of(given.fixture)
    if given.instructions:
        sys.exit(instructions.compare(project, given))
    # A sample knows its thread, callgrind runs one at a time anyway.
    threads = given.threads or (1 if given.tool == "callgrind" else os.cpu_count())
    trash = Trash(CACHE)
    run_profile(given, Subject(project, given.scenario, threads, trash))
    trash.empty()


if __name__ == "__main__":
    main()
