"""The tables of the page of quality: what is not known is never a zero, and each number opens its list."""

from maillage.locales import LANGUAGES
from maillage.network.from_table import Row
from maillage.terms import ID, expand
from maillage.visualize.portal.quality import FIRST, MOST, QUESTIONS, Board, Rows, boards

SOURCE, PAGE = f"{ID}source/labs", f"{ID}source/labs/p-1"


def share(known: int, total: int, name: str = "mai:territory") -> Row:
    return {
        "classLabel": "organisme",
        "predicate": expand(name),
        "predicateLabel": name,
        "known": known,
        "total": total,
    }


def page_of(iri: str) -> str:
    return iri.removeprefix(ID) if iri.startswith(ID) else ""


def shown(lang: str = "fr", unresolved: list[dict[str, object]] | None = None, **rows: list[Row]) -> list[Board]:
    given: Rows = {name: rows.get(name.replace("-", "_"), []) for name in QUESTIONS}
    return list(boards(given, unresolved, page_of, lang))


def texts(board: Board) -> list[list[str]]:
    return [[cell.text.replace("\u00a0", " ") for cell in row] for row in board.rows]


def test_a_share_says_how_many_of_how_many_and_opens_what_it_lacks() -> None:
    found = shown(coverage=[share(999, 1000), share(1, 1000, "adms:identifier"), share(7, 7, "org:classification")])[0]
    assert texts(found) == [
        ["organisme · mai:territory", "999 sur 1\u202f000 (99 %)", "1"],
        ["organisme · adms:identifier", "1 sur 1\u202f000 (moins de 1 %)", "999"],
        ["organisme · org:classification", "7 sur 7 (100 %)", "0"],
    ]
    lists = ["questions/things-without-territory", "questions/things-without-identifier", ""]
    assert [row[2].page for row in found.rows] == lists
    assert [row[1].share for row in found.rows] == [99, 0, 100]


def test_a_kind_that_nobody_names_has_no_share_and_what_is_not_known_comes_last() -> None:
    unknown: Row = {"kind": None, "kindLabel": "non connue", "bodies": 4, "withTerritory": 0, "withIdentifier": 1}
    company: Row = {"kind": "x", "kindLabel": "entreprise", "bodies": 0, "withTerritory": 0, "withIdentifier": 0}
    found = shown(coverage_by_kind=[unknown, company])[1]
    assert texts(found) == [
        ["entreprise", "0", "rien à compter", "rien à compter"],
        ["non connue", "4", "0 sur 4 (0 %)", "1 sur 4 (25 %)"],
    ]
    assert [row[1].page for row in found.rows] == ["", "questions/things-without-kind"]


def test_a_region_without_anything_has_zero_and_only_what_is_not_known_opens_a_list() -> None:
    region: Row = {"rank": 1, "area": f"{ID}territory/r", "areaLabel": "Corse", "bodies": 0, "labs": 0, "events": 0}
    unknown: Row = {"rank": 4, "area": None, "areaLabel": "non connu", "bodies": 2, "labs": 1, "events": 0}
    found = shown(coverage_by_territory=[region, unknown])[2]
    assert texts(found) == [["Corse", "0", "0", "0"], ["non connu", "2", "1", "0"]]
    assert [[cell.page for cell in row][:2] for row in found.rows] == [
        ["territory/r", ""], ["", "questions/things-without-territory"],
    ]  # fmt: skip


def test_a_source_that_speaks_of_no_such_thing_has_a_dash() -> None:
    one = {**share(0, 3), "sayer": SOURCE, "sayerTitle": "Labs"}
    other = {**share(2, 2, "adms:identifier"), "sayer": f"{ID}source/b", "sayerTitle": "Autre"}
    found = shown(coverage_by_source=[one, other])[3]
    assert found.heads[1:] == ("organisme · adms:identifier", "organisme · mai:territory")
    assert texts(found) == [["Labs", "–", "0 sur 3 (0 %)"], ["Autre", "2 sur 2 (100 %)", "–"]]


def test_contradictions_count_by_pair_and_the_pages_of_a_directory_together() -> None:
    given: Row = {**share(0, 3), "sayer": SOURCE, "sayerTitle": "Labs"}
    names: Row = {"predicateLabel": "autre nom", "source": PAGE, "sourceTitle": "Une page", "otherSource": None}
    dates: Row = {**names, "predicateLabel": "création", "otherSource": SOURCE, "otherSourceTitle": "Labs"}
    rows = [{**names, "otherSourceTitle": None}, {**names, "otherSourceTitle": None}, dates]
    found = shown(coverage_by_source=[given], disagreements=rows)[4]
    assert texts(found) == [["Labs / le nom retenu", "autre nom", "2"], ["Labs (entre ses pages)", "création", "1"]]
    assert {row[2].page for row in found.rows} == {"questions/disagreements"}
    assert found.texts[0].startswith("3 paires")


def test_names_left_open_are_told_apart_from_a_build_that_does_not_say() -> None:
    def one(place: int) -> dict[str, object]:
        return {"file": "s/list.csv", "column": "territory", "value": f"x{place}", "rows": place, "line": 7}

    for lang in LANGUAGES:
        silent, none = shown(lang)[5], shown(lang, [])[5]
        assert silent.texts != none.texts
        assert silent.rows == none.rows == ()
    found = shown(unresolved=[one(place) for place in range(1, MOST + 2)])[5]
    assert len(found.rows) == MOST
    assert texts(found)[0] == ["x201", "s", "territoire", "201", "s/list.csv:7"]
    assert found.texts[0].startswith("201 renvois")


def test_what_is_not_known_is_listed_by_the_ties_that_hang_on_it() -> None:
    lab: Row = {"body": f"{ID}organisation/lab", "bodyLabel": "Le Lab", "predicateLabel": "pays", "ties": 1200}
    found = shown(unknowns=[lab, {**lab, "predicateLabel": "catégorie"}, *[{**lab, "ties": 0}] * FIRST])[6]
    assert texts(found)[:2] == [["Le Lab", "pays", "1\u202f200"], ["Le Lab", "catégorie", "1\u202f200"]]
    assert len(found.rows) == FIRST
    assert found.rows[0][0].page == "organisation/lab"
    assert found.texts[0].startswith(f"{FIRST + 2} propriétés")
    assert found.question == "unknowns"
