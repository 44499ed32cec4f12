"""Doors of the portal: the page of a thing, and the data of the explorer."""

import json
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from itertools import takewhile
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element

from maillage.graph.rules import read_rules
from maillage.terms import ID, concept_iri
from maillage.visualize.locales import when
from maillage.visualize.portal.explorer import data, read_world
from maillage.visualize.portal.site import Content, content, pages
from maillage.visualize.portal.thing import path_of
from tests.doors.markup import below, links, shown, tree, words
from tests.doors.questions import role_of
from tests.doors.truth import Build, Proof, Tie, Told

World = Mapping[str, Any]
CERTAINTIES = ("stated", "implied", "ambiguous")


@cache
def portal_of(build: Build) -> Content:
    """What the portal is made of, in French only, without the statements of each thing."""
    rules = [{"name": rule.name, **rule.summary} for rule in read_rules()[0]]
    return content(lambda name, lang: build.graph.ask(name), {}, lambda iris: b"", build.graph.credit([]), rules)


# ---------------------------------------------------------------- the page of a thing


# The page says that days are those of the activity where nothing else is told.
DATED = {
    "edition": ", pendant l'édition",
    "participation": ", daté par la participation elle-même",
    "activity": "",
    "page": "\u00a0; année de la page\u00a0: {year}",
    "": "",
}


def wanted_thing(tie: Tie, build: Build) -> Told:
    """Told on the pages of both ends."""
    names = build.names
    dates = when(tie.first, tie.last, "fr") if tie.first or tie.last else "date non dite"
    dates += DATED[tie.dating].format(year=tie.year)
    dates += f", {names[concept_iri('occurrence', 'planned')]}" if tie.occurrence == "planned" else ""
    kind = names[concept_iri("partnership-kind", tie.kind)]
    said = {
        "kind": kind,
        "reads": f"{names[tie.start]} → {names[tie.goal]}" if tie.directed else "",
        "dates": dates,
        "certainty": _certain(tie.certainty, build),
        "proofs": frozenset(_written(one, build) for one in tie.proofs),
    }
    for here, there in ((tie.start, tie.goal), (tie.goal, tie.start)):
        yield (path_of(here), names[there], names[tie.activity]), said


def _certain(slug: str, build: Build) -> str:
    return build.names[concept_iri("certainty", slug)] if slug else ""


def _written(one: Proof, build: Build) -> tuple[str, ...]:
    names = build.names
    place = f"paragraphe {one.paragraph}" if one.paragraph else ""
    who = f"{names[one.agent]}, {names[role_of(one)]}"
    return who, names[one.source], place, _certain(one.certainty, build), one.note, one.link


def thing_page(build: Build, ties: Sequence[Tie]) -> Told:
    said = portal_of(build)
    vars(said.things)["iris"] = sorted({end for tie in ties for end in tie.ends})
    for path, body in takewhile(lambda page: page[0].startswith("id/"), pages(said)):
        if path.endswith(".html"):
            for main in below(tree(body), "main", {"data-lang": "fr"}):
                yield from _partners(path.removesuffix(".html"), main)


def _partners(path: str, main: Element) -> Told:
    for partner in below(main, "details"):
        for listed in below(partner, "ul", {"class": "ties"}):
            for tie in listed:
                yield from _tie(path, shown(partner[0]), tie)


def _tie(path: str, partner: str, tie: Element) -> Told:
    small = words(below(tie, "span", {"class": "small"})[0])
    what, _, dates = small.partition(" · ")
    kind, _, reads = what.partition(" (")
    activity = words(tie[0]) if tie[0].tag == "a" else (tie.text or "").strip()
    yield (
        (path, partner, activity),
        {
            "kind": kind,
            "reads": reads.removesuffix(")"),
            "dates": dates,
            "certainty": "".join(words(one) for one in tie if one.get("class") == "sure"),
            "proofs": frozenset(_proofs(tie)),
        },
    )


def _proofs(tie: Element) -> Iterator[tuple[str, ...]]:
    for part in below(tie, "ul", {"class": "rows"})[0]:
        for proof in below(part, "ul", {"class": "proofs"})[0]:
            sure, note = (
                "".join(words(one) for one in below(proof, "span", {"class": name})) for name in ("sure", "note")
            )
            address = "".join(link for link in links(proof) if link.startswith("http"))
            yield (
                (part.text or "").strip(),
                words(proof[0]),
                shown(proof).removeprefix(", ").strip(),
                sure,
                note,
                address,
            )


# ---------------------------------------------------------------- the explorer


@cache
def explorer_of(build: Build) -> tuple[World, Mapping[str, Any]]:
    """The files that the explorer reads, read back: its world, and the proofs of participations by their place."""
    with tempfile.TemporaryDirectory() as folder:
        path, proofs = Path(folder) / "world.js", dict[str, Any]()
        for name, body in data(portal_of(build).world, {}, build.out / "graph" / "graph.nq"):
            if name == "data/world.js":
                path.write_bytes(body)
            elif name.startswith("data/evidence-"):
                _, _, said = body.decode().removesuffix(");\n").partition(",")
                proofs |= json.loads(said)
            else:
                break
        return read_world(path), proofs


def wanted_link(tie: Tie, build: Build) -> Told:
    names = ("certainty", "first", "last", "dating", "occurrence", "year")
    said = {name: getattr(tie, name) for name in names} | {"from": tie.directed and tie.start}
    proofs = frozenset(
        (one.participation, one.agent, one.role, one.certainty, one.note, one.source, one.paragraph, one.link)
        for one in tie.proofs
    )
    yield (tie.ends, tie.activity, tie.kind), said | {"proofs": proofs}


def explorer(build: Build, ties: Sequence[Tie]) -> Told:
    world, proofs = explorer_of(build)
    slugs = ["", *(one["slug"] for one in world["concepts"])]
    for link in world["links"]:
        start, goal = (_id(world["bodies"][link[end]]) for end in "ab")
        for tie in link["ties"]:
            said = {
                "from": {1: start, -1: goal, 0: False}[tie["reads"]],
                "certainty": CERTAINTIES[tie["certainty"]],
                "first": tie.get("first", ""),
                "last": tie.get("last", ""),
                "dating": slugs[tie.get("dating", -1) + 1],
                "occurrence": slugs[tie.get("occurrence", -1) + 1],
                "year": tie.get("pageYear", ""),
                "proofs": frozenset(one for place in tie["participations"] for one in _places(world, proofs, place)),
            }
            activity = _id(world["activities"][tie["activity"]])
            yield (frozenset((start, goal)), activity, slugs[tie["kind"] + 1]), said


def _id(one: Mapping[str, Any]) -> str:
    return ID + str(one["id"])


def _places(world: World, proofs: Mapping[str, Any], place: int) -> Iterator[tuple[str, ...]]:
    part = world["participations"][place]
    who = _id(part), _id(world["bodies"][part["body"]]), world["concepts"][part["role"]]["slug"]
    for one in proofs[str(place)]:
        source, paragraph = _id(world["sources"][one["source"]]), str(one.get("paragraph", ""))
        sure = {CERTAINTIES[said["certainty"]] for said in (part, one)}
        yield *who, " or ".join(sorted(sure)), part.get("note", ""), source, paragraph, one.get("address", "")
