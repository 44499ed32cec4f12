"""What the sources of `data/` name, each under the IRI it bears: what a sheet of one's own is held against."""

from collections import defaultdict
from collections.abc import Iterator

from maillage.graph.build import read_all
from maillage.graph.identity import REGISTERED_KINDS, assign
from maillage.sources.index import Index, Key
from maillage.sources.sheet.existing import ExistingThing, Registry, Territory
from maillage.sources.territories import FORMER, places
from maillage.terms import concept_slug


def read_registry() -> Registry:
    """Reads every source; what is wrong with them is the business of `maillage check`."""
    read = read_all()
    identities = assign(read.index, read.decisions, read.ranks)
    forms: dict[Key, list[str]] = defaultdict(list)  # the further names of each thing
    for record in read.index.by_key.values():
        for value in record.values.get("thing", []) if record.key_kind == "name" else []:
            if (key := read.index.target(value)) is not None:
                forms[key].append(record.values["form"][0].text)
    things: list[ExistingThing] = []
    territories = _territories(read.index, forms)
    # a thing of several sources is held as that of the lowest rank: a build without the others still has it
    for key, record in sorted(read.index.by_key.items(), key=lambda one: read.ranks[one[0][0]]):
        names = tuple(dict.fromkeys([*record.texts("name"), *forms[key]]))
        if record.key_kind != "territory" and record.key_kind in REGISTERED_KINDS:
            things.append(ExistingThing(*key, record.key_kind, identities.redirect(identities.iris[key]), names))
    return Registry(things, territories)


def _territories(index: Index, forms: dict[Key, list[str]]) -> Iterator[Territory]:
    """All of France, and what the graph holds besides."""
    former: dict[str, list[tuple[str, str]]] = defaultdict(list)
    today = {place.key: place for place in places() if place.level != FORMER}
    for place in places():
        if place.level == FORMER:
            codes = {place.code} - {today[place.key].code}
            former[place.key] += [(name, place.gone_by) for name in (place.name, *codes)]
    further = {thing: names for (_, thing), names in forms.items()}
    for key, one in today.items():
        names = tuple(dict.fromkeys([one.name, *further.get(key, ())]))
        yield Territory(key, one.code, names, one.level, one.within, one.postcodes, tuple(former[key]))
    for held, record in index.by_key.items():
        if record.key_kind == "territory" and record.key not in today:
            level = concept_slug(record.texts("level")[0], "territory-level")
            names = tuple(dict.fromkeys([*record.texts("name"), *forms[held]]))
            yield Territory(record.key, record.texts("code")[0], names, level, tuple(record.texts("within")))
