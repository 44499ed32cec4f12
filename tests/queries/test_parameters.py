"""Values: what a person may type, what is refused and with which help, and that no value changes the query."""

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from maillage.queries.catalogue import question
from maillage.queries.run import bind, resolve, run, sparql
from maillage.store import EmbeddedStore
from maillage.terms import iri
from tests.queries.golden import WORLD, article
from tests.refusals import raises

pytestmark = pytest.mark.usefixtures("article_built")
BODY = iri("organisation", "ville")


@pytest.fixture(scope="module")
def world() -> EmbeddedStore:
    store = ox.Store()
    store.load(WORLD.read_bytes(), format=ox.RdfFormat.TRIG)
    return EmbeddedStore(store)


@pytest.mark.parametrize(
    ("type_", "value", "path"),
    [
        ("organisation", BODY, "organisation/ville"),
        ("organisation", f"<{BODY}>", "organisation/ville"),
        ("organisation", "Ville de Dix", "organisation/ville"),
        ("organisation", "VILLE  DE DIX", "organisation/ville"),
        ("organisation", "vd", "organisation/ville"),
        ("organisation", "210000010", "organisation/ville"),
        ("organisation", "ville", "organisation/ville"),
        ("organisation", "région trois", "organisation/region-trois"),
        ("territory", "région trois", "territory/region-3"),
        ("territory", "2a", "territory/department-8"),
        ("territory", "region-2", "territory/region-2"),
        ("lab", "lab un", "organisation/lab-un"),
        ("event", "l’édition", "event/edition"),
        ("event", "La série", "event/serie"),
        ("source", "article", "source/article"),
        ("thing", "Ministre gamma", "post/ministre"),
        ("thing", iri("participation", "ville-lab"), "participation/ville-lab"),
    ],
)
def test_what_names_a_thing(world: EmbeddedStore, type_: str, value: str, path: str) -> None:
    assert resolve(world, type_, value) == iri(*path.split("/"))


def test_a_theme_is_a_concept_of_its_lists(world: EmbeddedStore) -> None:
    assert resolve(world, "theme", "Data").endswith("/list/theme/data")
    with raises("unknown-value"):
        resolve(world, "theme", "Ville de Dix")


@pytest.mark.parametrize(
    ("type_", "value"),
    [("lab", BODY), ("event", BODY), ("organisation", "https://example.org/nobody"), ("event", "http://no iri")],
)
def test_an_iri_must_be_of_the_type(world: EmbeddedStore, type_: str, value: str) -> None:
    with raises("unknown-value"):
        resolve(world, type_, value)


def test_an_unknown_value_lists_the_names_that_hold_its_words_first(world: EmbeddedStore) -> None:
    with raises("unknown-value") as caught:
        resolve(world, "organisation", "le ministère")
    assert "Les plus proches : Ministère Zêta, Ministère Gamma" in caught.value.sentence("fr")


def test_an_unknown_value_lists_what_is_spelled_nearly_so(world: EmbeddedStore) -> None:
    with raises("unknown-value", match="Association Bêta"):
        resolve(world, "organisation", "asociacion beta")


def test_an_ambiguous_value_lists_every_candidate(world: EmbeddedStore) -> None:
    with raises("ambiguous-value") as caught:
        resolve(world, "territory", "02", "en")
    candidates = caught.value.sentence("en")
    assert "Region Two (region) <" in candidates
    assert "Nine (department) <" in candidates


def test_the_words_of_the_article() -> None:
    graph = article()
    for value in ("Grenoble-Alpes Métropole", "grenoble alpes metropole", "Métropole de Bordeaux", "DITP", "déclic"):
        assert resolve(graph, "organisation", value)
    with raises("unknown-value") as caught:
        resolve(graph, "organisation", "Grenoble")
    for name in ("Ville de Grenoble", "CCAS de Grenoble", "Grenoble-Alpes"):
        assert name in caught.value.sentence("fr")
    assert resolve(graph, "territory", "Isère") != resolve(graph, "organisation", "Département de l'Isère")


@pytest.mark.parametrize(
    ("value", "hint"),
    [
        ("2021-11-31", "2021-11-29"),
        ("31/11/2021", "2021-11-29"),
        ("29/11/2021", "2021-11-29"),
        ("3.1.2022", "2022-01-03"),
    ],
)
def test_a_date_that_is_none(world: EmbeddedStore, value: str, hint: str) -> None:
    with raises("bad-value") as caught:
        run(world, "events-on-day", {"day": value})
    assert caught.value.sentence("fr").endswith(f"L'écrire comme {hint}.")


@pytest.mark.parametrize("values", [{}, {"body": ""}, {"body": "  "}])
def test_a_required_parameter_is_named(world: EmbeddedStore, values: dict[str, str]) -> None:
    with raises("missing-parameter", match="needs --body"):
        run(world, "partners-of", values)


def test_an_unknown_parameter_lists_the_known(world: EmbeddedStore) -> None:
    with raises("unknown-parameter", match="Its parameters: --body"):
        run(world, "partners-of", {"bodie": "x"})


def test_what_is_not_given_stays_undefined(world: EmbeddedStore) -> None:
    asked = sparql(world, "statements-with-one-source", {"source": "article"}, "en")
    assert "VALUES ?subject { UNDEF }" in asked
    assert f"VALUES ?source {{ <{iri('source', 'article')}> }}" in asked
    assert 'VALUES ?lang { "en" }' in asked


@given(st.text(st.characters(exclude_categories=["Cs"])))
@settings(max_examples=200, deadline=None)
def test_no_text_changes_the_query(text: str) -> None:
    """The text comes back as the one value of the block, whatever quotes, braces or escapes it holds."""
    bound = bind(question("names"), {"folded": str(ox.Literal(text))}, "fr")
    block = next(line for line in bound.split("\n") if line.startswith("  VALUES ?folded"))
    rows = ox.Store().query(f"SELECT * {{ {block} }}")
    assert isinstance(rows, ox.QuerySolutions)
    assert [row["folded"].value for row in rows] == [text]
    ox.Store().query(bound)
