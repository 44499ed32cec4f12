"""All records of a build by source and key: which row a reference names, and references that name none."""

from collections import defaultdict
from collections.abc import Iterable
from functools import cached_property

from maillage.errors import AmbiguousTerritory, Finding, MaillageError, SourceError
from maillage.sources.cells import Value, nearest
from maillage.sources.records import Record, codes
from maillage.sources.territories import POSTAL, postcodes

Key = tuple[str, str]


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
            keys = postcodes().communes(value.text) if POSTAL.fullmatch(value.text) else (value.text,)
            return self.territories.get(keys[0]) if len(keys) == 1 else None
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
        communes = postcodes().communes(value.text) if postal else ()
        if communes:
            return AmbiguousTerritory(value=value.text, candidates=", ".join(communes))
        served = postcodes().at(value.text) if postal else ()
        named = f"{value.source}:{value.text}" if value.kind == "passage" else value.text
        return SourceError("unknown-reference", value=named, nearest=", ".join(served) or near)

    def _nearest(self, value: Value) -> str:
        if value.kind == "territory":
            return nearest(value.text, list(self.territories))
        return nearest(value.text, [key for holder, key in self.by_key if holder == value.source] or ["-"])
