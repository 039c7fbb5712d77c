"""Makes the scripts of perf/ and tools/profiling/ importable; tests import it first."""
import pathlib
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
sys.path[:0] = [str(ROOT / "perf"), str(ROOT / "tools" / "profiling")]
