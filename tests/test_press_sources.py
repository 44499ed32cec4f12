"""The press sources rest on the facts read in their texts: one folder a text, each fact used by a row."""

import csv
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).parent.parent
FACTS = ROOT.parent / "shared" / "sources" / "press-facts.yml"
FOLDERS = (
    "curious-lab-hauts-de-seine-2021",
    "ditp-reseau-labs-2024",
    "labase-sgar-nouvelle-aquitaine",
    "labonautes-27e-region-2022",
    "prefecture-grand-est-2016",
    "transfo-27e-region-2020",
)


@cache
def texts() -> dict[str, dict[str, Any]]:
    """The texts known as facts, by address; the article, read whole, has its own tests."""
    read = yaml.safe_load(FACTS.read_text(encoding="utf-8"))
    return {text["source"]["address"]: text for text in read if isinstance(text["facts"], list)}


def card(folder: str) -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load((ROOT / "data" / folder / "source.yml").read_text(encoding="utf-8"))
    return found


def facts_used(folder: str) -> set[str]:
    tables = [csv.DictReader(path.read_text("utf-8").splitlines()) for path in (ROOT / "data" / folder).glob("*.csv")]
    named = {name for table in tables for row in table for name in (row.get("passages") or "").split("|")}
    return {name.rpartition("=")[2] for name in named if name}


@pytest.mark.needs("shared")
def test_each_text_has_its_folder() -> None:
    assert {card(folder)["address"] for folder in FOLDERS} == texts().keys()


@pytest.mark.needs("shared")
@pytest.mark.parametrize("folder", FOLDERS)
def test_each_fact_is_used_and_no_other(folder: str) -> None:
    facts = texts()[card(folder)["address"]]["facts"]
    assert facts_used(folder) == {f"fact-{number}" for number in range(1, len(facts) + 1)}


@pytest.mark.needs("shared")
@pytest.mark.parametrize("folder", FOLDERS)
def test_the_card_says_what_the_text_says_of_itself(folder: str) -> None:
    said = texts()[card(folder)["address"]]["source"]
    assert card(folder)["title"].startswith(said["title"].partition(" (")[0])
    assert str(card(folder)["issued"])[:4] == str(said["date"])[:4]
