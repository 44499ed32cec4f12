"""What bodies share: aspects weighed by rarity, and words of the titles of what they take part in."""

import math
import re
import unicodedata
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence

from maillage.network.from_table import Row, local, text
from maillage.network.synergy.evidence_base import PASSIVE, Claims, EvidenceBase

_STOP = """
    pour avec dans chez sans sous vers par les des une aux sur est son ses leur leurs que qui dont cette ces
    lab labs laboratoire laboratoires innovation innovations public publics publique publiques action actions
    projet projets journee atelier ateliers rencontre rencontres premier premiere source organisme
"""
STOP = frozenset(_STOP.split())


def rarity(claims: Claims, bodies: int) -> dict[str, float]:
    """ln(bodies / holders) of each aspect, as inverse document frequency is (Spärck Jones, J. Doc. 28, 1972)."""
    holders: dict[str, int] = defaultdict(int)
    for held in claims.values():
        for aspect in held:
            holders[aspect] += 1
    return {aspect: math.log(max(bodies, 2) / count) for aspect, count in holders.items()}


def shared_aspects(claims: Claims, one: str, other: str) -> dict[str, list[Row]]:
    """The aspects of both and the rows that say so.

    What both have through one same thing only (an edition that both coordinate, as they have not met) is left out.
    """
    mine, theirs = claims.get(one, {}), claims.get(other, {})
    found: dict[str, list[Row]] = {}
    for aspect in sorted(mine.keys() & theirs.keys()):
        things = {row["thing"] for row in mine[aspect]} ^ {row["thing"] for row in theirs[aspect]}
        if things:
            found[aspect] = [*mine[aspect], *theirs[aspect]]
    return found


def titles(known: EvidenceBase) -> Mapping[str, Sequence[Row]]:
    """What each body takes part in, with the participations: not as an object only, nor an edition, nor a lab."""
    found: dict[str, list[Row]] = defaultdict(list)
    for row in known.deeds:
        role, activity = local(row["role"]), str(row["activity"])
        if role not in (*PASSIVE, "carries") and activity not in known.editions:
            found[str(row["agent"])].append(row)
    return found


def stems(phrase: str) -> list[str]:
    """Words of four letters or more, without accents, case or plural."""
    plain = unicodedata.normalize("NFKD", phrase.lower()).encode("ascii", "ignore").decode()
    words = (re.sub(r"(s|x|e|es)$", "", word) for word in re.findall(r"[a-z]{4,}", plain) if word not in STOP)
    return [word for word in words if len(word) > 3]


class Words:
    """TF-IDF of the bodies' titles, unit length; IDF as of the graph that they were made from.

    `rows`: a body a row, in the order of their IRIs; None where no title has a word.
    """

    def __init__(self, deeds: Mapping[str, Sequence[Row]], bodies: Collection[str]) -> None:
        from sklearn.feature_extraction.text import TfidfVectorizer

        self._deeds, self._place = deeds, {iri: place for place, iri in enumerate(sorted(bodies))}
        documents = [
            " ".join(sorted({text(row, "activityLabel") for row in deeds.get(iri, ())})) for iri in sorted(bodies)
        ]
        maker = TfidfVectorizer(analyzer=stems, sublinear_tf=True)
        self.rows = maker.fit_transform(documents) if any(map(stems, documents)) else None
        self._names = maker.get_feature_names_out() if self.rows is not None else ()

    def shared_words(self, one: str, other: str) -> tuple[float, list[str], list[Row]]:
        """The cosine of two bodies, their words in common (the weightiest first) and the participations with them."""
        if self.rows is None:
            return 0.0, [], []
        product = self.rows[[self._place[one]]].multiply(self.rows[[self._place[other]]]).tocoo()
        ranked = sorted(zip(-product.data, product.col, strict=True))
        words = [str(self._names[place]) for _, place in ranked]
        mine = [row for iri in (one, other) for row in self._deeds.get(iri, ())]
        rows = [row for row in mine if not set(words).isdisjoint(stems(text(row, "activityLabel")))]
        return float(product.sum()), [_spelling(word, rows) for word in words], rows


def _spelling(stem: str, rows: Sequence[Row]) -> str:
    """A word of the titles as they spell it; an acronym keeps its capitals."""
    spelt = (word for row in rows for word in re.findall(r"\w{4,}", text(row, "activityLabel")) if stem in stems(word))
    word = next(spelt, stem)
    return word if word.isupper() else word.lower()
