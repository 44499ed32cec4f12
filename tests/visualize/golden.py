"""A golden case of a map: answers as CSV files named after their questions, and what must be drawn from them.

`<question>.csv` is the answer in French, `<question>.en.csv` in English (the same where there is none); a column or a
question that the map reads and the case lacks is empty. `case.yml`: map, body and hops for a map around a body;
points (label: kind), lines (two labels, weight, certainty), sentences by language. `to_judge`: nobody has judged them
yet; the test of the case fails until this line is taken out.

`python -m tests.visualize.golden CASE` writes both from what the questions answer in their own cases.
"""

import csv
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import yaml

from maillage.locales import LANGUAGES
from maillage.table import Column, Table
from maillage.visualize.map.drawing import Answers, Drawing, draw
from maillage.visualize.map.spec import Focus, MapSpec, check_columns, columns_used, read_spec
from maillage.visualize.map.words import sentences
from tests.cases import HERE, case_folders
from tests.queries import golden as questions


def card(folder: Path) -> dict[str, Any]:
    """A case, its keys checked: a misspelt one would weaken the case in silence."""
    found: dict[str, Any] = yaml.safe_load((folder / "case.yml").read_text(encoding="utf-8"))
    unknown = set(found) - {"map", "why", "body", "hops", "points", "lines", "sentences", "to_judge"}
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
    needed = columns_by_question(spec)
    return {
        question: {lang: _table(folder, question, lang, needed[question]) for lang in LANGUAGES}
        for question in spec.questions
    }


def columns_by_question(spec: MapSpec) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {question: [] for question in spec.questions}
    for _, question, names in columns_used(spec):
        found[question] += [name for name in names if name not in found[question]]
    return found


def _table(folder: Path, question: str, lang: str, needed: list[str]) -> Table:
    own, base = folder / f"{question}.{lang}.csv", folder / f"{question}.csv"
    path = own if own.exists() else base
    rows = list(csv.DictReader(path.read_text(encoding="utf-8").splitlines())) if path.exists() else []
    names = dict.fromkeys([*(rows[0] if rows else ()), *needed])
    columns = [Column(name, "label" if name.endswith("Label") else "text") for name in names]
    return Table.from_rows([{name: row.get(name) or None for name in names} for row in rows], columns)


def reading(drawing: Drawing) -> dict[str, Any]:
    """What a reader sees of a map, as `case.yml` says it."""
    return {
        "points": {point.name["fr"]: point.symbol.kind for point in drawing.points},
        "lines": sorted(
            [*sorted((line.start.name["fr"], line.goal.name["fr"])), line.edge.weight, line.certainty]
            for line in drawing.lines
        ),
        "sentences": {
            lang: [sentence.replace("\u00a0", " ") for sentence in sentences(drawing, lang)] for lang in LANGUAGES
        },
    }


def propose(folder: Path) -> None:
    """Writes the answers of the map's questions in their own cases, and what is drawn from them: to be judged."""
    assert "to_judge" in card(folder), f"{folder.name}: judged already"
    for question, columns in columns_by_question(read_spec(card(folder)["map"])).items():
        asked = _small_case(question)
        for lang, name in (("fr", f"{question}.csv"), ("en", f"{question}.en.csv")):
            questions.write(folder / name, questions.in_columns(replace(asked, lang=lang), columns), columns)
    case = yaml.safe_dump(card(folder) | reading(drawn(folder)), allow_unicode=True, sort_keys=False, width=100)
    (folder / "case.yml").write_text(case, encoding="utf-8")


def _small_case(question: str) -> questions.Golden:
    """The case of a question on a small graph that gives it the fewest values."""
    cases = [questions.golden(folder) for folder in case_folders("queries")]
    small = [case for case in cases if case.query.name == question and case.graph != "article"]
    return min(small, key=lambda case: len(case.parameters))


if __name__ == "__main__":
    propose(HERE / "maps" / sys.argv[1])
