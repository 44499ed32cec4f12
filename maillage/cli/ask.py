"""`maillage ask` (a question of the catalogue, its parameters as options) and `maillage query` (one's own)."""

import shutil
import sys
from collections.abc import Callable, Mapping
from functools import wraps
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import click

from maillage.cli.lazy import Settings, endpoint_option, with_shared_options
from maillage.errors import Phrase, QuestionError
from maillage.export import ANSWERS, Content, find_format, suffixes
from maillage.files import by_suffix, read_text, short_path, write_whole
from maillage.locales import say

if TYPE_CHECKING:
    from maillage.credit.notice import Credit
    from maillage.queries import Query
    from maillage.queries.catalogue import Parameter
    from maillage.table import Table


class Target:
    """Where an answer goes: a file or the terminal, in the format asked for or that the file's suffix names."""

    def __init__(self, form: str | None, file: Path | None, contents: tuple[Content, ...] = ANSWERS) -> None:
        self.file, self.name = file, file.name if file else ""
        asked = form or (by_suffix(file, suffixes(*contents)) if file else "table")
        self.written = find_format(asked, *contents)
        self.form = self.written.name
        if self.written.binary and not file and sys.stdout.isatty():
            raise QuestionError("bad-value", value=self.form, wanted=Phrase("value-terminal"))

    @property
    def width(self) -> int | None:
        """How many characters a line may have; None where nothing cuts lines."""
        return shutil.get_terminal_size().columns if sys.stdout.isatty() and not self.file else None

    def put(self, body: bytes, beside: Mapping[str, bytes] = MappingProxyType({})) -> None:
        if not self.file:
            sys.stdout.buffer.write(body)
            sys.stdout.flush()
            return
        for path, content in {self.file: body, **{self.file.with_name(k): v for k, v in beside.items()}}.items():
            write_whole(path, content)
            click.echo(f"-> {short_path(path)}", err=True)

    def write(self, found: "Table | bytes", credit: "Credit", empty: str = "") -> None:
        """A table, or statements; `empty`: what stands for the rows of a text without any."""
        if self.form != "table" or isinstance(found, bytes):
            written = find_format(self.form, "graph" if isinstance(found, bytes) else "table")
            self.put(written.write(found, credit), written.beside(found, credit, self.name) if self.file else {})
        elif len(found):
            self.put(self.written.write(found, credit, width=self.width))
        else:
            self.put("\n".join(filter(None, (empty, credit.text()))).encode())


def format_options() -> list[click.Parameter]:
    """Made anew for each command: click parameters keep state."""
    return [
        click.Option(["--format", "form"], metavar="FORMAT"),
        click.Option(["-o", "--output", "target"], type=click.Path(dir_okay=False, path_type=Path)),
    ]


def pass_target(command: Callable[..., None]) -> Callable[..., None]:
    """Gives a command its Target as `aim`, in place of what the format options said."""

    @wraps(command)
    def wrapper(settings: Settings, /, form: str | None, target: Path | None, **values: Any) -> None:
        command(settings, aim=Target(form, target), **values)

    return wrapper


class Questions(click.Group):
    """A command a question, made from its header when it is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        from maillage.queries import catalogue

        return list(catalogue())

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        from maillage.queries import question

        return with_shared_options(_command(question(cmd_name), ctx.ensure_object(Settings).lang))

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        from maillage.queries.catalogue import catalogue, themes

        lang = ctx.ensure_object(Settings).lang
        for theme, heading in themes().items():
            rows = [(name, query.summary[lang]) for name, query in catalogue().items() if query.theme == theme]
            with formatter.section(heading[lang]):
                formatter.write_dl(rows)


def _command(query: "Query", lang: str) -> click.Command:
    text = " ".join(filter(None, (query.summary[lang], query.description.get(lang))))

    @click.pass_obj
    @pass_target
    def run(settings: Settings, /, aim: Target, **values: str | None) -> None:
        given = {name: value for name, value in values.items() if value is not None}
        _answer(settings, query, given, aim)

    params = [*(_option(parameter, lang) for parameter in query.parameters), *format_options(), endpoint_option()]
    return click.Command(query.name, callback=run, params=params, help=text)


def _option(parameter: "Parameter", lang: str) -> click.Parameter:
    words = parameter.words[lang]
    words = say(lang, "ask.required", words=words) if parameter.required else words
    return click.Option([f"--{parameter.name}", parameter.name], help=words)


@click.group(cls=Questions, params=[endpoint_option()], invoke_without_command=True)
@click.option("--list", "listed", is_flag=True)
@click.pass_context
def ask(ctx: click.Context, listed: bool) -> None:
    if listed or ctx.invoked_subcommand is None:
        formatter = ctx.make_formatter()
        ctx.command.format_commands(ctx, formatter) if isinstance(ctx.command, Questions) else None
        click.echo(formatter.getvalue().strip("\n"))
        ctx.exit()


def _answer(settings: Settings, query: "Query", values: Mapping[str, str], target: Target) -> None:
    from maillage.credit.notice import ON_SCREEN

    with settings.open() as graph:
        if target.form == "table":
            table = graph.ask(query.name, settings.lang, **values)
            target.write(table, graph.credit([table], settings.lang), query.empty.get(settings.lang, ""))
            if query.description:  # how to read the rows: that what is not known is not absent, for one
                click.echo(query.description[settings.lang], err=True)
            return
        found = graph.answer(query.name, values, target.form, settings.lang, target.name)
    target.put(found.body, found.beside)
    if target.written.bare and not target.file:
        click.echo(found.credit.text(ON_SCREEN), err=True, nl=False)
    if found.note:
        click.echo(found.note, err=True)


@click.command(params=[*format_options(), endpoint_option()])
@click.argument("file", metavar="FICHIER|-", type=click.Path(allow_dash=True, path_type=Path))
@click.option("--timeout", type=click.FloatRange(0.1, 3600), default=30.0)
@click.pass_obj
def query(settings: Settings, file: Path, timeout: float, form: str | None, target: Path | None) -> None:
    text = sys.stdin.read() if str(file) == "-" else read_text(file)
    with settings.open() as graph:
        found = graph.query(text, timeout)
        credit = graph.query_credit(text, found, settings.lang)
    aim = Target(form or (None if target else "ttl" if isinstance(found, bytes) else "table"), target)
    aim.write(found, credit)
