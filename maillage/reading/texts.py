"""Which texts that sources were read in lie on this machine: they are known by their checksum, whatever their name."""

from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path

from maillage.files import read_bytes
from maillage.sources.card import Card
from maillage.sources.text import Text, read


def has_passages(card: Card) -> bool:
    """Do the rows of a source rest on places in a text?"""
    return any(table.key == "passage" for table in card.tables)


def texts_in(folder: Path, cards: Iterable[Card]) -> dict[str, Text]:
    """The texts of a folder, and of those in it, that sources were read in, by the name of the source."""
    wanted = {str(card.facts.get("checksum")): card.name for card in cards if has_passages(card)}
    paths = sorted(path for path in folder.rglob("*") if path.is_file()) if wanted else []
    sums = {path: sha256(read_bytes(path)).hexdigest() for path in paths}
    return {wanted[digest]: read(path) for path, digest in sums.items() if digest in wanted}
