"""Events of iCalendar and of schema.org JSON-LD, through the standard tables.

What the real events of `../shared/data/` (see `agendas`) do not show: these are written by hand in the shapes of
RFC 5545 (sections 3.4, 3.6.1, with a folded line and an escaped comma) and of schema.org/Event (its own examples).
"""

import json
from pathlib import Path

import pytest

from maillage.errors import FindingsError
from maillage.sources.calendar import events_of
from maillage.sources.card import read_card
from maillage.sources.fetch.run import fetch
from maillage.sources.records import Record, read_records
from tests.refusals import raises
from tests.sources.registers import trial

ICS = """BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//Essai//FR
BEGIN:VEVENT
UID:20211129-1@example.org
DTSTAMP:20211101T080000Z
DTSTART;TZID=Europe/Paris:20211129T233000
DTEND;TZID=Europe/Paris:20211130T003000
SUMMARY:Ronde des labos\\, première sé
 ance
LOCATION:Lyon
ORGANIZER;CN=Camille Personne:mailto:camille@example.org
ATTENDEE;CN=Dominique Personne:mailto:dominique@example.org
END:VEVENT
BEGIN:VEVENT
UID:20211129-2@example.org
DTSTAMP:20211101T080000Z
DTSTART;VALUE=DATE:20211104
DTEND;VALUE=DATE:20211106
RRULE:FREQ=YEARLY
SUMMARY:Deux jours
CATEGORIES:atelier,ouvert
END:VEVENT
END:VCALENDAR
"""
JSONLD = {
    "@context": "https://schema.org",
    "@graph": [
        {
            "@type": "Event",
            "@id": "https://example.org/e/1",
            "name": "Forum ouvert",
            "startDate": "2021-11-08T09:30+01:00",
            "endDate": "2021-11-08",
            "eventAttendanceMode": "https://schema.org/OnlineEventAttendanceMode",
            "organizer": [
                {"@type": "Organization", "name": "Labo de la Ville", "email": "bureau@example.org"},
                {"@type": "Person", "name": "Camille Personne", "email": "camille@example.org"},
            ],
            "attendee": {"@type": "Person", "name": "Dominique Personne"},
        },
        {"@type": "Place", "name": "Halle"},
    ],
}
CARD = (
    trial("agenda")
    + """fetch: {files: {FILE: {address: "https://example.org/FILE"RECORDS}}}
tables:
"""
)
ICS_EVENTS = """SELECT line, 'event-' || slug(record->>'$.uid') AS key, record->>'$.summary' AS name, 'yes' AS named,
  'event' AS kind, record->>'$.first' AS start, record->>'$.last' AS "end" FROM "a.ics" """
LD = """FROM "a.jsonld" WHERE record->>'$."@type"' = 'Event'"""
LD_EVENTS = f"""SELECT line, 'event-' || slug(record->>'$."@id"') AS key, tidy(record->>'$.name') AS name,
  'yes' AS named, 'event' AS kind, left(record->>'$.startDate', 10) AS start, left(record->>'$.endDate', 10) AS "end",
  CASE WHEN record->>'$.eventAttendanceMode' LIKE '%/Online%' THEN 'online' END AS attendance {LD}"""
ORGANISERS = f"""(SELECT line, record, unnest(from_json(record->'$.organizer', '["JSON"]')) AS organiser {LD})
  WHERE organiser->>'$."@type"' = 'Organization'"""
LD_BODIES = f"SELECT line, slug(organiser->>'$.name') AS key, organiser->>'$.name' AS name FROM {ORGANISERS}"
LD_LINKS = f"""SELECT line, 'organises-' || slug(organiser->>'$.name') || '-' || line AS key,
  slug(organiser->>'$.name') AS agent, 'organises' AS role, 'event-' || slug(record->>'$."@id"') AS activity
  FROM {ORGANISERS}"""


def read(folder: Path, name: str, body: str, records: str, tables: dict[str, tuple[str, str]]) -> list[Record]:
    """The rows of a source whose only file is `body`; `tables`: mapping and SELECT by table."""
    source, origin = folder / "agenda", folder / "origin"
    source.mkdir()
    origin.mkdir()
    card = CARD.replace("FILE", name).replace("RECORDS", records)
    for table, (mapping, select) in tables.items():
        card += f"  {table}: {{mapping: {mapping}, rows_in: {name}}}\n"
        (source / f"{table}.sql").write_text(select, "utf-8")
    (source / "source.yml").write_text(card, "utf-8")
    (origin / name).write_text(body, "utf-8")
    fetch(read_card(str(source)), folder / "out", str(origin))
    found, findings = read_records(read_card(str(source)), folder / "out")
    assert findings == []
    return found


def said(record: Record, *columns: str) -> list[str]:
    return [value.text.rpartition("/")[2] for column in columns for value in record.values[column]]


