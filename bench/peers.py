"""What a peer does, in its own process and environment: nothing of Maillage is imported here.

Each gives `load` (seconds of processor), `answers`: by question, seconds of processor (the median of the runs; none
where it was cut) and the number of rows.
"""

import importlib
import marshal
import signal
import statistics
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

Answers = dict[str, tuple[float | None, int]]


class _Cut(Exception):
    pass


def ask_pyoxigraph(file: str, folder: str, graphs: list[str], texts: Mapping[str, str], runs: int) -> dict[str, Any]:
    """In memory, or on disk where there is a folder (made when it is empty)."""
    ox = importlib.import_module("pyoxigraph")
    begun = time.process_time()
    if folder and Path(folder).is_dir():
        store = ox.Store.read_only(folder)
    else:
        store = ox.Store(folder) if folder else ox.Store()
        store.bulk_load(path=file, format=ox.RdfFormat.N_QUADS)
    loaded = time.process_time() - begun
    named = [ox.NamedNode(one) for one in graphs]

    def ask(text: str) -> int:
        found = store.query(text, default_graph=named or None)
        return int(found.serialize(format=ox.QueryResultsFormat.TSV).count(b"\n")) - 1

    return {"load": loaded, "answers": _asked(ask, texts, runs, 0)}


def ask_rdflib(file: str, store: str, texts: Mapping[str, str], runs: int, cut: float) -> dict[str, Any]:
    rdflib = importlib.import_module("rdflib")
    begun = time.process_time()
    graph = rdflib.Graph(store=store).parse(file, format="ox-nt" if store == "Oxigraph" else "nt")
    loaded = time.process_time() - begun
    return {"load": loaded, "answers": _asked(lambda text: len(list(graph.query(text))), texts, runs, cut)}


def _asked(ask: Callable[[str], int], texts: Mapping[str, str], runs: int, cut: float) -> Answers:
    """By the clock of the thread: that of the process is coarse under a timer."""
    found: Answers = {}
    signal.signal(signal.SIGPROF, _stop)
    for name, text in texts.items():
        times, rows = [], 0
        signal.setitimer(signal.ITIMER_PROF, cut)
        try:
            for _ in range(runs):
                begun = time.thread_time()
                rows = ask(text)
                times.append(time.thread_time() - begun)
        except _Cut:
            pass
        finally:
            signal.setitimer(signal.ITIMER_PROF, 0)
        found[name] = statistics.median(times) if times else None, rows
    return found


def _stop(*_: object) -> None:
    raise _Cut


def map_with_maplib(table: str, template: str, name: str) -> int:
    """The number of statements that a template of OTTR makes of a CSV file."""
    model = importlib.import_module("maplib").Model()
    model.add_template(template)
    rows = importlib.import_module("polars").read_csv(table, infer_schema=False)
    base = "https://w3id.org/maillage/id/participation/x-"
    model.map(name, rows.select(id=base + rows["id"], body="body", activity="activity", start="start", role="role"))
    return int(model.size())


def map_with_morph(config: str) -> int:
    return len(importlib.import_module("morph_kgc").materialize_set(config))


def read_profile(file: str, most: int) -> list[str]:
    """Seconds in the function itself, times it was called, and where it is."""
    stats = marshal.loads(Path(file).read_bytes())
    rows = sorted(((own, calls, *where) for where, (_, calls, own, _, _) in stats.items()), reverse=True)[:most]
    return [f"{own:8.2f} s {calls:9} {Path(path).name}:{line} {name}" for own, calls, path, line, name in rows]
