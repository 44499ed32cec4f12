"""The files of a portal as they are sent: small ones are kept in memory, and compressed once rather than each time."""

import asyncio
import gzip
import hashlib
import mimetypes
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from maillage.errors import UnknownPage
from maillage.export import FORMATS
from maillage.web.cache import Cache

_SCRIPTS = {".js": "text/javascript; charset=utf-8", ".wasm": "application/wasm", ".gz": "application/gzip"}
LARGEST = 8_000_000  # bytes of a file that is kept; larger ones are sent from the disk
_CACHE_BYTES = 100_000_000  # bytes kept in all
_LONGEST = 1000  # characters of a name
_LEAST = 1000  # bytes below which compression gains nothing


@dataclass(frozen=True)
class Payload:
    """A file's content; `tag` names it, whatever its coding, so it is the same in two releases that both hold it."""

    body: bytes
    tag: str
    media_type: str
    packed: bool


class Folder:
    """A folder that gives what is inside it and nothing else, whatever a name tries."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._cache: Cache[Payload] = Cache(_CACHE_BYTES, lambda found: len(found.body))

    def path(self, name: str) -> Path:
        """Where a name leads; nothing may be there. Raises UnknownPage for what lies outside or is no name."""
        parts = name.split("/")
        odd = any(part.startswith(".") or len(part.encode()) > 255 for part in parts) or not parts[0]
        if not odd and "\0" not in name and len(name) <= _LONGEST:
            with suppress(OSError, RuntimeError):  # a name that is too long in all, or links that turn
                found = (self._root / name).resolve()
                if found.is_relative_to(self._root):
                    return found
        raise UnknownPage(name=name[:100])

    def file(self, name: str) -> Path | None:
        try:
            return found if (found := self.path(name)).is_file() else None
        except (UnknownPage, OSError):
            return None

    async def read(self, path: Path, packed: bool) -> Payload:
        """A small file as it goes to a client that takes gzip (`packed`) or does not."""
        facts = path.stat()
        key = (path, facts.st_mtime_ns, facts.st_size, packed)
        return await self._cache.get(key, lambda: asyncio.to_thread(_read, path, packed))


def media_type(path: Path) -> str:
    """By its suffix; a name without one (CREDITS, SHA256SUMS) is a text."""
    types = {f".{form.extension}": form.media_type for form in FORMATS.values()} | _SCRIPTS
    usual = "application/octet-stream" if path.suffix else "text/plain"
    known = types.get(path.suffix) or mimetypes.guess_type(path.name)[0] or usual
    return f"{known}; charset=utf-8" if known.startswith("text/") and "charset" not in known else known


def _read(path: Path, packed: bool) -> Payload:
    body, kind = path.read_bytes(), media_type(path)
    tag = f'W/"{hashlib.blake2b(body, digest_size=12).hexdigest()}"'
    texts = [form.media_type for form in FORMATS.values() if not form.binary]
    packed = packed and len(body) >= _LEAST and kind.startswith(("text/", *texts))
    return Payload(gzip.compress(body, 6, mtime=0) if packed else body, tag, kind, packed)
