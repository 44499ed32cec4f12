"""What a layout must not do."""

import numpy as np

from maillage.network.boxes import Points


def overlaps(centres: Points, sizes: Points) -> list[tuple[int, int]]:
    """The pairs of rectangles that overlap."""
    first, second = np.triu_indices(len(centres), 1)
    apart = np.abs(centres[first] - centres[second])
    hit = (apart < (sizes[first] + sizes[second]) / 2 - 1e-6).all(axis=1)
    return list(zip(first[hit].tolist(), second[hit].tolist(), strict=True))
