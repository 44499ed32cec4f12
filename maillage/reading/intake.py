"""A text to read, whatever holds it: plain text, HTML, Markdown, PDF, Word, OpenDocument, in a file, at an address
or on standard input. Places count the code points of the plain text; a plain text is taken as it is.
"""

import io
import re
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path
from zipfile import BadZipFile, ZipFile, is_zipfile

from maillage.errors import FileError
from maillage.files import decode, read_bytes, short_path
from maillage.reading.page import WebPage
from maillage.sources.parsing import MOST_BYTES
from maillage.sources.text import Text

BOM = b"\xef\xbb\xbf"
STANDARD_INPUT = "-"
PAUSE = 0.5  # seconds between two requests to one host, as for any source


@dataclass(frozen=True)
class About:
    """What is known of a text beside its words; "" where nothing says it. `date`: of publication, YYYY-MM-DD."""

    title: str = ""
    publisher: str = ""
    date: str = ""
    lang: str = ""

    def complete(self, other: "About") -> "About":
        missing = {name: value for name, value in vars(other).items() if value and not getattr(self, name)}
        return replace(self, **missing)


@dataclass(frozen=True)
class Intake:
    text: Text
    about: About


def is_address(where: str) -> bool:
    return re.match(r"https?://", where) is not None


def take(where: str, about: About) -> Intake:
    """The text of a file, an address or `-`; what the page says of itself fills what `about` leaves out.

    Raises MissingFile, `empty-file`, `not-text`, `not-utf8`, `malformed`, `no-words`, the errors of an
    address (see `maillage.sources.fetch`), or ModuleNotFoundError without the extra `reading`.
    """
    path = Path(where if where != STANDARD_INPUT else "stdin")
    if is_address(where):
        body, path = _fetch(where), Path(where.partition("?")[0])
    else:
        body = sys.stdin.buffer.read() if where == STANDARD_INPUT else read_bytes(path)
    kind = _kind(path, body)
    if not body.strip():
        raise FileError("empty-file", file=short_path(path))
    content, said = READERS[kind](body, path)
    if not content.strip():
        raise FileError("no-words", file=short_path(path))
    text = Text(where if is_address(where) else short_path(path), content, sha256(content.encode()).hexdigest())
    return Intake(text, about.complete(said).complete(About(title=text.paragraphs[0].text)))


def texts_under(folder: Path) -> list[Path]:
    """The texts of a folder, and of those in it, by name."""
    return sorted(path for path in folder.rglob("*") if path.is_file() and path.suffix.lower() in READERS)


def _fetch(address: str) -> bytes:
    from maillage.sources.fetch.address import Address
    from maillage.sources.fetch.client import Client
    from maillage.sources.fetch.download import Request, download
    from maillage.sources.fetch.parts import FilePart

    with tempfile.TemporaryDirectory() as folder:
        wanted = Request("page", Address(address, address), MOST_BYTES, PAUSE)
        arrived = download(Client(), wanted, FilePart(Path(folder), "page"), lambda *_: None)
        return arrived.path.read_bytes() if arrived.path else b""


def _kind(path: Path, body: bytes) -> str:
    """The suffix that says how to read it: its own, else what its first bytes are those of."""
    if path.suffix.lower() in READERS:
        return path.suffix.lower()
    if body.startswith(b"%PDF-"):
        return ".pdf"
    if is_zipfile(io.BytesIO(body)):
        return ".odt" if "content.xml" in ZipFile(io.BytesIO(body)).namelist() else ".docx"
    start = body[:1024].removeprefix(BOM).lstrip().lower()
    return ".html" if start.startswith((b"<!doctype html", b"<html", b"<head", b"<body")) else ".txt"


def _read_plain(body: bytes, path: Path) -> tuple[str, About]:
    return "\ufeff" * body.startswith(BOM) + decode(body, path), About()


def _read_html(body: bytes, path: Path) -> tuple[str, About]:
    return _page(decode(body, path))


def _page(html: str) -> tuple[str, About]:
    page = WebPage(html)
    day = re.match(r"\d{4}-\d\d-\d\d", page.said.get("date", ""))
    names = {name: page.said[name] for name in ("title", "publisher", "lang") if page.said.get(name)}
    return page.text, About(**names, date=day[0] if day else "")


def _read_markdown(body: bytes, path: Path) -> tuple[str, About]:
    from markdown_it import MarkdownIt

    return _page(MarkdownIt().render(decode(body, path)))


def _read_word(body: bytes, path: Path) -> tuple[str, About]:
    import mammoth

    with _readable(path, "Word"):
        return _page(mammoth.convert_to_html(io.BytesIO(body)).value)


def _read_open_document(body: bytes, path: Path) -> tuple[str, About]:
    import odfdo

    with _readable(path, "OpenDocument"):
        found = odfdo.Document(io.BytesIO(body)).body.xpath("//text:p|//text:h")
        lines = [line.inner_text for line in found if isinstance(line, odfdo.Element)]
    return _paragraphs(lines), About()


def _read_pdf(body: bytes, path: Path) -> tuple[str, About]:
    import pypdf

    with _readable(path, "PDF", pypdf.errors.PyPdfError):
        pages = [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(body)).pages]
    return _paragraphs(_lines_of(pages)), About()


def _lines_of(pages: list[str]) -> Iterator[str]:
    """Paragraphs out of lines that were cut to the width of a page: one goes on until a sentence ends its line."""
    text = re.sub(r"(?<=\w)-\n(?=[^\W\d_])", "", "\n".join(pages))
    yield from re.split(r"\n\s*\n|(?<=[.!?:;…»])[ \t]*\n", text)


def _paragraphs(lines: Iterable[str]) -> str:
    said = (" ".join(line.split()) for line in lines)
    return "\n\n".join(filter(None, said)) + "\n"


@contextmanager
def _readable(path: Path, kind: str, *faults: type[Exception]) -> Iterator[None]:
    expected: tuple[type[Exception], ...] = (BadZipFile, KeyError, OSError, SyntaxError, TypeError, ValueError, *faults)
    try:
        yield
    except expected as error:
        raise FileError("unreadable-text", file=short_path(path), kind=kind, reason=str(error).rstrip(".")) from None


READERS: dict[str, Callable[[bytes, Path], tuple[str, About]]] = {
    ".txt": _read_plain,
    **dict.fromkeys((".html", ".htm"), _read_html),
    **dict.fromkeys((".md", ".markdown"), _read_markdown),
    ".docx": _read_word,
    ".odt": _read_open_document,
    ".pdf": _read_pdf,
}
