#!/usr/bin/env python3
"""Measures the builder beside other programs, on the same generated project.

usage: comparison.py [--peers relay,codegen,pluck,esbuild] [--cases cold,unchanged,edit]
                     [--pairs N | --pairs relay=7,codegen=2,...] [--files N] [--bytes N] [--threads N]
                     [--json FILE]

Each peer gets the project in a form that it accepts (generate_project.py --form). Peer and builder run
in turns, and what begins changes from pair to pair; a ratio is that of a pair, the peer's figure over
the builder's. The files are in the page cache: both run once before anything counts.

  cold       no outputs and no caches
  unchanged  again, in a new process
  edit       a field is added to a document, another file each time. The builder watches: from the save
             to module and delta on disk. The peer, too, from the save to its first output, where it can
             watch here (relay-compiler needs a watchman that works); else its whole run.

Where outputs mean the same they are compared: the texts that go to a server, the number of templates.
Exits with 1 where they differ or a goal is missed. The peers are installed into .cache/perf/peers.
"""
import argparse
import dataclasses
import json
import os
import pathlib
import shutil
import subprocess
import sys
import time

from generate_project import Options, ensure_project
from measure import BUILDER, Goal, Run, Spread, Trash, build_release, names_of, print_goals, ratios, run
from peers.peers import FOLDER, HERE, MODULES, all_peers, ensure_packages
from peers.watched import WatchedPeer
from watch import Edits, Session

CASES = ("cold", "unchanged", "edit")
DEFAULT_PAIRS = {"relay": 7, "codegen": 2, "pluck": 2, "esbuild": 3}


@dataclasses.dataclass
class Result:
    peer: str
    case: str
    ours: list
    theirs: list
    # What the peer did where that is not obvious.
    note: str = ""

    def wall(self):
        return ratios(self.ours, self.theirs, "wall_s")

    def cpu(self):
        """None where the builder is a process that was there before, and stays."""
        return None if self.case == "edit" else ratios(self.ours, self.theirs, "cpu_s")


class Contest:
    """The builder and one peer on one project."""

    def __init__(self, peer, project, threads):
        self.peer, self.project = peer, project
        self._trash = Trash(project.parent)
        self._builder = [BUILDER, "--cwd", project, "--threads", threads, "--quiet"]
        for name, text in peer.files.items():
            (project / name).write_text(text)

    def clean_ours(self):
        for name in (".builder", ".cache"):
            self._trash.take(self.project / name)

    def clean_theirs(self):
        self._trash.take(self.project / self.peer.outputs)
        # relay-compiler wants the folder.
        (self.project / self.peer.outputs).mkdir()

    def end(self):
        self.clean_ours()
        self.clean_theirs()
        self._trash.empty()

    def run_ours(self):
        return run(self._builder)

    def run_theirs(self):
        return run(self.peer.command, self.project)

    def pairs(self, count, is_cold):
        """Runs in turns: those of the builder, those of the peer."""
        ours, theirs = [], []
        for number in range(count):
            turns = [(self.run_ours, ours, self.clean_ours), (self.run_theirs, theirs, self.clean_theirs)]
            for one, runs, clean in turns if number % 2 == 0 else turns[::-1]:
                if is_cold:
                    clean()
                runs.append(one())
        return ours, theirs


def add_selection(text, number):
    """The first document with one more field: every object of the generated schema has it."""
    at = text.index("id\n", text.index("`"))
    return f"{text[:at]}alias{number}: createdAt\n{text[at:]}"


def editable(project):
    """Files with a document that selects from an object, spread over the whole project."""
    artifact = json.loads((project / ".builder" / "artifact.json").read_text())
    paths = sorted({
        element["metadata"]["sourcePath"] for element in artifact["elements"].values()
        if element["type"] == "operation"
    })
    return [path for path in paths if "id\n" in (project / path).read_text().partition("`")[2]]


