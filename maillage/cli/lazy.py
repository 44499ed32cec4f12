"""A click group whose commands are imported when used, with the options that every command shares."""

import os
from collections.abc import Mapping, Sequence
from copy import copy
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path
from typing import Any

import click

from maillage.cli.refusal import REFUSALS, tell
from maillage.locales import LANGUAGES

_ALLOWANCES = ("private",)


def _default_lang() -> str:
    wanted = os.environ.get("MAILLAGE_LANG", "fr")
    return wanted if wanted in LANGUAGES else "fr"


@dataclass
class Settings:
    """What `--lang`, `--out`, `--allow` and `--endpoint` said, before or after the name of the command.

    `out` is None when nobody said: `files.out_folder` then decides, reading MAILLAGE_OUT. So does `answer.open` for
    an empty `allow` (MAILLAGE_ALLOW) and for an `endpoint` of None (MAILLAGE_ENDPOINT).
    """

    lang: str = field(default_factory=_default_lang)
    out: Path | None = None
    allow: str = ""
    endpoint: str | None = None


def in_language(text: str, lang: str) -> str:
    """The half of "français || English" that is asked for; a text without the bar is the same in both."""
    halves = text.split(" || ")
    return halves[-1 if lang == "en" else 0].strip()


def _settings(ctx: click.Context) -> Settings:
    return ctx.ensure_object(Settings)


def _keep_lang(ctx: click.Context, _option: click.Parameter, value: str | None) -> None:
    if value:
        _settings(ctx).lang = value


def _keep_out(ctx: click.Context, _option: click.Parameter, value: Path | None) -> None:
    if value:
        _settings(ctx).out = value


def _keep_allow(ctx: click.Context, _option: click.Parameter, value: str | None) -> None:
    if value:
        _settings(ctx).allow = value


def _keep_endpoint(ctx: click.Context, _option: click.Parameter, value: str | None) -> None:
    if value:
        _settings(ctx).endpoint = value


_ENDPOINT = "Interroger ce serveur SPARQL (ou MAILLAGE_ENDPOINT) || Ask this SPARQL endpoint (or MAILLAGE_ENDPOINT)"


def endpoint_option(about: str = _ENDPOINT) -> click.Option:
    """`--endpoint`, for the commands that ask the graph; made anew for each: click parameters keep state."""
    return click.Option(
        ["--endpoint"],
        metavar="URL",
        expose_value=False,
        callback=_keep_endpoint,
        help=about,
    )


def _show_help(ctx: click.Context, _option: click.Parameter, value: bool) -> None:
    if value:
        click.echo(ctx.get_help(), color=ctx.color)
        ctx.exit()


def _help_option() -> click.Option:
    """Click's own, in two languages: a parameter called `--help` takes the place of the built-in one."""
    return click.Option(
        ["--help"],
        is_flag=True,
        is_eager=True,
        expose_value=False,
        callback=_show_help,
        help="Afficher cette aide || Show this help",
    )


def _shared_options() -> list[click.Parameter]:
    """Made anew for each command: click parameters keep state."""
    lang = click.Option(
        ["--lang"],
        type=click.Choice(LANGUAGES),
        is_eager=True,
        expose_value=False,
        callback=_keep_lang,
        help="Langue (ou MAILLAGE_LANG) || Language (or MAILLAGE_LANG)",
    )
    out = click.Option(
        ["--out"],
        type=click.Path(file_okay=False, path_type=Path),
        expose_value=False,
        callback=_keep_out,
        help="Dossier de sortie (ou MAILLAGE_OUT) || Output folder (or MAILLAGE_OUT)",
    )
    allow = click.Option(
        ["--allow"],
        type=click.Choice(_ALLOWANCES),
        expose_value=False,
        callback=_keep_allow,
        help="private : écrire pour un usage privé ce qu'aucune licence ne couvre (ou MAILLAGE_ALLOW) || "
        "private: write for private use what no licence covers (or MAILLAGE_ALLOW)",
    )
    return [lang, out, allow, _help_option()]


def load(target: str) -> object:
    """What "module:name" points to."""
    module, _, name = target.partition(":")
    return getattr(import_module(module), name)


def _translated(parameter: click.Parameter, lang: str) -> click.Parameter:
    twin = copy(parameter)
    if isinstance(twin, click.Option) and twin.help:
        twin.help = in_language(twin.help, lang)
    return twin


def _dressed(command: click.Command, summary: str, lang: str) -> click.Command:
    """A copy of the command in one language and with `--lang` and `--out`; the original stays bilingual."""
    twin = copy(command)
    text = command.help if command.help and " || " in command.help else summary
    twin.help = in_language(text, lang)
    twin.params = [_translated(parameter, lang) for parameter in [*command.params, *_shared_options()]]
    return twin


class LazyGroup(click.Group):
    """Lists its commands without importing them; `targets`: for each name, "module:function" and summary."""

    def __init__(self, targets: Mapping[str, tuple[str, str]], **settings: Any) -> None:
        super().__init__(name="maillage", params=_shared_options(), **settings)
        self.targets = targets

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(self.targets)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in self.targets:
            return None
        target, summary = self.targets[cmd_name]
        command = load(target)
        if not isinstance(command, click.Command):
            raise TypeError(f"{target} is not a click command")
        return _dressed(command, summary, _settings(ctx).lang)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """A name may have two words: `identity cluster`."""
        two = " ".join(args[:2])
        if two in self.targets:
            args = [two, *args[2:]]
        elif begun := [name for name in self.targets if name.startswith(f"{args[0]} ")]:
            raise click.UsageError(", ".join(begun), ctx)
        elif args[0] not in self.targets and not args[0].startswith("-"):
            raise click.NoSuchCommand(args[0], possibilities=self.targets, ctx=ctx)
        return super().resolve_command(ctx, args)

    def format_help(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        lang = _settings(ctx).lang
        formatter.write(f"{in_language(self.help or '', lang)}\n\n")
        formatter.write_usage(self.name or "", in_language("COMMANDE [OPTIONS] || COMMAND [OPTIONS]", lang))
        self._write_commands(formatter, lang)
        self._write_options(ctx, formatter, lang)

    def _write_commands(self, formatter: click.HelpFormatter, lang: str) -> None:
        with formatter.section(in_language("Commandes || Commands", lang)):
            formatter.write_dl([(name, in_language(text, lang)) for name, (_, text) in self.targets.items()])

    def _write_options(self, ctx: click.Context, formatter: click.HelpFormatter, lang: str) -> None:
        records = [_translated(option, lang).get_help_record(ctx) for option in self.get_params(ctx)]
        with formatter.section("Options"):
            formatter.write_dl([record for record in records if record])

    def run(self, args: Sequence[str] | None = None) -> int:
        """Runs one command line (the process's own unless given) and returns the exit code to end with."""
        settings = Settings()
        try:
            code = self.main(args, prog_name=self.name, standalone_mode=False, obj=settings)
        except REFUSALS as error:
            return tell(error, settings.lang)
        return code if isinstance(code, int) else 0
