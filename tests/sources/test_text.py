"""A text: its paragraphs, their places and checksums, where words stand, and files that are no text."""

from hashlib import sha256
from pathlib import Path

import pytest

from maillage.cli.refusal import tell
from maillage.errors import MissingFile
from maillage.sources.text import Text, closing, opening, read, word_count
from tests.refusals import raises

SAID = "Une fête\u00a0: la fête de l’été 🎈\r\n\r\n  Le lab A et le lab B dansent le 3 mai à Lyon.\n\n—\n"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "text.txt"
    path.write_bytes(SAID.encode())
    return path


def test_paragraphs_are_counted_in_code_points(path: Path) -> None:
    text = read(path)
    assert [(p.number, p.start, p.end) for p in text.paragraphs] == [(1, 0, 29), (2, 35, 80), (3, 82, 83)]
    assert [text.at(p.start, p.end) for p in text.paragraphs] == [p.text for p in text.paragraphs]
    assert text.paragraphs[0].text.endswith("🎈")
    assert text.paragraphs[2].checksum == sha256("—".encode()).hexdigest()
    assert text.checksum == sha256(SAID.encode()).hexdigest()


def test_a_byte_order_mark_moves_nothing_but_the_checksum(path: Path) -> None:
    path.write_bytes(b"\xef\xbb\xbf" + SAID.encode())
    text = read(path)
    assert text.paragraphs[0].start == 0
    assert text.content == SAID
    assert text.checksum != sha256(SAID.encode()).hexdigest()


def test_words_at_both_ends() -> None:
    assert (opening("Le lab A et le lab B"), closing("Le lab A et le lab B")) == (
        "Le lab A et",
        "et le lab B",
    )
    assert opening("—") == closing("—") == "—"
    assert (word_count("« non conférence »"), word_count("l’été, à"), word_count("")) == (2, 2, 0)


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        ("Le lab A", "lab B", [(35, 55)]),
        ("à Lyon", "à Lyon", [(73, 79)]),
        ("lab", "Lyon", [(38, 79), (50, 79)]),
        ("Le lab", "lab A", []),  # overlap
        ("Le la", "Lyon", []),  # not whole words
        ("", "Lyon", []),
    ],
)
def test_places_of_words(path: Path, first: str, last: str, expected: list[tuple[int, int]]) -> None:
    assert read(path).places(2, first, last) == expected


@pytest.mark.parametrize("number", [0, 4, -1])
def test_no_place_in_a_paragraph_that_is_not_there(number: int) -> None:
    with pytest.raises(IndexError):
        Text("essai", SAID, "").places(number, "Le", "Lyon")


@pytest.mark.parametrize(
    ("body", "error"),
    [
        (b"", "empty-file"),
        (b" \n\n", "empty-file"),
        ("été".encode("latin-1"), "not-utf8"),
        (bytes(range(256)), "not-text"),
        (b"\x89PNG\r\n\x1a\n\xff\xd8", "not-utf8"),
    ],
)
def test_a_file_that_is_not_a_text(path: Path, body: bytes, error: str) -> None:
    path.write_bytes(body)
    with raises(error) as refusal:
        read(path)
    assert tell(refusal.value, "fr") == 1


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(MissingFile):
        read(tmp_path / "nothing.txt")
    with raises("not-text"):
        read(tmp_path)
