"""Two graphs written by hand, and what changed: in sentences, in RDF that leads from one to the other, in JSON."""

import json
from pathlib import Path

import pyoxigraph as ox
import pytest

from maillage.cli import command_line
from maillage.graph.canonical import canonical
from maillage.release.difference import MERGED_GRAPH, compare
from maillage.terms import expand

HEAD = """@base <https://w3id.org/maillage/id/> .
@prefix adms: <http://www.w3.org/ns/adms#> .
@prefix graph: <https://w3id.org/maillage/graph/> .
@prefix kind: <https://w3id.org/maillage/list/organisation-kind/> .
@prefix mai: <https://w3id.org/maillage/def#> .
@prefix org: <http://www.w3.org/ns/org#> .
@prefix programmekind: <https://w3id.org/maillage/list/programme-kind/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix role: <https://w3id.org/maillage/list/role/> .
@prefix schema: <https://schema.org/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix theme: <https://w3id.org/maillage/list/theme/> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""
BOTH = """
  <organisation/agence> a org:Organization ; org:classification kind:agency ; rdfs:label "Agence"@fr, "Agency"@en .
  <organisation/bureau> a org:Organization ; rdfs:label "Bureau"@fr, "Office"@en .
  <programme/carte> a mai:Programme ; mai:programmeKind programmekind:product ; mai:theme theme:open-data .
  <programme/plan> a mai:Programme ; rdfs:label "Le Plan"@fr, "The Plan"@en .
  <programme/guide> a mai:Programme ; rdfs:label "Le Guide"@fr, "The Guide"@en .
  <programme/agenda> a mai:Programme ; rdfs:label "L'Agenda"@fr, "The Diary"@en .
  <participation/agence-plan> a mai:Participation ; mai:agent <organisation/agence>
    ; mai:role role:sponsors ; mai:activity <programme/plan> .
"""
BEFORE = f"""{HEAD} graph:merged {{ {BOTH}
  <programme/carte> skos:prefLabel "La Carte"@fr ; rdfs:label "La Carte"@fr, "La Carte"@en ;
    schema:startDate "2020-01-02"^^xsd:date .
  <programme/plan> mai:theme theme:social-innovation .
  <programme/agenda> mai:noLongerListedOn "2026-02-03"^^xsd:date .
  <organisation/fabrique> a org:Organization ; rdfs:label "Fabrique"@fr, "Factory"@en .
}}
graph:evidence {{ <claim/1> mai:lastSeen "2026-11-01"^^xsd:date . }}
"""
AFTER = f"""{HEAD} graph:merged {{ {BOTH}
  <programme/carte> skos:prefLabel "Le Plan de ville"@fr ; rdfs:label "Le Plan de ville"@fr, "La Carte"@en ;
    schema:startDate "2020-03-01"^^xsd:date .
  <programme/plan> mai:theme theme:open-data, theme:employment ; schema:endDate "2027"^^xsd:gYear .
  <programme/guide> mai:noLongerListedOn "2026-12-01"^^xsd:date .
  <organisation/agence> mai:met <organisation/bureau> .
  <programme/abri> a mai:Programme ; mai:programmeKind programmekind:product ;
    rdfs:label "L'Abri"@fr, "The Shelter"@en ; schema:startDate "2026"^^xsd:gYear .
  <participation/bureau-abri> a mai:Participation ; mai:agent <organisation/bureau>
    ; mai:role role:incubates ; mai:activity <programme/abri> .
  <partnership/1> a mai:Partnership ; mai:member <organisation/agence>, <organisation/bureau> .
  <organisation/agence/siren> a adms:Identifier ; skos:notation "123456789" .
}}
graph:evidence {{ <claim/1> mai:lastSeen "2026-12-01"^^xsd:date . }}
"""
FRENCH = """
3 nouveautés :
  Agence et Bureau (partenariat)
  Bureau – incube – L'Abri (participation)
  L'Abri (produit numérique)

1 chose n'est plus dans le graphe :
  Fabrique (organisme)

