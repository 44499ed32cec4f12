"""The portal holds the size: style, script and context once, no heavy page, what is folded said with where it lies."""

import json
from dataclasses import replace
from html import unescape

from maillage.locales import LANGUAGES
from maillage.table import Column, Table
from maillage.terms import ID
from maillage.visualize.portal.answer import MOST_ROWS, answer_table
from maillage.visualize.portal.thing import MOST_LISTED, Part, Thing, leaves
from maillage.visualize.portal.things import QUESTIONS, Things


def test_the_context_of_a_page_says_what_the_page_uses_and_no_more(site: dict[str, bytes]) -> None:
    context, *_ = json.loads(site["id/organisation/la-piste.jsonld"])["@context"]
    assert context["carriedBy"] == {"@id": "mai:carriedBy", "@type": "@id"}
    assert context["mai"] == "https://w3id.org/maillage/def#"
    assert not {"agent", "paragraph", "sh"} & context.keys()


def test_style_and_script_are_files_of_the_portal(site: dict[str, bytes]) -> None:
    for name, root in (("things", ""), ("questions/bodies", "../"), ("id/organisation/la-piste", "../../")):
        page = site[f"{name}.html"].decode()
        assert f'<link rel="stylesheet" href="{root}assets/portal.css">' in page
        assert f'<script src="{root}assets/portal.js"></script>' in page
        assert "<style" not in page
        assert "script-src 'self'; style-src 'self'" in unescape(page)
    assert {"assets/portal.css", "assets/portal.js", "data/names.js"} <= site.keys()


def test_no_page_is_above_a_megabyte_and_a_half(site: dict[str, bytes]) -> None:
    assert {name: len(body) for name, body in site.items() if name.endswith(".html") and len(body) > 1_500_000} == {}


def test_a_thing_with_long_lists_has_several_pages() -> None:
    """Of two hundred and one things that it takes part in, a hundred a page, each on one."""
    parts = tuple(Part(dict.fromkeys(LANGUAGES, f"as {n}"), {}, "", {}, ()) for n in range(2 * MOST_LISTED + 1))
    whole = Thing(f"{ID}organisation/x", "organisation", dict.fromkeys(LANGUAGES, "X"), parts=parts, members=parts[:2])
    cut = leaves(whole)
    assert [len(one.parts) for one in cut] == [MOST_LISTED, MOST_LISTED, 1]
    assert tuple(part for one in cut for part in one.parts) == parts
    assert [len(one.members) for one in cut] == [2, 0, 0]
    assert leaves(replace(whole, parts=(), members=())) == [replace(whole, parts=(), members=())]


def test_an_answer_with_wide_rows_is_cut_before_its_page_is_heavy() -> None:
    rows = [{"word": f"{n} " + "x" * 10_000} for n in range(MOST_ROWS)]
    table = Table.from_rows(rows, [Column("word", "text")])
    cut = answer_table(table, Things(dict.fromkeys(QUESTIONS, dict.fromkeys(LANGUAGES, ()))), "fr")
    assert [line[0][0].text.split()[0] for line in cut["rows"]] == [str(n) for n in range(74)]  # 750,000 bytes
