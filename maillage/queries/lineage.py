"""Which statements an answer rests on: the patterns of a question, turned into a query for what they match.

Questions are written one pattern a line (tests/queries/test_mutation.py proves it), so that the patterns are lines.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

GRAPH_QUERY, ROWS_QUERY, DISTINCT = "CONSTRUCT", "SELECT", "DISTINCT"
PATTERN = re.compile(r"\?\w+ (?:\?\w+|a|\w+:[\w-]+) (?:\?\w+|\"[^\"]*\"(?:@\w+)?|\w+:[\w.-]+|true|false) \.")
CHOICE = re.compile(r"(\?\w+) (\S+) (.*)")
HEAD = re.compile(r"^SELECT\b", re.M)
WHERE = re.compile(r"^WHERE \{$", re.M)
NESTED = re.compile(rf"\{{\s*{ROWS_QUERY} (?:{DISTINCT} )?(?P<given>[^{{}}]*?)\s+WHERE \{{")
ENDED = re.compile(r"\s*(?:GROUP BY (?P<by>\?\w+(?: \?\w+)*)\s*)?\}")
ABSENT = re.compile(r"(?:FILTER NOT EXISTS|FILTER EXISTS|MINUS) \{")


@dataclass(frozen=True)
class Traced:
    """A query for statements, and one for the solutions behind them, one more at most than they are worth tracing.

    `solutions` is empty where the rows of the answer bound them.
    """

    statements: str
    solutions: str = ""


def matched(text: str, most: int) -> list[Traced] | None:
    """The queries for the statements that a question's rows rest on, values already bound in its text.

    What a question within the question counts is asked again, joined to the answer by what every row of it has
    (Virtuoso 7 joins nothing to an empty cell), so that a credit is never missing, if sometimes wide. `most`: beyond
    how many solutions this is not worth tracing. None where the lines do not tell.
    """
    head, where = HEAD.search(text), WHERE.search(text)
    if not head or not where:
        return None
    try:
        return list(_traced(text[: head.start()], _block(text, where.end()), None, most))
    except _Untold:
        return None


class _Untold(Exception):
    """Lines that do not tell which statements they match."""


def _traced(prefixes: str, body: str, around: str | None, most: int) -> Iterator[Traced]:
    """The queries of a block and of those within it. `around`: what the solutions of one within are joined to."""
    own, within = _parted(body)
    patterns = dict.fromkeys(_patterns(_without_absent(own)))
    if patterns:
        template = "\n".join(f"  {pattern}" for pattern in patterns)
        joined = f"\n{around}\n{{{body}}}\n" if around else body
        counted = f"{prefixes}{ROWS_QUERY} * {{{body}}} LIMIT {most + 1}\n"
        statements = f"{prefixes}{GRAPH_QUERY} {{\n{template}\n}}\nWHERE {{{joined}}}\n"
        yield Traced(statements, "" if around is None else counted)
    always = set(re.findall(r"\?\w+", " ".join(_patterns(_outermost(own)))))
    for names, inside in within:
        shared = " ".join(name for name in names if name in always)
        given = f"{{ {ROWS_QUERY} {DISTINCT} {shared} {{{around or ''}{body}}} }}" if shared else ""
        yield from _traced(prefixes, inside, given, most)


def _outermost(body: str) -> str:
    """The block without the blocks within it: what it says of every solution."""
    while re.search(r"\{[^{}]*\}", body):
        body = re.sub(r"(?:OPTIONAL )?\{[^{}]*\}", "", body)
    return body


def _parted(body: str) -> tuple[str, list[tuple[list[str], str]]]:
    """A block without the questions within it, and these: the variables they share with it, and their block."""
    own, within = "", []
    while found := NESTED.search(body):
        inside = _block(body, found.end())
        ended = ENDED.match(body, found.end() + len(inside) + 1)
        if not ended:
            raise _Untold
        shared = found["given"] if "(" not in found["given"] else ""
        within.append(((ended["by"] or shared).split(), inside))
        own += f"{body[: found.start()]}{{ }}"
        body = body[ended.end() :]
    return own + body, within


def _block(text: str, start: int) -> str:
    """From after an opening brace to before the one that closes it."""
    depth = 1
    for place in range(start, len(text)):
        depth += {"{": 1, "}": -1}.get(text[place], 0)
        if not depth:
            return text[start:place]
    return text[start:]


def _without_absent(body: str) -> str:
    """The block without what must not be: absence is nobody's statement."""
    found = ABSENT.search(body)
    while found:
        inside = _block(body, found.end())
        body = body[: found.start()] + body[found.end() + len(inside) + 1 :]
        found = ABSENT.search(body)
    return body


def _patterns(body: str) -> list[str]:
    """Each line that begins as a pattern does, one that names properties to choose from as one pattern each.

    Raises _Untold for one that is not read (another path, a blank node).
    """
    lines = [re.sub(r"^(?:OPTIONAL )?\{ ?| ?\}$", "", line.strip()) for line in body.splitlines()]
    wanted = [line if line.endswith(" .") else f"{line} ." for line in lines if re.match(r"\?\w+ ", line)]
    found = [
        f"{ends[1]} {one} {ends[3]}" for line in wanted for ends in CHOICE.finditer(line) for one in ends[2].split("|")
    ]
    if not all(PATTERN.fullmatch(line) for line in found):
        raise _Untold
    return found
