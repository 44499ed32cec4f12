"""Where store, question and view meet: a name, values and a format in; bytes and a media type out.

The front door of the command line, the web and notebooks.
"""

import os
from collections.abc import Mapping
from pathlib import Path

from maillage.answer.graph import Answer, Graph
from maillage.files import out_folder
from maillage.store.local import load_store
from maillage.table import Table


def open(
    out: Path | str | None = None, allow: str = "", endpoint: str | None = None, *, in_memory: bool = False
) -> Graph:
    """The last build of an output folder, or a SPARQL endpoint: the argument, else $MAILLAGE_ENDPOINT ("" for none).

    `in_memory`: for whoever asks a dozen questions; a build is read first (see `store.local.load_store`), an
    endpoint is not.
    `allow="private"` (or MAILLAGE_ALLOW) lets answers through whose sources' licences do not add up; they say so.
    Raises `no-build`, `store-in-use` or `bad-address`.
    """
    asked = os.environ.get("MAILLAGE_ENDPOINT", "") if endpoint is None else endpoint
    folder = out_folder(out)
    read = load_store((folder / "graph").resolve()) if in_memory and not asked else None
    return Graph(folder, allow, asked, read)


def ask(name: str, out: Path | str | None = None, lang: str = "fr", **values: str) -> Table:
    """The rows of one question of the last build."""
    with open(out) as graph:
        return graph.ask(name, lang, **values)


def answer(
    out: Path | None,
    name: str,
    values: Mapping[str, str],
    form: str = "table",
    lang: str = "fr",
    file: str = "",
    allow: str = "",
    endpoint: str | None = None,
) -> Answer:
    """A question answered in a format; `file` is the name it will be written under, for what lies beside it.

    A format of graphs gives what the graph says of the things in the answer.
    Raises `unknown-question`, `unknown-format`, or a QuestionError about a value.
    """
    with open(out, allow, endpoint) as graph:
        return graph.answer(name, values, form, lang, file)


def draw(
    out: Path | None,
    name: str,
    values: Mapping[str, str],
    lang: str = "fr",
    allow: str = "",
    endpoint: str | None = None,
) -> bytes:
    """A map of the last build (see `Graph.draw`)."""
    with open(out, allow, endpoint, in_memory=True) as graph:
        return graph.draw(name, lang, **values)
