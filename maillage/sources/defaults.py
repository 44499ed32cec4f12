"""What a row takes from the card of its source: where the text of a passage lies, the licence of a page…"""

from datetime import date

from maillage.ontology import labels
from maillage.sources.card import Card
from maillage.sources.cells import Value, find_concept
from maillage.terms import XSD


def defaults(kind: str, card: Card) -> dict[str, list[Value]]:
    """The values that a row of this kind (passage, fact, page…) gets besides its cells; none for most kinds."""
    if kind != "page":
        page = {"page": [Value("iri", str(card.facts["address"]))]} if kind in ("passage", "fact") else {}
        checksum = {"checksum": [Value("text", str(card.facts.get("checksum", "")))]} if kind == "passage" else {}
        return page | checksum
    licence = licence_iri(card)  # a page is a source: licence and day are those of the directory that lists it
    read_on = date.fromisoformat(str(card.facts["read_on"])).isoformat()
    return {
        "directory": [Value("own", card.name, key_kind="source")],
        "licence": [Value("iri", licence)],
        "licence_label": [Value("text", labels(licence)["fr"])],
        "read_on": [Value("literal", read_on, datatype=f"{XSD}date")],
    }


def licence_iri(card: Card) -> str:
    """The concept of the list of licences that a card names, such as `etalab-2.0`; raises `unknown-reference`."""
    return find_concept(str(card.facts["licence"]).lower(), "licence", card.facts["licence"])
