"""What a SPARQL endpoint answers, asked batch after batch, brought together in one file of the same shape.

A question lies beside the card, a `.rq` file. The codes that the bodies of our graph bear in a register fill its
`VALUES ?code { UNDEF }`, so many at a time. Each answer is kept until all have come: a fetch that was cut short goes
on with the batches that are left, for a day.
"""

import json
import time
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from maillage.errors import (
    ArrivalError,
    FetchError,
    FindingsError,
    GraphError,
    MachineError,
    MaillageError,
    Phrase,
    SourceError,
    TooManyBytes,
)
from maillage.files import decode, read_bytes, read_text, short_path, write_whole
from maillage.sources.copies import BINDINGS, format_time
from maillage.sources.fetch.backoff import retry
from maillage.sources.fetch.client import Client, agent
from maillage.sources.fetch.download import Arrival, Progress, Request, read_wire
from maillage.sources.fetch.formats import at_path, refuse_html
from maillage.sources.fetch.parts import FilePart, Validators
from maillage.sources.fetch.plan import Codes, FileCard, Plan
from maillage.sources.parsing import read_json
from maillage.store.remote import question_request, refuse_cut
from maillage.store.values import asks_values, with_values

CODE = "code"  # the variable that codes fill
PIECE_LIFETIME = 86_400.0  # seconds for which an answer that has come stands for one that would be asked anew
Row = dict[str, Any]


@dataclass(frozen=True)
class Question:
    """`columns`: those that the text selects; `batches`: the codes to ask about at a time, one empty batch for a
    question that asks about none.
    """

    text: str
    columns: tuple[str, ...]
    batches: tuple[tuple[str, ...], ...]

    def about(self, batch: Sequence[str]) -> str:
        return with_values(self.text, CODE, [str(ox.Literal(code)) for code in batch]) if batch else self.text


def question_of(plan: Plan, file: FileCard, codes: Codes) -> Question:
    """The question of a file of a card. Raises MissingFile, `no-codes`, or FindingsError where it will not do."""
    path = plan.folder / str(file.question)
    text = read_text(path)
    columns = _columns(text, path)
    if not file.codes:
        return Question(text, columns, ((),))
    if not asks_values(text, CODE) or CODE not in columns:
        raise _fault(SourceError("bad-card", reason=Phrase("asked-without-codes")), path)
    held = sorted(set(codes(file.codes)))
    if not held:
        raise MachineError("no-codes", register=file.codes, source=plan.source)
    return Question(text, columns, tuple(tuple(held[at : at + file.batch]) for at in range(0, len(held), file.batch)))


def _columns(text: str, path: Path) -> tuple[str, ...]:
    try:
        found = ox.Store().query(text)
    except SyntaxError as error:
        raise _fault(GraphError("bad-sparql", reason=str(error)), path) from None
    if not isinstance(found, ox.QuerySolutions):
        raise _fault(SourceError("bad-card", reason=Phrase("asked-without-columns")), path)
    return tuple(variable.value for variable in found.variables)


def _fault(error: MaillageError, path: Path) -> FindingsError:
    return FindingsError([error.at(short_path(path))])


def download_answers(client: Client, wanted: Request, question: Question, part: FilePart, told: Progress) -> Arrival:
    """The distinct rows of every batch, in the order of their text.

    Raises the errors of `Client.request`, `too-slow`, `answer-cut`, or an ArrivalError for an answer that will not do.
    """
    rows: set[str] = set()
    size, oldest = 0, time.time()
    for done, batch in enumerate(question.batches, 1):
        piece = _piece(client, wanted, question.about(batch), part)
        size, oldest = size + piece.stat().st_size, min(oldest, piece.stat().st_mtime)
        if size > wanted.most_bytes:
            raise TooManyBytes(most=wanted.most_bytes, where=Phrase("bytes-over-answers"))
        try:
            found = _rows(piece, wanted, question, batch)
        except MaillageError:
            piece.unlink()
            raise
        rows.update(json.dumps(row, ensure_ascii=False, sort_keys=True) for row in found)
        told(wanted.name, done, len(question.batches))
    head = json.dumps({"vars": question.columns})
    text = f'{{"head": {head}, "results": {{"bindings": [\n' + ",\n".join(sorted(rows)) + "\n]}}\n"
    write_whole(part.plain, text.encode())
    return Arrival(part.plain, Validators(), format_time(oldest))


def _piece(client: Client, wanted: Request, text: str, part: FilePart) -> Path:
    """Where the answer to a question lies: one that came a little while ago, or a new one."""
    path = part.piece(sha256(f"{wanted.address.template}\n{text}".encode()).hexdigest()[:16])
    if not path.is_file() or time.time() - path.stat().st_mtime > PIECE_LIFETIME:
        write_whole(path, retry(lambda: _answer(client, wanted, text), client.patience))
    return path


def _answer(client: Client, wanted: Request, text: str) -> bytes:
    address, end = wanted.address, time.monotonic() + client.patience.total
    asked = question_request(address.url, text, agent=agent())
    headers = {name: asked.headers[name] for name in ("Accept", "Content-Type", "User-Agent")}
    headers["Accept-Encoding"] = "identity"
    with client.request(address, headers, wanted.pause, asked.content) as response:
        if response.status_code != 200:
            raise FetchError("request-refused", address=address.template, status=response.status_code)
        refuse_cut(response.headers, address.template)
        return b"".join(read_wire(response, wanted, client, end))


def _rows(piece: Path, wanted: Request, question: Question, batch: Sequence[str]) -> list[Row]:
    """The rows of an answer that is whole, has the columns asked for, and speaks of what was asked."""
    refuse_html(piece, "JSON")
    said = read_json(decode(read_bytes(piece), Path(wanted.name)))
    try:
        names, rows = said["head"]["vars"], at_path(said, BINDINGS)
    except (KeyError, TypeError):
        raise ArrivalError("other-answer", path=BINDINGS) from None
    if not isinstance(names, list) or not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise ArrivalError("other-answer", path=BINDINGS)
    for column in question.columns:
        if column not in names:
            raise ArrivalError("lost-column", column=column)
    cells = [row.get(CODE) for row in rows if batch]
    for code in {str(cell.get("value", "")) if isinstance(cell, dict) else "" for cell in cells} - set(batch):
        raise ArrivalError("not-asked", code=code)
    return rows
