#!/usr/bin/env python3
"""Measures `builder --watch` from outside: what its user waits for, and what a long day leaves behind.

usage: watch.py latency  [--edits N] [--files N] [--json FILE]
       watch.py soak     [--edits N] [--files N]
       watch.py checkout [--changed N]
       watch.py folders  [--count N] [--poll]

latency: one process saves a file, another one says when the delta is there. Measured from the return
  of the writer's close() or rename() to the line with the delta; and, by the kernel's own events, to
  the rename that put the module in its place. Fails where a goal is missed.
soak: many edits in one session. Fails where memory, descriptors, watches or the saved state grow.
checkout: git changes between two branches that differ in many files. Fails unless the session makes
  one build of it, and the outputs are those of a build from nothing.
folders: folders are made four deep, with a file in the last one, at full speed. Fails where a file is
  missed, or one is left when all are deleted again.
"""
import argparse
import ctypes
import json
import os
import pathlib
import queue
import re
import shutil
import statistics
import struct
import subprocess
import sys
import tempfile
import threading
import time

from generate_project import Options, ensure_project
from measure import BUILDER, WORK, percentile

LEAF_MEDIAN_MS = 10
LEAF_P99_MS = 25
FAN_OUT_MEDIAN_MS = 25
MAX_GROWTH = 1.10
# Longer than anything here takes; a session that says nothing is broken.
PATIENCE_S = 120

IN_CLOSE_WRITE = 0x08
IN_MOVED_TO = 0x80


class Arrivals:
    """Notes when files are renamed into watched folders, or written there, on a thread of its own."""

    def __init__(self):
        self._libc = ctypes.CDLL(None, use_errno=True)
        self._fd = self._libc.inotify_init1(os.O_CLOEXEC)
        self._folders = {}
        self._times = {}
        self._changed = threading.Condition()
        threading.Thread(target=self._run, daemon=True).start()

    def watch(self, folder):
        wd = self._libc.inotify_add_watch(self._fd, os.fsencode(folder), IN_MOVED_TO | IN_CLOSE_WRITE)
        if wd < 0:
            sys.exit(f"cannot watch {folder}: {os.strerror(ctypes.get_errno())}")
        self._folders[wd] = folder

    def _run(self):
        header = struct.Struct("iIII")
        while True:
            data = os.read(self._fd, 65536)
            now = time.monotonic_ns()
            at = 0
            with self._changed:
                while at < len(data):
                    wd, _, _, size = header.unpack_from(data, at)
                    name = data[at + header.size : at + header.size + size].rstrip(b"\0").decode()
                    self._times[os.path.join(self._folders[wd], name)] = now
                    at += header.size + size
                self._changed.notify_all()

    def time_of(self, path, after):
        """When the last file came to `path`, in nanoseconds; waits for one after `after`."""
        with self._changed:
            self._changed.wait_for(lambda: self._times.get(path, 0) > after, timeout=2)
            return self._times.get(path, 0)

    def first(self, after, timeout_s):
        """When the first file came anywhere after `after`; None if none does in time."""
        with self._changed:
            self._changed.wait_for(lambda: any(at > after for at in self._times.values()), timeout=timeout_s)
            return min((at for at in self._times.values() if at > after), default=None)


