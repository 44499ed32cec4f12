"""Which source says a row: the page or the text of the passages it rests on, else the source that holds the row.

A directory is read in many pages, each a source of its own; and a row may rest on a passage of another source,
when both were read in the same text.
"""

from maillage.sources.cells import Value
from maillage.sources.index import Index
from maillage.sources.records import Record
from maillage.terms import iri

SourcePath = tuple[str, ...]  # (source,), or (source, page) for a page of a directory


class Attribution:
    """Knows each row's sources; `ranks` are those of the cards, by source."""

    def __init__(self, index: Index, ranks: dict[str, int]) -> None:
        self._index, self._ranks = index, ranks

    def of(self, passage: Value) -> SourcePath:
        key = self._index.target(passage)
        if key is None:
            raise KeyError(passage)
        return key if self._index.by_key[key].key_kind == "page" else (key[0],)

    def paths(self, record: Record) -> list[SourcePath]:
        """Every source that a row rests on, in order; its own source when it rests on no passage."""
        return sorted({self.of(value) for value in record.values.get("passages", [])}) or [(record.source,)]

    def iris(self, record: Record) -> list[str]:
        return [iri("source", *path) for path in self.paths(record)]

    def rank(self, record: Record) -> int:
        """The best rank among the sources of a row: a page has its own."""
        return min(self._rank(path) for path in self.paths(record))

    def _rank(self, path: SourcePath) -> int:
        if len(path) == 1:
            return self._ranks[path[0]]
        return int(self._index.by_key[path[0], path[1]].values["rank"][0].text)
