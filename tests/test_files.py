"""Files are read as what they are, and written whole or not at all."""

from pathlib import Path

import pytest

from maillage.errors import CannotWrite, MissingFile
from maillage.files import (
    asset,
    folder_aside,
    lock_folder,
    out_folder,
    read_text,
    replace_folder,
    write_aside,
    write_whole,
)
from tests.refusals import raises


@pytest.mark.parametrize(
    ("body", "error"),
    [(b"", "empty-file"), (b" \n", "empty-file"), ("é\né".encode("latin-1"), "not-utf8"), (b"a\0b", "not-text")],
)
def test_what_is_not_text_is_refused(tmp_path: Path, body: bytes, error: str) -> None:
    path = tmp_path / "x.csv"
    path.write_bytes(body)
    with raises(error, match=r"x\.csv"):
        read_text(path)


def test_a_latin_1_file_is_refused_at_its_line(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_bytes("key\nmétropole\n".encode("latin-1"))
    with raises("not-utf8", match="line 2"):
        read_text(path)


def test_a_byte_order_mark_is_no_part_of_the_text(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_bytes(b"\xef\xbb\xbfkey\n")
    assert read_text(path) == "key\n"


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(MissingFile, match="nothing"):
        read_text(tmp_path / "nothing")


def test_a_failure_leaves_the_old_content(tmp_path: Path) -> None:
    path = tmp_path / "x"
    write_whole(path, b"old")
    with pytest.raises(ValueError, match="stop"), write_aside(path) as aside:
        aside.write_bytes(b"half")
        raise ValueError("stop")
    assert path.read_bytes() == b"old"
    assert [child.name for child in tmp_path.iterdir()] == ["x"]


def test_a_folder_is_changed_in_one_step_and_the_one_before_stays_for_its_readers(tmp_path: Path) -> None:
    folder = tmp_path / "graph"
    seen = []
    for content in ("one", "two", "three"):
        with folder_aside(folder) as aside:
            (aside / "x").write_text(content)
            assert not folder.exists() or (folder / "x").read_text() != content
        seen.append(folder.resolve())
        assert (folder / "x").read_text() == content
    assert [path.exists() for path in seen] == [False, True, True]


def test_folders_whose_names_begin_alike_keep_their_versions(tmp_path: Path) -> None:
    for name in ("labs-directory", "labs", "labs", "labs", "labs"):
        with folder_aside(tmp_path / name) as aside:
            (aside / "x").write_text(name)
    assert (tmp_path / "labs-directory" / "x").read_text() == "labs-directory"
    assert len(list((tmp_path / ".versions").glob("labs-*"))) == 3


def test_a_link_that_was_never_put_in_place_is_no_version(tmp_path: Path) -> None:
    for _ in range(2):
        with folder_aside(tmp_path / "graph"):
            (tmp_path / ".versions" / "graph-killed00.link").symlink_to("nowhere")
    assert len(list((tmp_path / ".versions").iterdir())) == 2


def test_a_folder_is_held_by_one_process_at_a_time(tmp_path: Path) -> None:
    with lock_folder(tmp_path) as first, lock_folder(tmp_path) as second:
        assert (first, second) == (True, False)
    with lock_folder(tmp_path) as again:
        assert again


def test_a_failed_folder_leaves_the_old_one(tmp_path: Path) -> None:
    folder = tmp_path / "graph"
    with folder_aside(folder) as aside:
        (aside / "x").write_text("old")
    with pytest.raises(ValueError, match="stop"), folder_aside(folder) as aside:
        (aside / "x").write_text("half")
        raise ValueError("stop")
    assert (folder / "x").read_text() == "old"
    assert len(list((tmp_path / ".versions").iterdir())) == 1


def test_a_plain_folder_in_the_way_is_kept_aside(tmp_path: Path) -> None:
    folder = tmp_path / "graph"
    folder.mkdir()
    (folder / "mine").write_text("precious")
    with folder_aside(folder) as aside:
        (aside / "x").write_text("new")
    assert (folder / "x").read_text() == "new"
    assert len(list((tmp_path / ".versions").rglob("mine"))) == 1


def test_a_folder_that_the_user_named_is_replaced_without_a_trace(tmp_path: Path) -> None:
    folder = tmp_path / "release"
    for content in ("one", "two"):
        with replace_folder(folder) as work:
            (work / content).write_text("")
    with pytest.raises(ValueError, match="stop"), replace_folder(folder) as work:
        (work / "three").write_text("")
        raise ValueError("stop")
    assert [path.name for path in folder.iterdir()] == ["two"]
    assert not folder.is_symlink()
    assert [path.name for path in tmp_path.iterdir()] == ["release"]


def test_a_place_that_cannot_be_written_is_an_error_of_ours(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(CannotWrite):
        write_whole(tmp_path / "file" / "x", b"")


def test_another_home_brings_its_own_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MAILLAGE_HOME", str(tmp_path))
    with pytest.raises(MissingFile):
        asset("data")
    (tmp_path / "data").mkdir()
    assert asset("data") == tmp_path / "data"


def test_the_output_folder_follows_the_argument_then_the_setting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MAILLAGE_OUT", "/somewhere")
    assert out_folder() == Path("/somewhere")
    assert out_folder("/else") == Path("/else")
    monkeypatch.delenv("MAILLAGE_OUT")
    assert out_folder() == Path.cwd() / "out"
