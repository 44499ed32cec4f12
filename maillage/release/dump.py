"""The whole of a build for other programs: its statements in one file, its tables in one folder."""

from pathlib import Path

from maillage.credit.notice import Credit
from maillage.export import Format
from maillage.files import read_bytes
from maillage.queries import Query, catalogue
from maillage.queries.run import run
from maillage.store.base import QUESTION_GRAPHS, Store


def statements(folder: Path, form: Format, credit: Credit) -> bytes:
    """The graph in a format: every named graph where the format has them, else what questions are asked of.

    `folder`: where the build wrote `graph.nq`.
    """
    dump = read_bytes(folder / "graph.nq")
    if not form.named:  # the merged statements and their evidence, which share no statement
        names = tuple(f" <{name}> .".encode() for name in QUESTION_GRAPHS)
        dump = b"".join(line for line in dump.splitlines(keepends=True) if line.rstrip().endswith(names))
    return form.write(dump, credit)


def tables(store: Store, form: Format, credit: Credit) -> dict[str, bytes]:
    """A file a question tagged `release`, in the language of the credit, and what the format lays beside it."""
    found: dict[str, bytes] = {}
    for query in release_queries():
        table, name = run(store, query.name, {}, credit.lang), f"{query.name}.{form.extension}"
        found |= {name: form.write(table, credit), **form.beside(table, credit, name)}
    return found


def release_queries() -> list[Query]:
    return sorted((query for query in catalogue().values() if "release" in query.tags), key=lambda query: query.name)
