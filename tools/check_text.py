#!/usr/bin/env python3
"""Checks the files of the repository as texts: sizes, leftovers, and what must not be in them."""
import pathlib
import re
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
MAX_LINES = 600
SOURCES = {".h", ".cpp", ".c", ".py", ".mjs", ".cmake"}
# Expected outputs, lock files and tables are data: long, and not ours to word.
DATA = re.compile(r"^(fixtures/|.*package-lock\.json$|tests/.*/(cases|expected|data)/)")

LEFTOVER = re.compile(r"\b(TO" r"DO|FIX" r"ME|XX" r"X|HA" r"CK)\b")
# An absolute path of somebody's machine, or the host of a package registry.
MACHINE = re.compile(
    r"""(?:^|[\s"'=(:`])/(?:home|root|tmp|work|Users)/[A-Za-z]"""
    r"""|https?://(?:registry|deb)\."""
)


def tracked_files():
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=ROOT, check=True, capture_output=True).stdout
    names = sorted(name for name in listed.decode("utf-8", "surrogateescape").split("\0") if name)
    return [name for name in names if (ROOT / name).is_file() and not (ROOT / name).is_symlink()]


def problems(name):
    content = (ROOT / name).read_bytes()
    if b"\0" in content:
        return
    lines = content.decode("utf-8", "replace").splitlines()
    is_source = pathlib.PurePath(name).suffix in SOURCES
    if is_source and not DATA.match(name):
        if len(lines) > MAX_LINES:
            yield f"{name}: {len(lines)} lines; the limit is {MAX_LINES}"
        for number, line in enumerate(lines, 1):
            if LEFTOVER.search(line):
                yield f"{name}:{number}: unfinished work belongs into an issue, not into a comment"
            if "\t" in line:
                yield f"{name}:{number}: a tab; we indent with spaces"
    for number, line in enumerate(lines, 1):
        if MACHINE.search(line):
            yield f"{name}:{number}: a path or address of one machine: {line.strip()[:60]}"
    if is_source and content and not content.endswith(b"\n"):
        yield f"{name}: the last line has no end"


def main():
    found = [line for name in tracked_files() for line in problems(name)]
    print(*found, sep="\n", end="\n" if found else "")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
