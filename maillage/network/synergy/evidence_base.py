"""What the graph knows of bodies, as the answers to a few questions gave it, each statement with its IRI.

The statements are claims (a theme, a method, an audience, a territory) and participations (who did what with whom).
"""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from maillage.network.from_table import Row, local, pair, text

Claims = Mapping[str, Mapping[str, Sequence[Row]]]  # body -> aspect -> the rows that say so
QUESTIONS = (
    "bodies", "aspects-of-bodies", "path-links", "participations", "acquaintances", "territories", "territory-points",
)  # fmt: skip
# Roles that bring nothing of a body's own to an activity.
PASSIVE = ("object", "announces", "makes-announcement", "cites", "funds", "supports")


@dataclass(frozen=True)
class EvidenceBase:
    """Rows of the questions of `QUESTIONS`, by body where that is asked often.

    `acquaintances`: for each sorted pair, how they know each other (local names, as `acquaintances` tells).
    `levels`: of a territory. `points`: where territories are; one without one of its two claims is no point.
    """

    bodies: Mapping[str, Row]
    aspects: Sequence[Row]
    links: Sequence[Row]
    deeds: Sequence[Row]
    acquaintances: Mapping[tuple[str, str], tuple[str, ...]]
    levels: Mapping[str, str]
    editions: Collection[str]
    points: Sequence[Row] = ()
    regions: Mapping[str, str] = field(init=False, compare=False)

    def __post_init__(self) -> None:
        placed = {str(row["body"]) for row in self.aspects if local(row["about"]) == "territory"}
        found = {iri: text(row, "region") for iri, row in self.bodies.items() if iri in placed}
        object.__setattr__(self, "regions", {iri: region for iri, region in found.items() if region})

    def of(self, about: str) -> Claims:
        """The rows that give each body its themes (`theme`), methods, audiences or territories."""
        found: dict[str, dict[str, list[Row]]] = defaultdict(lambda: defaultdict(list))
        for row in self.aspects:
            if local(row["about"]) == about:
                found[str(row["body"])][str(row["aspect"])].append(row)
        return found


def gather_evidence(answers: Mapping[str, Sequence[Row]]) -> EvidenceBase:
    """From the rows of each question of `QUESTIONS`, by its name."""
    links, bodies = answers["path-links"], dict[str, Row]()
    for row in answers["bodies"]:
        bodies.setdefault(str(row["body"]), row)
    known: dict[tuple[str, str], set[str]] = defaultdict(set)
    for row in answers["acquaintances"]:
        known[pair(str(row["a"]), str(row["b"]))].add(local(row["how"]))
    return EvidenceBase(
        bodies=bodies,
        aspects=answers["aspects-of-bodies"],
        links=[row for row in links if not row["weak"]],
        deeds=answers["participations"],
        acquaintances={ends: tuple(sorted(how)) for ends, how in known.items()},
        levels={str(row["territory"]): local(row["level"]) for row in answers["territories"]},
        editions=frozenset(str(row["b"]) for row in links if row["weak"]),
        points=answers.get("territory-points", ()),
    )
