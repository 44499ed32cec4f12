"""Where the output lies, and how files are read and written whole."""

import os
import shutil
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, BinaryIO, TypeVar

from maillage.assets import CHECKOUT, PACKAGE, place
from maillage.errors import CannotWrite, FileError, MissingFile, QuestionError

if sys.platform == "win32":  # it has no such locks: versions go when their turn comes
    fcntl = None
else:
    import fcntl

T = TypeVar("T")


def asset(folder: str) -> Path:
    """One of the five card folders, where it is read. Raises MissingFile where $MAILLAGE_HOME holds no such folder."""
    path = place(folder)
    if not path.exists():
        raise MissingFile(file=path)
    return path


def short_path(path: Path) -> str:
    """A path as a reader knows it: from the home of the cards or from the current folder, else whole."""
    for root in (Path(os.environ.get("MAILLAGE_HOME", CHECKOUT)), PACKAGE / "_assets", Path.cwd()):
        if path.is_relative_to(root):
            return path.relative_to(root).as_posix()
    return path.as_posix()


def out_folder(given: str | os.PathLike[str] | None = None) -> Path:
    """Where results go: the argument, else $MAILLAGE_OUT, else `out` in the current folder."""
    return Path(given or os.environ.get("MAILLAGE_OUT") or "out").absolute()


def texts_folder(given: Path | None = None) -> Path:
    """Where the texts that sources were read in may lie: the argument, else $MAILLAGE_TEXTS, else `texts` here."""
    return given or Path(os.environ.get("MAILLAGE_TEXTS") or "texts")


def cache_folder() -> Path:
    """Where what can be computed again is kept between two commands: in $XDG_CACHE_HOME, else in ~/.cache."""
    return Path(os.environ.get("XDG_CACHE_HOME") or Path("~/.cache").expanduser()) / "maillage"


def read_text(path: Path) -> str:
    """The text of a UTF-8 file, line ends kept as they are.

    Raises MissingFile, `empty-file`, `not-utf8` (with the line of the first bad byte) or `not-text`.
    """
    return decode(read_bytes(path), path)


def parse_yaml(text: str) -> Any:
    """What a text holds, by the parser in C. Raises yaml.YAMLError."""
    import yaml

    return yaml.load(text, yaml.CSafeLoader)


def read_bytes(path: Path) -> bytes:
    with open_bytes(path) as body:
        return body.read()


def open_bytes(path: Path) -> BinaryIO:
    try:
        return path.open("rb")
    except FileNotFoundError:
        raise MissingFile(file=short_path(path)) from None
    except OSError as error:
        raise FileError("not-text", file=short_path(path)) from error


def decode(body: bytes, path: Path) -> str:
    if not body.strip():
        raise FileError("empty-file", file=short_path(path))
    if b"\0" in body:
        raise FileError("not-text", file=short_path(path))
    try:
        return body.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = body[: error.start].count(b"\n") + 1
        byte = f"{body[error.start]:#x}"
        raise FileError("not-utf8", file=short_path(path), byte=byte, position=error.start, line=line) from None


@contextmanager
def _tell(path: Path) -> Iterator[None]:
    """What the disk refuses in the block is CannotWrite."""
    try:
        yield
    except OSError as error:
        raise CannotWrite(file=short_path(path), reason=error.strerror or str(error)) from error


