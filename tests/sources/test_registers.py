"""The fetched sources on their real files: as many rows as the source counts, and each quirk as it must be read."""

import re
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest
from _pytest.mark import ParameterSet

from maillage.errors import Finding
from maillage.sources import sql
from maillage.sources.card import fetched_card_names, read_card
from maillage.sources.copies import fetched_folder
from maillage.sources.records import Record, read_records
from tests.refusals import raises
from tests.sources.agendas import FILES
from tests.sources.registers import FOLDERS, take

pytestmark = pytest.mark.needs("shared")

# By table: the counts that SOURCE.md, beside the files, gives, or that were read in them.
COUNTS = {
    "anct-avenir-montagnes": {"bodies": 1_880, "programmes": 2 + 61 + 96, "participations": 1_792 + 222},
    "anct-engagement": {"bodies": 214, "programmes": 4, "participations": 230 - 1},  # one without a code
    "anct-fabriques": {"bodies": 13, "programmes": 3, "participations": 13},
    "anct-places": {"bodies": 491, "programmes": 5 + 391, "participations": 491},
    "annuaire": {"town-halls": 1, "bodies": 1},
    "annuaire-2019": {"bodies": 50_256},
    "betagouv": {
        "bodies": 145, "incubators": 23, "products": 662, "sponsors": 826, "incubations": 664,
        "milestones": 145 + 38 + 57 + 37 + 215 + 68 + 2,
    },
    "codegouv": {"ministries": 19, "offices": 9},
    "cog": {
        "regions": 18 + 8, "departments": 101, "communes": 34_969 + 45 + 1_992, "councils": 34_875,
        "intercommunalities": 1_255, "groupings": 1_255, "memberships": 34_871,
    },
    "cordis": {},  # long tables: tests/graph/test_stream.py
    "decider-ensemble": {"bodies": 86, "programmes": 101 + 6, "participations": 101 + 81},
    "eig-defis": {"programmes": 1 + 5, "challenges": 71, "hosts": 58, "countries": 58, "hostings": 76},
    "icalendar": {"places": 75, "events": 2 + 1 + 100},
    "numerique-gouv": {"places": 2, "events": 7, "sessions": 14},
    "numerique-gouv-site": {"places": 2, "events": 7, "sessions": 14},
    "odf-observatoire": {"bodies": 891, "platforms": 160, "participations": 509},
    "openagenda": {"places": 2, "events": 2, "api-places": 1, "api-events": 1, "paris-events": 100},
    "schema-org": {"places": 3, "events": 7 + 14},
}  # fmt: skip
Read = tuple[list[Record], list[Finding]]
READ: dict[str, Read] = {}
LONG = ("annuaire-2019", "cog")  # some seconds each to read


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("registers")


@pytest.fixture
def read(out: Path, request: pytest.FixtureRequest) -> Read:
    """The rows of the source that the test is marked with, read once."""
    source = request.param
    if source not in READ:
        take(source, out)
        READ[source] = read_records(read_card(source), out)
    return READ[source]


def marked(source: str, *values: str) -> ParameterSet:
    return pytest.param(*values, marks=[pytest.mark.slow] if source in LONG else [], id=source)


def of(source: str) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("read", [marked(source, source)], indirect=True)


each_source = pytest.mark.parametrize(
    ("read", "source"), [marked(name, name, name) for name in COUNTS], indirect=["read"]
)


def rows(read: Read, table: str) -> dict[str, Record]:
    return {record.key: record for record in read[0] if record.table == table}


def texts(record: Record, column: str) -> list[str]:
    return [value.text for value in record.values.get(column, [])]


def test_every_fetched_source_is_tried_here() -> None:
    asked = {
        name
        for name in fetched_card_names()
        if any("question" in file for file in read_card(name).fetch["files"].values())
    }
    assert set(fetched_card_names()) - asked == {*FOLDERS, *FILES} == set(COUNTS)
    assert asked == {"wikidata"}  # tests/graph/test_entries.py


@each_source
def test_it_has_as_many_rows_as_the_source_counts(read: Read, source: str) -> None:
    assert Counter(record.table for record in read[0]) == COUNTS[source]
    assert read[1] == []


@each_source
def test_no_row_holds_an_address_of_a_person(read: Read, source: str) -> None:
    """Neither mail nor telephone; `contributor_…`, `member` and officials are not even named in a SELECT."""
    held = {value.text for record in read[0] for values in record.values.values() for value in values}
    assert [text for text in held if re.search(r"\w@\w+\.\w|\b0\d([ .]?\d\d){4}\b", text)] == []
    asked = "".join(table.file.read_text("utf-8") for table in read_card(source).tables)
    assert not re.search(r"contributor_|\$\.member|affectation_personne|contact|courriel|telephone", asked)


