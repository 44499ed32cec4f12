"""The manual page of the questions: `python -m maillage.queries.manual` writes `docs/reference/questions.md` anew."""

from collections.abc import Iterator
from pathlib import Path

from maillage.assets import CHECKOUT
from maillage.files import write_whole
from maillage.queries.catalogue import Parameter, Query, catalogue, themes

PAGE = CHECKOUT / "docs" / "reference" / "questions.md"
OPENING = """\
# Les questions · The questions

Page écrite par `python -m maillage.queries.manual` d'après les en-têtes de `queries/` ; ne pas la modifier.
This page is written by `python -m maillage.queries.manual` from the headers in `queries/`; do not edit it.

Une valeur est un IRI, un code, un nom ou un sigle, sans égard aux accents ni aux majuscules.
A value is an IRI, a code, a name or an acronym, whatever its accents and capitals.
"""


def page() -> str:
    """The whole page, from the catalogue."""
    return "\n".join([OPENING, *(line for theme in themes() for line in _theme(theme))])


def _theme(theme: str) -> Iterator[str]:
    yield f"## {' · '.join(themes()[theme].values())}\n"
    for query in catalogue().values():
        if query.theme == theme:
            yield from _question(query)


def _question(query: Query) -> Iterator[str]:
    yield f"### {query.name}\n"
    for lang, when_empty in (("fr", "Réponse vide : "), ("en", "An empty answer: ")):
        empty = when_empty + query.empty[lang] if query.empty else ""
        yield f"- {lang} : " + " ".join(filter(None, (query.summary[lang], query.description.get(lang), empty)))
    yield f"- `{_command(query)}`"
    yield from (_parameter(parameter) for parameter in query.parameters)
    yield f"- colonnes · columns: {', '.join(query.columns)}\n"


def _command(query: Query) -> str:
    options = [f"--{p.name} …" if p.required else f"[--{p.name} …]" for p in query.parameters]
    return " ".join(["maillage ask", query.name, *options])


def _parameter(parameter: Parameter) -> str:
    words = " · ".join(parameter.words[lang] for lang in ("fr", "en"))
    return f"- `--{parameter.name}` ({parameter.type}) : {words}"


def write(target: Path = PAGE) -> None:
    write_whole(target, page().encode())


if __name__ == "__main__":
    write()
