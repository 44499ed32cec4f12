"""iCalendar files (RFC 5545) as records of events. Who organises, attends or answers is a person: never read."""

import json
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from icalendar import Calendar

from maillage.errors import BadCalendar
from maillage.files import read_text, shown

TEXTS = ("UID", "SUMMARY", "LOCATION", "URL", "STATUS")  # nothing else is taken as it is; ORGANIZER, ATTENDEE never


def events_of(path: Path) -> list[dict[str, Any]]:
    """Each VEVENT by the names of its properties in lower case, and `first`, `last`: its days where it is held.

    A day that ends an event of whole days is the day after it (section 3.6.1): `last` is the day itself. An event
    that repeats is one record with `repeats`; its repetitions are not drawn up. Raises BadCalendar.
    """
    try:
        return [_record(event) for event in Calendar.from_ical(read_text(path)).walk("VEVENT")]
    except (ValueError, KeyError, AttributeError, IndexError) as error:
        raise BadCalendar(file=shown(path), reason=" ".join(str(error).split())) from error


def _record(event: Any) -> dict[str, Any]:
    found: dict[str, Any] = {name.lower(): str(event[name]).strip() for name in TEXTS if name in event}
    categories = event.get("CATEGORIES")
    found["categories"] = [str(name) for name in getattr(categories, "cats", [])]
    return found | _days(event) | {"repeats": "RRULE" in event or "RDATE" in event}


def _days(event: Any) -> dict[str, str]:
    if "DTSTART" not in event:
        return {}
    first = event["DTSTART"].dt
    last = event["DTEND"].dt if "DTEND" in event else first + event["DURATION"].dt if "DURATION" in event else first
    if not isinstance(last, datetime) and last > first:
        last -= timedelta(days=1)
    return {"first": _day(first), "last": _day(last)}


def _day(moment: date) -> str:
    return moment.strftime("%Y-%m-%d")


def as_json(path: Path, folder: Path) -> Path:
    """The events of a calendar as a JSON list in another folder."""
    target = folder / f"{path.name}.json"
    target.write_text(json.dumps(events_of(path), ensure_ascii=False), encoding="utf-8")
    return target
