/** What a state selects of the world. maillage/network/selection.py selects the same for a server; a test compares. */

import { FACETS, NAMES, type Facet, type State } from "./state.ts";
import { type Activity, type Body, type Link, type Participation, type World } from "./world.ts";

/** Places in the world's lists. `bodies`: those shown, partners brought in by `partners` among them (see `brought`). */
export interface Selection {
  bodies: number[];
  links: number[];
  activities: number[];
  brought: Set<number>;
  facets: Record<string, Record<string, number>>; // bodies by value of a facet, were that facet alone lifted
  total: { bodies: number; links: number; activities: number };
}

const OF_BODIES = NAMES.filter((name) => FACETS[name].of === "bodies");
const OF_LINKS = NAMES.filter((name) => FACETS[name].of === "links");

export function year(date: string | undefined): number {
  return date ? Number(date.slice(0, 4)) : 0;
}

/** The values of a facet that a body bears. Territories count with all that hold them. */
export function bodyValues(world: World, body: Body, facet: Facet): string[] {
  switch (FACETS[facet].read) {
    case "letter":
      return [body.kind < 0 ? "?" : (world.concepts[body.kind].letter ?? "?")];
    case "places":
      if (!body.territories.length) return ["?"];
      return territoriesOf(world, body).map((place) => slugOf(world, place));
    case "countries":
      return (body.countries ?? []).length ? body.countries!.map((place) => slugOf(world, place)) : ["?"];
    default:
      return topicsOf(body, facet).map((place) => world.concepts[place].slug);
  }
}

const slugOf = (world: World, place: number) => world.territories[place].id.replace("territory/", "");

/** The concepts of a facet that a thing bears, in the column that the facet says. */
export function topicsOf(one: Body | Activity, facet: Facet): number[] {
  return (one as unknown as Record<string, number[]>)[FACETS[facet].column ?? ""] ?? [];
}

/** A body's territories and those that hold them, each once. */
export function territoriesOf(world: World, body: { territories: number[] }): number[] {
  return [...new Set(body.territories.flatMap((place) => [place, ...world.territories[place].within]))];
}

export function linkValues(world: World, link: Link, facet: Facet): string[] {
  switch (FACETS[facet].read) {
    case "roles":
      return [...new Set(link.participations.map((place) => world.concepts[world.participations[place].role].slug))];
    case "evidence":
      return [world.certainties[link.certainty], link.rule === undefined ? "carried" : "derived"];
    default:
      return [link.sources.length > 1 ? "several" : "one"];
  }
}

/** A period chosen leaves out what no source dates. */
export function inPeriod(of: { first?: string; last?: string }, state: State): boolean {
  if (!state.from && !state.to) return true;
  const first = year(of.first ?? of.last);
  const last = year(of.last ?? of.first);
  return first > 0 && (!state.to || first <= state.to) && (!state.from || last >= state.from);
}

function wanted(state: State, facet: Facet): string[] {
  const value = state[facet];
  return Array.isArray(value) ? value : value ? [value] : [];
}

const fits = (values: string[], asked: string[]) => !asked.length || asked.some((one) => values.includes(one));

/** Certainties are told apart from how a link came to be: one choice of each must fit. */
function linkFits(world: World, link: Link, state: State, lifted: Facet | ""): boolean {
  if (!inPeriod(link, state)) return false;
  return OF_LINKS.every((facet) => {
    if (facet === lifted) return true;
    const asked = wanted(state, facet);
    const values = linkValues(world, link, facet);
    if (FACETS[facet].read !== "evidence") return fits(values, asked);
    const origins: string[] = asked.filter((one) => one === "derived" || one === "carried");
    return fits(values, origins) && fits(values, asked.filter((one) => !origins.includes(one)));
  });
}

const asksOfLinks = (state: State, lifted: Facet | "") =>
  state.from > 0 || state.to > 0 || OF_LINKS.some((facet) => facet !== lifted && wanted(state, facet).length > 0);

function bodyFits(world: World, body: Body, state: State, lifted: Facet | ""): boolean {
  return OF_BODIES.every((facet) => facet === lifted || fits(bodyValues(world, body, facet), wanted(state, facet)));
}

