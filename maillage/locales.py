"""The texts that people read: the only reader of `visualize/locales/`. A language is a set of files there.

What a home has not worded (a file that is absent or cannot be read, a key) is said in our words, else in French.
"""

from collections import ChainMap
from collections.abc import Mapping
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any

from maillage.assets import place, shipped


def _languages(folder: Path) -> set[str]:
    return {path.stem for path in (folder / "locales").glob("??.yml")}


OURS = _languages(shipped("visualize"))  # the languages in which cards and headers must be worded
LANGUAGES = ("fr", *sorted((OURS | _languages(place("visualize"))) - {"fr"}))


def table(files: str, lang: str) -> Mapping[str, Any]:
    """The entries of the files of that name (`columns`, `errors/*`; "" for the one that bears the language alone)."""
    ends = [(place("visualize"), lang), (shipped("visualize"), lang if lang in OURS else LANGUAGES[0])]
    return ChainMap(*(_read(*end, files) for end in dict.fromkeys(ends)))


@cache
def _read(folder: Path, lang: str, files: str) -> dict[str, Any]:
    import yaml

    found: dict[str, Any] = {}
    for path in sorted((folder / "locales").glob(f"{files}.{lang}.yml".lstrip("."))):
        with suppress(OSError, yaml.YAMLError):
            found |= yaml.load(path.read_bytes(), yaml.CSafeLoader)
    return found


def section(lang: str, name: str, among: str = "cli/*") -> Any:
    """All the texts of one part: in a file of its own, or among others (those of the command line)."""
    return (table(name, lang) or table(among, lang))[name]


def say(lang: str, key: str, **places: object) -> str:
    """The text `section.key` of the command line or of a file that it writes, its braces filled.

    >>> say("fr", "credit.pair", name="Licence", value="CC0-1.0")
    'Licence : CC0-1.0'
    """
    name, *rest = key.split(".")
    entry = section(lang, name)
    for part in rest:
        entry = entry[part]
    return str(entry).format(**places)


def in_every(words: Mapping[str, str]) -> dict[str, str]:
    """The words of a card in every language; where a third one is not among them, those of the first."""
    return {lang: words.get(lang) or words.get(LANGUAGES[0], "") for lang in LANGUAGES}
