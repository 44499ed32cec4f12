"""What the graph holds already, and what of it the name of a row looks like. Nothing is ever taken for the same.

Territories as people name them: by key, by code, by name of today or of before, by postcode, with what tells them apart
between brackets, after a comma, or in other cells of the row.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from operator import itemgetter

from maillage.errors import AmbiguousTerritory, SheetError
from maillage.ontology import concepts, labels
from maillage.sources.territories import spell
from maillage.terms import fold, thing_iri

LEAST_RATIO = 88  # of 100, by rapidfuzz's `ratio` or `token_sort_ratio` of two bare names: from there they are shown
MOST = 3
WITH_CONTEXT = re.compile(r"(?P<name>.+?)(?:\s*\((?P<in>[^()]+)\)|\s*,\s*(?P<after>[^,]+)|\s+(?P<number>\d\S{1,4}))")
WITH_POSTCODE = re.compile(r"(?P<number>\d{5})\s+(?P<name>\D.*)")
UNNUMBERED = ("region", "former-region")  # people write the number of a department, none these
SMALL = {"l", "le", "la", "les", "d", "de", "du", "des", "the", "of"}


def bare(name: str) -> str:
    """A folded name without the small words that one writes and another leaves out; the whole where nothing else is."""
    words = fold(name).split()
    return " ".join(word for word in words if word not in SMALL) or " ".join(words)


@dataclass(frozen=True)
class ExistingThing:
    """A thing of the graph. `kind`: organisation, event…; `names`: every form of its name, acronyms included."""

    source: str
    key: str
    kind: str
    iri: str
    names: tuple[str, ...]

    @property
    def reference(self) -> str:
        """How a cell of a table names it."""
        return f"{self.source}:{self.key}"

    @property
    def label(self) -> str:
        return f"{self.names[0]} <{self.iri}>"


class Registry:
    """The things and the territories of the sources of `data/`."""

    def __init__(self, things: Iterable[ExistingThing], territories: Iterable["Territory"]) -> None:
        self.territories = Territories(territories)
        self._by_iri: dict[str, ExistingThing] = {}
        # Kind -> bare name -> things; one IRI once a name.
        self._by_name: dict[str, dict[str, list[ExistingThing]]] = defaultdict(lambda: defaultdict(list))
        for thing in things:
            self._by_iri.setdefault(thing.iri, thing)
            for name in filter(None, map(bare, thing.names)):
                same = self._by_name[thing.kind][name]
                if thing.iri not in [other.iri for other in same]:
                    same.append(thing)

    def find_by_iri(self, text: str) -> ExistingThing | None:
        """The thing of an IRI, whole or as answers show it (`id/organisation/ti-lab`), or of `organisation/ti-lab`."""
        return self._by_iri.get(text) or self._by_iri.get(thing_iri(text.removeprefix("id/")))

    def alike(self, names: Iterable[str], kinds: Iterable[str]) -> list[ExistingThing]:
        """At most three things whose bare name is one of `names` or nearly (see LEAST_RATIO); the closest first."""
        from rapidfuzz import fuzz, process

        scores: dict[str, tuple[float, ExistingThing]] = {}
        pairs = [(self._by_name[kind], name) for kind in kinds for name in filter(None, map(bare, names))]
        for scorer in (fuzz.ratio, fuzz.token_sort_ratio):
            for known, name in pairs:
                close = process.extract(name, list(known), scorer=scorer, score_cutoff=LEAST_RATIO, limit=MOST)
                for thing, score in ((thing, score) for form, score, _ in close for thing in known[form]):
                    scores[thing.iri] = max(scores.get(thing.iri, (0.0, thing)), (score, thing), key=itemgetter(0))
        ranked = sorted(scores.values(), key=lambda found: (-found[0], found[1].iri))
        return [thing for _, thing in ranked[:MOST]]


@dataclass(frozen=True)
class Territory:
    """A territory; `level` is a key of the list of levels, `within` holds keys. `former`: names and codes that it no
    longer bears, or those of what went into it, each with the day from which on that is sure.
    """

    key: str
    code: str
    names: tuple[str, ...]
    level: str
    within: tuple[str, ...] = ()
    postcodes: tuple[str, ...] = ()
    former: tuple[tuple[str, str], ...] = ()


class Territories:
    def __init__(self, known: Iterable[Territory]) -> None:
        self.by_key = {territory.key: territory for territory in known}
        self._called: dict[str, set[str]] = defaultdict(set)
        for key, one in self.by_key.items():
            former = (name for name, _ in one.former)
            for name in (key.replace("-", " "), one.code.lower(), *one.postcodes, *map(spell, (*one.names, *former))):
                self._called[name].add(key)

    def key(self, text: str, beside: Iterable[str] = ()) -> str:
        """The key of the one territory that a text names, as what stands `beside` it (the title of its column, cells
        of others) tells those of one name apart.

        Raises `unknown-territory`, or AmbiguousTerritory where several bear the name and nothing tells them apart.
        """
        found = self._bearers(text)
        for context in beside:
            found = self._among(found, context) or found
        if len(found) == 1:
            return next(iter(found))
        if found:
            raise AmbiguousTerritory(value=text, candidates=", ".join(self._labels(found)))
        raise SheetError("unknown-territory", value=text, nearest=self._nearest(text))

    def change(self, text: str, key: str) -> SheetError | None:
        """What to say of a text that calls a territory as it is no longer called; None where it is called so."""
        one, names = self.by_key[key], {spell(text), *(spell(name) for name, _ in _split_context(text))}
        days = [day for name, day in one.former if spell(name) in names]
        if not days or not names.isdisjoint(map(spell, one.names)):
            return None
        return SheetError("former-commune", value=text, day=max(days), present=self._labels([key])[0])

    def _bearers(self, text: str) -> set[str]:
        if found := self._called.get(spell(text)):
            return found
        if re.fullmatch("[1-9]", text):  # a department's number without its zero
            return {key for key in self._called[f"0{text}"] if self.by_key[key].level not in UNNUMBERED}
        told = ((self._called.get(spell(name), ()), context) for name, context in _split_context(text))
        return set().union(*(self._among(*one) for one in told))

    def _among(self, keys: Iterable[str], context: str) -> set[str]:
        said = spell(context).zfill(2)
        return {key for key in keys if said in self._contexts(key)}

    def _contexts(self, key: str) -> set[str]:
        """What may tell it apart: its level, names, code and postcodes, and what it lies within."""
        territory = self.by_key[key]
        level = concepts("territory-level").get(territory.level, "")
        found = {fold(name) for name in (territory.code, territory.level, *labels(level).values())}
        found |= {*territory.postcodes, *map(spell, territory.names)}
        for wider in self._wider(key):
            codes = () if wider.level in UNNUMBERED else (wider.code,)
            found |= {spell(name) for name in (wider.key, *codes, *wider.names)}
        return found

    def _wider(self, key: str) -> Iterator[Territory]:
        """What it lies within; the departments of its intercommunality may be others than its own."""
        for wider in (self.by_key[above] for above in self.by_key[key].within if above in self.by_key):
            yield wider
            if wider.level != "intercommunality":
                yield from self._wider(wider.key)

    def _labels(self, keys: Iterable[str]) -> list[str]:
        return [f"{key} ({self.by_key[key].names[0]})" for key in sorted(keys)]

    def _nearest(self, text: str) -> str:
        from rapidfuzz import fuzz, process

        close = process.extract(spell(text), list(self._called), scorer=fuzz.ratio, limit=MOST)
        return ", ".join(self._labels(dict.fromkeys(key for name, *_ in close for key in self._called[name])))


def _split_context(text: str) -> list[tuple[str, str]]:
    """The name and what tells it apart, as a text may be read: « Saint-Denis (93) », « 93200 Saint-Denis »."""
    read = [pattern.fullmatch(text) for pattern in (WITH_CONTEXT, WITH_POSTCODE)]
    parts = [found.groupdict() for found in read if found]
    return [(one.pop("name"), next(filter(None, one.values()))) for one in parts]
