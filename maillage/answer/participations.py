"""A table of participations measured, grouped and advised: the tables of `maillage measures --data` and its like."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl

from maillage._version import __version__
from maillage.credit.credits import Bearing, credit_under
from maillage.credit.licence import licences
from maillage.credit.notice import Credit
from maillage.errors import FileError, Phrase, QuestionError
from maillage.files import short_path
from maillage.locales import say_all
from maillage.network.measures import measure_columns
from maillage.network.model import Network
from maillage.network.participations import H2020, Participations, read_participations
from maillage.network.stability import stable_communities, top_marks
from maillage.network.synergy.participants import REASONS, Participants, Shortlist, introducers
from maillage.sources.card import read_card
from maillage.sources.defaults import licence_iri
from maillage.table import Column, Kind, Table

MOST_THEMES = 3  # themes in common that are named, the rarest first


class Study:
    """A table of participations, read once. `source`: its file or folder; `largest`: see `Network`."""

    def __init__(self, source: Path, since: str = "", until: str = "", largest: int | None = None) -> None:
        self.source = source
        self.read: Participations = read_participations(source).between(since, until)
        self.network = Network.of_participations(self.read, largest)

    @property
    def territories(self) -> dict[str, str]:
        return {body: where for body, where in self.read.bodies.select("body", "territory").iter_rows() if where}

    def credit(self, lang: str) -> Credit:
        """Of H2020, that of its card; of a table of one's own, its name: nobody said what licence it has."""
        release = f"{__version__} ({self.source.name})"
        if (self.source / H2020).is_file():
            card = read_card("cordis")
            row = {"creditLine": str(card.facts["credit"]), "readOn": str(card.facts["read_on"])}
            return credit_under(licences()[licence_iri(card)], [row], Bearing(release, lang))
        return Credit("", "", say_all("credit.unstated"), (self.source.name,), release, "", lang)

    def measures(self) -> Table:
        """A row a body, the strongest first (see `network.measures.measure_columns`)."""
        found = pl.DataFrame(measure_columns(self.network, self.territories), infer_schema_length=None)
        said = self.read.bodies.join(found, on="body", how="left", maintain_order="left")
        return _table(said.sort("strength", "body", descending=[True, False]))

    def communities(self, seed: int) -> Table:
        """A row a body: its community by number (1 for the largest), its name, and how stable."""
        marks, rows = self._marks(), []
        for number, one in enumerate(stable_communities(self.network, seed), 1):
            called = ", ".join(top_marks(one, marks))
            for body, held in sorted(one.bodies.items(), key=lambda item: (-item[1], item[0])):
                rows.append((float(number), called, body, round(held, 4), round(one.stability, 4)))
        found = pl.DataFrame(rows, schema=_COMMUNITY_COLUMNS, orient="row")
        return _table(found.join(self.read.bodies, on="body", how="left", maintain_order="left"))

    def _marks(self) -> Mapping[str, Sequence[str]]:
        """Themes of what each body took part in, and its territory."""
        by = self.read.rows.join(self.read.themes, on="activity").group_by("body").agg(pl.col("theme").unique().sort())
        marks = {body: list(themes) for body, themes in by.iter_rows()}
        for body, where in self.territories.items():
            marks.setdefault(body, []).append(where)
        return marks

    def suggestions(self, most: int, body: str = "", kind: str = "") -> Table:
        """The `most` best strangers of the body, of each body of the kind, or of each: a row a suggestion.

        Raises `unknown-value` for a body or a kind that the table does not have.
        """
        made = Participants(self.read, self.network)
        rows = [row for one in made.shortlists(self.places_of(body, kind), most) for row in _suggestion_rows(made, one)]
        return _table(pl.DataFrame(rows, schema=_SUGGESTION_COLUMNS | {_column(name): pl.Float64 for name in REASONS}))

    def places_of(self, body: str, kind: str) -> "np.ndarray[tuple[int], np.dtype[np.int64]]":
        """The places of the body, of those of the kind, or of all. Raises as `suggestions` does."""
        bodies = self.read.bodies
        kept = pl.lit(True)
        for column, value, words in (("body", body, Phrase("kind-of-body")), ("kind", kind, Phrase("kind-of-kind"))):
            if value and value not in bodies[column]:
                known = bodies[column].drop_nulls().unique().sort().head(8).to_list()
                if not known:
                    raise FileError("no-column", file=short_path(self.source), column=column, found="body, activity")
                raise QuestionError("unknown-value", value=value, kind=words, nearest=", ".join(known))
            kept = kept & (pl.col(column) == value) if value else kept
        return np.array(bodies.with_row_index("place").filter(kept)["place"], dtype=np.int64)


_COMMUNITY_COLUMNS = {
    "community": pl.Float64, "communityName": pl.String, "body": pl.String, "stability": pl.Float64,
    "communityStability": pl.Float64,
}  # fmt: skip
_SUGGESTION_COLUMNS = {
    "body": pl.String, "rank": pl.Float64, "partner": pl.String, "score": pl.Float64, "weak": pl.Boolean,
    "introducers": pl.Float64, "introducer": pl.String, "sharedWithBody": pl.String, "sharedWithPartner": pl.String,
    "themes": pl.String,
}  # fmt: skip


def _column(reason: str) -> str:
    """Of the points of a reason: `sameLevelPoints`."""
    first, *more = reason.split("-")
    return "".join([first, *(word.capitalize() for word in more), "Points"])


def _suggestion_rows(made: Participants, one: Shortlist) -> Iterator[dict[str, Any]]:
    """Rows of one body: who introduces, an activity that the introducer shares with each, themes in common."""
    scores, linked = one.scores, made.matrices.adjacency
    for rank, (other, common) in enumerate(zip(one.partners, introducers(linked, one.body, one.partners), strict=True)):
        families = {made.by.family[name] for name, points in one.points.items() if points[rank] > 0}
        yield {
            "body": made.names[one.body],
            "rank": rank + 1.0,
            "partner": made.names[other],
            "score": round(float(scores[rank]), 4),
            "weak": len(families) < 2,
            "introducers": float(len(common)),
            "introducer": made.names[common[0]] if len(common) else None,
            "sharedWithBody": made.shared_activity(one.body, common[0]) if len(common) else None,
            "sharedWithPartner": made.shared_activity(int(other), common[0]) if len(common) else None,
            "themes": "; ".join(made.shared_themes(one.body, int(other))[:MOST_THEMES]),
            **{_column(name): round(float(points[rank]), 4) for name, points in one.points.items()},
        }


def _table(frame: pl.DataFrame) -> Table:
    kinds: dict[object, Kind] = {pl.String: "text", pl.Boolean: "boolean"}
    return Table(frame, tuple(Column(name, kinds.get(dtype, "number")) for name, dtype in frame.schema.items()))
