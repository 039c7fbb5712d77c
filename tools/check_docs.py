#!/usr/bin/env python3
"""Checks the documentation against the code: paths that it names, options, format versions."""
import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
FOLDERS = "base graphql discovery graph artifact builder session cli perf fixtures tests docs cmake tools"

# `base/result.h`, `tools/setup`, [text](docs/formats.md): what looks like a path of ours.
NAMED_PATH = re.compile(rf"[`(]((?:{FOLDERS.replace(' ', '|')})/[\w./-]+)[`)#: ]")
DOCUMENT_IN_CODE = re.compile(r"\bdocs/[\w/-]+\.md\b")
OPTION_CALL = re.compile(r'\b(?:add|set)_(?:option|flag|version)\w*(?:<[^>]*>)?\(\s*("[^"]*")')
OPTION = re.compile(r"--[a-z][a-z-]+")
VERSION_CONSTANT = re.compile(r"\bk_(\w+)_format_version\s*=\s*(\d+)")


def documents():
    return [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").rglob("*.md"))]


def sources():
    listed = [path for folder in FOLDERS.split() for path in (ROOT / folder).rglob("*")]
    return sorted(path for path in listed if path.suffix in {".h", ".cpp", ".mjs"}
                  and "node_modules" not in path.parts and path.is_file())


def missing_paths():
    for document in documents():
        for number, line in enumerate(document.read_text().splitlines(), 1):
            for path in NAMED_PATH.findall(line):
                if not (ROOT / path.rstrip("./")).exists():
                    yield f"{document.relative_to(ROOT)}:{number}: there is no {path}"
    for source in sources():
        for number, line in enumerate(source.read_text().splitlines(), 1):
            for path in DOCUMENT_IN_CODE.findall(line):
                if not (ROOT / path).exists():
                    yield f"{source.relative_to(ROOT)}:{number}: there is no {path}"


def undocumented_options():
    """Every option that the program declares stands in a page of docs/."""
    pages = "".join(page.read_text() for page in sorted((ROOT / "docs").glob("*.md")))
    documented = set(OPTION.findall(pages))
    for source in sorted((ROOT / "cli").glob("options*.cpp")):
        for call in OPTION_CALL.findall(source.read_text()):
            for option in OPTION.findall(call):
                if option not in documented:
                    yield f"{source.relative_to(ROOT)}: no page of docs/ tells of {option}"


def unmatched_versions():
    """`k_<name>_format_version = N` in the code is "<name> ... version N" in a heading."""
    formats = ROOT / "docs" / "formats.md"
    headings = [
        line.lower() for line in (formats.read_text().splitlines() if formats.exists() else [])
        if line.startswith("#")
    ]
    for source in sources():
        for name, version in VERSION_CONSTANT.findall(source.read_text()):
            name = name.replace("_", " ")
            if not any(name in line and f"version {version}" in line for line in headings):
                where = source.relative_to(ROOT)
                yield f"{where}: docs/formats.md has no heading with \"{name}\" and \"version {version}\""


def main():
    found = [*missing_paths(), *undocumented_options(), *unmatched_versions()]
    print(*found, sep="\n", end="\n" if found else "")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
