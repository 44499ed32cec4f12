"""Stores: where the graph is asked. Each of them speaks the protocol of `base.Store`.

The remote ones need the extra `remote`, hence are read when used.
"""

from collections.abc import Sequence

from maillage.store.base import QUESTION_GRAPHS, Store, strip_credentials
from maillage.store.local import EmbeddedStore, open_store

__all__ = ["EmbeddedStore", "Store", "open_endpoint", "open_store", "strip_credentials"]


def open_endpoint(address: str, graphs: Sequence[str] | None = None) -> Store:
    """Any SPARQL 1.1 endpoint; `graphs` (merged and evidence unless given) are its default graph.

    Nothing is sent before the first question. Raises `bad-address`.
    """
    from maillage.store.remote import RemoteStore

    return RemoteStore(address, QUESTION_GRAPHS if graphs is None else graphs)
