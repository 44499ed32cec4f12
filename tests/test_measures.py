"""What takes too long for a test was run of the code that is there, and no test marked so is of no measure."""

import re
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.measures import Measure, measures
from tests.shared_run import of_files


@pytest.mark.parametrize("measure", measures().values(), ids=lambda measure: measure.name)
def test_the_last_result_is_of_this_code(measure: Measure) -> None:
    assert measure.is_fresh, f"its files have changed since {measure.page.name} was written: {measure.command}"


def test_a_change_of_a_file_is_seen() -> None:
    one, other = Measure("x", "", (), ("tests/measures.yml",)), Measure("x", "", (), ("tests/measures.py",))
    assert one.digest != other.digest
    assert one.digest == of_files((ROOT / "tests" / "measures.yml",))[:16]
    assert not one.is_fresh


def test_a_file_that_is_gone_is_named() -> None:
    with pytest.raises(AssertionError, match="no-such"):
        _ = Measure("x", "", (), ("tests/no-such.py",)).digest


def test_every_test_marked_so_is_of_a_measure() -> None:
    marked = {path.relative_to(ROOT).as_posix() for path in (ROOT / "tests").rglob("test_*.py") if _is_marked(path)}
    assert {word for one in measures().values() for word in one.run if word.startswith("tests")} == marked


def _is_marked(path: Path) -> bool:
    return re.search(r"mark\.measure\b|needs\(.*\"spark\"", path.read_text(encoding="utf-8")) is not None
