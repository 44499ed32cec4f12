"""Suggestions of a build: the questions asked, the advice computed, values ready to be shown."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from maillage.answer.graph import Graph
from maillage.credit.notice import Credit
from maillage.locales import LANGUAGES
from maillage.network.synergy.evidence_base import QUESTIONS, EvidenceBase, gather_evidence
from maillage.network.synergy.suggest import Advice, Suggestion, Why, rank_suggestions
from maillage.network.synergy.suggest import why as why_pair
from maillage.queries.run import resolve
from maillage.table import ENDINGS
from maillage.visualize.portal.suggestions import evidence_values, method_values, suggestion_values, thing_of

TOP = 10


class Synergies:
    """The advice of one graph. `names`: of each thing in the advice, by language."""

    def __init__(self, graph: Graph) -> None:
        self.graph = graph
        self.known: EvidenceBase = gather_evidence({name: graph.ask(name).rows() for name in QUESTIONS})
        self.advice = Advice(self.known)
        self.names: Mapping[str, Mapping[str, str]] = {lang: _names(graph, lang) for lang in LANGUAGES}

    def resolve(self, sort: str, value: str, lang: str) -> str:
        """The IRI of a body, a territory or a theme said by name, acronym, code or IRI."""
        return resolve(self.graph.store, sort, value, lang)

    def credit(self, lang: str) -> Credit:
        return self.graph.credit([self.graph.ask(name, lang) for name in QUESTIONS], lang)

    def suggestions(
        self, body: str = "", territories: Sequence[str] = (), theme: str = "", most: int = TOP
    ) -> tuple[Suggestion, ...]:
        """The best suggestions; IRIs given. One territory: one side there, the other elsewhere. Two: one in each.

        Without body or territory, those between two regions come first.
        """

        def on_theme(one: Suggestion) -> bool:
            named = (reason for reason in one.reasons if reason.name in ("themes", "methods"))
            return not theme or any(theme in reason.about for reason in named)

        def find(pairs: Callable[[str, str], bool], count: int) -> tuple[Suggestion, ...]:
            return self.advice.best(count, [body] if body else None, pairs, on_theme)

        if body or territories:
            return find(lambda *ends: self._across(ends, territories), most)
        between = find(self._between, most)
        within = most - len(between)
        return (*between, *(find(lambda *ends: not self._between(*ends), within) if within else ()))

    def why(self, one: str, other: str) -> Why:
        return why_pair(self.advice, one, other)

    def _between(self, one: str, other: str) -> bool:
        regions = {self.known.regions.get(body) for body in (one, other)}
        return None not in regions and len(regions) == 2

    def _across(self, ends: Sequence[str], territories: Sequence[str]) -> bool:
        held = [(self.known.bodies[end]["territory"], self.known.regions.get(end)) for end in ends]
        inside = [[territory in own for own in held] for territory in territories]
        if len(inside) == 2:
            (first, second), (third, fourth) = inside
            return (first and fourth and not (second or third)) or (second and third and not (first or fourth))
        return all(some[0] != some[1] for some in inside)


def _names(graph: Graph, lang: str) -> dict[str, str]:
    """Label of each IRI that the answers name, and of regions and territories."""
    found: dict[str, str] = {}
    for name in QUESTIONS:
        table = graph.ask_each(name)[lang]
        pairs = [(column, f"{column}{ENDINGS[0]}") for column in table.names if f"{column}{ENDINGS[0]}" in table.names]
        for row in table.rows():
            found |= {str(row[iri]): str(row[label]) for iri, label in pairs if row[iri] and row[label]}
    return found


def for_explorer(graph: Graph, most: int = TOP) -> dict[str, Any]:
    """The `most` best suggestions of every body, as JSON-able values, each pair once:

    {
      "method": {"id": "maillage-synergies-1", "weights": {reason: points}, "labels": {"fr", "en"}},
      "names": {IRI: {"fr", "en"}},            every thing named below
      "suggestions": [{                         best first; the place in this list is the number used below
        "a": IRI, "b": IRI,                     a < b
        "score": 0…100, "weak": bool,           weak: reasons of one family only
        "bridge": bool,                         no partnership known between their two regions
        "introducers": [IRI],                   partners of both; the first is whom to call first
        "reasons": [{                           most points first
          "name": one of `weights`, "family": network|content|complementarity|territory|time,
          "points": float, "share": of the score, "about": [IRI or word],
          "given": [IRI], "taken": [IRI],     of a complement, what each brings
          "kilometres"?: float,               of a distance
          "text": {"fr", "en"},                 plain text, one sentence
          "evidence": [number of a statement]
        }]
      }],
      "bodies": {IRI: [number of a suggestion]},   best first, at most `most`
      "abstained": {IRI: statements known},        bodies of which too little is known to advise
      "evidence": [{"id": IRI of a claim or participation, "what": IRI, "source": IRI, "sourceTitle",
                    "paragraph"?, "pageLink"?}]            the place in this list is the number used above
    }
    """
    made = Synergies(graph)
    advice = made.advice
    chosen = {body: advice.for_body(body, most) for body in advice.names}
    kept = rank_suggestions({(one.a, one.b): one for some in chosen.values() for one in some}.values())
    place = {(one.a, one.b): number for number, one in enumerate(kept)}
    evidence = evidence_values(kept)
    places = {iri: number for number, iri in enumerate(evidence)}  # an IRI takes ninety letters
    suggestions = [suggestion_values(one, made.names) for one in kept]
    for one in suggestions:
        one["reasons"] = [{**why, "evidence": [places[iri] for iri in why["evidence"]]} for why in one["reasons"]]
    return {
        "method": method_values(advice.by.points),
        "names": _names_in(kept, made.names),
        "suggestions": suggestions,
        "bodies": {body: [place[one.a, one.b] for one in some] for body, some in chosen.items() if some},
        "abstained": {body: advice.statement_count[body] for body in chosen if advice.abstains(body)},
        "evidence": [{"id": iri, **said} for iri, said in evidence.items()],
    }


def _names_in(kept: Sequence[Suggestion], names: Mapping[str, Mapping[str, str]]) -> dict[str, dict[str, str]]:
    used = {one.a for one in kept} | {one.b for one in kept}
    for one in kept:
        used |= {iri for reason in one.reasons for iri in (*reason.about, *reason.given, *reason.taken)}
        used |= {str(thing_of(row)) for reason in one.reasons for row in reason.evidence}
    return {
        iri: {lang: said[iri] for lang, said in names.items() if iri in said}
        for iri in sorted(used)
        if any(iri in said for said in names.values())
    }
