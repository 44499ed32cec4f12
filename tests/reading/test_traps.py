"""Sixty sentences that a hasty reader takes wrongly: what must not be sure is not, but for one in thirty at most."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from maillage.reading.gazetteer import Entry, Gazetteer, bundled_names
from maillage.reading.intake import About, Intake
from maillage.reading.proposals import TextStatement
from maillage.reading.reader import read_text
from maillage.sources.text import Text

ABOUT = About("Essai", "Le Journal", "2021-11-02", "fr")
NAMES = [
    ("Ti Lab", Entry("https://w3id.org/maillage/id/organisation/ti-lab", "Ti Lab", "laboratory", "body")),
    ("DITP", Entry("https://w3id.org/maillage/id/organisation/ditp", "DITP", "central-administration", "body")),
    ("Le Journal", Entry("https://w3id.org/maillage/id/organisation/journal", "Le Journal", "company", "body")),
]
Trap = dict[str, str | list[str]]


def traps() -> list[tuple[str, Trap]]:
    read = yaml.safe_load((Path(__file__).parent / "traps.yml").read_text(encoding="utf-8"))
    return [(kind, trap) for kind, found in read.items() for trap in found]


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return Gazetteer([*NAMES, *bundled_names()])


def read(text: str, gazetteer: Gazetteer) -> list[TextStatement]:
    return list(read_text(Intake(Text("text", text, "0" * 64), ABOUT), gazetteer).told)


def faults(trap: Trap, told: list[TextStatement]) -> Iterator[str]:
    labels = {one.id: one.said.get("label", "") for one in told}
    if "day" in trap:
        days = {one.said["start"] for one in told if one.kind == "event" and one.said.get("start")}
        yield from days - {trap["day"]}
        yield from {str(trap["day"])} - days - {""}
        return
    body, role = list(trap["never"])
    for one in told:
        is_role = one.kind == "participation" and one.status == "sure" and role in ("*", one.said["role"])
        if is_role and body in ("*", labels[one.said["body"]]):
            yield f"{labels[one.said['body']]} {one.said['role']} {labels[one.said['activity']]}"


def test_at_most_one_trap_in_thirty_is_taken_as_sure(gazetteer: Gazetteer) -> None:
    taken = {
        str(trap["text"]): found
        for _, trap in traps()
        if (found := list(faults(trap, read(str(trap["text"]), gazetteer))))
    }
    assert len(traps()) == 60
    assert len(taken) <= 2, taken
    plain = "L'atelier « Eau vive » du 3 mars 2021 est organisé par la DITP."
    assert list(faults({"never": ["*", "*"]}, read(plain, gazetteer)))  # without a trap, it is sure