interface Chosen {
  bodies: Set<number>;
  links: number[];
  brought: Set<number>;
}

/** The bodies that fit and the links between them; when something is asked of links, only bodies that have one. */
function choose(world: World, state: State, lifted: Facet | "" = ""): Chosen {
  const fitting = new Set<number>();
  world.bodies.forEach((body, place) => bodyFits(world, body, state, lifted) && fitting.add(place));
  const brought = new Set<number>();
  const links: number[] = [];
  world.links.forEach((link, place) => {
    const [a, b] = [fitting.has(link.a), fitting.has(link.b)];
    if (!(state.partners ? a || b : a && b) || !linkFits(world, link, state, lifted)) return;
    links.push(place);
    if (!a) brought.add(link.a);
    if (!b) brought.add(link.b);
  });
  const linked = new Set(links.flatMap((place) => [world.links[place].a, world.links[place].b]));
  const bodies = asksOfLinks(state, lifted) ? linked : new Set([...fitting, ...brought]);
  return { bodies, links, brought };
}

export function select(world: World, state: State): Selection {
  const { bodies, links, brought } = choose(world, state);
  const kept = cutToEgo(world, state, { bodies, links, brought });
  const shown = [...kept.bodies].sort((a, b) => a - b);
  const activities = activitiesOf(world, state, kept.bodies);
  const total = { bodies: shown.length, links: kept.links.length, activities: activities.length };
  const counted = world.counted;
  return {
    bodies: shown, links: kept.links, activities, brought,
    facets: counted?.facets ?? facetCounts(world, state), total: counted?.total ?? total,
  };
}

function facetCounts(world: World, state: State): Selection["facets"] {
  const found: Selection["facets"] = {};
  for (const facet of NAMES) {
    const counts: Record<string, number> = {};
    const { bodies, links, brought } = choose(world, state, facet);
    const count = (value: string) => (counts[value] = (counts[value] ?? 0) + 1);
    if (OF_LINKS.includes(facet)) {
      for (const place of links) linkValues(world, world.links[place], facet).forEach(count);
    } else {
      for (const place of bodies) if (!brought.has(place)) bodyValues(world, world.bodies[place], facet).forEach(count);
    }
    found[facet] = counts;
  }
  return found;
}

/** The part of what is chosen that lies at most `ego` lines from the body at which the state stands. */
function cutToEgo(world: World, state: State, chosen: Chosen): Chosen {
  const centre = world.bodies.findIndex((body) => body.id === state.at);
  if (!state.ego || centre < 0 || !chosen.bodies.has(centre)) return chosen;
  let reached = new Set([centre]);
  for (let hop = 0; hop < state.ego; hop++) {
    const next = new Set(reached);
    for (const place of chosen.links) {
      const { a, b } = world.links[place];
      if (reached.has(a)) next.add(b);
      if (reached.has(b)) next.add(a);
    }
    reached = next;
  }
  const links = chosen.links.filter((place) => reached.has(world.links[place].a) && reached.has(world.links[place].b));
  return { bodies: reached, links, brought: chosen.brought };
}

/** Events and programmes in which a shown body takes part, within the period and in the roles asked for. */
function activitiesOf(world: World, state: State, bodies: Set<number>): number[] {
  const found = new Set<number>();
  const cut = [...OF_BODIES, "role" as const].some((facet) => wanted(state, facet).length > 0) || state.ego > 0;
  if (!cut) world.activities.forEach((_, place) => found.add(place));
  for (const one of world.participations) if (takesPart(world, one, state, bodies)) found.add(one.activity);
  const dated = (place: number) => {
    const { start, end } = world.activities[place];
    return inPeriod({ first: start, last: end }, state);
  };
  return [...found].filter((place) => world.activities[place].type !== "lab" && dated(place)).sort((a, b) => a - b);
}

function takesPart(world: World, one: Participation, state: State, bodies: Set<number>): boolean {
  return bodies.has(one.body) && fits([world.concepts[one.role].slug], state.role);
}
