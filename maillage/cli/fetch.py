"""`maillage fetch`: the files of sources, from the network or from a folder."""

import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from maillage.cli.lazy import Settings
from maillage.cli.refusal import tell
from maillage.errors import MaillageError, MissingFile, NothingToFetch
from maillage.files import out_folder, short_path
from maillage.locales import say

if TYPE_CHECKING:
    from click._termui_impl import ProgressBar

    from maillage.sources.copies import FileRecord
    from maillage.sources.fetch.client import Client
    from maillage.sources.fetch.run import FetchResult

_WAITS = {"missing-key", "no-build", "no-codes"}


class Progress:
    """A line a file on stderr; on a terminal, and where its size is known, a bar."""

    def __init__(self, source: str) -> None:
        self._source, self._name = source, ""
        self._bar: ProgressBar[int] | None = None

    def __call__(self, name: str, done: int, total: int | None) -> None:
        if name != self._name:
            self.end()
            self._name, label = name, f"{self._source}/{name}"
            if total and sys.stderr.isatty():
                self._bar = click.progressbar(length=total, label=label, file=sys.stderr)
                self._bar.render_progress()
            else:
                click.echo(f"{label}…", err=True)
        if self._bar:
            self._bar.update(done - self._bar.pos)

    def end(self) -> None:
        if self._bar:
            self._bar.render_finish()
        self._name, self._bar = "", None


@click.command()
@click.argument("source", required=False)
@click.option("--all", "everything", is_flag=True)
@click.option("--from", "origin", metavar="DIR|FILE|URL")
@click.option("--accept", is_flag=True)
@click.option("--private-addresses", is_flag=True)
@click.pass_obj
def fetch(
    settings: Settings, source: str | None, everything: bool, origin: str | None, accept: bool, private_addresses: bool
) -> None:
    from maillage.sources.fetch.backoff import Patience
    from maillage.sources.fetch.client import Client

    if bool(source) == everything:
        raise click.UsageError("SOURCE, --all ?")
    if origin and "://" not in origin and not (Path(origin).exists() if source else Path(origin).is_dir()):
        raise MissingFile(file=origin)
    fetching = Fetching(settings, origin, accept, everything, Client(private_addresses, Patience()))
    if source:
        fetching.one(source)
    elif code := max(map(fetching.code_of, _names(origin)), default=0):
        raise click.exceptions.Exit(code)


@dataclass(frozen=True)
class Fetching:
    """What one command line asks of every source; `client` keeps the pauses of hosts from source to source."""

    settings: Settings
    origin: str | None
    accept: bool
    everything: bool
    client: "Client"

    def code_of(self, name: str) -> int:
        """Takes a source among others: says what is wrong, and goes on with the next. One that waits for a first graph
        or for a key of one's own is told, and is no failure.
        """
        try:
            self.one(name)
        except MaillageError as error:
            code = tell(error, self.settings.lang)
            return 0 if error.code in _WAITS else code
        return 0

    def one(self, name: str) -> None:
        from maillage.sources.card import read_card
        from maillage.sources.copies import folder_of, read_record
        from maillage.sources.fetch.run import fetch as take

        origin = f"{self.origin.rstrip('/')}/{name}" if self.origin and self.everything else self.origin
        out, progress = out_folder(self.settings.out), Progress(name)
        try:
            fetched = take(read_card(name), out, origin, self.client, self.accept, progress, self.codes)
        except MaillageError:
            progress.end()
            if files := read_record(folder_of(out, name)):  # the last good copy is still there
                _say_copy_stays(files, self.settings.lang)
            raise
        progress.end()
        _say(fetched, self.settings.lang)

    def codes(self, register: str) -> list[str]:
        """What the bodies of the graph that the settings name are called in a register. Raises `no-build`."""
        with self.settings.open() as graph:
            rows = graph.ask("identifiers-of").rows()
        return [str(row["code"]) for row in rows if row["scheme"] == register]


def _names(origin: str | None) -> list[str]:
    """The sources whose cards say where to take their files, and those whose cards cannot be read; of those whose file
    is given, the ones that a folder of copies holds.
    """
    from maillage.sources.card import card_names

    names = [name for name in card_names() if _may_fetch(name, origin)]
    if not names:
        raise NothingToFetch("nothing-to-fetch", source="*", file="data/*/source.yml")
    return names


def _may_fetch(name: str, origin: str | None) -> bool:
    from maillage.sources.card import read_card
    from maillage.sources.fetch.plan import read_fetch

    try:
        given = any(file.given for file in read_fetch(read_card(name)).files)
    except NothingToFetch:
        return False
    except MaillageError:
        return True
    return not given or (origin is not None and (Path(origin) / name).is_dir())


def _say(fetched: "FetchResult", lang: str) -> None:
    if fetched.unreachable:
        click.echo(say(lang, "fetch.warning", sentence=fetched.unreachable.sentence(lang)), err=True)
        _say_copy_stays(fetched.files, lang)
    for name, file in fetched.files.items():
        key = "fetch.unchanged" if name in fetched.unchanged else "fetch.taken"
        click.echo(say(lang, key, name=name, records=file.records, size=_size(file.bytes, lang)))
    if fetched.row_changes and (fetched.row_changes.came or fetched.row_changes.went):
        click.echo(say(lang, "fetch.moved", came=fetched.row_changes.came, went=fetched.row_changes.went))
    click.echo(f"-> {short_path(fetched.folder)}")


def _say_copy_stays(files: "dict[str, FileRecord]", lang: str) -> None:
    date = min(file.fetched_at for file in files.values())
    click.echo(say(lang, "fetch.kept", date=date), err=True)


def _size(count: int, lang: str) -> str:
    if count < 1e5:
        return say(lang, "fetch.bytes", n=count)
    whole, tenth = f"{count / 1e6:.1f}".split(".")
    return say(lang, "fetch.megabytes", whole=whole, tenth=tenth)