1 chose que plus aucune source ne liste :
  Le Guide (programme), depuis le 1er décembre 2026

1 chose de nouveau listée :
  L'Agenda (programme)

2 choses modifiées :
  Le Plan (programme)
    fin : 2027 est ajouté
    thème : innovation sociale est retiré
    thème : données ouvertes est ajouté
    thème : emploi est ajouté
  Le Plan de ville (produit numérique)
    début : 2 janvier 2020 devient 1er mars 2020
    nom : « La Carte » devient « Le Plan de ville »

9 autres énoncés : ce qui en découle, et ce qui n'a pas de nom (identifiants…).
"""
ENGLISH = """
3 new things:
  Agency and Office (partnership)
  Office – incubates – The Shelter (participation)
  The Shelter (digital product)

1 thing is no longer in the graph:
  Factory (body)

1 thing that no source lists any more:
  The Guide (programme), from 1 December 2026 on

1 thing listed again:
  The Diary (programme)

2 things changed:
  La Carte (digital product)
    name (fr): “La Carte” becomes “Le Plan de ville”
    start: 2 January 2020 becomes 1 March 2020
  The Plan (programme)
    end: 2027 is added
"""
GRAPHS = """Énoncés ajoutés et retirés, par graphe :
  evidence : +1 −1
  merged : +22 −8
