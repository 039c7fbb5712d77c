"""How large the files of an application are.

Measured over two public applications, 9,575 files of 50 MB: half of the files have at most 2.2 KB,
90 % at most 9.7 KB, 99 % at most 45 KB, and a few are tables of a megabyte.
"""
import math

# One table in a project that is large enough to have one.
TABLE_BYTES = 1_000_000
TABLE_FROM_BYTES = 20_000_000

# Quantile -> size in a project whose mean is `MEASURED_MEAN`.
MEASURED = [(0.0, 110), (0.5, 2_200), (0.9, 9_700), (0.99, 45_000)]
MEASURED_MEAN = 5_000


def _size_at(quantile, points):
    """Between the points the logarithm of the size is linear."""
    for (q0, size0), (q1, size1) in zip(points, points[1:]):
        if quantile <= q1:
            share = (quantile - q0) / (q1 - q0)
            return math.exp(math.log(size0) + share * (math.log(size1) - math.log(size0)))
    return points[-1][1]


def sizes(count, total_bytes):
    """`count` ascending sizes with a sum near `total_bytes`."""
    if total_bytes >= TABLE_FROM_BYTES:
        return [*_sizes(count - 1, total_bytes - TABLE_BYTES), TABLE_BYTES]
    return _sizes(count, total_bytes)


def _sizes(count, total_bytes):
    scale = total_bytes / max(1, count) / MEASURED_MEAN
    quantiles = [(i + 0.5) / count for i in range(count)]
    low, high = 45_000 * scale, 4_000_000 * scale
    # The largest percent takes what the others leave.
    for _ in range(50):
        middle = math.sqrt(low * high)
        points = [(q, size * scale) for q, size in MEASURED] + [(1.0, middle)]
        made = [int(_size_at(q, points)) for q in quantiles]
        low, high = (middle, high) if sum(made) < total_bytes else (low, middle)
    return made
