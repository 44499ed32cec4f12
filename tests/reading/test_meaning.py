"""What a row says can be read in the passage that it cites: errors planted in a short article, and near misses."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from maillage.cli.annotate import annotate
from maillage.cli.build import check
from maillage.cli.lazy import Settings
from tests.reading.essay import Essay

ABSENT = "not-in-passage"


def test_an_article_read_rightly_raises_nothing(essay: Essay) -> None:
    """Days of a span and of a list, words for numbers, an English day, other letters and another source's name."""
    assert essay.faults() == []


@pytest.mark.parametrize(
    ("table", "old", "new", "place"),
    [
        ("events", "event,,2022-03-28", "event,,2022-03-29", "events.csv:3:start"),  # the text: 28 March
        ("events", "event,,2022-03-28", "event,,2022-04-28", "events.csv:3:start"),
        ("events", "event,,2022-03-28", "event,,2023-03-28", "events.csv:3:start"),
        ("events", "2022-03-21,2022-03-31", "2022-03-25,2022-03-31", "events.csv:2:start"),  # inside the span
        ("events", "2022-03-21,2022-03-31", "2021-03-21,2022-03-31", "events.csv:2:start"),
        ("events", "2022-03-29,2022-03-30", "2022-03-29,2022-03-31", "events.csv:4:end"),
        ("events", "2022-03-24", "2022-03-04", "events.csv:5:start"),
        ("participations", ",,,p-isles,stated", ",,,p-crowd,stated", "participations.csv:2:agent"),  # only the crowd
        ("participations", "unit-talk,design-unit", "unit-talk,isles", "participations.csv:3:agent"),
        ("participations", "organises,talk", "carries,atelier-29", "participations.csv:3:activity"),
        ("organisations", "ccas-quimper,CCAS de Quimper", "ccas-quimper,CCAS de Brest", "organisations.csv:2:name"),
        ("organisations", "L'Atelier-29", "L'Atelier-2", "organisations.csv:4:name"),
        ("observations", ",20,about", ",30,about", "observations.csv:2:value"),
        ("observations", ",80,exactly", ",4,exactly", "observations.csv:3:value"),  # a part of the word is none
        ("observations", ",80,exactly", ",30,exactly", "observations.csv:3:value"),  # that is a day
        ("observations", ",12000,exactly", ",12,exactly", "observations.csv:4:value"),
        ("observations", ",2,exactly,2022", ",2,exactly,2020", "observations.csv:5:date"),
        ("observations", "p-crowd|date=p-workshop", "p-crowd", "observations.csv:2:date"),
    ],
)
def test_what_the_passage_does_not_say_is_an_error(essay: Essay, table: str, old: str, new: str, place: str) -> None:
    essay.change(table, old, new)
    assert essay.faults() == [(place, ABSENT)]


def test_a_whole_must_be_named_even_where_it_is_implied(essay: Essay) -> None:
    essay.change("events", "p-workshop|super_event=p-edition", "p-workshop")
    assert essay.faults() == [("events.csv:3:super_event", "edition-not-named")]


def test_what_a_row_marks_as_implied_is_left_alone(essay: Essay) -> None:
    essay.change("participations", ",,,p-isles,stated,,,", ",,,p-crowd,stated,agent,,Les agents sont les siens.")
    assert essay.faults() == []


def test_a_row_implied_as_a_whole_still_names_its_body(essay: Essay) -> None:
    essay.change("participations", ",,,p-isles,stated,,,", ",,,p-crowd,implied,,,Les agents sont les siens.")
    assert essay.faults() == [("participations.csv:2:agent", ABSENT)]


def test_a_body_is_known_by_its_names_in_other_sources_only_where_a_person_said_so(essay: Essay) -> None:
    essay.write("graph/identity/essay.csv", "a,b,decision,decided_by,date,reason\n")
    assert essay.faults() == [("organisations.csv:3:name", ABSENT), ("participations.csv:2:agent", ABSENT)]


def test_passages_that_do_not_stand_there_are_mended_first(essay: Essay) -> None:
    essay.change("events", "event,,2022-03-28", "event,,2022-03-29")
    essay.change("passages", "Une vingtaine", "Une trentaine")
    assert essay.faults() == [("passages.csv:5:first_words", "passage-error")]


# ---------------------------------------------------------------- the commands


def asked(essay: Essay, *words: str, lang: str = "fr") -> Result:
    return CliRunner().invoke(annotate, [str(essay.text), "--source", "essay", *words], obj=Settings(lang=lang))


def checked(*words: str, lang: str = "fr") -> Result:
    return CliRunner().invoke(check, words, obj=Settings(lang=lang))


def test_annotate_says_what_it_read(essay: Essay) -> None:
    assert "où se lisent ses organismes, ses jours et ses nombres" in asked(essay).stdout
    essay.change("events", "event,,2022-03-28", "event,,2022-03-29")
    told = asked(essay)
    assert told.exit_code == 1
    assert "data/essay/events.csv:3:start: « 2022-03-29 » ne se lit pas dans le passage cité" in told.stdout
    assert "(p-workshop), où l'on lit : lundi 28 mars. Citer le passage qui le dit (start=clé)" in told.stdout
    english = "“2022-03-29” cannot be read in the passage cited (p-workshop), which says: lundi 28 mars."
    assert english in asked(essay, lang="en").stdout


@pytest.mark.slow
def test_check_reads_the_texts_of_a_folder_whatever_their_name(essay: Essay, monkeypatch: pytest.MonkeyPatch) -> None:
    essay.change("participations", ",,,p-isles,stated", ",,,p-crowd,stated")
    fault = "data/essay/participations.csv:2:agent: « Communauté des Îles » ne se lit pas"
    told = checked("--texts", str(essay.text.parent))
    assert (told.exit_code, fault in told.stdout, "n'ont pas été relues" in told.stdout) == (1, True, False)
    monkeypatch.setenv("MAILLAGE_TEXTS", str(essay.home))
    assert fault in checked().stdout


@pytest.mark.slow
def test_check_says_how_many_rows_it_could_not_read_again(essay: Essay, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(essay.home)
    essay.change("participations", ",,,p-isles,stated", ",,,p-crowd,stated")
    essay.text.write_text(WORDS_OF_ANOTHER, encoding="utf-8")
    for told, lines in (
        (checked("--texts", "shelf"), "14 ligne(s) n'ont pas été relues sur le texte qu'elles citent"),
        (checked(lang="en"), "14 row(s) were not checked against the text that they cite"),
    ):
        assert (told.exit_code, told.stdout.count("source.yml:checksum"), lines in told.stdout) == (0, 1, True)


WORDS_OF_ANOTHER = "Un autre texte.\n"


def test_a_folder_that_is_not_there_is_refused(tmp_path: Path) -> None:
    assert checked("--texts", str(tmp_path / "none")).exit_code == 2
