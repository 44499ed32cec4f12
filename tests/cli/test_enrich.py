"""`maillage enrich` as a person meets it: recorded keystrokes, each source of offers, homonyms, and what fails.

The bodies, the lists and what is expected of them are written by hand; the search API is a server on this machine that
replays the recorded answer.
"""

import csv
import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from threading import Event

import click
import pytest
import yaml
from click.testing import CliRunner, Result

from maillage import answer
from maillage.assets import CHECKOUT
from maillage.cli import command_line
from maillage.cli.enrich import enrich
from maillage.cli.lazy import Settings
from maillage.graph.identity import Decision
from maillage.graph.offers import Candidates, Subject, candidates, company
from maillage.sources.card import read_card
from maillage.sources.fetch.backoff import Patience
from maillage.sources.fetch.companies import FACTS as FACTS_OF
from maillage.terms import iri
from tests.homes import home_without_sources
from tests.sources.fetch.site import Answer, Handler, Site, bare, in_turn, site_at, status

FACTS = {
    "title": "Une source", "publisher": "Un éditeur", "kind": "web-page", "licence": "etalab-2.0",
    "address": "https://example.org/", "issued": "2026-11-01", "read_on": "2026-11-01", "credit": "Un éditeur",
    "rank": 50,
}  # fmt: skip
Capture = pytest.CaptureFixture[str]
RECORDED = CHECKOUT.parent / "shared" / "data" / "datagouv_api_samples" / "recherche-entreprises_search_dinum.json"
# What the source of the graph says. DINUM lacks kind and number; Saint-Denis is two communes; the lab bears a number.
BODIES = """key,name,kind,territory,siren
dinum,Direction interministérielle du numérique,,region-11,
lab-des-idees,Lab des idées,,,552100554
saint-denis,Ville de Saint-Denis,commune,,
station,Station des possibles,association,department-38,
caf,CAF,social-security-body,,
"""
NAMES = "key,thing,form,name_kind\nacronym-dinum,dinum,DINUM,acronym\n"
# What lists say: one of the authority file (a table that no build reads), one register. Near misses stand beside.
OTHERS = """key,name,kind,territory,siren,passages
op-dinum,Direction interministérielle du numérique,interministerial-directorate,region-11,,p-list
dinum-bis,Direction interministérielle des transports,directorate,region-11,,p-list
ville-93,Ville de Saint-Denis,commune,commune-93066,,p-list
ville-974,Ville de Saint-Denis,commune,commune-97411,,p-list
"""
LISTED = """key,name,kind,territory,siren
lab,Laboratoire d'idées,laboratory,commune-38185,552100554
station-38,Station des possibles,association,commune-38185,443061841
station-44,La Station des possibles,association,commune-44109,784393613
caf-38,CAF,social-security-body,department-38,
"""
PAGES = """key,title,publisher,issued,updated,address,excerpt,rank
p-list,Liste des services,Un ministère,2026-01-01,,https://example.org/services,no,60
"""
DINUM = json.loads(
    '{"results": [{"siren": "130025265", "nom_complet": "DIRECTION INTERMINISTERIELLE DU NUMERIQUE (DINUM)",'
    '"nom_raison_sociale": "DIRECTION INTERMINISTERIELLE DU NUMERIQUE", "sigle": "DINUM", "nature_juridique": "7120",'
    '"etat_administratif": "A", "date_mise_a_jour": "2024-09-10T07:59:51", "dirigeants": [{"nom": "MARTIN"}],'
    '"siege": {"commune": "75107", "departement": "75", "region": "11"}}]}'
)


def padded(text: str, columns: list[str]) -> str:
    """The rows under all the columns of their table; every one of them is stated."""
    rows = list(csv.DictReader(text.splitlines()))
    lines = [",".join(columns)]
    for row in rows:
        lines.append(",".join(f'"{({"certainty": "stated"} | row).get(name, "")}"' for name in columns))
    return "\n".join(lines) + "\n"


def lay(home: Path, name: str, facts: dict[str, object], **tables: str) -> None:
    folder = home / "data" / name
    folder.mkdir()
    standard = yaml.safe_load((CHECKOUT / "data" / "tables.yml").read_text("utf-8"))
    spec: dict[str, dict[str, object]] = {
        table: {"mapping": {"pages": "page", "names": "name"}.get(table, "organisation")} for table in tables
    }
    if "others" in spec:
        spec["others"]["apart"] = True
    (folder / "source.yml").write_text(yaml.safe_dump(FACTS | facts | {"tables": spec}), "utf-8")
    for table, text in tables.items():
        columns = list(standard[spec[table]["mapping"]]["columns"])
        (folder / f"{table}.csv").write_text(padded(text, columns), "utf-8")


