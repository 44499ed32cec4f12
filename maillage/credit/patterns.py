"""Which statements the rows of a query rest on: its triple patterns, asked again as a CONSTRUCT.

A query is cut at its brackets into its group and its subqueries; what a group says is read with the grammar and the
algebra of rdflib, so that its layout does not matter. What must be absent (NOT EXISTS, MINUS) is not traced: negation
rests on no statement.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache, cached_property
from pathlib import Path

from maillage.errors import MaillageError
from maillage.files import asset
from maillage.graph.algebra import Reading, Unreadable, read
from maillage.queries.tokens import Token, tokens
from maillage.sources.card import read_yaml

_VERBS = ("SELECT", "ASK", "CONSTRUCT")
_ENDS = {"HAVING", "ORDER", "LIMIT", "OFFSET", "VALUES"}
_CUTS = _ENDS - {"ORDER"}


class Untraceable(Exception):
    """Why the statements behind a query cannot be told: one of the `reasons` of the locale files."""


@dataclass(frozen=True)
class Trace:
    """A query for statements, and one for the solutions behind them, one more at most than they are worth tracing.

    `solutions` is empty where the rows of the answer bound them.
    """

    statements: str
    solutions: str = ""


def statement_queries(text: str, most: int, bound: bool = True) -> list[Trace]:
    """The queries for the statements that the rows of a query rest on, values already bound in its text.

    What a subquery counts is asked again, joined to the answer by the variables that each row of it binds (Virtuoso 7
    joins nothing to an empty cell), so that a credit is never missing, if sometimes wide. `most`: beyond how many
    solutions this is not worth tracing; `bound`: the rows of the answer bound those of its group. Raises Untraceable.
    """
    prologue, select = read_select(text)
    around = select.rows if select.cuts else "" if bound else "{}"
    return list(_trace_group(prologue, select, around, most))


def read_select(text: str) -> "tuple[str, Select]":
    """What stands before the verb of a query, and the query. Raises Untraceable."""
    try:
        found = tokens(text)
    except MaillageError:
        raise Untraceable("unread") from None
    start = next((place for place, token in enumerate(found) if _word(token) in _VERBS), None)
    if start is None:
        raise Untraceable("unread")
    return text[: found[start].at], Select(text, found[start:])


@dataclass
class Select:
    """A query or a subquery, from its verb to its end. `within`: the subqueries directly in its group."""

    text: str
    tokens: list[Token]
    within: "list[Select]" = field(default_factory=list)

    @cached_property
    def _ends(self) -> tuple[int, int]:
        """Where its group opens and closes, among the tokens."""
        template = self.tokens[0].text.upper() == "CONSTRUCT" and self.tokens[1].text == "{"
        after = _closing(self.tokens, 1) + 1 if template else 0
        opens = next((place for place in _shallow(self.tokens, after) if self.tokens[place].text == "{"), None)
        if opens is None:
            raise Untraceable("unread")
        return opens, _closing(self.tokens, opens)

    @cached_property
    def dataset(self) -> str:
        """Its FROM clauses."""
        head = self.tokens[: self._ends[0]]
        words = [place for place, token in enumerate(head) if _word(token) == "FROM"]
        last = next((place for place, token in enumerate(head) if _word(token) == "WHERE"), len(head))
        return self.text[head[words[0]].at : head[last - 1].end] if words else ""

    @cached_property
    def group(self) -> str:
        """What its braces hold."""
        opens, closes = self._ends
        return self.text[self.tokens[opens].end : self.tokens[closes].at]

    @cached_property
    def own(self) -> str:
        """Its group without its subqueries, which become `within`, and without the rows of VALUES."""
        opens, closes = self._ends
        kept, at, place = "", self.tokens[opens].end, opens + 1
        while place < closes:
            token, end = self.tokens[place], place
            if token.text == "{" and _word(self.tokens[place + 1]) == "SELECT":
                end = _closing(self.tokens, place)
                self.within.append(Select(self.text, self.tokens[place + 1 : end]))
            elif _word(token) == "VALUES":
                place = next(here for here in range(place, closes) if self.tokens[here].text == "{")
                end = _closing(self.tokens, place)
            elif _word(token) in ("EXISTS", "MINUS") and self.tokens[place + 1].text == "{":
                place += 1
                end = _closing(self.tokens, place)
            if end > place:
                kept += self.text[at : self.tokens[place].end] + " "
                at = self.tokens[end].at
            place = end + 1
        return kept + self.text[at : self.tokens[closes].at]

    def reading(self, prologue: str) -> Reading:
        """What its own group says. Raises Untraceable."""
        try:
            found = read(query_of("reading", prologue=prologue, group=self.own))
        except Unreadable:
            raise Untraceable("unread") from None
        if found.parts is None:
            raise Untraceable("path")
        return found

    @property
    def plain_head(self) -> tuple[str, list[str]] | None:
        """`DISTINCT` or nothing, and the variables of a SELECT whose rows are those of its solutions, as they are."""
        head, tail = self.tokens[: self._ends[0]], self.tokens[self._ends[1] :]
        computed = {token.text.upper() for token in tail} & {*_CUTS, "GROUP"} or {"(", "*"} & {one.text for one in head}
        if computed or self.dataset or _word(head[0]) != "SELECT":
            return None
        distinct = _word(head[1]) if _word(head[1]) == "DISTINCT" else ""
        return distinct, [token.text[1:] for token in head if token.kind == "variable"]

    @property
    def cuts(self) -> bool:
        """Whether its rows are fewer than the solutions of its group."""
        return not self.dataset and any(_word(token) in _CUTS for token in self.tokens[self._ends[1] :])

    @property
    def rows(self) -> str:
        """Itself, as a subquery."""
        return f"{{ {self.text[self.tokens[0].at : self.tokens[-1].end]} }}"

    @property
    def row_variables(self) -> list[str]:
        """The variables of its rows that are those of its group: projected as they are, or grouped by."""
        head, tail = self.tokens[: self._ends[0]], self.tokens[self._ends[1] + 1 :]
        ordered = [place for place in _shallow(tail) if _word(tail[place]) in _ENDS]
        by = next((place for place in _shallow(tail) if _word(tail[place]) == "GROUP"), None)
        if by is not None:
            tail = tail[by : min([place for place in ordered if place > by], default=len(tail))]
            return [tail[place].text for place in _shallow(tail) if tail[place].kind == "variable"]
        if any(token.text == "(" for token in head):
            return []
        every = head if "*" not in [token.text for token in head] else self.tokens
        return list(dict.fromkeys(token.text for token in every if token.kind == "variable"))


def _trace_group(prologue: str, select: Select, around: str, most: int) -> Iterator[Trace]:
    """The queries of a group and of its subqueries. `around`: what the solutions of a subquery are joined to."""
    reading = select.reading(prologue)
    joined = f"{around} {{{select.group}}}" if around else select.group
    parts = {"prologue": prologue, "dataset": select.dataset}
    counted = query_of("solutions", **parts, group=select.group, most=most + 1) if around else ""
    for template, further in reading.parts or ():
        given = f"{{{joined}}} {further}" if further else joined
        yield Trace(query_of("statements", **parts, template=template, group=given), counted)
    for one in select.within:
        names = " ".join(name for name in one.row_variables if name in reading.always)
        group = query_of("joined", names=names, group=joined) if names else "{}"
        yield from _trace_group(prologue, one, group, most)


def query_of(name: str, **parts: object) -> str:
    return _forms(asset("graph"))[name].format(**parts)


@cache
def _forms(folder: Path) -> dict[str, str]:
    return read_yaml(folder / "credit" / "query.yml")


def _word(token: Token) -> str:
    return token.text.upper() if token.kind == "word" else ""


def _shallow(found: list[Token], start: int = 0, signs: str = "()") -> Iterator[int]:
    """The places of the tokens that no parenthesis, or no bracket of other `signs`, holds."""
    depth = 0
    for place in range(start, len(found)):
        depth += {signs[0]: 1, signs[1]: -1}.get(found[place].text, 0)
        if not depth:
            yield place


def _closing(found: list[Token], opens: int) -> int:
    """The place of the brace that closes this one."""
    closes = next(_shallow(found, opens, "{}"), None)
    if closes is None:
        raise Untraceable("unread")
    return closes
