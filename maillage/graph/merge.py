"""The merged graph: canonical IRIs, one preferred name a language, one kind a body, and redirections."""

from collections.abc import Iterable
from typing import Any

import pyoxigraph as ox

from maillage.graph.identity import Identities
from maillage.terms import expand

PREF_LABEL = ox.NamedNode(expand("skos:prefLabel"))
ALT_LABEL = ox.NamedNode(expand("skos:altLabel"))
KIND = ox.NamedNode(expand("org:classification"))
IS_REPLACED_BY = ox.NamedNode(expand("dcterms:isReplacedBy"))

LabelKey = tuple[ox.NamedNode | ox.BlankNode | ox.Triple, str]


class Merger:
    """Rewrites the statements of sources for the merged graph.

    The preferred name kept in a language, and the kind kept of a body, are those of the source of lowest rank.
    """

    def __init__(self, identities: Identities) -> None:
        self._identities = identities
        self._ranked: dict[LabelKey, tuple[int, str]] = {}
        self._kinds: dict[object, tuple[int, str]] = {}

    def weigh(self, triples: Iterable[ox.Triple], rank: int) -> None:
        """Takes note of the preferred names and the kinds of a source before any statement is rewritten."""
        for triple in map(self._canonical, triples):
            if triple.predicate == KIND:
                kind = (rank, str(triple.object))
                self._kinds[triple.subject] = min(kind, self._kinds.get(triple.subject, kind))
            if triple.predicate == PREF_LABEL and isinstance(triple.object, ox.Literal):
                named = (triple.subject, triple.object.language or "")
                found = (rank, triple.object.value)
                self._ranked[named] = min(found, self._ranked.get(named, found))

    def rewrite(self, triple: ox.Triple) -> ox.Triple:
        """The statement as the merged graph has it: a preferred name that is not kept becomes another name, and
        another name that is the one kept becomes the preferred name.
        """
        said = self._canonical(triple)
        if said.predicate not in (PREF_LABEL, ALT_LABEL) or not isinstance(said.object, ox.Literal):
            return said
        ranked = self._ranked.get((said.subject, said.object.language or ""))
        preferred = ranked is not None and said.object.value == ranked[1]
        return ox.Triple(said.subject, PREF_LABEL if preferred else ALT_LABEL, said.object)

    def keeps(self, said: ox.Triple) -> bool:
        """Is a rewritten statement one of the merged graph? A kind is not, where a source of lower rank gives one."""
        return said.predicate != KIND or self._kinds[said.subject][1] == str(said.object)

    def redirections(self) -> list[ox.Triple]:
        pairs = sorted(self._identities.canonical.items())
        return [ox.Triple(ox.NamedNode(old), IS_REPLACED_BY, ox.NamedNode(new)) for old, new in pairs]

    def _canonical(self, triple: ox.Triple) -> ox.Triple:
        subject, value = self._redirect(triple.subject), self._redirect(triple.object)
        return ox.Triple(subject, triple.predicate, value)

    def _redirect(self, node: Any) -> Any:
        return ox.NamedNode(self._identities.redirect(node.value)) if isinstance(node, ox.NamedNode) else node
