"""The same kind, direction, certainty, dates and evidence of a tie, whatever the door."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import pyoxigraph as ox
import pytest

from maillage.graph.build import build as make
from tests.cases import core_sources
from tests.doors import drawings, files, maps, pages, questions
from tests.doors.mutants import CHANGES, only
from tests.doors.truth import STRANGER, Build, Tie, Told, drawn, faults
from tests.shared_run import SharedRun
from tests.sources.registers import take

COUNT = 300


@dataclass(frozen=True)
class Door:
    """`tells`: what is read there; `wants`: what must be read there of one tie; `opens`: the ties that it shows;
    `silent`: what it does not tell of them, by the names of `CHANGES`.
    """

    tells: Callable[[Build, Sequence[Tie]], Told]
    wants: Callable[[Tie, Build], Told]
    opens: Callable[[Tie], bool] = lambda tie: True
    silent: frozenset[str] = frozenset()
    most: int = COUNT  # ties looked at in `make test`; a question a body, or a page, takes its time

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
    "partners-of": Door(questions.partners_of, questions.wanted_rows, worked, most=24),
    "partnership-links": Door(questions.notebook, questions.wanted_rows, worked),
    "lab-carrier-links": Door(questions.carriers, questions.wanted_rows, carried),
    "csv": Door(questions.as_csv, questions.wanted_rows),
    "api": Door(questions.api_rows, questions.wanted_rows),
    "path": Door(questions.path, questions.wanted_chain),
    "thing page": Door(pages.thing_page, pages.wanted_thing, most=100),
    "explorer": Door(pages.explorer, pages.wanted_link),
    "explorer csv": Door(files.tables, files.wanted_table),
    "explorer gexf": Door(files.gexf, files.wanted_lines, silent=frozenset({"evidence"})),
    "explorer graphml": Door(files.graphml, files.wanted_lines, silent=frozenset({"evidence"})),
    "map": Door(maps.map_page, maps.wanted_page),
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


# Read by hand in a review: two names of one ministry, a prefecture and its secretariat, a ministry and its own.
SELVES = (
    ("ministere-transition-ecologique", "ministeres-transition-ecologique-amenagement"),
    ("ministere-transition-ecologique", "ministere-transition-ecologique-solidaire"),
    ("prefecture-region-nouvelle-aquitaine", "sgar-nouvelle-aquitaine"),
    ("prefecture-region-occitanie", "sgar-occitanie"),
    ("prefecture-region-pays-de-la-loire", "sgar-pays-de-la-loire"),
    ("prefecture-region-paca", "sgar-provence-alpes-cote-d-azur"),
    ("ministere-armees", "sga-ministere-armees"),
    ("sgmap", "ditp"),
)


def test_no_tie_joins_a_body_to_itself(build: Build) -> None:
    tied = {tuple(sorted(end.rpartition("/")[2] for end in tie.ends)) for tie in build.ties}
    known = {end for pair in tied for end in pair}
    assert len([pair for pair in SELVES if known & set(pair)]) >= 6, "they are tied, to others"
    assert [pair for pair in SELVES if tuple(sorted(pair)) in tied] == []


@pytest.mark.sample(6)
@pytest.mark.parametrize("name", DOORS)
def test_a_door_tells_the_truth(name: str, build: Build, sample: list[Tie]) -> None:
    door = DOORS[name]
    ties = drawn([tie for tie in sample if door.opens(tie)], door.most)
    assert len(ties) >= 24
    assert door.faults(build, build, ties) == {}


@pytest.fixture(scope="module")
def products(tmp_path_factory: pytest.TempPathFactory) -> Build:
    """The graph with beta.gouv.fr and the challenges."""
    out = tmp_path_factory.mktemp("products")
    for source in ("betagouv", "eig-defis"):
        take(source, out)
    make(out, sources=[*core_sources(), "betagouv", "eig-defis"])
    store = ox.Store()
    store.bulk_load(path=str(out / "graph" / "graph.nq"), format=ox.RdfFormat.N_QUADS)
    return Build(out, store)


@pytest.mark.slow
@pytest.mark.parametrize("name", DOORS)
def test_a_door_tells_the_truth_of_every_tie(name: str, build: Build) -> None:
    assert DOORS[name].faults(build, build, build.ties) == {}


@pytest.mark.slow
@pytest.mark.needs("shared")
@pytest.mark.parametrize("name", DOORS)
def test_a_door_tells_the_truth_of_products(name: str, products: Build) -> None:
    """Every tie, but at the doors that ask a question a body: there as many as in `make test`."""
    door = DOORS[name]
    ties = [tie for tie in products.ties if door.opens(tie)]
    assert len(products.ties) > 500
    assert door.faults(products, products, drawn(ties, door.most) if door.most < COUNT else ties) == {}


# ---------------------------------------------------------------- a door that lies is found


@pytest.fixture(scope="module")
def altered(build: Build) -> tuple[Build, Build, dict[str, set[str]]]:
    """A small build, the same in which some ties are told otherwise, and those by what is told otherwise of them.

    They are dated, for days to be whose. No two of them have their ends or a participation in common, so that each
    change reaches one tie.
    """
    picked: list[Tie] = []
    plain = [tie for tie in build.ties if tie.certainty == "stated" and tie.directed and tie.first]
    for tie in drawn(plain, len(plain)):
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


@pytest.mark.sample(4)
@pytest.mark.parametrize("name", DOORS)
def test_each_change_of_a_tie_is_seen_at_a_door(name: str, altered: tuple[Build, Build, dict[str, set[str]]]) -> None:
    small, lying, changed = altered
    door = DOORS[name]
    shown = {tie.iri for tie in small.ties if door.opens(tie)}
    expected = {what: set() if what in door.silent else ties & shown for what, ties in changed.items()}
    found = door.faults(lying, small, small.ties).keys() - {STRANGER}
    assert {what: ties & found for what, ties in changed.items()} == expected
    assert found == set().union(*expected.values())
