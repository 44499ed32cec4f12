"""What the portal's page of a thing says in sentences: its figures and amounts, and the decisions on its identity."""

from collections import defaultdict
from collections.abc import Iterator
from functools import cached_property

from maillage.locales import LANGUAGES
from maillage.network.from_table import Row, group_rows
from maillage.terms import concept_iri, expand, iri
from maillage.visualize.locales import say, when
from maillage.visualize.portal.thing import Texts
from maillage.visualize.portal.things import Things

FIGURES = {"amounts": "amount", "observations": "observation"}  # the questions, and the column of the figure itself
STATED_CERTAINTY = concept_iri("certainty", "stated")


class Sentences:
    """Reads the rows of `things` once, by the thing that each is about."""

    def __init__(self, things: Things) -> None:
        self._things = things

    def figures(self, thing: str) -> Iterator[dict[str, object]]:
        """The figures and amounts of a thing: sentence, when and by whom each was said, proofs of its value.

        `reserves`: the other statements that make it, of which a reading is not plainly stated.
        """
        for figure in sorted(self._figures.get(thing, {}), key=lambda one: self._things.name(one)["fr"]):
            row = self._figures[thing][figure]
            told = list(self._things.statements(figure))
            value = self._things.name(expand("schema:value"))
            proofs = tuple(proof for one in told if one.name == value for proof in one.proofs)
            unsure = [one for one in told if any(proof.certainty != STATED_CERTAINTY for proof in one.proofs)]
            reserves = {one.name["fr"]: one for one in unsure if one.name != value}.values()
            said = {"sentence": self._things.name(figure), "more": self._more(row)}
            yield {**said, "proofs": proofs, "reserves": list(reserves)}

    def subject(self, figure: str) -> str:
        """What a figure is about; "" for what is no figure."""
        return next((thing for thing, found in self._figures.items() if figure in found), "")

    @cached_property
    def _figures(self) -> dict[str, dict[str, Row]]:
        found: dict[str, dict[str, Row]] = defaultdict(dict)
        for question, column in FIGURES.items():
            for row in self._things.rows[question]["fr"]:
                found[str(row["about"])].setdefault(str(row[column]), row)
        return found

    def _more(self, row: Row) -> Texts:
        """The date and who says it, as far as they are known."""
        date, sayer = str(row["date"] or ""), str(row["sayer"] or "")
        told = {lang: [when(date, "", lang)] if date else [] for lang in LANGUAGES}
        for lang in LANGUAGES if sayer else ():
            told[lang].append(say(lang, "sentences.said_by", name=self._things.name(sayer)[lang]))
        return {lang: " · ".join(words) for lang, words in told.items()}

    def decisions(self, thing: str) -> Iterator[dict[str, object]]:
        """That two records denote one thing, or two (`other` and its page, {} for one); the reason is in French."""
        for row in self._decisions.get(thing, []):
            sides = {side: self._record(str(row[f"{side}Key"])) for side in ("first", "second")}
            key = "sentences.same" if row["same"] else "sentences.different"
            said = {lang: say(lang, key, **sides, date=when(str(row["date"]), "", lang)) for lang in LANGUAGES}
            other = str(row["other"] or "")
            second = {"other": self._things.name(other) if other else {}, "page": self._things.page(other)}
            yield {"sentence": said, "reason": str(row["reason"]), **second}

    @cached_property
    def _decisions(self) -> dict[str, list[Row]]:
        return group_rows(self._things.rows["decisions"]["fr"], "about")

    def _record(self, key: str) -> str:
        """A record as people name it: its key, and the title of its source."""
        source, _, local = key.partition(":")
        return f"{local} ({self._things.name(iri('source', source))['fr']})"
