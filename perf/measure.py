"""What all measurements share: runs of programs, their spread, and goals.

Seconds say little on machines that do other things, too: what is compared runs in turns, and only
ratios of runs beside each other are judged.
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

ROOT = pathlib.Path(__file__).resolve().parent.parent
WORK = ROOT / "build" / "perf"
BUILDER = pathlib.Path(os.environ.get("BUILDER") or ROOT / "build" / "release" / "cli" / "builder")


@dataclasses.dataclass
class Run:
    cpu_s: float
    wall_s: float
    peak_mb: float


def run(command, folder=None):
    """Runs a program to its end; stops here if it fails."""
    command = [str(part) for part in command]
    with tempfile.TemporaryFile() as output:
        begin = time.perf_counter()
        child = subprocess.Popen(command, cwd=folder, stdin=subprocess.DEVNULL, stdout=output, stderr=output)
        _, status, usage = os.wait4(child.pid, 0)
        wall = time.perf_counter() - begin
        child.returncode = os.waitstatus_to_exitcode(status)
        output.seek(0)
        if child.returncode != 0:
            text = output.read().decode("utf-8", "replace")
            sys.exit(f"{' '.join(command)}\nfailed with {child.returncode}:\n{text[-3000:]}")
    return Run(usage.ru_utime + usage.ru_stime, wall, usage.ru_maxrss / 1024)


def build_release(*targets):
    """Builds what is to be measured, without a word."""
    built = subprocess.run([ROOT / "tools/build", "release", *targets], stdout=subprocess.PIPE, text=True)
    if built.returncode != 0:
        sys.exit(f"{built.stdout[-3000:]}\ncannot build {' '.join(targets)}")


def names_of(allowed):
    """An argument that is some of these names, by commas."""
    def read(text):
        names = text.split(",")
        for name in names:
            if name not in allowed:
                raise argparse.ArgumentTypeError(f"{name!r} is none of {', '.join(allowed)}")
        return names
    return read


class Trash:
    """Takes outputs out of the way of the next cold build, and deletes them when all is measured.

    ext4 does not give the inodes of files again that were deleted within the last minutes, and looks
    for others one by one. Building right after deleting took a third more processor time, which no user
    of a fresh clone sees.
    """

    def __init__(self, folder):
        """Makes a folder of its own in `folder`, which is to be on the disk of what is taken."""
        self._path = pathlib.Path(tempfile.mkdtemp(prefix=".trash-", dir=folder))
        self._count = 0

    def take(self, path):
        """Fine if there is nothing."""
        if path.exists():
            path.rename(self._path / str(self._count))
            self._count += 1

    def empty(self):
        shutil.rmtree(self._path, ignore_errors=True)


@dataclasses.dataclass
class Spread:
    """Of some figures: the middle one, and how far they go."""

    median: float
    least: float
    most: float
    count: int

    @staticmethod
    def of(values):
        return Spread(statistics.median(values), min(values), max(values), len(values))

    def __str__(self):
        return f"{self.median:.2f} ({self.least:.2f} to {self.most:.2f})"


def ratios(runs, beside, field):
    """`beside` as a multiple of `runs`, run by run."""
    return Spread.of([getattr(other, field) / getattr(one, field) for one, other in zip(runs, beside)])


def percentile(values, share):
    ordered = sorted(values)
    return ordered[int(share * (len(ordered) - 1))]


@dataclasses.dataclass
class Goal:
    name: str
    figure: float
    limit: float
    unit: str
    at_least: bool = False

    def is_reached(self):
        return self.figure >= self.limit if self.at_least else self.figure <= self.limit


def print_goals(goals):
    """A table of them, if there are any; whether all are reached."""
    if not goals:
        return True
    print(f"\n{'goal':52} {'reached':>11} {'wanted':>10}")
    for goal in goals:
        sign = ">=" if goal.at_least else "<="
        print(f"{goal.name:52} {goal.figure:8.2f} {goal.unit:2} {sign} {goal.limit:g} {goal.unit:2} "
              f"{'' if goal.is_reached() else '  missed'}")
    return all(goal.is_reached() for goal in goals)
