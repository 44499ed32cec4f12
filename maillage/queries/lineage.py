"""Which statements an answer rests on: the patterns of a question, turned into a query for what they match.

Questions are written one pattern a line (tests/queries/test_mutation.py proves it), so that the patterns are lines.
"""

import re

PATTERN = re.compile(r"\?\w+ (?:\?\w+|a|\w+:[\w-]+) (?:\?\w+|\"[^\"]*\"(?:@\w+)?|\w+:[\w.-]+|true|false) \.")
HEAD = re.compile(r"^SELECT\b", re.M)
WHERE = re.compile(r"^WHERE \{$", re.M)
NESTED = re.compile(r"\{\s*SELECT\b|^[ \t]+SELECT\b", re.M)
ABSENT = re.compile(r"(?:FILTER NOT EXISTS|FILTER EXISTS|MINUS) \{")
GRAPH_QUERY = "CONSTRUCT"


def matched(text: str) -> str | None:
    """The query for the statements that a question's rows rest on, values already bound in its text.

    None where its lines do not tell: a question within the question counts things that it does not name.
    """
    head, where = HEAD.search(text), WHERE.search(text)
    if not head or not where or NESTED.search(text):
        return None
    body = _block(text, where.end())
    patterns = dict.fromkeys(_patterns(_without_absent(body)))
    if None in patterns:
        return None
    template = "\n".join(f"  {pattern}" for pattern in patterns)
    return f"{text[: head.start()]}{GRAPH_QUERY} {{\n{template}\n}}\nWHERE {{{body}}}\n"


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


def _patterns(body: str) -> list[str | None]:
    """Each line that begins as a pattern does; None for one that is not read (a path, a blank node)."""
    lines = [re.sub(r"^(?:OPTIONAL )?\{ ?| ?\}$", "", line.strip()) for line in body.splitlines()]
    wanted = (line if line.endswith(" .") else f"{line} ." for line in lines if re.match(r"\?\w+ ", line))
    return [line if PATTERN.fullmatch(line) else None for line in wanted]
