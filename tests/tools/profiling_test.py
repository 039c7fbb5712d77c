"""Stacks, callgrind's output, flame graphs and counts of instructions."""
import unittest
import xml.etree.ElementTree

import paths  # noqa: F401
import callgrind
import flame_graph
import instructions
import stacks
from main import phase_times

PERF_SCRIPT = """\
builder 1/1 10.5: cpu-clock:
\t    1f0 graphql::Lexer::next()+0x10 (/builder)
\t    2a0 graphql::parse(std::basic_string_view<char, std::char_traits<char> >)+0x5 (/builder)
\t    3b0 main+0x1 (/builder)
\t    4c0 __libc_start_call_main+0x7a (/libc.so.6)

builder 1/2 10.6: cpu-clock:
\tffffffff81 do_syscall_64+0x71 ([kernel.kallsyms])
\t    2a0 graphql::parse(int)+0x9 (/builder)
\t    3b0 main+0x1 (/builder)

builder 1/1 10.7: cpu-clock:

builder 1/1 10.8: cpu-clock:
\t    2a0 graphql::parse(int)+0x9 (/builder)
\t    3b0 main+0x1 (/builder)
"""

# main (5) calls left (10 by itself) and right (20), which both call shared; left spends 30 in it, right 10.
# left calls itself, too, and spends 15 there, which is in what it spent in shared.
CALLGRIND = """\
version: 1
events: Ir
summary: 75

fn=(1) main
1 5
cfn=(2) left(int)
calls=1 0
1 40
cfn=(3) right
calls=1 0
+1 30

fn=(2)
1 10
cfn=(4) shared
calls=3 0
* 30
cfn=(2)
calls=1 0
2 15

fn=(3)
-1 20
cfn=(4)
calls=1 0
1 10

fn=(4)
1 40
"""


class Stacks(unittest.TestCase):
    def test_names_lose_arguments_templates_and_what_is_returned(self):
        for name, wanted in (
            ("graphql::parse(std::basic_string_view<char>, int) const", "graphql::parse"),
            ("std::vector<a::B, std::allocator<a::B> >::push_back(a::B const&)", "std::vector::push_back"),
            ("builder::(anonymous namespace)::plan(int)::{lambda(int)#1}::operator()(int) const",
             "builder::plan::{lambda#1}::call"),
            ("void std::sort<int*>(int*, int*)", "std::sort"),
            ("bool base::operator<(base::A const&, base::A const&)", "base::operator"),
            ("operator new(unsigned long)", "operator_new"),
            ("f(void (*)(int)) [clone .constprop.0]", "f"),
            ("malloc", "malloc"),
            ("(below main)", "(below main)"),
        ):
            self.assertEqual(stacks.short_name(name), wanted)

    def test_samples_with_one_stack_are_one_line(self):
        self.assertEqual(stacks.fold_perf(PERF_SCRIPT.splitlines()), {
            ("main", "graphql::parse", "graphql::Lexer::next"): 1,
            ("main", "graphql::parse", "do_syscall_64_[k]"): 1,
            ("main", "graphql::parse"): 1,
        })

    def test_a_function_that_calls_itself_costs_its_callers_once(self):
        profile = {("main", "f", "f"): 3, ("main", "g"): 1}
        self.assertEqual(stacks.function_costs(profile), {"main": (0, 4), "f": (3, 3), "g": (1, 1)})

    def test_what_libraries_cost_is_blamed_on_who_called_them(self):
        profile = {("main", "graphql::parse", "malloc", "mmap_[k]"): 2, ("main", "graphql::parse"): 3, ("main", "read"): 5}
        self.assertEqual(stacks.blamed_costs(profile), {"graphql::parse": 5, "nothing of ours": 5})

    def test_functions_belong_to_layers(self):
        profile = {("graphql::parse",): 2, ("main", "ts_lex"): 3, ("read_[k]",): 4, ("std::sort",): 5}
        self.assertEqual(stacks.layer_costs(profile), {"graphql": 2, "tree-sitter": 3, "kernel": 4, "library": 5})


class Callgrind(unittest.TestCase):
    def setUp(self):
        self.calls = callgrind.read_calls(CALLGRIND.splitlines())

    def test_costs_are_a_functions_own_and_those_of_its_calls(self):
        self.assertEqual(self.calls.total, 75)
        self.assertEqual(self.calls.own, {"main": 5, "left": 10, "right": 20, "shared": 40})
        self.assertEqual(self.calls.called["left"], {"shared": 30, "left": 15})

    def test_what_is_called_by_several_is_shared_out_and_nothing_is_lost(self):
        self.assertEqual(callgrind.profile_of(self.calls), {
            ("main",): 5,
            ("main", "left"): 10,
            ("main", "left", "shared"): 30,
            ("main", "right"): 20,
            ("main", "right", "shared"): 10,
        })


class FlameGraph(unittest.TestCase):
    PROFILE = {("main", "a<b>", "c"): 30, ("main", "a<b>"): 10, ("main", "d", "c"): 60}

    def test_neighbours_under_one_caller_are_one_rectangle(self):
        frames = [(one.name, one.depth, one.begin, one.cost) for one in flame_graph.frames_of(self.PROFILE)]
        self.assertEqual(frames, [
            ("main", 1, 0, 100), ("a<b>", 2, 0, 40), ("c", 3, 10, 30), ("d", 2, 40, 60), ("c", 3, 40, 60),
        ])

    def test_the_file_is_xml_that_loads_nothing(self):
        text = flame_graph.flame_graph(self.PROFILE, "cold & <small>", "samples")
        root = xml.etree.ElementTree.fromstring(text)
        titles = [one.text for one in root.iter("{http://www.w3.org/2000/svg}title")]
        self.assertEqual(titles, [
            "all: 100.0 %, 100 samples", "main: 100.0 %, 100 samples", "a<b>: 40.0 %, 40 samples",
            "c: 30.0 %, 30 samples", "d: 60.0 %, 60 samples", "c: 60.0 %, 60 samples",
        ])
        self.assertEqual(text.count("http"), 1)

    def test_an_empty_profile_is_a_graph_of_nothing(self):
        xml.etree.ElementTree.fromstring(flame_graph.flame_graph({}, "", "samples"))


class Phases(unittest.TestCase):
    def test_a_phase_does_not_count_those_inside_of_it(self):
        events = [("scan", 0, 0, 10_000), ("read", 0, 1_000, 2_000), ("read", 0, 4_000, 1_000), ("scan", 1, 0, 5_000),
                  ("write", 0, 10_000, 500)]
        trace = {"traceEvents": [{"ph": "X", "name": name, "tid": tid, "ts": ts, "dur": dur}
                                 for name, tid, ts, dur in events]}
        self.assertEqual(phase_times(trace), {"scan": 12, "read": 3, "write": 0.5})


class Instructions(unittest.TestCase):
    BEFORE = instructions.Count(1_000_000, 0, {"f": 500_000, "g": 1_000})

    def test_the_limit_is_a_share_of_the_baseline(self):
        for count, wanted in ((1_010_000, "equal"), (1_010_001, "more"), (990_000, "equal"), (989_999, "less")):
            self.assertEqual(instructions.verdict(self.BEFORE, instructions.Count(count, 0, {}), 1), wanted)

    def test_a_difference_is_named_by_its_functions(self):
        after = instructions.Count(1_100_000, 0, {"f": 590_000, "h": 9_000, "g": 1_100})
        self.assertEqual(instructions.differences(self.BEFORE, after, 1), [("f", 90_000), ("h", 9_000)])


if __name__ == "__main__":
    unittest.main()
