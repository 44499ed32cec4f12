"""Which licence a whole may bear when its parts bear several: the algebra of `ontology/lists/licence.ttl`.

What each licence asks, and under which others its material may be handed on, is data of that list; nothing here
knows a licence by name. A whole bears the least demanding licence under which every part may be handed on.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pyoxigraph as ox

from maillage.errors import QuestionError
from maillage.files import asset
from maillage.locales import say
from maillage.ontology import concepts, labels, list_triples
from maillage.terms import expand

SCHEME = "licence"
ALLOWANCES = ("private",)  # what `--allow` may say


@dataclass(frozen=True)
class Licence:
    """A licence of the list. `page`: where others define it (SPDX), "" for no licence; `under`: IRIs of licences."""

    iri: str
    name: str
    page: str
    under: frozenset[str]
    allows_reuse: bool

    @property
    def labels(self) -> dict[str, str]:
        return labels(self.iri)


@dataclass(frozen=True)
class Refusal:
    """No licence that the whole may bear; `between`: the licences at odds, those of the list's order."""

    between: tuple[Licence, ...]

    def reason(self, lang: str) -> str:
        """Why, as the second half of a sentence."""
        silent = [one for one in self.between if not one.allows_reuse]
        if silent:
            return say(lang, "credit.nothing-stated", names=_join_names(silent, lang))
        known = licences()
        under = [", ".join(known[iri].name for iri in sorted(one.under)) for one in self.between]
        bound = (say(lang, "credit.only-under", name=a.name, under=b) for a, b in zip(self.between, under, strict=True))
        together = say(lang, "credit.apart").join(bound)
        return say(lang, "credit.no-common", names=_join_names(self.between, lang), bound=together)


def licences() -> dict[str, Licence]:
    """The licences of the list by IRI, in the order of their slugs."""
    return _licences(asset("ontology"))


@cache
def _licences(_: Path) -> dict[str, Licence]:
    said: dict[str, dict[str, list[str]]] = {iri: defaultdict(list) for iri in sorted(concepts(SCHEME).values())}
    for triple in list_triples():
        known = said.get(triple.subject.value) if isinstance(triple.subject, ox.NamedNode) else None
        if known is not None and isinstance(triple.object, ox.NamedNode | ox.Literal):
            known[triple.predicate.value].append(triple.object.value)
    return {iri: _licence(iri, *(facts[expand(name)] for name in _PROPERTIES)) for iri, facts in said.items()}


def find_licence(slug: str) -> Licence:
    """The licence that cards call so. Raises KeyError for a name that the list lacks."""
    return licences()[concepts(SCHEME)[slug.lower()]]


def combine(parts: Iterable[str]) -> Licence | Refusal:
    """The licence that a whole made of parts under these licences (IRIs) may bear, or why it may bear none.

    The order and the grouping of the parts do not matter. Parts of nothing bear what asks nothing. Raises
    `unknown-licence` for an IRI that the list lacks.
    """
    known, asked = licences(), sorted(set(parts))
    if foreign := [iri for iri in asked if iri not in known]:
        raise QuestionError("unknown-licence", licences=", ".join(foreign))
    used = [known[iri] for iri in asked]
    fitting = frozenset(iri for iri in known if known[iri].under).intersection(*(licence.under for licence in used))
    least = [iri for iri in sorted(fitting) if fitting <= known[iri].under]
    if least:
        return known[least[0]]
    # those that may not be handed on at all, else those that some other one excludes
    silent = tuple(one for one in used if not one.under)
    excluded = tuple(one for one in used if any(not one.under & other.under for other in used))
    return Refusal(silent or excluded or tuple(used))


def _licence(iri: str, notation: list[str], match: list[str], under: list[str], reuse: list[str]) -> Licence:
    return Licence(iri, notation[0], match[0] if match else "", frozenset(under), reuse == ["true"])


_PROPERTIES = ("skos:notation", "skos:exactMatch", "mai:compatibleUnder", "mai:allowsReuse")


def _join_names(some: Iterable[Licence], lang: str) -> str:
    names = [one.name if one.under else one.labels[lang] for one in some]
    return say(lang, "credit.last").join(filter(None, (", ".join(names[:-1]), names[-1])))