def lay_register(home: Path, out: Path) -> None:
    """A register whose file was fetched: it is in no build that does not ask for it."""
    folder = home / "data" / "registre"
    folder.mkdir()
    fetch = {"files": {"list.csv": {"address": "https://example.org/list.csv"}}}
    spec = {"bodies": {"mapping": "body", "rows_in": "list.csv"}}
    facts = FACTS | {"title": "Un registre", "kind": "register", "fetch": fetch, "tables": spec}
    (folder / "source.yml").write_text(yaml.safe_dump(facts), "utf-8")
    said = "SELECT line, key, name, kind, territory, 'SIREN=' || siren AS identifiers FROM \"list.csv\""
    (folder / "bodies.sql").write_text(said, "utf-8")
    copy = out / "fetched" / "registre"
    copy.mkdir(parents=True)
    (copy / "list.csv").write_text(LISTED, "utf-8")
    day = "2026-11-02T08:00:00Z"
    record = {"address": "https://example.org/list.csv", "fetched_at": day, "first_fetched": day, "checksum": "0"}
    files = {"list.csv": record | {"bytes": len(LISTED), "records": 4}}
    (copy / "source.yml").write_text(yaml.safe_dump({"files": files}), "utf-8")


@pytest.fixture(scope="module")
def site() -> Iterator[Site]:
    with site_at() as found:
        yield found


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory, site: Site) -> Path:
    """A graph of one source, two lists, and the search API at the site."""
    folder = tmp_path_factory.mktemp("enrich")
    home, out = folder / "home", folder / "out"
    home.mkdir()
    home_without_sources(home)
    for name in ("insee-cog", "macros.sql"):
        (home / "data" / name).symlink_to(CHECKOUT / "data" / name)
    (home / "graph" / "matching").symlink_to(CHECKOUT / "graph" / "matching")
    lay(home, "carnet", {}, organisations=BODIES, names=NAMES)
    lay(home, "autorite", {"title": "Une autorité", "kind": "reference"}, others=OTHERS, pages=PAGES)
    lay_register(home, out)
    (home / "data" / "enrichment").mkdir()
    for path in (CHECKOUT / "data" / "enrichment").iterdir():
        (home / "data" / "enrichment" / path.name).write_bytes(path.read_bytes())
    file = home / "data" / "enrichment" / "source.yml"
    card = yaml.safe_load(file.read_text("utf-8"))
    card["companies"] |= {"address": f"{site.address}/search?q={{words}}", "pause": 0, "seconds": 1, "attempts": 2}
    file.write_text(yaml.safe_dump(card), "utf-8")
    empty(home)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("MAILLAGE_HOME", str(home))
        assert command_line(["build", "--out", str(out)]) == 0
    return home


def empty(home: Path) -> None:
    """No answer yet."""
    for name in ("pages", "statements", "refusals"):
        file = home / "data" / "enrichment" / f"{name}.csv"
        file.write_text(file.read_text("utf-8").partition("\n")[0] + "\n", "utf-8")


