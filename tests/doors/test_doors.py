"""The same kind, direction, certainty, dates and evidence of a tie, whatever the door."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import pytest

from tests.doors import drawings, pages, questions
from tests.doors.mutants import CHANGES, only
from tests.doors.truth import STRANGER, Build, Tie, Told, drawn, faults
from tests.shared_run import SharedRun

COUNT = 300


@dataclass(frozen=True)
class Door:
    """`tells`: what is read there; `wants`: what must be read there of one tie; `opens`: the ties that it shows."""

    tells: Callable[[Build, Sequence[Tie]], Told]
    wants: Callable[[Tie, Build], Told]
    opens: Callable[[Tie], bool] = lambda tie: True

    def faults(self, build: Build, truth: Build, ties: Sequence[Tie]) -> dict[str, list[str]]:
        """Told of `build` what is not so in `truth`; of its ties only `ties` are looked at."""
        wanted = {tie.iri: list(self.wants(tie, truth)) for tie in truth.ties if self.opens(tie)}
        shown = {tie.iri for tie in ties} | {STRANGER}
        told = self.tells(build, [tie for tie in ties if self.opens(tie)])
        return {iri: said for iri, said in faults(wanted, told).items() if iri in shown}


def worked(tie: Tie) -> bool:
    return not tie.carrying


def carried(tie: Tie) -> bool:
    return tie.carrying


DOORS = {
    "partners-of": Door(questions.partners_of, questions.wanted_rows, worked),
    "partnership-links": Door(questions.notebook, questions.wanted_rows, worked),
    "lab-carrier-links": Door(questions.carriers, questions.wanted_rows, carried),
    "csv": Door(questions.as_csv, questions.wanted_rows),
    "api": Door(questions.api_rows, questions.wanted_rows),
    "path": Door(questions.path, questions.wanted_chain),
    "thing page": Door(pages.thing_page, pages.wanted_thing),
    "explorer": Door(pages.explorer, pages.wanted_link),
    "explorer csv": Door(pages.tables, pages.wanted_table),
    "map": Door(drawings.map_page, drawings.wanted_page),
    "gexf": Door(drawings.gexf, drawings.wanted_network),
    "graphml": Door(drawings.graphml, drawings.wanted_network),
    "json": Door(drawings.as_json, drawings.wanted_network),
}


@pytest.fixture(scope="module")
def build(built: SharedRun) -> Build:
    return Build(built.built, built.store)


@pytest.fixture(scope="module")
def sample(build: Build) -> list[Tie]:
    return drawn(build.ties, COUNT)


def test_the_sample_has_ties_of_every_kind(sample: list[Tie]) -> None:
    assert {"carrying", "co-carrying", "co-organisation", "contribution"} <= {tie.kind for tie in sample}
    assert {tie.certainty for tie in sample} == {"stated", "implied", "ambiguous"}
    assert min(len(tie.proofs) for tie in sample) >= 1


@pytest.mark.parametrize("name", DOORS)
def test_a_door_tells_the_truth(name: str, build: Build, sample: list[Tie]) -> None:
    door = DOORS[name]
    assert [tie for tie in sample if door.opens(tie)]
    assert door.faults(build, build, sample) == {}


# ---------------------------------------------------------------- a door that lies is found


@pytest.fixture(scope="module")
def altered(build: Build) -> tuple[Build, Build, dict[str, set[str]]]:
    """A small build, the same in which some ties are told otherwise, and those by what is told otherwise of them.

    No two of them have their ends or a participation in common, so that each change reaches one tie.
    """
    picked: list[Tie] = []
    for tie in drawn([tie for tie in build.ties if tie.certainty == "stated" and tie.directed], len(build.ties)):
        same = [one for one in picked if one.carrying == tie.carrying]
        if len(same) < len(CHANGES) + 1 and not any(one.ends & tie.ends for one in picked):
            picked.append(tie)
    small, lying = only(build, picked), only(build, picked)
    changed: dict[str, set[str]] = {}
    for carrying in (False, True):
        for tie, (name, change) in zip(
            [one for one in picked if one.carrying == carrying], CHANGES.items(), strict=False
        ):
            change(lying, tie)
            changed.setdefault(name, set()).add(tie.iri)
    return small, lying, changed


@pytest.mark.parametrize("name", DOORS)
def test_each_change_of_a_tie_is_seen_at_a_door(name: str, altered: tuple[Build, Build, dict[str, set[str]]]) -> None:
    small, lying, changed = altered
    door = DOORS[name]
    shown = {tie.iri for tie in small.ties if door.opens(tie)}
    expected = {what: ties & shown for what, ties in changed.items()}
    assert door.faults(small, small, small.ties) == {}
    found = door.faults(lying, small, small.ties).keys() - {STRANGER}
    assert {what: ties & found for what, ties in changed.items()} == expected
    assert found == set().union(*expected.values())
