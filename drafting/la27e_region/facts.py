"""Facts: each becomes a cell, a row of another table, or is left out by name with its reason."""

from collections.abc import Callable
from dataclasses import dataclass, field

from drafting.la27e_region.activities import Activities
from drafting.la27e_region.archive import Archive, Row, explain, join, reading
from drafting.la27e_region.bodies import add_name, set_cell
from maillage.terms import slug

STATES = {
    "in service": "active",
    "en activité": "active",
    "active": "active",
    "en activité, nouvelle version en préparation": "active",
    "en activité, lieu dédié": "active",
    "planned": "announced",
    "being launched": "in-preparation",
    "given up": "ended",
    "ended": "ended",
    "fermé": "ended",
}
DERIVED = "Déduit de la phrase."
NO_PART = {"la-fumainerie": "descent, not authority (its note)", "la-veilleuse": "born of a residency, no part of it"}


@dataclass
class Facts:
    """Where facts go: the drafted tables, and those that facts alone fill."""

    archive: Archive
    activities: Activities
    bodies: dict[str, Row]
    names: dict[str, Row]
    participations: dict[str, Row]
    figures: dict[tuple[str, ...], list[Row]]
    observations: dict[str, Row] = field(default_factory=dict)
    amounts: dict[str, Row] = field(default_factory=dict)
    memberships: dict[str, Row] = field(default_factory=dict)
    successions: dict[str, Row] = field(default_factory=dict)

    def activity(self, key: str) -> Row | None:
        named = self.activities.keys.get(key, key)
        return self.activities.events.get(named) or self.activities.programmes.get(named)

    def is_lab(self, key: str) -> bool:
        return self.bodies.get(key, {}).get("kind") == "laboratory"

    def leave_out(self, row: Row, reason: str) -> None:
        self.archive.leave_out("facts", name_fact(row), reason)


def name_fact(row: Row) -> str:
    place = f"{row['post']}-{row['p_from']}-{row['p_to']}"
    return " ".join(filter(None, [row["subject"], row["predicate"], row["object"], place]))


def place_facts(facts: Facts) -> None:
    """The surest statement of a founding or a state comes first: the others of the same body find its cell taken."""
    order = sorted(facts.archive.facts, key=lambda row: ("stated implied ambiguous".find(row["certainty"]), -age(row)))
    for row in order:
        PLACES[row["predicate"]](facts, row)


def age(row: Row) -> int:
    """The later of two equally sure statements of a state comes first; of a founding, the most precise date."""
    return int((row["start"] + "-01-01")[:10].replace("-", "")) if row["predicate"] == "state" and row["start"] else 0


def place_figure(facts: Facts, row: Row) -> None:
    about = facts.activity(row["subject"]) or facts.bodies.get(row["subject"])
    if about is None:
        facts.leave_out(row, "its subject is no body nor activity of the archive")
        return
    for figure in facts.figures[row["subject"], row["object"], row["post"], row["p_from"]]:
        rows = facts.amounts if figure["currency"] else facts.observations
        key = f"{about['key']}-{row['post']}-{row['p_from']}-{slug(row['object'])}-{figure['qualifier']}"
        said = {"programme": about["key"]} if figure["currency"] else {"about": about["key"]}
        text = "purpose" if figure["currency"] else "measure"
        rows[key] = said | {
            "key": key,
            text: figure["measure"],
            f"{text}_en": figure["measure_en"],
            "value": figure["value"],
            "currency": figure["currency"],
            "qualifier": figure["qualifier"],
            "date": (row["start"] or row["end"]).strip(),
            "passages": facts.archive.passage(row),
            "note": "" if row["certainty"] == "stated" else explain(row, DERIVED),
            **reading(row),
        }


def place_carrier(facts: Facts, row: Row) -> None:
    """Who carries a lab or a programme; the day of such a fact is that of the state, so the row has none."""
    thing = facts.activity(row["subject"])
    if thing is None and not facts.is_lab(row["subject"]):
        facts.leave_out(row, "only a lab or a programme is carried, and this is neither")
        return
    activity = thing["key"] if thing else row["subject"]
    key = f"{row['object']}-carries-{activity}"
    known = facts.participations.get(key)
    if known:
        known["passages"] = join([*known["passages"].split("|"), facts.archive.passage(row)])
        return
    facts.participations[key] = {
        "key": key,
        "agent": row["object"],
        "role": "carries",
        "activity": activity,
        "passages": facts.archive.passage(row),
        "note": explain(row, DERIVED),
        **reading(row),
    }


