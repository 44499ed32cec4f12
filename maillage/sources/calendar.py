"""iCalendar files (RFC 5545) as records of events. Who organises, attends or answers is a person: never read."""

import json
from datetime import UTC, date, datetime, timedelta, tzinfo
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from icalendar import Calendar

from maillage.errors import FileError
from maillage.files import read_text, short_path

TEXTS = ("UID", "SUMMARY", "LOCATION", "URL", "STATUS")  # nothing else is taken as it is; ORGANIZER, ATTENDEE never


def events_of(path: Path) -> list[dict[str, Any]]:
    """Each VEVENT by the names of its properties in lower case, and `first`, `last`: its days where it is held.

    What ends an event is not of it, midnight or the day after (section 3.6.1): `last` is its last day. A time in
    UTC is told in the zone that the event itself names (a property `TZID`, as OpenAgenda writes it) or its calendar
    (`X-WR-TIMEZONE`), where there is one. An event that repeats is one record with `repeats`; its repetitions are not
    drawn up. Raises `bad-calendar`.
    """
    try:
        calendar = Calendar.from_ical(read_text(path))
        usual = calendar.get("X-WR-TIMEZONE")
        return [_record(event, event.get("TZID") or usual) for event in calendar.walk("VEVENT")]
    except (ValueError, KeyError, AttributeError, IndexError) as error:
        raise FileError("bad-calendar", file=short_path(path), reason=" ".join(str(error).split())) from error


def _record(event: Any, zone: str | None) -> dict[str, Any]:
    found: dict[str, Any] = {name.lower(): str(event[name]).strip() for name in TEXTS if name in event}
    found["categories"] = [str(name) for name in getattr(event.get("CATEGORIES"), "cats", [])]
    place = ZoneInfo(str(zone).strip()) if zone else None
    return found | _days(event, place) | {"repeats": "RRULE" in event or "RDATE" in event}


def _days(event: Any, place: tzinfo | None) -> dict[str, str]:
    if "DTSTART" not in event:
        return {}
    first = event["DTSTART"].dt
    last = event["DTEND"].dt if "DTEND" in event else first + event["DURATION"].dt if "DURATION" in event else first
    if last > first:
        last -= timedelta(microseconds=1) if isinstance(last, datetime) else timedelta(days=1)
    return {"first": _day(first, place), "last": _day(last, place)}


def _day(moment: date, place: tzinfo | None) -> str:
    if place and isinstance(moment, datetime) and moment.tzinfo in (UTC, ZoneInfo("UTC")):
        moment = moment.astimezone(place)
    return moment.strftime("%Y-%m-%d")


def as_json(path: Path, folder: Path) -> Path:
    target = folder / f"{path.name}.json"
    target.write_text(json.dumps(events_of(path), ensure_ascii=False), encoding="utf-8")
    return target
