"""To read: maillage query tests/readings/statements.rq --format csv | python -m tests.readings.draw 200

As many of each source, and of each kind of statement within it, in the order of the lot; what is spoken of comes once.
"""

import csv
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import islice, zip_longest

Row = dict[str, str]
COLUMNS = ["stratum", "cell", "subject", "property", "value", "certainty", "place"]


def take_turns(groups: Iterable[Iterable[Row]]) -> Iterator[Row]:
    return (row for turn in zip_longest(*groups) for row in turn if row)


def draw(rows: Iterable[Row], count: int) -> list[Row]:
    sources: defaultdict[str, defaultdict[str, dict[str, Row]]] = defaultdict(lambda: defaultdict(dict))
    for row in rows:
        source = row["place"].split("/")[1]
        sources[source][row["stratum"]].setdefault(row["subject"], row)
    turns = [take_turns(strata[name].values() for name in sorted(strata)) for _, strata in sorted(sources.items())]
    return list(islice(take_turns(turns), count))


if __name__ == "__main__":
    written = csv.DictWriter(sys.stdout, COLUMNS, lineterminator="\n", extrasaction="ignore")
    written.writeheader()
    written.writerows(draw(csv.DictReader(sys.stdin), int(sys.argv[1])))