def place_parent(facts: Facts, row: Row) -> None:
    """The whole of a part: a body's parent, an event's event, a programme's programme; else what an event is about."""
    part, whole = facts.activity(row["subject"]), facts.activity(row["object"])
    body, events = facts.bodies.get(row["subject"]), facts.activities.events
    if row["subject"] in NO_PART:
        facts.leave_out(row, NO_PART[row["subject"]])
    elif body and row["object"] in facts.bodies and not (part and whole):
        fill(facts, body, "parent", row["object"], row)
    elif part is None or whole is None:
        facts.leave_out(row, "one of the two is no body nor activity of the archive")
    elif whole["key"] in events and part["key"] not in events:
        facts.leave_out(row, "a programme is part of a programme, not of an event")
    else:
        column = "parent" if part["key"] not in events else "super_event" if whole["key"] in events else "about"
        fill(facts, part, column, whole["key"], row)


def place_founded(facts: Facts, row: Row) -> None:
    date = row["start"] or row["object"] or row["end"]
    fill_body(facts, row, "created", date)


def place_ended(facts: Facts, row: Row) -> None:
    """« Closed before » is no date of its end."""
    if row["subject"] in facts.activities.keys and row["subject"] not in facts.bodies:
        facts.leave_out(row, "the end of an activity is in its own row")
        return
    fill_body(facts, row, "ended", row["start"] or ("" if "avant" in row["note"] else row["end"]))


def place_state(facts: Facts, row: Row) -> None:
    state = STATES.get(row["object"])
    if state is None or not facts.is_lab(row["subject"]):
        facts.leave_out(row, "the model gives states to labs and activities only, from its list")
        return
    fill(facts, facts.bodies[row["subject"]], "state", state, row)


def place_member(facts: Facts, row: Row) -> None:
    if row["object"] not in facts.bodies:
        facts.leave_out(row, "what it is a member of is no body of the archive")
        return
    key = f"{row['subject']}-member-of-{row['object']}"
    facts.memberships[key] = {
        "key": key,
        "member": row["subject"],
        "organisation": row["object"],
        "start": row["start"],
        "passages": facts.archive.passage(row),
        "note": explain(row, DERIVED),
        **reading(row),
    }


def place_renaming(facts: Facts, row: Row) -> None:
    """A former name; a body that took the place of another is a succession."""
    thing = facts.activity(row["subject"]) or facts.bodies[row["subject"]]
    if row["object"] not in facts.bodies:
        add_name(facts.names, thing["key"], row["object"], "former", [facts.archive.passage(row)])
        return
    key = f"{row['object']}-to-{row['subject']}"
    facts.successions[key] = {
        "key": key,
        "before": row["object"],
        "after": row["subject"],
        "passages": facts.archive.passage(row),
        "note": explain(row, DERIVED),
        **reading(row),
    }


def fill_body(facts: Facts, row: Row, column: str, date: str) -> None:
    body = facts.bodies.get(row["subject"])
    if body is None:
        facts.leave_out(row, "its subject is no body")
    elif not date:
        facts.leave_out(row, "no date is told")
    else:
        fill(facts, body, column, date.strip(), row)


def fill(facts: Facts, thing: Row, column: str, value: str, row: Row) -> None:
    """One cell holds one value: what another post says otherwise is left out, what it repeats is its evidence too."""
    passage = facts.archive.passage(row)
    if not thing.get(column):
        set_cell(thing, column, value, [passage], row["certainty"])
    elif value.startswith(thing[column]) or thing[column] == value:
        thing["passages"] = join([*thing["passages"].split("|"), f"{column}={passage}"])
        thing[column] = value
    else:
        facts.leave_out(row, f"another post says {thing[column]} of the same ({column})")


PLACES: dict[str, Callable[[Facts, Row], None]] = {
    "count": place_figure,
    "amount": place_figure,
    "carrier": place_carrier,
    "parent": place_parent,
    "founded": place_founded,
    "ended": place_ended,
    "state": place_state,
    "member-of": place_member,
    "renamed-from": place_renaming,
}
