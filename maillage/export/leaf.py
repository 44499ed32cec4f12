"""The JSON-LD beside the page of a thing: no more of the context than it needs, which would be nine tenths of it."""

from collections.abc import Iterator
from typing import Any

from maillage.credit.notice import Credit
from maillage.export.framing import terms
from maillage.export.nodes import frame_statements, read_context, write_nodes


def write(body: bytes, credit: Credit) -> bytes:
    """The same `@graph` as `jsonld.write`."""
    context = read_context()
    nodes = frame_statements(body, credit, context)
    words = {*_words(nodes)}
    ours, backwards = ({key: said for key, said in one.items() if key in words} for one in (context, terms()))
    words |= {"@version", *_words([ours, backwards])}  # the prefixes of what stays
    ours = {key: said for key, said in context.items() if key in words}
    return write_nodes([ours, backwards] if backwards else [ours], nodes)


def _words(value: Any) -> Iterator[str]:
    """The keys, and what may be a term or begin with a prefix among the values."""
    if isinstance(value, dict):
        yield from _words([*value, *value.values()])
    elif isinstance(value, list):
        for one in value:
            yield from _words(one)
    elif isinstance(value, str):
        yield from (value, value.partition(":")[0])
