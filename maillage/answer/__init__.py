"""Where store, question and view meet: a name, values and a format in; bytes and a media type out.

The front door of the command line, the web and notebooks.
"""

import os
from collections.abc import Mapping
from pathlib import Path

from maillage.answer.graph import Graph
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
