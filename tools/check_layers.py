#!/usr/bin/env python3
"""Fails when a file includes a header of a layer that its CMake target does not use.

The include root is the repository's, so the compiler would accept any include. The rule is the USES
list of each folder's builder_layer() call, followed transitively.
"""
import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent

# A header of values only that a layer above may see without using the layer that makes them: what
# the compile core takes from discovery, and nothing else of discovery.
VALUE_HEADERS = {
    "builder": {"discovery/source_facts.h", "discovery/resolved_name.h"},
}


def declared_uses():
    """Layer -> the layers and packages that its builder_layer() call names."""
    uses = {}
    for path in sorted(ROOT.glob("*/CMakeLists.txt")):
        text = re.sub(r"#.*", "", path.read_text())
        for name, body in re.findall(r"builder_layer\(\s*(\w+)([^)]*)\)", text):
            _, _, used = body.partition("USES")
            uses[name] = set(used.split())
    return uses


def reachable(layer, uses):
    """All layers that `layer` may include, itself too."""
    found, waiting = set(), [layer]
    while waiting:
        name = waiting.pop()
        if name in uses and name not in found:
            found.add(name)
            waiting.extend(used.removeprefix("builder::") for used in uses[name])
    return found


def violations(layer, allowed, layers):
    for path in sorted((ROOT / layer).rglob("*")):
        if path.suffix not in {".h", ".cpp"}:
            continue
        for number, line in enumerate(path.read_text().splitlines(), 1):
            included = re.match(r'\s*#\s*include\s+"((\w+)/[^"]+)"', line)
            if not included or included[2] not in layers or included[2] in allowed:
                continue
            if included[1] not in VALUE_HEADERS.get(layer, ()):
                yield f"{path.relative_to(ROOT)}:{number}: {layer} may not include {included[1]}"


def main():
    uses = declared_uses()
    found = [
        line
        for layer in sorted(uses)
        for line in violations(layer, reachable(layer, uses), uses)
    ]
    print(*found, sep="\n", end="\n" if found else "")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
