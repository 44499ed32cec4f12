"""A query that somebody wrote: read-only, asked in a process of its own that is stopped at the time limit.

Oxigraph inside Python has no time limit and cannot be interrupted, hence the other process:
`python -m maillage.queries.free FOLDER` reads a query on stdin and writes the pickled outcome on stdout.
"""

import pickle
import re
import signal
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

from maillage.errors import MachineError, MaillageError, Phrase, QuestionError, UnreadableQuery
from maillage.queries.tokens import Token, tokens
from maillage.store import open_store
from maillage.table import Table

READS_GRAPH = {"CONSTRUCT", "DESCRIBE"}
WRITES = {"INSERT", "DELETE", "LOAD", "CLEAR", "CREATE", "DROP", "COPY", "MOVE", "ADD", "WITH"}
LONGEST = 200_000  # characters
_CALL = "SERVICE"
_PROLOGUE = {"PREFIX", "BASE"}
_NAMES_GRAPH = {"GRAPH", "FROM", "NAMED", "DESCRIBE"}  # after these words, a name before `{` is no service
_LETTERS = re.compile(r"[A-Za-z_]+")
_ESCAPE = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")


def ask_apart(folder: Path, text: str, seconds: float) -> Table | bytes:
    """The rows of a SELECT or ASK, or the N-Triples of a CONSTRUCT or DESCRIBE, of the build in `folder`.

    Raises `query-refused` for what is no reading, `query-timeout` at the limit, `bad-sparql` with line and column.
    """
    refuse(text)
    command = [sys.executable, "-m", __name__, str(folder)]
    try:
        done = subprocess.run(command, input=text.encode(), capture_output=True, timeout=seconds, check=False)
    except subprocess.TimeoutExpired:
        raise QuestionError("query-timeout", seconds=f"{seconds:g}") from None
    if done.returncode < 0:
        raise MachineError("engine-failed", reason=signal.strsignal(-done.returncode))
    if done.returncode:
        raise RuntimeError(done.stderr.decode(errors="replace"))
    outcome = pickle.loads(done.stdout)
    if isinstance(outcome, MaillageError):
        raise outcome
    return outcome if isinstance(outcome, Table) else bytes(outcome)


def refuse(text: str) -> list[Token]:
    """The tokens of a query that may be asked. Raises `query-refused` when it would write, or would ask another server;
    `query-too-long`, `query-too-deep`, UnreadableQuery when an engine may not survive it, or not read it as we do.

    Code points written as escapes are looked at both ways, since engines do not agree on when to decode them.
    """
    if len(text) > LONGEST:
        raise QuestionError("query-too-long", most=LONGEST)
    if (decoded := _ESCAPE.sub(_decode_escape, text)) != text:
        with suppress(UnreadableQuery):
            _refuse(tokens(decoded))
    found = tokens(text)
    _refuse(found)
    return found


def _refuse(found: list[Token]) -> None:
    if any(_calls(found, place) for place in range(len(found))):
        raise QuestionError("query-refused", reason=Phrase("query-calls"))
    if (first := verb(found)) in WRITES:
        raise QuestionError("query-refused", reason=Phrase("query-writes", verb=first))


def _calls(found: list[Token], place: int) -> bool:
    """Whether an engine may read SERVICE there. Ours asks no space after it, and turns back from a name that it cannot
    resolve: `SERVICE:x { … }` is a call then, and `a:1SERVICE <x> { … }` may be one.
    """
    token = found[place]
    if token.kind not in {"word", "name"} or _CALL not in token.text.upper():
        return False
    before = found[place - 1].text.upper() if place else ""
    ahead = (one.text for one in found[place + 1 : place + 4] if one.kind not in {"iri", "name", "variable"})
    opens = next((text for text in ahead if text.upper() != "SILENT"), "") == "{"  # a group, after nothing but terms
    return token.kind == "word" or (before not in _NAMES_GRAPH and opens)


def words(found: list[Token]) -> list[str]:
    """The bare words of a query, in capitals and in order: keywords and functions, without texts, IRIs and names."""
    return [word.upper() for token in found if token.kind == "word" for word in _LETTERS.findall(token.text)]


def verb(found: list[Token]) -> str:
    """The first word after the prologue, in capitals; empty when there is none."""
    return next((word for word in words(found) if word not in _PROLOGUE), "")


def _decode_escape(escape: re.Match[str]) -> str:
    point = int(escape[1] or escape[2], 16)
    return chr(point) if point < sys.maxunicode else ""


def _outcome(folder: Path, text: str) -> object:
    try:
        store = open_store(folder)
        return store.construct(text) if verb(tokens(text)) in READS_GRAPH else store.ask(text)
    except MaillageError as error:
        error.places = {name: said if isinstance(said, Phrase) else str(said) for name, said in error.places.items()}
        return error


if __name__ == "__main__":
    sys.stdout.buffer.write(pickle.dumps(_outcome(Path(sys.argv[1]), sys.stdin.read())))
