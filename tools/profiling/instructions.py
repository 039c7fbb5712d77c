"""Counts the instructions of builds, and compares them with an earlier count.

One thread, callgrind, addresses that are the same in each run: what is left of chance are the process
id, the time and the numbers of files, whose digits are printed and hashed. That is below 0.1 %; so a
limit of 1 % is far from it, and no other work on the machine matters.

Counts depend on the compiler, the C library and the packages. A baseline says what it was made with,
and is good for comparing commits on one machine, or in one image.
"""
import dataclasses
import json
import pathlib
import platform
import shutil
import subprocess
import sys
import tempfile

import callgrind
from measure import BUILDER

SCENARIOS = ("cold", "unchanged", "edit")
# How many functions a baseline remembers, so that a difference can be named.
REMEMBERED = 400
REPEATS = 2


@dataclasses.dataclass
class Count:
    instructions: int
    # Between equal runs, as a share.
    noise: float
    # Function -> instructions of its own.
    functions: dict


def _fixed_addresses():
    """The start of a command that runs without random addresses; some containers forbid that."""
    fixed = ["setarch", "-R"]
    is_allowed = shutil.which("setarch") and subprocess.run([*fixed, "true"], capture_output=True).returncode == 0
    return fixed if is_allowed else []


def _count_once(project, folder):
    """One run below callgrind, with nothing of this process's environment."""
    out = pathlib.Path(folder) / "callgrind.out"
    command = [*_fixed_addresses(), "valgrind", "--tool=callgrind", f"--callgrind-out-file={out}",
               BUILDER, "--cwd", project, "--threads", "1", "--quiet"]
    done = subprocess.run(command, capture_output=True, text=True, env={"PATH": "/usr/bin:/bin", "LC_ALL": "C"})
    if done.returncode not in (0, 1):
        sys.exit(f"callgrind failed with {done.returncode}:\n{done.stderr[-2000:]}")
    with out.open(errors="replace") as lines:
        return callgrind.read_calls(lines)


def _remove_outputs(project):
    for name in (".builder", ".cache"):
        shutil.rmtree(project / name, ignore_errors=True)


def _edit(project):
    """A file, its text, and another text: a comment in the first document, or else another constant."""
    paths = sorted((project / "src").rglob("*.ts*"))
    for path in paths:
        text = path.read_text(errors="replace")
        if "gql`" in text or "graphql`" in text:
            at = text.index("{", text.index("`")) + 1
            return path, text, f"{text[:at]} # edited\n{text[at:]}"
    text = paths[0].read_text()
    return paths[0], text, f"{text}\nexport const edited = 1;\n"


def count(project, scenario):
    """The least of some runs, since chance only adds."""
    runs = []
    path, original, other = _edit(project)
    for _ in range(REPEATS):
        with tempfile.TemporaryDirectory() as folder:
            _remove_outputs(project)
            if scenario != "cold":
                plain = [str(BUILDER), "--cwd", str(project), "--threads", "1", "--quiet"]
                subprocess.run(plain, capture_output=True)
            if scenario == "edit":
                path.write_text(other)
            runs.append(_count_once(project, folder))
            path.write_text(original)
    least = min(runs, key=lambda calls: calls.total)
    most = max(calls.total for calls in runs)
    return Count(least.total, most / least.total - 1, dict(least.own.most_common(REMEMBERED)))


def tool_chain():
    """What counts depend on besides the sources."""
    compiler = subprocess.run(["c++", "--version"], capture_output=True, text=True).stdout.splitlines()
    return {"compiler": compiler[0] if compiler else "", "libc": " ".join(platform.libc_ver()),
            "machine": platform.machine()}


def differences(before, after, limit):
    """Functions whose own instructions changed by more than a part of the limit, the most first."""
    names = {*before.functions, *after.functions}
    changes = {name: after.functions.get(name, 0) - before.functions.get(name, 0) for name in names}
    least = before.instructions * limit / 100 / 20
    return sorted(((name, change) for name, change in changes.items() if abs(change) >= least),
                  key=lambda one: (-abs(one[1]), one[0]))


def verdict(before, after, limit):
    """"more", "less" or "equal", by the limit in percent."""
    change = 100 * (after.instructions - before.instructions)
    allowed = limit * before.instructions
    return "more" if change > allowed else "less" if change < -allowed else "equal"


def compare(project, given):
    """The exit code: 1 where a scenario takes more instructions than the baseline allows."""
    counts = {scenario: count(project, scenario) for scenario in SCENARIOS}
    baseline = json.loads(given.baseline.read_text()) if given.baseline else None
    if baseline and baseline["fixture"] != given.fixture:
        sys.exit(f"{given.baseline} counted {baseline['fixture']}")
    if baseline and baseline["tool_chain"] != tool_chain():
        print(f"made with other tools, so that differences need not be the code's: {baseline['tool_chain']}")
    has_failed = False
    print(f"{given.fixture}, one thread\n{'scenario':12} {'instructions':>14} {'noise':>9} {'baseline':>14} {'change':>9}")
    for scenario, after in counts.items():
        line = f"{scenario:12} {after.instructions:14,} {100 * after.noise:7.3f} %"
        if baseline:
            before = Count(**baseline["counts"][scenario])
            found = verdict(before, after, given.limit)
            has_failed |= found == "more"
            line += f" {before.instructions:14,} {100 * (after.instructions / before.instructions - 1):+7.2f} %  {found}"
        print(line)
        if baseline and found != "equal":
            for name, change in differences(before, after, given.limit)[:8]:
                print(f"    {change:+14,}  {name}")
    if given.save:
        told = {"fixture": given.fixture, "tool_chain": tool_chain(),
                "counts": {name: dataclasses.asdict(one) for name, one in counts.items()}}
        given.save.write_text(json.dumps(told, indent=1, sort_keys=True) + "\n")
    return 1 if has_failed else 0