@of("betagouv")
def test_a_sponsor_under_the_name_of_a_person_keeps_its_link_alone(read: Read) -> None:
    bodies = rows(read, "bodies")
    unnamed = [key for key in bodies if key.startswith("unnamed-")]
    assert len(unnamed) == 1
    assert texts(bodies[unnamed[0]], "name") == ["Commanditaire que la source désigne par une personne"]
    links = [link for link in rows(read, "sponsors").values() if texts(link, "agent") == unnamed]
    assert len(links) == 1
    names = [name for body in bodies.values() for name in texts(body, "name")]
    assert not [name for name in names if re.fullmatch(r"[A-Z][a-zé]+ [A-Z]{2,}", name)]


@of("betagouv")
def test_products_are_dated_by_their_phases(read: Read) -> None:
    products = rows(read, "products")
    one = products["product-1-jeune-1-arbre"]
    assert (texts(one, "start"), texts(one, "end")) == (["2024-05-14"], ["2025-02-28"])  # given up that day
    assert [theme.rpartition("/")[2] for theme in texts(one, "themes")] == [
        "agriculture", "ecological-transition", "territorial-cohesion", "youth",
    ]  # fmt: skip
    assert texts(products["product-1-eleve-1-stage"], "end") == []  # handed over, not ended


@of("betagouv")
def test_links_point_to_bodies_that_are_there(read: Read) -> None:
    """Thirty-four products are in an incubator that the site hides; two are in two incubators."""
    links = rows(read, "incubations").values()
    known = {*rows(read, "incubators"), *rows(read, "bodies")}
    assert {agent for link in links for agent in texts(link, "agent")} <= known
    assert sum(texts(link, "agent") == ["incubator-sgmas"] for link in links) == 34
    several = Counter(texts(link, "activity")[0] for link in links)
    assert sum(count == 2 for count in several.values()) == 2


@of("eig-defis")
def test_spellings_of_one_host_are_one_and_two_hosts_are_two(read: Read) -> None:
    hosts = rows(read, "hosts")
    assert [key for key in hosts if key.startswith("direction-interministerielle-du-numerique")] == [
        "direction-interministerielle-du-numerique",
        "direction-interministerielle-du-numerique-et-du-systeme-d-information-et-de-communication-de-l-etat",
    ]
    assert "agence-nationale-du-traitement-automatise-des-infractions" in hosts
    assert "direction-generale-de-la-concurrence-de-la-consommation-et-de-la-repression-des-fraudes" in hosts
    assert texts(hosts["delegation-interministerielle-a-l-hebergement-et-a-l-acces-au-logement"], "acronym") == [
        "DIHAL"
    ]


@of("cog")
def test_codes_stay_texts_and_names_keep_their_articles(read: Read) -> None:
    communes, councils = rows(read, "communes"), rows(read, "councils")
    assert texts(communes["commune-01001"], "within") == ["department-01", "intercommunality-200069193"]
    assert texts(councils["council-01004"], "name") == ["Commune d'Ambérieu-en-Bugey"]
    assert texts(councils["council-72181"], "name") == ["Commune du Mans"]
    assert texts(councils["council-2a004"], "identifiers") == ["SIREN=212000046", "COG=2A004"]
    assert texts(communes["commune-75111"], "within") == ["commune-75056"]
    assert texts(communes["commune-97502"], "within") == ["collectivity-975"]
    assert sum(texts(commune, "name") == ["Sainte-Colombe"] for commune in communes.values()) == 12


@of("numerique-gouv")
def test_a_programme_has_its_fourteen_sessions_and_no_organiser(read: Read) -> None:
    sessions = rows(read, "sessions")
    programme = "mois-de-linnovation-publique-edition-2020"
    assert {text for one in sessions.values() for text in texts(one, "super_event")} == {programme}
    first = sessions[f"session-{programme}-1"]
    assert (texts(first, "start"), texts(first, "end")) == (["2020-11-02"], ["2020-11-30"])
    assert not [record for record in read[0] if record.key_kind == "participation"]


@of("openagenda")
def test_days_are_local_and_titles_are_plain(read: Read) -> None:
    event = rows(read, "events")["event-43692627"]
    assert (texts(event, "start"), texts(event, "territory")) == (["2022-11-16"], ["commune-33063"])
    assert texts(event, "attendance")[0].endswith("/onsite")
    assert not [one for one in rows(read, "paris-events").values() if "&amp;" in texts(one, "name")[0]]


def as_told(record: Record, *columns: str) -> tuple[str, ...]:
    return tuple("|".join(texts(record, column)) for column in columns)


@of("icalendar")
def test_a_calendar_tells_the_events_of_openagenda_as_its_api_does(read: Read, out: Path) -> None:
    """Of 103 events, in entries of 393 sessions: title, first and last day. Places are told by their address."""
    take("openagenda", out)
    api = [record for record in read_records(read_card("openagenda"), out)[0] if record.key_kind == "event"]
    expected = {record.key.rpartition("-")[2]: as_told(record, "name", "start", "end") for record in api}
    found = {
        key.rpartition("-")[2]: as_told(record, "name", "start", "end") for key, record in rows(read, "events").items()
    }
    assert found == expected
    assert as_told(rows(read, "events")["event-61763667"], "territory") == ("72000 Le Mans",)  # « 72 000 » there
    held = " ".join(value.text for record in read[0] for values in record.values.values() for value in values)
    assert "Personne" not in held


