"""What the graph says of some things, as triples: a CONSTRUCT of `graph/release/`."""

import re

from maillage.files import asset, read_text
from maillage.store import Store


def describe(store: Store, things: list[str]) -> bytes:
    """The statements whose subject is one of `things` (IRIs), as N-Triples; nothing for no thing."""
    if not things:
        return b""
    text = read_text(asset("graph") / "release" / "description.rq")
    listed = " ".join(f"<{thing}>" for thing in things)
    return store.construct(re.sub(r"VALUES\s+\?thing\s*\{\s*UNDEF\s*\}", f"VALUES ?thing {{ {listed} }}", text))
