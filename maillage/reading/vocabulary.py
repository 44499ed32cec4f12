"""The word lists of `graph/reading/`, and words as regular expressions."""

import re
from collections.abc import Iterable
from functools import cache
from typing import Any

from maillage.files import asset
from maillage.sources.card import read_yaml


@cache
def words(name: str) -> Any:
    """A file of `graph/reading/`, read once. Raises `bad-yaml` or MissingFile."""
    return read_yaml(asset("graph") / "reading" / f"{name}.yml")


def longest_first(choices: Iterable[str]) -> str:
    """Some words as alternatives of a regular expression; nothing where there are none."""
    return "|".join(re.escape(word) for word in sorted(set(choices), key=lambda word: (-len(word), word)))


def one_of(choices: Iterable[str]) -> str:
    """One of some words, as whole words.

    >>> re.findall(one_of(["de", "d'"]), "l'idée d'une ville de demain")
    ["d'", 'de']
    """
    found = longest_first(choices)
    return rf"(?<!\w)(?:{found})(?!(?<!')\w)" if found else r"(?!)"
