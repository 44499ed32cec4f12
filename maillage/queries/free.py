"""A query that somebody wrote: read-only, asked in a process of its own that is stopped at the time limit.

Oxigraph inside Python has no time limit and cannot be interrupted, hence the other process:
`python -m maillage.queries.free FOLDER` reads a query on stdin and writes the pickled outcome on stdout.
"""

import pickle
import re
import subprocess
import sys
from pathlib import Path

import maillage.errors
from maillage.errors import MaillageError, QueryRefused, QueryTimeout
from maillage.store import open_store
from maillage.table import Table

READS_TABLE, READS_GRAPH = {"SELECT", "ASK"}, {"CONSTRUCT", "DESCRIBE"}
WRITES = {"INSERT", "DELETE", "LOAD", "CLEAR", "CREATE", "DROP", "COPY", "MOVE", "ADD", "WITH"}
_QUOTED = re.compile(
    r"""\"\"\".*?\"\"\"|'''.*?'''|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|<[^<>"{}|^`\\\s]*>|#[^\n]*""",
    re.DOTALL,
)
_WORD = re.compile(r"(?<![\w?$:@-])[A-Za-z]+(?![\w:-])")
_PROLOGUE = {"PREFIX", "BASE"}
_ESCAPE = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")


def ask_apart(folder: Path, text: str, seconds: float) -> Table | bytes:
    """The rows of a SELECT or ASK, or the N-Triples of a CONSTRUCT or DESCRIBE, of the build in `folder`.

    Raises QueryRefused for what is no reading, QueryTimeout at the limit, BadSparql with line and column.
    """
    refuse(text)
    command = [sys.executable, "-m", __name__, str(folder)]
    try:
        done = subprocess.run(command, input=text.encode(), capture_output=True, timeout=seconds, check=False)
    except subprocess.TimeoutExpired:
        raise QueryTimeout(seconds=f"{seconds:g}") from None
    if done.returncode:
        raise RuntimeError(done.stderr.decode(errors="replace"))
    outcome = pickle.loads(done.stdout)
    if isinstance(outcome, tuple):
        name, places = outcome
        raise getattr(maillage.errors, name)(**places)
    return outcome if isinstance(outcome, Table) else bytes(outcome)


def refuse(text: str) -> None:
    """Raises QueryRefused when the query would write, or would ask another server.

    Code points written as escapes are looked at both ways, since engines do not agree on when to decode them.
    """
    for reading in {text, _ESCAPE.sub(_decoded, text)}:
        if "SERVICE" in words(reading):
            raise QueryRefused(
                reason_fr="elle interroge un autre serveur (SERVICE)", reason="it asks another server (SERVICE)"
            )
        first = verb(reading)
        if first in WRITES:
            raise QueryRefused(reason_fr=f"elle modifie le graphe ({first})", reason=f"it changes the graph ({first})")


def words(text: str) -> list[str]:
    """The bare words of a query, in capitals and in order: keywords and functions, without texts, IRIs and names."""
    return [word.upper() for word in _WORD.findall(_QUOTED.sub(" ", text))]


def _decoded(escape: re.Match[str]) -> str:
    point = int(escape[1] or escape[2], 16)
    return chr(point) if point < sys.maxunicode else ""


def verb(text: str) -> str:
    """The first word after the prologue, in capitals; empty when there is none."""
    return next((word for word in words(text) if word not in _PROLOGUE), "")


def _outcome(folder: Path, text: str) -> object:
    try:
        store = open_store(folder)
        return store.construct(text) if verb(text) in READS_GRAPH else store.ask(text)
    except MaillageError as error:
        return type(error).__name__, {name: str(place) for name, place in error.places.items()}


if __name__ == "__main__":
    sys.stdout.buffer.write(pickle.dumps(_outcome(Path(sys.argv[1]), sys.stdin.read())))
