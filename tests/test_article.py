"""The article as a source: does every row rest on the text, and is all that the text states in the rows?

The text is not ours and is not here: the tests that read it need the shared folder.
"""

import csv
import re
import subprocess
from collections.abc import Iterator
from hashlib import sha256
from itertools import pairwise
from pathlib import Path

import pytest

from maillage.ontology import concepts
from maillage.sources import passages
from maillage.sources.card import read_card
from maillage.sources.text import Text, read, word_count
from maillage.terms import fold

ROOT = Path(__file__).parent.parent
FOLDER = ROOT / "data" / "horizons-publics-2021"
DECISIONS = ROOT / "graph" / "identity" / "horizons-publics-2021.csv"
TABLES = sorted(FOLDER.glob("*.csv"))
TEXT = ROOT.parent / "shared" / "seed" / "mois-innovation-publique-2021.txt"

HOLDERS = {"Amélie de Montchalin", "Thierry Lambert"}
# Persons whom the text names without a directing office, as digests: their names stay out of the repository.
UNNAMED = {
    "61ff770406cd479d5239589be7d8a672b5755f1ac7fa0d1d3cfe91ae8db8339c",
    "974eadf97b4a8de18a3754a55575dde0c154aa5daa06ded0d64a9ff7c6341bac",
}
LONGEST_RUN = 7  # folded words in a row that a label or a note of ours may share with the text

WITHOUT_PASSAGE = {
    7: "heading of the section on labs",
    11: "opinion: evaluating labs, passing to scale; no body, event, place or figure",
    12: "opinion: labs fell behind third places in the health crisis; no body, event, place or figure",
    13: "opinion: concerns that labs in general should take in; “the labs” are no body of the graph",
    16: "heading: names subjects that paragraphs 17 and 18 state in full",
    20: "heading of the section on the ministry, whose name paragraph 21 gives",
    23: "a button of the page",
    24: "a link of the page",
}
# Stretches of more than 30 characters that no passage covers, in paragraphs that have passages.
NOT_TAKEN = {
    2306: "paragraph 10: opinion of a staff member on labs in general (skills, teams, cooperation, scale)",
    4661: "paragraph 14: opinion that public actors work in silos",
    6165: "paragraph 17: linking words",
    6906: "paragraph 17: local authorities in general take part; those named have their rows",
    7070: "paragraph 17: a person without directing office, who stays unnamed",
    8143: "paragraph 19: associations in general take part; those named have their rows",
}

Row = dict[str, str]


def rows(table: str) -> list[Row]:
    with (FOLDER / f"{table}.csv").open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def by_key(table: str) -> dict[str, Row]:
    return {row["key"]: row for row in rows(table)}


def cells() -> Iterator[tuple[str, str, str, str]]:
    """Every cell of the source: table, key, column, value."""
    for path in TABLES:
        for row in rows(path.stem):
            yield from ((path.stem, row["key"], column, value) for column, value in row.items())


@pytest.fixture(scope="module")
def text() -> Text:
    return read(TEXT)


# ---------------------------------------------------------------- does the text say this?


@pytest.mark.needs("shared")
def test_every_row_points_into_the_text(text: Text) -> None:
    assert passages.check(text, read_card("horizons-publics-2021")) == []


@pytest.mark.needs("shared")
def test_the_words_alone_find_their_place(text: Text) -> None:
    for row in rows("passages"):
        place = (int(row["start"]), int(row["end"]))
        assert text.places(int(row["paragraph"]), row["first_words"], row["last_words"]) == [place], row[
            "key"
        ]


@pytest.mark.needs("shared")
def test_a_link_opens_the_right_place(text: Text) -> None:
    """Browsers take the first match of a text fragment in the page, whatever the case."""
    spaced = re.sub(r"\s", " ", text.content.casefold())
    elsewhere = {"p03-seance"}  # the title of the picture, just above, says nearly the same words
    for row in rows("passages"):
        first, start = row["first_words"].casefold(), int(row["start"])
        found = re.search(rf"(?<!\w){re.escape(first)}(?!\w)", spaced)
        assert found, row["key"]
        assert found.start() == start or row["key"] in elsewhere, row["key"]


@pytest.mark.needs("shared")
def test_names_are_spelled_as_in_the_text(text: Text) -> None:
    ours = {"ccas-grenoble", "name-sgar-du-pays-de-la-loire"}  # elliptic in the text; marked as implied
    named = [
        (row["key"], row["name"])
        for table in ("organisations", "places", "programmes")
        for row in rows(table)
    ]
    named += [(row["key"], row["form"]) for row in rows("names")]
    named += [(row["key"], row["name"]) for row in rows("events") if row["named"] == "yes"]
    framed = {"journee-des-labs-2021", "ateliers-bercy-innov"}  # marked as ambiguous: a name or a description
    for key, name in named:
        bare = name[0].lower() + name[1:]
        assert name in text.content or bare in text.content or key in ours | framed, (key, name)


# ---------------------------------------------------------------- is this sentence in the rows?


