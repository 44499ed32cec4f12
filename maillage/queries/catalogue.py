"""The questions: each `queries/<theme>/<name>.rq` with its grlc header, read and checked once."""

import difflib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from itertools import takewhile
from pathlib import Path
from typing import Any

import yaml

from maillage.assets import bundled_folder
from maillage.errors import Phrase, QuestionError
from maillage.files import asset, parse_yaml, read_text, short_path
from maillage.locales import LANGUAGES, OURS, in_every

TYPES = ("organisation", "lab", "event", "territory", "theme", "thing", "source", "date", "text")
KEYS = {"summary", "description", "empty", "parameters", "sort", "lists", "newest", "highest", "tags"}
FACTS = {"type", "required", *LANGUAGES}
_UNDEF_VALUES = re.compile(r"VALUES\s+\?(\w+)\s*\{\s*UNDEF\s*\}")
_EXPRESSION = re.compile(r"\((?:[^()]|\([^()]*\))*\bAS\s+(\?\w+)\s*\)")


@dataclass(frozen=True)
class Parameter:
    """A value that a question takes; without it a required one is refused, another leaves its block UNDEF."""

    name: str
    type: str
    required: bool
    words: Mapping[str, str]


@dataclass(frozen=True)
class Query:
    """A question. `empty` is what an answer without rows means; `sort` the columns that order the rows;
    `lists` the columns whose values one row gathers: what the rows of one thing hold apart; `newest` those of them
    whose values end with a date in brackets, the latest first; `highest` the columns whose highest value comes first.
    """

    name: str
    theme: str
    path: Path
    summary: Mapping[str, str]
    description: Mapping[str, str]
    empty: Mapping[str, str]
    parameters: tuple[Parameter, ...]
    columns: tuple[str, ...]
    sort: tuple[str, ...]
    tags: tuple[str, ...]
    text: str
    lists: tuple[str, ...] = ()
    newest: tuple[str, ...] = ()
    highest: tuple[str, ...] = ()


def catalogue() -> dict[str, Query]:
    """Every question by its name, in the order of the themes. Raises `bad-header` for the first faulty file."""
    return dict(_catalogue(asset("queries")))


def question(name: str) -> Query:
    """The question of that name. Raises `unknown-question`, with the nearest names."""
    known = catalogue()
    if name not in known:
        near = difflib.get_close_matches(name, known, n=4, cutoff=0.4) or sorted(known)[:4]
        raise QuestionError("unknown-question", name=name, nearest=", ".join(near))
    return known[name]


def themes() -> Mapping[str, Mapping[str, str]]:
    """What each theme is called, by language, in their order."""
    return _themes(asset("queries"))


@cache
def _themes(folder: Path) -> Mapping[str, Mapping[str, str]]:
    known = folder / "themes.yml"  # a home may have none: then ours
    found = parse_yaml(read_text(known if known.is_file() else bundled_folder("queries") / known.name))
    return {theme: in_every(words) for theme, words in found.items()}


@cache
def _catalogue(folder: Path) -> dict[str, Query]:
    found: dict[str, Query] = {}
    for theme in _themes(folder):
        for path in sorted((folder / theme).glob("*.rq")):
            if path.stem in found:
                raise _fault(path, None, Phrase("header-twice", name=path.stem))
            found[path.stem] = read(path)
    return found


def read(path: Path) -> Query:
    """One file as a question. Raises `bad-header`, which names the file and the line."""
    text = read_text(path)
    header = _header(path, text)
    _check_keys(path, header)
    for name, facts in (header.get("parameters") or {}).items():
        if not _bilingual(facts) or facts.get("type") not in TYPES or set(facts) - FACTS:
            raise _fault(path, _line_of(path, name), Phrase("header-parameter", name=name, known=", ".join(TYPES)))
    named = header.get("parameters", {})
    words = {p: in_every({lang: str(facts[lang]) for lang in LANGUAGES if lang in facts}) for p, facts in named.items()}
    clause = re.search(r"\bSELECT\b(.*?)\bWHERE\b", text, re.DOTALL)
    query = Query(
        name=path.stem,
        theme=path.parent.name,
        path=path,
        summary=in_every(header["summary"]),
        description=in_every(header.get("description", {})),
        empty=in_every(header.get("empty", {})),
        parameters=tuple(
            Parameter(name, facts["type"], bool(facts.get("required")), words[name]) for name, facts in named.items()
        ),
        columns=tuple(re.findall(r"\?(\w+)", _EXPRESSION.sub(r"\1", clause[1]) if clause else "")),
        sort=tuple(header["sort"]),
        tags=tuple(header.get("tags", ())),
        text=text,
        lists=tuple(header.get("lists", ())),
        newest=tuple(header.get("newest", ())),
        highest=tuple(header.get("highest", ())),
    )
    _check_against_text(query)
    return query


def _header(path: Path, text: str) -> dict[str, Any]:
    stated = takewhile(lambda line: line.startswith("#+"), text.splitlines())
    lines = [line.removeprefix("#+").removeprefix(" ") for line in stated]
    try:
        found = parse_yaml("\n".join(lines))
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else None
        raise _fault(path, line, f"{error.problem}.") from None
    if not isinstance(found, dict):
        raise _fault(path, 1, Phrase("header-absent"))
    return found


def _fault(path: Path, line: int | None, reason: Phrase | str) -> QuestionError:
    place = short_path(path) if line is None else f"{short_path(path)}:{line}"
    return QuestionError("bad-header", file=place, reason=reason)


def _line_of(path: Path, key: str) -> int | None:
    stated = re.compile(rf"#\+\s+{re.escape(key)}\s*:")
    lines = enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
    return next((number for number, line in lines if stated.match(line)), None)


def _check_keys(path: Path, header: Mapping[str, Any]) -> None:
    for key in header:
        if key not in KEYS:
            raise _fault(path, _line_of(path, key), Phrase("header-key", key=key))
    for key in ("summary", "sort"):
        if not header.get(key):
            raise _fault(path, None, Phrase("header-lacks", key=key))
    for key in ("summary", "description", "empty"):
        if key in header and not _bilingual(header[key]):
            raise _fault(path, _line_of(path, key), Phrase("header-languages", key=key))


def _bilingual(words: Any) -> bool:
    return isinstance(words, dict) and all(isinstance(words.get(lang), str) for lang in OURS)


def _check_against_text(query: Query) -> None:
    """The header and the query must speak of the same parameters and columns."""
    declared, undefined = {p.name for p in query.parameters}, set(_UNDEF_VALUES.findall(query.text))
    for name in sorted(declared ^ undefined):
        raise _fault(query.path, _line_of(query.path, name), Phrase("header-values", name=name))
    for key in ("sort", "lists", "newest", "highest"):
        for name in getattr(query, key):
            if name not in query.columns:
                raise _fault(query.path, _line_of(query.path, key), Phrase("header-column", name=name))
