"""A golden case of a map: answers as CSV files named after their questions, and what must be drawn from them.

`<question>.csv` is the answer in French, `<question>.en.csv` in English (the same where there is none); a column or a
question that the map reads and the case lacks is empty. `case.yml`: map, body and hops for a map around a body;
points (label: kind), lines (two labels, weight, certainty), sentences by language.
"""

import csv
from pathlib import Path
from typing import Any

import yaml

from maillage.locales import LANGUAGES
from maillage.table import Column, Table
from maillage.visualize.map.drawing import Answers, Drawing, draw
from maillage.visualize.map.spec import Focus, MapSpec, check_columns, columns_used, read_spec


def card(folder: Path) -> dict[str, Any]:
    """A case, its keys checked: a misspelt one would weaken the case in silence."""
    found: dict[str, Any] = yaml.safe_load((folder / "case.yml").read_text(encoding="utf-8"))
    unknown = set(found) - {"map", "why", "body", "hops", "points", "lines", "sentences"}
    assert not unknown, f"{folder.name}: unknown keys {unknown}"
    return found


def drawn(folder: Path) -> Drawing:
    case = card(folder)
    spec = read_spec(case["map"])
    answers = answers_of(folder, spec)
    check_columns(spec, {question: tables["fr"].names for question, tables in answers.items()})
    focus = Focus(case["body"], case["hops"]) if "body" in case else None
    return draw(answers, spec, focus)


def answers_of(folder: Path, spec: MapSpec) -> Answers:
    stray = {path.name.split(".")[0] for path in folder.glob("*.csv")} - set(spec.questions)
    assert not stray, f"{folder.name}: the map asks no {stray}"
    needed: dict[str, list[str]] = {question: [] for question in spec.questions}
    for _, question, names in columns_used(spec):
        needed[question] += names
    return {
        question: {lang: _table(folder, question, lang, needed[question]) for lang in LANGUAGES}
        for question in spec.questions
    }


def _table(folder: Path, question: str, lang: str, needed: list[str]) -> Table:
    own, base = folder / f"{question}.{lang}.csv", folder / f"{question}.csv"
    path = own if own.exists() else base
    rows = list(csv.DictReader(path.read_text(encoding="utf-8").splitlines())) if path.exists() else []
    names = dict.fromkeys([*(rows[0] if rows else ()), *needed])
    columns = [Column(name, "label" if name.endswith("Label") else "text") for name in names]
    return Table.from_rows([{name: row.get(name) or None for name in names} for row in rows], columns)
