"""Writes a release: every file made in memory, laid aside, swapped in whole."""

from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from itertools import product
from pathlib import Path

from maillage.credit import allowance
from maillage.errors import LANGUAGES, ForeignFolder
from maillage.export import FORMATS
from maillage.files import folder_replaced, shown
from maillage.queries import run
from maillage.release.describe import describe
from maillage.release.notices import credits_text, licence_text
from maillage.release.state import State, read_state
from maillage.release.whole import released
from maillage.store import Store

SUMS, DESCRIPTION = "SHA256SUMS", "dataset.ttl"
Data = tuple[str, dict[str, str], bytes]  # format, title by language, content


@dataclass(frozen=True)
class Released:
    """`files`: each file of the release, by its path in `folder`, with its size in bytes; `withheld`: left out."""

    folder: Path
    version: str
    date: str
    files: dict[str, int]
    withheld: tuple[str, ...] = ()


def write_release(out: Path, folder: Path, date: str | None = None, allow: str = "") -> Released:
    """Writes the release of the build under `out` in `folder`, which it takes the place of in one step.

    A source whose card forbids publication stays out of it, unless `allow` is "private": the release then says in
    each file that it is not to be handed on. Raises NoBuild, FindingsError (a thing without a published
    identifier), MixedLicences, or ForeignFolder when `folder` holds something that is not a release; what stood
    there then stays.
    """
    _refuse_to_replace(folder)
    state, store = read_state(out, date, allowance(allow))
    try:
        files = _files(state, store)
    finally:
        store.close()
    with folder_replaced(folder) as aside:
        for name, body in files.items():
            path = aside / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(body)
    sizes = {name: len(body) for name, body in files.items()}
    return Released(folder, state.version, state.date, sizes, state.withheld)


def _refuse_to_replace(folder: Path) -> None:
    """A folder that another hand filled is never replaced."""
    if folder.exists() and not (folder / SUMS).is_file() and (folder.is_file() or any(folder.iterdir())):
        raise ForeignFolder(folder=shown(folder))


def _files(state: State, store: Store) -> dict[str, bytes]:
    graphs, (tables, metadata) = dict(_graphs(state)), _tables(state, store)
    data = graphs | tables
    files = {name: body for name, (_, _, body) in data.items()} | metadata
    files[DESCRIPTION] = FORMATS["ttl"].write(describe(state, data), state.credit())
    files["CREDITS"] = credits_text(state, {name: titles for name, (_, titles, _) in data.items()})
    files["LICENSE-DATA"] = licence_text(state)
    ordered = dict(sorted(files.items()))
    return ordered | {SUMS: _sums(ordered)}


def _graphs(state: State) -> Iterator[tuple[str, Data]]:
    merged = state.merged()
    for name, said in state.card["files"].items():
        form = FORMATS[said["format"]]
        body = merged if form.name in ("ttl", "jsonld") else state.dump
        yield name, (form.name, {lang: said[lang] for lang in LANGUAGES}, form.write(body, state.credit()))


def _tables(state: State, store: Store) -> tuple[dict[str, Data], dict[str, bytes]]:
    """The answers of the questions tagged `release` in each language, and the metadata beside each."""
    form = FORMATS["csv"]
    tables: dict[str, Data] = {}
    metadata: dict[str, bytes] = {}
    for lang, query in product(LANGUAGES, released()):
        table, credit, folder = run(store, query.name, {}, lang), state.credit(lang), f"tables/{lang}/"
        name = f"{query.name}.csv"
        tables[folder + name] = ("csv", dict(query.summary), form.write(table, credit))
        metadata |= {folder + file: body for file, body in form.beside(table, credit, name).items()}
    return tables, metadata


def _sums(files: dict[str, bytes]) -> bytes:
    """In the form that `sha256sum --check` reads."""
    return "".join(f"{sha256(body).hexdigest()}  {name}\n" for name, body in files.items()).encode()
