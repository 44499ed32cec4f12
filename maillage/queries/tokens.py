"""The tokens of a SPARQL query, and how deep it is nested, in one pass.

Its cost grows with the length of the text and no faster: every pattern is possessive (no character is read again by the
token that took it), and the reading ends at what is no token. Where an engine reads more than the grammar says, this
is as wide: Oxigraph asks no space around a keyword, and takes `<` after an operand for a comparison, whatever follows.
"""

import re
from typing import NamedTuple

from maillage.errors import Phrase, UnreadableQuery

DEEPEST = 400  # levels: Oxigraph 0.5 overflows its stack from 800 on, by shape and by luck
_LEVEL = 4  # what a level weighs; a term that only stands beside another weighs 1

_BASE = (
    "A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c\u200d\u2070-\u218f\u2c00-\u2fef"
    "\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd\U00010000-\U000effff"
)
_JOINERS = "0-9\u00b7\u0300-\u036f\u203f\u2040"
_CHAR = rf"[{_BASE}_{_JOINERS}\-]"
_NAME = rf"[{_BASE}]{_CHAR}*+(?:\.++{_CHAR}++)*+"
_LOCAL = rf"(?:{_CHAR}|:|%[0-9A-Fa-f]{{2}}|\\[_~.\-!$&'()*+,;=/?\#@%])"
_POINT = (  # a code point, no half of a pair: an engine that refuses the text would read on in it
    r"\\u(?![Dd][89A-Fa-f])[0-9A-Fa-f]{4}"
    r"|\\U(?:0000(?![Dd][89A-Fa-f])|000[1-9A-Fa-f]|0010)[0-9A-Fa-f]{4}"
)
_ADDRESS = r"^<>\"{}|`\\\x00-\x20\^"
_PLAIN = r"A-Za-z0-9_:/.,;=!&*+?$~@\-"  # of an address: what hides nothing when it is read as a comparison


def _text(quote: str) -> str:
    """A text in one or in three of these quotes."""
    escaped = rf"\\[tbnrf\"'\\]|{_POINT}"
    long = rf"{quote * 3}(?:(?:{quote * 2}?+)?+(?:[^{quote}\\]++|{escaped}))*+{quote * 3}"
    return rf"{long}|(?!{quote * 3}){quote}(?:[^{quote}\\\n\r]++|{escaped})*+{quote}"


_SPACE = re.compile(r"(?:[ \t\r\n]++|#[^\r\n]*+)*+")
_TOKEN = re.compile(
    rf"(?P<iri><(?:[{_ADDRESS}]++|{_POINT})*+>)"
    rf"|(?P<text>{_text(chr(34))}|{_text(chr(39))})"
    rf"|(?P<name>(?:{_NAME})?+:(?:(?!-){_LOCAL}++(?:\.++{_LOCAL}++)*+)?+)"
    rf"|(?P<word>{_NAME})"
    rf"|(?P<variable>[?$][{_BASE}_0-9][{_BASE}_{_JOINERS}]*+)"
    rf"|(?P<node>_:[{_BASE}_0-9]{_CHAR}*+(?:\.++{_CHAR}++)*+)"
    r"|(?P<language>@[A-Za-z]++(?:-[A-Za-z0-9]++)*+)"
    r"|(?P<number>(?:[0-9]++(?:\.[0-9]*+)?+|\.[0-9]++)(?:[eE][+-]?+[0-9]++)?+)"
    r"|(?P<mark>\^\^|&&|\|\||<<|>>|[{}()\[\].,;=!<>+\-*/|&^?~])"
)
_EITHER = re.compile(rf"<<?+[{_PLAIN}]*+(?![{_PLAIN}>])[{_ADDRESS}]++>")
_OPERATORS = frozenset(("!", "+", "-", "*", "/", "|", "||", "&&", "^", "<<", "~"))


class Token(NamedTuple):
    """`kind`: iri, text, name (with a colon), word, variable, node, language, number or mark; `at`: where it begins."""

    kind: str
    text: str
    at: int = 0

    @property
    def end(self) -> int:
        return self.at + len(self.text)

    @property
    def ends_operand(self) -> bool:
        """Whether a comparison may follow."""
        if self.kind == "word":
            return self.text.lower().endswith(("true", "false"))
        return self.kind != "mark" or self.text in (")", "]", "}", ">>")


class _Bracket:
    """An open bracket, or the query itself. `data`: it holds rows of VALUES, which engines read without recursion.

    `weight`: of what follows one another in it; `inner`: of the heaviest bracket that was closed in it.
    """

    def __init__(self, sign: str = "", data: bool = False) -> None:
        self.sign, self.data, self.weight, self.inner = sign, data, 0, 0


class _Nesting:
    """How deep a query is nested: what an engine reads as a tree at most so high.

    An operator counts as a bracket, for `a + b + c` is `a + (b + c)` to an engine; so does a bracket beside another.
    """

    def __init__(self) -> None:
        self._open = [_Bracket()]
        self._values = False
        self.before = Token("mark", "")

    @property
    def compares(self) -> bool:
        """Whether `<` is a comparison here: only within parentheses, after an operand."""
        top = self._open[-1]
        return top.sign == "(" and not top.data and self.before.ends_operand

    @property
    def levels(self) -> int:
        height = 0
        for bracket in reversed(self._open):
            height = bracket.weight + max(bracket.inner, height)
        return height // _LEVEL

    def take(self, token: Token) -> None:
        if token.kind == "mark":
            self._take_mark(token.text)
        else:
            self._weigh(int(self.before.ends_operand and token.kind != "language"))
            self._values = self._values or token.text.upper() == "VALUES"
        self.before = token

    def _take_mark(self, sign: str) -> None:
        if sign in {"{", "(", "["}:
            self._weigh(_LEVEL)
            self._open.append(_Bracket(sign, self._open[-1].data or (self._values and sign == "{")))
            self._values = self._values and sign != "{"
        elif sign in {"}", ")", "]"} and len(self._open) > 1:
            closed = self._open.pop()
            self._open[-1].inner = max(self._open[-1].inner, closed.weight + closed.inner)
        elif sign in _OPERATORS and self.before.text not in ("(", ","):
            self._weigh(_LEVEL)
        elif sign == "," and self._open[-1].sign != "(":
            self._weigh(1)

    def _weigh(self, more: int) -> None:
        self._open[-1].weight += 0 if self._open[-1].data else more


def tokens(text: str) -> list[Token]:
    """Raises UnreadableQuery at what is no token or may be read in two ways, or beyond `DEEPEST` levels."""
    found: list[Token] = []
    nesting, at = _Nesting(), _skip_space(text, 0)
    while at < len(text):
        token = _token(text, at, nesting.compares)
        nesting.take(token)
        found.append(token)
        at = _skip_space(text, token.end)
    if nesting.levels > DEEPEST:
        raise UnreadableQuery("query-too-deep", most=DEEPEST)
    return found


def _token(text: str, at: int, compares: bool) -> Token:
    if compares and text[at] == "<":
        if _EITHER.match(text, at):
            raise _unreadable(text, at, Phrase("query-compares"))
        return Token("mark", "<", at)
    found = _TOKEN.match(text, at)
    if found is None:
        raise _unreadable(text, at, Phrase("query-unclosed"))
    return Token(found.lastgroup or "", found[0], at)


def _unreadable(text: str, at: int, reason: Phrase) -> UnreadableQuery:
    line, column = text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at)
    return UnreadableQuery("unreadable-query", line=line, column=column, reason=reason)


def _skip_space(text: str, at: int) -> int:
    return next(_SPACE.finditer(text, at)).end()  # an empty match at least
