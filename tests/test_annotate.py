"""`maillage annotate`: what is wrong between a source and its text, and places computed from words."""

import json
from hashlib import sha256
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

from maillage.cli.annotate import annotate
from maillage.cli.lazy import Settings
from maillage.errors import FindingsError
from maillage.files import asset
from maillage.sources import passages
from maillage.sources.card import read_card
from maillage.sources.text import read

SAID = "Une fête\u00a0: la fête de l’été 🎈\r\n\r\n  Le lab A et le lab B dansent le 3 mai à Lyon.\n\n—\n"
CARD = """
title: Essai
publisher: Nous
kind: press-article
licence: CC0-1.0
address: https://example.org/essai
issued: 2021-11-02
read_on: 2026-11-22
checksum: {checksum}
credit: Essai
rank: 50
tables:
  places: {{mapping: place}}
  passages: {{mapping: passage}}
"""
PLACES = "key,name,territory,passages,certainty,implied,ambiguous,note\nlyon,Lyon,,dance|name=town,stated,,,\n"
HEADER = "key,paragraph,start,end,first_words,last_words\n"
DANCE, TOWN = "dance,2,35,79,Le lab A,mai à Lyon\n", "town,2,73,79,à Lyon,à Lyon\n"
WHERE = "data/essai/passages.csv"


class Essay:
    """A text and a source read in it, in a home of their own."""

    def __init__(self, home: Path) -> None:
        self.folder, self.path = home / "data" / "essai", home / "text.txt"
        self.folder.mkdir(parents=True)
        for name in ("graph", "ontology"):
            (home / name).symlink_to(asset(name))
        (home / "data" / "tables.yml").symlink_to(asset("data") / "tables.yml")
        self.path.write_bytes(SAID.encode())
        self.write("source.yml", CARD.format(checksum=sha256(SAID.encode()).hexdigest()))
        self.write("places.csv", PLACES)
        self.write("passages.csv", HEADER + DANCE + TOWN)

    def write(self, name: str, content: str) -> None:
        (self.folder / name).write_text(content, encoding="utf-8")

    def rows(self) -> str:
        return (self.folder / "passages.csv").read_text(encoding="utf-8")

    def findings(self) -> list[tuple[str, str]]:
        found = passages.check(read(self.path), read_card("essai"))
        assert all(finding.words.cure("fr") and finding.words.cure("en") for finding in found)
        return [(finding.place, finding.words.message("fr")) for finding in found]

    def fill(self) -> int:
        return passages.fill(read(self.path), read_card("essai"))


