"""What the commands that draw a map take: its name, what it is drawn around, where to write."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from maillage.export import Content, suffixes

_BODY = "L'organisme au centre (carte ego) || The body in the middle (map ego)"
_HOPS = "1 ou 2 liens autour de lui || 1 or 2 links around it"
Dressed = Callable[..., Any]


def file_help(content: Content) -> str:
    ends = ", ".join(f".{suffix}" for suffix in suffixes(content))
    return f"Fichier à écrire ({ends}) || File to write ({ends})"


def map_options(file_help: str) -> Callable[[Dressed], Dressed]:
    """Gives a command `name`, `--body`, `--hops` and `-o`; `file_help` says which files it writes."""
    file = click.Path(dir_okay=False, path_type=Path)
    options = [
        click.argument("name"),
        click.option("--body", help=_BODY),
        click.option("--hops", help=_HOPS),
        click.option("-o", "--output", "file", type=file, help=file_help),
    ]

    def dress(command: Dressed) -> Dressed:
        for option in reversed(options):
            command = option(command)
        return command

    return dress


def values_of(body: str | None, hops: str | None) -> dict[str, str]:
    """The values that were given."""
    return {key: value for key, value in {"body": body, "hops": hops}.items() if value is not None}
