"""A click group whose commands are imported when used, with the options that every command shares."""

import os
from collections.abc import Mapping, Sequence
from copy import copy
from dataclasses import dataclass, field
from pathlib import Path
from pkgutil import resolve_name
from typing import TYPE_CHECKING, Any

import click

from maillage.cli.refusal import REFUSALS, tell
from maillage.locales import LANGUAGES, section, table

if TYPE_CHECKING:
    from maillage.answer.graph import Graph

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

    def open(self, *, in_memory: bool = False) -> "Graph":
        """What they name, to be asked (see `answer.open`)."""
        from maillage import answer

        return answer.open(self.out, self.allow, self.endpoint, in_memory=in_memory)


def _keep(ctx: click.Context, option: click.Parameter, value: object) -> None:
    if value:
        setattr(ctx.ensure_object(Settings), str(option.name), value)


def endpoint_option() -> click.Option:
    """`--endpoint`, for the commands that ask the graph; made anew for each: click parameters keep state."""
    return click.Option(["--endpoint"], metavar="URL", expose_value=False, callback=_keep)


class HelpOption(click.Option):
    """Speaks the language that `--lang` says, even where it stands first."""

    def handle_parse_result(
        self, ctx: click.Context, opts: Mapping[str, Any], args: list[str]
    ) -> tuple[Any, list[str]]:
        if opts.get("lang") in LANGUAGES:
            ctx.ensure_object(Settings).lang = opts["lang"]
        return super().handle_parse_result(ctx, opts, args)


def _show_help(ctx: click.Context, _option: click.Parameter, value: bool) -> None:
    if value:
        command = explain(ctx.command, ctx.info_name or "", ctx.ensure_object(Settings).lang)
        click.echo(command.get_help(ctx), color=ctx.color)
        ctx.exit()


def _shared_options() -> list[click.Parameter]:
    """Made anew for each command: click parameters keep state. Our `--help` takes the place of click's own."""
    folder = click.Path(file_okay=False, path_type=Path)
    kept: dict[str, Any] = {"expose_value": False, "callback": _keep}
    return [
        click.Option(["--lang"], type=click.Choice(LANGUAGES), is_eager=True, **kept),
        click.Option(["--out"], type=folder, **kept),
        click.Option(["--allow"], type=click.Choice(_ALLOWANCES), **kept),
        HelpOption(["--help"], is_flag=True, is_eager=True, expose_value=False, callback=_show_help),
    ]


def load(target: str) -> click.Command:
    """The command that "module:name" points to."""
    command: click.Command = resolve_name(target)
    return command


def with_shared_options(command: click.Command) -> click.Command:
    """A copy of the command that takes `--lang`, `--out`, `--allow` and `--help` too."""
    twin = copy(command)
    twin.params = [*command.params, *_shared_options()]
    return twin


def explain(command: click.Command, name: str, lang: str) -> click.Command:
    """A copy of the command with the help of a language where it has none: its own words, those of an option that
    others take too under `maillage`. Read when help is shown: nothing else needs it.
    """
    words, shared = table("cli/*", lang).get(name, {}), section(lang, "maillage")["options"]
    twin = copy(command)
    twin.help = command.help or _with_formats(words.get("help") or words.get("summary"))
    twin.params = [_explain_option(parameter, shared | words.get("options", {})) for parameter in command.params]
    return twin


def _explain_option(parameter: click.Parameter, words: Mapping[str, str]) -> click.Parameter:
    from maillage.export import FORMATS

    twin = copy(parameter)
    if isinstance(twin, click.Option):
        name, flag = max(twin.opts, key=len).lstrip("-"), str(twin.flag_value)
        twin.help = twin.help or _with_formats(words.get(name)) or (FORMATS[flag].label if flag in FORMATS else None)
    return twin


def _with_formats(words: str | None) -> str | None:
    """Help with the formats of a content where it says `{graph}`, with their suffixes where it says `{graph_files}`."""
    if not words or "{" not in words:
        return words
    from maillage.export import ANSWERS, formats, suffixes

    lists = {"answer": ", ".join(formats(*ANSWERS))}
    for content in ("table", "graph", "figure", "network"):
        lists[content] = ", ".join(formats(content))
        lists[f"{content}_files"] = ", ".join(f".{suffix}" for suffix in suffixes(content))
    return words.format(**lists)


class LazyGroup(click.Group):
    """Lists its commands without importing them; `targets`: "module:function" by name."""

    def __init__(self, targets: Mapping[str, str]) -> None:
        super().__init__(name="maillage", params=_shared_options())
        self.targets = targets

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(self.targets)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        return with_shared_options(load(self.targets[cmd_name])) if cmd_name in self.targets else None

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
        lang = ctx.ensure_object(Settings).lang
        words, told = section(lang, "maillage"), explain(self, "maillage", lang)
        formatter.write(f"{told.help}\n\n")
        formatter.write_usage(self.name or "", words["usage"])
        with formatter.section(words["commands"]):
            formatter.write_dl([(name, section(lang, name)["summary"]) for name in self.targets])
        records = [option.get_help_record(ctx) for option in told.get_params(ctx)]
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
