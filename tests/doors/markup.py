"""A page as a tree, read by the parser of the standard library."""

from collections.abc import Mapping
from html.parser import HTMLParser
from types import MappingProxyType
from xml.etree.ElementTree import Element, TreeBuilder

VOID = {"meta", "input", "br", "link", "img", "hr"}


class _Page(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.builder = TreeBuilder()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.builder.start(tag, {name: value or "" for name, value in attrs})
        if tag in VOID:
            self.builder.end(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.builder.start(tag, {name: value or "" for name, value in attrs})
        self.builder.end(tag)

    def handle_endtag(self, tag: str) -> None:
        self.builder.end(tag)

    def handle_data(self, data: str) -> None:
        self.builder.data(data)


def tree(page: bytes) -> Element:
    parser = _Page()
    parser.feed(page.decode("utf-8"))
    return parser.builder.close()


def below(element: Element, tag: str, attributes: Mapping[str, str] = MappingProxyType({})) -> list[Element]:
    """The elements of a tag anywhere below, with these attributes."""
    return [one for one in element.iter(tag) if attributes.items() <= one.attrib.items()]


def words(element: Element) -> str:
    return "".join(element.itertext()).strip()


def shown(element: Element) -> str:
    """Its own text, without that of what is in it."""
    return "".join([element.text or "", *(one.tail or "" for one in element)]).strip()


def links(element: Element) -> list[str]:
    return [one.attrib["href"] for one in below(element, "a")]
