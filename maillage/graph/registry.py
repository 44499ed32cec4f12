"""What the sources of `data/` name, each under the IRI it bears: what a sheet of one's own is held against."""

from collections import defaultdict

from maillage.graph.build import read_all
from maillage.graph.identity import REGISTERED_KINDS, assign
from maillage.sources.index import Index, Key
from maillage.sources.records import Record
from maillage.sources.sheet.existing import ExistingThing, Registry, Territory
from maillage.terms import concept_slug


def read_registry() -> Registry:
    """Reads every source; what is wrong with them is the business of `maillage check`."""
    read = read_all()
    identities = assign(read.index, read.decisions, read.ranks)
    forms = _forms(read.index)
    named = {key: record for key, record in read.index.by_key.items() if record.key_kind in REGISTERED_KINDS}
    things = [
        ExistingThing(*key, record.key_kind, identities.redirect(identities.iris[key]), _names(record, forms[key]))
        for key, record in named.items()
        if record.key_kind != "territory"
    ]
    territories = [_territory(record, forms[key]) for key, record in named.items() if record.key_kind == "territory"]
    return Registry(things, territories)


def _forms(index: Index) -> dict[Key, list[str]]:
    """The further names of each thing."""
    found: dict[Key, list[str]] = defaultdict(list)
    for record in index.by_key.values():
        for value in record.values.get("thing", []) if record.key_kind == "name" else []:
            if (key := index.target(value)) is not None:
                found[key].append(record.values["form"][0].text)
    return found


def _names(record: Record, forms: list[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys([*_texts(record, "name"), *forms]))


def _texts(record: Record, column: str) -> list[str]:
    return [value.text for value in record.values.get(column, [])]


def _territory(record: Record, forms: list[str]) -> Territory:
    level = concept_slug(_texts(record, "level")[0], "territory-level")
    within = tuple(_texts(record, "within"))
    return Territory(record.key, _texts(record, "code")[0], _names(record, forms), level, within)