1 énoncé a changé de jour de dernière vue.
"""


@pytest.fixture
def pair(tmp_path: Path) -> tuple[str, str]:
    (tmp_path / "before.trig").write_text(BEFORE, "utf-8")
    (tmp_path / "after.trig").write_text(AFTER, "utf-8")
    return str(tmp_path / "before.trig"), str(tmp_path / "after.trig")


def said(capsys: pytest.CaptureFixture[str], *words: str) -> str:
    assert command_line(["diff", *words]) == 0
    return capsys.readouterr().out.replace("\u00a0", " ")


def test_what_changed_is_said_in_french(pair: tuple[str, str], capsys: pytest.CaptureFixture[str]) -> None:
    text = said(capsys, *pair, "--lang", "fr")
    assert FRENCH in text
    assert text.endswith(GRAPHS)


def test_what_changed_is_said_in_english(pair: tuple[str, str], capsys: pytest.CaptureFixture[str]) -> None:
    assert ENGLISH in said(capsys, *pair, "--lang", "en")


def test_a_long_list_is_cut_and_says_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    names = "".join(f'<organisation/o{n}> rdfs:label "Organisme {n:02}"@fr . ' for n in range(43))
    (tmp_path / "a.ttl").write_text(HEAD, "utf-8")
    (tmp_path / "b.ttl").write_text(HEAD + names, "utf-8")
    words = [str(tmp_path / "a.ttl"), str(tmp_path / "b.ttl"), "--lang", "fr"]
    text = said(capsys, *words)
    assert ("Organisme 39\n  et 3 autres (--all" in text, "Organisme 40" in text) == (True, False)
    assert "Organisme 42\n" in said(capsys, *words, "--all")


def test_the_change_sets_lead_from_one_to_the_other(pair: tuple[str, str], tmp_path: Path) -> None:
    target = tmp_path / "changes.ttl"
    assert command_line(["diff", *pair, "--format", "ttl", "-o", str(target)]) == 0
    changes = ox.Store()
    changes.load(path=str(target), format=ox.RdfFormat.TURTLE)
    merged = _merged(pair[0])
    for name, change in (("cs:removal", merged.discard), ("cs:addition", merged.add)):
        for quad in changes.quads_for_pattern(None, ox.NamedNode(expand(name)), None):
            parts = [_object(changes, quad.object, f"rdf:{part}") for part in ("subject", "predicate", "object")]
            change(" ".join(parts))
    assert merged == _merged(pair[1])
    assert merged != _merged(pair[0])
    assert len(list(changes.quads_for_pattern(None, None, ox.NamedNode(expand("cs:ChangeSet"))))) == 10


def _object(store: ox.Store, subject: object, name: str) -> str:
    assert isinstance(subject, ox.NamedNode)
    (quad,) = store.quads_for_pattern(subject, ox.NamedNode(expand(name)), None)
    return str(quad.object)


def _merged(path: str) -> set[str]:
    quads = [quad for quad in ox.parse(path=path) if quad.graph_name == MERGED_GRAPH]
    return {" ".join(map(str, (quad.subject, quad.predicate, quad.object))) for quad in quads}


def test_json_holds_each_statement(pair: tuple[str, str], capsys: pytest.CaptureFixture[str]) -> None:
    found = json.loads(said(capsys, *pair, "--format", "json", "--lang", "en"))
    (factory,) = [thing for thing in found["things"] if thing["name"] == "Factory"]
    assert (factory["change"], factory["kind"], factory["added"]) == ("gone", "body", [])
    assert {"predicate": "rdfs:label", "object": '"Factory"@en'} in factory["removed"]
    assert found["graphs"]["merged"] == {"added": 22, "removed": 8}


def test_what_has_no_name_but_a_blank_node_is_the_same(tmp_path: Path) -> None:
    """The same graph under other labels of blank nodes, in another order and syntax."""
    (tmp_path / "a.ttl").write_text(f"{HEAD} <organisation/a> org:hasSite _:x . _:x rdfs:label 'Un'@fr .", "utf-8")
    (tmp_path / "b.ttl").write_text(
        f"{HEAD} _:other rdfs:label 'Un'@fr . <organisation/a> org:hasSite _:other .", "utf-8"
    )
    (tmp_path / "c.ttl").write_text(f"{HEAD} <organisation/a> org:hasSite [ rdfs:label 'Deux'@fr ] .", "utf-8")
    with compare(tmp_path / "a.ttl", tmp_path / "b.ttl") as found:
        assert (found.changes, found.counts) == ([], {})
    with compare(tmp_path / "a.ttl", tmp_path / "c.ttl") as found:
        assert found.changes != []


def test_a_build_is_itself_in_every_form(built_out: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    dump = built_out / "graph" / "graph.nq"
    lines = dump.read_bytes().splitlines(keepends=True)
    (tmp_path / "turned.nq").write_bytes(b"".join(reversed(lines)))
    text = said(capsys, str(built_out), str(tmp_path / "turned.nq"), "--lang", "en")
    assert text.splitlines()[2:] == ["The statements of graph/merged are the same."]
    with compare(built_out / "graph", dump) as found:
        assert found.counts == {}
        assert found.before.dump == dump  # read in place


def test_a_dump_is_what_canonical_makes_of_it(pair: tuple[str, str], tmp_path: Path) -> None:
    with compare(Path(pair[0]), Path(pair[1])) as found:
        assert found.before.dump.read_bytes() == canonical(ox.parse(path=pair[0]))


@pytest.mark.parametrize(
    ("name", "content", "code", "words"),
    [
        ("nothing.nq", None, 1, ("nothing.nq", "nothing.nq")),
        ("folder", "", 3, ("pas encore de graphe", "no graph in")),
        ("bad.ttl", "<a> <b>", 1, ("ne se lit pas", "cannot be read")),
        ("notes.txt", "a", 1, (".ttl", ".ttl")),
        ("bytes.nq", "\x00\xff", 1, ("ne se lit pas", "cannot be read")),
    ],
)
def test_what_is_no_graph_is_a_sentence(
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    name: str,
    content: str | None,
    code: int,
    words: tuple[str, str],
) -> None:
    good, bad, target = tmp_path / "good.ttl", tmp_path / name, tmp_path / "out.txt"
    good.write_text("", "utf-8")
    if content == "":
        bad.mkdir()
    elif content is not None:
        bad.write_text(content, "latin-1")
    for lang, word in zip(("fr", "en"), words, strict=True):
        assert command_line(["diff", str(good), str(bad), "--lang", lang, "-o", str(target)]) == code
        assert word in capsys.readouterr().err
    assert not target.exists()
