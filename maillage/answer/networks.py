"""The network of a build measured: tables for each command, names beside the IRIs."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from maillage.answer.synergies import Synergies
from maillage.network.evolution import follow, windows_of
from maillage.network.measures import measures
from maillage.network.mixing import brokers, missing_bridges, mixing
from maillage.network.model import Network, within
from maillage.network.stability import Community, stable_communities, top_marks
from maillage.network.synergy.roundtable import RoundTable, roundtable
from maillage.table import Column, Kind, Table
from maillage.visualize.locales import section

Names = Mapping[str, str]


@dataclass(frozen=True)
class TieFilter:
    """What of the partnerships is looked at: a window of years or dates, only those beyond chance."""

    since: str = ""
    until: str = ""
    significant: bool = False


ALL = TieFilter()


def network_of(made: Synergies, kept: TieFilter = ALL) -> Network:
    rows = [row for row in made.graph.ask("partnership-links").rows() if within(row, kept.since, kept.until)]
    network = Network.of_ties(rows, list(made.known.bodies))
    return network.significant(rows) if kept.significant else network


def measures_table(made: Synergies, lang: str, kept: TieFilter = ALL) -> Table:
    """A row a body, the strongest first (see `network.measures.measures`)."""
    rows = measures(network_of(made, kept), made.known.regions)
    return _table(sorted(rows, key=lambda row: (-row["strength"], row["body"])), ["body"], made.names[lang])


def mixing_table(made: Synergies, lang: str, by: str, kept: TieFilter = ALL) -> Table:
    """A row a pair of kinds, territories (regions) or themes, as `by` says (see `network.mixing.mixing`)."""
    rows = sorted(mixing(network_of(made, kept), _marks(made, by)), key=lambda row: (-row["ties"], row["a"], row["b"]))
    told = [{"group": row.pop("a"), "otherGroup": row.pop("b"), **row} for row in rows]
    return _table(told, ["group", "otherGroup"], made.names[lang])


def _marks(made: Synergies, by: str) -> dict[str, list[str]]:
    if by == "theme":
        return {body: [*held] for body, held in made.known.of("theme").items()}
    if by == "territory":
        return {body: [region] for body, region in made.known.regions.items()}
    return {body: [str(row["bodyKind"])] for body, row in made.known.bodies.items() if row["bodyKind"]}


def communities_table(made: Synergies, lang: str, seed: int, kept: TieFilter = ALL) -> Table:
    """A row a body: its community by number (1 for the largest) and name, how stable the body and the group are."""
    names, rows, called_for = made.names[lang], [], _naming(made, lang)
    for number, one in enumerate(stable_communities(network_of(made, kept), seed), 1):
        called = called_for(one)
        for body, held in sorted(one.bodies.items(), key=lambda item: (-item[1], names[item[0]])):
            said = {"community": float(number), "communityName": called, "body": body, "bodyLabel": names[body]}
            rows.append({**said, "stability": held, "communityStability": one.stability})
    return _table(rows, [], names)


def _naming(made: Synergies, lang: str) -> Callable[[Community], str]:
    """A community is called by themes and regions."""
    marks, names = _marks(made, "theme"), made.names[lang]
    for body, region in made.known.regions.items():
        marks.setdefault(body, []).append(region)
    return lambda one: ", ".join(names.get(mark, mark) for mark in top_marks(one, marks))


def evolution_table(made: Synergies, lang: str, seed: int, over: tuple[int, int], kept: TieFilter = ALL) -> Table:
    """A row a community and window: whence it comes, what becomes of it (`network.evolution.Snapshot`).

    `over`: width of a window in years, and years from one to the next. `before`, `after`: numbers of communities in
    the window before and after; `members`: names, in order.
    """
    ties = network_of(made, kept).ties
    years = {int(day[:4]) for name in ("first", "last") for day in ties[name].drop_nulls()}
    spans = windows_of(sorted(years), *over)
    found = [stable_communities(network_of(made, replace(kept, since=str(a), until=str(b))), seed) for a, b in spans]
    told, called = section(lang, "synergies")["evolution"], _naming(made, lang)
    rows = []
    for step in follow([[frozenset(one.bodies) for one in some] for some in found]):
        since, until = spans[step.window]
        rows.append({
            "since": str(since), "until": str(until), "community": float(step.place + 1), "line": float(step.line),
            "communityName": called(found[step.window][step.place]), "size": float(len(step.bodies)),
            "origin": step.origin, "originLabel": ", ".join(told[word] for word in step.origin.split()),
            "fate": step.fate, "fateLabel": ", ".join(told[word] for word in step.fate.split()),
            **{end: " ".join(str(place + 1) for place in getattr(step, end)) for end in ("before", "after")},
            "overlap": step.overlap, "members": " ; ".join(sorted(made.names[lang][body] for body in step.bodies)),
        })  # fmt: skip
    return _table(rows, [], made.names[lang])


def bridges_table(made: Synergies, lang: str) -> Table:
    """Pairs of regions that work together less than chance would have it (see `network.mixing`)."""
    themes = {body: frozenset(held) for body, held in made.known.of("theme").items()}
    return _table(missing_bridges(network_of(made), made.known.regions, themes), ["from", "to"], made.names[lang])


def brokers_table(made: Synergies, lang: str, one: str, other: str) -> Table:
    return _table(brokers(network_of(made), made.known.regions, one, other), ["body"], made.names[lang])


def invite(made: Synergies, themes: Sequence[str], territories: Sequence[str], size: int) -> RoundTable:
    """A round table; without territories, bodies of all of France and those without a known one."""
    known = made.known
    bodies = [body for body in known.bodies if not made.advice.abstains(body)]
    where = {body: known.regions.get(body, "") for body in bodies}
    if territories:
        where = {body: region for body, region in where.items() if region in territories}
    held = {body: frozenset(some) for body, some in known.of("theme").items()}
    worth = {body: min(1.0, made.advice.statement_count[body] / 30) for body in where}
    ties = sorted({(str(row["a"]), str(row["b"])) for row in known.links})
    return roundtable(where, held, worth, ties, themes, size)


def _table(rows: Sequence[Mapping[str, Any]], things: Sequence[str], names: Names) -> Table:
    """The label of each thing beside it; numbers as numbers."""
    named = [_add_labels(row, things, names) for row in rows]
    kinds: dict[str, Kind] = {}
    for name in named[0] if named else ():
        worded = any(isinstance(row[name], str) for row in named)
        kinds[name] = "iri" if name in (*things, "body") else "text" if worded else "number"
    return Table.from_rows(named, [Column(name, kind) for name, kind in kinds.items()])


def _add_labels(row: Mapping[str, Any], things: Sequence[str], names: Names) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, value in row.items():
        found[name] = round(float(value), 4) if isinstance(value, (int, float)) else value
        if name in things:
            found[f"{name}Label"] = names.get(value, value)
    return found
