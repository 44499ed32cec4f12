"""Pages with front matter in an archive: what is read of them, and archives that are at fault."""

import zipfile
from pathlib import Path
from typing import Any

import pytest

from maillage.errors import FindingsError, MaillageError
from maillage.sources.card import read_card
from maillage.sources.fetch.run import fetch
from maillage.sources.front_matter import pages_of
from maillage.sources.records import read_records

SAID = "title: Forum\nevent_start_date: 2020-11-02 09:00:00 +01:00\n"


def packed(folder: Path, pages: dict[str, str | bytes]) -> Path:
    path = folder / "site.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as held:
        for name, text in pages.items():
            held.writestr(name, text)
    return path


def page(facts: str, text: str = "") -> str:
    return f"---\n{facts}---\n{text}"


def test_facts_are_texts_as_they_are_written(tmp_path: Path) -> None:
    facts = (
        "title: 'A: b'\ndate: 2020-11-02 00:00:00 +01:00\npublished: no\ntags: [1.0, x]\nlieu: |-\n  77 rue\n  Lyon\n"
    )
    body = page(facts, "Texte\n---\nsuite\n").replace("\n", "\r\n")
    found = list(pages_of(packed(tmp_path, {"site-main/a/b/p.md": body, "site-main/c/q.md": page(facts)}), "a"))
    assert found == [
        {
            "title": "A: b", "date": "2020-11-02 00:00:00 +01:00", "published": "no", "tags": ["1.0", "x"],
            "lieu": "77 rue\nLyon", "page": "b/p", "text": "Texte\r\n---\r\nsuite\r\n",
        }
    ]  # fmt: skip


@pytest.mark.parametrize("text", ["# Sans faits\n", "----\ntitle: x\n----\n", "---\ntitle: x\n"])
def test_a_page_without_facts_is_its_text(text: str, tmp_path: Path) -> None:
    assert list(pages_of(packed(tmp_path, {"p.markdown": text}), "")) == [{"page": "p", "text": text}]


def _rows(folder: Path, pages: dict[str, str | bytes]) -> dict[str, Any]:
    fetch(read_card("numerique-gouv-site"), folder / "out", str(packed(folder, pages)))
    records, findings = read_records(read_card("numerique-gouv-site"), folder / "out")
    assert findings == []
    return {
        record.key: {
            name: [value.text.rpartition("/")[2] for value in values]
            for name, values in record.values.items()
            if values
        }
        for record in records
    }


def test_a_programme_has_sessions_with_or_without_a_title(tmp_path: Path) -> None:
    text = (
        "Au programme\n\n"
        "**[Du 02/11 au 05/11] [Atelier] [EIG]**\\\n*Avec [le labo](https://labo.example.org), à [tous](#)*\n\n"
        "**[Le 09/11 à 9h] [Webinaire]**\n\nSans titre, *mais* un texte.\n\n[Le 10/11] Un jour sans sorte\n"
    )
    found = _rows(
        tmp_path,
        {
            "s/_evenements/forum.markdown": page(SAID, text),
            "s/_evenements/annule.md": page(SAID + "published: false\n", text),
            "s/_evenements/sans-date.md": page("title: X\n"),
            "s/_actualites/autre.md": page(SAID),
        },
    )
    assert set(found) == {"forum", "session-forum-1", "session-forum-2"}
    assert found["forum"]["kind"] == ["set"]
    first, second = found["session-forum-1"], found["session-forum-2"]
    assert (first["name"], first["named"], first["start"], first["end"]) == (
        ["Avec le labo, à tous"], ["true"], ["2020-11-02"], ["2020-11-05"],
    )  # fmt: skip
    assert (second["name"], second["named"], second["start"]) == (["Webinaire"], ["false"], ["2020-11-09"])


def test_a_place_is_one_with_an_address(tmp_path: Path) -> None:
    facts = SAID + 'lieu: Lieu de la Transformation\nadresse: "77 avenue de Ségur \\n75015 Paris"\n'
    found = _rows(tmp_path, {"_evenements/a.md": page(facts), "_evenements/b.md": page(SAID + "lieu: Paris\n")})
    assert found["lieu-de-la-transformation"]["territory"] == ["75015 Paris"] == found["a"]["territory"]
    assert found["a"]["place"] == ["lieu-de-la-transformation"]
    assert "place" not in found["b"]


ALIASES = "a: &a [x, x]\nb: [*a, *a]\n"


@pytest.mark.parametrize(
    ("pages", "said"),
    [
        ({"_evenements/a.md": page(ALIASES)}, r"a\.md: an alias"),
        ({"_evenements/a.md": page("title: [\n")}, r"YAML file cannot be read: a\.md"),
        ({"_evenements/a.md": page("just words\n")}, r"YAML file cannot be read: a\.md"),
        ({"_evenements/a.md": page(SAID).encode() + b"\xe9"}, "UTF-8"),
        ({"_evenements/a.md": b""}, "empty|Empty"),
        ({"README.md": page(SAID)}, r"0 record\(s\)"),
    ],
)
def test_an_archive_whose_pages_are_at_fault(pages: dict[str, str | bytes], said: str, tmp_path: Path) -> None:
    with pytest.raises(FindingsError, match=said):
        _rows(tmp_path, pages)


def test_an_archive_that_is_none_or_a_bomb(tmp_path: Path) -> None:
    bomb = packed(tmp_path, {"a.md": "x" * 5_000_000, "b.md": "y" * 5_000_000})
    assert bomb.stat().st_size < 20_000
    with pytest.raises(MaillageError, match="over 6000000 bytes"):
        list(pages_of(bomb, "", 6_000_000))
    body = bytearray(bomb.read_bytes())
    (tmp_path / "cut.zip").write_bytes(body[: len(body) // 2])
    body[len("a.md") + 40] ^= 0xFF
    (tmp_path / "spoiled.zip").write_bytes(body)
    locked = bytearray(bomb.read_bytes())
    for mark in (b"PK\x03\x04", b"PK\x01\x02"):
        locked[locked.index(mark) + (6 if mark.endswith(b"\x04") else 8)] |= 1  # encrypted, says the first page
    (tmp_path / "locked.zip").write_bytes(locked)
    for name in ("cut", "spoiled", "locked"):
        with pytest.raises(MaillageError, match="ZIP file cannot be read"):
            list(pages_of(tmp_path / f"{name}.zip", ""))
