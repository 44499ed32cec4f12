"""What `maillage enrich` offers: each source, what speaks for a value and against it, homonyms, an API that fails."""

import json
from pathlib import Path
from threading import Event

import pytest
from click.testing import CliRunner

from maillage.assets import CHECKOUT
from maillage.cli.enrich import enrich
from maillage.cli.lazy import Settings
from maillage.graph.identity import Decision
from maillage.graph.offers import Candidate, Candidates, SourceValue, Subject, candidates, company
from maillage.sources.card import read_card
from maillage.sources.fetch.backoff import Patience
from maillage.sources.fetch.companies import FACTS as FACTS_OF
from tests.cli.enrich.lists import DINUM, ask, rows, shown
from tests.sources.fetch.site import Answer, Handler, Site, bare, in_turn, status

RECORDED = CHECKOUT.parent / "shared" / "data" / "datagouv_api_samples" / "recherche-entreprises_search_dinum.json"


# --- where offers come from ---------------------------------------------------------------------------


@pytest.mark.slow
def test_the_authority_file_is_offered_with_what_speaks_for_it(home: Path) -> None:
    text = shown("Direction interministérielle du numérique", "--source", "autorite", "--only", "kind")
    assert "1  interministerial-directorate direction interministérielle\n     source : Liste des services" in text
    assert "pour : même nom (« Direction interministérielle du numérique »), territoire Île-de-France (11)\n" in text
    assert "contre : rien" in text
    assert "transports" not in text


def test_a_register_is_offered_under_a_number_or_a_confirmed_name(home: Path) -> None:
    lab = shown("Lab des idées", "--source", "registre")
    assert "laboratory" in lab
    assert "commune-38185 Grenoble" in lab
    assert "pour : même numéro (SIREN=552100554)" in lab
    station = shown("Station des possibles", "--source", "registre", "--only", "identifier")
    assert "SIREN=443061841" in station
    assert "source : Un registre, Licence Ouverte 2.0\n" in station
    assert "territoire Grenoble (38185), catégorie association" in station
    assert "784393613" not in station  # « La Station des possibles », in Nantes


def test_the_search_of_companies_is_asked_politely_and_once(home: Path, site: Site) -> None:
    text = shown("Direction interministérielle du numérique", "--source", "companies", "--only", "identifier")
    assert "1  SIREN=130025265" in text
    assert (
        "source : Annuaire des entreprises (DINUM, d'après le répertoire SIRENE de l'INSEE) : "
        "DIRECTION INTERMINISTERIELLE DU NUMERIQUE (SIREN 130025265), Licence Ouverte 2.0\n"
    ) in text
    assert "même nom développé et même sigle (DINUM)" in text
    assert shown("Ville de Saint-Denis", "--source", "companies") == ""  # what the API says of another body
    asked = len(site.asked)
    assert all("maillage" in str(agent) for agent in site.asked_for("User-Agent"))
    assert {"q": ["CAF"]} in [request.query for request in site.asked]
    shown("CAF", "--source", "companies")
    assert len(site.asked) == asked  # answers are kept
    kept = "".join(path.read_text("utf-8") for path in (home.parent / "out" / "fetched" / "enrichment").iterdir())
    assert "130025265" in kept
    for path in (home.parent / "out" / "fetched" / "enrichment").iterdir():
        path.write_text('{"a": 1}', "utf-8")  # not as it was laid
    shown("CAF", "--source", "companies")
    assert len(site.asked) == 2 * asked
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


def test_another_name_of_the_candidate_is_told(home: Path) -> None:
    """« Agence de développement » may be the other name of a body that is called otherwise."""
    values = {"kind": [SourceValue("association", "stated", "p", "Une liste")]}
    known = Candidates([Candidate(("liste", "atout"), ["Atout France", "Agence de développement"], values)])
    none: dict[str, set[str]] = {"kind": set(), "territory": set(), "identifier": set()}
    (offer,) = known.offers(Subject([("carnet", "a")], ["Agence de développement"], none, 0, ["kind"]), "kind")
    assert [*offer.speaks_against] == [("called", "Atout France"), ("alone", "")]
    assert known.offers(Subject([("carnet", "a")], ["Agence du développement"], none, 0, ["kind"]), "kind") == []


def test_two_numbers_of_one_register_are_two_bodies(home: Path) -> None:
    card, out = read_card("registre"), home.parent / "out"
    known = {"kind": set[str](), "territory": set[str](), "identifier": {"SIREN=443061840"}}
    subject = Subject([("carnet", "station")], ["Station des possibles"], known, 0, ["territory"])
    assert Candidates(candidates(card, out)).offers(subject, "territory") == []
    known["identifier"] = {"ROR=443061841"}
    assert len(Candidates(candidates(card, out)).offers(subject, "territory")) == 1


def test_a_decision_that_two_are_apart_is_told(home: Path) -> None:
    made = [Decision(("carnet", "dinum"), ("autorite", "op-dinum"), False, "curator", "2026-11-30", "Proche.", "x", 1)]
    known = Candidates(candidates(read_card("autorite"), home.parent / "out"), made)
    none: dict[str, set[str]] = {"kind": set(), "territory": set(), "identifier": set()}
    subject = Subject([("carnet", "dinum")], ["Direction interministérielle du numérique"], none, 0, ["kind"])
    (offer,) = known.offers(subject, "kind")
    assert ("decided", "Proche.") in offer.speaks_against
    assert offer.certainty == "ambiguous"


def test_the_town_of_a_former_commune_lies_in_its_department() -> None:
    """Chaumont took Brottes in: the names that a commune bore do not hide what it lies in."""
    values = {"territory": [SourceValue("commune-52121", "stated", "p", "Une liste")]}
    known = Candidates([Candidate(("liste", "prefecture"), ["Préfecture de la Haute-Marne"], values)])
    ours: dict[str, set[str]] = {"kind": set(), "territory": {"department-52"}, "identifier": set()}
    subject = Subject([("carnet", "a")], ["Préfecture de la Haute-Marne"], ours, 0, [])
    (offer,) = known.offers(subject, "territory")
    assert ("territory", "commune-52121") in offer.speaks_for


def test_a_reason_speaks_of_kinds_and_territories_by_name(home: Path) -> None:
    wanted = ("Station des possibles", "--source", "registre", "--only", "identifier")
    assert "territoire Grenoble (38185), catégorie association" in shown(*wanted)
    result = CliRunner().invoke(enrich, ["--list", *wanted[1:]], obj=Settings(lang="en"))
    assert "territory Grenoble (38185), kind association" in result.output
    ask("1\n", "--body", *wanted)
    (row,) = rows(home, "statements")
    assert row["note"].endswith(", territoire Grenoble (38185), catégorie association. Contre : rien.")


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
    assert result.output.count("laissée de côté ; relancer plus tard pour l'interroger.") == 1
    assert said in result.output
    assert not [word for word in ("--from", "--private-addresses", "fiche,", "{words}") if word in result.output]
    assert "SIREN=443061841" in result.output  # the register still answers


def test_a_busy_api_is_waited_for_as_long_as_it_asks(home: Path, site: Site) -> None:
    site.answers["/search"] = in_turn(status(429, **{"Retry-After": "0"}), bare(json.dumps(DINUM).encode()))
    assert "130025265" in shown(
        "Direction interministérielle du numérique", "--source", "companies", "--only", "identifier"
    )
