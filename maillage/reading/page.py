"""The plain text of a page of HTML, and what its head says of it."""

import re
import unicodedata
from html.parser import HTMLParser

BLOCKS = frozenset(
    (
        "address", "article", "aside", "blockquote", "br", "dd", "div", "dl", "dt", "fieldset", "figure", "footer",
        "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main", "nav", "ol", "p", "pre", "section",
        "table", "tbody", "td", "th", "tr", "ul",
    )
)  # fmt: skip
SILENT = frozenset(
    (
        "audio", "button", "canvas", "figcaption", "figure", "form", "iframe", "nav", "noscript", "object", "script",
        "select", "style", "svg", "template", "video",
    )
)  # fmt: skip
SAID = {
    "og:title": "title",
    "og:site_name": "publisher",
    "article:published_time": "date",
    "date": "date",
    "dc.date": "date",
    "author": "author",
}


class WebPage(HTMLParser):
    r"""`said`: title, publisher, date and lang where the page gives them.

    A block ends a paragraph, white space is one space, a paragraph is followed by an empty line. Where the page marks
    its article or its main part, the rest is left out.

    >>> WebPage("<nav>Menu</nav><h1>Titre</h1><p>Un  texte,<br>ici.</p>").text
    'Titre\n\nUn texte,\n\nici.\n'
    """

    def __init__(self, page: str) -> None:
        super().__init__()
        self.said: dict[str, str] = {}
        self._paragraphs, self._main, self._words = list[str](), list[str](), list[str]()
        self._silent, self._within, self._titled = 0, 0, False
        self.feed(page)
        self.close()
        self._end_paragraph()

    @property
    def text(self) -> str:
        return "".join(f"{line}\n\n" for line in self._main or self._paragraphs)[:-1]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "meta" and (kind := SAID.get((given.get("property") or given.get("name") or "").lower())):
            self.said.setdefault(kind, given.get("content", ""))
        if tag == "html" and given.get("lang"):
            self.said["lang"] = given["lang"][:2]
        if tag == "time" and given.get("datetime"):
            self.said.setdefault("date", given["datetime"])
        self._end_paragraph(tag)
        self._silent += tag in SILENT
        self._within += tag in ("article", "main")
        self._titled = tag == "title"

    def handle_endtag(self, tag: str) -> None:
        self._end_paragraph(tag)
        self._silent = max(0, self._silent - (tag in SILENT))
        self._within = max(0, self._within - (tag in ("article", "main")))
        self._titled = False

    def handle_data(self, data: str) -> None:
        if self._titled:
            self.said.setdefault("title", " ".join(data.split()))
        elif not self._silent:
            self._words.append(data)

    def _end_paragraph(self, tag: str = "p") -> None:
        if tag not in BLOCKS:
            return
        line = re.sub(r"[ \t\r\n]+", " ", unicodedata.normalize("NFC", "".join(self._words))).strip(" ")
        self._words.clear()
        if line.strip("\u00a0\u202f\u200b\ufeff "):
            self._paragraphs.append(line)
            if self._within:
                self._main.append(line)
