"""A small world with years, kinds and countries: cheap, and large enough to draw queries from."""

import numpy as np
import pytest
from scipy import sparse

from maillage.network.synergy.history import History

BODIES, ACTIVITIES, TOPICS = 120, 500, 6


def small_history(seed: int = 11, shuffled_from: float = np.inf) -> History:
    """Bodies meet by topic; with `shuffled_from`, who took part from that date on is drawn anew."""
    draw = np.random.default_rng(seed)
    taste = draw.integers(TOPICS, size=BODIES)
    topic = draw.integers(TOPICS, size=ACTIVITIES)
    start = np.sort(draw.uniform(2014, 2020, size=ACTIVITIES))
    members = np.zeros((ACTIVITIES, BODIES))
    for row in range(ACTIVITIES):
        weight = np.where(taste == topic[row], 8.0, 1.0)
        members[row, draw.choice(BODIES, size=3, replace=False, p=weight / weight.sum())] = 1
    late = start >= shuffled_from
    members[late] = np.random.default_rng(seed + 1).permuted(members[late], axis=1)
    leads = np.zeros_like(members)
    leads[np.arange(ACTIVITIES), members.argmax(axis=1)] = 1
    about = sparse.csr_array(np.eye(TOPICS)[topic])
    return History(
        members=sparse.csr_array(members),
        leads=sparse.csr_array(leads),
        start=start,
        topics=about,
        forms=about,
        kind=draw.integers(2, size=BODIES),
        country=draw.integers(3, size=BODIES),
        kinds=("HES", "PUB"),
        countries=("BE", "DE", "FR"),
    )


@pytest.fixture(scope="session")
def history() -> History:
    return small_history()