@pytest.fixture
def home(made: Path, site: Site, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("MAILLAGE_HOME", str(made))
    monkeypatch.setenv("MAILLAGE_OUT", str(made.parent / "out"))
    site.answers["/search"] = bare(json.dumps(DINUM).encode())
    site.asked.clear()
    empty(made)
    shutil.rmtree(made.parent / "out" / "fetched" / "enrichment", ignore_errors=True)
    return made


def ask(keys: str = "", *words: str) -> Result:
    """One run, with what a person types."""
    settings = Settings(lang="fr")
    return CliRunner().invoke(enrich, ["--private-addresses", *words], obj=settings, input=keys)


def rows(home: Path, name: str) -> list[dict[str, str]]:
    with (home / "data" / "enrichment" / f"{name}.csv").open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def shown(name: str, *words: str) -> str:
    """What is shown of one body, without asking."""
    result = ask("", "--list", *words)
    assert result.exit_code == 0, result.exception
    return "".join(part for part in result.output.split("\n\n") if f". {name} (" in part)


# --- where offers come from ---------------------------------------------------------------------------


def test_the_authority_file_is_offered_with_what_speaks_for_it(home: Path) -> None:
    text = shown("Direction interministérielle du numérique", "--source", "autorite", "--only", "kind")
    assert "1  interministerial-directorate direction interministérielle\n     source : Liste des services" in text
    assert "pour : même nom (« Direction interministérielle du numérique »), territoire region-11\n" in text
    assert "contre : rien" in text
    assert "transports" not in text


def test_a_register_is_offered_under_a_number_or_a_confirmed_name(home: Path) -> None:
    lab = shown("Lab des idées", "--source", "registre")
    assert "laboratory" in lab
    assert "commune-38185 Grenoble" in lab
    assert "pour : même numéro (SIREN=552100554)" in lab
    station = shown("Station des possibles", "--source", "registre", "--only", "identifier")
    assert "SIREN=443061841" in station
    assert "territoire commune-38185, catégorie association" in station
    assert "784393613" not in station  # « La Station des possibles », in Nantes


def test_the_search_of_companies_is_asked_politely_and_once(home: Path, site: Site) -> None:
    text = shown("Direction interministérielle du numérique", "--source", "companies", "--only", "identifier")
    assert "1  SIREN=130025265" in text
    assert "DIRECTION INTERMINISTERIELLE DU NUMERIQUE (SIREN 130025265)" in text
    assert "même nom développé et même sigle (DINUM)" in text
    assert shown("Ville de Saint-Denis", "--source", "companies") == ""  # what the API says of another body
    asked = len(site.asked)
    assert all("maillage" in str(agent) for agent in site.asked_for("User-Agent"))
    assert {"q": ["CAF"]} in [request.query for request in site.asked]
    shown("CAF", "--source", "companies")
    assert len(site.asked) == asked  # answers are kept
    kept = "".join(path.read_text("utf-8") for path in (home.parent / "out" / "fetched" / "enrichment").iterdir())
    assert "130025265" in kept
    assert "MARTIN" not in kept


def test_a_legal_form_says_the_kind_and_what_the_address_stands_for(home: Path) -> None:
    card = read_card("enrichment")
    one = dict.fromkeys((*FACTS_OF, "commune", "departement", "region"), "") | {
        "siren": "217500016",
        "nom_complet": "A",
    }
    for form, place, wanted in (
        ("7210", {"commune": "75056"}, ("commune", "commune-75056", "stated")),
        ("7220", {"departement": "38"}, ("department", "department-38", "stated")),
        ("7230", {"region": "84"}, ("region", "region-84", "stated")),
        ("9220", {"commune": "75107"}, ("association", "commune-75056", "implied")),  # of a district, the city
        ("5515", {"commune": "38185"}, ("local-public-company", "commune-38185", "implied")),
        ("5710", {"commune": "99999"}, ("company", "", "")),  # no commune of ours
        ("7120", {"commune": "75107"}, ("central-administration", "", "")),  # which is no seat of a national body
        ("9900", {"commune": "38185"}, ("", "", "")),
    ):
        found = company(one | {"nature_juridique": form} | place, card)
        territory = next(iter(found.readings.get("territory", ())), None)
        kinds = "".join(found.values("kind"))
        assert (kinds, territory.value if territory else "", territory.certainty if territory else "") == wanted, form


@pytest.mark.needs("shared")
def test_the_recorded_answer_is_what_the_server_replays(home: Path, site: Site) -> None:
    site.answers["/search"] = bare(RECORDED.read_bytes())
    text = shown("Direction interministérielle du numérique", "--source", "companies")
    assert "central-administration" in text
    assert "SIREN=130025265" in text


# --- homonyms and doubts ------------------------------------------------------------------------------


def test_homonyms_are_shown_and_none_is_chosen(home: Path) -> None:
    text = shown("Ville de Saint-Denis", "--only", "territory")
    assert "commune-93066" in text
    assert "commune-97411" in text
    assert text.count("2 organismes d'une même liste portent ce nom, 2 valeurs possibles") == 2
    result = ask("\nq\n", "--body", "Ville de Saint-Denis", "--only", "territory")
    assert "0 réponse(s)" in result.output  # an empty line chooses nothing
    assert rows(home, "statements") == []


def test_an_acronym_alone_says_so(home: Path) -> None:
    text = shown("CAF", "--source", "registre")
    assert "department-38" in text
    assert "contre : un sigle seul (CAF)" in text
    ask("1\n", "--body", "CAF", "--source", "registre")
    (row,) = rows(home, "statements")
    assert (row["territory"], row["certainty"]) == ("department-38", "ambiguous")


def test_a_decision_that_two_are_apart_is_told(home: Path) -> None:
    made = [Decision(("carnet", "dinum"), ("autorite", "op-dinum"), False, "curator", "2026-11-30", "x", "x", 1)]
    known = Candidates(candidates(read_card("autorite"), home.parent / "out"), made)
    none: dict[str, set[str]] = {"kind": set(), "territory": set(), "identifier": set()}
    subject = Subject([("carnet", "dinum")], ["Direction interministérielle du numérique"], none, 0, ["kind"])
    (offer,) = known.offers(subject, "kind")
    assert ("decided", "autorite:op-dinum") in offer.speaks_against
    assert offer.certainty == "ambiguous"


# --- what is answered ---------------------------------------------------------------------------------


def test_a_key_accepts_and_the_next_build_holds_it(home: Path, tmp_path: Path) -> None:
    result = ask("1\n1\n", "--body", "Lab des idées", "--source", "registre")
    assert "2 réponse(s) écrite(s)" in result.output
    assert ask("1\n", "--body", "DINUM", "--source", "companies", "--only", "identifier").exit_code == 0
    assert [(row["key"], row["thing"], row["certainty"]) for row in rows(home, "statements")] == [
        ("kind-carnet-lab-des-idees", "carnet:lab-des-idees", "stated"),
        ("siren-carnet-dinum", "carnet:dinum", "implied"),
        ("territory-carnet-lab-des-idees", "carnet:lab-des-idees", "stated"),
    ]
    assert [row["key"] for row in rows(home, "pages")] == ["p-registre", "p-siren-130025265"]
    assert command_line(["build", "--out", str(tmp_path / "out")]) == 0
    with answer.open(tmp_path / "out") as graph:
        numbers = {(row["thingLabel"], row["code"]) for row in graph.ask("identifiers-of").rows()}
        said = graph.ask("evidence-of", thing=iri("organisation", "lab-des-idees")).rows()
    assert ("Direction interministérielle du numérique", "130025265") in numbers
    cited = {str(row["object"]).rsplit("/", 1)[-1]: row["sourceTitle"] for row in said}
    assert (cited["laboratory"], cited["commune-38185"]) == ("Un registre", "Un registre")


def test_what_is_answered_is_not_asked_again(home: Path) -> None:
    first = ask("n\n", "--body", "Ville de Saint-Denis", "--only", "territory")
    assert "2 réponse(s)" in first.output
    assert [row["territory"] for row in rows(home, "refusals")] == ["commune-93066", "commune-97411"]
    assert rows(home, "statements") == rows(home, "pages") == []
    again = ask("", "--body", "Ville de Saint-Denis", "--only", "territory")
    assert again.output.strip().startswith("0 réponse(s)")


def test_skipping_writes_nothing_and_stopping_keeps_what_was_accepted(home: Path) -> None:
    result = ask("p\n1\n", "--source", "registre")  # then the end of the input, as Ctrl-C
    assert isinstance(result.exception, (click.Abort, SystemExit))
    assert len(rows(home, "statements")) == 1


def test_a_list_is_answered_in_a_spreadsheet(home: Path, tmp_path: Path, capsys: Capture) -> None:
    file = tmp_path / "list.csv"
    assert ask("", "-o", str(file), "--source", "registre", "--source", "autorite").exit_code == 0
    table = list(csv.reader(file.read_text("utf-8").splitlines()))
    answers = {"SIREN=443061841": "oui", "commune-93066": "NON", "laboratory": "yes"}
    value = table[0].index("value")
    for row in table[1:]:
        row[-1] = answers.get(row[value], "")
    file.write_text("\n".join(";".join(row) for row in table) + "\n", "utf-8")  # as a French spreadsheet saves it
    words = ("--answers", str(file), "--source", "registre", "--source", "autorite")
    assert "3 réponse(s)" in ask("", *words).output
    assert {row["kind"] or row["code"] for row in rows(home, "statements")} == {"443061841", "laboratory"}
    assert [row["territory"] for row in rows(home, "refusals")] == ["commune-93066"]
    assert "0 réponse(s)" in ask("", *words).output


@pytest.mark.parametrize(
    ("answers", "value", "said"),
    [
        ({"laboratory": "peut-être"}, "", "« peut-être » n'est pas une réponse"),
        ({"laboratory": "oui"}, "commune", "« commune » de cet organisme"),
        ({"commune-93066": "oui", "commune-97411": "oui"}, "", "est une seconde valeur acceptée"),
    ],
)
def test_a_list_with_a_mistake_is_refused_whole(
    home: Path, tmp_path: Path, capsys: Capture, answers: dict[str, str], value: str, said: str
) -> None:
    file, words = tmp_path / "list.csv", ("--source", "registre", "--source", "autorite")
    ask("", "-o", str(file), *words)
    table = list(csv.DictReader(file.read_text("utf-8").splitlines()))
    for row in table:
        row["answer"] = answers.get(row["value"], "")
        row["value"] = value if value and row["answer"] else row["value"]
    write_rows(file, table)
    assert command_line(["enrich", "--answers", str(file), *words]) == 1
    assert said in capsys.readouterr().err
    assert rows(home, "statements") == rows(home, "refusals") == []


def write_rows(file: Path, table: list[dict[str, str]]) -> None:
    with file.open("w", encoding="utf-8", newline="") as lines:
        writer = csv.DictWriter(lines, table[0])
        writer.writeheader()
        writer.writerows(table)


# --- what fails ---------------------------------------------------------------------------------------


def slow(request: Handler) -> None:
    Event().wait(1.6)
    request.reply(200, {}, b"{}")


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (status(500), "n'est pas disponible (code 500)"),
        (status(404), "404"),
        (slow, "s'est interrompu"),
        (bare(b"<html>Maintenance</html>", "text/html"), "ne se lit pas"),
        (bare(b'{"erreur": "x"}'), "results"),
        (bare(b'{"results": [1]}'), "results"),
    ],
    ids=["500", "404", "slow", "html", "no-results", "no-records"],
)
def test_an_api_that_fails_is_told_once_and_left_aside(
    home: Path, site: Site, answer: Answer, said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Patience, "sleep", staticmethod(lambda _: None), raising=False)
    site.answers["/search"] = answer
    result = ask("", "--list", "--source", "companies", "--source", "registre")
    assert result.exit_code == 0, result.exception
    assert result.output.count("laissée de côté") == 1
    assert said in result.output
    assert "SIREN=443061841" in result.output  # the register still answers


