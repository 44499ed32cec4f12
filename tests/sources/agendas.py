"""The real events of `../shared/data/` as a calendar and as a page, for sources that lie there in no file of theirs.

The calendar is written as OpenAgenda writes those it gives out (`packages/flat-exports/lib/ics/` of its public code,
read on 2026-11-26): an entry a session, times in UTC, the zone as a property of the entry, and an organiser who may be
a person. The page holds the DINUM's agenda, a programme with its parts, as schema.org has it; the archive holds the
same agenda in the pages of its site, facts in front matter, as its public code has them.
"""

import io
import json
import re
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime
from html import unescape
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import yaml
from icalendar import Calendar, Event

from tests.conftest import SHARED

PARIS = ZoneInfo("Europe/Paris")
SAMPLES = SHARED / "data" / "openagenda_samples"
DINUM = SHARED / "data" / "numerique_gouv_evenements" / "events.json"
Session = tuple[datetime, datetime]


def _read(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))


def openagenda_events() -> Iterator[tuple[str, str, str, list[Session]]]:
    """Identifier, title, place with its address, and sessions of each of the 103 events of the three samples."""
    for event in _read(SAMPLES / "ods_v2_evenements-publics-openagenda_2records.json")["results"]:
        place = f"{event['location_name']} - {event['location_address']}"
        yield str(event["uid"]), event["title_fr"], place, _sessions(json.loads(event["timings"]))
    event = _read(SAMPLES / "openagenda_api_v2_event.json")["event"]
    place = f"{event['location']['name']} - {event['location']['address']}"
    yield str(event["uid"]), event["title"]["fr"], place, _sessions(event["timings"])
    for record in _read(SAMPLES / "ods_v1_evenements-a-paris_100.json")["records"]:
        fields = record["fields"]
        pairs = [pair.split(" ") for pair in fields["timetable"].split(";")]
        timings = [{"begin": begin, "end": end} for begin, end in pairs]
        place = f"{unescape(fields['placename'])} - {unescape(fields['address'])}"
        yield fields["uid"], unescape(fields["title"]), place, _sessions(timings)


def _sessions(timings: list[dict[str, str]]) -> list[Session]:
    return [(_moment(timing["begin"]), _moment(timing["end"])) for timing in timings]


def _moment(text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    return (moment if moment.tzinfo else moment.replace(tzinfo=PARIS)).astimezone(UTC)


def calendar() -> bytes:
    """The agenda of OpenAgenda number 30224219, with all these events."""
    agenda = Calendar()
    agenda.add("VERSION", "2.0")
    agenda.add("PRODID", "-//essai//agenda//fr")
    for uid, title, place, sessions in openagenda_events():
        for begin, end in sessions:
            entry = Event()
            entry.add("UID", f"30224219//{uid}//{begin:%Y%m%dT%H%M00Z}")
            entry.add("DTSTART", begin)
            entry.add("DTEND", end)
            entry["TZID"] = "Europe/Paris"
            entry.add("SUMMARY", title)
            entry.add("LOCATION", place)
            entry["ORGANIZER"] = "Camille Personne"
            entry.add("STATUS", "CONFIRMED")
            entry.add("DTSTAMP", begin)
            agenda.add_component(entry)
    return bytes(agenda.to_ical())


def page() -> bytes:
    """A page of the DINUM's agenda: its seven events, the programme of 2020 with its fourteen parts."""
    graph = [_event(event) for event in _read(DINUM)]
    held = json.dumps({"@context": "https://schema.org", "@graph": graph}, ensure_ascii=False)
    return (
        '<!DOCTYPE html>\n<html lang="fr"><head><title>Agenda</title><script>var i = "<b>";</script>\n'
        f'<script type="application/ld+json">{held}</script></head><body><h1>Agenda</h1></body></html>\n'
    ).encode()


def _event(event: dict[str, Any]) -> dict[str, Any]:
    online = "en ligne" in event["place"].lower()
    place = {"@type": "Place", "name": event["place"], "address": event["address"]}
    said = {
        "@type": "Event",
        "url": event["url"],
        "name": event["title"],
        "startDate": event["start"],
        "location": {"@type": "VirtualLocation", "name": event["place"]} if online else place,
        "organizer": {"@type": "Person", "name": "Camille Personne"},
    }
    if event["end"]:
        said["endDate"] = event["end"]
    if parts := list(_parts(event)):
        said["subEvent"] = parts
    return said


def _parts(event: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Those that the programme tells a line each: « [Le 05/11 à 9h] [Webinaire] [beta.gouv.fr] »."""
    for line in re.findall(r"(?m)^\[(?:Le|Du) \d[^\n]*", event["text"]):
        days = [f"{event['start'][:4]}-{month}-{day}" for day, month in re.findall(r"(\d\d)/(\d\d)", line)]
        kinds = re.findall(r"\[([^\]]+)\]", line)[1:]
        if kinds:
            name = ", ".join(kinds)
            yield {"@type": "BusinessEvent", "name": name, "startDate": days[0], "endDate": days[-1]}


def archive() -> bytes:
    """The site of the DINUM as its host packs it: the pages of seven events among others."""
    body = io.BytesIO()
    with zipfile.ZipFile(body, "w", zipfile.ZIP_DEFLATED) as packed:
        for event in _read(DINUM):
            packed.writestr(f"site-master/_evenements/{event['id']}.markdown", _page(event))
        packed.writestr("site-master/_evenements/essai.md", "---\ntitle: Essai\n---\nSans date.\n")
        packed.writestr("site-master/_evenements/image.png", b"\x89PNG")
        packed.writestr("site-master/README.md", "# Pas un événement\n")
    return body.getvalue()


def _page(event: dict[str, Any]) -> str:
    facts = {
        "title": event["title"],
        "event_start_date": _written(event["start"]),
        "event_end_date": _written(event["end"]),
        "lieu": f"{event['place']} ",
        "adresse": event["address"],
    }
    said = yaml.safe_dump({name: fact for name, fact in facts.items() if fact}, allow_unicode=True)
    return f"---\n{said}---\n\n" + re.sub(r"(?m)^(\[(?:Le|Du) \d.*)$", r"**\1**\\", event["text"])


def _written(moment: str | None) -> str:
    """As the pages write it: 2020-11-02 00:00:00 +01:00."""
    if not moment:
        return ""
    day, _, time = moment.partition("T")
    return f"{day} {time[:8] or '00:00:00'} {time[8:] or '+01:00'}"


FILES = {
    "icalendar": ("events.ics", calendar),
    "schema-org": ("events.html", page),
    "numerique-gouv-site": ("site.zip", archive),
}


def lay_down(source: str, folder: Path) -> Path:
    """The folder that the file of a source is written in."""
    name, made = FILES[source]
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_bytes(made())
    return folder
