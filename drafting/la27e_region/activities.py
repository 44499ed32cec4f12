"""Activities and participations: each is an event, a programme, or a lab, which is a body."""

from dataclasses import dataclass, field

from drafting.la27e_region.archive import GUESSED_DATE, Archive, Row, explain, join, page, reading
from maillage.ontology import concepts, labels
from maillage.terms import fold, slug

EVENTS = {"event": "event", "edition": "edition"}
PROGRAMMES = {
    "project": ("project", ""),
    "programme": ("programme", ""),
    "network": ("network", ""),
    "call": ("call", ""),
    "publication": ("publication", ""),
    "study": ("study", ""),
    "residency": ("project", "residency"),
    "training": ("programme", "training"),
}
# Told as programmes: what their names, or their call, say that they are.
KINDS = {"carte-blanche-ditp": "call", "fonds-innovation-rh-2017": "fund"}
STATES = {"planned": "announced", "ongoing": "active", "ended": "ended"}
ATTENDANCE = {"yes": "online", "no": "onsite", "mixed": "mixed", "hybrid": "mixed"}

# A lab told as an activity is the body that carries its name in the archive: its notes say so of these.
SAME_LAB = {
    "cisna-narino": "cisna",
    "labgob-chili": "labgob",
    "labo-champagne-ardenne": "le-labo-champagne-ardenne",
    "solutions-lab-vancouver": "lab-ville-de-vancouver",
    "tilab-2017": "ti-lab",
}
# Told as labs, these are a fablab, third places, a project of a lab, several teams, and an association's beginnings.
NO_LAB = {
    "la-27e-region-laboratoire": "programme",
    "labo-mobile-plus": "project",
    "maklab-glasgow": "project",
    "superpublic-2014": "project",
    "superpublic-sf-2016": "project",
    "transfo-1-labs": "project",
}
DEDUCED = "L'activité, ou ses dates, est déduite du billet."


@dataclass
class Activities:
    """The rows of events, programmes and places; `keys`: what the archive's key of an activity became."""

    events: dict[str, Row] = field(default_factory=dict)
    programmes: dict[str, Row] = field(default_factory=dict)
    labs: dict[str, Row] = field(default_factory=dict)
    places: dict[str, Row] = field(default_factory=dict)
    states: dict[str, Row] = field(default_factory=dict)
    keys: dict[str, str] = field(default_factory=dict)


def draft_activities(archive: Archive, words: list[Row]) -> Activities:
    """Sorts the activities; a key that a body has too stays with the body, and the activity's bears its kind."""
    found, bodies = Activities(), {row["key"]: row for row in archive.bodies}
    subjects = read_subjects(words)
    for row in archive.activities:
        body = bodies.get(row["id"])
        is_lab = row["id"] not in NO_LAB and (row["kind"] == "lab" or (body or {}).get("kind") == "laboratory")
        kind = NO_LAB.get(row["id"], row["kind"])
        key = SAME_LAB.get(row["id"], row["id"]) if is_lab or not body else f"{row['id']}-{kind}"
        found.keys[row["id"]] = key
        if is_lab:
            found.labs[key] = row | {"passage": join(archive.passages(row))}
        elif kind in EVENTS or is_session(row):
            found.events[key] = draft_event(archive, key, row, subjects, found)
        else:
            found.programmes[key] = draft_programme(archive, key, kind, row, subjects)
        if not is_lab:
            draft_state(archive, key, row, found)
    return found


def is_session(row: Row) -> bool:
    """A training of a known day is an event; a course or a cycle is a programme."""
    return row["kind"] == "training" and len(row["start"]) == 10 and row["end"] == row["start"]


