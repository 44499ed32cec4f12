"""All records of a build by source and key: which row a reference names, and references that name none."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cached_property

from maillage.errors import AmbiguousTerritory, Finding, MaillageError, SourceError
from maillage.sources.cells import POSTAL, Value, nearest
from maillage.sources.records import Record, codes
from maillage.terms import fold

Key = tuple[str, str]
SHORT = {"st": "saint", "ste": "sainte"}  # how the post writes the two commonest first words of names


class Postcodes:
    """Which communes a postcode serves (several, and a commune has several), from `served`: (key, name, postcodes)."""

    def __init__(self, served: Iterable[tuple[str, str, Iterable[str]]]) -> None:
        self._names: dict[str, dict[str, str]] = defaultdict(dict)
        for key, name, postcodes in served:
            for postcode in postcodes:
                self._names[postcode][key] = _expand(name)

    def communes(self, said: str) -> tuple[str, ...]:
        """The keys of the communes that « 33000 Bordeaux » may be: those of the postcode that bear the name, or all
        those of the postcode where no name follows it. A name that none of them bears gives none.
        """
        postcode, _, town = said.partition(" ")
        names: Mapping[str, str] = self._names.get(postcode, {})
        return tuple(sorted(key for key, name in names.items() if not town or name == _expand(town)))

    def at(self, said: str) -> tuple[str, ...]:
        """The keys of all the communes of the postcode that opens a text."""
        return tuple(sorted(self._names.get(said.partition(" ")[0], ())))


class Index:
    """Records by (source, key). A key that two rows take keeps its first row; `duplicates` tells the others."""

    def __init__(self, records: Iterable[Record]) -> None:
        self.records = list(records)
        self.by_key: dict[Key, Record] = {}
        self.duplicates: list[Finding] = []
        for record in self.records:
            first = self.by_key.setdefault((record.source, record.key), record)
            if first is not record:
                error = SourceError("duplicate-key", key=record.key, other=first.place)
                self.duplicates.append(error.at(record.file, record.line, "key"))

    @cached_property
    def territories(self) -> dict[str, Key]:
        """The (source, key) that holds each territory, by key."""
        return {record.key: key for key, record in self.by_key.items() if record.key_kind == "territory"}

    @cached_property
    def postcodes(self) -> Postcodes:
        return Postcodes(
            (record.key, record.values["name"][0].text, [value.text for value in record.values["postcodes"]])
            for record in self.by_key.values()
            if record.key_kind == "territory" and record.values.get("postcodes")
        )

    def _place(self, text: str) -> Key | None:
        """The territory of a cell: that of the key, or the one commune of the postcode and name."""
        if POSTAL.fullmatch(text):
            communes = self.postcodes.communes(text)
            return self.territories[communes[0]] if len(communes) == 1 else None
        return self.territories.get(text)

    @cached_property
    def bearers(self) -> dict[str, Key]:
        """The (source, key) of the body that bears each code; none for a code that one source gives to two bodies.

        Bodies of two sources that bear one code are one (see `maillage.graph.identity`).
        """
        found: dict[str, list[Key]] = defaultdict(list)
        for key in sorted(self.by_key):
            for code in codes(self.by_key[key]):
                found[code].append(key)
        return {code: keys[0] for code, keys in found.items() if len({source for source, _ in keys}) == len(keys)}

    def target(self, value: Value) -> Key | None:
        """The (source, key) that a reference names, or None when nothing holds it."""
        if value.kind == "territory":
            return self._place(value.text)
        if value.kind == "code":
            return self.bearers.get(value.text)
        key = (value.source, value.text)
        return key if key in self.by_key else None

    def findings(self) -> list[Finding]:
        """Duplicate keys and references to nothing, each at its cell."""
        return self.duplicates + [
            self.unknown(value, self._nearest(value)).at(record.file, record.line, column)
            for record in self.records
            for column, values in record.values.items()
            for value in values
            if value.kind in ("thing", "territory", "passage", "code") and self.target(value) is None
        ]

    def unknown(self, value: Value, near: str = "-") -> MaillageError:
        """Why a reference has no target: it names nothing, or a postcode that several communes share."""
        postal = value.kind == "territory" and POSTAL.fullmatch(value.text)
        communes = self.postcodes.communes(value.text) if postal else ()
        if communes:
            return AmbiguousTerritory(value=value.text, candidates=", ".join(communes))
        served = self.postcodes.at(value.text) if postal else ()
        named = f"{value.source}:{value.text}" if value.kind == "passage" else value.text
        return SourceError("unknown-reference", value=named, nearest=", ".join(served) or near)

    def _nearest(self, value: Value) -> str:
        if value.kind == "territory":
            return nearest(value.text, list(self.territories))
        return nearest(value.text, [key for holder, key in self.by_key if holder == value.source] or ["-"])


def _expand(name: str) -> str:
    return " ".join(SHORT.get(word, word) for word in fold(name).split())
