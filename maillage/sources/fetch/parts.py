"""What has arrived so far: `<out>/fetched/.partial/<source>/`, from which a fetch that was cut short goes on.

A part is the bytes as they came over the wire, and a note that says which representation they belong to. The
note is written before the first byte, so that bytes without their note, or the reverse, are never taken for more
than they are.
"""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path

from maillage.errors import CannotWrite, MachineError
from maillage.files import lock_folder, short_path, write_whole
from maillage.sources.copies import FETCH_FOLDER

PIECE = ".piece"


@dataclass(frozen=True)
class Validators:
    """What a server calls the version that it sent (RFC 9110, section 8.8)."""

    etag: str | None = None
    last_modified: str | None = None

    @property
    def conditional(self) -> dict[str, str]:
        """Headers that ask for the body only if it is another version."""
        asked = {"If-None-Match": self.etag, "If-Modified-Since": self.last_modified}
        return {name: value for name, value in asked.items() if value}

    def rest(self, size: int) -> dict[str, str]:
        """Headers that ask for what follows the first `size` bytes of this version, if it is still the current one.

        Empty when nothing names the version byte for byte: a weak ETag does not.
        """
        strong = self.etag if self.etag and not self.etag.startswith("W/") else self.last_modified
        return {"Range": f"bytes={size}-", "If-Range": strong} if strong and size else {}


@dataclass(frozen=True)
class Note:
    """`coding`: the content coding of the bytes ("" or "gzip"); `whole`: nothing is missing."""

    address: str
    validators: Validators = field(default_factory=Validators)
    coding: str = ""
    whole: bool = False


class FilePart:
    """The bytes of one file, and the note beside them."""

    def __init__(self, folder: Path, name: str) -> None:
        self.body = folder / f"{name}.part"
        self.plain = folder / name  # the same, its content coding undone
        self._note = folder / f"{name}.note"

    def note(self, address: str) -> Note | None:
        """The note of what has arrived from this address; None when nothing has."""
        try:
            facts = json.loads(self._note.read_bytes())
            note = Note(**facts | {"validators": Validators(**facts["validators"])})
        except (OSError, ValueError, TypeError, KeyError):
            return None
        return note if note.address == address and self.body.exists() else None

    @property
    def size(self) -> int:
        return self.body.stat().st_size if self.body.exists() else 0

    def begin(self, note: Note) -> None:
        """Forgets what had arrived."""
        self.discard()
        write_whole(self._note, json.dumps(asdict(note)).encode())
        self.body.touch()

    def finish(self, note: Note) -> None:
        write_whole(self._note, json.dumps(asdict(replace(note, whole=True))).encode())

    def discard(self) -> None:
        for path in (self._note, self.body, self.plain, *self.plain.parent.glob(f"{self.plain.name}.*{PIECE}")):
            path.unlink(missing_ok=True)

    def piece(self, key: str) -> Path:
        """Where one answer of a file that is made of many lies until all have come; `key` says what was asked."""
        return self.plain.with_name(f"{self.plain.name}.{key}{PIECE}")


@contextmanager
def parts_of(out: Path, source: str) -> Iterator[Path]:
    """The folder of the parts of a source, held against other processes; emptied when the block ends well.

    Raises `fetch-in-progress`, or CannotWrite for any failure of the disk inside the block.
    """
    folder = out / FETCH_FOLDER / ".partial" / source
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with lock_folder(folder) as free:
            if not free:
                raise MachineError("fetch-in-progress", source=source)
            yield folder
            for path in folder.iterdir():
                path.unlink()
    except OSError as error:
        raise CannotWrite(file=short_path(folder), reason=error.strerror or str(error)) from error
