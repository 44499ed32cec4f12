"""`fetch`: all the files of a source, checked, in the place of the last good copy, in one step."""

import shutil
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from time import time
from typing import Any

import yaml

from maillage.errors import ArrivalError, FileError, Finding, FindingsError, MaillageError, NothingToFetch, Unreachable
from maillage.files import folder_aside, open_bytes, short_path, write_whole
from maillage.sources.card import Card
from maillage.sources.copies import RECORD, FileRecord, checksum_of, folder_of, format_time, read_record
from maillage.sources.fetch.address import Address, fill_keys, refuse_unfit
from maillage.sources.fetch.client import Client
from maillage.sources.fetch.download import PAGINGS, Arrival, Progress, Request, download, download_pages
from maillage.sources.fetch.formats import RecordCount, read_content
from maillage.sources.fetch.ledger import Copy, RowChanges, carry
from maillage.sources.fetch.parts import FilePart, Validators, parts_of
from maillage.sources.fetch.plan import Codes, FileCard, Plan, read_fetch
from maillage.sources.parsing import copy_within


@dataclass(frozen=True)
class FileCopy:
    """A file that lies at `path` until it is checked. `at`: when it arrived, or was said to be current (UTC)."""

    file: FileCard
    address: str
    path: Path
    validators: Validators
    at: str


@dataclass(frozen=True)
class Taker:
    """`folder`, `before`: the last good copy and its record; `parts`: where files arrive; `codes`: see `fetch`."""

    plan: Plan
    origin: str | None
    folder: Path
    before: dict[str, FileRecord]
    client: Client
    parts: Path
    progress: Progress
    codes: Codes

    def take(self, file: FileCard) -> FileCopy:
        """Raises FindingsError for what can be said of the file before it is whole."""
        try:
            return self._take(file)
        except ArrivalError as error:
            raise FindingsError([error.at(f"{self.plan.source}/{file.name}")]) from None

    def _take(self, file: FileCard) -> FileCopy:
        part = FilePart(self.parts, file.name)
        if self.origin is not None and "://" not in self.origin:
            source = Path(self.origin)
            if len(self.plan.files) > 1 or source.is_dir():  # the only file of a source may be given itself
                source /= file.name
            with open_bytes(source) as body, part.plain.open("wb") as copy:
                copy_within(file.most_bytes, body, copy)
            return FileCopy(file, short_path(source), part.plain, Validators(), _now())
        address = self._address(file)
        found = self._download(file, address, part)
        path, at = found.path or self.folder / file.name, found.at or _now()
        return FileCopy(file, address.template, path, found.validators, at)

    def _address(self, file: FileCard) -> Address:
        if self.origin is None and file.given:
            raise NothingToFetch("address-not-given", source=self.plan.source)
        if self.origin is None:
            return fill_keys(file.address)
        refuse_unfit(self.origin, self.origin)
        if file.question or file.given:
            return Address(self.origin, self.origin)
        address = f"{self.origin.rstrip('/')}/{file.name}"
        return Address(address, address)

    def _download(self, file: FileCard, address: Address, part: FilePart) -> Arrival:
        wanted = Request(file.name, address, file.most_bytes, self.plan.pause, self._last(file, address))
        if file.question:
            from maillage.sources.fetch.sparql import download_answers, question_of

            question = question_of(self.plan, file, self.codes)
            return download_answers(self.client, wanted, question, part, self.progress)
        if file.pages and self.origin is None:
            return download_pages(self.client, wanted, PAGINGS[file.pages], part, self.progress)
        return download(self.client, wanted, part, self.progress)

    def _last(self, file: FileCard, address: Address) -> Validators | None:
        """The validators of the last good copy, if it is from this address and its bytes are still the same."""
        record, path = self.before.get(file.name), self.folder / file.name
        if not record or record.address != address.template or not path.is_file():
            return None
        return Validators(record.etag, record.last_modified) if checksum_of(path) == record.checksum else None


def _now() -> str:
    return format_time(time())


@dataclass(frozen=True)
class FetchResult:
    """The last good copy of a source. `unchanged`: the files whose bytes are those of the copy before;
    `unreachable`: why the network gave nothing, so that this is the copy from before. `row_changes`: rows that came and
    went since the copy before, where there is one.
    """

    source: str
    folder: Path
    files: dict[str, FileRecord]
    unchanged: frozenset[str] = frozenset()
    unreachable: Unreachable | None = None
    row_changes: RowChanges | None = None


