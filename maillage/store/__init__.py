"""Stores: where the graph is asked. Each of them speaks the protocol of `base.Store`."""

from maillage.store.base import Store
from maillage.store.embedded import EmbeddedStore, open_store

__all__ = ["EmbeddedStore", "Store", "open_store"]
