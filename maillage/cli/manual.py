"""The manual page of the commands: `python -m maillage.cli.manual` writes `docs/reference/commands.md` anew."""

from collections.abc import Iterator

import click

from maillage.assets import CHECKOUT
from maillage.cli import COMMANDS
from maillage.cli.lazy import explain, load
from maillage.files import write_whole
from maillage.locales import LANGUAGES, opening

PAGE = CHECKOUT / "docs" / "reference" / "commands.md"


def page() -> str:
    """The whole page, in the order of `maillage --help`."""
    return "\n".join([opening("commands"), *(line for name in COMMANDS for line in _command(name))])


def _command(name: str) -> Iterator[str]:
    told = [explain(load(COMMANDS[name]), name, lang) for lang in LANGUAGES]
    arguments = (one.human_readable_name for one in told[0].params if isinstance(one, click.Argument))
    yield f"## `{' '.join(['maillage', name, *arguments])}`\n"
    yield from (f"{command.help}\n" for command in told)
    texts = [
        {", ".join(one.opts): one.help or "" for one in command.params if isinstance(one, click.Option)}
        for command in told
    ]
    for names in texts[0]:
        said = " · ".join(dict.fromkeys(options[names] for options in texts))
        yield f"- `{names}`{f' : {said}' if said else ''}"
    if texts[0]:
        yield ""


if __name__ == "__main__":
    write_whole(PAGE, page().encode())
