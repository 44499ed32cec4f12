"""Every name that the sources give a thing, and the bodies that share one without a word on whether they are one."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import combinations

from maillage.errors import Finding, GraphError
from maillage.files import asset, short_path
from maillage.graph.identity import Clusters, Decision, shared_codes
from maillage.sources.card import Card, card_names
from maillage.sources.index import Index, Key
from maillage.sources.records import Record
from maillage.sources.rows import DECISION
from maillage.terms import concept_iri, fold

OWN = ("name", "name_en", "acronym")
IMPLIED = concept_iri("certainty", "implied")


def names_by_key(index: Index) -> dict[Key, list[str]]:
    """The names of each thing as its own source gives them: those of its row first, then the rows of names; not those
    that we made of a body and its carrier, which are only implied.
    """
    found: dict[Key, list[str]] = defaultdict(list)
    for key, record in index.by_key.items():
        found[key] += [text for column in OWN for text in record.texts(column)]
    for record in index.records:
        given = record.key_kind == "name" and record.texts("certainty") != [IMPLIED]
        for thing in record.values.get("thing", []) if given else []:
            found[index.target(thing) or ("", "")] += record.texts("form")
    return found


def names_of_one(index: Index, made: Sequence[Decision]) -> dict[Key, frozenset[str]]:
    """The folded names of each thing in every source: those of the keys that are said to be the same are one list."""
    clusters, together = Clusters([*made, *shared_codes(index)]), defaultdict[Key, set[str]](set)
    own = names_by_key(index)
    for key, names in own.items():
        together[clusters.root(key)].update(filter(None, map(fold, names)))
    return {key: frozenset(together[clusters.root(key)]) for key in own}


def namesakes(index: Index, made: Sequence[Decision], cards: Sequence[Card]) -> list[Finding]:
    """Two bodies that bear one name, the own name of one of them at least, and of which no decision says anything.

    An error in the sources of `data/`, since the identifier that a second body is given is for ever; a warning where
    one of the two is in a folder of the user's. Registers are left to `maillage identity`.
    """
    written, ours = {card.name: card for card in cards if not card.fetch}, set(card_names())
    clusters, told = Clusters([*made, *shared_codes(index)]), set[frozenset[Key]]()
    found: list[Finding] = []
    for a, b, name in _alike(index, written):
        pair = frozenset((clusters.root(a), clusters.root(b)))
        if not clusters.settle(a, b) and pair not in told:
            told.add(pair)
            lower, higher = sorted((a, b), key=lambda key: (key[0] in ours, -written[key[0]].rank, key))
            found.append(_namesake_finding(index.by_key[lower], higher, name, written[lower[0]], lower[0] in ours))
    return found


def _alike(index: Index, written: dict[str, Card]) -> Iterator[tuple[Key, Key, str]]:
    bearers: dict[str, list[Key]] = defaultdict(list)
    own: set[tuple[str, Key]] = set()
    for key, names in names_by_key(index).items():
        if key[0] in written and index.by_key[key].key_kind == "organisation":
            own.add((fold(names[0]), key))
            for name in {fold(name) for name in names} - {""}:
                bearers[name].append(key)
    for name, keys in bearers.items():
        yield from ((a, b, name) for a, b in combinations(keys, 2) if {(name, a), (name, b)} & own)


def _namesake_finding(body: Record, other: Key, name: str, card: Card, ours: bool) -> Finding:
    """At the row of the body whose source ranks lower, to be mended in the file of its decisions."""
    file = asset("graph") / "identity" / f"{card.name}.csv" if ours else card.folder / "identity.csv"
    row = f"{body.source}:{body.key},{':'.join(other)},same,curator"
    said = {"other": ":".join(other), "file": short_path(file), "row": row, "columns": ",".join(DECISION)}
    error = GraphError("namesakes", value=name, **said)
    return error.at(body.file, body.line, "name", "error" if ours else "warning")
