"""Proofs: what makes each line of a map, ready to be read in both languages."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from maillage.network.from_table import Row, local, text
from maillage.ontology import certainties
from maillage.table import Cell, Table
from maillage.visualize.locales import say, when
from maillage.visualize.map.spec import EvidenceColumns, Join, TieColumns

_WEB = ("https://", "http://")  # a page must follow no other scheme


@dataclass(frozen=True)
class Proof:
    """What one paragraph says; `links` lead to the passages, web addresses only.

    `certainty` is that of the role that it tells of; `kind` and `rule` are of the tie that rests on it, `reversed` one
    that reads from the second end of its line to the first.
    """

    what: str
    when: str
    start: str
    role: str
    source: str
    place: str
    links: tuple[str, ...]
    certainty: str
    certainty_label: str
    note: str
    licence: str
    kind: str
    rule: str
    reversed: bool = False


@dataclass(frozen=True)
class TieProof(Proof):
    """A proof of a tie, and what the tie is: its two ends, with an arrow where it is `directed`; how sure it is;
    what its days are those of, or the year of its page, and that it is planned, both in words.
    """

    reads: str = ""
    directed: bool = False
    tie_certainty: str = ""
    tie_certainty_label: str = ""
    dating: str = ""
    planned: str = ""


def proof(rows: Sequence[Row], columns: EvidenceColumns, lang: str) -> Proof:
    """The proof that some rows give together: they differ at most by the passage."""
    row = rows[0]
    start, paragraph = text(row, columns.start), text(row, columns.paragraph)
    said = Proof(
        what=text(row, columns.what),
        when=when(start, text(row, columns.end) or start, lang) if start else "",
        start=start,
        role=_roles(row, columns, lang),
        source=text(row, columns.source),
        place=say(lang, "map.paragraph", n=int(float(paragraph))) if paragraph else "",
        links=tuple(link for link in dict.fromkeys(text(one, columns.link) for one in rows) if link.startswith(_WEB)),
        certainty=text(row, columns.certainty).rsplit("/", 1)[-1] or certainties()[0],
        certainty_label=text(row, columns.certainty_label),
        note=text(row, columns.note),
        licence=text(row, columns.licence),
        kind=text(row, columns.kind),
        rule=local(text(row, columns.rule)),
    )
    return TieProof(**vars(said), **_tie(row, columns.tie, lang)) if columns.tie else said


def _tie(row: Row, columns: TieColumns, lang: str) -> dict[str, Any]:
    ends = {"start": text(row, columns.start), "goal": text(row, columns.goal)}
    directed = bool(row[columns.directed]) if columns.directed else True
    dating, planned = text(row, columns.dating), local(text(row, columns.occurrence)) == "planned"
    year = text(row, columns.page_year)
    dated = say(lang, "map.page_year", year=year) if year else say(lang, "map.dated", by=dating) if dating else ""
    return {
        "reads": say(lang, "map.reads" if directed else "map.joins", **ends),
        "directed": directed,
        "tie_certainty": local(text(row, columns.certainty)) or certainties()[-1],
        "tie_certainty_label": text(row, columns.certainty_label),
        "dating": dated,
        "planned": text(row, columns.occurrence_label) if planned else "",
    }


def _roles(row: Row, columns: EvidenceColumns, lang: str) -> str:
    """Who did what; a map with one role a row says only what."""
    if len(columns.roles) == 1 and not columns.named:
        return text(row, columns.roles[0].role)
    said = [(text(row, role.of), text(row, role.role)) for role in columns.roles]
    return " · ".join(say(lang, "map.labelled", name=who, value=what) for who, what in said if what)


def proof_places(rows: Sequence[Row], places: Sequence[int], columns: EvidenceColumns) -> list[list[int]]:
    """The places that make each distinct proof, by date then by name; undated ones last."""
    found: dict[Proof, list[int]] = {}
    for place in places:
        found.setdefault(replace(proof([rows[place]], columns, "fr"), links=()), []).append(place)
    order = sorted(found, key=lambda one: (one.start or "9", one.what, one.source, one.place, one.role, one.note))
    return [found[one] for one in order]


def certainty_of(rows: Sequence[Row], column: str) -> str:
    """The certainty of a line: of the surest of the ties, or of the statements, that make it.

    Of one thing said several times one plain statement is enough. A certainty that nobody knows is the least sure.
    """
    found = {local(row[column]) for row in rows}
    return next((certainty for certainty in certainties() if certainty in found), certainties()[-1])


def join_rows(rows: Sequence[Row], others: Sequence[Row], join: Join) -> list[dict[str, Cell]]:
    """The rows with the columns that a join brings; a row that nothing matches gets them empty."""
    first = {other[join.there]: other for other in reversed(others)}
    brought = (first.get(row[join.here], {}) for row in rows)
    return [
        {**row, **{ours: other.get(theirs) for ours, theirs in join.take.items()}}
        for row, other in zip(rows, brought, strict=True)
    ]


def align_rows(first: Table, other: Table) -> list[dict[str, Cell]]:
    """The rows of `other` in the order of `first`: the same answer in another language.

    Rows are matched on the cells that no language changes (IRIs, dates, numbers); where none matches, the row
    of `first` stands in.
    """
    fixed = [column.name for column in first.columns if column.kind != "label"]
    waiting: dict[tuple[Cell, ...], list[dict[str, Cell]]] = {}
    for row in other.rows():
        waiting.setdefault(_key(row, fixed), []).append(row)
    found = []
    for row in first.rows():
        same = waiting.get(_key(row, fixed))
        found.append((same.pop(0) if len(same) > 1 else same[0]) if same else row)
    return found


def _key(row: Mapping[str, Cell], names: Sequence[str]) -> tuple[Cell, ...]:
    return tuple(row.get(name) for name in names)


def cite(one: Proof, lang: str) -> list[str]:
    """As what, how sure, and where it is written, each where it is known."""
    source = say(lang, "chains.source", source=one.source, place=f", {one.place}" if one.place else "")
    return [part for part in (one.role, one.certainty_label, one.note, source) if part]
