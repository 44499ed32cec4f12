"""What the graph holds already, and what of it the name of a row looks like. Nothing is ever taken for the same."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from operator import itemgetter

from maillage.sources.sheet.territories import Territories, Territory
from maillage.terms import fold, thing_iri

LEAST_RATIO = 88  # of 100, by rapidfuzz's `ratio` or `token_sort_ratio` of two bare names: from there they are shown
MOST = 3
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

    def __init__(self, things: Iterable[ExistingThing], territories: Iterable[Territory]) -> None:
        self.territories = Territories(territories)
        self._things = list(things)
        self._by_iri = {thing.iri: thing for thing in reversed(self._things)}

    @cached_property
    def _by_name(self) -> dict[str, dict[str, list[ExistingThing]]]:
        """Kind -> bare name -> things; one IRI once a name."""
        found: dict[str, dict[str, list[ExistingThing]]] = defaultdict(lambda: defaultdict(list))
        for thing in self._things:
            for name in filter(None, map(bare, thing.names)):
                same = found[thing.kind][name]
                if thing.iri not in [other.iri for other in same]:
                    same.append(thing)
        return found

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
