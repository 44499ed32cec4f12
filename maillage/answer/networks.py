"""The network of a build measured: tables for each command, names beside the IRIs."""

from collections.abc import Mapping, Sequence
from typing import Any

from maillage.answer.synergies import Synergies
from maillage.network.measures import measures
from maillage.network.mixing import brokers, missing_bridges
from maillage.network.projection import Projection, projection
from maillage.network.stability import named_for, stable_communities
from maillage.network.synergy.gaps import gaps
from maillage.network.synergy.roundtable import Table as Invited
from maillage.network.synergy.roundtable import roundtable
from maillage.table import Column, Kind, Table
from maillage.visualize.locales import section

Names = Mapping[str, str]


def network_of(made: Synergies, since: str = "", until: str = "") -> Projection:
    return projection(made.graph.ask("partnership-links").rows(), list(made.known.bodies), since, until)


def measures_table(made: Synergies, lang: str, since: str = "", until: str = "") -> Table:
    """A row a body, the strongest first (see `network.measures.measures`)."""
    rows = measures(network_of(made, since, until), made.known.regions)
    return _table(sorted(rows, key=lambda row: (-row["strength"], row["body"])), ["body"], made.names[lang])


def communities_table(made: Synergies, lang: str, seed: int) -> Table:
    """A row a body: its community by number (1 for the largest) and name, how stable the body and the group are."""
    names, rows = made.names[lang], []
    marks = {body: [*held] for body, held in made.known.of("theme").items()}
    for body, region in made.known.regions.items():
        marks.setdefault(body, []).append(region)
    for number, one in enumerate(stable_communities(network_of(made), seed), 1):
        called = ", ".join(names.get(mark, mark) for mark in named_for(one, marks))
        for body, held in sorted(one.bodies.items(), key=lambda item: (-item[1], names[item[0]])):
            said = {"community": float(number), "communityName": called, "body": body, "bodyLabel": names[body]}
            rows.append({**said, "stability": held, "communityStability": one.stability})
    return _table(rows, [], names)


def gaps_table(made: Synergies, lang: str) -> Table:
    """A row a region and theme (see `network.synergy.gaps.gaps`)."""
    told = section(lang, "synergies")["states"]
    rows = [{**row, "stateLabel": told[row["state"]]} for row in gaps(made.known)]
    return _table(rows, ["region", "theme"], made.names[lang])


def bridges_table(made: Synergies, lang: str) -> Table:
    """Pairs of regions that work together less than chance would have it (see `network.mixing`)."""
    themes = {body: frozenset(held) for body, held in made.known.of("theme").items()}
    return _table(missing_bridges(network_of(made), made.known.regions, themes), ["from", "to"], made.names[lang])


def brokers_table(made: Synergies, lang: str, one: str, other: str) -> Table:
    """Bodies with partners in both regions."""
    return _table(brokers(network_of(made), made.known.regions, one, other), ["body"], made.names[lang])


def invite(made: Synergies, themes: Sequence[str], territories: Sequence[str], size: int) -> Invited:
    """A round table; without territories, bodies of all of France and those without a known one."""
    known = made.known
    bodies = [body for body in known.bodies if not made.advice.abstains(body)]
    where = {body: known.regions.get(body, "") for body in bodies}
    if territories:
        where = {body: region for body, region in where.items() if region in territories}
    held = {body: frozenset(some) for body, some in known.of("theme").items()}
    worth = {body: min(1.0, made.advice.known_of(body) / 30) for body in where}
    ties = sorted({(str(row["a"]), str(row["b"])) for row in known.links})
    return roundtable(where, held, worth, ties, themes, size)


def _table(rows: Sequence[Mapping[str, Any]], things: Sequence[str], names: Names) -> Table:
    """The label of each thing beside it; numbers as numbers."""
    named = [_labelled(row, things, names) for row in rows]
    kinds: dict[str, Kind] = {
        name: "iri" if name in (*things, "body") else _kind(name, named) for name in (named[0] if named else {})
    }
    return Table.from_rows(named, [Column(name, kind) for name, kind in kinds.items()])


def _labelled(row: Mapping[str, Any], things: Sequence[str], names: Names) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, value in row.items():
        found[name] = round(float(value), 4) if isinstance(value, (int, float)) else value
        if name in things:
            found[f"{name}Label"] = names.get(value, value)
    return found


def _kind(name: str, rows: Sequence[Mapping[str, Any]]) -> Kind:
    return "text" if any(isinstance(row[name], str) for row in rows) else "number"
