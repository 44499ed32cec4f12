"""What the commands of a session wrote is taken again only when it is made from the same, and is whole."""

from pathlib import Path

import pytest

from tests import shared_run
from tests.shared_run import Commands, SharedRun, digest, provide

BUILD, WHOLE = [["build"]], [["build"], ["portal"]]


@pytest.fixture
def turns(monkeypatch: pytest.MonkeyPatch) -> list[Commands]:
    """The commands that were run, each writing what it is."""
    found: list[Commands] = []

    def run(root: Path, commands: Commands) -> int:
        found.append(commands)
        (root / "out" / "graph").mkdir(parents=True)
        (root / "out" / "graph" / "report.json").write_text(f'{{"turn": {len(found)}}}')
        (root / "said").write_text(str(commands))
        (root / "mon-portail").mkdir()
        (root / "faults").write_text("")
        return 1 if ["fail"] in commands else 0

    monkeypatch.setattr(shared_run, "_run", run)
    return found


def begun(tmp_path: Path, session: str, *choices: Commands) -> SharedRun:
    root = tmp_path / session / "article"
    root.mkdir(parents=True)
    provide(root, [*choices], tmp_path / "kept")
    return SharedRun(root)


def test_the_next_session_copies_what_the_first_wrote(tmp_path: Path, turns: list[Commands]) -> None:
    one, two = begun(tmp_path, "one", BUILD), begun(tmp_path, "two", BUILD)
    assert turns == [BUILD]
    assert one.report == two.report == {"turn": 1}
    assert one.ran[1] == two.ran[1] == str(BUILD)
    assert {path.name for path in one.root.iterdir()} <= {path.name for path in two.root.iterdir()}
    (two.built / "graph" / "report.json").write_text("spoilt")
    assert begun(tmp_path, "three", BUILD).report == {"turn": 1}


def test_a_build_is_taken_out_of_a_whole_run_and_not_the_other_way(tmp_path: Path, turns: list[Commands]) -> None:
    begun(tmp_path, "one", BUILD)
    begun(tmp_path, "two", WHOLE)
    assert turns == [BUILD, WHOLE]
    begun(tmp_path / "other", "one", WHOLE)
    assert begun(tmp_path / "other", "two", BUILD, WHOLE).ran[1] == str(WHOLE)
    assert turns == [BUILD, WHOLE, WHOLE]


def test_what_failed_is_not_kept(tmp_path: Path, turns: list[Commands]) -> None:
    for session in ("one", "two"):
        found = begun(tmp_path, session, [["fail"]])
        with pytest.raises(AssertionError):
            _ = found.ran
    assert len(turns) == 2


def test_another_setting_library_or_file_is_another_run(
    tmp_path: Path, turns: list[Commands], monkeypatch: pytest.MonkeyPatch
) -> None:
    files = {"a.csv": "1", "b.csv": "2"}
    paths = [tmp_path / name for name in files]
    for path in paths:
        path.write_text(files[path.name])
    monkeypatch.setattr(shared_run, "ROOT", tmp_path)
    monkeypatch.setattr(shared_run, "_files", lambda: tuple(paths))
    seen = [digest(BUILD), digest(WHOLE)]
    paths[0].write_text("3")
    seen.append(digest(BUILD))
    paths.append(tmp_path / "a.csv")
    seen.append(digest(BUILD))
    monkeypatch.setenv("MAILLAGE_BASE", "https://example.org/")
    seen.append(digest(BUILD))
    monkeypatch.setattr(shared_run, "distributions", list)
    seen.append(digest(BUILD))
    assert len(set(seen)) == len(seen)
    assert digest(BUILD) == seen[-1]


def test_the_files_are_those_that_a_build_reads() -> None:
    names = {path.relative_to(shared_run.ROOT).as_posix() for path in shared_run._files()}
    assert {"maillage/graph/build.py", "graph/identifiers.csv", "data/horizons-publics-2021/source.yml"} <= names
    assert {"queries/links/partners-of.rq", "visualize/palette.yml", "ontology/maillage.ttl"} <= names
    assert not [name for name in names if "node_modules" in name or "__pycache__" in name]
