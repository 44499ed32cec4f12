"""Communes by postcode: one postcode serves several communes, one commune has several."""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from maillage.terms import fold

SHORT = {"st": "saint", "ste": "sainte"}  # how the post writes the two commonest first words of names


class Postcodes:
    """Which communes a postcode serves, from `served`: (key, name, postcodes) of each commune."""

    def __init__(self, served: Iterable[tuple[str, str, Iterable[str]]]) -> None:
        self._names: dict[str, dict[str, str]] = defaultdict(dict)
        for key, name, postcodes in served:
            for postcode in postcodes:
                self._names[postcode][key] = _expand(name)

    def communes(self, said: str) -> tuple[str, ...]:
        """The keys of the communes that « 33000 Bordeaux » may be: those of the postcode that bear the name, or all
        those of the postcode where no name follows it. A name that none of them bears gives none.
        """
        postcode, _, town = said.partition(" ")
        names: Mapping[str, str] = self._names.get(postcode, {})
        return tuple(sorted(key for key, name in names.items() if not town or name == _expand(town)))

    def at(self, said: str) -> tuple[str, ...]:
        """The keys of all the communes of the postcode that opens a text."""
        return tuple(sorted(self._names.get(said.partition(" ")[0], ())))


def _expand(name: str) -> str:
    return " ".join(SHORT.get(word, word) for word in fold(name).split())
