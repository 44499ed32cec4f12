"""The manual page of the commands: `python -m maillage.cli.manual` writes `docs/reference/commands.md` anew."""

from collections.abc import Iterator

import click

from maillage.assets import CHECKOUT
from maillage.cli import COMMANDS
from maillage.cli.lazy import in_language, load
from maillage.files import write_whole

PAGE = CHECKOUT / "docs" / "reference" / "commands.md"
OPENING = """\
# Les commandes · The commands

Page écrite par `python -m maillage.cli.manual` d'après les commandes ; ne pas la modifier.
This page is written by `python -m maillage.cli.manual` from the commands; do not edit it.

Chaque commande accepte `--out DOSSIER` (où tout s'écrit), `--lang fr|en`, `--allow private` (usage privé) et `--help`.
Every command takes `--out FOLDER` (where all is written), `--lang fr|en`, `--allow private` (private use) and `--help`.
"""


def page() -> str:
    """The whole page, in the order of `maillage --help`."""
    return "\n".join([OPENING, *(line for name in COMMANDS for line in _command(name))])


def _command(name: str) -> Iterator[str]:
    command = load(COMMANDS[name].target)
    if not isinstance(command, click.Command):
        raise TypeError(f"{name} is not a click command")
    yield f"## `{_usage(name, command)}`\n"
    for lang in ("fr", "en"):
        yield f"{in_language(command.help or COMMANDS[name].summary, lang)}\n"
    options = [parameter for parameter in command.params if isinstance(parameter, click.Option)]
    for option in options:
        said = " · ".join(dict.fromkeys(in_language(option.help or "", lang) for lang in ("fr", "en")))
        yield f"- `{', '.join(option.opts)}`{f' : {said}' if said else ''}"
    if options:
        yield ""


def _usage(name: str, command: click.Command) -> str:
    arguments = [parameter for parameter in command.params if isinstance(parameter, click.Argument)]
    return " ".join(["maillage", name, *(argument.human_readable_name for argument in arguments)])


if __name__ == "__main__":
    write_whole(PAGE, page().encode())
