"""`maillage read`: on the article, on a folder, and beside the rows of a source."""

import csv
import io
import json
import re
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from maillage.cli import command_line
from maillage.files import asset
from maillage.reading.gazetteer import Gazetteer, gazetteer_of, names_query
from maillage.reading.intake import About, take
from maillage.reading.judgement import JudgedText, read_judged
from maillage.reading.proposals import ACTIVITIES, BODIES
from maillage.reading.reader import read_text
from maillage.store import open_store
from tests.article import by_key
from tests.conftest import SHARED

pytestmark = pytest.mark.sample(2)

ARTICLE = SHARED / "seed" / "mois-innovation-publique-2021.txt"
JUDGED = Path(__file__).parent / "article" / "proposals.csv"
ABOUT = About(publisher="Horizons publics", date="2021-11-02")
NOTE = "La DITP organise un atelier sur l'eau le 3 mars 2021.\n"
ENGLISH = (
    "The DITP organises a workshop on the future of the public service in Paris, and we are happy to be part of it. "
    "This is for all of the people who work with the Ti Lab.\n"
)


@pytest.fixture(scope="module")
def gazetteer(built_out: Path) -> Gazetteer:
    store = open_store((built_out / "graph").resolve())
    found = gazetteer_of(store.ask(names_query()))
    store.close()
    return found


def schema_faults(answer: dict[str, Any]) -> Iterator[str]:
    """What the schema forbids, of the keywords that it uses."""
    schema = json.loads((asset("graph") / "reading" / "proposals.schema.json").read_bytes())
    known = schema["$defs"]["proposal"]
    ids = [one["id"] for one in answer["proposals"]]
    yield from (name for name in answer if name not in schema["properties"])
    yield from (name for name in ids if ids.count(name) > 1)
    for one in answer["proposals"]:
        needed = [*known["required"]]
        for rule in known["allOf"]:
            kind = rule["if"]["properties"]["kind"]
            needed += rule["then"]["required"] if one["kind"] in (kind.get("enum") or [kind["const"]]) else []
        yield from (f"{one['id']} lacks {name}" for name in needed if name not in one)
        for name, value in one.items():
            said = known["properties"].get(name)
            said = schema["$defs"][said["$ref"].rpartition("/")[2]] if said and "$ref" in said else said
            wrong = said is None or ("enum" in said and value not in said["enum"])
            wrong = wrong or ("pattern" in (said or {}) and not re.search(said["pattern"], value))
            yield from [f"{one['id']} {name}: {value}"] * bool(wrong)


@pytest.mark.needs("shared")
def test_the_article_as_json(built_out: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    plain = tmp_path / "plain.txt"
    options = ["--date", "2021-11-02", "--format", "json", "--text-out", str(plain), "--out", str(built_out)]
    assert command_line(["read", str(ARTICLE), *options]) == 0
    answer, text = json.loads(capsys.readouterr().out), plain.read_bytes()
    assert answer["text_sha256"] == sha256(text).hexdigest() == sha256(ARTICLE.read_bytes()).hexdigest()
    assert list(schema_faults(answer)) == []
    by_label = {one.get("label"): one for one in answer["proposals"]}
    passage = by_label["Ti Lab"]["passage"]
    assert text.decode()[passage["start"] : passage["end"]] == "Ti Lab"
    assert by_label["Ti Lab"]["kind"] == "lab"
    assert by_label["La ronde des labos publics"]["start"] == "2021-11-22"
    assert not [label for label in by_label if label and "Montchalin" in label]  # a person is no body


@pytest.mark.needs("shared")
def test_the_article_beside_its_own_rows(gazetteer: Gazetteer) -> None:
    told = read_text(take(str(ARTICLE), ABOUT), gazetteer).told
    found = JudgedText(next(iter(read_judged(JUDGED).values())), told)
    bodies, activities, roles = (found.score(family) for family in (BODIES, ACTIVITIES, ("participation",)))
    assert bodies.right / bodies.told >= 0.85 and bodies.found / bodies.wanted >= 0.80
    assert activities.found / activities.wanted >= 0.60
    assert roles.found / roles.wanted >= 0.30
    sure = found.score((*BODIES, *ACTIVITIES, "participation"), sure=True)
    assert sure.right / sure.told >= 0.92


def test_an_english_text_gives_almost_nothing_and_nothing_sure(gazetteer: Gazetteer, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(ENGLISH, encoding="utf-8")
    told = read_text(take(str(tmp_path / "a.txt"), ABOUT), gazetteer).told
    assert {one.kind for one in told} <= {"body", "lab"}
    assert not [one for one in told if one.status == "sure"]


def test_a_folder_in_one_go_goes_on_where_it_stopped(
    built_out: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    texts, target = tmp_path / "texts", tmp_path / "read"
    texts.mkdir()
    (texts / "a.txt").write_text(NOTE, encoding="utf-8")
    (texts / "b.txt").write_text(NOTE.replace("La DITP", "L'association Aequitaz"), encoding="utf-8")
    (texts / "c.txt").write_bytes(b"\xff")
    command = ["read", str(texts), "--out", str(built_out), "-o", str(target)]
    assert command_line(command) == 0
    shown = capsys.readouterr()
    assert "2 texte(s) lu(s), 1 illisible(s)." in shown.out
    assert "c.txt" in shown.err
    summary = json.loads((target / "summary.json").read_bytes())
    assert {row["label"] for row in summary["unknown_bodies"]} == {"Aequitaz"}
    assert list(schema_faults(json.loads((target / "a.txt.json").read_bytes()))) == []
    again: list[str] = []
    monkeypatch.setattr("maillage.reading.gather.read_text", lambda intake, _: again.append(intake.text.name))
    assert command_line(command) == 0  # nothing is read again
    assert again == []
    assert json.loads((target / "summary.json").read_bytes()) == summary


def test_what_a_terminal_shows(built_out: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.txt").write_text(NOTE, encoding="utf-8")
    assert command_line(["read", str(tmp_path / "a.txt"), "--out", str(built_out)]) == 0
    shown = capsys.readouterr().out
    assert "Sûr (" in shown and "organise — Atelier sur l'eau (énoncé)" in shown
    assert "Jour de publication non connu" in shown


@pytest.mark.needs("shared")
def test_the_passage_behind_the_rows_of_the_article(capsys: pytest.CaptureFixture[str]) -> None:
    assert command_line(["read", str(ARTICLE), "--source", "horizons-publics-2021"]) == 0
    found = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    assert [row for row in found if max(len(row[end].split()) for end in ("first_words", "last_words")) > 4] == []
    passages, roles = by_key("passages"), by_key("participations")
    sure = {row["key"].removeprefix("r-"): row for row in found if row["status"] == "sure"}
    right = {
        key: any(
            int(row["start"]) < int(at["end"]) and int(at["start"]) < int(row["end"])
            for at in (passages[name.rpartition("=")[2]] for name in roles[key]["passages"].split("|"))
        )
        for key, row in sure.items()
        if key in roles
    }
    assert len(right) > 10 and sum(right.values()) / len(right) >= 0.9
