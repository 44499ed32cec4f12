"""The nodes with which a shape may find fault, found by SPARQL on the store (graph/shacl), for pyshacl to look at.

The queries read the shapes as data, and say of each node asked whether the shape holds, the deepest parts first. What
they do not read they leave to pyshacl: a suspect may be innocent, but what is wrong is always a suspect.
"""

from collections.abc import Iterable
from pathlib import Path
from typing import Any, cast

import pyoxigraph as ox
import rdflib
from rdflib.namespace import SH
from rdflib.util import from_n3

from maillage.files import asset, read_text
from maillage.store.values import with_values
from maillage.terms import CHECK

SHAPES, VALUES, VIOLATIONS, VIOLATOR, PART = (
    ox.NamedNode(f"{CHECK}{name}") for name in ("shapes", "values", "violations", "violator", "part")
)
STEPS = 2  # of a path that is a sequence, which these queries do not follow
TARGETS = (SH.targetClass, SH.targetSubjectsOf, SH.targetObjectsOf)
Suspect = tuple[Any, Any]  # a shape, and the node of which it is asked: terms of the store


def find_suspects(store: ox.Store, shapes: rdflib.Graph) -> set[Suspect]:
    """Shapes that have a target, each with a node of the default graph that may violate it; fills named graphs."""
    folder = asset("graph") / "shacl"
    text = shapes.skolemize(authority=CHECK, basepath="").serialize(format="nt")
    store.load(text, format=ox.RdfFormat.N_TRIPLES, to_graph=SHAPES)
    _update(store, folder)
    for shape, constraint in _rows(store, read_text(folder / "constraints.rq")):
        wrong = _rows(store, constraint.value)
        store.extend(ox.Quad(shape, VIOLATOR, row["this"], VIOLATIONS) for row in wrong)
    turns = [str(row[0]) for row in _rows(store, read_text(folder / "turns.rq"))]
    for turn in turns:
        _update(store, folder / "value", turn)
    for turn in reversed(turns):
        _update(store, folder / "violation", turn)
    return {(row["shape"], row["node"]) for row in _rows(store, read_text(folder / "suspects.rq"))}


def _rows(store: ox.Store, text: str) -> ox.QuerySolutions:
    return cast(ox.QuerySolutions, store.query(text))


def _update(store: ox.Store, folder: Path, turn: str = "") -> None:
    for path in sorted(folder.glob("*.ru")):
        store.update(with_values(read_text(path), "turn", [turn]))


def narrow(store: ox.Store, shapes: rdflib.Graph) -> tuple[bytes | None, rdflib.Graph]:
    """What is left for pyshacl: N-Triples, and the shapes with the suspects for targets.

    The statements are those of the suspects and of all that their shapes and the parts of these read.
    """
    found = find_suspects(store, shapes)
    targeted = rdflib.Graph() + shapes
    for target in TARGETS:
        targeted.remove((None, target, None))
    for shape, node in found:
        targeted.add((rdflib.URIRef(shape.value), SH.targetNode, cast(rdflib.term.Node, from_n3(str(node)))))
    seen, far = set[Suspect](), {node for _, node in found}
    for _ in range(STEPS):
        far |= {quad.object for node in far for quad in _statements(store, node)}
    while found := found - seen:
        seen |= found
        values = {(shape, value) for shape, node in found for value in (node, *_values(store, shape, node))}
        found = {
            (q.object, value) for shape, value in values for q in store.quads_for_pattern(shape, PART, None, SHAPES)
        }
        seen |= values
    read = ox.Store()
    read.extend(quad for node in {*far, *(node for _, node in seen)} for quad in _statements(store, node))
    return read.dump(format=ox.RdfFormat.N_TRIPLES, from_graph=ox.DefaultGraph()), targeted


def _statements(store: ox.Store, node: Any) -> Iterable[ox.Quad]:
    return () if isinstance(node, ox.Literal) else store.quads_for_pattern(node, None, None, ox.DefaultGraph())


def _values(store: ox.Store, shape: ox.NamedNode, node: Any) -> Iterable[Any]:
    quads = () if isinstance(node, ox.Literal) else store.quads_for_pattern(node, shape, None, VALUES)
    return (quad.object for quad in quads)
