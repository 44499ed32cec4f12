"""Which form a client wants, as RFC 9110 reads its Accept."""

import pytest

from maillage.web.pages import best, quality

OFFERED = ["text/html", "text/turtle", "application/ld+json"]


@pytest.mark.parametrize(
    ("accept", "wanted"),
    [
        ("", "text/html"),
        ("*/*", "text/html"),
        ("text/turtle", "text/turtle"),
        ("text/html;q=0.4, text/turtle;q=0.5", "text/turtle"),
        ("text/*;q=0.3, application/ld+json", "application/ld+json"),
        ("text/html;q=0, */*;q=0.1", "text/turtle"),
        ("TEXT/TURTLE ; q=0.2", "text/turtle"),
        ("image/png", None),
        ("text/turtle;q=0", None),
    ],
)
def test_best(accept: str, wanted: str | None) -> None:
    assert best(accept, OFFERED) == wanted


def test_the_most_specific_range_says() -> None:
    assert quality("text/*;q=0.9, text/html;q=0.2", "text/html") == 0.2
    assert quality("text/html;q=what", "text/html") == 0.0
