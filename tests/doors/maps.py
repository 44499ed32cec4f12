"""A door that draws: the map as a page of its own, its table and what the sheet of a line is made of."""

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any
from xml.etree.ElementTree import Element

import pytest

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
        with pytest.MonkeyPatch.context() as patch:  # every row, as the script has them
            for most in ("_PLAIN", "MOST_LINES"):
                patch.setattr(f"maillage.visualize.map.page.{most}", 1_000_000)
            page = tree(build.graph.draw(name))
        dashes = _dashes(page)
        data = _data(page)
        (table,) = below(page, "table", {"class": "links"})
        titles = [words(head) for head in below(table, "button")]
        rows = [_row(dict(zip(titles, row, strict=True)), dashes) for row in below(below(table, "tbody")[0], "tr")]
        yield from _ties(rows)
        yield from _ties(_sheet(data, dashes))


def _data(page: Element) -> dict[str, list[dict[str, Any]]]:
    """Points, lines and proofs as the script reads them, in French."""
    placed, told = (json.loads(words(below(page, "script", {"id": name})[0])) for name in ("pyvis", "data"))
    pool = [said["fr"] if isinstance(said, dict) else said for said in told["pool"]]
    rows = {name: _unpack(told[name], pool) for name in ("nodes", "edges", "proofs")}
    beside = {name: _unpack(placed[name], []) for name in ("nodes", "edges")}
    return rows | {name: [one | two for one, two in zip(rows[name], beside[name], strict=True)] for name in beside}


def _unpack(packed: Mapping[str, Any], pool: Sequence[Any]) -> list[dict[str, Any]]:
    fields, pooled = packed["fields"], packed["pooled"]
    same = {name: said["fr"] if isinstance(said, dict) else said for name, said in packed["all"].items()}
    return [
        same | {name: pool[cell] if name in pooled else cell for name, cell in zip(fields, row, strict=True)}
        for row in packed["rows"]
    ]


def _ties(rows: Sequence[Row]) -> Told:
    """Rows that disagree on a tie tell it twice."""
    found: dict[tuple[Key, frozenset[tuple[str, object]]], set[tuple[str, ...]]] = defaultdict(set)
    for key, said, proofs in rows:
        found[key, frozenset(said.items())] |= set(proofs)
    for (key, values), told in found.items():
        yield key, dict(values) | {"proofs": frozenset(told)}


def _dashes(page: Element) -> dict[frozenset[str], str]:
    """The certainty of each line of the picture, by the names of its ends."""
    data = _data(page)
    names = _names(data)
    return {
        frozenset((names[one["from"]], names[one["to"]])): DASHES[" ".join(map(str, one["dashes"] or []))]
        for one in data["edges"]
    }


def _names(data: Mapping[str, Sequence[Mapping[str, Any]]]) -> dict[str, str]:
    return {one["id"]: one["name"] for one in data["nodes"]}


def _row(cells: Mapping[str, Element], dashes: Mapping[frozenset[str], str]) -> Row:
    said = {name: words(cell) for name, cell in cells.items()}
    start, second = list(said.values())[:2]
    way, _, goal = second.partition(" ")
    source, _, place = shown(cells["Preuve"]).rpartition(", paragraphe ")
    where = (source, f"paragraphe {place}") if source else (shown(cells["Preuve"]), "")
    role, _, sure = said["Rôle"].rpartition(" rôle ")
    values: dict[str, object] = {
        "from": {"→": start, "et": False}[way],
        "certainty": said["Certitude du lien"],
        "line": dashes[frozenset((start, goal))],
        "when": said["Quand"],
    }
    key = ("table", frozenset((start, goal)), said["Lien"], said.get("Quoi", ""))
    return key, values, [(role, sure, *where, link) for link in links(cells["Preuve"]) or [""]]


def _sheet(data: Mapping[str, Sequence[Mapping[str, Any]]], dashes: Mapping[frozenset[str], str]) -> list[Row]:
    """What the script writes in the sheet of a line."""
    names = _names(data)
    return [
        _told([names[edge[end]] for end in ("from", "to")], dashes, data["proofs"][place])
        for edge in data["edges"]
        for place in edge["proofs"]
    ]


def _told(ends: Sequence[str], dashes: Mapping[frozenset[str], str], one: Mapping[str, Any]) -> Row:
    start, goal = reversed(ends) if one["reversed"] else ends
    said: dict[str, object] = {name: one[name] for name in ("when", "dating", "planned")}
    said |= {
        "from": one["directed"] and start,
        "certainty": one["tie_certainty_label"],
        "line": dashes[frozenset((start, goal))],
    }
    told = [one[name] for name in ("role", "certainty_label", "source", "place")]
    proofs: list[tuple[str, ...]] = [(*told, link) for link in one["links"] or [""]]
    return ("sheet", frozenset(ends), one["kind"], one["what"]), said, proofs
