#!/usr/bin/env python3
"""Makes a TypeScript application of a given size with GraphQL that is valid against its schema.

usage: generate_project.py FOLDER [--files N] [--share S] [--schema-bytes N] [--bytes N] [--seed N]
                           [--form mixed|relay|calls]

A project is of tags, calls and .graphql files, mixed as applications mix them; or, for programs that
know one of these alone, the same documents as Relay's tags or as `graphql()` calls. The same options give the same bytes everywhere. A build of the project has no diagnostics.
"""
import argparse
import dataclasses
import hashlib
import json
import pathlib
import sys

from generate.project import FORMS, Options, Project

# Says what a folder was made from, so that who needs a project can take one that is there.
STAMP = "generated.json"


def write_project(folder, options):
    """Writes all files and returns what was made, as plain values."""
    project = Project(options)
    digest = hashlib.sha256()
    count = size = 0
    for path, text in project.contents():
        content = text.encode()
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
        digest.update(path.encode() + b"\0" + hashlib.sha256(content).digest())
        if path.startswith("src/"):
            count, size = count + 1, size + len(content)
    return {
        "options": dataclasses.asdict(options),
        "source_files": count,
        "source_bytes": size,
        "schema_bytes": len(project.schema.text),
        **project.counts,
        "sha256": digest.hexdigest(),
    }


def ensure_project(folder, options):
    """The summary of the project in `folder`, which is made unless it is there already."""
    stamp = folder / STAMP
    if stamp.exists():
        summary = json.loads(stamp.read_text())
        if {"form": "mixed", **summary["options"]} == dataclasses.asdict(options):
            return summary
        sys.exit(f"{folder} holds a project made with other options; remove it or name another folder")
    if folder.exists() and any(folder.iterdir()):
        sys.exit(f"{folder} is not empty")
    summary = write_project(folder, options)
    stamp.write_text(json.dumps(summary, indent=2) + "\n")
    return summary


def main():
    parser = argparse.ArgumentParser(description="Makes a TypeScript application of a given size.")
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("--files", type=int, default=10_000)
    parser.add_argument("--share", type=float, default=0.15, help="of the files have GraphQL")
    parser.add_argument("--schema-bytes", type=int, default=1_000_000)
    parser.add_argument("--bytes", type=int, default=50_000_000, help="of all source files")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--form", choices=list(FORMS), default="mixed")
    given = parser.parse_args()
    options = Options(given.files, given.share, given.schema_bytes, given.bytes, given.seed, given.form)
    print(json.dumps(ensure_project(given.folder, options), indent=2))


if __name__ == "__main__":
    main()