def held(records: list[Record]) -> str:
    return " ".join(value.text for record in records for values in record.values.values() for value in values)


def test_events_of_a_calendar(tmp_path: Path) -> None:
    found = read(tmp_path, "a.ics", ICS.replace("\n", "\r\n"), "", {"events": ("event", ICS_EVENTS)})
    assert [said(event, "name", "start", "end") for event in found] == [
        ["Ronde des labos, première séance", "2021-11-29", "2021-11-30"],  # its days where it is held, not in UTC
        ["Deux jours", "2021-11-04", "2021-11-05"],  # the day that ends whole days is the day after
    ]
    assert "ersonne" not in held(found)


def test_a_calendar_gives_no_person(tmp_path: Path) -> None:
    (tmp_path / "a.ics").write_text(ICS, "utf-8")
    events = events_of(tmp_path / "a.ics")
    assert "ersonne" not in json.dumps(events)
    assert [(event["categories"], event["repeats"]) for event in events] == [([], False), (["atelier", "ouvert"], True)]


@pytest.mark.parametrize("text", ["BEGIN:VEVENT\nDTSTART:x\n", "no calendar"])
def test_a_calendar_that_is_none_is_a_sentence(text: str, tmp_path: Path) -> None:
    (tmp_path / "a.ics").write_text(text, "utf-8")
    with raises("bad-calendar"):
        events_of(tmp_path / "a.ics")


def test_events_of_json_ld_and_who_organises_them_unless_a_person(tmp_path: Path) -> None:
    tables = {
        "bodies": ("body", LD_BODIES), "events": ("event", LD_EVENTS), "organisers": ("participation", LD_LINKS),
    }  # fmt: skip
    found = read(tmp_path, "a.jsonld", json.dumps(JSONLD), ', records: "@graph"', tables)
    by_table = {record.table: record for record in found}
    assert len(found) == 3
    assert said(by_table["events"], "name", "start", "end", "attendance") == [
        "Forum ouvert", "2021-11-08", "2021-11-08", "online",
    ]  # fmt: skip
    assert said(by_table["organisers"], "agent", "role") == ["labo-de-la-ville", "organises"]
    assert "ersonne" not in held(found)
    assert "@example" not in held(found)


@pytest.mark.parametrize("context", ["https://schema.org.example.org/", "https://e.org/schema.org"])
def test_a_context_that_would_have_to_be_fetched_is_refused(context: str, tmp_path: Path) -> None:
    body = json.dumps(JSONLD | {"@context": context})
    with pytest.raises(FindingsError, match="never fetched"):
        read(tmp_path, "a.jsonld", body, ', records: "@graph"', {"events": ("event", LD_EVENTS)})


def entry(*lines: str) -> str:
    return "\n".join(["BEGIN:VEVENT", "UID:1", "DTSTAMP:20211101T080000Z", *lines, "END:VEVENT"])


@pytest.mark.parametrize(
    ("head", "lines", "days"),
    [
        ("", ["DTSTART:20211129T230000Z", "DTEND:20211129T234500Z"], ("2021-11-29", "2021-11-29")),
        ("", ["DTSTART:20211129T230000Z", "DTEND:20211129T234500Z", "TZID:Europe/Paris"], ("2021-11-30", "2021-11-30")),
        ("X-WR-TIMEZONE:Europe/Paris", ["DTSTART:20211129T230000Z"], ("2021-11-30", "2021-11-30")),
        ("X-WR-TIMEZONE:Europe/Paris", ["DTSTART:20211129T230000"], ("2021-11-29", "2021-11-29")),
        ("", ["DTSTART:20211129T090000", "DTEND:20211201T000000"], ("2021-11-29", "2021-11-30")),
        ("", ["DTSTART:20211129T220000", "DURATION:PT3H"], ("2021-11-29", "2021-11-30")),
        ("", ["DTSTART:20211129T220000", "DTEND:20211129T053000"], ("2021-11-29", "2021-11-29")),
    ],
)
def test_days_are_those_of_where_it_is_held(head: str, lines: list[str], days: tuple[str, str], tmp_path: Path) -> None:
    text = "\n".join(filter(None, ["BEGIN:VCALENDAR", "VERSION:2.0", head, entry(*lines), "END:VCALENDAR", ""]))
    (tmp_path / "a.ics").write_text(text, "utf-8")
    assert [(event["first"], event["last"]) for event in events_of(tmp_path / "a.ics")] == [days]


def test_a_zone_that_is_none_is_a_sentence(tmp_path: Path) -> None:
    text = "\n".join(["BEGIN:VCALENDAR", entry("DTSTART:20211129T230000Z", "TZID:Mars/Olympus"), "END:VCALENDAR", ""])
    (tmp_path / "a.ics").write_text(text, "utf-8")
    with raises("bad-calendar", match="Olympus"):
        events_of(tmp_path / "a.ics")
