"""Compressed bytes, read with a limit: a small file may stand for a huge one."""

import gzip
import io
import shutil
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING

from maillage.errors import Phrase, TooManyBytes
from maillage.sources.parsing import syntax_fault

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer


MOST_BYTES = 200_000_000  # of a file whose card says nothing else
# What zipfile raises of a spoiled archive: cut, locked (RuntimeError), packed in a way it lacks (NotImplementedError).
BROKEN_ZIP = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError)


class BoundedReader(io.RawIOBase):
    """Reads another file, and raises TooManyBytes once more than `most` bytes have been read."""

    def __init__(self, source: IO[bytes] | gzip.GzipFile, most: int) -> None:
        super().__init__()
        self._source, self._most, self._read = source, most, 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: "WriteableBuffer", /) -> int:
        room = memoryview(buffer)
        chunk = self._source.read(len(room))
        self._read += len(chunk)
        if self._read > self._most:
            raise TooManyBytes(most=self._most, where=Phrase("bytes-once-read"))
        room[: len(chunk)] = chunk
        return len(chunk)


@contextmanager
def open_gzip(path: Path, most: int) -> Iterator[io.BufferedReader]:
    """The decompressed bytes of a gzip file. Raises `malformed` or TooManyBytes."""
    try:
        with gzip.open(path) as packed:
            yield io.BufferedReader(BoundedReader(packed, most))
    except (gzip.BadGzipFile, EOFError, zlib.error) as error:
        raise syntax_fault("gzip", error) from None


def gunzip(path: Path, target: Path, most: int) -> None:
    with open_gzip(path, most) as body, target.open("wb") as plain:
        shutil.copyfileobj(body, plain)


def copy_within(most: int, source: IO[bytes], target: IO[bytes]) -> None:
    shutil.copyfileobj(io.BufferedReader(BoundedReader(source, most)), target)
