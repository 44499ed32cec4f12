"""Where nothing is known to happen: labs, events and partnerships by territory and theme."""

from collections import defaultdict
from typing import Any

from maillage.network.synergy.known import Known, local


def gaps(known: Known) -> list[dict[str, Any]]:
    """A row a region (of any body) and theme: `labs`, `events` (activities of bodies there), `partnerships`, `state`.

    `state`: `some`; `zero` where nothing is found and each body there has its themes known; `unknown` where nothing is
    found but `silent` bodies there have no theme known, so that one of them may well do it.
    """
    themes = known.of("theme")
    there: dict[str, set[str]] = defaultdict(set)
    for body, region in known.regions.items():
        there[region].add(body)
    every = sorted({theme for held in themes.values() for theme in held})
    ties = _ties(known)
    rows = []
    for region, bodies in sorted(there.items()):
        silent = sum(not themes.get(body) for body in bodies)
        for theme in every:
            held = {body: themes[body][theme] for body in bodies if theme in themes.get(body, {})}
            things = {row["thing"] for some in held.values() for row in some}
            counts = {
                "labs": sum(local(known.bodies[body]["bodyKind"]) == "laboratory" for body in held),
                "events": len(things - bodies),
                "partnerships": len(
                    {ends for thing in things for ends in ties.get(str(thing), ()) if bodies & set(ends)}
                ),
            }
            found = bool(held) or any(counts.values())
            state = "some" if found else "unknown" if silent else "zero"
            rows.append({"region": region, "theme": theme, **counts, "state": state, "silent": silent})
    return rows


def _ties(known: Known) -> dict[str, set[tuple[str, str]]]:
    found: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for row in known.links:
        found[str(row["activity"])].add((str(row["a"]), str(row["b"])))
    return found
