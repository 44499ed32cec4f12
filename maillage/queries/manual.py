"""The manual page of the questions: `python -m maillage.queries.manual` writes `docs/reference/questions.md` anew."""

from collections.abc import Iterator

from maillage.assets import CHECKOUT
from maillage.files import write_whole
from maillage.locales import LANGUAGES, opening, say
from maillage.queries.catalogue import Query, catalogue, themes

PAGE = CHECKOUT / "docs" / "reference" / "questions.md"


def page() -> str:
    lines = [opening("questions")]
    for theme, words in themes().items():
        lines.append(f"## {' · '.join(words.values())}\n")
        lines += (line for query in catalogue().values() if query.theme == theme for line in _question(query))
    return "\n".join(lines)


def _question(query: Query) -> Iterator[str]:
    yield f"### {query.name}\n"
    for lang in LANGUAGES:
        empty = say(lang, "manual.empty", text=query.empty[lang]) if query.empty else ""
        yield f"- {lang} : " + " ".join(filter(None, (query.summary[lang], query.description.get(lang), empty)))
    options = [f"--{p.name} …" if p.required else f"[--{p.name} …]" for p in query.parameters]
    yield f"- `{' '.join(['maillage ask', query.name, *options])}`"
    for parameter in query.parameters:
        yield f"- `--{parameter.name}` ({parameter.type}) : {' · '.join(parameter.words[lang] for lang in LANGUAGES)}"
    yield f"- {' · '.join(say(lang, 'manual.columns') for lang in LANGUAGES)}: {', '.join(query.columns)}\n"


if __name__ == "__main__":
    write_whole(PAGE, page().encode())
