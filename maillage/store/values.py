"""Values in the text of a question: its block `VALUES ?name { UNDEF }` filled with serialised terms.

A term is written by the serialiser of terms, so that a value can never change the question.
"""

import re
from collections.abc import Iterable


def asks_values(text: str, name: str) -> bool:
    """Has the question a block to fill for this variable?"""
    return re.search(_open(name), text) is not None


def with_values(text: str, name: str, terms: Iterable[str]) -> str:
    """The question with these terms, in SPARQL syntax, in the place of UNDEF."""
    return re.sub(_open(name), values_block(name, terms), text)


def with_language(text: str) -> str:
    """The question with its language in place of `?lang` in the filters of labels: an engine then drops the others as
    it reads them. By a variable that is joined last, each label in a row doubles the rows in hand.
    """
    lang = re.search(r'VALUES \?lang \{ ("\w+") \}', text)
    return re.sub(r"(LANG\(\?\w+\)) = \?lang\b", rf"\1 = {lang[1]}", text) if lang else text


def values_block(name: str, terms: Iterable[str]) -> str:
    """A replacement for re.sub: a backslash in a term stays one."""
    return f"VALUES ?{name} {{ {' '.join(terms)} }}".replace("\\", "\\\\")


def _open(name: str) -> str:
    return rf"VALUES\s+\?{name}\s*\{{\s*UNDEF\s*\}}"
