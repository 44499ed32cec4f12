"""Twenty short texts written for the test: most of what a careful reader notes is proposed, what is sure is right.

How much is sure is no goal here: the texts that people judged decide it, and few patterns of roles were right in two of
them often enough.
"""

from pathlib import Path
from typing import Any

import yaml

from maillage.reading.gazetteer import Gazetteer, key_of
from tests.reading.test_traps import gazetteer, read

__all__ = ["gazetteer"]


def texts() -> list[dict[str, Any]]:
    read_texts: list[dict[str, Any]] = yaml.safe_load((Path(__file__).parent / "texts.yml").read_text(encoding="utf-8"))
    return read_texts


def is_named(name: str, label: str) -> bool:
    """Are the words of a name among those of a label?"""
    return set(key_of(name)) <= set(key_of(label))


def compare(text: dict[str, Any], names: Gazetteer) -> tuple[list[Any], list[Any], list[Any]]:
    """Of one text: the roles found, those that are sure, and those that are sure and wrong."""
    told = read(text["text"], names)
    labels = {one.id: f"{one.said.get('label', '')} {text['text'][one.start : one.end]}" for one in told}
    found, sure, wrong = list[Any](), list[Any](), list[Any]()
    for one in told:
        if one.kind == "participation":
            said = labels[one.said["activity"]], labels[one.said["body"]], one.said["role"]
            right = [row for row in text["roles"] if row[2] == said[2] and all(map(is_named, row[:2], said[:2]))]
            found += [row for row in right if row not in found]
            sure += [said] * (one.status == "sure")
            wrong += [said] * (one.status == "sure" and not right)
    for name, day in text.get("days", {}).items():
        days = {one.said["start"] for one in told if one.said.get("start") and is_named(name, labels[one.id])}
        wrong += [(name, days)] * (days not in (set(), {day}))
        found += [[name, day, "day"]] * (day in days)
    return found, sure, wrong


def test_what_is_found_in_the_twenty_texts(gazetteer: Gazetteer) -> None:
    results = [compare(text, gazetteer) for text in texts()]
    wanted = sum(len(text["roles"]) + len(text.get("days", {})) for text in texts())
    found, sure, wrong = (sum(len(one[place]) for one in results) for place in range(3))
    assert len(texts()) == 20
    assert found / wanted >= 0.75, [(text["text"][:60], one[0]) for text, one in zip(texts(), results, strict=True)]
    assert wrong <= 0.08 * sure, [one[2] for one in results if one[2]]
