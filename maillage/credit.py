"""What an answer may bear and whom to thank: from the statements it used to their sources, licences and credits."""

import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from maillage.errors import LANGUAGES, Phrase, QuestionError
from maillage.export import Credit
from maillage.graph.lineage import Lineage
from maillage.licence import ALLOWANCES, Licence, Refusal, combine
from maillage.queries import question, run
from maillage.queries.lineage import matched
from maillage.queries.parameters import bind
from maillage.store import Store
from maillage.table import Cell, Table

MOST_ROWS = 20_000  # an answer with more, or that counts more, credits every source: its statements are not traced
PRIVATE_LABELS = {
    "fr": "Usage privé seulement : à ne pas transmettre",
    "en": "Private use only: not to be handed on",
}
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
    """The sources behind answers of one store; keeps the claims that it has read."""

    def __init__(self, store: Store) -> None:
        self._store, self._lineage = store, Lineage(store)

    def rows(self, tables: Sequence[Table], statements: bytes = b"") -> list[Row]:
        """The sources that these answers and statements (N-Triples) use; every source where that cannot be told."""
        found: set[str] = set(self._lineage.sources(statements)) if statements else set()
        for table in tables:
            used = self.sources(table)
            if used is None:
                return self._every()
            found |= used
        return self._some(found) or self._every()

    def sources(self, table: Table) -> set[str] | None:
        """The IRIs of the sources whose statements lead to the rows of an answer; None where that cannot be told."""
        queries = matched(table.asked, MOST_ROWS) if table.asked and len(table) <= MOST_ROWS else None
        asked = [one.solutions for one in queries or () if one.solutions]
        if queries is None or any(len(self._store.ask(solutions)) > MOST_ROWS for solutions in asked):
            return None
        return {source for one in queries for source in self._lineage.sources(self._store.construct(one.statements))}

    def _some(self, sources: set[str]) -> list[Row]:
        if not sources:
            return []
        listed = " ".join(f"<{source}>" for source in sorted(sources))
        rows = self._store.ask(bind(question("credits"), {"thing": listed}, "fr")).rows()
        return [row for row in rows if row["source"] in sources]

    def _every(self) -> list[Row]:
        return list(run(self._store, "source-credits").rows())

    def credit(self, rows: Sequence[Row], bearing: Bearing) -> Credit:
        """The licence of what these sources give together, and the line of each.

        Raises `mixed-licences` where no licence fits all of them and the user does not allow a private copy.
        """
        borne = combine(str(row["licence"]) for row in rows)
        if isinstance(borne, Licence):
            return credit_under(borne, rows, bearing)
        titles = {str(row["source"]): str(row["sourceTitle"]) for row in run(self._store, "source-credits").rows()}
        return refused_or_private(borne, rows, titles, bearing)


def credit_under(licence: Licence, rows: Iterable[Row], bearing: Bearing) -> Credit:
    kept = list(rows)
    return Credit(
        licence=licence.name,
        licence_iri=licence.page,
        labels=licence.labels,
        lines=tuple(sorted({str(row["creditLine"]) for row in kept})),
        release=bearing.release,
        date=bearing.date or max((str(row["readOn"]) for row in kept), default=""),
        lang=bearing.lang,
    )


def refused_or_private(refusal: Refusal, rows: Sequence[Row], titles: Mapping[str, str], bearing: Bearing) -> Credit:
    """A credit that says what may not be done with the answer, for a user who allowed it; else `mixed-licences`."""
    at_odds = {one.iri: one for one in refusal.between}
    named = sorted({(titles[str(row["source"])], str(row["licence"])) for row in rows if row["licence"] in at_odds})
    listed = {lang: " ; ".join(f"{title} ({at_odds[iri].labels[lang]})" for title, iri in named) for lang in LANGUAGES}
    if bearing.allow != "private":
        reason = {lang: refusal.reason(lang) for lang in LANGUAGES}
        raise QuestionError("mixed-licences", reason=reason, sources=listed)
    colon = {"fr": " : ", "en": ": "}
    reasons = {lang: f"{_capital(refusal.reason(lang))}. Sources{colon[lang]}{listed[lang]}." for lang in LANGUAGES}
    return Credit(
        licence="",
        licence_iri="",
        labels=PRIVATE_LABELS,
        lines=tuple(sorted({str(row["creditLine"]) for row in rows})),
        release=bearing.release,
        date=bearing.date or max(str(row["readOn"]) for row in rows),
        lang=bearing.lang,
        private=reasons,
    )


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
