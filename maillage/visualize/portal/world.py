"""What the explorer shows, as one value: bodies, what they take part in, their links, each pointing to the others.

The shapes are those of `visualize/explorer/src/world.ts`. Everything comes from rows of named questions; positions
and communities are computed on the links, and an edition never makes a link.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property

from maillage.credit.notice import Credit
from maillage.locales import LANGUAGES
from maillage.network.from_table import CARRYING, Row, group_rows, newman, pair, text, way
from maillage.network.from_table import local as last
from maillage.network.selection import FACETS
from maillage.ontology import certainties
from maillage.terms import ID, expand, fold, iri, thing_iri
from maillage.visualize.locales import unify
from maillage.visualize.map.labels import map_labels
from maillage.visualize.palette import palette
from maillage.visualize.portal.references import Entry, Place, References, certainty, local, number_things, prune
from maillage.visualize.portal.thing import Rows, disputes

QUESTIONS = (
    "acronyms", "bodies", "countries", "disagreements", "events", "evidence", "lab-states", "labels", "names",
    "participations", "path-links", "programmes", "sources", "territories", "theme-of-things",
)  # fmt: skip
CHUNK = 256  # participations a file of evidence
_DISPUTE_FIELDS = {  # what is shown at the head of a sheet
    "start": ("schema:foundingDate", "schema:startDate"),
    "end": ("schema:dissolutionDate", "schema:endDate"),
    "states": ("mai:state",),
}
_TOPICS = {facet["column"]: name for name, facet in FACETS.items() if "column" in facet}  # facets of concepts
_TYPES = {"Edition": "edition", "EventSeries": "series"}


class World(References):
    """Reads the rows once; `rules`: the summaries of the rules by name and language."""

    body, activity, participation = map(number_things, ("bodies", "activities", "participations"))

    def __init__(self, rows: Mapping[str, Rows], rules: Iterable[Mapping[str, str]], credit: Credit) -> None:
        super().__init__(rows)
        self._credit = credit
        self.rules = {iri("rule", rule["name"]): unify({lang: rule[lang] for lang in LANGUAGES}) for rule in rules}
        self._disputes = disputes(rows["disagreements"])

    def value(self, links: Sequence[Entry]) -> Entry:
        """All of it, with its links (see there), but the positions in the network (see `placed`).

        `shapes`: the corners of each kind that is not a circle.
        """
        symbols = palette().symbols.values()
        return {
            "release": self._credit.release,
            "date": self._credit.date,
            "base": ID,
            "certainties": list(certainties()),
            "concepts": self.concepts,
            "territories": self.territories,
            "sources": self.sources,
            "licences": self.licences,
            "bodies": self.bodies,
            "activities": self.activities,
            "participations": self.participations,
            "links": links,
            "communities": [],
            "colours": {**palette().tokens, **{one.kind: one.colour for one in symbols}},
            "shapes": {one.kind: [[round(x, 3), round(y, 3)] for x, y in one.points] for one in symbols if one.points},
            "chunk": CHUNK,
        }

    @cached_property
    def bodies(self) -> list[Entry]:
        rows = group_rows(self._fr("bodies"), "body")
        short = {str(row["body"]): str(row["acronym"]) for row in self._fr("acronyms")}
        return [self._body(iri, rows[iri][0], short.get(iri, "")) for iri in sorted(rows)]

    def _body(self, iri: str, row: Row, short: str) -> Entry:
        kind = row["bodyKind"]
        spellings = (str(one["folded"]) for one in self._spellings[iri])
        sought = set(map(fold, (*self.names[iri].values(), *spellings)))
        said = {
            "id": local(iri),
            "name": self._name(iri),
            "short": short,
            "map": list(map_labels().get(iri, ())),
            "sought": " | ".join(sorted(sought)),
            "kind": self.concept[str(kind)] if kind else -1,
            "territories": self._territories_of(iri),
            "countries": self._countries[iri],
            **{column: self._about[iri, name] for column, name in _TOPICS.items()},
            "sources": self._sources_of[iri],
            "start": self._value(iri, "schema:foundingDate"),
            "end": self._value(iri, "schema:dissolutionDate"),
            "states": self._states.get(iri, []),
            "disputed": self._marks(iri),
        }
        narrower = {"sort": row["kind"], "lab": row["labKind"]}
        said |= {name: self.concept[str(found)] for name, found in narrower.items() if found}
        return prune(said, keep=("territories", *_TOPICS))

    def _marks(self, iri: str) -> Entry | None:
        said = {
            part: unify(mark)
            for part, names in _DISPUTE_FIELDS.items()
            for name in names
            if (mark := self._disputes.get((iri, expand(name))))
        }
        return said or None

    @cached_property
    def _states(self) -> Mapping[str, list[Entry]]:
        """The states of each lab, the newest first, those without a date last; each once."""
        found: dict[str, list[Entry]] = defaultdict(list)
        for row in sorted(self._fr("lab-states"), key=lambda row: str(row["date"] or ""), reverse=True):
            date, state = str(row["date"] or ""), self.concept[str(row["state"])]
            told = prune({"state": state, "date": date, "certainty": certainty(row)})
            if told not in found[str(row["lab"])]:
                found[str(row["lab"])].append(told)
        return found

    @cached_property
    def activities(self) -> list[Entry]:
        events = group_rows(self._fr("events"), "event")
        programmes = {str(row["programme"]): row for row in self._fr("programmes")}
        taken = {str(row["activity"]) for row in self._fr("participations")}
        known = sorted(events.keys() | programmes.keys() | taken)
        place = {iri: number for number, iri in enumerate(known)}
        return [self._activity(iri, events.get(iri, []), programmes.get(iri, {}), place) for iri in known]

    def _activity(self, iri: str, rows: Sequence[Row], programme: Row, place: Place) -> Entry:
        row = rows[0] if rows else programme
        place_of, whole, attendance = (row.get(name) for name in ("place", "whole", "attendance"))
        said = {
            "id": local(iri),
            "name": self._name(iri),
            "type": self._type(iri, bool(rows)),
            "body": self.body.get(iri),
            "start": str(row.get("start") or ""),
            "end": str(row.get("end") or ""),
            "pageYear": text(row, "pageYear"),
            "attendance": self.concept.get(str(attendance)),
            "territories": self._territories_of(iri),
            "territoryCertainty": self.concept.get(str(row.get("territoryCertainty"))),
            "place": self._name(str(place_of)) if place_of else "",
            "whole": place.get(str(whole)),
            "formats": sorted({self.concept[str(one["format"])] for one in rows if one["format"]}),
            "themes": self._about[iri, "theme"],
            "sources": self._sources_of[iri],
            "disputed": self._marks(iri),
        }
        return prune(said, keep=("territories", "formats", "themes"))

    def _type(self, iri: str, event: bool) -> str:
        if iri in self.body:
            return "lab"
        classes = {last(row["class"]) for row in self._spellings[iri]}
        return next((said for name, said in _TYPES.items() if name in classes), "event" if event else "programme")

    @cached_property
    def participations(self) -> list[Entry]:
        # An agent that is no body (an office) has no place in the network.
        whole = (row for row in self._fr("participations") if str(row["agent"]) in self.body)
        return [self._participation(iri, rows) for iri, rows in sorted(group_rows(whole, "participation").items())]

    def _participation(self, iri: str, rows: Sequence[Row]) -> Entry:
        row = rows[0]
        return prune(
            {
                "id": local(iri),
                "body": self.body[str(row["agent"])],
                "activity": self.activity[str(row["activity"])],
                "role": self.concept[str(row["role"])],
                "start": str(row["firstDay"] or ""),
                "end": str(row["lastDay"] or ""),
                "pageYear": text(row, "pageYear"),
                "dating": self.concept[str(row["dating"])] if row["dating"] else None,
                "certainty": min(certainty(row) for row in rows),
                "sources": sorted({self._source[str(one["source"])] for one in self._proving(iri)}),
                "note": str(row["note"] or ""),
            },
            keep=("sources",),
        )

    def _proving(self, participation: str) -> list[Row]:
        return self._evidence[participation, expand("mai:agent")]

    def evidence(self) -> list[Entry]:
        """By file of `CHUNK` participations: the proofs of each, by its place, as sure as it is."""
        found: list[Entry] = [{} for _ in range(0, len(self.participations), CHUNK)]
        for place, one in enumerate(self.participations):
            proving = self._proving(thing_iri(one["id"]))
            found[place // CHUNK][str(place)] = [self._proof(row, one["certainty"]) for row in proving]
        return found

    def _proof(self, row: Row, sure: int) -> Entry:
        address, paragraph = str(row["pageLink"] or ""), row["paragraph"]
        return prune(
            {
                "source": self._source[str(row["source"])],
                "certainty": sure,
                "paragraph": int(float(str(paragraph))) if paragraph else None,
                "first": str(row["firstWords"] or ""),
                "last": str(row["lastWords"] or ""),
                "address": address if address.startswith(("https://", "http://")) else "",
            }
        )


def links(world: World) -> list[Entry]:
    """One a pair, in the order of their ends, carrying included; what is weak makes no link."""
    drawn: dict[tuple[int, int], dict[str, list[Row]]] = defaultdict(lambda: defaultdict(list))
    for row in world.rows["path-links"]["fr"]:
        if row["tie"]:
            drawn[pair(world.body[str(row["a"])], world.body[str(row["b"])])][str(row["tie"])].append(row)
    # Carrying is told apart from what else is done in a lab: it ties the lab itself.
    met = [(*ends, f"{rows[0]['activity']}{_carries(rows)}") for ends, ties in drawn.items() for rows in ties.values()]
    weights = newman(met)
    return [_link(list(drawn[ends].values()), weights[ends], world) for ends in sorted(drawn)]


def _carries(rows: Sequence[Row]) -> bool:
    return last(rows[0]["partnershipKind"]) == CARRYING


def _link(ties: Sequence[Sequence[Row]], weight: float, world: World) -> Entry:
    start, goal, directed = way([rows[0] for rows in ties], "a", "b", "directed", "partnershipKind")
    a, b = world.body[start], world.body[goal]
    said = sorted((_tie(rows, a, world) for rows in ties), key=lambda one: (one.get("first", "9"), one["activity"]))
    days = [one[name] for one in said for name in ("first", "last") if name in one]
    resting = sorted({place for one in said for place in one["participations"]})
    rule = next((str(rows[0]["rule"]) for rows in ties if not _carries(rows)), "")
    return prune(
        {
            "a": a,
            "b": b,
            "directed": directed,
            "kinds": sorted({one["kind"] for one in said}),
            "ties": said,
            "participations": resting,
            "first": min(days, default=""),
            "last": max(days, default=""),
            "weight": len({one["activity"] for one in said}),
            "newman": round(weight, 6),
            "certainty": min(one["certainty"] for one in said),
            "sources": sorted({source for place in resting for source in world.participations[place]["sources"]}),
            "rule": world.rules.get(rule, ""),
        }
    )


def _tie(rows: Sequence[Row], a: int, world: World) -> Entry:
    """`reads`: 1 from a to b, -1 from b to a, 0 neither way."""
    row = rows[0]
    return prune(
        {
            "kind": world.concept[str(row["partnershipKind"])],
            "reads": (1 if world.body[str(row["a"])] == a else -1) if row["directed"] else 0,
            "activity": world.activity[str(row["activity"])],
            "first": text(row, "start"),
            "last": text(row, "end"),
            "pageYear": text(row, "pageYear"),
            "dating": world.concept[str(row["dating"])] if row["dating"] else None,
            "occurrence": world.concept[str(row["occurrence"])] if row["occurrence"] else None,
            "certainty": certainty({"certainty": row["tieCertainty"]}),
            "participations": sorted({world.participation[str(one["participation"])] for one in rows}),
        }
    )
