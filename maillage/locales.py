"""The texts that people read: the only reader of `visualize/locales/`. A language is a set of files there.

What a home does not word (a section, for want of a file that can be read) is said in our words, else in French.
"""

from collections import ChainMap
from collections.abc import Mapping
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any

from maillage.assets import bundled_folder, place


def _languages(*folders: Path) -> tuple[str, ...]:
    found = {path.stem for folder in folders for path in (folder / "locales").glob("??.yml")}
    return ("fr", *sorted(found - {"fr"}))


OURS = _languages(bundled_folder("visualize"))  # those in which cards and headers must be worded
LANGUAGES = _languages(bundled_folder("visualize"), place("visualize"))


def table(files: str, lang: str) -> Mapping[str, Any]:
    """The entries of the files of that name (`columns`, `errors/*`; "" for the one that bears the language alone)."""
    ends = [(place("visualize"), lang), (bundled_folder("visualize"), lang if lang in OURS else LANGUAGES[0])]
    return ChainMap(*(_read(*end, files) for end in dict.fromkeys(ends)))


@cache
def _read(folder: Path, lang: str, files: str) -> dict[str, Any]:
    import yaml

    found: dict[str, Any] = {}
    for path in sorted((folder / "locales").glob(f"{files}.{lang}.yml".lstrip("."))):
        with suppress(OSError, yaml.YAMLError):
            found |= yaml.load(path.read_bytes(), yaml.CSafeLoader)
    return found


def section(lang: str, name: str, folder: str = "cli/", rest: str = "*") -> Any:
    """All the texts of one part: in a file of its own, else among the rest (of the command line)."""
    return (table(folder + name, lang) or table(folder + rest, lang))[name]


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


def opening(page: str) -> str:
    """The head of a page of the manual that a module writes: its title, then each paragraph, in every language."""
    words = [section(lang, "manual")[page] for lang in LANGUAGES]
    paragraphs = ("\n".join(said) for said in zip(*(one["opening"] for one in words), strict=True))
    return "\n\n".join([f"# {' · '.join(one['title'] for one in words)}", *paragraphs]) + "\n"


def say_all(key: str, **places: object) -> dict[str, str]:
    """The same text in every language."""
    return {lang: say(lang, key, **places) for lang in LANGUAGES}


def in_every(words: Mapping[str, str]) -> dict[str, str]:
    """The words of a card by language, those of the first where they lack a third one."""
    others = {lang: words[LANGUAGES[0]] for lang in LANGUAGES if lang not in OURS} if LANGUAGES[0] in words else {}
    return {**words, **{lang: text for lang, text in others.items() if lang not in words}}
