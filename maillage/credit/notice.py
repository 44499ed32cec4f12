"""The licence of an export and those to thank for it: each format writes it inside what it writes."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from maillage.locales import LANGUAGES, say

ON_SCREEN = 6  # credits that a terminal shows


@dataclass(frozen=True)
class Credit:
    """`labels`: the licence's name in each language; `lines`: one credit a source used, as its card words it.

    `lang` is the language of the words around them, in formats that people read. `private`: by language, why no
    licence covers this; then `licence` and `licence_iri` are empty and every format says that it is for private use.
    `scope`: one of the `reasons` of the locale files where the lines are more than the sources used, else "".
    """

    licence: str
    licence_iri: str
    labels: Mapping[str, str]
    lines: tuple[str, ...]
    release: str
    date: str
    lang: str = "fr"
    private: Mapping[str, str] = field(default_factory=dict)
    scope: str = ""

    def word(self, name: str) -> str:
        return say(self.lang, f"credit.{name}")

    def pairs(self) -> list[tuple[str, str]]:
        """What a reader must be told, as (heading, text), a line each."""
        licence = f"{self.labels[self.lang]} <{self.licence_iri}>" if self.licence_iri else self.labels[self.lang]
        warned = [("private", self.private[self.lang])] if self.private else []
        day = [("date", self.date)] if self.date else []  # nothing was read for an answer without a row
        stated = [("licence", licence), *warned, ("release", self.release), *day]
        wide = [("scope", _scope(self.scope, self.lang))] if self.scope else []
        lines = [("credits", line) for line in self.lines]
        return [(self.word(name), text) for name, text in (*stated, *wide, *lines)]

    def warnings(self) -> list[str]:
        """What a format without headings must say first: that no licence covers this, and why."""
        return [f"{self.labels[self.lang]}. {self.private[self.lang]}"] if self.private else []

    def text(self, most: int | None = None) -> str:
        """The same for a text file, or for a terminal, where credits beyond `most` are counted; a file holds all."""
        pairs, others = self.pairs(), len(self.lines) - (len(self.lines) if most is None else most)
        if others > 1:
            pairs = [*pairs[:-others], (self.word("credits"), say(self.lang, "credit.others", n=others))]
        return "".join(f"{say(self.lang, 'credit.pair', name=heading, value=text)}\n" for heading, text in pairs)

    def as_dict(self) -> dict[str, object]:
        """The same for machines, both languages of the licence's name included."""
        private = {"private": dict(self.private)} if self.private else {}
        wide = {"scope": {lang: _scope(self.scope, lang) for lang in LANGUAGES}} if self.scope else {}
        licence = {"id": self.licence, "iri": self.licence_iri, "label": dict(self.labels)}
        release = {"id": self.release, "date": self.date}
        return {**private, **wide, "licence": licence, "credits": list(self.lines), "release": release}


def _scope(key: str, lang: str) -> str:
    return say(lang, "credit.every", reason=say(lang, f"credit.reasons.{key}"))
