"""The short article, for every test beside it."""

from pathlib import Path

import pytest

from tests.reading.essay import Essay


@pytest.fixture
def essay(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Essay:
    essay = Essay(tmp_path)
    (tmp_path / "visualize").mkdir(exist_ok=True)
    monkeypatch.setenv("MAILLAGE_HOME", str(tmp_path))
    essay.fill()
    return essay
