"""Writes a release: every file on disk as it is made, laid aside, swapped in whole."""

import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from tempfile import TemporaryDirectory

from maillage.credit.credits import allowance
from maillage.errors import MachineError
from maillage.export import FORMATS
from maillage.export.statements import Parts
from maillage.files import replace_folder, short_path
from maillage.graph.canonical import split_by_graph
from maillage.locales import OURS
from maillage.queries import run
from maillage.release.describe import Data, describe, sha256_of
from maillage.release.dump import release_queries
from maillage.release.notices import credits_text, licence_text
from maillage.release.state import State, read_state
from maillage.store.local import load_store
from maillage.terms import graph_iri

SUMS, DESCRIPTION = "SHA256SUMS", "dataset.ttl"


@dataclass(frozen=True)
class ReleaseFolder:
    """`files`: each file of the release, by its path in `folder`, with its size in bytes; `withheld`: left out."""

    folder: Path
    version: str
    date: str
    files: dict[str, int]
    withheld: tuple[str, ...] = ()


def write_release(out: Path, folder: Path, date: str | None = None, allow: str = "") -> ReleaseFolder:
    """Writes the release of the build under `out` in `folder`, which it takes the place of in one step.

    A source whose card forbids publication stays out of it, unless `allow` is "private": the release then says in
    each file that it is not to be handed on. Memory: what `load_store` takes, the largest table, some six hundred
    bytes a thing of the merged graph; leaving a source out takes what a build takes.

    Raises `no-build`, FindingsError (a thing without a published identifier), `mixed-licences`, or `foreign-folder`
    when `folder` holds something that is not a release; what stood there then stays.
    """
    _refuse_to_replace(folder)
    with read_state(out, date, allowance(allow)) as state:
        state.credit()  # a refusal comes before any work
        with replace_folder(folder) as aside:
            _write(state, aside)
            sizes = {name: path.stat().st_size for name, path in _files(aside).items()}
    return ReleaseFolder(folder, state.version, state.date, sizes, state.withheld)


def _refuse_to_replace(folder: Path) -> None:
    """A folder that another hand filled is never replaced."""
    if folder.exists() and not (folder / SUMS).is_file() and (folder.is_file() or any(folder.iterdir())):
        raise MachineError("foreign-folder", folder=short_path(folder))


def _write(state: State, folder: Path) -> None:
    data = _write_graphs(state, folder) | _write_tables(state, folder)
    (folder / DESCRIPTION).write_bytes(FORMATS["ttl"].write(describe(state, data), state.credit()))
    (folder / "CREDITS").write_bytes(credits_text(state, {name: titles for name, (_, titles, _) in data.items()}))
    (folder / "LICENSE-DATA").write_bytes(licence_text(state))
    (folder / SUMS).write_bytes(_sums(_files(folder)))


def _write_graphs(state: State, folder: Path) -> dict[str, Data]:
    found: dict[str, Data] = {}
    with TemporaryDirectory(prefix="maillage-") as aside:
        parts = split_by_graph(state.dump, Path(aside))
        for name, said in state.card["files"].items():
            _write_graph(state, parts, said["format"], folder / name)
            found[name] = (said["format"], {lang: said[lang] for lang in OURS}, folder / name)
    return found


def _write_graph(state: State, parts: Parts, form: str, path: Path) -> None:
    if form == "nquads":  # the dump is canonical already
        shutil.copyfile(state.dump, path)
        return
    merged = graph_iri("merged")
    with path.open("wb") as target:
        kept = parts if FORMATS[form].named else {merged: parts[merged]}
        FORMATS[form].stream(kept, state.credit(), target)


def _write_tables(state: State, folder: Path) -> dict[str, Data]:
    """The answers of the questions tagged `release` in each language, and the metadata beside each."""
    form, store = FORMATS["csv"], load_store(state.graph)
    found: dict[str, Data] = {}
    for lang, query in product(OURS, release_queries()):
        table, credit, beside = run(store, query.name, {}, lang), state.credit(lang), folder / "tables" / lang
        name = f"{query.name}.csv"
        beside.mkdir(parents=True, exist_ok=True)
        for file, body in {name: form.write(table, credit), **form.beside(table, credit, name)}.items():
            (beside / file).write_bytes(body)
        found[f"tables/{lang}/{name}"] = ("csv", dict(query.summary), beside / name)
    store.close()
    return found


def _files(folder: Path) -> dict[str, Path]:
    """Every file by its name in the release, in one order."""
    found = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*") if path.is_file()}
    return dict(sorted(found.items()))


def _sums(files: Mapping[str, Path]) -> bytes:
    """In the form that `sha256sum --check` reads."""
    return "".join(f"{sha256_of(path)}  {name}\n" for name, path in files.items()).encode()
