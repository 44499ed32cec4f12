"""What an answer may bear and whom to thank: from the statements it used to their sources, licences and credits."""

import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from maillage.credit.licence import ALLOWANCES, Licence, combine
from maillage.credit.notice import Credit
from maillage.credit.patterns import Untraceable, statement_queries
from maillage.credit.solutions import Trail
from maillage.credit.sources import Lineage
from maillage.errors import Phrase, QuestionError
from maillage.locales import LANGUAGES, say, say_all
from maillage.projection.columns import Columns
from maillage.queries import question
from maillage.queries.run import bind, run
from maillage.store import EmbeddedStore, Store
from maillage.store.values import with_language
from maillage.table import Cell, Table
from maillage.terms import ID

MOST_ROWS = 20_000  # of an answer, or of what it counts, whose statements are traced
Row = Mapping[str, Cell]


@dataclass(frozen=True)
class Bearing:
    """What crediting needs to know of where it stands: the release, the language, what the user allows."""

    release: str
    lang: str = "fr"
    allow: str = ""
    date: str = ""


def allowance(given: str) -> str:
    """What the user allows beyond the licences (MAILLAGE_ALLOW where nothing is given). Raises `bad-value`."""
    given = given or os.environ.get("MAILLAGE_ALLOW", "")
    if given and given not in ALLOWANCES:
        wanted = Phrase("value-allowance", known=", ".join(ALLOWANCES))
        raise QuestionError("bad-value", value=given, wanted=wanted)
    return given


class Credits:
    """The sources behind answers of one store; keeps the claims that it has read.

    `columns`: those of the build that the store holds; without them, sources are told by questions alone.
    """

    def __init__(self, store: Store, columns: Columns | None = None) -> None:
        self._store, self._lineage = store, Lineage(store)
        self._trail = Trail(columns, store.terms, MOST_ROWS) if columns and isinstance(store, EmbeddedStore) else None
        self.ask = self._trail.ask if self._trail else store.ask

    def credit(
        self, tables: Sequence[Table], bearing: Bearing, statements: bytes | None = None, query: str = ""
    ) -> Credit:
        """The licence of these answers, of statements (N-Triples) and of what a query matches, and the line of each
        source that they used: none for an answer without a row; every one, with the reason, where they cannot be told.

        Raises `mixed-licences` where no licence fits all of them and the user does not allow a private copy.
        """
        try:
            found = [self.sources(table) for table in tables]
            found += [] if statements is None else [(self._trail or self._lineage).behind(statements)]
            found += [self._behind(query, bound=False)] if query else []
        except Untraceable as error:
            return self.every(bearing, str(error))
        return self._credit(self._some(set().union(*found)), bearing)

    def every(self, bearing: Bearing, scope: str = "") -> Credit:
        """The credit of the whole graph; `scope`: why (see `Credit`), where less may have been used."""
        return self._credit(run(self._store, "source-credits").rows(), bearing, scope)

    def _credit(self, rows: Sequence[Row], bearing: Bearing, scope: str = "") -> Credit:
        return credit_of(rows, bearing, lambda: run(self._store, "source-credits").rows(), scope)

    def sources(self, table: Table) -> set[str]:
        """The IRIs of the sources whose statements lead to the rows of an answer. Raises Untraceable."""
        if not table.query:
            raise Untraceable("computed")
        if len(table) > MOST_ROWS:
            raise Untraceable("many")
        return self._behind(with_language(table.query))

    def _behind(self, query: str, bound: bool = True) -> set[str]:
        if self._trail:
            return self._trail.sources(query, bound)
        queries = statement_queries(query, MOST_ROWS, bound)
        if any(len(self._store.ask(one.solutions)) > MOST_ROWS for one in queries if one.solutions):
            raise Untraceable("many")
        answers = [self._store.construct(one.statements) for one in queries]
        found = {source for statements in answers for source in self._lineage.behind(statements)}
        if not found and any(f"\n<{ID}" in f"\n{statements.decode()}" for statements in answers):
            raise Untraceable("unsaid")
        return found

    def _some(self, sources: set[str]) -> list[Row]:
        if not sources:
            return []
        listed = " ".join(f"<{source}>" for source in sorted(sources))
        rows = self._store.ask(bind(question("credits"), {"thing": listed}, "fr")).rows()
        return [row for row in rows if row["source"] in sources]


def credit_under(licence: Licence, rows: Sequence[Row], bearing: Bearing, scope: str = "") -> Credit:
    return _credit(rows, bearing, scope, licence=licence.name, licence_iri=licence.page, labels=licence.labels)


def credit_of(
    rows: Sequence[Row], bearing: Bearing, every: Callable[[], Sequence[Row]], scope: str = "", own: Sequence[str] = ()
) -> Credit:
    """The credit of what rests on the sources of `rows` and bears `own` licences (IRIs); `every`: all sources (titles).

    Where no licence fits, one that says what may not be done, for a user who allowed it; else `mixed-licences`.
    """
    refusal = combine([*(str(row["licence"]) for row in rows), *own])
    if isinstance(refusal, Licence):
        return credit_under(refusal, rows, bearing, scope)
    titles, at_odds = {row["source"]: str(row["sourceTitle"]) for row in every()}, {o.iri: o for o in refusal.between}
    named = sorted({(titles[row["source"]], str(row["licence"])) for row in rows if row["licence"] in at_odds})
    listed = {lang: " ; ".join(f"{title} ({at_odds[iri].labels[lang]})" for title, iri in named) for lang in LANGUAGES}
    reason = {lang: refusal.reason(lang) for lang in LANGUAGES}
    if bearing.allow != "private":
        raise QuestionError("mixed-licences", reason=reason, sources=listed)
    why = {lang: text[:1].upper() + text[1:] for lang, text in reason.items()}
    reasons = {lang: say(lang, "credit.private-why", reason=why[lang], sources=listed[lang]) for lang in LANGUAGES}
    labels = say_all("credit.private-only")
    return _credit(rows, bearing, scope, licence="", licence_iri="", labels=labels, private=reasons)


def _credit(rows: Sequence[Row], bearing: Bearing, scope: str, **said: Any) -> Credit:
    lines = tuple(sorted({str(row["creditLine"]) for row in rows}))
    date = bearing.date or max((str(row["readOn"]) for row in rows), default="")
    return Credit(lines=lines, release=bearing.release, date=date, lang=bearing.lang, scope=scope, **said)
