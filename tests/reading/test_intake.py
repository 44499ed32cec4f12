"""A text comes in from every kind of file; places count its plain text; each fault is a sentence."""

import io
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import pytest

from maillage.errors import MaillageError
from maillage.reading.intake import READERS, About, take, texts_under

SAID = "Une fête\u00a0: 🎈\r\nLe lab danse.\r\n"
HTML = """<!doctype html><html lang="fr"><head><title>Le titre</title><meta property="og:site_name" content="Le Lab">
<meta property="article:published_time" content="2021-11-02T10:00:00"></head><body><nav>Menu</nav>
<main><h1>Le titre</h1><p>Un texte <em>à</em>&nbsp;lire,<br>ici.</p></main><footer>Pied</footer></body></html>"""
READ = "Le titre\n\nUn texte à\u00a0lire,\n\nici.\n"


def test_a_plain_text_is_taken_as_it_is(tmp_path: Path) -> None:
    file = tmp_path / "text.txt"
    for body in (SAID.encode(), b"\xef\xbb\xbf" + SAID.encode()):
        file.write_bytes(body)
        text = take(str(file), About()).text
        assert text.content.encode() == body  # its line ends and its byte order mark are counted
        assert text.checksum == sha256(body).hexdigest()


def test_a_page_gives_its_main_part_and_what_it_says_of_itself(tmp_path: Path) -> None:
    file = tmp_path / "page.html"
    file.write_text(HTML, encoding="utf-8")
    intake = take(str(file), About(publisher="Nous"))
    assert intake.text.content == READ
    assert intake.about == About(
        "Le titre", "Nous", "2021-11-02", "fr"
    )  # what is given comes before what the page says
    (tmp_path / "page").write_text(HTML, encoding="utf-8")  # known by its first words where its name says nothing
    assert take(str(tmp_path / "page"), About()).text.content == READ


def test_markdown_comes_in_as_it_is_shown(tmp_path: Path) -> None:
    file = tmp_path / "note.md"
    file.write_text("# Le titre\n\nUn *texte* long\nsur deux lignes.\n\n- un\n- deux\n", encoding="utf-8")
    assert take(str(file), About()).text.content == "Le titre\n\nUn texte long sur deux lignes.\n\nun\n\ndeux\n"


def _write_word(file: Path) -> None:
    from zipfile import ZipFile

    name = "http://schemas.openxmlformats.org/"
    body = f'<w:document xmlns:w="{name}wordprocessingml/2006/main"><w:body>'
    body += (
        "".join(f"<w:p><w:r><w:t>{line}</w:t></w:r></w:p>" for line in ("Le titre", "Un texte."))
        + "</w:body></w:document>"
    )
    plain = '<Default Extension="xml" ContentType="application/xml"/>'
    types = f'<Types xmlns="{name}package/2006/content-types">{plain}</Types>'
    target = f"{name}officeDocument/2006/relationships/officeDocument"
    link = f'<Relationship Id="r" Type="{target}" Target="word/document.xml"/>'
    with ZipFile(file, "w") as packed:
        packed.writestr("[Content_Types].xml", types)
        packed.writestr(
            "_rels/.rels", f'<Relationships xmlns="{name}package/2006/relationships">{link}</Relationships>'
        )
        packed.writestr("word/document.xml", body)


def _write_open_document(file: Path) -> None:
    from odfdo import Document, Header, Paragraph

    document = Document("text")
    document.body.clear()
    document.body.append(Header(1, "Le titre"))
    document.body.append(Paragraph("Un texte."))
    document.save(file)


@pytest.mark.needs("readers")
@pytest.mark.parametrize(("name", "write"), [("a.docx", _write_word), ("a.odt", _write_open_document)])
def test_office_files_come_in_by_their_paragraphs(tmp_path: Path, name: str, write: Callable[[Path], None]) -> None:
    write(tmp_path / name)
    assert take(str(tmp_path / name), About()).text.content == "Le titre\n\nUn texte.\n"
    (tmp_path / name).rename(tmp_path / "unnamed")
    assert take(str(tmp_path / "unnamed"), About()).text.content == "Le titre\n\nUn texte.\n"


@pytest.mark.needs("readers")
def test_a_pdf_without_words_says_so(tmp_path: Path) -> None:
    from pypdf import PdfWriter

    written = io.BytesIO()
    pages = PdfWriter()
    pages.add_blank_page(200, 200)
    pages.write(written)
    (tmp_path / "a.pdf").write_bytes(written.getvalue())
    with pytest.raises(MaillageError, match=r"holds no text"):
        take(str(tmp_path / "a.pdf"), About())


@pytest.mark.needs("readers")
@pytest.mark.parametrize("name", ["a.pdf", "a.docx", "a.odt"])
def test_what_cannot_be_read_is_told(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(b"%PDF-1.4 nothing")
    with pytest.raises(MaillageError, match=rf"{name} cannot be read as"):
        take(str(tmp_path / name), About())


@pytest.mark.parametrize(
    ("body", "said"), [(b"", "empty"), (b" \n", "empty"), (b"a\0b", "not hold text"), (b"\xe9t\xe9", "not UTF-8")]
)
def test_a_text_that_is_none_is_told(tmp_path: Path, body: bytes, said: str) -> None:
    (tmp_path / "a.txt").write_bytes(body)
    with pytest.raises(MaillageError, match=said):
        take(str(tmp_path / "a.txt"), About())


def test_a_private_address_is_refused() -> None:
    with pytest.raises(MaillageError):
        take("http://127.0.0.1/note.html", About())


def test_the_texts_of_a_folder(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    for name in ("b.txt", "in/a.md", "c.csv"):
        (tmp_path / name).write_text("x", encoding="utf-8")
    assert [path.name for path in texts_under(tmp_path)] == ["b.txt", "a.md"]
    assert {".pdf", ".docx", ".odt", ".html", ".md", ".txt"} <= READERS.keys()
