"""The shapes: each case gives the findings it names, and every constraint fires in some case.

A case describes things of its own, under id/case/<folder>/; they may point to the things of the examples.
All cases are validated at once, over the lists and the examples: pyshacl takes as long for one as for forty,
and its `focus_nodes` leaves out what nested shapes (sh:node, sh:or) find. `expected.yml` says whether a case
conforms and, by thing, the severity and the message in each language.
"""

from collections import Counter, defaultdict
from functools import cache
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest
import rdflib
import yaml
from pyshacl import validate
from rdflib.namespace import RDF, SH

from maillage.files import asset
from maillage.graph.suspects import narrow
from maillage.ontology import lists, shapes
from tests.cases import case_folders

THINGS = rdflib.Namespace("https://w3id.org/maillage/id/case/")
FOLDERS = case_folders("shapes")
TARGETS = {SH.targetClass, SH.targetSubjectsOf, SH.targetObjectsOf}
NOT_CONSTRAINTS = TARGETS | {SH.path, SH.message, SH.severity, SH.property, SH.qualifiedValueShape}
Found = tuple[str, str, str, str]  # thing, severity, French, English


@cache
def shape_graph() -> rdflib.Graph:
    return shapes()


@cache
def examples() -> dict[Path, rdflib.Graph]:
    return {path: rdflib.Graph().parse(path) for path in sorted(asset("ontology").glob("examples/*.ttl"))}


@cache
def cases() -> dict[Path, rdflib.Graph]:
    return {folder: rdflib.Graph().parse(folder / "data.ttl") for folder in FOLDERS}


@cache
def world() -> rdflib.Graph:
    """The lists and the examples: what a case may refer to."""
    graph = lists()
    for example in examples().values():
        graph += example
    return graph


def results(data: rdflib.Graph) -> rdflib.Graph:
    _, report, _ = validate(data, shacl_graph=shape_graph(), inference="none", advanced=False, inplace=True)
    assert isinstance(report, rdflib.Graph)
    return report


@cache
def all_cases() -> rdflib.Graph:
    data = rdflib.Graph() + world()
    for case in cases().values():
        data += case
    return data


@cache
def report() -> rdflib.Graph:
    """What the shapes say of all cases."""
    return results(all_cases())


def message(graph: rdflib.Graph, node: Any, lang: str) -> str:
    words = [m for m in graph.objects(node, SH.resultMessage) if getattr(m, "language", None) == lang]
    assert len(words) == 1, f"a finding without its message in {lang}: {node}"
    return str(words[0])


def found(graph: rdflib.Graph) -> set[Found]:
    """The findings of a report, each thing by its IRI."""
    return {
        (
            str(graph.value(node, SH.focusNode)),
            str(graph.value(node, SH.resultSeverity)).rpartition("#")[2].lower(),
            message(graph, node, "fr"),
            message(graph, node, "en"),
        )
        for node in graph.objects(None, SH.result)
    }


@cache
def findings_of_cases() -> frozenset[Found]:
    return frozenset(found(report()))


def findings_of(case: Path) -> set[Found]:
    own = f"{THINGS}{case.name}/"
    said = [finding for finding in findings_of_cases() if finding[0].startswith(own)]
    return {(thing.removeprefix(own), severity, fr, en) for thing, severity, fr, en in said}


def expected(folder: Path) -> dict[str, Any]:
    read: dict[str, Any] = yaml.safe_load((folder / "expected.yml").read_text(encoding="utf-8"))
    return read


@pytest.mark.parametrize("case", FOLDERS, ids=lambda folder: folder.name)
def test_case(case: Path) -> None:
    wanted = expected(case)
    named = {
        (thing, finding["severity"], finding["fr"], finding["en"])
        for thing, findings in wanted.get("findings", {}).items()
        for finding in findings
    }
    assert findings_of(case) == named
    assert wanted["conforms"] == (not any(severity == "violation" for _, severity, _, _ in named))


def test_a_case_describes_only_things_of_its_own() -> None:
    strays = {
        (folder.name, str(thing))
        for folder, case in cases().items()
        for thing in case.subjects()
        if not str(thing).startswith(f"{THINGS}{folder.name}/")
    }
    assert strays == set()


def test_every_finding_belongs_to_a_case() -> None:
    assert {thing for thing, *_ in findings_of_cases() if not thing.startswith(THINGS)} == set()


def test_lists_and_examples_conform_together() -> None:
    assert found(results(world())) == set()


def stated_constraints() -> set[tuple[str, str]]:
    """Each constraint of each shape that has a message: (French message, name of the constraint)."""
    graph = shape_graph()
    return {
        (str(words), str(parameter).rpartition("#")[2])
        for node, words in graph.subject_objects(SH.message)
        if getattr(words, "language", None) == "fr"
        for parameter in set(graph.predicates(node)) - NOT_CONSTRAINTS - {RDF.type}
    }


def fired_constraints() -> set[tuple[str, str]]:
    fired = set()
    for node in report().objects(None, SH.result):
        component = str(report().value(node, SH.sourceConstraintComponent)).rpartition("#")[2]
        name = component.removesuffix("ConstraintComponent")
        fired.add((message(report(), node, "fr"), name[0].lower() + name[1:]))
    return fired


def test_every_constraint_fires_in_some_case() -> None:
    assert fired_constraints() == stated_constraints()


def test_every_message_is_in_both_languages_and_tells_things_apart() -> None:
    graph = shape_graph()
    languages: dict[Any, list[str]] = defaultdict(list)
    for node, words in graph.subject_objects(SH.message):
        languages[node].append(str(getattr(words, "language", None)))
    assert {tuple(sorted(found_there)) for found_there in languages.values()} == {("en", "fr")}
    texts = Counter(str(words) for words in graph.objects(None, SH.message))
    assert [text for text, count in texts.items() if count > 1] == []


def test_no_constraint_is_without_a_message() -> None:
    graph = shape_graph()
    named = set(graph.subjects(RDF.type, SH.NodeShape))
    targeting = {shape for shape in named if TARGETS & set(graph.predicates(shape))}
    constraining = {shape for shape in targeting if set(graph.predicates(shape)) - NOT_CONSTRAINTS - {RDF.type}}
    speaking = constraining | {part for shape in named for part in graph.objects(shape, SH.property)}
    assert [str(node) for node in speaking if (node, SH.message, None) not in graph] == []


def test_of_its_suspects_pyshacl_says_what_it_says_of_all() -> None:
    data = ox.Store()
    data.load(all_cases().skolemize().serialize(format="nt"), format=ox.RdfFormat.N_TRIPLES)
    statements, asked = narrow(data, shape_graph())
    _, narrowed, _ = validate(
        rdflib.Graph().parse(data=statements, format="nt"), shacl_graph=asked, inference="none", inplace=True
    )
    assert isinstance(narrowed, rdflib.Graph) and statements
    whole = results(all_cases().skolemize())
    assert found(narrowed) == found(whole)
    assert len(found(whole)) > 150
    assert len(set(narrowed.objects(None, SH.result))) == len(set(whole.objects(None, SH.result)))
    assert len(statements.splitlines()) < len(all_cases())
