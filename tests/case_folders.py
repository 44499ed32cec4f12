"""The cases of a family, one a folder; test_house proves that every folder is collected."""

from pathlib import Path
from typing import Any

import pytest

CASES = Path(__file__).parent / "cases"
FAMILIES = ("shapes", "mappings", "queries", "maps")


def case_folders(family: str) -> list[Any]:
    """Parameters for `@pytest.mark.parametrize("case", case_folders("queries"))`: each value is a folder's Path.

    The test's id is `family/folder`, which is what test_house counts; do not give ids of your own.
    """
    if family not in FAMILIES:
        raise ValueError(f"no family of cases is called {family!r}: {', '.join(FAMILIES)}")
    folders = sorted(path for path in (CASES / family).glob("*") if path.is_dir())
    return [pytest.param(folder, id=f"{family}/{folder.name}") for folder in folders]
