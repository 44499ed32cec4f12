"""Taking the files of a source from the network, or from a folder, to `<out>/fetched/<source>/`.

A file is asked for politely (`client`, `backoff`), kept in parts while it arrives (`parts`, `download`,
`pages`), checked (`formats`, `arrival`), and only then put with the others of its source in the place of the
last good copy (`run`), with a record of where each came from (`record`). Reading a card or finding the last
good copy needs none of the libraries that taking it needs.
"""

from maillage.sources.fetch.plan import FileCard, Plan, read_fetch
from maillage.sources.fetch.record import FileRecord, fetched_folder

__all__ = ["FileCard", "FileRecord", "Plan", "fetched_folder", "read_fetch"]
