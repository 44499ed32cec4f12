"""The licence of an export and those to thank for it: each format writes it inside what it writes."""

from collections.abc import Mapping
from dataclasses import dataclass, field

WORDS = {
    "licence": {"fr": "Licence", "en": "Licence"},
    "release": {"fr": "Publication", "en": "Release"},
    "date": {"fr": "Date", "en": "Date"},
    "credits": {"fr": "Crédits", "en": "Credits"},
    "data": {"fr": "Données", "en": "Data"},
    "private": {"fr": "Usage privé", "en": "Private use"},
    "scope": {"fr": "Portée des crédits", "en": "Scope of the credits"},
    "sheet": {"fr": "Licence et crédits", "en": "Licence and credits"},
}

EVERY = {"fr": "toutes les sources du graphe sont citées", "en": "every source of the graph is credited"}
SCOPE = {  # why a credit is wider than what was used
    "many": {
        "fr": "la réponse repose sur plus de lignes qu'on n'en retrace",
        "en": "the answer rests on more rows than are traced",
    },
    "unread": {
        "fr": "la requête ne se lit pas comme du SPARQL 1.1, et ce qu'elle utilise ne s'en déduit pas",
        "en": "the query does not read as SPARQL 1.1, so that what it uses cannot be told",
    },
    "path": {
        "fr": "un chemin de propriétés de la requête ne nomme pas les énoncés qu'il suit",
        "en": "a property path of the query does not name the statements that it follows",
    },
    "computed": {"fr": "ces lignes sont calculées sur tout le graphe", "en": "these rows are computed on the graph"},
    "elsewhere": {
        "fr": "une requête libre posée à un service distant n'est pas retracée",
        "en": "a query of one's own asked of a remote service is not traced",
    },
    "unsaid": {
        "fr": "aucune source connue ne dit les énoncés que la réponse utilise",
        "en": "no source known says the statements that the answer uses",
    },
}

ON_SCREEN = 6  # credits that a terminal shows
OTHERS = {
    "fr": "et {n} autres sources (toutes dans un fichier : -o)",
    "en": "and {n} other sources (a file holds them all: -o)",
}


@dataclass(frozen=True)
class Credit:
    """`labels`: the licence's name in each language; `lines`: one credit a source used, as its card words it.

    `lang` is the language of the words around them, in formats that people read. `private`: by language, why no
    licence covers this; then `licence` and `licence_iri` are empty and every format says that it is for private use.
    `scope`: a key of SCOPE where the lines are more than the sources used, else "".
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
        return WORDS[name][self.lang]

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
        colon = " : " if self.lang == "fr" else ": "
        pairs, others = self.pairs(), len(self.lines) - (len(self.lines) if most is None else most)
        if others > 1:
            pairs = [*pairs[:-others], (self.word("credits"), OTHERS[self.lang].format(n=others))]
        return "".join(f"{heading}{colon}{text}\n" for heading, text in pairs)

    def as_dict(self) -> dict[str, object]:
        """The same for machines, both languages of the licence's name included."""
        private = {"private": dict(self.private)} if self.private else {}
        wide = {"scope": {lang: _scope(self.scope, lang) for lang in self.labels}} if self.scope else {}
        return (
            private
            | wide
            | {
                "licence": {"id": self.licence, "iri": self.licence_iri, "label": dict(self.labels)},
                "credits": list(self.lines),
                "release": {"id": self.release, "date": self.date},
            }
        )


def _scope(key: str, lang: str) -> str:
    colon = " : " if lang == "fr" else ": "
    return f"{EVERY[lang][:1].upper()}{EVERY[lang][1:]}{colon}{SCOPE[key][lang]}."
