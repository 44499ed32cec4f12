"""What a person writes in a cell, and what the table then holds: dates, SIREN, territories, words of the lists."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maillage.errors import AmbiguousTerritory, SourceError
from maillage.sources.card import ColumnCard
from maillage.sources.sheet.reading import Manner, Reader, personal_title, read_date, refuse, siren
from tests.refusals import raises
from tests.sources.sheet.sheets import HELD

READER = Reader(HELD.territories, Manner())


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("12/03/2024", "2024-03-12"),
        ("1/3/2024", "2024-03-01"),
        ("12.03.2024", "2024-03-12"),
        ("12 mars 2024", "2024-03-12"),
        ("1er mars 2024", "2024-03-01"),
        ("mars 2024", "2024-03"),
        ("Févr. 2024", "2024-02"),
        ("août 2024", "2024-08"),
        ("March 2024", "2024-03"),
        ("03/2024", "2024-03"),
        ("2024", "2024"),
        ("2024-03", "2024-03"),
        ("2024-03-12", "2024-03-12"),
        ("2024-03-12 00:00:00", "2024-03-12"),
    ],
)
def test_a_date_as_people_write_it(text: str, iso: str) -> None:
    assert read_date(text) == iso


@pytest.mark.parametrize(
    "text", ["12/03/24", "31/02/2024", "13/2024", "00/2024", "45363", "hier", "mars", "2024-13", ""]
)
def test_what_is_no_date_is_refused(text: str) -> None:
    with raises("bad-cell", match="a date"):
        read_date(text)


def test_a_card_may_say_that_the_month_comes_first() -> None:
    assert (read_date("03/12/2024", "month-first"), read_date("03/12/2024")) == ("2024-03-12", "2024-12-03")


@given(st.dates())
def test_a_day_written_in_french_is_that_day(day: object) -> None:
    written = f"{day:%d/%m/%Y}" if getattr(day, "year", 0) >= 1000 else None
    if written:
        assert read_date(written) == str(day)


def test_a_siren_is_checked_by_its_key() -> None:
    assert siren("130 025 265") == "130025265"
    for wrong in ("130025266", "13002526", "13002526500013", "ABC025265", "١٣٠٠٢٥٢٦٥"):
        with raises("bad-cell", match="SIREN"):
            siren(wrong)


@given(st.integers(0, 10**8 - 1))
def test_one_last_digit_in_ten_is_right(start: int) -> None:
    right = []
    for last in range(10):
        try:
            right.append(siren(f"{start:08}{last}"))
        except SourceError:
            continue
    assert len(right) == 1


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("35", "department-35"),
        ("35238", "commune-35238"),
        ("region-53", "region-53"),
        ("Rennes", "commune-35238"),
        ("rennes (35)", "commune-35238"),
        ("Rennes (Ille-et-Vilaine)", "commune-35238"),
        ("Rennes (Bretagne)", "commune-35238"),
        ("bretagne", "region-53"),
        ("Paris (commune)", "commune-75056"),
        ("Paris (département)", "department-75"),
    ],
)
def test_a_territory_as_people_name_it(text: str, key: str) -> None:
    assert HELD.territories.key(text) == key


@pytest.mark.parametrize(("text", "candidate"), [("Paris", "commune-75056 (Paris)"), ("53", "department-53 (Mayenne)")])
def test_a_name_of_several_territories_is_not_guessed(text: str, candidate: str) -> None:
    with pytest.raises(AmbiguousTerritory) as refused:
        HELD.territories.key(text)
    assert candidate in refused.value.sentence("fr")


@pytest.mark.parametrize("text", ["Trifouillis", "Rennes (75)", "1"])
def test_an_unknown_territory_is_refused(text: str) -> None:
    with raises("unknown-territory"):
        HELD.territories.key(text)


KIND = ColumnCard("kind", "concept", list="organisation-kind")
THEMES = ColumnCard("themes", "concept", list="theme", list_of=True)


def test_a_word_of_a_list_in_either_language_or_by_its_key() -> None:
    for text in ("Laboratoire d’innovation", "innovation lab", "laboratory"):
        assert READER.read(text, KIND) == "laboratory"
    assert READER.read("Démocratie ; innovation publique\nDEMOCRACY", THEMES) == "democracy|public-innovation"


def test_an_unknown_word_says_the_nearest() -> None:
    with raises("unknown-reference", match="laboratoire d'innovation"):
        READER.read("laboratoire innovant", KIND)


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ('=HYPERLINK("http://example.org")', "formula-cell"),
        ("Labo \u202egnal", "hostile-text"),
        ("La\u200bbo", "hostile-text"),
        ("Labo\x07", "hostile-text"),
        ("L" * 301, "text-too-long"),
        ("Labo, ecrire a marie.durand@example.org", "personal-cell"),
        ("marie.durand (at) example.org", "personal-cell"),
        ("Labo 02 98 01 02 03", "personal-cell"),
        ("+33 6 12 34 56 78", "personal-cell"),
    ],
)
def test_what_no_cell_may_hold(text: str, error: str) -> None:
    with raises(error):
        refuse(text, 300)


def test_a_sign_that_lost_its_encoding_says_what_it_was() -> None:
    with raises("hostile-text", match="U\\+0092, probably “’”"):
        refuse("Mairie de L\x92Abergement")


@pytest.mark.parametrize(
    "text",
    [
        "<img src=x onerror=alert(1)>",
        "🙂 Lab 👩‍🔬",
        "Lab'@RCHIPEL",
        "-1",
        "+ de design",
        "מעבדה",
        "130025265",
        "2024-03-12",
    ],
)
def test_other_text_is_kept_as_it_is(text: str) -> None:
    refuse(text)
    assert READER.read(text, ColumnCard("name", "text")) == text


def test_titles_that_announce_a_person() -> None:
    for title in ("E-mail", "courriel", "Téléphone", "Tél.", "Contact", "Nom du référent", "Prénom", "Responsable"):
        assert personal_title(title), title
    for title in ("nom", "site web", "territoire", "porté par", "Télétravail", "Mailing"):
        assert not personal_title(title), title
