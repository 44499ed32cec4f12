"""A text without accents or capitals, letter for letter, so that places in it are places in the text."""

import unicodedata


def plain(text: str) -> str:
    """The same text, folded in place.

    >>> plain("Été à l’Hôtel")
    "ete a l'hotel"
    """
    return "".join(_plain(letter) for letter in text)


def _plain(letter: str) -> str:
    bare = unicodedata.normalize("NFKD", letter)[:1].lower()[:1] or letter
    return "'" if bare == "’" else bare
