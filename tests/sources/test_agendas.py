"""The agendas that anybody may give: what of an entry or of a page is an event, where, and by whom."""

import json
from pathlib import Path
from typing import Any

import pytest

from maillage.errors import FindingsError
from maillage.sources.card import read_card
from maillage.sources.fetch.run import fetch
from maillage.sources.records import Record, read_records
from tests.refusals import raises


def taken(source: str, text: str, folder: Path) -> dict[str, Record]:
    """The rows of a source whose file is `text`, given itself under another name."""
    file = folder / "agenda"
    file.write_text(text, "utf-8")
    fetch(read_card(source), folder / "out", str(file))
    records, findings = read_records(read_card(source), folder / "out")
    assert findings == []
    return {record.key: record for record in records}


def page(*contents: Any) -> str:
    scripts = "".join(f'<script type="application/ld+json">{json.dumps(content)}</script>\n' for content in contents)
    return f"<!DOCTYPE html>\n<html><body>{scripts}</body></html>"


def texts(record: Record, *columns: str) -> list[str]:
    return [value.text.rpartition("/")[2] for column in columns for value in record.values.get(column, [])]


EVENT: dict[str, Any] = {
    "@context": "http://schema.org/",
    "@type": ["SocialEvent", "Thing"],
    "name": "Forum&#39;s ouvert",
    "url": "https://www.example.org/forum",
    "startDate": "2021-11-08T09:30+01:00",
}
LYON = {"postalCode": "69001", "addressLocality": "Lyon", "addressCountry": "FR"}


def test_an_address_that_was_not_given_is_asked_for(tmp_path: Path) -> None:
    with raises("address-not-given", match="maillage fetch icalendar --from ADDRESS"):
        fetch(read_card("icalendar"), tmp_path)


def test_entries_of_one_event_are_one_and_what_was_called_off_is_none(tmp_path: Path) -> None:
    head, tail = "BEGIN:VEVENT\nDTSTAMP:20211101T080000Z\n", "SUMMARY:Atelier\nEND:VEVENT\n"
    found = taken(
        "icalendar",
        "BEGIN:VCALENDAR\n"
        f"{head}UID:7//42//20211109\nDTSTART:20211109T100000\nLOCATION:Halle\\, 69001 Lyon\n{tail}"
        f"{head}UID:7//42//20211108\nDTSTART:20211108T100000\nLOCATION:https://visio.example.org\n{tail}"
        f"{head}UID:43@example.org\nDTSTART:20211108T100000\nSTATUS:CANCELLED\n{tail}"
        f"{head}UID:44@example.org\nDTSTART:20211108T100000\nEND:VEVENT\n"
        "END:VCALENDAR",
        tmp_path,
    )
    assert set(found) == {"event-42", "place-halle-69001-lyon"}
    assert texts(found["event-42"], "name", "start", "end") == ["Atelier", "2021-11-08", "2021-11-09"]
    assert texts(found["event-42"], "place", "territory") == ["place-halle-69001-lyon", "69001 Lyon"]


@pytest.mark.parametrize(
    ("location", "place", "commune"),
    [
        ({"@type": "Place", "name": "Halle", "address": LYON}, "Halle", "69001 Lyon"),
        ({"@type": "Place", "name": "Halle", "address": "1 rue X, 69001 Lyon, France"}, "Halle", "69001 Lyon"),
        ({"@type": "Place", "address": LYON}, "", "69001 Lyon"),
        ("Halle, 69001 Lyon", "Halle, 69001 Lyon", "69001 Lyon"),
        ([{"@type": "Place", "name": "Halle"}, {"@type": "VirtualLocation", "url": "https://e.org"}], "Halle", ""),
        ({"@type": "VirtualLocation", "name": "En visio"}, "", ""),
        ({"@type": "Place", "name": "Halle", "address": LYON | {"addressCountry": "DE"}}, "Halle", ""),
        ({"@type": "Place", "name": "Halle", "address": {"addressLocality": "Lyon"}}, "Halle", ""),
        (None, "", ""),
    ],
)
def test_where_an_event_is_held(location: Any, place: str, commune: str, tmp_path: Path) -> None:
    found = taken("schema-org", page(EVENT | {"location": location}), tmp_path)
    places = [record for record in found.values() if record.table == "places"]
    assert [texts(one, "name", "territory") for one in places] == [list(filter(None, [place, commune]))] * bool(place)
    assert texts(found["event-example-org-forum"], "territory") == list(filter(None, [commune]))
    assert len(texts(found["event-example-org-forum"], "place")) == bool(place)


def test_who_organises_is_a_body_and_never_a_person(tmp_path: Path) -> None:
    said = [
        {
            "@type": "GovernmentOrganization",
            "name": "Labo de la Ville",
            "url": "https://labo.example.org/",
            "email": "a@b.fr",
        },
        {"@type": "Person", "name": "Camille Personne"},
        {"@type": ["Person", "Thing"], "name": "Dominique Personne"},
        {"@type": "Organization", "name": "Camille PERSONNE"},
        {"name": "Sans sorte"},
        "En toutes lettres",
    ]
    found = taken("schema-org", page({"@graph": [EVENT | {"organizer": said}]}), tmp_path)
    assert texts(found["event-example-org-forum"], "name", "start") == ["Forum's ouvert", "2021-11-08"]
    assert [key for key, record in found.items() if record.table == "bodies"] == ["labo-de-la-ville"]
    link = found["organises-labo-de-la-ville-event-example-org-forum"]
    assert texts(link, "agent", "role", "activity") == ["labo-de-la-ville", "organises", "event-example-org-forum"]
    assert len(found) == 3
    assert taken("schema-org", page(EVENT | {"organizer": said[0]}), tmp_path).keys() == found.keys()


def test_parts_of_an_event_and_events_without_an_address(tmp_path: Path) -> None:
    part = {"@type": "Event", "name": "Atelier", "startDate": "2021-11-09"}
    off = EVENT | {"url": "https://e.org/3", "eventStatus": "https://schema.org/EventCancelled"}
    listed = {"@type": "ItemList", "itemListElement": [{"@type": "ListItem", "item": part}]}
    found = taken(
        "schema-org", page(EVENT | {"subEvent": part}, listed, off, {"@type": "Place", "name": "X"}), tmp_path
    )
    assert set(found) == {"event-example-org-forum", "event-example-org-forum-1", "event-atelier-2021-11-09"}
    assert texts(found["event-example-org-forum-1"], "super_event") == ["event-example-org-forum"]
    assert texts(found["event-example-org-forum"], "kind") == ["set"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (page(), r"0 record\(s\)"),
        ("<html><p>No script</p></html>", r"0 record\(s\)"),
        ('<html>\n<script type="application/ld+json">{"@type": "Event",}</script></html>', "line 2|:2"),
        (page(EVENT | {"@context": "https://e.org/context"}), "never fetched"),
        (page({key: value for key, value in EVENT.items() if key != "startDate"}), "startDate"),
        ('<script type="application/ld+json">' + "[" * 100_000 + "</script>", "JSON"),
    ],
)
def test_a_page_without_events_that_can_be_read_is_a_sentence(text: str, said: str, tmp_path: Path) -> None:
    with pytest.raises(FindingsError, match=said):
        taken("schema-org", text, tmp_path)
    assert not (tmp_path / "out" / "fetched" / "schema-org").exists()