@of("numerique-gouv-site")
def test_the_pages_of_a_site_tell_what_their_extract_does(read: Read, out: Path) -> None:
    """Two events spell one place with and without a capital; which comes first is not the same there."""
    take("numerique-gouv", out)
    extract = read_records(read_card("numerique-gouv"), out)[0]
    told = ("name", "start", "end", "kind", "attendance", "territory", "place", "super_event")
    found, expected = (
        {(record.table, record.key, *(text.casefold() for text in as_told(record, *told))) for record in records}
        for records in (read[0], extract)
    )
    assert found == expected


@of("schema-org")
def test_a_page_tells_a_programme_and_its_parts_as_its_own_source_does(read: Read, out: Path) -> None:
    take("numerique-gouv", out)
    own = {record.key: record for record in read_records(read_card("numerique-gouv"), out)[0]}
    found = rows(read, "events")
    whole = "event-numerique-gouv-fr-agenda-mois-de-linnovation-publique-edition-2020"
    assert texts(found[whole], "kind")[0].endswith("/set")
    parts = [record for record in found.values() if texts(record, "super_event") == [whole]]
    told = ("name", "start", "end")
    assert [as_told(part, *told) for part in parts] == [
        as_told(record, *told) for key, record in own.items() if key.startswith("session-")
    ]
    alone = [record for record in found.values() if not texts(record, "super_event")]
    more = (*told, "territory", "attendance")
    assert Counter(as_told(record, *more) for record in alone) == Counter(
        as_told(record, *more) for record in own.values() if record.table == "events"
    )
    assert not [record for record in read[0] if record.key_kind == "participation"]  # whoever organises is a person


@of("annuaire-2019")
def test_a_town_hall_is_the_commune_and_its_annex_is_not(read: Read) -> None:
    bodies = rows(read, "bodies")
    assert "COG=35238" in texts(bodies["mairie-35238-01"], "identifiers")
    annexes = [body for key, body in bodies.items() if key.startswith("mairie-") and not key.endswith("-01")]
    assert not [body for body in annexes if any(code.startswith("COG=") for code in texts(body, "identifiers"))]
    assert len({text for body in bodies.values() for text in texts(body, "registered_as")}) == 92


@of("annuaire-2019")
def test_an_address_is_written_as_the_post_has_it_with_the_zero_that_the_file_lost(read: Read) -> None:
    bodies = rows(read, "bodies")
    assert texts(bodies["gendarmerie-97128-01"], "address") == ["1 Impasse Joas Section Castaing, 97180 Sainte-Anne"]
    assert texts(bodies["mairie-06001-01"], "address") == ["9 place de la Mairie, 06910 Aiglun"]
    assert texts(bodies["prefecture-12202-01"], "address") == ["Place Charles-de-Gaulle, BP 715, 12007 Rodez Cedex"]
    assert sum(not texts(body, "address") for body in bodies.values()) == 18


@of("annuaire")
def test_the_address_of_a_body_is_taken_from_json_in_a_string(read: Read) -> None:
    """The town hall of the sample has none."""
    found = [texts(body, "address") for body in (*rows(read, "bodies").values(), *rows(read, "town-halls").values())]
    assert found == [["29-31 rue des Boulets, 75011 Paris"], []]


def test_a_source_that_was_not_fetched_is_a_sentence(tmp_path: Path) -> None:
    with raises("not-fetched", match="maillage fetch betagouv"):
        read_records(read_card("betagouv"), tmp_path)


def test_a_select_reads_nothing_but_its_files(out: Path, tmp_path: Path) -> None:
    kept, leak = tmp_path / "kept.txt", tmp_path / "leak.csv"
    kept.write_text("nobody's business", encoding="utf-8")
    take("codegouv", out)
    card = read_card("codegouv")
    with sql.open_copy(card, fetched_folder(out, "codegouv")) as base:
        for query in (f"SELECT * FROM read_text('{kept}')", f"COPY (SELECT 1) TO '{leak}'"):
            with pytest.raises(Exception, match="disabled by configuration"):
                base.execute(query)
    assert not leak.exists()


@pytest.mark.parametrize("text", ["SELECT 1 AS line, 'x' AS colour", "SELECT 'x' AS key", "SELEKT 1"])
def test_a_select_that_does_not_fit_its_table_says_so(text: str, tmp_path: Path, out: Path) -> None:
    take("codegouv", out)
    card = read_card("codegouv")
    file = tmp_path / "ministries.sql"
    file.write_text(text, encoding="utf-8")
    with (
        sql.open_copy(card, fetched_folder(out, "codegouv")) as base,
        raises("bad-query", match=r"ministries\.sql|drawn"),
    ):
        list(sql.rows(base, replace(card.tables[0], file=file)))