@contextmanager
def write_aside(path: Path) -> Iterator[Path]:
    """Yields a path to write to; it takes the place of `path` only when the block ends well.

    What stood at `path` before stays whole when the block fails. Raises CannotWrite.
    """
    with _tell(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
        os.close(handle)
        aside = Path(name)
        try:
            yield aside
            aside.chmod(0o644)
            aside.replace(path)
        finally:
            aside.unlink(missing_ok=True)


def write_whole(path: Path, body: bytes) -> None:
    """Writes a file all at once: readers see the old content or the new, never a part."""
    with write_aside(path) as aside:
        aside.write_bytes(body)


@contextmanager
def folder_aside(folder: Path) -> Iterator[Path]:
    """Yields an empty folder that takes the place of `folder` when the block ends well.

    `folder` is a link to a numbered sibling under `.versions`, so that the change is one rename and readers
    that hold the old version keep it; the version before the last is removed. Raises CannotWrite.
    """
    versions = folder.parent / ".versions"
    with _tell(folder):
        versions.mkdir(parents=True, exist_ok=True)
        aside = Path(tempfile.mkdtemp(prefix=f"{folder.name}-", dir=versions))
        try:
            yield aside
            aside.chmod(0o755)
            _point(folder, aside)
        except BaseException:
            shutil.rmtree(aside, ignore_errors=True)
            raise
    _forget_old(versions, folder)


@contextmanager
def replace_folder(folder: Path) -> Iterator[Path]:
    """Yields an empty folder that becomes `folder` itself when the block ends well, what stood there being removed.

    For a folder that the user named: no link and nothing beside it. Raises CannotWrite; the old content then stays.
    """
    with _tell(folder):
        folder.parent.mkdir(parents=True, exist_ok=True)
        work = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
        try:
            (work / "new").mkdir()
            yield work / "new"
            if folder.exists():
                folder.rename(work / "old")
            (work / "new").rename(folder)
        except OSError:
            if (work / "old").exists() and not folder.exists():
                (work / "old").rename(folder)
            raise
        finally:
            shutil.rmtree(work, ignore_errors=True)


def _point(folder: Path, target: Path) -> None:
    """Makes `folder` a link to `target` in one step, keeping what it pointed to for readers at work."""
    link = target.with_name(f"{target.name}.link")
    link.symlink_to(os.path.relpath(target, folder.parent), target_is_directory=True)
    if folder.is_dir() and not folder.is_symlink():
        folder.rename(target.with_name(f"{target.name}.replaced"))
    link.replace(folder)


class Hold:
    """Keeps a version of a folder (see `folder_aside`) from being removed, until it is released or its process ends."""

    def __init__(self, folder: Path) -> None:
        self._handle = os.open(folder, os.O_RDONLY)
        if fcntl:
            fcntl.flock(self._handle, fcntl.LOCK_SH)

    def release(self) -> None:
        os.close(self._handle)


@contextmanager
def lock_folder(folder: Path) -> Iterator[bool]:
    """Holds a folder for the block, against every other process; yields False where one holds it already."""
    handle = os.open(folder, os.O_RDONLY)
    free = False
    try:
        with suppress(OSError):
            if fcntl:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            free = True
        yield free
    finally:
        os.close(handle)


def _is_locked(folder: Path) -> bool:
    with lock_folder(folder) as free:
        return not free


def _forget_old(versions: Path, folder: Path) -> None:
    """Removes every version but the current one, the one before it, and those that somebody holds."""
    current, prefix = folder.resolve(), f"{folder.name}-"
    # those of `labs` are none of `labs-directory`: what `mkdtemp` adds holds no hyphen
    found = [path for path in versions.glob(f"{prefix}*") if "-" not in path.name.removeprefix(prefix)]
    for path in found:
        if path.is_symlink():  # left by a killed process before it took its place
            path.unlink()
    others = [path for path in found if path.exists() and path.resolve() != current]
    others.sort(key=lambda path: path.stat().st_mtime)
    for path in others[:-1]:
        if not (path.is_dir() and _is_locked(path)):
            shutil.rmtree(path, ignore_errors=True)


def by_suffix(file: Path, known: Mapping[str, T]) -> T:
    """What the suffix of a file to write stands for, among `known` (by suffix, without its point).

    Raises `unknown-format` for any other suffix, in capitals too, and for none: no default is written under another
    name.
    """
    suffix = file.suffix.removeprefix(".")
    if suffix not in known:
        listed = ", ".join(f".{one}" for one in known)
        raise QuestionError("unknown-format", name=file.suffix or file.name, known=listed)
    return known[suffix]
