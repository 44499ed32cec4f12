"""JSON as its specification has it, with no context that would have to be fetched; what parsers raise, said; and
compressed bytes, read with a limit: a small file may stand for a huge one.
"""

import csv
import gzip
import io
import json
import re
import shutil
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

import yaml

from maillage.errors import ArrivalError, MaillageError, Phrase, TooManyBytes

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

MOST_VALUES = 20_000_000  # that YAML may stand for once what it points to is written out
KNOWN_CONTEXTS = re.compile(r"https?://(www\.)?schema\.org/?")  # named, not fetched: its terms are read as they are


def syntax_fault(wanted: str, reason: object, line: int | None = None) -> ArrivalError:
    """`reason`: what a parser raised, brought to one line."""
    return ArrivalError("malformed", wanted=wanted, reason=" ".join(str(reason).split()).rstrip("."), line=line)


@contextmanager
def readable(wanted: str, first_line: int | None = None) -> Iterator[None]:
    """What the parsers raise, as `malformed` at its line."""
    try:
        yield
    except MaillageError:
        raise
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        raise syntax_fault(wanted, error.problem or error.context, mark.line + 1 if mark else None) from None
    except (ValueError, SyntaxError, RecursionError, csv.Error, yaml.YAMLError) as error:
        raise syntax_fault(wanted, error, first_line or getattr(error, "lineno", None)) from None


def read_json(text: str, line: int | None = None) -> Any:
    """`line`: where the text stands in its file, when it is one line of it. Raises `malformed` or `remote-context`."""
    with readable("JSON", line):
        return json.loads(text, object_hook=_without_remote_context, parse_constant=_no_number)


def _no_number(said: str) -> None:
    raise ValueError(f"{said} is no JSON number")


def _without_remote_context(found: dict[str, Any]) -> dict[str, Any]:
    contexts = found.get("@context")
    for context in contexts if isinstance(contexts, list) else [contexts]:
        named = context.get("@import") if isinstance(context, dict) else context
        if isinstance(named, str) and not KNOWN_CONTEXTS.fullmatch(named):
            raise ArrivalError("remote-context", context=named)
    return found


def refuse_expansion(content: Any) -> None:
    """Raises yaml.YAMLError when YAML points to its own parts so often that written out they would fill the memory."""
    if _values(content, {}) > MOST_VALUES:
        raise yaml.YAMLError(f"more than {MOST_VALUES} values once its aliases are written out")


def _values(content: Any, counted: dict[int, int]) -> int:
    if not isinstance(content, dict | list):
        return 1
    if id(content) not in counted:
        counted[id(content)] = MOST_VALUES  # one that holds itself never ends
        held = content.values() if isinstance(content, dict) else content
        counted[id(content)] = 1 + sum(_values(one, counted) for one in held)
    return counted[id(content)]


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
