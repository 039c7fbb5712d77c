"""The programs that perf/comparison.py puts beside the builder; see there."""
