"""What is said of figures that were measured."""
import pathlib
import tempfile
import unittest

import paths  # noqa: F401
from comparison import Result, add_selection, goals_of, pairs_of
from measure import Goal, Run, Spread, Trash, percentile, ratios


def runs(*cpu_s):
    return [Run(cpu_s=one, wall_s=one * 2, peak_mb=10) for one in cpu_s]


class Figures(unittest.TestCase):
    def test_a_spread_is_the_middle_and_both_ends(self):
        self.assertEqual(Spread.of([3, 1, 2]), Spread(2, 1, 3, 3))
        self.assertEqual(str(Spread.of([1, 2])), "1.50 (1.00 to 2.00)")

    def test_ratios_are_taken_within_pairs(self):
        # Medians of each side would give 2.
        self.assertEqual(ratios(runs(1, 2, 4), runs(1, 4, 40), "cpu_s"), Spread(2, 1, 10, 3))

    def test_percentiles_are_values_that_were_measured(self):
        values = [5, 1, 4, 2, 3]
        self.assertEqual([percentile(values, share) for share in (0, 0.5, 0.95, 1)], [1, 3, 4, 5])

    def test_goals_are_limits_from_above_or_from_below(self):
        self.assertTrue(Goal("", 1, 1, "x").is_reached())
        self.assertFalse(Goal("", 1.01, 1, "x").is_reached())
        self.assertTrue(Goal("", 10, 10, "x", at_least=True).is_reached())
        self.assertFalse(Goal("", 9.9, 10, "x", at_least=True).is_reached())


class Outputs(unittest.TestCase):
    def test_outputs_are_out_of_the_way_at_once_and_gone_at_the_end(self):
        with tempfile.TemporaryDirectory() as name:
            folder = pathlib.Path(name)
            trash = Trash(folder)
            for _ in range(2):
                (folder / "out" / "deep").mkdir(parents=True)
                trash.take(folder / "out")
                self.assertFalse((folder / "out").exists())
            trash.take(folder / "nothing")
            trash.empty()
            self.assertEqual(list(folder.iterdir()), [])


class Comparison(unittest.TestCase):
    def test_pairs_are_for_all_peers_or_for_some(self):
        self.assertEqual(pairs_of("2"), {"relay": 2, "codegen": 2, "pluck": 2, "esbuild": 2})
        self.assertEqual(pairs_of("codegen=1,relay=9")["relay"], 9)
        self.assertEqual(pairs_of("codegen=1")["esbuild"], pairs_of("relay=1")["esbuild"])

    def test_an_edit_adds_a_field_to_an_object_of_the_first_document(self):
        text = "id\nconst a = gql`query A {\n  item(id: $id) {\n    id\n    name\n  }\n}`;\n"
        edited = add_selection(text, 7)
        self.assertEqual(edited, text.replace("    id\n", "    alias7: createdAt\nid\n"))

    def test_goals_are_judged_by_the_middle_pair_and_only_where_it_was_measured(self):
        cold = Result("relay-compiler", "cold", runs(1, 1, 1), runs(2, 4, 8))
        edit = Result("relay-compiler", "edit", runs(0.001), runs(0.005))
        reached = {goal.name: (goal.figure, goal.is_reached()) for goal in goals_of([cold, edit])}
        self.assertEqual(reached, {
            "cold: CPU, of relay-compiler's": (0.25, True),
            "edit: relay-compiler's wall": (5, False),
        })
        self.assertIsNone(edit.cpu())


if __name__ == "__main__":
    unittest.main()
