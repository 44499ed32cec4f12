"""What the explorer's things point to: names, concepts, territories, licences, sources, and what is said of each."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any

from maillage.credit.licence import licences
from maillage.locales import LANGUAGES
from maillage.network.from_table import Row, group_rows
from maillage.ontology import certainties, concepts
from maillage.terms import ID, SCHEMES, concept_slug, expand, thing_iri
from maillage.visualize.locales import unify
from maillage.visualize.portal.thing import Rows, names_of

Place = dict[str, int]  # where each IRI stands in its list
Entry = dict[str, Any]


def number_things(of: str) -> cached_property[Place]:
    """Where each thing stands in the list of that name."""
    return cached_property(lambda self: {thing_iri(one["id"]): place for place, one in enumerate(getattr(self, of))})


class References:
    """Reads the rows of the questions once; every property is a list in the order of IRIs, or a way into one."""

    def __init__(self, rows: Mapping[str, Rows]) -> None:
        self.rows = rows
        self.names = names_of(rows["labels"])
        self._spellings = group_rows(rows["names"]["fr"], "thing")
        self._evidence: dict[tuple[str, str], list[Row]] = defaultdict(list)
        for row in rows["evidence"]["fr"]:
            self._evidence[str(row["subject"]), str(row["predicate"])].append(row)

    def _fr(self, question: str) -> Sequence[Row]:
        return self.rows[question]["fr"]

    def _name(self, iri: str) -> str | dict[str, str]:
        said = self.names.get(iri, {})
        return unify({lang: said.get(lang) or iri.rpartition("/")[2] for lang in LANGUAGES})

    @cached_property
    def concepts(self) -> list[Entry]:
        letters = {str(row["bodyKind"]): str(row["bodyKindLetter"]) for row in self._fr("bodies") if row["bodyKind"]}
        return [
            {"iri": iri, "slug": slug, "scheme": scheme, "name": self._name(iri)}
            | ({"letter": letters[iri]} if iri in letters else {})
            for scheme in sorted(SCHEMES.values())
            for slug, iri in sorted(concepts(scheme).items())
            if iri in self.names
        ]

    @cached_property
    def concept(self) -> Place:
        return {entry["iri"]: place for place, entry in enumerate(self.concepts)}

    @cached_property
    def territories(self) -> list[Entry]:
        rows = group_rows(self._fr("territories"), "territory")
        place = {iri: number for number, iri in enumerate(sorted(rows))}
        return [
            {
                "id": local(iri),
                "code": str(rows[iri][0]["code"] or ""),
                "level": concept_slug(str(rows[iri][0]["level"]), "territory-level"),
                "name": self._name(iri),
                "within": sorted(place[str(row["within"])] for row in rows[iri] if row["within"]),
                "sources": self._sources_of[iri],
            }
            for iri in place
        ]

    @cached_property
    def licences(self) -> list[Entry]:
        known = licences()
        place = {iri: number for number, iri in enumerate(known)}
        return [
            {
                "iri": one.iri,
                "page": one.page,
                "short": one.name,
                "name": unify(one.labels),
                "under": sorted(place[iri] for iri in one.under),
            }
            for one in known.values()
        ]

    @cached_property
    def sources(self) -> list[Entry]:
        place = {one["iri"]: number for number, one in enumerate(self.licences)}
        return [
            {
                "id": local(str(row["source"])),
                "title": str(row["sourceTitle"]),
                "publisher": str(row["publisher"] or ""),
                "date": str(row["readOn"] or ""),
                "licence": place[str(row["licence"])],
                "credit": str(row["credit"]),
                **({"viewpoint": local(str(row["viewpoint"]))} if row["viewpoint"] else {}),
            }
            for row in sorted(self._fr("sources"), key=lambda row: str(row["source"]))
        ]

    _source, _territory_place = number_things("sources"), number_things("territories")

    @cached_property
    def _sources_of(self) -> dict[str, list[int]]:
        """The sources that say anything of each thing."""
        found: dict[str, set[int]] = defaultdict(set)
        for row in self._fr("evidence"):
            found[str(row["subject"])].add(self._source[str(row["source"])])
        return defaultdict(list, {iri: sorted(places) for iri, places in found.items()})

    def _value(self, iri: str, name: str) -> str:
        return min((str(row["value"]) for row in self._evidence[iri, expand(name)]), default="")

    def _territories_of(self, iri: str) -> list[int]:
        said = {str(row["object"]) for row in self._evidence[iri, expand("mai:territory")]}
        return sorted(self._territory_place[one] for one in said if one in self._territory_place)

    @cached_property
    def _countries(self) -> dict[str, list[int]]:
        found: dict[str, list[int]] = defaultdict(list)
        for row in self._fr("countries"):
            found[str(row["body"])].append(self._territory_place[str(row["country"])])
        return found

    @cached_property
    def _about(self) -> dict[tuple[str, str], list[int]]:
        """The themes and the methods of each thing, broader ones included."""
        found: dict[tuple[str, str], set[int]] = defaultdict(set)
        for row in self._fr("theme-of-things"):
            found[str(row["thing"]), str(row["about"]).rpartition("#")[2]].add(self.concept[str(row["theme"])])
        return defaultdict(list, {key: sorted(places) for key, places in found.items()})


def certainty(row: Row) -> int:
    slug = concept_slug(str(row["certainty"]), "certainty")
    known = certainties()
    return known.index(slug) if slug in known else len(known) - 1


def local(iri: str) -> str:
    return iri.removeprefix(ID)


def prune(entry: Entry, keep: Sequence[str] = ()) -> Entry:
    """The entry without what is not known; lists named by `keep` stay, empty or not."""
    return {name: value for name, value in entry.items() if name in keep or value not in ("", None, [])}
