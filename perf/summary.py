#!/usr/bin/env python3
"""Writes a page of Markdown about a folder of results, beside an earlier one.

usage: summary.py RESULTS [BASELINE]

RESULTS may hold `metrics.json` of perf-builder, `gate.txt` of its comparison, `instructions.txt` of
tools/profile and `micro.txt` of perf/micro.py; BASELINE an earlier `metrics.json` of the same fixture.
What is not there is left out.
"""
import json
import pathlib
import sys

MEGABYTE = 1e6


def metrics_of(folder):
    path = folder / "metrics.json"
    return json.loads(path.read_text()) if path.exists() and path.stat().st_size > 0 else None


def change(before, after, scenario, figure):
    """In percent of an earlier median; empty where there is none."""
    known = (before or {}).get("scenarios", {}).get(scenario, {}).get(figure)
    return f"{100 * (after['p50'] / known['p50'] - 1):+.0f} %" if known and known["p50"] else ""


def floor_of(one):
    """The builder's time as a multiple of the floor's: CPU, or the wall where nothing is computed."""
    for floor in one.get("floors", []):
        ratio = floor["wallRatio" if floor["kind"] == "unchanged" else "cpuRatio"]
        if floor["kept"] > 0:
            return f"{ratio['p50']:.2f} x"
    return ""


def metrics_table(metrics, before):
    project = metrics["project"]
    if before and before["fixture"] != metrics["fixture"]:
        before = None
    lines = [
        f"## {metrics['fixture']}",
        f"{project['files']:,} files, {project['bytes'] / MEGABYTE:.1f} MB, {project['definitions']:,} definitions; "
        f"{metrics['threads']} threads, {metrics['iterations']} iterations, {metrics['timestamp']}",
        "",
        "| scenario | wall p50, ms | p95 | before | CPU, ms | of the floor | peak, MB | files read | compiled | written | slowest phase |",
        "|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|---|",
    ]
    for name, one in metrics["scenarios"].items():
        counters = {key: value["median"] for key, value in one["counters"].items()}
        phase, share = max(((key, value["share"]) for key, value in one["phases"].items()), key=lambda pair: pair[1])
        lines.append(
            f"| {name} | {one['wallMs']['p50']:.2f} | {one['wallMs']['p95']:.2f} | "
            f"{change(before, one['wallMs'], name, 'wallMs')} | {one['cpuMs']['p50']:.2f} | {floor_of(one)} | "
            f"{one['peakMemoryBytes']['max'] / MEGABYTE:.1f} | {counters['filesRead']:,} | "
            f"{counters['definitionsCompiled']:,} | {counters['filesWritten']:,} | {phase}, {100 * share:.0f} % |"
        )
    return "\n".join(lines)


def text_of(folder, name, title):
    path = folder / name
    return f"## {title}\n\n```\n{path.read_text().strip()}\n```" if path.exists() else ""


def page(results, baseline):
    metrics = metrics_of(results)
    parts = [
        metrics_table(metrics, metrics_of(baseline) if baseline else None) if metrics else "",
        text_of(results, "gate.txt", "Beside the night before"),
        text_of(results, "instructions.txt", "Instructions"),
        text_of(results, "micro.txt", "Single functions"),
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


def main():
    if len(sys.argv) not in (2, 3):
        sys.exit(__doc__.splitlines()[2])
    folders = [pathlib.Path(given) for given in sys.argv[1:]]
    print(page(folders[0], folders[1] if len(folders) == 2 else None), end="")


if __name__ == "__main__":
    main()
