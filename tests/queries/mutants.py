"""Mutants of a question: its text without one pattern, filter, binding, OPTIONAL block or UNION branch."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from maillage.queries.tokens import Token, tokens

_CLOSES = {"{": "}", "(": ")", "[": "]"}
_CLAUSES = ("FILTER", "BIND", "VALUES", "OPTIONAL", "MINUS")
_MARKS = (".", ";", ",")


@dataclass(frozen=True)
class Mutant:
    """`line` counts from 1 in the text; `removed` is what the mutant lacks."""

    line: int
    removed: str
    text: str


@dataclass(frozen=True)
class _Span:
    """Tokens from `first` to `last`, which are taken out together. `alone`: without them, a clause would be empty."""

    first: int
    last: int
    pattern: bool = False
    alone: bool = False


def mutants(text: str) -> Iterator[Mutant]:
    """Every mutant of a query text, from the top of its group; what a subquery holds is taken out one by one."""
    found = tokens(text)
    for span in _spans(found):
        start, end = found[span.first].at, found[span.last].end
        if not span.alone:
            removed = " ".join(text[start:end].split())
            yield Mutant(text.count("\n", 0, start) + 1, removed, f"{text[:start]} {text[end:]}")


def patterns(text: str) -> int:
    """How many triple patterns are seen."""
    return sum(span.pattern for span in _spans(tokens(text)))


def _spans(found: list[Token]) -> Iterator[_Span]:
    return _of_group(found, next(place for place, token in enumerate(found) if token.text == "{"))


def _of_group(found: list[Token], opens: int) -> Iterator[_Span]:
    """The spans of a group, from its opening brace, and of the groups within it."""
    place, closes = opens + 1, _closing(found, opens)
    if _word(found[place]) == "SELECT":
        yield from _of_group(found, next(at for at in range(place, closes) if found[at].text == "{"))
        return
    while place < closes:
        if found[place].text == "{":
            last = _of_union(found, place)
            branches = list(_branches(found, place, last))
            for at, branch in enumerate(branches):
                yield from [_branch(branches, at)] if len(branches) > 1 else []
                yield from _of_group(found, branch.first)
        elif _word(found[place]) in _CLAUSES:
            last = _of_clause(found, place)
            yield _Span(place, last)
            yield from _inside(found, place, last)
        else:
            last = _of_triples(found, place, closes)
            yield from _patterns(found, place, last)
        place = last + 1


def _inside(found: list[Token], first: int, last: int) -> Iterator[_Span]:
    """The spans of the groups of a clause, or its rows; one alone is the clause itself."""
    spans: list[_Span] = []
    place = first
    while place < last:
        if found[place].text == "{":
            inside = _rows if _word(found[first]) == "VALUES" else _of_group
            spans += inside(found, place)
            place = _closing(found, place)
        place += 1
    yield from spans if len(spans) > 1 else [replace(span, alone=True) for span in spans]


def _rows(found: list[Token], opens: int) -> Iterator[_Span]:
    """The rows of VALUES: in parentheses each, or one term each with its language or its type."""
    closes, place = _closing(found, opens), opens + 1
    while place < closes:
        last = _closing(found, place) if found[place].text == "(" else place
        while found[last + 1].kind == "language" or found[last + 1].text == "^^":
            last += 1 if found[last + 1].kind == "language" else 2
        yield _Span(place, last)
        place = last + 1


def _of_clause(found: list[Token], place: int) -> int:
    """The last token of a clause: that of its brackets, the second pair in `VALUES (?a ?b) { … }`."""
    opens = next(at for at in range(place, len(found)) if found[at].text in _CLOSES)
    last = _closing(found, opens)
    return _closing(found, last + 1) if _word(found[place]) == "VALUES" and found[opens].text == "(" else last


def _of_union(found: list[Token], place: int) -> int:
    last = _closing(found, place)
    while _word(found[last + 1]) == "UNION":
        last = _closing(found, last + 2)
    return last


def _branches(found: list[Token], place: int, last: int) -> Iterator[_Span]:
    while place < last:
        closes = _closing(found, place)
        yield _Span(place, closes)
        place = closes + 2


def _branch(branches: list[_Span], at: int) -> _Span:
    """A branch goes with the UNION before it, or the one after when it is the first."""
    return _Span(branches[at].first - bool(at), branches[at].last + (not at))


def _of_triples(found: list[Token], place: int, closes: int) -> int:
    """The last token of the triples of one subject, their full stop included."""
    while place < closes:
        place = _closing(found, place) if found[place].text in ("(", "[") else place
        ahead = found[place + 1]
        if found[place].text == "." or ahead.text in ("{", "}") or _word(ahead) in _CLAUSES:
            return place
        place += 1
    return place


def _patterns(found: list[Token], first: int, last: int) -> Iterator[_Span]:
    """The triples of one subject: all of a lone one, of several its property and its value, or its value."""
    marks = [at for at in _shallow(found, first, last) if found[at].text in _MARKS]
    starts = [first, *(at + 1 for at in marks if at < last)]
    ends = [*(at - 1 for at in marks), last] if not marks or marks[-1] < last else [at - 1 for at in marks]
    if len(starts) == 1:
        yield _Span(first, last, pattern=True)
        return
    for at, (start, end) in enumerate(zip(starts, ends, strict=True)):
        if at:  # with the mark before it
            yield _Span(start - 1, end, pattern=True)
        else:  # with the mark after it; its property stays when another value follows
            listed = found[end + 1].text == ","
            yield _Span(start + 1 + listed, end + 1, pattern=True)


def _shallow(found: list[Token], first: int, last: int) -> Iterator[int]:
    while first <= last:
        yield first
        first = (_closing(found, first) if found[first].text in _CLOSES else first) + 1


def _word(token: Token) -> str:
    return token.text.upper() if token.kind == "word" else ""


def _closing(found: list[Token], opens: int) -> int:
    """The place of the bracket that closes this one."""
    depth, sign = 0, found[opens].text
    for place in range(opens, len(found)):
        depth += (found[place].text == sign) - (found[place].text == _CLOSES[sign])
        if not depth:
            return place
    raise ValueError(found[opens])
