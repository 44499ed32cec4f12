"""A door that draws: the map as a page of its own, its table and what the sheet of a line is made of."""

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any
from xml.etree.ElementTree import Element

from maillage.terms import concept_iri
from maillage.visualize.locales import say, when
from tests.doors.drawings import MAPS
from tests.doors.markup import below, links, shown, tree, words
from tests.doors.questions import role_of
from tests.doors.truth import Build, Key, Proof, Tie, Told

DASHES = {"": "stated", "9 5": "implied", "2 5": "ambiguous"}
Row = tuple[Key, dict[str, object], list[tuple[str, ...]]]  # key, what is said of the tie, its proofs


def wanted_page(tie: Tie, build: Build) -> Told:
    """A row a proof, and for the two of them a line, of the surest of its ties; a lab that is carried is an end."""
    names = build.names
    kind, start, goal = names[concept_iri("partnership-kind", tie.kind)], names[tie.start], names[tie.goal]
    days = when(tie.first, tie.last or tie.first, "fr") if tie.first else ""
    dating = say("fr", "map.dated", by=names[concept_iri("dating", tie.dating)]) if tie.dating else ""
    dating = f"année de la page\u00a0: {tie.year}" if tie.year else dating
    planned = names[concept_iri("occurrence", "planned")] if tie.occurrence == "planned" else ""
    beside = [one.certainty for one in build.ties if (one.ends, one.carrying) == (tie.ends, tie.carrying)]
    said = {
        "from": tie.directed and start,
        "certainty": _certain(tie.certainty, build),
        "line": next(sure for sure in ("stated", "implied", "ambiguous") if sure in beside),
    }
    key, what = (frozenset((start, goal)), kind), names[tie.activity]
    dated = " · ".join(part for part in (days or "non dite", dating, planned) if part)
    proofs = frozenset(_said(one, tie, build) for one in tie.proofs)
    yield ("table", *key, "" if tie.carrying else what), said | {"when": dated, "proofs": proofs}
    yield ("sheet", *key, what), said | {"when": days, "dating": dating, "planned": planned, "proofs": proofs}


def _said(one: Proof, tie: Tie, build: Build) -> tuple[str, ...]:
    """Of a carrier the map of labs says only what it does; a role has a certainty of its own."""
    role = build.names[role_of(one)]
    who = role if tie.carrying else f"{build.names[one.agent]}\u00a0: {role}"
    place = f"paragraphe {one.paragraph}" if one.paragraph else ""
    return who, _certain(one.certainty, build), build.names[one.source], place, one.link


def _certain(slug: str, build: Build) -> str:
    return build.names[concept_iri("certainty", slug)]


def map_page(build: Build, ties: Sequence[Tie]) -> Told:
    for name in MAPS:
        page = tree(build.graph.draw(name))
        dashes = _dashes(page)
        (table,) = [one for part in below(page, "div", {"data-lang": "fr"}) for one in below(part, "tbody")]
        rows = [_row({str(cell.get("data-title")): cell for cell in row}, dashes) for row in below(table, "tr")]
        yield from _ties(rows)
        yield from _ties(_sheet(json.loads(words(below(page, "script", {"id": "data"})[0])), dashes))


def _ties(rows: Sequence[Row]) -> Told:
    """Rows that disagree on a tie tell it twice."""
    found: dict[tuple[Key, frozenset[tuple[str, object]]], set[tuple[str, ...]]] = defaultdict(set)
    for key, said, proofs in rows:
        found[key, frozenset(said.items())] |= set(proofs)
    for (key, values), told in found.items():
        yield key, dict(values) | {"proofs": frozenset(told)}


def _dashes(page: Element) -> dict[str, str]:
    """The certainty of each line of the picture."""
    said = json.loads(words(below(page, "script", {"id": "pyvis"})[0]))
    return {one["id"]: DASHES[" ".join(map(str, one["dashes"] or []))] for one in said["edges"]}


def _row(cells: Mapping[str, Element], dashes: Mapping[str, str]) -> Row:
    said = {name: words(cell) for name, cell in cells.items()}
    first, second = list(cells.values())[:2]
    start, goal = (words(below(cell, "button")[0]) for cell in (first, second))
    proof, (role,) = cells["Preuve"], cells["Rôle"]
    source, _, place = shown(proof[0]).rpartition(", paragraphe ")
    where = (source, f"paragraphe {place}") if source else (place, "")
    sure = words(role[0]).removeprefix("rôle ")
    way = words(below(second, "span", {"class": "way"})[0])
    values: dict[str, object] = {
        "from": {"→vers": start, "et": False}[way],
        "certainty": said["Certitude du lien"],
        "line": dashes[below(proof, "button")[0].attrib["data-edge"]],
        "when": said["Quand"],
    }
    key = ("table", frozenset((start, goal)), said["Lien"], said.get("Quoi", ""))
    return key, values, [(shown(role), sure, *where, link) for link in links(proof) or [""]]


def _sheet(data: Mapping[str, Any], dashes: Mapping[str, str]) -> list[Row]:
    """What the script writes in the sheet of a line."""
    names = {one["id"]: one["name"] if isinstance(one["name"], str) else one["name"]["fr"] for one in data["nodes"]}
    return [
        _told([names[edge[end]] for end in ("from", "to")], dashes[edge["id"]], proof)
        for edge in data["edges"]
        for proof in edge["proofs"]
    ]


def _told(ends: Sequence[str], line: str, one: Mapping[str, Any]) -> Row:
    start, goal = ends
    ways: dict[str, object] = {f"{start} → {goal}": start, f"{goal} → {start}": goal}
    ways |= {f"{start} et {goal}": False, f"{goal} et {start}": False}
    said: dict[str, object] = {name: one[name] for name in ("when", "dating", "planned")}
    said |= {"from": ways.get(one["reads"], one["reads"]), "certainty": one["tie_certainty_label"], "line": line}
    told = [one[name] for name in ("role", "certainty_label", "source", "place")]
    proofs: list[tuple[str, ...]] = [(*told, link) for link in one["links"] or [""]]
    return ("sheet", frozenset(ends), one["kind"], one["what"]), said, proofs