def fetch(
    card: Card,
    out: Path,
    origin: str | None = None,
    client: Client | None = None,
    accept: bool = False,
    told: Progress = lambda *_: None,
    codes: Codes = lambda _: [],
) -> FetchResult:
    """Takes the files that the card names to `<out>/fetched/<source>/`, from their addresses or from `origin`.

    `origin`: a folder, or an address, that holds them under their names; for a question, the address is that of the
    endpoint. `codes`: what the bodies of the graph are called in a register, for such a question. `accept`: a file with
    fewer than half the records of the last good copy is taken, and so is a copy whose tables lose many of their rows
    (see `ledger`). Nothing of the last good copy changes until every file has been checked. Raises FindingsError with
    what is wrong with the files, or what stopped the network, the disk or the reading of the card; Unreachable only
    where there is no copy from before.
    """
    plan, folder = read_fetch(card), folder_of(out, card.name)
    before = read_record(folder)
    try:
        with parts_of(out, plan.source) as parts:
            taker = Taker(plan, origin, folder, before, client or Client(), parts, told, codes)
            taken = [taker.take(file) for file in plan.files]
            counts = _counts(taken, plan.source, {} if accept else before, parts)
            files = {found.file.name: _record(found, counts[found.file.name], before) for found in taken}
            moved = _put(card, taken, parts, Copy(folder, before), files, accept)
    except Unreachable as error:
        if not before:
            raise
        return FetchResult(plan.source, folder, before, frozenset(before), error)
    same = frozenset(name for name, file in files.items() if name in before and before[name].checksum == file.checksum)
    return FetchResult(plan.source, folder, files, same, row_changes=moved)


def _counts(taken: Iterable[FileCopy], source: str, before: dict[str, FileRecord], parts: Path) -> dict[str, int]:
    """How many records each file holds. What is at fault is forgotten, so that it is not taken up again."""
    counts: dict[str, int] = {}
    faults: list[Finding] = []
    for found in taken:
        name = found.file.name
        last = before[name].records if name in before else None
        counts[name], wrong = _check_file(found.path, found.file, last, source)
        faults += wrong
        if wrong:
            FilePart(parts, name).discard()
    if faults:
        raise FindingsError(faults)
    return counts


def _record(found: FileCopy, count: int, before: dict[str, FileRecord]) -> FileRecord:
    checksum, last = checksum_of(found.path), before.get(found.file.name)
    first, size = last.first_fetched if last and last.checksum == checksum else found.at, found.path.stat().st_size
    return FileRecord(found.address, found.at, first, checksum, size, count, **asdict(found.validators))


def _put(
    card: Card, taken: list[FileCopy], parts: Path, last: Copy, files: dict[str, FileRecord], accept: bool
) -> RowChanges | None:
    """Copies, so that no part that is written again shares its bytes with a good copy. What is refused is forgotten."""
    try:
        with folder_aside(last.folder) as aside:
            for found in taken:
                shutil.copyfile(found.path, aside / found.file.name)
            moved = carry(card, last, Copy(aside, files), accept)
            said: dict[str, Any] = {"source": card.name, "licence": str(card.facts["licence"])}
            said |= {"files": {name: asdict(file) for name, file in files.items()}}
            write_whole(aside / RECORD, yaml.safe_dump(said, allow_unicode=True, sort_keys=False).encode())
        return moved
    except FindingsError:
        for found in taken:
            FilePart(parts, found.file.name).discard()
        raise


def _check_file(path: Path, file: FileCard, before: int | None, source: str) -> tuple[int, list[Finding]]:
    """How many records a file holds, and what is wrong with it. `before`: how many the last good copy held,
    None when there is none or when fewer than half of them are accepted.
    """
    place = f"{source}/{file.name}"
    try:
        content = read_content(path, file)
    except FileError as error:
        return 0, [error.at("")]  # it names the file itself
    except MaillageError as error:
        line = error.places.get("line")
        return 0, [error.at(place, line if isinstance(line, int) else None)]
    return content.count, [error.at(place) for error in _lacks(content, file, before)]


def _lacks(content: RecordCount, file: FileCard, before: int | None) -> Iterator[MaillageError]:
    for field, count in content.lacking.items():
        yield ArrivalError("lost-field", field=field, count=count, total=content.count)
    if content.count < file.least:
        yield ArrivalError("too-few-records", count=content.count, least=file.least)
    elif before and content.count * 2 < before:
        yield ArrivalError("half-answer", count=content.count, before=before)
