"""Pages that open with facts in YAML (front matter, as Jekyll and Hugo read it), in a ZIP archive of their site."""

import json
import re
import zipfile
from collections.abc import Iterator
from io import BufferedReader
from pathlib import Path, PurePosixPath
from typing import Any

import yaml

from maillage.errors import Phrase, TooManyBytes
from maillage.files import decode
from maillage.sources.parsing import BROKEN_ZIP, MOST_BYTES, BoundedReader, syntax_fault

PAGES = (".md", ".markdown")
OPENING = re.compile(r"---[ \t]*\r?\n(.*?\r?\n)(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)", re.DOTALL)


class _TextLoader(yaml.BaseLoader):
    """All values are texts, as they are written; what points to another place in the page is refused."""

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        if self.check_event(yaml.AliasEvent):
            raise yaml.YAMLError("an alias (*name)")
        return super().compose_node(parent, index)


def pages_of(archive: Path, folder: str, most: int = MOST_BYTES) -> Iterator[dict[str, Any]]:
    """The pages of a folder of the archive, in the order of their paths: their facts, with `page` (the path in the
    folder, without its suffix) and `text` (what follows the facts). A page without facts has these two alone.

    `most`: the bytes of all of them, unpacked. Raises `malformed`, TooManyBytes, or the errors of `files.decode`.
    """
    left = most
    try:
        with zipfile.ZipFile(archive) as held:
            for path, info in sorted(_pages(held, folder)):
                with held.open(info) as body:
                    read = BufferedReader(BoundedReader(body, left)).read()
                left -= len(read)
                text = decode(read, Path(path))
                opening = OPENING.match(text)
                page = {"page": str(PurePosixPath(path).with_suffix(""))}
                page["text"] = text[opening.end() :] if opening else text
                yield _facts(opening[1], path) | page if opening else page
    except TooManyBytes:
        raise TooManyBytes(most=most, where=Phrase("bytes-once-read")) from None
    except (*BROKEN_ZIP, UnicodeError) as error:
        raise syntax_fault("ZIP", error) from None


def _pages(held: zipfile.ZipFile, folder: str) -> Iterator[tuple[str, str]]:
    """Where each page lies in the folder, and in the archive, whose own first folder may bear any name."""
    for name in held.namelist():
        _, found, path = f"/{name}".partition(f"/{folder.strip('/')}/" if folder else "/")
        if found and path.endswith(PAGES):
            yield path, name


def _facts(text: str, path: str) -> dict[str, Any]:
    try:
        found = yaml.load(text, _TextLoader)
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        raise syntax_fault("YAML", f"{path}: {error}") from None
    if not isinstance(found, dict):
        raise syntax_fault("YAML", f"{path}: {text.strip()[:40]!r}")
    return found


def as_json(path: Path, records: str, folder: Path) -> Path:
    target = folder / f"{path.name}.json"
    target.write_text(json.dumps(list(pages_of(path, records)), ensure_ascii=False), encoding="utf-8")
    return target