def draft_event(archive: Archive, key: str, row: Row, subjects: dict[str, Row], found: Activities) -> Row:
    said = draft_activity(archive, key, row, subjects)
    place = ""
    if row["place"] and not row["territory"]:
        place = f"place-{slug(row['place'])}"
        new = {"key": place, "name": row["place"], "passages": "", "certainty": "stated"}
        rest = found.places.setdefault(place, new)
        rest["passages"] = join([*rest["passages"].split("|"), *said["passages"].split("|")])
    return said | {
        "named": "no",
        "kind": EVENTS.get(row["kind"], "event"),
        "formats": "training" if row["kind"] == "training" else "",
        "place": place,
        "territory": territory(row["territory"]),
        "attendance": ATTENDANCE.get(row["online"], ""),
    }


def draft_programme(archive: Archive, key: str, kind: str, row: Row, subjects: dict[str, Row]) -> Row:
    said = draft_activity(archive, key, row, subjects)
    name, method = PROGRAMMES[kind]
    return said | {"kind": KINDS.get(key, name), "methods": join([method, *said["methods"].split("|")])}


def draft_activity(archive: Archive, key: str, row: Row, subjects: dict[str, Row]) -> Row:
    """What an event and a programme both have; a date that leans on that of the post is implied."""
    known = [subjects.get(fold(word.strip()), {}) for word in row["theme"].replace("|", ";").split(";")]
    dates = [name for name in ("start", "end") if row[name]]
    guessed = dates if GUESSED_DATE.search(row["note"]) else []
    note = explain(row, DEDUCED)
    return {
        "key": key,
        "name": row["name"],
        "start": row["start"],
        "end": row["end"],
        "themes": join(one.get("theme", "") for one in known),
        "methods": join(one.get("method", "") for one in known),
        "passages": join(archive.passages(row)),
        "note": note or ("La date, ou une part, est déduite du billet ou de son jour." if guessed else ""),
        **reading(row, guessed),
    }


def draft_state(archive: Archive, key: str, row: Row, found: Activities) -> None:
    """Announced, under way or ended; what was held is told by its dates, and what is not known is not told."""
    if row["status"] in STATES:
        found.states[f"state-{key}"] = {
            "key": f"state-{key}",
            "thing": key,
            "state": STATES[row["status"]],
            "passages": join(archive.passages(row)),
            "note": explain(row, DEDUCED),
            **reading(row),
        }


def read_subjects(words: list[Row]) -> dict[str, Row]:
    """The theme or method of each word: the list's own names, then the words that were decided by hand."""
    found: dict[str, Row] = {}
    for scheme in ("method", "theme"):
        for key, iri in concepts(scheme).items():
            found.setdefault(fold(labels(iri)["fr"]), {})[scheme] = key
    return found | {fold(row["word"]): row for row in words}


def draft_participations(archive: Archive, found: Activities) -> dict[str, Row]:
    rows: dict[str, Row] = {}
    for noted in archive.participations:
        left = "former member" in noted["note"]  # who speaks is no longer of the body
        row = noted | ({"certainty": "ambiguous"} if left else {})
        activity = found.keys[row["activity"]]
        key = f"{row['body']}-{row['role']}-{activity}"
        if row["body"] == activity:
            archive.leave_out("participations", key, "a lab takes no part in itself")
            continue
        rows[key] = {
            "key": key,
            "agent": row["body"],
            "role": row["role"],
            "activity": activity,
            "passages": join(archive.passages(row)),
            "note": explain(row, "L'organisme ou son rôle est laissé entendre par la phrase, sans y être dit."),
            **reading(row),
        }
    return rows


def draft_pages(archive: Archive) -> dict[str, Row]:
    return {
        page(row["post"]): {
            "key": page(row["post"]),
            "title": row["title"],
            "publisher": "La 27e Région",
            "issued": row["date"],
            "address": row["address"],
            "excerpt": "no",
            "rank": "55",
        }
        for row in archive.posts
    }


def territory(said: str) -> str:
    """The key of a territory; two letters are a country of ISO 3166-1, or the European Union."""
    if len(said) != 2:
        return said
    return "union-eu" if said == "EU" else f"country-{said.lower()}"