class Session:
    """A running `builder --watch`; reads its events on a thread, which notes when each came."""

    def __init__(self, project, *options):
        self.project = project
        self._process = subprocess.Popen(
            [BUILDER, "--watch", "--format", "json", "--stdin", *options],
            cwd=project,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )
        self.pid = self._process.pid
        self._events = queue.SimpleQueue()
        self._syncs = 0
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self):
        for line in self._process.stdout:
            self._events.put((time.monotonic_ns(), line))
        self._events.put((time.monotonic_ns(), b'{"event": "end"}'))

    def wait_for(self, *names):
        """The next event of one of these names, with the time at which it came."""
        while True:
            try:
                at, line = self._events.get(timeout=PATIENCE_S)
            except queue.Empty:
                sys.exit(f"no event {names} within {PATIENCE_S} s")
            event = json.loads(line)
            if event["event"] in names:
                return at, event
            if event["event"] in ("end", "failed"):
                sys.exit(f"the session ended while waiting for {names}: {event}")

    def sync(self):
        """Waits until all that was changed is built; gives the builds that were told on the way."""
        self._syncs += 1
        self._process.stdin.write(json.dumps({"sync": self._syncs}).encode() + b"\n")
        self._process.stdin.flush()
        builds = []
        while True:
            _, event = self.wait_for("sync", "build")
            if event["event"] == "build":
                builds.append(event)
            elif event["sync"] == self._syncs:
                return builds

    def builds_until_idle(self):
        builds = []
        while True:
            _, event = self.wait_for("build", "idle")
            if event["event"] == "idle":
                return builds
            builds.append(event)

    def resources(self):
        status = pathlib.Path(f"/proc/{self.pid}/status").read_text()
        descriptors = os.listdir(f"/proc/{self.pid}/fd")
        watches = 0
        for name in descriptors:
            info = pathlib.Path(f"/proc/{self.pid}/fdinfo/{name}")
            if info.exists():
                watches += info.read_text().count("inotify wd:")
        state = sum(f.stat().st_size for f in (self.project / ".cache").rglob("*") if f.is_file())
        return {
            "memory_kb": int(re.search(r"VmRSS:\s+(\d+)", status)[1]),
            "descriptors": len(descriptors),
            "watches": watches,
            "state_bytes": state,
        }

    def end(self):
        self._process.stdin.close()
        return self._process.wait(timeout=PATIENCE_S)


def copy_of_project(files, name):
    """A generated project of its own for this run, without outputs."""
    base = WORK / f"project-{files}"
    ensure_project(base, Options(files, 0.15, 1_000_000, files * 5000, 1))
    target = WORK / name
    shutil.rmtree(target, ignore_errors=True)
    shutil.copytree(base, target, symlinks=True)
    return target


def add_field(text, number):
    """The document with one more field, under an alias of its own, in its first selection."""
    brace = text.index("{", text.index("`"))
    return f"{text[: brace + 1]} alias{number}: __typename{text[brace + 1 :]}"


def save_in_place(path, text):
    with open(path, "w") as file:
        file.write(text)
    return time.monotonic_ns()


def save_by_rename(path, text):
    temporary = path.with_name(f".{path.name}.tmp")
    temporary.write_text(text)
    os.rename(temporary, path)
    return time.monotonic_ns()


def choose(project):
    """Paths of files with an operation that spreads a fragment, and of the most used fragment."""
    artifact = json.loads((project / ".builder" / "artifact.json").read_text())
    users, leaves = {}, []
    for element in artifact["elements"].values():
        spreads = set(re.findall(r"\.\.\.(\w+)\b", element["prebuild"].get("document", "")))
        spreads.discard("on")
        path = element["metadata"]["sourcePath"]
        if element["type"] == "operation" and spreads and path.endswith((".ts", ".tsx")):
            leaves.append(path)
        for name in spreads:
            users[name] = users.get(name, 0) + 1
    name = max(users, key=users.get)
    shared = next(
        e["metadata"]["sourcePath"]
        for e in artifact["elements"].values()
        if e["type"] == "fragment" and e["prebuild"]["fragmentName"] == name
    )
    return sorted(set(leaves)), shared, users[name]


class Edits:
    """Edits of one session, one after the other, each of which leads to a generation.

    `edit` makes of a text and a number another text.
    """

    def __init__(self, session, edit=add_field):
        self._session = session
        self._edit = edit
        self._arrivals = Arrivals()
        self._originals = {}
        self._watched = set()
        self._number = 0

    def save(self, source):
        """One edit; milliseconds to the delta, and to the module's rename."""
        path = self._session.project / source
        text = self._originals.setdefault(source, path.read_text())
        module = self._session.project / ".builder" / "modules" / f"{source}.mjs"
        if module.parent not in self._watched:
            self._watched.add(module.parent)
            self._arrivals.watch(str(module.parent))
        self._number += 1
        save = save_by_rename if self._number % 2 else save_in_place
        saved = save(path, self._edit(text, self._number))
        at, _ = self._session.wait_for("delta")
        renamed = self._arrivals.time_of(str(module), saved)
        return (at - saved) / 1e6, (renamed - saved) / 1e6


