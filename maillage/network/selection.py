"""What a state of the explorer selects of the world, for a server that never sends it whole.

The same choice as `visualize/explorer/src/selection.ts`, by the same facets (`visualize/facets.json`); a test holds one
against the other. A world is the value that `maillage.visualize.portal.world` makes; a state is the parameters of the
explorer's address.
"""

import json
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from maillage.assets import bundled_folder

Entry = Mapping[str, Any]
Places = Mapping[int, int]  # where each stands in the smaller world
# Ours in every home: the front end is built with them.
FACETS: Mapping[str, Mapping[str, str]] = json.loads((bundled_folder("visualize") / "facets.json").read_bytes())
OF_BODIES, OF_LINKS = ([n for n, facet in FACETS.items() if facet["of"] == of] for of in ("bodies", "links"))
PARAMETERS = (*FACETS, "from", "to", "partners", "at", "ego", "open", "all")  # of the address: all that is read here
ORIGINS = ("derived", "carried")
MOST = 1500  # bodies sent as themselves; above, the communities that are not open stand for their members


@dataclass(frozen=True)
class Selection:
    """Places in the world's lists; `partners`: the bodies that are there as partners of those that fit."""

    bodies: frozenset[int]
    links: tuple[int, ...]
    partners: frozenset[int]


def select(world: Entry, state: Mapping[str, str]) -> dict[str, Any]:
    """The part of the world that a state shows, places renumbered, and `counted`: totals and facets of all of it.

    Above `MOST` bodies, only those of the communities named by `open` are sent, and `counted` says how many each
    community holds (`communities`) and how many links lie between each two (`between`). It also says the territories
    in which the whole world has a body or an activity (`known`), since what is sent no longer tells them.
    """
    asked = {name: [value for value in state.get(name, "").split(",") if value] for name in PARAMETERS}
    chosen = _cut(world, asked, choose(world, asked))
    activities = _activities(world, asked, chosen.bodies)
    total = {"bodies": len(chosen.bodies), "links": len(chosen.links), "activities": len(activities)}
    known = {place for one in (*world["bodies"], *world["activities"]) for place in _territories(world, one)}
    counted: dict[str, Any] = {"facets": facets(world, asked), "total": total, "known": sorted(known)}
    if len(chosen.bodies) > MOST and "1" not in asked["all"]:
        counted |= _count_communities(world, chosen)
        chosen = _unfold(world, asked, chosen)
        activities = _activities(world, asked, chosen.bodies) if chosen.bodies else []
    return _part(world, chosen, activities) | {"counted": counted}


def choose(world: Entry, asked: Mapping[str, Sequence[str]], lifted: str = "") -> Selection:
    """The bodies that fit and the links between them; when something is asked of links, only bodies that have one."""
    limits = [(facet, asked[facet]) for facet in OF_BODIES if facet != lifted and asked[facet]]
    fitting = {
        place
        for place, body in enumerate(world["bodies"])
        if all(_fits(body_values(world, body, facet), wanted) for facet, wanted in limits)
    }
    enough = any if "1" in asked["partners"] else all
    links = tuple(
        place
        for place, link in enumerate(world["links"])
        if enough((link["a"] in fitting, link["b"] in fitting)) and _link_fits(world, link, asked, lifted)
    )
    linked = {world["links"][place][end] for place in links for end in ("a", "b")}
    brought = linked - fitting
    of_links = asked["from"] or asked["to"] or any(asked[facet] for facet in OF_LINKS if facet != lifted)
    return Selection(frozenset(linked if of_links else fitting | brought), links, frozenset(brought))


def facets(world: Entry, asked: Mapping[str, Sequence[str]]) -> dict[str, dict[str, int]]:
    """For each facet, how many bodies (or links) bear each value, were that facet alone lifted."""
    found = {}
    for facet in FACETS:
        chosen = choose(world, asked, facet)
        if facet in OF_LINKS:
            values = (value for place in chosen.links for value in link_values(world, world["links"][place], facet))
        else:
            mine = sorted(chosen.bodies - chosen.partners)
            values = (value for place in mine for value in body_values(world, world["bodies"][place], facet))
        found[facet] = dict(Counter(values))
    return found


def body_values(world: Entry, body: Entry, facet: str) -> list[str]:
    read = FACETS[facet]["read"]
    if read == "letter":
        return ["?" if body["kind"] < 0 else world["concepts"][body["kind"]].get("letter", "?")]
    if read in ("places", "countries"):
        places = _territories(world, body) if read == "places" else body.get("countries", [])
        return [world["territories"][place]["id"].removeprefix("territory/") for place in places] or ["?"]
    return [world["concepts"][place]["slug"] for place in body[FACETS[facet]["column"]]]


def link_values(world: Entry, link: Entry, facet: str) -> list[str]:
    read = FACETS[facet]["read"]
    if read == "roles":
        roles = (world["participations"][place]["role"] for place in link["participations"])
        return list(dict.fromkeys(world["concepts"][role]["slug"] for role in roles))
    if read == "evidence":
        return [world["certainties"][link["certainty"]], "derived" if "rule" in link else "carried"]
    return ["several" if len(link["sources"]) > 1 else "one"]


def _territories(world: Entry, body: Entry) -> list[int]:
    """A body's territories and those that hold them, each once."""
    return list(dict.fromkeys(p for own in body["territories"] for p in (own, *world["territories"][own]["within"])))


def _fits(values: Iterable[str], asked: Sequence[str]) -> bool:
    return not asked or bool(set(asked).intersection(values))


