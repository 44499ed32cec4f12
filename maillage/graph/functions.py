"""The functions that mappings and rules may call (prefix `fn:`), and what went wrong inside them.

SPARQL turns an exception inside a function into no value, and CONSTRUCT then drops the row in silence; so
failures are kept here and reported by the build.
"""

from collections.abc import Callable
from urllib.parse import quote

import pyoxigraph as ox

from maillage import terms
from maillage.errors import Finding, GraphError
from maillage.terms import expand, iri, part_iri

Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple
Function = Callable[..., Term | None]


def part(whole: ox.NamedNode, name: ox.Literal) -> ox.NamedNode:
    """The IRI of a part of a thing that has no life of its own, under the thing's IRI."""
    return ox.NamedNode(part_iri(whole.value, name.value))


def fold(label: ox.Literal) -> ox.Literal:
    """A label as people type it (see `terms.fold`), without language."""
    return ox.Literal(terms.fold(label.value))


def partnership(a: ox.NamedNode, b: ox.NamedNode) -> ox.NamedNode:
    """The IRI of the partnership of two bodies, the same in either order."""
    one, other = sorted(map(_slug, (a, b)))
    return ox.NamedNode(iri("partnership", f"{one}--{other}"))


def tie(start: ox.NamedNode, goal: ox.NamedNode, activity: ox.NamedNode, kind: ox.NamedNode) -> ox.NamedNode:
    """The IRI of the tie of two bodies in an activity; the order of the two is its direction."""
    ends, what, sort = f"{_slug(start)}--{_slug(goal)}", _slug(activity), _slug(kind)
    return ox.NamedNode(iri("tie", ends, what, sort))


def _slug(term: ox.NamedNode) -> str:
    return term.value.rsplit("/", 1)[-1]


def thing(kind: ox.Literal, key: ox.Literal) -> ox.NamedNode:
    """The IRI of a thing that the project itself names, such as a rule."""
    return ox.NamedNode(iri(kind.value, key.value))


def fragment(page: ox.NamedNode, first: ox.Literal, last: ox.Literal) -> ox.NamedNode:
    """The address of a passage in a page, as a text fragment (WICG Scroll To Text Fragment)."""
    start, end = (quote(words.value, safe="").replace("-", "%2D") for words in (first, last))
    span = start if start == end else f"{start},{end}"
    return ox.NamedNode(f"{page.value}#:~:text={span}")


class Functions:
    """The functions as Oxigraph takes them; failures are kept as (function, reason) while queries run."""

    def __init__(self) -> None:
        self._failures: list[tuple[str, str]] = []
        known: tuple[Function, ...] = (part, fold, partnership, tie, thing, fragment)
        self.registered = {ox.NamedNode(expand(f"fn:{call.__name__}")): self._record_failures(call) for call in known}

    def findings(self, file: str, line: int | None = None) -> list[Finding]:
        """What failed since they were last asked for, at this place."""
        found = [GraphError("function-failed", name=name, reason=why).at(file, line) for name, why in self._failures]
        self._failures.clear()
        return found

    def _record_failures(self, call: Function) -> Function:
        def run(*terms: Term) -> Term | None:
            try:
                return call(*terms)
            except Exception as error:  # noqa: BLE001 - whatever it is, SPARQL would hide it
                self._failures.append((f"fn:{call.__name__}", f"{type(error).__name__}: {error}"))
                return None

        return run
