"""Answers given a page at a time, brought together in one file of the same shape.

Explore v2.1 (Opendatasoft): `limit`, `offset`; `total_count`, `results`; nothing beyond the 10,000th record.
OpenAgenda v2: `size`, a cursor `after[]`; `total`, `events`, the next `after`.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from hashlib import sha256
from pathlib import Path
from typing import Any, TextIO

from maillage.errors import ArrivalError, Phrase, TooManyBytes
from maillage.files import decode
from maillage.sources.copies import PAGES
from maillage.sources.fetch.client import Client, url_of
from maillage.sources.fetch.download import Arrival, Progress, Request, download
from maillage.sources.fetch.formats import refuse_html
from maillage.sources.fetch.parts import FilePart, Validators
from maillage.sources.parsing import read_json


@dataclass(frozen=True)
class Paging:
    """`next_of`: the query of the page that follows, from the page before and the records so far; None at the end."""

    total: str
    records: str
    most: int | None
    first: dict[str, Any]
    next_of: Callable[[dict[str, Any], int], dict[str, Any] | None]


def _explore_next(page: dict[str, Any], found: int) -> dict[str, Any] | None:
    return {"limit": 100, "offset": found} if page["results"] and found < page["total_count"] else None


def _openagenda_next(page: dict[str, Any], _found: int) -> dict[str, Any] | None:
    after = page.get("after") if page["events"] else None
    return {"size": 300, "after[]": after} if after else None


PAGINGS = {
    "explore": Paging("total_count", PAGES["explore"], 10_000, {"limit": 100, "offset": 0}, _explore_next),
    "openagenda": Paging("total", PAGES["openagenda"], None, {"size": 300}, _openagenda_next),
}


@dataclass
class _PageTotals:
    total: object = None
    count: int = 0
    size: int = 0
    digests: set[bytes] = field(default_factory=set)


def download_pages(client: Client, wanted: Request, paging: Paging, part: FilePart, told: Progress) -> Arrival:
    """Raises `pages-disagree` when the pages do not add up, and what `download` raises.

    Pages have no version in common: a fetch that was cut short asks for all of them again.
    """
    gathered = _PageTotals()
    part.discard()
    with part.plain.open("w", encoding="utf-8") as together:
        together.write(f'{{"{paging.records}": [')
        query: dict[str, Any] | None = paging.first
        while query is not None:
            url = str(url_of(wanted.address).copy_merge_params(query))
            address = replace(wanted.address, template=wanted.address.mask_keys(url), url=url)
            page = _page(client, replace(wanted, address=address, last=None), part, gathered)
            _gather(page, paging, gathered, together)
            told(wanted.name, gathered.size, None)
            query = paging.next_of(page, gathered.count)
        together.write(f'], "{paging.total}": {json.dumps(gathered.total)}}}')
    if gathered.count != gathered.total:
        raise ArrivalError("pages-disagree", reason=Phrase("pages-short", found=gathered.count, total=gathered.total))
    return Arrival(part.plain, Validators())


def _page(client: Client, wanted: Request, part: FilePart, gathered: _PageTotals) -> dict[str, Any]:
    single = FilePart(part.body.parent, f"{wanted.name}.page")
    single.discard()
    path = download(client, wanted, single, lambda *_: None).path or single.body
    refuse_html(path, "JSON")
    gathered.size += path.stat().st_size
    if gathered.size > wanted.most_bytes:
        raise TooManyBytes(most=wanted.most_bytes, where=Phrase("bytes-over-pages"))
    page = read_json(decode(path.read_bytes(), Path(wanted.name)))
    single.discard()
    return page if isinstance(page, dict) else {}


def _gather(page: dict[str, Any], paging: Paging, gathered: _PageTotals, together: TextIO) -> None:
    records, total = page.get(paging.records), page.get(paging.total)
    if not isinstance(records, list) or not isinstance(total, int):
        raise ArrivalError("no-records", path=f"{paging.records}, {paging.total}")
    if paging.most and total > paging.most:
        raise ArrivalError("pages-disagree", reason=Phrase("pages-deep", total=total))
    if gathered.total not in (None, total):
        raise ArrivalError("pages-disagree", reason=Phrase("pages-changed", total=gathered.total, found=total))
    written = [json.dumps(record, ensure_ascii=False) for record in records]
    digest = sha256("\n".join(written).encode()).digest()
    if digest in gathered.digests:
        raise ArrivalError("pages-disagree", reason=Phrase("pages-repeated"))
    together.write(",\n" * bool(gathered.count and records) + ",\n".join(written))
    gathered.digests.add(digest)
    gathered.total, gathered.count = total, gathered.count + len(records)
