"""Days and numbers as texts write them. Expected values were written by hand before the reader."""

import pytest

from maillage.reading.days import Context, days_in, without_days
from maillage.reading.numbers import numbers_in
from maillage.sources.text import plain

DAYS = {
    "le 29 novembre": [(29, 11, None)],
    "du 2 au 30 novembre 2021": [(2, 11, 2021), (30, 11, 2021)],
    "le 4 et 5 novembre": [(4, 11, None), (5, 11, None)],
    "les 4, 5 et 6 mars": [(4, 3, None), (5, 3, None), (6, 3, None)],
    "du jeudi 30 septembre au vendredi 1er octobre 2021": [(30, 9, None), (1, 10, 2021)],
    "Du lundi 2 au mardi 30 Août": [(2, 8, None), (30, 8, None)],
    "rendez-vous jeudi 4": [(4, None, None)],
    "jeudi 4 à 10h": [(4, None, None)],
    "le premier mai": [(1, 5, None)],
    "du 2-30 novembre": [(2, 11, None), (30, 11, None)],
    "le 31/03/2022": [(31, 3, 2022)],
    "en février 2020, puis en 2021": [(None, 2, 2020), (None, None, 2021)],
    "mi-novembre": [(None, 11, None)],
    "On November 4, 2021": [(4, 11, 2021)],
    "28th of March and 2 April": [(28, 3, None), (2, 4, None)],
    "2021-11-04": [(4, 11, 2021)],
    "12 labs le 4 novembre": [(4, 11, None)],
    # near misses: no day is written
    "4 novelles, 30 %, 300 agents": [],
    "le maire a 4 marsouins, mais 4 jardins": [],
    "le 45 novembre": [],
    "2 000 agents, 1 890 places": [],
    "you may come, they march on": [],
}
NUMBERS = {
    "une cinquantaine de labs": {1, 50},
    "quatre nouveaux laboratoires": {4},
    "plus de 300 conférences": {300},
    "labs,12 millions d'euros": {12_000_000},
    "12,5 millions": {12_500_000},
    "12 M€": {12_000_000},
    "la 8ème édition": {8},
    "la huitième édition": {8},
    "quatre-vingt-dix-sept": {97},
    "quatre-vingts": {80},
    "soixante et onze": {71},
    "vingt et un": {21},
    "deux cent trois mille quatre cents": {203_400},
    "1 200 ou 3\u202f000": {1200, 3000},
    "two hundred and ten, twenty-one": {210, 21},
    "3,000 people": {3000},
    "mille": {1000},
    # near misses: what stands side by side is not always one number
    "quatre, cinq ateliers": {4, 5},
    "deux et trois": {2, 3},
    "dix et sept": {10, 7},
    "des millions d'euros": set(),
    "centre, million": set(),
    "Lab 4.0": {4},
}


@pytest.mark.parametrize(("text", "expected"), DAYS.items())
def test_days(text: str, expected: list[tuple[int | None, int | None, int | None]]) -> None:
    assert [(day.day, day.month, day.year) for day in days_in(text)] == expected


@pytest.mark.parametrize(("text", "expected"), NUMBERS.items())
def test_numbers(text: str, expected: set[int]) -> None:
    assert numbers_in(text) == expected


def test_a_day_says_where_it_stands() -> None:
    text = "Été : le 4 décembre, à l’Œuvre."
    [day] = days_in(text)
    assert text[day.start : day.end] == "4 décembre"
    assert len(plain(text)) == len(text)
    assert without_days(text) == f"Été : le {',' * 10}, à l’Œuvre."


@pytest.mark.parametrize(
    ("written", "text", "days", "right"),
    [
        ("2021-11-29", "le 29 novembre", ("2021-11-02",), True),
        ("2022-11-29", "le 29 novembre", ("2021-11-02",), False),
        ("2022-01-12", "le 12 janvier", ("2021-11-02",), True),  # the next one
        ("2021-01-12", "le 12 janvier", ("2021-11-02",), False),
        ("2019-11-12", "le 12 novembre", ("2021-11-02", "2019"), True),  # the year of the edition
        ("2021-11-12", "le 12 novembre 2019", ("2021-11-02",), False),
        ("2021-11-04", "jeudi 4", ("2021-11-02",), True),
        ("2021-12-04", "jeudi 4", ("2021-11-02",), False),
        ("2021-11", "le 4 novembre", ("2021-11-02",), True),
        ("2021-11-04", "en novembre", ("2021-11-02",), False),
        ("2021-11", "en 2021", ("2021-11-02",), False),
        ("2021", "cette année", ("2021-11-02",), True),
        ("2020", "cette année", ("2021-11-02",), False),
        ("2021", "en 2019", ("2021-11-02",), False),
        ("2019", "en 2019", ("2021-11-02",), True),
    ],
)
def test_a_date_is_among_the_days_read(written: str, text: str, days: tuple[str, ...], right: bool) -> None:
    assert Context(days).says(written, days_in(text)) is right