def edit_theirs(contest, watched, path, text):
    """What the peer's user waits for."""
    target = contest.project / path
    if not watched.is_watching:
        target.write_text(text)
        return contest.run_theirs()
    took_ms = watched.save(target, text)
    if took_ms is None:
        sys.exit(f"{contest.peer.name} watches, but does not see an edit of {path}")
    return Run(0, took_ms / 1000, 0)


def measure_edits(contest, pairs):
    """The builder watches a copy, so that each sees its own edits alone."""
    project = contest.project
    paths = editable(project)
    copy = project.with_name(f"{project.name}-edited")
    shutil.rmtree(copy, ignore_errors=True)
    shutil.copytree(project, copy, ignore=shutil.ignore_patterns(contest.peer.outputs))
    session = Session(copy)
    session.wait_for("ready")
    session.wait_for("idle")
    edits = Edits(session, add_selection)
    ours, theirs, originals = [], [], {}
    with WatchedPeer(contest.peer, project) as watched:
        for number in range(pairs + 1):
            path = paths[number * len(paths) // (pairs + 1)]
            delta_ms, module_ms = edits.save(path)
            session.wait_for("idle")
            ours.append(Run(0, max(delta_ms, module_ms) / 1000, 0))
            originals[path] = (project / path).read_text()
            theirs.append(edit_theirs(contest, watched, path, add_selection(originals[path], number)))
        note = "watching" if watched.is_watching else "whole run: it cannot watch here"
    session.end()
    for path, text in originals.items():
        (project / path).write_text(text)
    shutil.rmtree(copy)
    # The first of each warms up what only edits use.
    return ours[1:], theirs[1:], note


def measure(contest, pairs, cases):
    peer = contest.peer
    for case in (case for case in peer.cases if case in cases):
        note = ""
        if case == "edit":
            ours, theirs, note = measure_edits(contest, pairs)
        else:
            if case == "unchanged":
                # Files as young as the build before are looked at again, once.
                contest.run_ours()
            ours, theirs = contest.pairs(pairs, case == "cold")
        yield Result(peer.name, case, ours, theirs, note)


def compare_outputs(contest, made):
    """What both say about the same documents, as (what was compared, mistakes)."""
    peer, project = contest.peer, contest.project
    out = project / peer.outputs
    if peer.name in ("relay-compiler", "codegen"):
        kind = "relay" if peer.name == "relay-compiler" else "codegen"
        command = ["node", HERE / "texts.mjs", MODULES, kind, out, project / ".builder" / "artifact.json"]
        told = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
        return f"texts of {told['ours']} operations", told["different"]
    if peer.name == "tag-pluck":
        told = json.loads((out / "templates.json").read_text())
        elements = json.loads((project / ".builder" / "artifact.json").read_text())["elements"]
        wrong = [] if told["templates"] == len(elements) else [f"{told['templates']} templates, {len(elements)} definitions"]
        return f"number of templates, {told['templates']}", wrong
    count = sum(path.is_file() for path in out.rglob("*"))
    wrong = [] if count == made["source_files"] else [f"{count} files of {made['source_files']}"]
    return f"number of modules, {count} (they mean something else)", wrong


HEADINGS = f"{'peer':15} {'case':10} {'pairs':>5} {'builder s':>10} {'peer s':>8} {'CPU s':>6} {'CPU s':>7} " \
           f"{'MB':>5} {'MB':>5}   {'wall, x the builder':24} {'CPU, x the builder':24}"


def print_result(result):
    ours, theirs = ({field: Spread.of([getattr(one, field) for one in runs]).median for field in ("wall_s", "cpu_s", "peak_mb")}
                    for runs in (result.ours, result.theirs))
    cpu = result.cpu()
    print(f"{result.peer:15} {result.case:10} {len(result.ours):5} {ours['wall_s']:10.4f} {theirs['wall_s']:8.3f} "
          f"{ours['cpu_s']:6.3f} {theirs['cpu_s']:7.3f} {ours['peak_mb']:5.0f} {theirs['peak_mb']:5.0f}   "
          f"{result.wall()!s:24} {cpu or ''!s:24} {result.note}", flush=True)


def goals_of(results):
    """The goals of issue 7 that these results can tell about."""
    by_case = {(result.peer, result.case): result for result in results}
    goals = []

    def add(peer, case, name, ratio_of, limit):
        if (peer, case) in by_case:
            goals.append(Goal(name, ratio_of(by_case[peer, case]), limit, "x", at_least=limit > 1))

    add("relay-compiler", "cold", "cold: CPU, of relay-compiler's", lambda r: 1 / r.cpu().median, 0.4)
    add("relay-compiler", "unchanged", "nothing changed: relay-compiler's wall", lambda r: r.wall().median, 10)
    add("relay-compiler", "edit", "edit: relay-compiler's wall", lambda r: r.wall().median, 10)
    add("codegen", "cold", "cold: graphql-codegen's wall", lambda r: r.wall().median, 30)
    return goals


def pairs_of(text):
    """`7` for all peers, or `relay=7,codegen=2`."""
    given = dict.fromkeys(DEFAULT_PAIRS, text) if text.isdigit() else dict(part.split("=") for part in text.split(","))
    counts = {name: int(count) for name, count in given.items()}
    if min(counts.values()) < 1 or not counts.keys() <= DEFAULT_PAIRS.keys():
        raise argparse.ArgumentTypeError(f"{text!r} does not name numbers of pairs, from 1, of {', '.join(DEFAULT_PAIRS)}")
    return {**DEFAULT_PAIRS, **counts}


def parsed_arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--peers", type=names_of(DEFAULT_PAIRS), default=list(DEFAULT_PAIRS))
    parser.add_argument("--cases", type=names_of(CASES), default=CASES)
    parser.add_argument("--pairs", type=pairs_of, default=DEFAULT_PAIRS)
    parser.add_argument("--files", type=int, default=10_000)
    parser.add_argument("--bytes", type=int, help="5,000 a file by default")
    parser.add_argument("--threads", type=int, default=os.cpu_count())
    parser.add_argument("--json", type=pathlib.Path)
    return parser.parse_args()


def main():
    given = parsed_arguments()
    peers = {name: peer for name, peer in all_peers().items() if name in given.peers}
    build_release("builder_cli")
    ensure_packages()
    results, mistakes, told = [], [], {}
    print(HEADINGS)
    for name, peer in peers.items():
        begin = time.monotonic()
        size = given.bytes or given.files * 5_000
        project = FOLDER / f"{peer.form}-{given.files}-{size}"
        made = ensure_project(project, Options(given.files, 0.15, 1_000_000, size, 1, peer.form))
        contest = Contest(peer, project, given.threads)
        # Brings all files into the page cache.
        contest.clean_ours()
        contest.clean_theirs()
        contest.run_ours()
        contest.run_theirs()
        told[peer.name], wrong = compare_outputs(contest, made)
        for result in measure(contest, given.pairs[name], given.cases):
            results.append(result)
            print_result(result)
            if result.case != "edit":
                # Of the runs that were timed: the last ones of both.
                wrong += [f"{result.case}: {one}" for one in compare_outputs(contest, made)[1]]
        mistakes += [f"{peer.name}: {one}" for one in wrong]
        contest.end()
        print(f"{'':15} compared: {told[peer.name]}: {'DIFFERENT' if wrong else 'equal'}; {time.monotonic() - begin:.0f} s", flush=True)
    are_reached = print_goals(goals_of(results))
    for one in mistakes:
        print(f"different: {one}")
    if given.json:
        given.json.write_text(json.dumps(summary_of(results, told, mistakes), indent=2) + "\n")
    sys.exit(0 if are_reached and not mistakes else 1)


def summary_of(results, told, mistakes):
    return {
        "results": [
            {"peer": result.peer, "case": result.case, "note": result.note,
             "ours": [dataclasses.asdict(one) for one in result.ours],
             "theirs": [dataclasses.asdict(one) for one in result.theirs],
             "wall": dataclasses.asdict(result.wall()),
             "cpu": dataclasses.asdict(result.cpu()) if result.cpu() else None}
            for result in results
        ],
        "compared": told,
        "different": mistakes,
    }


if __name__ == "__main__":
    main()
