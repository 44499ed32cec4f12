"""Doors that give rows: questions in a notebook, from the command line, as CSV, over HTTP; and chains."""

import csv
import io
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from types import SimpleNamespace

import httpx
import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from maillage.network.from_table import local
from maillage.network.path import chains
from maillage.visualize.map.chains import chain_values
from maillage.web import answers, api
from tests.doors.truth import Build, Proof, Tie, Told, Values
from tests.web.conftest import apart

Row = Mapping[str, object]


def _cell(row: Row, name: str) -> str:
    value = row.get(name)
    return "" if value is None else str(value)


# ---------------------------------------------------------------- rows


def wanted_rows(tie: Tie, build: Build) -> Told:
    proofs = frozenset(_proof(one) for one in tie.proofs)
    yield (
        (tie.iri,),
        _values(tie, proofs) | {"activity": tie.activity, "ends": tie.ends, "from": tie.directed and tie.start},
    )


def _values(tie: Tie, proofs: frozenset[object]) -> dict[str, object]:
    names = ("kind", "certainty", "first", "last", "dating", "occurrence", "year")
    return {name: getattr(tie, name) for name in names} | {"proofs": proofs}


def _proof(one: Proof) -> tuple[str, ...]:
    return one.participation, one.agent, one.role, one.certainty, one.note, one.source, one.paragraph, one.link


def told_rows(rows: Iterable[Row], start: str, goal: str, activity: str = "activity", agent: str = "agent") -> Told:
    """What the rows of each tie say; rows that disagree tell it twice. `from` names who comes first, where one does."""
    ties: dict[tuple[str, frozenset[tuple[str, object]]], set[object]] = defaultdict(set)
    for row in rows:
        said = {
            "kind": local(row["partnershipKind"]),
            "certainty": local(row["tieCertainty"]),
            "first": _cell(row, "start"),
            "last": _cell(row, "end"),
            "dating": local(row["dating"]),
            "occurrence": local(row["occurrence"]),
            "year": _cell(row, "pageYear"),
            "activity": row[activity],
            "ends": frozenset((row[start], row[goal])),
            "from": _from(row, start),
        }
        proof = (*(_cell(row, name) for name in ("participation", agent)), local(row["role"]), local(row["certainty"]))
        place = (_cell(row, name) for name in ("note", "source", "paragraph", "pageLink"))
        ties[str(row["tie"]), frozenset(said.items())].add((*proof, *place))
    for (iri, values), proofs in ties.items():
        yield (iri,), dict(values) | {"proofs": frozenset(proofs)}


def _from(row: Row, start: str) -> object:
    """`partners-of` names who comes first; other questions say whether the first end does, or always do."""
    if "from" in row:
        return row["from"] or False
    return row[start] if str(row.get("directed", True)).lower() == "true" else False


def notebook(build: Build, ties: Sequence[Tie]) -> Told:
    return told_rows(build.graph.ask("partnership-links").rows(), "a", "b")


def partners_of(build: Build, ties: Sequence[Tie]) -> Told:
    """Asked of as few bodies as give every tie, the most tied first."""
    left, rows = set(ties), []
    while left:
        ends = [end for tie in left for end in tie.ends]
        body = max(sorted(set(ends)), key=ends.count)
        rows += build.graph.ask("partners-of", body=body).rows()
        left -= {tie for tie in left if body in tie.ends}
    return told_rows(rows, "body", "partner")


def carriers(build: Build, ties: Sequence[Tie]) -> Told:
    return told_rows(build.graph.ask("lab-carrier-links").rows(), "body", "lab", "lab", "body")


def as_csv(build: Build, ties: Sequence[Tie]) -> Told:
    for name, *columns in (("partnership-links", "a", "b"), ("lab-carrier-links", "body", "lab", "lab", "body")):
        body = build.graph.answer(name, {}, "csv").body.decode("utf-8-sig")
        yield from told_rows(csv.DictReader(io.StringIO(body)), *columns)


def api_rows(build: Build, ties: Sequence[Tie]) -> Told:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(answers, "load_store", lambda folder: build.graph.store)
        made = answers.Answers(build.out, "")
    release = SimpleNamespace(answers=made, version="0")

    async def question(request: Request) -> Response:
        request.state.release = release
        return await api.question(request)

    async def asked() -> dict[str, list[Row]]:
        app = Starlette(routes=[Route("/api/questions/{name}", question)])
        async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://here") as client:
            names = ("partnership-links", "lab-carrier-links")
            return {name: (await client.get(f"/api/questions/{name}")).json()["rows"] for name in names}

    rows = apart(asked())
    yield from told_rows(rows["partnership-links"], "a", "b")
    yield from told_rows(rows["lab-carrier-links"], "body", "lab", "lab", "body")


# ---------------------------------------------------------------- chains


def wanted_chain(tie: Tie, build: Build) -> Told:
    """A chain names who and where it is written, in words."""
    proofs = frozenset(
        (f"{build.names[one.agent]}\u00a0: {build.names[role_of(one)]}", one.certainty, one.note, *_where(one, build))
        for one in tie.proofs
    )
    said: dict[str, object] = {"activity": tie.activity, "ends": tie.ends, "from": tie.directed and tie.start}
    yield (tie.iri,), _values(tie, proofs) | said


def role_of(one: Proof) -> str:
    return f"https://w3id.org/maillage/list/role/{one.role}"


def _where(one: Proof, build: Build) -> tuple[str, str, str]:
    return build.names[one.source], f"paragraphe {one.paragraph}" if one.paragraph else "", one.link


def path(build: Build, ties: Sequence[Tie]) -> Told:
    """The chain of one step between the two ends of each tie, as JSON."""
    rows = build.graph.ask("path-links").rows()
    for start, goal in sorted({tuple(sorted(tie.ends)) for tie in ties}):
        said = json.loads(json.dumps(chain_values(chains(rows, start, goal), "fr")))
        for step in said["chains"][0]["steps"]:
            for one in step["ties"]:
                yield (one["id"],), _chained(one)


def _chained(one: Mapping[str, object]) -> Values:
    start, goal = (_iri(one[name]) for name in ("from", "to"))
    names = ("kind", "certainty", "first", "last", "dating", "occurrence", "activity")
    said = {name: one[name] for name in names} | {"year": one["pageYear"]}
    return said | {
        "ends": frozenset((start, goal)),
        "from": one["directed"] and start,
        "proofs": frozenset(_evidence(one["evidence"])),
    }


def _iri(end: object) -> object:
    assert isinstance(end, dict)
    return end["iri"]


def _evidence(proofs: object) -> Iterator[tuple[str, ...]]:
    assert isinstance(proofs, list)
    for one in proofs:
        for link in one["links"] or [""]:
            yield one["role"], one["certainty"], one["note"], one["source"], one["place"], link
