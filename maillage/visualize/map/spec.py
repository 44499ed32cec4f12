"""The maps: the only reader of `visualize/maps/`.

A map is a question, what is a node, a line and a proof in its answer, and how each is shown. A visual
variable is a constant, a category or a continuous quantity.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from math import sqrt
from pathlib import Path
from typing import Any

import yaml

from maillage.errors import FileError, FindingsError, QuestionError, SourceError
from maillage.files import asset, parse_yaml, read_text, short_path
from maillage.locales import in_every
from maillage.network.from_table import EdgeColumns, NodeColumns

Texts = Mapping[str, str]
QUANTITIES = ("neighbours", "weight")
CATEGORIES = ("kind", "certainty", "community")


@dataclass(frozen=True)
class RoleColumns:
    """The column that names who, and the one that says what they did."""

    of: str
    role: str


@dataclass(frozen=True)
class TieColumns:
    """The columns of the tie that a row proves; most have the names agreed for every question.

    `start`, `goal`: the names of its ends; it reads from one to the other where `directed` says so, and always where
    there is no such column.
    """

    start: str
    goal: str
    directed: str = ""
    certainty: str = "tieCertainty"
    certainty_label: str = "tieCertaintyLabel"
    dating: str = "datingLabel"
    page_year: str = "pageYear"
    occurrence: str = "occurrence"
    occurrence_label: str = "occurrenceLabel"


@dataclass(frozen=True)
class EvidenceColumns:
    """The columns that one proof is made of; most have the names agreed for every map.

    `named`: say who has a role even where a row has one only.
    `kind`: the label of what ties the ends; `rule`: by which it was derived; `tie`: what else is told of it.
    """

    what: str
    start: str = ""
    end: str = ""
    roles: tuple[RoleColumns, ...] = ()
    named: bool = False
    source: str = "sourceTitle"
    paragraph: str = "paragraph"
    link: str = "pageLink"
    certainty: str = "certainty"
    certainty_label: str = "certaintyLabel"
    licence: str = "licenceLabel"
    note: str = ""
    kind: str = ""
    rule: str = ""
    tie: TieColumns | None = None

    @property
    def names(self) -> list[str]:
        of_tie = vars(self.tie).values() if self.tie else ()
        said = [name for name in (*vars(self).values(), *of_tie) if isinstance(name, str) and name]
        return said + [name for role in self.roles for name in (role.of, role.role)]


@dataclass(frozen=True)
class Visual:
    """One visual variable: a `constant`, a `category`, or a `continuous` quantity from low to high."""

    constant: float | str | None = None
    category: str = ""
    continuous: str = ""
    low: float = 0.0
    high: float = 0.0

    def of(self, value: float, values: Sequence[float]) -> float:
        """The size for a quantity among all; areas rather than lengths grow with it."""
        if not self.continuous:
            return float(self.constant or 0.0)
        least, largest = min(values, default=0), max(values, default=0)
        share = (value - least) / (largest - least) if largest > least else 0.0
        return round(self.low + (self.high - self.low) * sqrt(share), 2)


@dataclass(frozen=True)
class Extra:
    """A second question whose things are shown even when nothing links them."""

    question: str
    nodes: NodeColumns


@dataclass(frozen=True)
class Focus:
    """What a map is cut down to: one thing and what is at most so many lines away."""

    iri: str
    hops: int = 1


@dataclass(frozen=True)
class Join:
    """Columns of another question: `take` (ours: theirs) of its first row whose `there` is our `here`."""

    question: str
    here: str
    there: str
    take: Mapping[str, str]


@dataclass(frozen=True)
class MapSpec:
    """`derived`: by which rule the lines follow from what sources state, empty where they state them.

    `only`: the rows kept, by column and value, in every answer that has the column
    (French labels, whatever their accents and apostrophes).
    `fold`: with how many neighbours at least a point of a kind is drawn.
    `ends`: for each language, what the table calls the two ends of a line and, if need be, the role; `width`: what
    its width says in the legend, where it is not the number of activities.
    """

    name: str
    title: Texts
    subtitle: Texts
    question: str
    nodes: tuple[NodeColumns, ...]
    edges: EdgeColumns
    evidence: EvidenceColumns
    seed: int
    visual: Mapping[str, Visual]
    parameters: Mapping[str, str] = field(default_factory=dict)
    extra: Extra | None = None
    joins: tuple[Join, ...] = ()
    derived: Texts = field(default_factory=dict)
    only: Mapping[str, str] = field(default_factory=dict)
    fold: Mapping[str, int] = field(default_factory=dict)
    ends: Mapping[str, Sequence[str]] = field(default_factory=dict)
    width: Texts = field(default_factory=dict)

    @property
    def questions(self) -> list[str]:
        """Every question that must be asked to draw the map; the first gives its lines."""
        others = [join.question for join in self.joins] + ([self.extra.question] if self.extra else [])
        return [self.question, *sorted(set(others) - {self.question})]


def map_names() -> list[str]:
    return sorted(path.stem for path in (asset("visualize") / "maps").glob("*.yml"))


def read_spec(name: str) -> MapSpec:
    """The map of that name. Raises `unknown-map`, `bad-yaml`, or FindingsError for a key missing or unknown."""
    if name not in map_names():
        raise QuestionError("unknown-map", name=name, known=", ".join(map_names()))
    return parse_spec(asset("visualize") / "maps" / f"{name}.yml")


def parse_spec(path: Path) -> MapSpec:
    try:
        card = parse_yaml(read_text(path))
    except yaml.YAMLError as error:
        raise FileError("bad-yaml", file=short_path(path), reason=str(error).replace("\n", " ")) from None
    try:
        return _spec(path.stem, card)
    except (KeyError, TypeError, AttributeError) as error:
        file, reason = short_path(path), str(error).strip("'\"")
        raise FindingsError([FileError("bad-yaml", file=file, reason=reason).at(file)]) from None


def _spec(name: str, card: Mapping[str, Any]) -> MapSpec:
    extra = card.get("alone")
    further: dict[str, Any] = {name: card.get(name) or {} for name in ("parameters", "only", "fold", "ends")}
    further |= {name: in_every(card.get(name) or {}) for name in ("derived", "width")}
    return MapSpec(
        name=name,
        title=in_every(card["title"]),
        subtitle=in_every(card["subtitle"]),
        question=card["question"],
        nodes=tuple(NodeColumns(**columns) for columns in card["nodes"]),
        edges=EdgeColumns(**card["edges"]),
        evidence=_evidence(card["evidence"]),
        seed=int(card["layout"]["seed"]),
        visual={name: _visual(entry) for name, entry in card["visual"].items()},
        extra=Extra(extra["question"], NodeColumns(**extra["nodes"])) if extra else None,
        joins=tuple(Join(one["question"], one["here"], one["there"], one["take"]) for one in card.get("join", ())),
        **further,
    )


def _evidence(card: Mapping[str, Any]) -> EvidenceColumns:
    deep = ("roles", "tie")
    plain = {{"from": "start", "to": "end"}.get(key, key): value for key, value in card.items() if key not in deep}
    roles = tuple(RoleColumns(**role) for role in card.get("roles", ()))
    return EvidenceColumns(**plain, roles=roles, tie=TieColumns(**card["tie"]) if "tie" in card else None)


def _visual(card: Mapping[str, Any]) -> Visual:
    quantity, category = card.get("continuous", ""), card.get("category", "")
    if (quantity and quantity not in QUANTITIES) or (category and category not in CATEGORIES):
        raise KeyError(quantity or category)
    return Visual(card.get("constant"), category, quantity, card.get("from", 0.0), card.get("to", 0.0))


def check_question(spec: MapSpec, known: Collection[str]) -> None:
    """Raises `unknown-question` when the catalogue does not have a question of the map."""
    for question in spec.questions:
        if question not in known:
            raise QuestionError("unknown-question", name=question, nearest=", ".join(sorted(known)[:5]))


def check_columns(spec: MapSpec, found: Mapping[str, Sequence[str]]) -> None:
    """Raises FindingsError, naming each column that the map uses and the answers (by question) lack."""
    where, findings = f"visualize/maps/{spec.name}.yml", []
    for part, question, names in columns_used(spec):
        had = found[question]
        for name in names:
            if name not in had:
                findings.append(SourceError("missing-column", column=name, found=", ".join(had)).at(where, None, part))
    if findings:
        raise FindingsError(findings)


def columns_used(spec: MapSpec) -> list[tuple[str, str, list[str]]]:
    """Which part of the map reads which columns of which question; what a join brings is not asked for."""
    joined = {name for join in spec.joins for name in join.take}
    parts = [(f"nodes {place}", columns.names) for place, columns in enumerate(spec.nodes, 1)]
    parts += [("edges", spec.edges.names), ("evidence", spec.evidence.names)]
    uses = [(part, spec.question, [name for name in names if name not in joined]) for part, names in parts]
    for join in spec.joins:
        uses.append(("join", spec.question, [join.here]))
        uses.append(("join", join.question, [join.there, *join.take.values()]))
    if spec.extra:
        uses.append(("alone", spec.extra.question, spec.extra.nodes.names))
    return uses