@pytest.mark.needs("shared")
def test_every_paragraph_has_a_passage_or_a_reason(text: Text) -> None:
    pointed = {int(row["paragraph"]) for row in rows("passages")}
    every = {paragraph.number for paragraph in text.paragraphs}
    assert every - pointed == WITHOUT_PASSAGE.keys()


def bare_stretches(text: Text) -> Iterator[tuple[int, str]]:
    """What no passage covers, in paragraphs that have some: where it starts, and the words."""
    spans = sorted((int(row["start"]), int(row["end"])) for row in rows("passages"))
    for paragraph in text.paragraphs:
        if paragraph.number in WITHOUT_PASSAGE:
            continue
        at = paragraph.start
        for start, end in [span for span in spans if paragraph.start <= span[0] < paragraph.end]:
            yield at, text.at(at, start)
            at = max(at, end)
        yield at, text.at(at, paragraph.end)


@pytest.mark.needs("shared")
def test_every_stretch_is_in_a_passage_or_has_a_reason(text: Text) -> None:
    assert {at for at, words in bare_stretches(text) if len(words) > 30} == NOT_TAKEN.keys()


def test_every_passage_is_used() -> None:
    used = {
        item.rpartition("=")[2]
        for table, _, column, value in cells()
        if column == "passages"
        for item in value.split("|")
    }
    assert used == by_key("passages").keys()


# ---------------------------------------------------------------- whose words, whose names


def test_passages_quote_at_most_four_words_at_each_end() -> None:
    for row in rows("passages"):
        assert max(word_count(row["first_words"]), word_count(row["last_words"])) <= 4, row["key"]


def ours() -> Iterator[tuple[str, str]]:
    """What we wrote ourselves: not proper names, titles of events, words at the ends of passages."""
    titles = {row["key"] for row in rows("events") if row["named"] == "yes"}
    names = {("organisations", "name"), ("names", "form"), ("posts", "name"), ("posts", "holder")}
    for table, key, column, value in cells():
        if (table, column) not in names and not (column == "name" and key in titles):
            yield f"{table}:{key}:{column}", value
    for row in csv.DictReader(DECISIONS.read_text(encoding="utf-8").splitlines()):
        yield f"identity:{row['a']}", row["reason"]


@pytest.mark.needs("shared")
def test_labels_and_notes_are_in_our_own_words(text: Text) -> None:
    length = LONGEST_RUN + 1
    words = fold(text.content).split()
    said = {tuple(words[at : at + length]) for at in range(len(words))}
    for place, value in ours():
        mine = fold(value).split()
        assert not said & {tuple(mine[at : at + length]) for at in range(len(mine) - LONGEST_RUN)}, (
            place,
            value,
        )


def test_only_two_persons_are_named_and_only_in_their_office() -> None:
    assert {row["holder"] for row in rows("posts")} == HOLDERS
    for table, key, column, value in cells():
        if table != "passages" and (table, column) != ("posts", "holder"):
            assert not [name for name in HOLDERS if name in value], (table, key, column)