def report(name, times):
    deltas = [delta for delta, _ in times]
    modules = [module for _, module in times if module > 0]
    figures = {
        "edits": len(times),
        "delta_median_ms": round(statistics.median(deltas), 2),
        "delta_p99_ms": round(percentile(deltas, 0.99), 2),
        "module_median_ms": round(statistics.median(modules), 2),
        "module_p99_ms": round(percentile(modules, 0.99), 2),
    }
    print(f"{name:8} " + "  ".join(f"{key} {value}" for key, value in figures.items()))
    return figures


def run_latency(arguments):
    project = copy_of_project(arguments.files, "watch-latency")
    session = Session(project)
    session.wait_for("ready")
    session.wait_for("idle")
    leaves, shared, users = choose(project)
    print(f"{arguments.files} files; the most used fragment has {users} users")
    edits = Edits(session)
    step = max(1, len(leaves) // arguments.edits)
    chosen = leaves[::step][: arguments.edits]
    edits.save(chosen[-1])
    session.wait_for("idle")
    times = {"leaf": [], "fan-out": []}
    for i in range(arguments.edits):
        for kind, source in (("leaf", chosen[i % len(chosen)]), ("fan-out", shared)):
            if kind == "fan-out" and i % 4:
                continue
            times[kind].append(edits.save(source))
            # As a person would: the next save comes when everything is quiet.
            session.wait_for("idle")
    session.end()
    figures = {name: report(name, values) for name, values in times.items()}
    if arguments.json:
        pathlib.Path(arguments.json).write_text(json.dumps(figures, indent=2) + "\n")
    missed = [
        goal
        for goal, is_met in {
            f"leaf median <= {LEAF_MEDIAN_MS} ms": figures["leaf"]["delta_median_ms"] <= LEAF_MEDIAN_MS,
            f"leaf p99 <= {LEAF_P99_MS} ms": figures["leaf"]["delta_p99_ms"] <= LEAF_P99_MS,
            f"fan-out median <= {FAN_OUT_MEDIAN_MS} ms": figures["fan-out"]["delta_median_ms"] <= FAN_OUT_MEDIAN_MS,
        }.items()
        if not is_met
    ]
    return missed


def run_soak(arguments):
    project = copy_of_project(arguments.files, "watch-soak")
    session = Session(project)
    session.wait_for("ready")
    session.wait_for("idle")
    leaves, shared, _ = choose(project)
    originals = {name: (project / name).read_text() for name in [*leaves, shared]}
    folder = project / "src" / "soak"
    before = None
    begin = time.monotonic()
    for number in range(arguments.edits):
        name = shared if number % 50 == 0 else leaves[number % len(leaves)]
        if number % 20 == 7:
            folder.mkdir(exist_ok=True)
            (folder / "new.ts").write_text(f"export const q = gql`query Soak {{ n{number}: __typename }}`;\n")
        elif number % 20 == 13:
            shutil.rmtree(folder, ignore_errors=True)
        else:
            save = save_by_rename if number % 2 else save_in_place
            save(project / name, add_field(originals[name], number))
        session.sync()
        # By then everything was edited once, so that what is kept is there.
        if number == arguments.edits // 10:
            session.wait_for("idle")
            before = session.resources()
            print("after a tenth: ", before)
    session.wait_for("idle")
    after = session.resources()
    print("at the end:    ", after)
    print(f"{arguments.edits} edits in {time.monotonic() - begin:.0f} s")
    session.end()
    missed = []
    for key, value in after.items():
        # A log of changes may be as large as a third of what it changes before it is folded in.
        limit = before[key] * (1.6 if key == "state_bytes" else MAX_GROWTH)
        if key in ("descriptors", "watches"):
            limit = before[key] + 2
        if value > limit:
            missed.append(f"{key} grew from {before[key]} to {value}")
    return missed


def git(project, *arguments):
    subprocess.run(
        ["git", "-c", "user.name=perf", "-c", "user.email=perf@localhost", *arguments],
        cwd=project,
        check=True,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def write_branch(project, word, count):
    for i in range(count):
        path = project / "src" / f"part{i % 200}" / f"file{i}.ts"
        path.parent.mkdir(parents=True, exist_ok=True)
        # One in eight holds GraphQL, as in an application.
        text = f"gql`query Q{i} {{ {word}: __typename }}`" if i % 8 == 0 else f'"{word}"'
        path.write_text(f"export const value{i} = {text};\n")


def clean_outputs(project):
    """The outputs of a build of the same sources from nothing."""
    with tempfile.TemporaryDirectory(dir=WORK) as folder:
        copy = pathlib.Path(folder) / "copy"
        ignored = shutil.ignore_patterns(".git", ".builder", ".cache")
        shutil.copytree(project, copy, ignore=ignored)
        subprocess.run([BUILDER, "--quiet", "--no-cache"], cwd=copy, check=True)
        return outputs(copy)


def outputs(project):
    out = project / ".builder"
    told = {"report.json", "delta.json"}
    return {
        str(f.relative_to(out)): f.read_bytes()
        for f in sorted(out.rglob("*"))
        if f.is_file() and f.name not in told
    }


def empty_project(name):
    project = WORK / name
    shutil.rmtree(project, ignore_errors=True)
    project.mkdir(parents=True)
    (project / "builder.config.json").write_text('{"schema": "schema.graphql", "include": ["src/**"]}')
    (project / "schema.graphql").write_text("type Query { a: Int }\n")
    return project


def run_folders(arguments):
    project = empty_project("watch-folders")
    (project / "src").mkdir()
    (project / "src/first.ts").write_text("export const first = gql`query First { a }`;\n")
    missed = []
    for count in (arguments.count, 0):
        session = Session(project, *(["--poll"] if arguments.poll else []))
        session.wait_for("ready")
        begin = time.monotonic()
        for i in range(arguments.count):
            top = project / "src" / f"n{i}"
            if count == 0:
                shutil.rmtree(top)
            else:
                (top / "a/b/c").mkdir(parents=True)
                (top / "a/b/c/d.ts").write_text(f"export const q = gql`query Q{i} {{ a }}`;\n")
        made = time.monotonic()
        session.sync()
        told = time.monotonic()
        session.end()
        elements = json.loads((project / ".builder/artifact.json").read_bytes())["elements"]
        print(
            f"{arguments.count} {'made' if count else 'deleted'} in {made - begin:.2f} s, told "
            f"{told - made:.2f} s later: {len(elements) - 1} there"
        )
        if len(elements) - 1 != count or outputs(project) != clean_outputs(project):
            missed.append(f"{len(elements) - 1} files are there instead of {count}")
    return missed


def run_checkout(arguments):
    project = empty_project("watch-checkout")
    (project / ".gitignore").write_text(".builder\n.cache\n")
    git(project, "init", "--initial-branch=one")
    for branch, word in (("one", "first"), ("two", "second")):
        if branch == "two":
            git(project, "checkout", "-b", branch)
        write_branch(project, word, arguments.changed)
        git(project, "add", "-A")
        git(project, "commit", "-m", word)
    session = Session(project)
    session.wait_for("ready")
    session.wait_for("idle")
    missed = []
    for branch in ("one", "two"):
        begin = time.monotonic()
        git(project, "checkout", branch)
        switched = time.monotonic()
        builds = session.builds_until_idle()
        builds += session.sync()
        print(
            f"checkout of {branch}: {arguments.changed} files in {switched - begin:.1f} s, built "
            f"{time.monotonic() - switched:.1f} s later, builds: {len(builds)}"
        )
        if len(builds) != 1:
            missed.append(f"{len(builds)} builds instead of one")
        if outputs(project) != clean_outputs(project):
            missed.append(f"the outputs of {branch} are not those of a clean build")
    session.end()
    return missed


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    commands = parser.add_subparsers(dest="command", required=True)
    latency = commands.add_parser("latency")
    latency.add_argument("--edits", type=int, default=200)
    latency.add_argument("--files", type=int, default=10_000)
    latency.add_argument("--json")
    soak = commands.add_parser("soak")
    soak.add_argument("--edits", type=int, default=10_000)
    soak.add_argument("--files", type=int, default=1_000)
    checkout = commands.add_parser("checkout")
    checkout.add_argument("--changed", type=int, default=40_000)
    folders = commands.add_parser("folders")
    folders.add_argument("--count", type=int, default=1_000)
    folders.add_argument("--poll", action="store_true")
    arguments = parser.parse_args()
    WORK.mkdir(parents=True, exist_ok=True)
    run = {
        "latency": run_latency,
        "soak": run_soak,
        "checkout": run_checkout,
        "folders": run_folders,
    }[arguments.command]
    missed = run(arguments)
    for goal in missed:
        print(f"missed: {goal}")
    sys.exit(1 if missed else 0)


if __name__ == "__main__":
    main()
