"""What keeps a statement from being sure: the words of `graph/reading/mood.yml` in its clause or its sentence."""

import re
from functools import cache

from maillage.reading.vocabulary import one_of, words

CLAUSE = re.compile(
    r"[;:]\s|,?\s(?:mais|tandis que|alors que|but|while)\s|,\s(?:dont|qui|où|afin|ce qui|which|who|et qui|avant de)\s"
)
REACH = 60  # letters around a statement, within its clause, in which a word still speaks of it
QUOTED = re.compile(r"[«“][^»”]{25,}[»”]")


@cache
def _expressions() -> tuple[tuple[str, str, re.Pattern[str]], ...]:
    found = []
    for reason, said in words("mood").items():
        parts = [one_of(said.get("words", []))] if said.get("words") else []
        parts += [rf"{re.escape(sign)}\s*$" for sign in said.get("ends", [])]
        excepted = rf"(?!{'|'.join(map(re.escape, said['except']))})" if said.get("except") else ""
        parts += [rf"(?<!\w){excepted}\w{{2,}}(?:{'|'.join(said['endings'])})(?!\w)"] if said.get("endings") else []
        found.append((reason, said.get("within", "clause"), re.compile("|".join(parts))))
    return tuple(found)


def moods(sentence: str, start: int, end: int, *, dated: bool = False) -> list[str]:
    """Why what a sentence (in small letters) says between two places is not simply so; a future that is dated is."""
    lower = sentence.replace("’", "'")
    cuts = [0, *(match.start() for match in CLAUSE.finditer(lower)), len(lower)]
    first = max(cut for cut in cuts if cut <= start)
    last = min((cut for cut in cuts if cut >= end), default=len(lower))
    scope = {
        "clause": lower[max(first, start - REACH) : min(last, end + REACH)],
        "sentence": lower,
        "end": lower[first:last],
    }
    found = [reason for reason, within, expression in _expressions() if expression.search(scope[within])]
    if any(match.start() <= start and end <= match.end() and match.end() - match.start() > 2 * (end - start) + 12
           for match in QUOTED.finditer(sentence)):  # fmt: skip
        found.append("quotation")
    return [reason for reason in found if not (dated and reason == "future")]
