"""One file, from wherever it is to be taken: its address, pages of an answer, a folder, another address."""

from dataclasses import dataclass
from pathlib import Path
from time import time

from maillage.errors import ArrivalError, FindingsError, NothingToFetch
from maillage.files import open_bytes, short_path
from maillage.sources.copies import FileRecord, checksum_of, format_time
from maillage.sources.decompression import copy_within
from maillage.sources.fetch.address import Address, fill_keys, refuse_unfit
from maillage.sources.fetch.client import Client
from maillage.sources.fetch.download import Arrival, Progress, Request, download
from maillage.sources.fetch.pages import PAGINGS, download_pages
from maillage.sources.fetch.parts import FilePart, Validators
from maillage.sources.fetch.plan import Codes, FileCard, Plan


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
