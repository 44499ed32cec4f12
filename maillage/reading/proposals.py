"""What a text is proposed to state, as `graph/reading/proposals.schema.json` describes it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

ORDER = ("id", "kind", "status", "label", "iri", "start", "end", "from", "to", "place", "activity", "body", "role",
         "certainty", "subject", "predicate", "object", "passage", "because")  # fmt: skip
BODIES = ("body", "lab")
ACTIVITIES = ("event", "programme")


@dataclass(frozen=True)
class TextStatement:
    """`said`: the keys that its kind has, by their names in JSON; `rule`: what made it, for the calibration.

    `form`: the words that made it; `moods`: what speaks against its being sure; `eligible`: only its rule
    may keep it from being sure.
    """

    id: str
    kind: str
    start: int
    end: int
    because: str
    said: Mapping[str, str] = field(default_factory=dict)
    rule: str = ""
    form: str = ""
    moods: tuple[str, ...] = ()
    eligible: bool = False
    status: str = "check"

    def as_dict(self) -> dict[str, Any]:
        given: dict[str, Any] = {"id": self.id, "kind": self.kind, "status": self.status, **self.said}
        because = f"{self.because} : « {self.form} »" if self.form else self.because
        given |= {"passage": {"start": self.start, "end": self.end}, "because": because}
        return {key: given[key] for key in ORDER if given.get(key)}


def as_json(checksum: str, proposals: Iterable[TextStatement]) -> dict[str, Any]:
    return {"text_sha256": checksum, "proposals": [one.as_dict() for one in proposals]}