@pytest.fixture
def essay(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Essay:
    essay = Essay(tmp_path)
    monkeypatch.setenv("MAILLAGE_HOME", str(tmp_path))
    return essay


def said(*words: str, lang: str = "fr") -> Result:
    return CliRunner().invoke(annotate, list(words), obj=Settings(lang=lang))


# ---------------------------------------------------------------- a source read in it


def test_a_source_that_points_into_its_text(essay: Essay) -> None:
    assert essay.findings() == []


@pytest.mark.parametrize(
    ("row", "column", "reason"),
    [
        ("town,1,73,79,à Lyon,à Lyon\n", "start", "est en 73-79, hors du paragraphe 1 (0-29)"),
        ("town,9,73,79,à Lyon,à Lyon\n", "paragraph", "est dans le paragraphe 9, mais le texte en a 3"),
        ("town,2,79,73,à Lyon,à Lyon\n", "start", "est en 79-73, hors du paragraphe 2 (35-80)"),
        ("town,2,73,999,à Lyon,à Lyon\n", "start", "est en 73-999, hors du paragraphe 2 (35-80)"),
        ("town,2,73,79,à Paris,à Lyon\n", "first_words", "commence par « à Lyon »"),
        ("town,2,67,79,3 mai,à Dijon\n", "last_words", "finit par « 3 mai à Lyon »"),
        ("town,2,35,79,Le lab A et le,à Lyon\n", "first_words", "donne plus de 4 mots : « Le lab A et le »"),
        ("town,2,67,79,3 mai à,à Lyon\n", "last_words", "est si court que ses premiers et ses derniers mots"),
    ],
)
def test_a_passage_that_does_not_stand_there(essay: Essay, row: str, column: str, reason: str) -> None:
    essay.write("passages.csv", HEADER + DANCE + row)
    [(place, sentence)] = essay.findings()
    assert place == f"{WHERE}:3:{column}"
    assert sentence.startswith(f"Le passage « town » {reason}")


def test_a_row_without_a_passage(essay: Essay) -> None:
    essay.write("places.csv", PLACES.replace("dance|name=town", ""))
    assert [place for place, _ in essay.findings()] == ["data/essai/places.csv:2:passages"]


def test_a_row_that_points_to_a_passage_that_is_not_there(essay: Essay) -> None:
    essay.write("places.csv", PLACES.replace("name=town", "name=tower"))
    assert essay.findings() == [("data/essai/places.csv:2:passages", "« tower » ne désigne rien de connu.")]


def test_a_text_that_has_changed(essay: Essay) -> None:
    essay.path.write_bytes(SAID.replace("Lyon", "Dole").encode())
    assert [place for place, _ in essay.findings()] == [
        "data/essai/source.yml:checksum",
        f"{WHERE}:2:last_words",
        f"{WHERE}:3:first_words",
        f"{WHERE}:3:last_words",
    ]


def test_a_renamed_column(essay: Essay) -> None:
    essay.write("passages.csv", essay.rows().replace("start", "begin"))
    with pytest.raises(FindingsError) as refusal:
        essay.findings()
    assert [finding.place for finding in refusal.value.findings] == [f"{WHERE}:1"]


def test_a_source_without_passages(essay: Essay) -> None:
    essay.write("source.yml", CARD.partition("  passages:")[0].format(checksum="0"))
    with pytest.raises(FindingsError, match="the table passages is missing"):
        essay.findings()


# ---------------------------------------------------------------- filling


def test_fill_computes_places_and_keeps_right_ones(essay: Essay) -> None:
    whole = essay.rows()
    essay.write("passages.csv", HEADER + DANCE + "town,2,,,à Lyon,à Lyon\n")
    assert essay.fill() == 1
    assert essay.rows() == whole
    assert essay.fill() == 0


def test_fill_keeps_a_place_chosen_by_hand_among_several(essay: Essay) -> None:
    essay.write("passages.csv", HEADER + "dance,2,50,79,lab,Lyon\n" + TOWN)
    assert essay.fill() == 0


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("town,2,,,lab,Lyon\n", "peut être à 2 places dans le paragraphe 2"),
        ("town,2,,,à Paris,à Lyon\n", "n'a pas ces mots dans le paragraphe 2"),
        ("town,7,,,à Lyon,à Lyon\n", "n'a pas ces mots dans le paragraphe 7"),
        ("town,,,,à Lyon,à Lyon\n", "n'a pas ces mots dans le paragraphe 0"),
        ("town,two,,,à Lyon,à Lyon\n", "« two » n'est pas un nombre entier."),
    ],
)
def test_fill_writes_nothing_when_words_cannot_be_placed(essay: Essay, row: str, reason: str) -> None:
    essay.write("passages.csv", HEADER + "dance,2,,,Le lab A,mai à Lyon\n" + row)
    before = essay.rows()
    with pytest.raises(FindingsError) as refusal:
        essay.fill()
    [finding] = refusal.value.findings
    assert finding.place == f"{WHERE}:3:first_words"
    assert reason in finding.words.message("fr")
    assert essay.rows() == before


def test_fill_refuses_a_row_with_too_many_cells(essay: Essay) -> None:
    essay.write("passages.csv", HEADER + "town,2,,,à Lyon, oui,à Lyon\n")
    with pytest.raises(FindingsError, match="7 cells"):
        essay.fill()


# ---------------------------------------------------------------- the command


def test_the_command_lists_paragraphs(essay: Essay) -> None:
    shown = said(str(essay.path))
    assert shown.exit_code == 0
    assert [line.split()[:3] for line in shown.stdout.splitlines()[1:-1]] == [
        ["1", "0", "29"],
        ["2", "35", "80"],
        ["3", "82", "83"],
    ]


def test_the_command_in_json(essay: Essay) -> None:
    shown = json.loads(said(str(essay.path), "--json").stdout)
    assert shown["checksum"] == sha256(SAID.encode()).hexdigest()
    assert shown["paragraphs"][1] | {"checksum": ""} == {
        "number": 2,
        "start": 35,
        "end": 80,
        "checksum": "",
        "first_words": "Le lab A et",
        "last_words": "3 mai à Lyon.",
    }
    assert shown["findings"] == []


def test_the_command_checks_a_source(essay: Essay) -> None:
    assert said(str(essay.path), "--source", "essai").exit_code == 0
    essay.write("passages.csv", essay.rows().replace("2,73", "2,72"))
    for lang, word in (("fr", "Corriger passages.csv"), ("en", "Mend passages.csv")):
        shown = said(str(essay.path), "--source", "essai", lang=lang)
        assert shown.exit_code == 1
        assert f"{WHERE}:3:first_words" in shown.stdout
        assert word in shown.stdout
    found = json.loads(said(str(essay.path), "--source", "essai", "--json").stdout)["findings"]
    assert [finding["line"] for finding in found] == [3]


def test_the_command_fills(essay: Essay) -> None:
    essay.write("passages.csv", HEADER + DANCE + "town,2,,,à Lyon,à Lyon\n")
    shown = said(str(essay.path), "--source", "essai", "--fill")
    assert (shown.exit_code, shown.stderr) == (0, "1 ligne(s) complétée(s).\n")


def test_fill_needs_a_source(essay: Essay) -> None:
    shown = said(str(essay.path), "--fill")
    assert shown.exit_code == click.UsageError.exit_code
