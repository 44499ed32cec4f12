"""The article as a source: does every row rest on the text, and is all that the text states in the rows?

The text is not ours and is not here: the tests that read it need the shared folder.
"""

import re
import subprocess
from collections.abc import Iterator
from hashlib import sha256
from itertools import pairwise

import pytest

from maillage.sources import passages
from maillage.sources.card import read_card
from maillage.sources.text import Text, read, word_count
from maillage.terms import fold
from tests.article import ROOT, by_key, cells, decisions, rows

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
        assert text.places(int(row["paragraph"]), row["first_words"], row["last_words"]) == [place], row["key"]


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
    named = [(row["key"], row["name"]) for table in ("organisations", "places", "programmes") for row in rows(table)]
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
    for row in decisions():
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