def test_no_other_person_is_named_in_the_repository() -> None:
    listed = subprocess.run(
        ["git", "ls-files", "-co", "--exclude-standard"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    for name in listed.stdout.splitlines():
        path = ROOT / name
        if (
            path.suffix in {".csv", ".yml", ".ttl", ".rq", ".py", ".md", ".json", ".html", ".txt", ".tsv"}
            and path.is_file()
        ):
            words = fold(path.read_text(encoding="utf-8", errors="replace")).split()
            found = {sha256(f"{one} {two}".encode()).hexdigest() for one, two in pairwise(words)}
            assert not found & UNNAMED, name


# ---------------------------------------------------------------- form


@pytest.mark.parametrize("path", TABLES, ids=lambda path: path.stem)
def test_rows_are_sorted_and_trimmed(path: Path) -> None:
    body = path.read_bytes()
    assert not body.startswith(b"\xef\xbb\xbf")
    assert b"\r" not in body
    keys = [row["key"] for row in rows(path.stem)]
    assert keys == sorted(keys)
    assert all(value == value.strip() for row in rows(path.stem) for value in row.values())


def test_keys_are_unique_in_the_source() -> None:
    keys = [row["key"] for path in TABLES for row in rows(path.stem)]
    assert len(keys) == len(set(keys))


@pytest.mark.parametrize(
    ("scheme", "column"),
    [("theme", "themes"), ("method", "methods"), ("format", "formats"), ("audience", "audiences")],
)
def test_every_concept_is_used_or_gathers_used_ones(scheme: str, column: str) -> None:
    used = {
        slug for path in TABLES for row in rows(path.stem) for slug in row.get(column, "").split("|") if slug
    }
    turtle = (ROOT / "ontology" / "lists" / f"{scheme}.ttl").read_text(encoding="utf-8")
    broader = set(re.findall(rf"skos:broader {scheme}:([\w-]+)", turtle))
    assert concepts(scheme).keys() == used | broader


# ---------------------------------------------------------------- what the text sets as traps


def agents(activity: str, *roles: str) -> set[str]:
    found = [row for row in rows("participations") if row["activity"] == activity]
    return {row["agent"] for row in found if not roles or row["role"] in roles}


ORGANISES = ("organises", "co-organises", "coordinates")


def test_no_organiser_where_none_is_named() -> None:
    events = {row["key"] for row in rows("events") if row["kind"] in ("event", "set")}
    assert {key for key in events if not agents(key, *ORGANISES)} == {
        "journee-des-labs-2021",
        "journee-etudes-recherche-action-publique",
        "rencontre-serious-games",
        "seance-intelligence-collective-paca-2019",
        "table-ronde-innovation-audiovisuel",
    }
    assert agents("rencontre-serious-games") == set()


def test_dates_are_those_of_the_text() -> None:
    dated = {row["key"]: (row["start"], row["end"]) for row in rows("events") if row["start"]}
    assert dated == {
        "atelier-coaching-equipe": ("2021-11-05", ""),
        "decouverte-design-fiction": ("2021-11-15", ""),
        "journee-debats-tiers-lieux": ("2021-11-29", ""),
        "journee-des-labs-2021": ("2021-11-04", ""),
        "journee-etudes-recherche-action-publique": ("2021-11-29", ""),
        "journee-recherche-innovation-gendarmerie": ("2021-11-23", ""),
        "marathon-creatif-accueil-usagers": ("2021-11-24", ""),
        "masterclass-firh": ("2021-11-25", ""),
        "mois-innovation-publique-2021": ("2021-11-02", "2021-11-30"),
        "non-conference-donnees-ouvertes": ("2021-11-04", "2021-11-05"),
        "rencontre-serious-games": ("2021-11-03", ""),
        "ronde-des-labos-publics": ("2021-11-22", ""),
        "seance-intelligence-collective-paca-2019": ("2019", ""),
        "semaine-innovation-publique-2019": ("2019", ""),
        "table-ronde-teletravail-collectivites": ("2021-11-24", ""),
        "theatre-forum-cooperation-equipe": ("2021-11-30", ""),
        "universite-innovation-publique": ("2021-11-16", ""),
    }


def test_figures_stay_figures() -> None:
    figures = {row["key"]: (row["qualifier"], row["value"]) for row in rows("observations")}
    assert figures == {
        "evenements-labs-territoriaux": ("more-than", "100"),
        "evenements-programmes": ("more-than", "300"),
        "evenements-references": ("more-than", "300"),
        "labs-attendus-journee-des-labs": ("about", "50"),
        "labs-territoriaux-annonces": ("exactly", "4"),
        "nombre-ateliers-decider-ensemble": ("exactly", "5"),
        "parcours-retenus": ("exactly", "4"),
        "rang-edition-2019": ("exactly", "6"),
        "rang-edition-2021": ("exactly", "8"),
    }
    labs = {row["key"] for row in rows("organisations") if row["kind"] == "laboratory"}
    assert labs == {"ti-lab", "lab-archipel", "etat-lin", "la-piste"}


def test_the_lab_in_preparation_and_the_programme_of_the_same_bodies_are_two() -> None:
    four = {"departement-isere", "grenoble-alpes-metropole", "ccas-grenoble", "ville-de-grenoble"}
    assert by_key("organisations")["la-piste"]["state"] == "in-preparation"
    assert agents("la-piste", "carries") == agents("programme-agents-isere", *ORGANISES) == four
    assert agents("theatre-forum-cooperation-equipe") == {"la-piste", "bandits-manchots"}


def test_premises_are_an_object_not_a_partner() -> None:
    assert agents("marathon-creatif-accueil-usagers", "object") == {"prefecture-ardeche"}
    assert agents("marathon-creatif-accueil-usagers", *ORGANISES) == {"lab-archipel"}


def test_kinds_are_absent_where_the_text_does_not_say() -> None:
    assert {row["key"] for row in rows("organisations") if not row["kind"]} == {
        "bandits-manchots",
        "cnc",
        "compagnie-des-tiers-lieux",
        "dgafp",
        "dinum",
        "ina",
        "la-27e-region",
        "la-fabrique-rh",
        "pionniers-innovation-publique",
        "radio-france",
    }


def test_services_and_authorities_of_one_territory_stay_two() -> None:
    decided = list(csv.DictReader(DECISIONS.read_text(encoding="utf-8").splitlines()))
    assert [(row["a"], row["b"]) for row in decided] == sorted((row["a"], row["b"]) for row in decided)
    same = {row["a"].partition(":")[2]: row["b"] for row in decided if row["decision"] == "same"}
    assert same["region-bourgogne"] == "local-authorities:region-bourgogne-franche-comte"
    apart = {
        (row["a"].partition(":")[2], row["b"].partition(":")[2])
        for row in decided
        if row["decision"] == "different"
    }
    assert ("sgar-pays-de-la-loire", "region-pays-de-la-loire") in apart
    assert ("ccas-grenoble", "ville-de-grenoble") in apart
