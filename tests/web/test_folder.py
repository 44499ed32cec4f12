"""Files of a portal: inside only, kept while there is room, under a tag of their content."""

import asyncio
import gzip
from pathlib import Path

import pytest

from maillage.errors import UnknownPage
from maillage.web.cache import Cache
from maillage.web.folder import Folder, media_type
from maillage.web.pages import _has, _takes_gzip
from tests.web.conftest import apart


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    root = tmp_path / "portal"
    (root / "data").mkdir(parents=True)
    (root / "data" / "world.js").write_text("x" * 5000, encoding="utf-8")
    (root / ".hidden").write_text("secret", encoding="utf-8")
    (tmp_path / "outside").write_text("secret", encoding="utf-8")
    (root / "way-out").symlink_to(tmp_path / "outside")
    return Folder(root.resolve())


@pytest.mark.parametrize(
    "name",
    ["../outside", "/etc/passwd", ".hidden", "data/../../outside", "way-out", "a\0b", "a" * 300, "a/" * 4000, ""],
)
def test_nothing_else_is_given(folder: Folder, name: str) -> None:
    with pytest.raises(UnknownPage):
        folder.path(name)
    assert folder.file(name) is None


def test_a_file_is_packed_once_and_its_tag_is_its_content(folder: Folder) -> None:
    async def twice() -> None:
        path = folder.path("data/world.js")
        plain, packed = await folder.read(path, packed=False), await folder.read(path, packed=True)
        assert gzip.decompress(packed.body) == plain.body
        assert packed.tag == plain.tag
        assert await folder.read(path, packed=True) is packed
        path.write_text("y", encoding="utf-8")
        changed = await folder.read(path, packed=True)
        assert (changed.body, changed.packed) == (b"y", False)
        assert changed.tag != plain.tag

    apart(twice())


def test_what_is_kept_is_bounded_and_made_once() -> None:
    made: list[int] = []

    async def asked() -> None:
        kept: Cache[bytes] = Cache(10, len)

        async def make(number: int) -> bytes:
            made.append(number)
            await asyncio.sleep(0.01)
            if number == 9:
                raise ValueError("nine")
            return b"1234"

        async def making(number: int) -> bytes:
            return await kept.get(number, lambda: make(number))

        await asyncio.gather(*(making(1) for _ in range(5)))
        assert made == [1]
        for number in (2, 3, 1):
            await making(number)
        assert made == [1, 2, 3, 1]  # only two have room
        for _ in range(2):
            with pytest.raises(ValueError, match="nine"):
                await making(9)
        assert made[-2:] == [9, 9]

    apart(asked())


def test_types() -> None:
    known = {"a.ttl": "text/turtle", "a.js": "text/javascript", "a.wasm": "application/wasm", "CREDITS": "text/plain"}
    assert {name: media_type(Path(name)).partition(";")[0] for name in known} == known


def test_what_a_client_has_and_takes() -> None:
    assert _has('"x", W/"abc"', 'W/"abc"')
    assert not _has("", 'W/"abc"')
    assert [_takes_gzip(accepted) for accepted in ("gzip, br", "gzip;q=0", "", "identity")] == [
        True,
        False,
        False,
        False,
    ]
