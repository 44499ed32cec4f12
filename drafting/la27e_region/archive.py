"""The five files of the archive, and what its rows share: keys, passages, notes, readings."""

import csv
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

Row = dict[str, str]
FILES = ("activities", "participations", "facts", "bodies", "posts")

# Our notes are French: a note in English is replaced by what its kind says. Quoted words are not looked at.
ENGLISH = re.compile(
    r"\b(the|of|told|as|by|year|not|from|body|and|in|to|at|state|town|day|month|with|was|were|are|his|her|its|text|"
    r"post|speaker|speaks|employer|role|planned|named|for|no|one|an|listed|through|interview|told|how|part|about|"
    r"before|after|more|than|nearly|implied|written|here|also|only|this|that|project presented)\b"
)
FRENCH = re.compile(
    r"\b(le|la|les|de|du|des|un|une|et|est|dans|par|pour|sur|qui|au|aux|son|sa|ses|non|sans)\b|[éèàêçùœ]"
)
REASONS = (
    (
        r"« nous »|« notre|« nos |speaks|publisher of the blog|\bwe\b",
        "« nous » : La 27e Région, qui écrit le billet.",
    ),
    (
        r"affiliation|employe|speaker|staff|president|director|officer|person|agents|elected|founder|author|intervenan",
        "L'organisme est celui d'une personne qui y prend part : il est déduit.",
    ),
    (r"plan|announce|to come|invit", "Annoncé ou prévu : le billet ne dit pas si cela s'est fait."),
    (r"\bplace\b|host|venue|walls|premises", "Seul le lieu est nommé : l'accueil est déduit."),
    (r"role|credit|thanks", "Le rôle n'est pas dit : il est déduit de la phrase."),
    (r"\bdate|\bday|\byear|month", "Le jour ou l'année n'est pas dit : il est déduit du billet."),
)
GUESSED_DATE = re.compile(
    r"(publication|déduit|deduced|implied|year of the post|year from|from the date|year not told|année implicite)"
)


@dataclass
class Archive:
    """The rows of the five files, and what is made of them beside its own table: passages, rows left out."""

    activities: list[Row]
    participations: list[Row]
    facts: list[Row]
    bodies: list[Row]
    posts: list[Row]
    extracts: dict[str, Row] = field(default_factory=dict)
    left_out: list[Row] = field(default_factory=list)

    def passage(self, row: Row) -> str:
        """The key of the passage of a row, which is added to the extracts; words that one row withholds, all do."""
        key = f"p-{row['post']}-{row['p_from']}-{row['p_to']}"
        words = {name: row[name] for name in ("first_words", "last_words")}
        place = {"key": key, "page": page(row["post"]), "start": row["p_from"], "end": row["p_to"]}
        known = self.extracts.setdefault(key, place | words)
        if not row["first_words"]:
            known.update(words)
        return key

    def passages(self, row: Row) -> list[str]:
        """The passage of a row, then the other posts that tell the same."""
        return [self.passage(row), *map(page, row.get("also", "").split())]

    def leave_out(self, table: str, key: str, reason: str) -> None:
        self.left_out.append({"table": table, "key": key, "reason": reason})


def read_archive(folder: Path) -> Archive:
    activities, participations, facts, bodies, posts = (read_rows(folder / f"{name}.csv") for name in FILES)
    return Archive(activities, participations, facts, bodies, posts)


def read_rows(path: Path) -> list[Row]:
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def page(post: str) -> str:
    return f"post-{post}"


def join(items: Iterable[str]) -> str:
    """A cell that holds a list, each item once, in the order given."""
    return "|".join(dict.fromkeys(item for item in items if item))


def explain(row: Row, otherwise: str) -> str:
    """The note of a row in French: its own, or what its kind says where it is in English or missing."""
    said = row["note"].strip()
    outside = re.sub(r"«[^»]*»", "", said).lower()
    if FRENCH.search(outside) and not ENGLISH.search(outside):
        spaced = re.sub(r"(?<=\S) *([;:]) ", r" \1 ", said[0].upper() + said[1:])
        return spaced if spaced[-1] in ".!?…" else f"{spaced}."
    if said and not outside.strip(" .") and "nous" not in said and not ENGLISH.search(said.lower()):
        return f"Le billet écrit {said}."
    if row["certainty"] == "stated":
        return ""
    if row["certainty"] == "ambiguous":
        return "La phrase se lit de deux façons : voir le billet."
    return next((reason for pattern, reason in REASONS if re.search(pattern, said, re.IGNORECASE)), otherwise)


def reading(row: Row, columns: Iterable[str] = ()) -> Row:
    """How sure a row is; `columns` are implied where the row itself is stated."""
    return {"certainty": row["certainty"], "implied": join(columns) if row["certainty"] == "stated" else ""}
