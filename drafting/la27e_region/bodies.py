"""Bodies and their names; a lab told as an activity is one."""

from drafting.la27e_region.activities import STATES, Activities, territory
from drafting.la27e_region.archive import GUESSED_DATE, Archive, Row, explain, join, page
from maillage.terms import slug

# Own names of two other labs of the same Département: whether the three are one is a doubt that nobody has decided. And
# the former name of Atout France, which the archive gives to the Agence française de développement.
UNDECIDED = (
    "i-Lab du Département de Loire-Atlantique",
    "Mission innovation de Loire-Atlantique",
    "Agence française de développement touristique",
)
COMPETENCE = "« France » vaut compétence nationale, non siège."
COUNTRY = "Le billet ne l'écrit pas : le pays est déduit de ce qu'il dit de l'organisme."


def draft_bodies(archive: Archive, found: Activities, words: list[Row], places: list[Row]) -> dict[str, Row]:
    """`words`: the kind that a word of a post says; `places`: the territories that names say."""
    kinds = {row["word"]: row for row in words}
    rows = {row["key"]: draft_body(with_kind(row, kinds)) for row in archive.bodies}
    wholes = [row for row in archive.facts if row["predicate"] in ("parent", "carrier")]
    wholes.sort(key=lambda row: row["certainty"] == "stated")  # the surest reading of a whole is the last
    sure = {(row["subject"], row["object"]): row["certainty"] for row in wholes}
    for row in archive.bodies:
        if row["parent"] in rows:
            certainty = sure.get((row["key"], row["parent"]), "stated")
            set_cell(rows[row["key"]], "parent", row["parent"], [], certainty)
        elif row["parent"]:
            archive.leave_out("organisations", row["key"], f"its parent {row['parent']} is none of the 977 bodies")
    for key, lab in found.labs.items():
        body = rows.setdefault(key, draft_lab(key, lab))
        state_lab(body, lab)
    for row in places:
        if row["territory"]:
            body = rows[row["key"]]
            body["territory"] = row["territory"]
            body["implied"] = join([*body.get("implied", "").split("|"), "territory"])
            body["note"] = " ".join(filter(None, [body["note"], row["note"]]))
    return rows


def with_kind(row: Row, kinds: dict[str, Row]) -> Row:
    """A body with the kind that its words say: where it was left empty, or where they are a narrower kind of the list.

    Such a kind, which the list lacked when it was noted, is no word of the post.
    """
    word = kinds.get(row["kind_words"])
    if not word or (row["kind"] and word["written"] == "yes"):
        return row
    written = row["kind_words"] if word["written"] == "yes" else ""
    sure = row["kind_certainty"] if row["kind"] else "implied"
    return row | {"kind": word["kind"], "kind_words": written, "kind_certainty": sure}


def draft_competences(archive: Archive) -> dict[str, Row]:
    """The country as the area of national bodies: where they sit is not said."""
    return {
        f"competence-{row['key']}": {
            "key": f"competence-{row['key']}",
            "thing": row["key"],
            "territory": territory(row["territory"]),
            "passages": page(row["post"]),
            "certainty": "implied",
            "note": COMPETENCE,
        }
        for row in archive.bodies
        if row["territory"] == "FR"
    }


def draft_countries(archive: Archive, bodies: dict[str, Row], places: list[Row]) -> dict[str, Row]:
    """The country of bodies of which no territory is known."""
    noted = {row["key"]: (territory(row["country"]), COUNTRY) for row in archive.bodies if not row["territory"]}
    found = noted | {row["key"]: (row["country"], row["note"]) for row in places}
    return {
        f"country-of-{key}": {
            "key": f"country-of-{key}",
            "thing": key,
            "country": country,
            "passages": next(item for item in bodies[key]["passages"].split("|") if "=" not in item),
            "certainty": "implied",
            "note": why,
        }
        for key, (country, why) in found.items()
        if country and not bodies[key]["territory"]
    }


def draft_body(row: Row) -> Row:
    """A body, its kind as sure as it was read; the post that names it is its page."""
    sure = row["kind_certainty"]
    words = f"Le billet écrit « {row['kind_words']} »" if row["kind_words"] else "Le billet ne la dit pas"
    why = f"{words} : la catégorie est déduite." if sure in ("implied", "ambiguous") and row["kind"] else ""
    return {
        "key": row["key"],
        "name": row["name"],
        "kind": row["kind"],
        "territory": "" if row["territory"] == "FR" else territory(row["territory"]),
        "passages": page(row["post"]),
        "certainty": "stated",
        "ambiguous": "kind" if sure == "ambiguous" and row["kind"] else "",
        "implied": "kind" if sure == "implied" else "",
        "note": why,
    }


def draft_lab(key: str, lab: Row) -> Row:
    return {
        "key": key,
        "name": lab["name"],
        "kind": "laboratory",
        "territory": territory(lab["territory"]),
        "passages": lab["passage"],
        "certainty": lab["certainty"],
        "note": explain(lab, "Le laboratoire est déduit du billet."),
    }


def state_lab(body: Row, lab: Row) -> None:
    """What the row of an activity says of a lab: where it stands, when it began, where it is."""
    told = {"state": STATES.get(lab["status"], ""), "created": lab["start"] if lab["status"] != "planned" else ""}
    told["territory"] = "" if body["territory"] else territory(lab["territory"])
    for column, value in told.items():
        if value:
            guessed = column == "created" and bool(GUESSED_DATE.search(lab["note"]))
            set_cell(body, column, value, lab["passage"].split("|")[:1], "implied" if guessed else "stated")


def set_cell(body: Row, column: str, value: str, passages: list[str], certainty: str) -> None:
    """A cell of a body that rests on passages of its own."""
    body[column] = value
    body["passages"] = join([*body["passages"].split("|"), *(f"{column}={one}" for one in passages)])
    if certainty != "stated":
        body[certainty] = join([*body.get(certainty, "").split("|"), column])
        why = {"created": "La date de création est déduite.", "state": "L'état est déduit."}
        body["note"] = " ".join(filter(None, [body["note"], why.get(column, "Le rattachement est déduit.")]))


def draft_names(archive: Archive) -> dict[str, Row]:
    """Acronyms and other forms of bodies, each once, and never the name itself."""
    rows: dict[str, Row] = {}
    for row in archive.bodies:
        forms = [(row["acronym"], "acronym"), *((form.strip(), "variant") for form in row["other_forms"].split("|"))]
        known = {row["name"]}
        for form, kind in forms:
            if form in UNDECIDED and form != row["name"]:
                archive.leave_out(
                    "names", f"{row['key']} {form}", "own name of another body, not decided to be one with it"
                )
            elif form and form not in known:
                known.add(form)
                add_name(rows, row["key"], form, kind, [page(row["post"])])
    return rows


def add_name(rows: dict[str, Row], thing: str, form: str, kind: str, passages: list[str]) -> None:
    key = f"name-{thing}-{slug(form)}"
    while key in rows:
        key += "-2"
    rows[key] = {
        "key": key,
        "thing": thing,
        "form": form,
        "name_kind": kind,
        "passages": join(passages),
        "certainty": "stated",
    }
