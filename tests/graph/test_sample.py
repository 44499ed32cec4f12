"""What is validated of a register: one row of each form, and what it leads to."""

import pyoxigraph as ox

from maillage.graph.rules import MERGED
from maillage.graph.validate import DOWNWARDS, validation_store
from maillage.ontology import shapes
from maillage.terms import expand


def thing(name: str) -> ox.NamedNode:
    return ox.NamedNode(f"https://example.org/{name}")


def test_a_body_leads_to_its_parent_but_not_to_its_members() -> None:
    store = ox.Store()
    ties = [("body", "org:hasMember", "member"), ("body", "org:subOrganizationOf", "parent")]
    ties += [("parent", "org:hasMember", "other"), ("parent", "org:subOrganizationOf", "top")]
    ties += [(name, "rdf:type", "class") for name in ("member", "other", "top")]
    store.extend(ox.Quad(thing(a), ox.NamedNode(expand(tie)), thing(b), MERGED) for a, tie, b in ties)
    aside = {thing(name).value for name in ("member", "parent", "other", "top")}
    described = {quad.subject for quad in validation_store(store, aside)}
    assert described == {thing("body"), thing("parent"), thing("top")}


def test_no_shape_asks_anything_of_those_that_belong_to_a_body() -> None:
    terms = {str(term) for triple in shapes() for term in triple}
    assert not {node.value for node in DOWNWARDS} & terms
    assert not [term for term in terms if "hasMember" in term or "hasSubOrganization" in term]  # in a SELECT


def test_an_identifier_under_an_iri_given_up_is_validated_with_the_body_that_bears_it() -> None:
    store = ox.Store()
    ties = [("body", "adms:identifier", "old/siren"), ("old/siren", "rdf:type", "class")]
    ties += [("old", "dcterms:isReplacedBy", "body"), ("row", "adms:identifier", "row/siren")]
    ties += [("row/siren", "rdf:type", "class")]
    store.extend(ox.Quad(thing(a), ox.NamedNode(expand(tie)), thing(b), MERGED) for a, tie, b in ties)
    described = {quad.subject for quad in validation_store(store, {thing("old").value, thing("row").value})}
    assert described == {thing("body"), thing("old/siren")}