def _link_fits(world: Entry, link: Entry, asked: Mapping[str, Sequence[str]], lifted: str) -> bool:
    """Certainties are told apart from how a link came to be: one choice of each must fit."""
    if not _in_period(link.get("first"), link.get("last"), asked):
        return False
    for facet in (name for name in OF_LINKS if name != lifted and asked[name]):
        values = link_values(world, link, facet)
        origins = [value for value in asked[facet] if value in ORIGINS]
        others = [value for value in asked[facet] if value not in ORIGINS]
        if not (_fits(values, origins) and _fits(values, others)):
            return False
    return True


def _in_period(first: str | None, last: str | None, asked: Mapping[str, Sequence[str]]) -> bool:
    """A period chosen leaves out what no source dates."""
    years = ([value for value in asked[end][:1] if re.fullmatch(r"\d{4}", value)] for end in ("from", "to"))
    low, high = (int(year[0]) if year else 0 for year in years)
    if not low and not high:
        return True
    start, end = int((first or last or "0")[:4]), int((last or first or "0")[:4])
    return start > 0 and (not high or start <= high) and (not low or end >= low)


def _cut(world: Entry, asked: Mapping[str, Sequence[str]], chosen: Selection) -> Selection:
    """The part of what is chosen that lies at most `ego` lines from the body at which the state stands."""
    hops = int(asked["ego"][0]) if asked["ego"] in (["1"], ["2"]) else 0
    centre = next((place for place in chosen.bodies if [world["bodies"][place]["id"]] == asked["at"]), None)
    if not hops or centre is None:
        return chosen
    reached = {centre}
    ends = [(world["links"][place]["a"], world["links"][place]["b"]) for place in chosen.links]
    for _ in range(hops):
        reached |= {b for a, b in ends if a in reached} | {a for a, b in ends if b in reached}
    links = tuple(place for place, pair in zip(chosen.links, ends, strict=True) if reached.issuperset(pair))
    return Selection(frozenset(reached), links, chosen.partners)


def _activities(world: Entry, asked: Mapping[str, Sequence[str]], bodies: frozenset[int]) -> list[int]:
    """Events and programmes in which a shown body takes part, within the period and in the roles asked for."""
    cut = any(asked[name] for name in (*OF_BODIES, "ego", "role"))
    found = set() if cut else set(range(len(world["activities"])))
    mine = (one for one in world["participations"] if one["body"] in bodies)
    found |= {one["activity"] for one in mine if _fits([world["concepts"][one["role"]]["slug"]], asked["role"])}
    known = ((place, world["activities"][place]) for place in sorted(found))
    return [p for p, one in known if one["type"] != "lab" and _in_period(one.get("start"), one.get("end"), asked)]


def _count_communities(world: Entry, chosen: Selection) -> dict[str, Any]:
    home = [body["community"] for body in world["bodies"]]
    ends = (sorted((home[world["links"][place]["a"]], home[world["links"][place]["b"]])) for place in chosen.links)
    between = Counter((one, other) for one, other in ends if one != other)
    return {
        "communities": dict(Counter(home[place] for place in sorted(chosen.bodies))),
        "between": [[*pair, count] for pair, count in sorted(between.items())],
    }


def _unfold(world: Entry, asked: Mapping[str, Sequence[str]], chosen: Selection) -> Selection:
    """The members of the communities that are open, and the body that is looked at with those linked to it."""
    near = {place for place in chosen.bodies if world["bodies"][place]["id"] in set("~".join(asked["at"]).split("~"))}
    ends = {place: (world["links"][place]["a"], world["links"][place]["b"]) for place in chosen.links}
    near |= {end for pair in ends.values() if near.intersection(pair) for end in pair}
    kept = near | {p for p in chosen.bodies if str(world["bodies"][p]["community"]) in asked["open"]}
    links = tuple(place for place, pair in ends.items() if kept.issuperset(pair))
    return Selection(frozenset(kept), links, chosen.partners & kept)


def _part(world: Entry, chosen: Selection, activities: Sequence[int]) -> dict[str, Any]:
    """The world with only these bodies, links, activities and what they rest on; places renumbered.

    Participations keep their place in the whole world under `place`: the files of evidence know them by it.
    """
    used = {place for link in chosen.links for place in world["links"][link]["participations"]}
    shown = set(activities)
    taken_part = enumerate(world["participations"])
    used |= {place for place, one in taken_part if one["body"] in chosen.bodies and one["activity"] in shown}
    bodies = sorted(chosen.bodies | {world["participations"][place]["body"] for place in used})
    kept = sorted(shown | {world["participations"][place]["activity"] for place in used})
    body, activity, taken = (
        {place: number for number, place in enumerate(places)} for places in (bodies, kept, sorted(used))
    )
    return {
        **world,
        "bodies": [world["bodies"][place] for place in bodies],
        "activities": [_activity(world["activities"][place], body, activity) for place in kept],
        "participations": [
            one | {"body": body[one["body"]], "activity": activity[one["activity"]], "place": place}
            for place in sorted(used)
            for one in [world["participations"][place]]
        ],
        "links": [_link(world["links"][place], body, activity, taken) for place in chosen.links],
    }


def _activity(one: Entry, body: Mapping[int, int], activity: Mapping[int, int]) -> dict[str, Any]:
    """`whole` and `body` stay where what they point to is there."""
    moved = {"whole": activity.get(one.get("whole", -1)), "body": body.get(one.get("body", -1))}
    kept = {name: value for name, value in one.items() if name not in moved}
    return kept | {name: place for name, place in moved.items() if place is not None}


def _link(link: Entry, body: Places, activity: Places, taken: Places) -> dict[str, Any]:
    def move(one: Entry, **others: Any) -> dict[str, Any]:
        return {**one, **others, "participations": [taken[place] for place in one["participations"]]}

    ties = [move(one, activity=activity[one["activity"]]) for one in link["ties"]]
    return move(link, a=body[link["a"]], b=body[link["b"]], ties=ties)
