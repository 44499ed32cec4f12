"""What a mix of licences may bear: every pair by a table written by hand, every triple by its laws."""

import re
from itertools import combinations_with_replacement, product

import pytest
import yaml
from pyoxigraph import Literal

from maillage.credit.licence import SCHEME, Licence, Refusal, combine, find_licence, licences
from maillage.ontology import list_triples
from maillage.terms import concept_slug, expand
from tests.conftest import ROOT
from tests.refusals import raises

TABLE = yaml.safe_load((ROOT / "tests" / "licences.yml").read_text(encoding="utf-8"))
COLUMNS: list[str] = TABLE["columns"]
PAIRS = [(one, other, TABLE["rows"][one][place]) for one in TABLE["rows"] for place, other in enumerate(COLUMNS)]
IRIS = sorted(licences())
ATTRIBUTION, ALIKE, NONCOMMERCIAL = "mai:requiresAttribution", "mai:requiresShareAlike", "mai:forbidsCommercialUse"
FACTS = {ATTRIBUTION: "credit", ALIKE: "alike", NONCOMMERCIAL: "noncommercial"}


def listed(fact: str) -> set[str]:
    """The licences of which the list says it."""
    said = [triple for triple in list_triples() if triple.predicate.value == expand(fact)]
    return {str(getattr(triple.subject, "value", "")) for triple in said if triple.object == Literal(True)}


def slug_of(licence: Licence | Refusal) -> str:
    return concept_slug(licence.iri, SCHEME) if isinstance(licence, Licence) else "no"


def mixed(*slugs: str) -> str:
    found = combine(find_licence(slug).iri for slug in slugs)
    return slug_of(found)


def joined(*parts: str) -> str:
    """The same for IRIs, where "no" absorbs."""
    if "no" in parts:
        return "no"
    found = combine(parts)
    return found.iri if isinstance(found, Licence) else "no"


def test_the_table_holds_every_pair_of_the_list() -> None:
    assert {slug_of(licence) for licence in licences().values()} == set(COLUMNS) == set(TABLE["rows"])
    assert len(PAIRS) == len(COLUMNS) ** 2 == 49


def test_each_pair_bears_what_the_table_says() -> None:
    assert [pair for pair in PAIRS if mixed(*pair[:2]) != pair[2]] == []


@pytest.mark.parametrize("slug", COLUMNS)
def test_what_a_licence_asks(slug: str) -> None:
    licence, asks = find_licence(slug), TABLE["asks"][slug]
    assert licence.allows_reuse is asks["reuse"]
    for fact, asked in FACTS.items():
        assert (licence.iri in listed(fact)) is asks[asked]


@pytest.mark.parametrize("slug", [slug for slug in COLUMNS if slug != "none"])
def test_a_licence_has_its_page(slug: str) -> None:
    licence = find_licence(slug)
    assert licence.page == f"https://spdx.org/licenses/{licence.name}"
    assert licence.name.lower() == slug
    assert set(licence.labels) == {"fr", "en"}


def test_the_list_is_coherent() -> None:
    """Under-which is transitive and written out; what forbids or binds is never loosened on the way."""
    for licence in licences().values():
        assert (licence.iri in licence.under) is licence.allows_reuse
        for under in (licences()[iri] for iri in licence.under):
            assert under.under <= licence.under
            for fact in (ATTRIBUTION, NONCOMMERCIAL):
                assert under.iri in listed(fact) or licence.iri not in listed(fact)
        assert licence.iri not in listed(ALIKE) or licence.under == {licence.iri}


def test_grouping_does_not_matter() -> None:
    found = {
        (a, b, c): {joined(joined(a, b), c), joined(a, joined(b, c)), joined(a, b, c)}
        for a, b, c in product(IRIS, repeat=3)
    }
    assert {triple: several for triple, several in found.items() if len(several) > 1} == {}
    assert len(found) == 343


def test_order_and_repetition_do_not_matter() -> None:
    pairs = list(combinations_with_replacement(IRIS, 2))
    assert [(a, b) for a, b in pairs if len({joined(a, b), joined(b, a), joined(a, b, a)}) > 1] == []
    assert len(pairs) == 28


def test_parts_of_nothing_ask_nothing() -> None:
    found = combine([])
    assert isinstance(found, Licence)
    assert slug_of(found) == "cc0-1.0"


def test_a_refusal_names_those_at_odds_and_no_other() -> None:
    refusal = combine(find_licence(slug).iri for slug in ("cc0-1.0", "cc-by-sa-4.0", "etalab-2.0", "odbl-1.0"))
    assert isinstance(refusal, Refusal)
    assert {slug_of(licence) for licence in refusal.between} == {"cc-by-sa-4.0", "odbl-1.0"}
    for lang in ("fr", "en"):
        said = refusal.reason(lang)
        assert "CC-BY-SA-4.0" in said
        assert "ODbL-1.0" in said
        assert not re.search(r"CC0|etalab", said)
    assert "ne se transmet que sous" in refusal.reason("fr")
    assert "handed on only under" in refusal.reason("en")


def test_a_source_without_licence_is_the_reason() -> None:
    refusal = combine(find_licence(slug).iri for slug in ("none", "cc-by-sa-4.0", "odbl-1.0"))
    assert isinstance(refusal, Refusal)
    assert [slug_of(licence) for licence in refusal.between] == ["none"]
    assert "sans licence" in refusal.reason("fr")


def test_a_licence_of_another_list_is_named() -> None:
    known = find_licence("etalab-2.0").iri
    with raises("unknown-licence") as error:
        combine([known, "https://example.org/licence"])
    for lang in ("fr", "en"):
        assert "https://example.org/licence" in error.value.sentence(lang)
        assert known not in error.value.sentence(lang)
