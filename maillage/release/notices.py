"""CREDITS and LICENSE-DATA: words of `graph/release/release.yml`, filled from the sources in the graph."""

from collections.abc import Mapping

from maillage.locales import OURS, say
from maillage.ontology import labels
from maillage.release.state import State
from maillage.table import Cell

RULE = "-" * 78


def licence_text(state: State) -> bytes:
    """Under which licence the release may be reused, in both languages."""
    return "\n".join(_notice(state, lang) for lang in OURS).encode()


def credits_text(state: State, files: Mapping[str, Mapping[str, str]]) -> bytes:
    """Whom to thank, source by source, then what each file is. `files`: its title by language."""
    parts = [_notice(state, lang) for lang in OURS]
    parts += [f"Sources\n{RULE}\n", *(_source(state, row) for row in state.sources.rows())]
    parts += [
        f"{' / '.join(say(lang, 'credit.files') for lang in OURS)}\n{RULE}\n"
        + "".join(_file(name, said) for name, said in files.items())
    ]
    return "\n".join(parts).encode()


def _notice(state: State, lang: str) -> str:
    credit = state.credit(lang)
    words: str = state.card["private" if credit.private else "notice"][lang]
    return words.format(
        reason=credit.private.get(lang, ""),
        title=state.card["title"][lang],
        version=credit.release,
        date=credit.date,
        licence=credit.labels[lang],
        iri=credit.licence_iri,
    )


def _source(state: State, row: Mapping[str, Cell]) -> str:
    licence = labels(str(row["licence"]))
    said = [state.card["source"][lang].format(**{**row, "licence": licence[lang]}) for lang in OURS]
    named = f"{row['sourceTitle']}. {row['publisher']}."
    return "".join(f"{line}\n" for line in (named, *said, row["address"], row["credit"]))


def _file(name: str, said: Mapping[str, str]) -> str:
    return "\n    ".join((name, *(said[lang] for lang in OURS))) + "\n"
