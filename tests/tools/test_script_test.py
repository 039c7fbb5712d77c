"""The outcome of tools/test, with stages that do nothing but succeed or fail."""
import pathlib
import shutil
import subprocess
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
STAGES = ["setup", "format", "lint", "build", "check_binary"]
# Fails where its arguments hold what $FAILING says.
STAND_IN = '#!/bin/sh\necho "$(basename "$0") $*"\ncase " $* " in *"${FAILING:-none}"*) exit 1 ;; esac\n'


class Outcome(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.root = pathlib.Path(folder.name)
        (self.root / "tools").mkdir()
        (self.root / "bin").mkdir()
        for name in ("test", "environment.sh"):
            shutil.copy(ROOT / "tools" / name, self.root / "tools" / name)
        for path in [self.root / "tools" / name for name in STAGES] + [self.root / "bin" / "ctest"]:
            path.write_text(STAND_IN)
            path.chmod(0o755)

    def run_script(self, failing="nothing at all", arguments=()):
        return subprocess.run([self.root / "tools" / "test", *arguments], capture_output=True, text=True, timeout=60,
                              env={"PATH": f"{self.root / 'bin'}:/usr/bin:/bin", "FAILING": failing})

    def test_all_stages_that_succeed_are_a_success(self):
        done = self.run_script()

        self.assertEqual((done.returncode, done.stderr), (0, ""))
        self.assertEqual(done.stdout.splitlines()[-1], "ctest --preset asan")

    def test_one_stage_that_fails_is_a_failure_and_the_others_run(self):
        for failing, stage in (
            ("--check", "format"),
            ("release builder_cli", "optimized programs"),
            ("--tests-regex state_machine", "random lives of projects"),
            ("tsan threaded_tests", "tests that start threads, under the thread sanitizer"),
        ):
            with self.subTest(failing):
                done = self.run_script(failing)

                self.assertEqual(done.returncode, 1)
                self.assertEqual(done.stderr, f"test: failed so far: {stage}\n")
                self.assertEqual(done.stdout.splitlines()[-1], "ctest --preset asan")

    def test_tests_that_fail_are_a_failure(self):
        self.assertEqual(self.run_script(" --preset asan ").returncode, 1)

    def test_a_filter_runs_its_tests_alone(self):
        done = self.run_script(arguments=["graph"])

        self.assertEqual(done.returncode, 0)
        self.assertEqual(done.stdout.splitlines(),
                         ["setup ", "build asan", "ctest --preset asan --tests-regex graph"])


if __name__ == "__main__":
    unittest.main()
