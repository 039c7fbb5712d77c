"""Growth, stability, and the page of nightly results."""
import json
import pathlib
import tempfile
import unittest

import paths  # noqa: F401
from integration import add_field, growth, size_goals, stability_goals
from measure import Run
from summary import page


def figure(value):
    return {"min": value, "p50": value, "p95": value, "max": value}


def scenario(wall, cpu=1, peak=1e6, floors=()):
    counters = {"filesRead": 1, "definitionsCompiled": 2, "filesWritten": 3}
    return {
        "wallMs": figure(wall), "cpuMs": figure(cpu), "settleMs": figure(1), "peakMemoryBytes": figure(peak),
        "counters": {name: {"median": count, "total": count} for name, count in counters.items()},
        "phases": {"read": {"share": 0.25}, "write": {"share": 0.75}}, "floors": list(floors),
    }


def metrics(cold_cpu, leaf):
    floor = {"kind": "scan", "kept": 3, "cpuRatio": figure(2.25), "wallRatio": figure(9)}
    return {
        "fixture": "generated", "timestamp": "2026-01-01T02:00:00Z", "threads": 2, "iterations": 5,
        "project": {"files": 10_000, "bytes": 5_000_000, "definitions": 7},
        "scenarios": {"cold": scenario(10, cold_cpu, floors=[floor]), "noop": scenario(1), "leaf-edit": scenario(leaf),
                      "fanout-edit": scenario(4)},
    }


class Growth(unittest.TestCase):
    def test_it_is_the_exponent_of_a_power_law(self):
        self.assertAlmostEqual(growth([1, 10, 100], [3, 30, 300]), 1)
        self.assertAlmostEqual(growth([1, 10, 100], [5, 5, 5]), 0)
        self.assertAlmostEqual(growth([10, 1_000], [1, 100_000]), 2.5)

    def test_goals_of_one_size_and_of_growth(self):
        goals = {goal.name: (round(goal.figure, 3), goal.is_reached())
                 for goal in size_goals({10_000: metrics(100, 1), 1_000: metrics(10, 0.5)})}
        self.assertEqual(goals["leaf edit at 10,000 files"], (1, True))
        self.assertEqual(goals["cold CPU, of its floor"], (2.25, True))
        self.assertEqual(goals["cold CPU, exponent, 1,000 to 10,000 files"], (1, True))
        self.assertEqual(goals["leaf edit, 1,000 to 10,000 files"], (2, False))

    def test_one_size_has_no_growth_and_other_sizes_are_not_judged(self):
        self.assertEqual(size_goals({1_000: metrics(10, 9)}), [])


class Stability(unittest.TestCase):
    def test_slower_builds_and_a_growing_state_are_seen(self):
        steady, slower = [Run(1, 1, 1)] * 900, [Run(1 + number / 1_000, 1, 1) for number in range(900)]
        for runs, states, wanted in (
            (steady, [100, 130] * 500, [True, True]),
            (slower, [100, 130] * 500, [False, True]),
            (steady, list(range(100, 1_100)), [True, False]),
        ):
            self.assertEqual([goal.is_reached() for goal in stability_goals(runs, states)], wanted)

    def test_only_operations_are_edited_and_only_the_first(self):
        text = "const a = gql`\n  query A($id: ID!) {\n    a { id }\n  }\n`;\nconst b = gql`query B { b }`;"
        self.assertEqual(add_field(text, 3), text.replace("ID!) {", "ID!) { alias3: __typename"))
        self.assertEqual(add_field("gql`fragment F on T { id }`", 3), "gql`fragment F on T { id }`")


class Summary(unittest.TestCase):
    def test_the_page_shows_what_is_there_beside_what_was(self):
        with tempfile.TemporaryDirectory() as folder:
            results, before = (pathlib.Path(folder) / name for name in ("results", "before"))
            for path, leaf in ((results, 2), (before, 1)):
                path.mkdir()
                (path / "metrics.json").write_text(json.dumps(metrics(100, leaf)))
            (results / "instructions.txt").write_text("cold 1,000\n")
            text = page(results, before)
        self.assertIn("| leaf-edit | 2.00 | 2.00 | +100 % | 1.00 |  | 1.0 | 1 | 2 | 3 | write, 75 % |", text)
        self.assertIn("| cold | 10.00 | 10.00 | +0 % | 100.00 | 2.25 x |", text)
        self.assertTrue(text.endswith("## Instructions\n\n```\ncold 1,000\n```\n"))

    def test_nothing_measured_is_an_empty_page(self):
        with tempfile.TemporaryDirectory() as folder:
            self.assertEqual(page(pathlib.Path(folder), None), "\n")


if __name__ == "__main__":
    unittest.main()
