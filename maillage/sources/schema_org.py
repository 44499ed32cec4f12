"""Events of schema.org that a page of HTML holds as JSON-LD, in `<script type="application/ld+json">`."""

import json
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

from maillage.files import read_text
from maillage.sources.parsing import read_json

# What schema.org (version 29) makes a kind of Event and whose name does not end with it.
OTHER_KINDS = frozenset({"CourseInstance", "EventSeries", "Festival", "Hackathon", "UserInteraction"})
PARTS = "subEvent"


class _Scripts(HTMLParser):
    """`found`: the text of each script of JSON-LD, and its line in the page."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[int, str]] = []
        self._inside = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        kind = (dict(attrs).get("type") or "").partition(";")[0].strip().lower()
        self._inside = tag == "script" and kind == "application/ld+json"
        if self._inside:
            self.found.append((self.getpos()[0], ""))

    def handle_data(self, data: str) -> None:
        if self._inside:
            line, before = self.found.pop()
            self.found.append((line, before + data))

    def handle_endtag(self, tag: str) -> None:
        self._inside = False


def scripts_of(page: str) -> list[tuple[int, str]]:
    """The JSON-LD of a page, script by script, with the line where each begins."""
    reader = _Scripts()
    reader.feed(page)
    reader.close()
    return reader.found


def events_in(content: Any) -> Iterator[dict[str, Any]]:
    """The events of JSON-LD that was read, wherever they lie in it, those that are part of another after it.

    Each as it is written, but: `@id` is its own, else its address (`url`), else that of the event it is part of with
    its number there, else ""; `superEvent` is the `@id` of that event; `subEvent` says how many parts it has.
    """
    for found in content if isinstance(content, list) else [content]:
        kinds = found.get("@type") if isinstance(found, dict) else None
        names = [re.split("[/:#]", str(kind))[-1] for kind in (kinds if isinstance(kinds, list) else [kinds])]
        if any(name.endswith("Event") or name in OTHER_KINDS for name in names):
            yield from _flatten(found)
        elif isinstance(found, dict):
            for held in found.values():
                yield from events_in(held)


def _flatten(event: dict[str, Any], within: str = "", number: int = 0) -> Iterator[dict[str, Any]]:
    parts = event.get(PARTS) or []
    parts = parts if isinstance(parts, list) else [parts]
    own = _id_of(event) or (f"{within}#{number}" if within else "")
    yield event | {"@id": own, "superEvent": within or _id_of(event.get("superEvent")), PARTS: len(parts)}
    for place, part in enumerate(parts, 1):
        if isinstance(part, dict):
            yield from _flatten(part, own, place)


def _id_of(other: Any) -> str:
    if isinstance(other, dict):
        other = other.get("@id") or other.get("url")
    return other if isinstance(other, str) else ""


def as_json(path: Path, folder: Path) -> Path:
    target = folder / f"{path.name}.json"
    scripts = scripts_of(read_text(path))
    events = [event for line, text in scripts for event in events_in(read_json(text, line))]
    target.write_text(json.dumps(events, ensure_ascii=False), encoding="utf-8")
    return target
