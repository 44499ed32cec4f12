"""What the commands that draw a map take: its name, what it is drawn around, where to write."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

Function = Callable[..., Any]


def map_options(command: Function) -> Function:
    """Gives a command `name`, `--body`, `--hops` and `-o`."""
    file = click.option("-o", "--output", "file", type=click.Path(dir_okay=False, path_type=Path))
    for option in (file, click.option("--hops"), click.option("--body"), click.argument("name")):
        command = option(command)
    return command


def values_of(body: str | None, hops: str | None) -> dict[str, str]:
    """The values that were given."""
    return {key: value for key, value in {"body": body, "hops": hops}.items() if value is not None}
