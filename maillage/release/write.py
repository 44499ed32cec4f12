"""Writes a release: every file on disk as it is made, laid aside, swapped in whole.

The words of CREDITS and LICENSE-DATA are those of `graph/release/release.yml`.
"""

import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from gzip import GzipFile
from itertools import product
from pathlib import Path
from tempfile import TemporaryDirectory

from maillage.credit.credits import allowance
from maillage.errors import MachineError
from maillage.export import FORMATS
from maillage.files import replace_folder, short_path
from maillage.graph.canonical import split_by_graph
from maillage.locales import OURS, say
from maillage.ontology import labels
from maillage.queries.run import run
from maillage.queries.translate import read_names, run_again
from maillage.release.describe import PACKED, Data, describe
from maillage.release.dump import release_queries
from maillage.release.state import State, read_state
from maillage.sources.copies import checksum_of
from maillage.store.local import load_store
from maillage.table import Cell
from maillage.terms import graph_iri

SUMS, DESCRIPTION = "SHA256SUMS", "dataset.ttl"
RULE = "-" * 78


@dataclass(frozen=True)
class ReleaseFolder:
    """`files`: each file of the release, by its path in `folder`, with its size in bytes; `withheld`: left out."""

    folder: Path
    version: str
    date: str
    files: dict[str, int]
    withheld: tuple[str, ...] = ()


def write_release(
    out: Path, folder: Path, date: str | None = None, allow: str = "", packed: Path | None = None
) -> ReleaseFolder:
    """Writes the release of the build under `out` in `folder`, which it takes the place of in one step; the same with
    its data compressed in `packed`, a new folder, where one is given.

    A source whose card forbids publication stays out of it, unless `allow` is "private": the release then says in
    each file that it is not to be handed on. Memory: what `load_store` takes, the largest table, some six hundred
    bytes a thing of the merged graph; leaving a source out takes what a build takes.

    Raises `no-build`, FindingsError (a thing without a published identifier), `mixed-licences`, or `foreign-folder`
    when `folder` holds something that is not a release; what stood there then stays.
    """
    if folder.exists() and not (folder / SUMS).is_file() and (folder.is_file() or any(folder.iterdir())):
        raise MachineError("foreign-folder", folder=short_path(folder))  # another hand filled it
    with read_state(out, date, allowance(allow)) as state:
        state.credit()  # a refusal comes before any work
        with replace_folder(folder) as aside:
            data = _write_graphs(state, aside) | _write_tables(state, aside)
            releases = {aside: data} | ({packed: dict(_pack(aside, packed, data))} if packed else {})
            for place, said in zip(releases, describe(state, *releases.values()), strict=True):
                _describe(state, place, releases[place], said)
            sizes = {name: path.stat().st_size for name, path in _files(aside).items()}
    return ReleaseFolder(folder, state.version, state.date, sizes, state.withheld)


def _pack(folder: Path, packed: Path, data: Mapping[str, Data]) -> Iterator[tuple[str, Data]]:
    """Copies the files of a release, those of `data` compressed: what each of these is then."""
    for name, path in _files(folder).items():
        (packed / name).parent.mkdir(parents=True, exist_ok=True)
        if name not in data:
            shutil.copyfile(path, packed / name)
            continue
        form, titles, _ = data[name]
        target = packed / f"{name}{PACKED}"
        with path.open("rb") as source, target.open("wb") as file, GzipFile("", "wb", 9, file, mtime=0) as body:
            shutil.copyfileobj(source, body)
        yield f"{name}{PACKED}", (form, titles, target)


def _describe(state: State, folder: Path, data: Mapping[str, Data], said: bytes) -> None:
    (folder / DESCRIPTION).write_bytes(FORMATS["ttl"].write(said, state.credit()))
    (folder / "CREDITS").write_bytes(_credits_text(state, {name: titles for name, (_, titles, _) in data.items()}))
    (folder / "LICENSE-DATA").write_bytes("\n".join(_notice(state, lang) for lang in OURS).encode())
    sums = "".join(f"{checksum_of(path)}  {name}\n" for name, path in _files(folder).items())
    (folder / SUMS).write_bytes(sums.encode())  # in the form that `sha256sum --check` reads


def _write_graphs(state: State, folder: Path) -> dict[str, Data]:
    found: dict[str, Data] = {}
    with TemporaryDirectory(prefix="maillage-") as aside:
        parts, merged = split_by_graph(state.dump, Path(aside)), graph_iri("merged")
        for name, said in state.card["files"].items():
            form = FORMATS[said["format"]]
            if said["format"] == "nquads":  # the dump is canonical already
                shutil.copyfile(state.dump, folder / name)
            else:
                with (folder / name).open("wb") as target:
                    form.stream(parts if form.named else {merged: parts[merged]}, state.credit(), target)
            found[name] = (said["format"], {lang: said[lang] for lang in OURS}, folder / name)
    return found


def _write_tables(state: State, folder: Path) -> dict[str, Data]:
    """The answers of the questions tagged `release` in each language, and the metadata beside each."""
    form, store = FORMATS["csv"], load_store(state.graph)
    found, names = dict[str, Data](), read_names(store)
    first = {query.name: run(store, query.name) for query in release_queries()}
    for lang, query in product(OURS, release_queries()):
        table = run_again(store, first[query.name], query.name, lang, names)
        credit, beside = state.credit(lang), folder / "tables" / lang
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


def _credits_text(state: State, files: Mapping[str, Mapping[str, str]]) -> bytes:
    """Whom to thank, source by source, then what each file is. `files`: its title by language."""
    parts = [_notice(state, lang) for lang in OURS]
    parts += [f"Sources\n{RULE}\n", *(_source(state, row) for row in state.sources.rows())]
    named = ["\n    ".join((name, *(said[lang] for lang in OURS))) + "\n" for name, said in files.items()]
    parts.append(f"{' / '.join(say(lang, 'credit.files') for lang in OURS)}\n{RULE}\n{''.join(named)}")
    return "\n".join(parts).encode()


def _notice(state: State, lang: str) -> str:
    credit = state.credit(lang)
    words: str = state.card["private" if credit.private else "notice"][lang]
    return words.format(
        reason=credit.private.get(lang, ""),
        title=state.card["title"][lang],
        version=credit.release,
        date=credit.date,
        licence=credit.labels[lang],
        iri=credit.licence_iri,
    )


def _source(state: State, row: Mapping[str, Cell]) -> str:
    licence = labels(str(row["licence"]))
    said = [state.card["source"][lang].format(**{**row, "licence": licence[lang]}) for lang in OURS]
    named = f"{row['sourceTitle']}. {row['publisher']}."
    return "".join(f"{line}\n" for line in (named, *said, row["address"], row["credit"]))