def test_a_busy_api_is_waited_for_as_long_as_it_asks(home: Path, site: Site) -> None:
    site.answers["/search"] = in_turn(status(429, **{"Retry-After": "0"}), bare(json.dumps(DINUM).encode()))
    assert "130025265" in shown(
        "Direction interministérielle du numérique", "--source", "companies", "--only", "identifier"
    )


@pytest.mark.parametrize(
    ("name", "line", "said"),
    [
        ("statements", "x,carnet:dinum,ministere,,,,curator,2026-11-30,,stated,,,", "kind"),
        ("statements", "x,carnet:dinum,ministry,,,,curator,hier,,stated,,,", "date"),
        ("statements", "x,carnet:dinum,ministry", "statements.csv:2"),
        ("statements", "x,carnet:dinmu,ministry,,,,curator,2026-11-30,,stated,,,", "dinum"),
        ("refusals", "x,,ministry,,,,curator,2026-11-30,,stated,,,", "thing"),
    ],
)
def test_a_row_half_written_by_hand_is_told_and_stays(
    home: Path, capsys: Capture, name: str, line: str, said: str
) -> None:
    file = home / "data" / "enrichment" / f"{name}.csv"
    file.write_text(file.read_text("utf-8") + line + "\n", "utf-8")
    before = file.read_bytes()
    assert command_line(["enrich", "--list", "--source", "registre"]) == 1
    err = capsys.readouterr().err
    assert f"{name}.csv:2" in err
    assert said in err
    assert file.read_bytes() == before


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["--source", "regitre"], 2, "registre, companies"),
        (["--body", "Station des possible"], 2, "Station des possibles"),
        (["--only", "siren"], 2, "identifier"),
        (["-o", "list.xls"], 2, ".csv"),
        (["--answers", "nothing.csv"], 1, "nothing.csv"),
        (["--out", "nowhere"], 3, "maillage build"),
    ],
)
def test_bad_words_are_a_sentence(home: Path, capsys: Capture, words: list[str], code: int, said: str) -> None:
    assert command_line(["enrich", "--source", "autorite", *words]) == code
    assert said in capsys.readouterr().err
