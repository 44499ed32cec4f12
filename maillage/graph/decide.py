"""Writes identity decisions into `graph/identity/`, and takes them back. Nothing is written that contradicts the rest.

A decision goes to the file of the source of its `a`. Those of a batch bear its number in their reason ("lot 3").
"""

import re
from collections import defaultdict
from collections.abc import Callable, Sequence
from pathlib import Path

from maillage.errors import CannotWrite, FindingsError, GraphError, Phrase
from maillage.files import asset, read_text, short_path, write_whole
from maillage.graph.identity import Decision, conflicts
from maillage.sources.index import Key
from maillage.sources.rows import DECISION, read_rows, to_csv

MACHINE = "splink"
_BATCH = re.compile(r"\blot (\d+)\b")


def new_decision(a: Key, b: Key, same: bool, by: str, date: str, reason: str) -> Decision:
    """A decision not yet written, with the file that it will stand in."""
    return Decision(a, b, same, by, date, reason, short_path(_file(a)), 0)


def add(new: Sequence[Decision], known: Sequence[Decision]) -> None:
    """Appends decisions to their files, all or none.

    Raises FindingsError where `known` and `new` together contradict themselves (with the chain), or CannotWrite.
    """
    faults = conflicts([*known, *new])
    if faults:
        raise FindingsError(faults)
    rows: dict[Path, list[Sequence[str]]] = defaultdict(list)
    for one in new:
        said = "same" if one.same else "different"
        rows[_file(one.a)].append([":".join(one.a), ":".join(one.b), said, one.decided_by, one.date, one.reason])
    before = {path: read_text(path).removesuffix("\n") + "\n" if path.exists() else to_csv([DECISION]) for path in rows}
    write_all({path: before[path] + to_csv(made) for path, made in rows.items()})


def next_batch() -> int:
    """The number of the next batch: one more than the last that is in the files."""
    return max((_batch(row) for path in _files() for _, row in read_rows(path)), default=0) + 1


def undo_batch() -> int:
    """Removes the decisions of the last batch; returns how many. Raises `nothing-to-undo` or CannotWrite."""
    last = next_batch() - 1
    if not last:
        raise GraphError("nothing-to-undo", what=Phrase("no-batch"))
    return _remove(lambda row: _batch(row) == last)


def undo_pair(a: str, b: str) -> int:
    """Removes the decision on two `source:key`; returns how many rows. Raises `nothing-to-undo` or CannotWrite."""
    count = _remove(lambda row: {row["a"], row["b"]} == {a, b})
    if not count:
        raise GraphError("nothing-to-undo", what=Phrase("not-decided", a=a, b=b))
    return count


def _remove(wanted: Callable[[dict[str, str]], bool]) -> int:
    count, texts = 0, {}
    for path in _files():
        rows = [row for _, row in read_rows(path)]
        kept = [row for row in rows if not wanted(row)]
        if len(kept) < len(rows):
            count += len(rows) - len(kept)
            texts[path] = to_csv([DECISION, *([row[name] for name in DECISION] for row in kept)])
    write_all(texts)
    return count


def write_all(texts: dict[Path, str]) -> None:
    """Writes every file, or puts back those already written."""
    done: dict[Path, bytes | None] = {}  # what stood there before
    try:
        for path, text in texts.items():
            before = path.read_bytes() if path.exists() else None
            write_whole(path, text.encode())
            done[path] = before
    except CannotWrite:
        for path, body in done.items():
            path.unlink() if body is None else write_whole(path, body)
        raise


def _batch(row: dict[str, str]) -> int:
    found = _BATCH.search(row["reason"]) if row["decided_by"] == MACHINE else None
    return int(found[1]) if found else 0


def _file(key: Key) -> Path:
    return asset("graph") / "identity" / f"{key[0]}.csv"


def _files() -> list[Path]:
    return sorted((asset("graph") / "identity").glob("*.csv"))
