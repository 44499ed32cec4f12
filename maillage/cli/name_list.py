"""The options of the commands that compare names: which column holds what, where the result goes, who computes."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from maillage.files import by_suffix
from maillage.matching.engine import ENGINES

if TYPE_CHECKING:
    from maillage.matching.engine import Engine
    from maillage.matching.score import NameEntry
    from maillage.sources.rows import Listing

Function = Callable[..., object]


@dataclass(frozen=True)
class NameList:
    """A CSV list of names: its columns, the CSV to write, and who computes."""

    file: Path
    column: str
    target: Path
    territory: str | None
    identifier: str | None
    address: str | None
    engine: "Engine"

    def read(self) -> "tuple[Listing, list[NameEntry]]":
        """The list, and its names with what stands beside them. Raises `no-column`, `unknown-format`."""
        from maillage.matching.score import NameEntry
        from maillage.sources.rows import read_listing
        from maillage.terms import slug

        by_suffix(self.target, {"csv": "csv"})
        listing = read_listing(self.file)
        columns = (self.column, self.territory, self.identifier, self.address)
        return listing, [
            NameEntry(name, slug(where), siren(number), address)
            for name, where, number, address in zip(*map(listing.column, columns), strict=True)
        ]


def list_options(command: Callable[[NameList], object]) -> Function:
    """FILE, --column, -o, --territory, --identifier, --address and --engine, given to the command as one NameList."""

    @wraps(command)
    def wrapper(**given: Any) -> object:
        return command(NameList(**given))

    function: Function = wrapper
    options: tuple[Callable[[Function], Function], ...] = (
        click.argument("file", type=click.Path(path_type=Path)),
        click.option("--column", required=True),
        click.option("-o", "--output", "target", required=True, type=click.Path(dir_okay=False, path_type=Path)),
        *(click.option(f"--{name}") for name in ("territory", "identifier", "address")),
        engine_option(),
    )
    for option in reversed(options):
        function = option(function)
    return function


def engine_option() -> Callable[[Function], Function]:
    return click.option("--engine", type=click.Choice(ENGINES), default=ENGINES[0])


def siren(text: str) -> str:
    """The nine digits of a SIREN, or of the SIRET that begins with it; "" for anything else.

    >>> siren("130 025 265 00013"), siren("n/a")
    ('130025265', '')
    """
    digits = re.sub(r"\s", "", text)
    return digits[:9] if re.fullmatch(r"\d{9}|\d{14}", digits) else ""
