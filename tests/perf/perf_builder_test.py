"""Runs perf-builder once on a fixture, and looks whether all that it should measure is there.

usage: perf_builder_test.py PERF_BUILDER
"""
import json
import pathlib
import signal
import subprocess
import sys
import tempfile
import time
import unittest

PROGRAM = pathlib.Path(sys.argv.pop(1)).resolve()

FIGURES = ["wallMs", "cpuMs", "cpuUserMs", "cpuSystemMs", "costMs", "peakMemoryBytes", "allocations", "allocatedBytes",
           "pageFaults", "calibrationMs", "calibrationCpuMs", "calibrationFilesMs"]
STATISTICS = ["min", "p50", "p95", "p99", "max", "mean", "mad", "samples"]
COUNTERS = ["filesScanned", "filesRead", "filesHashed", "filesParsed", "filesWritten", "bytesRead",
            "definitionsCompiled", "cacheHits", "cacheMisses", "cacheSkips", "cacheRehashed"]
PHASES = ["scan", "stat", "read", "hash", "parse", "resolve", "link", "validate", "emit", "write", "save"]
# What cannot be 0 in any run: time passes, memory is used.
NEVER_ZERO = ["wallMs", "cpuMs", "costMs", "peakMemoryBytes", "allocations", "allocatedBytes", "calibrationMs",
              "calibrationCpuMs", "calibrationFilesMs"]
# Scenario -> counters that are above 0 in it.
COUNTED = {
    "cold": ["filesScanned", "filesRead", "filesHashed", "filesParsed", "filesWritten", "bytesRead",
             "definitionsCompiled", "cacheMisses"],
    "noop": ["filesScanned", "cacheHits"],
    "restart": ["filesRead", "filesHashed", "filesWritten", "bytesRead", "definitionsCompiled", "cacheHits",
                "cacheMisses"],
    "session-noop": ["filesScanned", "cacheHits"],
    "comment-edit": ["filesRead", "filesHashed", "filesWritten", "bytesRead", "cacheSkips"],
    "leaf-edit": ["filesRead", "filesHashed", "filesWritten", "bytesRead", "definitionsCompiled", "cacheSkips"],
    "fanout-edit": ["filesRead", "filesHashed", "filesWritten", "bytesRead", "definitionsCompiled", "cacheSkips"],
    "schema-edit": ["filesScanned", "filesWritten"],
    "add-remove": ["filesRead", "filesHashed", "filesWritten", "bytesRead", "definitionsCompiled"],
    "touch": ["filesRead", "filesHashed", "bytesRead", "cacheSkips", "cacheRehashed"],
}
# Scenario -> phases in which time was spent.
WORKED = {
    "cold": ["scan", "read", "hash", "parse", "resolve", "link", "validate", "emit", "write", "save"],
    "noop": ["compare"],
    "leaf-edit": ["stat", "read", "hash", "parse", "resolve", "link", "validate", "emit", "write", "save"],
}


def command_of(*options, iterations="1"):
    return [PROGRAM, "--fixture", "small-app", "--iterations", iterations, "--warmup", "0", "--min-time", "0", *options]


def run(folder, *options):
    command = command_of(*options)
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=300)


class PerfBuilderTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)

    def test_every_figure_of_every_scenario_is_there(self):
        done = run(self.folder, "--json", "--html", "page.html")

        self.assertEqual(done.returncode, 0, done.stderr)
        metrics = json.loads(done.stdout)
        self.assertEqual(metrics["fixture"], "small-app")
        self.assertGreater(metrics["project"]["definitions"], 0)
        self.assertEqual(set(metrics["scenarios"]), set(COUNTED))
        for name, scenario in metrics["scenarios"].items():
            with self.subTest(name):
                self.check(name, scenario)
        kept = list((self.folder / ".cache" / "perf").glob("*/small-app/metrics.json"))
        self.assertEqual([path.read_text() for path in kept], [done.stdout])
        self.assertIn("<svg", (self.folder / "page.html").read_text())

    def check(self, name, scenario):
        figures = FIGURES + ([] if scenario["process"] else ["settleMs"])
        for figure in figures:
            self.assertEqual(list(scenario[figure]), STATISTICS)
            self.assertEqual(len(scenario[figure]["samples"]), scenario["samples"])
        self.assertEqual(scenario["process"], name in ("cold", "noop", "restart"))
        for figure in NEVER_ZERO:
            self.assertGreater(scenario[figure]["min"], 0, figure)
        self.assertEqual(list(scenario["counters"]), COUNTERS)
        for counter in COUNTED[name]:
            self.assertGreater(scenario["counters"][counter]["median"], 0, counter)
        self.assertLessEqual(set(PHASES), set(scenario["phases"]))
        for phase in WORKED.get(name, []):
            self.assertGreater(scenario["phases"][phase]["spans"], 0, phase)
            self.assertGreater(scenario["phases"][phase]["ms"]["p50"], 0, phase)
            self.assertGreater(scenario["phases"][phase]["costMs"]["p50"], 0, phase)
        outputs = scenario["outputs"]
        self.assertGreater(outputs["compared"], 0)
        self.assertEqual(outputs["equal"], outputs["compared"])
        self.assertEqual(outputs["untouchedModules"], outputs["unchangedModules"])

    def test_other_counts_than_in_the_baseline_fail(self):
        baseline = json.loads(run(self.folder, "--scenario", "cold", "--json").stdout)
        baseline["scenarios"]["cold"]["counters"]["filesRead"]["total"] += 1
        (self.folder / "baseline.json").write_text(json.dumps(baseline))

        done = run(self.folder, "--scenario", "cold", "--compare", "baseline.json")

        self.assertEqual(done.returncode, 1, done.stderr)
        self.assertRegex(done.stdout, r"FAIL  cold: filesRead \d+ -> \d+, and counts must be equal")

    def test_two_runs_of_one_second_keep_their_results_apart(self):
        runs = [subprocess.Popen(command_of("--scenario", "noop"), cwd=self.folder, stdout=subprocess.DEVNULL)
                for _ in range(3)]

        self.assertEqual([run.wait(timeout=300) for run in runs], [0, 0, 0])
        self.assertEqual(len(list((self.folder / ".cache" / "perf").glob("*/small-app/metrics.json"))), 3)

    def test_an_interrupted_run_leaves_nothing_behind(self):
        for number, scenario in ((signal.SIGINT, "cold"), (signal.SIGTERM, "leaf-edit")):
            with self.subTest(scenario):
                work = self.folder / scenario
                started = subprocess.Popen(
                    command_of("--scenario", scenario, "--work-dir", work, iterations="100000"),
                    cwd=self.folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
                self.addCleanup(started.kill)
                self.wait_for(lambda: list(work.glob("perf-builder.*/project/tsconfig.json")))
                # Into the midst of measuring; any other moment is right, too.
                time.sleep(0.5)

                started.send_signal(number)

                self.assertEqual(started.wait(timeout=60), 128 + number)
                self.assertEqual(list(work.iterdir()), [])

    def wait_for(self, condition):
        end = time.monotonic() + 30
        while not condition():
            self.assertLess(time.monotonic(), end)
            time.sleep(0.01)

    def test_what_cannot_be_measured_is_refused(self):
        for options, code in (
            (["--scenario", "hot"], 2),
            (["--compare", "missing.json"], 3),
        ):
            with self.subTest(options):
                self.assertEqual(run(self.folder, *options).returncode, code)


if __name__ == "__main__":
    unittest.main()
