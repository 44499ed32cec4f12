"""The rows of a source that a SELECT makes of files that others do not have: those of its tables, and no others."""

from pathlib import Path

from maillage.sources.card import read_card
from maillage.sources.remake import remake

CARD = """\
title: Listes
publisher: Nous
kind: reference
licence: etalab-2.0
address: https://example.org/
issued: 2026-11-30
read_on: 2026-11-30
credit: Nous
rank: 70
made_from: [list.csv]
crosswalks: [pages.csv]
tables:
  identifiers: {mapping: identifier}
  pages: {mapping: page}
"""
SELECT = """\
SELECT line, lower(ref) AS key, 'bodies:' || body AS thing, 'ROR' AS register, code, page_of(sources, 'ror') AS passages
FROM "list.csv" WHERE page_of(sources, 'ror') IN (SELECT key FROM "pages.csv") ORDER BY key
"""
LIST = """\
ref,body,code,sources
B,bank,01set1758,siren=aj ror=ror
A,city,02tfmen73,kind=cog ror=ror
C,fair,0abcdef12,ror=rorbis
D,fund,0abcdef13,
"""


def test_a_value_is_kept_when_its_page_is_one_of_ours(tmp_path: Path) -> None:
    source, folder = tmp_path / "lists", tmp_path / "given"
    source.mkdir()
    folder.mkdir()
    (source / "source.yml").write_text(CARD, encoding="utf-8")
    (source / "identifiers.sql").write_text(SELECT, encoding="utf-8")
    (source / "pages.csv").write_text("key\np-ror\n", encoding="utf-8")
    (folder / "list.csv").write_text(LIST, encoding="utf-8")
    assert remake(read_card(str(source)), folder) == {
        source / "identifiers.csv": b"key,thing,register,code,passages,certainty,implied,ambiguous,note\n"
        b"a,bodies:city,ROR,02tfmen73,p-ror,stated,,,\n"
        b"b,bodies:bank,ROR,01set1758,p-ror,stated,,,\n"
    }
