"""Lays the files of a new thing down in the checkout: all of them or none, and never over one that is there."""

import re
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from string import Template

from maillage import assets
from maillage.assets import CHECKOUT
from maillage.errors import QuestionError
from maillage.files import short_path, write_whole

KINDS = Path(__file__).parent
_NAME = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")


def files_of(kind: str, name: str, words: Mapping[str, str]) -> dict[Path, str]:
    """The files of a kind by where they go; what they and their paths leave to fill in is `words`.

    Raises `not-a-checkout` or `not-a-name`.
    """
    if assets.place("queries") != CHECKOUT / "queries" or not (CHECKOUT / "tests" / "cases").is_dir():
        raise QuestionError("not-a-checkout", folder=CHECKOUT)
    if not _NAME.fullmatch(name):
        raise QuestionError("not-a-name", name=name)
    tree, filled = KINDS / kind, {**words, "NAME": name, "TODAY": datetime.now(UTC).date().isoformat()}
    paths = [path for path in sorted(tree.rglob("*.*")) if path.is_file() and path.parent != tree]
    return {_target(path.relative_to(tree), filled): fill(path, filled) for path in paths}


def _target(path: Path, words: Mapping[str, str]) -> Path:
    """The place of a file; one of Python ends in `.txt` here, as it is none of ours yet."""
    place = path.as_posix().removesuffix(".txt")
    for word in ("NAME", "THEME", "MODULE"):
        place = place.replace(word, words.get(word, ""))
    return CHECKOUT / place


def fill(path: Path, words: Mapping[str, str]) -> str:
    return Template(path.read_text(encoding="utf-8")).substitute(words)


@contextmanager
def lay(files: Mapping[Path, str]) -> Iterator[None]:
    """Writes the files for the block, and takes them away, with what was put beside them, when it fails.

    Raises `name-taken` where one of them, or a folder made for them, is there.
    """
    tops = dict.fromkeys(_highest_new(path) for path in files)
    try:
        for path, text in files.items():
            write_whole(path, text.encode())
        yield
    except BaseException:
        for top in tops:
            shutil.rmtree(top) if top.is_dir() else top.unlink(missing_ok=True)
        raise


def _highest_new(path: Path) -> Path:
    """The file, or the folder that comes with it."""
    if path.exists():
        raise QuestionError("name-taken", file=short_path(path))
    return next(place for place in (path, *path.parents) if place.parent.exists())
