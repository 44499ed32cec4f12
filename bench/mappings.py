"""A table of participations to statements by mapping languages, each in its own place: morph-kgc and maplib.

Not the same job as a build: no typing of cells, no evidence, no sources, no merge. Four statements a row.
"""

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from bench.part import Data, Row, Work
from bench.work import Cost, call, environment
from bench.world import World
from maillage.terms import expand, iri

Peer = Callable[[Data, Path, str], Iterator[Row]]
COLUMNS = {"body": "mai:agent", "activity": "mai:activity", "start": "schema:startDate", "role": "mai:role"}


def works(data: Data) -> Iterator[Work]:
    for millions in sorted(data.sizes)[:2]:
        world = World.of_statements(round(millions * 1e6))
        size = f"{world.participations} rows"
        for name, peer in {"maplib": _maplib, "morph-kgc": _morph}.items():
            table = data.cache / "worlds" / f"{millions:g}-{name}.csv"
            yield Work(f"mapping by {name}", partial(_of, peer, data, world, table, size), minutes=2, size=size)


def _of(peer: Peer, data: Data, world: World, table: Path, size: str) -> Iterator[Row]:
    table.parent.mkdir(parents=True, exist_ok=True)
    world.write_table(table)
    yield from peer(data, table, size)


def _maplib(data: Data, table: Path, size: str) -> Iterator[Row]:
    python = environment(data.cache, "maplib", "maplib")
    name = expand("mai:Row")
    columns = ", ".join(f"?{column}" for column in ("id", *COLUMNS))
    lines = [f"ottr:Triple(?id, <{expand(term)}>, ?{column})" for column, term in COLUMNS.items()]
    template = f"@prefix ottr: <http://ns.ottr.xyz/0.4/> .\n<{name}> [{columns}] :: {{ {', '.join(lines)} }} ."
    made, cost = call("bench.peers", "map_with_maplib", str(table), template, name, python=python)
    yield _row("maplib", size, made, cost)


def _morph(data: Data, table: Path, size: str) -> Iterator[Row]:
    python = environment(data.cache, "morph-kgc", "morph-kgc")
    mapping, config = table.with_suffix(".ttl"), table.with_suffix(".ini")
    pairs = " ;\n".join(
        f'  rr:predicateObjectMap [ rr:predicate <{expand(term)}> ; rr:objectMap [ rml:reference "{column}" ] ]'
        for column, term in COLUMNS.items()
    )
    mapping.write_text(
        "@prefix rr: <http://www.w3.org/ns/r2rml#> .\n@prefix rml: <http://semweb.mmlab.be/ns/rml#> .\n"
        "@prefix ql: <http://semweb.mmlab.be/ns/ql#> .\n<#rows>\n"
        f'  rml:logicalSource [ rml:source "{table}" ; rml:referenceFormulation ql:CSV ] ;\n'
        f'  rr:subjectMap [ rr:template "{iri("participation", "x")}-{{id}}" ] ;\n{pairs} .\n',
        encoding="utf-8",
    )
    config.write_text(f"[rows]\nmappings: {mapping}\n", encoding="utf-8")
    made, cost = call("bench.peers", "map_with_morph", str(config), python=python)
    yield _row("morph-kgc", size, made, cost)


def _row(name: str, size: str, made: int, cost: Cost) -> Row:
    return Row(f"mapping by {name}", size, cost.figures() | {"made": made, "us_a_statement": cost.cpu / made * 1e6})
