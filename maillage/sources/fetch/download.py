"""One file over HTTP into its part: resumed where it stopped, asked for again when the connection breaks.

Answers given a page at a time are brought together in one file of the same shape.

Explore v2.1 (Opendatasoft): `limit`, `offset`; `total_count`, `results`; nothing beyond the 10,000th record.
OpenAgenda v2: `size`, a cursor `after[]`; `total`, `events`, the next `after`.
"""

import json
import re
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from hashlib import sha256
from pathlib import Path
from typing import Any, TextIO

import httpx

from maillage.errors import ArrivalError, FetchError, Phrase, TooManyBytes, TransientError
from maillage.files import decode
from maillage.sources.copies import PAGES
from maillage.sources.fetch.address import Address
from maillage.sources.fetch.backoff import retry
from maillage.sources.fetch.client import Client, url_of
from maillage.sources.fetch.formats import refuse_html
from maillage.sources.fetch.parts import FilePart, Note, Validators
from maillage.sources.parsing import gunzip, read_json, syntax_fault

# Name of the file, bytes (or batches of a question) so far, and in all when they are known.
Progress = Callable[[str, int, int | None], None]


@dataclass(frozen=True)
class Request:
    """A file to download. `last`: the validators of the last good copy, if it is from the same address."""

    name: str
    address: Address
    most_bytes: int
    pause: float
    last: Validators | None = None

    @property
    def is_packed(self) -> bool:
        """Whether the file itself is compressed; a content coding on top of it would be one too many."""
        return self.name.endswith(".gz")


@dataclass(frozen=True)
class Arrival:
    """`path`: the file as it is, or None when the last good copy is still the current version. `at`: when its
    oldest piece arrived (UTC), for one that came in pieces; "" for now.
    """

    path: Path | None
    validators: Validators
    at: str = ""


def download(client: Client, wanted: Request, part: FilePart, told: Progress) -> Arrival:
    """Raises the errors of `Client.request`, `too-slow`, TooManyBytes, `malformed`; what arrived is kept for later."""
    kept = retry(lambda: _attempt(client, wanted, part, told), client.patience)
    note = part.note(wanted.address.template)
    if kept or note is None:
        return Arrival(None, wanted.last or Validators())
    if note.coding:
        gunzip(part.body, part.plain, wanted.most_bytes)
    return Arrival(part.plain if note.coding else part.body, note.validators)


def _attempt(client: Client, wanted: Request, part: FilePart, told: Progress) -> bool:
    """Whether the last good copy is still the current version; else the part is whole."""
    note = part.note(wanted.address.template)
    asked = _request_headers(note, part, wanted)
    coding = {"Accept-Encoding": "identity" if wanted.is_packed else "gzip"}
    with client.request(wanted.address, coding | asked, wanted.pause) as response:
        match response.status_code:
            case 304 if asked and "Range" not in asked:
                return not (note and note.whole)
            case 206 if note:
                _refuse_other_part(response, note, part, wanted)
            case 200:
                note = Note(wanted.address.template, _validators(response), _coding(response, wanted))
                part.begin(note)
            case status:
                part.discard()
                raise TransientError("transfer-broken", address=wanted.address.template, reason=f"HTTP {status}")
        _receive(client, response, wanted, part, told)
        _refuse_short(response, part, wanted)
        part.finish(note)
    return False


def _request_headers(note: Note | None, part: FilePart, wanted: Request) -> dict[str, str]:
    """The conditions of the request: on what is whole already, else on what has begun, else on the last copy."""
    if note and note.whole:
        return note.validators.conditional
    if note and (rest := note.validators.rest(part.size)):
        return rest
    return wanted.last.conditional if wanted.last else {}


def _validators(response: httpx.Response) -> Validators:
    return Validators(response.headers.get("ETag"), response.headers.get("Last-Modified"))


def _coding(response: httpx.Response, wanted: Request) -> str:
    said = str(response.headers.get("Content-Encoding", "")).strip().lower().removeprefix("x-")
    if said in ("", "identity") or wanted.is_packed:
        return ""
    if said != "gzip":
        raise syntax_fault("gzip", f"Content-Encoding: {said}")
    return said


def _refuse_other_part(response: httpx.Response, note: Note, part: FilePart, wanted: Request) -> None:
    """A part that does not follow what has arrived, or that is of another version, starts everything over."""
    begins = re.match(r"bytes (\d+)-", response.headers.get("Content-Range", ""))
    same = _validators(response).etag in (None, note.validators.etag) and _coding(response, wanted) == note.coding
    if not (begins and int(begins[1]) == part.size and same):
        part.discard()
        raise TransientError("transfer-broken", address=wanted.address.template, reason="206 ETag, Content-Range")


def _refuse_short(response: httpx.Response, part: FilePart, wanted: Request) -> None:
    """A part may itself be cut: what it says of the whole decides."""
    whole = response.headers.get("Content-Range", "").rpartition("/")[2]
    if response.status_code == 206 and whole.isdecimal() and int(whole) != part.size:
        raise TransientError("transfer-broken", address=wanted.address.template, reason=f"{part.size} < {whole}")


def _receive(client: Client, response: httpx.Response, wanted: Request, part: FilePart, told: Progress) -> None:
    size, end = part.size, time.monotonic() + client.patience.total
    length = response.headers.get("Content-Length", "")
    whole = size + int(length) if length.isdecimal() else None
    if (whole or 0) > wanted.most_bytes:
        raise TooManyBytes(most=wanted.most_bytes, where=Phrase("bytes-on-the-wire"))
    with part.body.open("ab", buffering=0) as body:
        for chunk in read_wire(response, wanted, client, end, size):
            size += len(chunk)
            body.write(chunk)
            told(wanted.name, size, whole)


def read_wire(response: httpx.Response, wanted: Request, client: Client, end: float, size: int = 0) -> Iterator[bytes]:
    """What comes over the wire after `size` bytes, until `end` (monotonic). Raises `too-slow` or TooManyBytes."""
    for chunk in response.iter_raw():
        size += len(chunk)
        if size > wanted.most_bytes:
            raise TooManyBytes(most=wanted.most_bytes, where=Phrase("bytes-on-the-wire"))
        if time.monotonic() > end:
            raise FetchError("too-slow", address=wanted.address.template, seconds=f"{client.patience.total:g}")
        yield chunk


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
        raise ArrivalError("other-answer", path=f"{paging.records}, {paging.total}")
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
